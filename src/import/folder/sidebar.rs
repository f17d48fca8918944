//! The lists of contents of Docusaurus and VitePress, which are programs: what of them is a plain literal is read.

use serde_json::{Map, Value};

use super::listed::Item;
use super::names;
use super::told::Told;
use super::tree::{self, Tree};
use crate::diagnostic::Severity;
use crate::import::Kind;

/// The pages in the order of `sidebars.js`.
pub(super) fn docusaurus(tree: &dyn Tree, root: &str, base: &str, told: &mut Told) -> Option<Vec<Item>> {
    let paths = ["sidebars.js", "sidebars.ts", "sidebars.json", "sidebars.cjs", "sidebars.mjs"];
    let path = paths.map(|name| tree::join(root, name)).into_iter().find(|path| tree.read(path).is_some())?;
    let text = tree::settings(tree, &path)?;
    let starts = ["sidebars", "module.exports", "export default"].iter().filter_map(|word| text.find(word));
    let value = starts.filter_map(|start| object_after(&text[start..])).next().or_else(|| object_after(&text));
    found(tree, base, value.as_ref(), &path, told)
}

/// The pages in the order of `sidebar` in the settings.
pub(super) fn vitepress(tree: &dyn Tree, root: &str, base: &str, told: &mut Told) -> Option<Vec<Item>> {
    let paths = tree.paths();
    let folders = [".vitepress/", ".vuepress/"].map(|folder| tree::join(base, folder));
    let inside = |path: &&String| folders.iter().any(|folder| path.starts_with(folder)) && path.starts_with(root);
    let scripts = |path: &&String| {
        [".js", ".ts", ".mts", ".mjs", ".json", ".cjs"].iter().any(|ending| path.ends_with(ending))
            && (path.contains("/config") || path.contains("sidebar"))
    };
    for path in paths.iter().filter(inside).filter(scripts) {
        let Some(text) = tree::settings(tree, path) else { continue };
        let value = text.match_indices("sidebar").find_map(|(at, word)| {
            let rest = text[at + word.len()..].trim_start_matches(['"', '\'']).trim_start();
            let rest = rest.strip_prefix([':', '='])?.trim_start();
            if rest.starts_with(['[', '{']) { Literal::new(rest).value(0) } else { None }
        });
        if value.is_some() {
            return found(tree, base, value.as_ref(), path, told);
        }
    }
    None
}

fn found(tree: &dyn Tree, base: &str, value: Option<&Value>, path: &str, told: &mut Told) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    if let Some(value) = value {
        walk(tree, base, value, (None, 0), &mut items);
    }
    if items.is_empty() {
        let message =
            msg!("the list of contents is a program and is not read: chapters stand in the order of their names");
        told.tell(Kind::Guessed, Severity::Warning, (path, 0), message);
        return None;
    }
    Some(items)
}

/// The object that a script assigns next.
fn object_after(text: &str) -> Option<Value> {
    text.match_indices(['{', '[']).take(8).find_map(|(at, _)| {
        let before = text[..at].trim_end();
        let assigned = before.ends_with('=') || before.ends_with("default") || before.is_empty();
        if assigned { Literal::new(&text[at..]).value(0) } else { None }
    })
}

/// Gathers the pages of a list. Its outermost groups are parts.
fn walk(tree: &dyn Tree, base: &str, value: &Value, (part, depth): (Option<&str>, usize), found: &mut Vec<Item>) {
    if depth > 24 {
        return;
    }
    let mut page = |name: &str, title: Option<&str>| {
        let path = page_of(tree, base, name);
        let title = title.map(str::to_owned);
        found.extend(path.map(|path| Item { path, title, part: part.map(str::to_owned), role: None }));
    };
    let map = match value {
        Value::String(name) => return page(name, None),
        Value::Array(items) => {
            return items.iter().for_each(|item| walk(tree, base, item, (part, depth + 1), found));
        }
        Value::Object(map) => map,
        _ => return,
    };
    let field = |key: &str| map.get(key).and_then(Value::as_str);
    let label = field("label").or_else(|| field("text")).or_else(|| field("title"));
    let link = match map.get("link") {
        Some(Value::Object(link)) => link.get("id").and_then(Value::as_str),
        _ => field("link").or_else(|| field("id")).or_else(|| field("path")).filter(|_| field("type") != Some("link")),
    };
    let children = map.get("items").or_else(|| map.get("children"));
    if let Some(folder) = field("dirName") {
        let folder = tree::resolve(base, folder).unwrap_or_default();
        let before = format!("{folder}/");
        let pages: Vec<String> =
            tree.paths().into_iter().filter(|path| tree::is_page(path) && path.starts_with(&before)).collect();
        return names::below(tree, &folder, &pages, part, 0, found);
    }
    if let Some(link) = link {
        let title = if children.is_some() { None } else { label };
        page(link, title);
    }
    match children {
        Some(children) => walk(tree, base, children, (part.or(label), depth + 1), found),
        None if link.is_none() => {
            for (key, value) in map.iter().filter(|(_, value)| value.is_array() || value.is_object()) {
                // A path names a group of pages of VitePress, a word a sidebar or a group of Docusaurus.
                let named = depth > 0 && !key.starts_with('/');
                walk(tree, base, value, (part.or(Some(key.as_str()).filter(|_| named)), depth + 1), found);
            }
        }
        None => {}
    }
}

/// The page that a list means: by its path without ending, with numbers before its names or not, or by its `id`.
fn page_of(tree: &dyn Tree, base: &str, name: &str) -> Option<String> {
    let plain = |path: &str| {
        let parts = path.split('/').map(|part| {
            let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() < part.len() { rest.trim_start_matches(['-', '_', '.', ' ']) } else { part }
        });
        parts.collect::<Vec<_>>().join("/")
    };
    let target = tree::resolve("", name.split(['#', '?']).next().unwrap_or(name))?;
    let bare = tree::bare(&target);
    let targets = [bare.to_owned(), tree::join(bare, "index"), tree::join(bare, "README")];
    let before = if base.is_empty() { String::new() } else { format!("{base}/") };
    let pages: Vec<String> = tree.paths().into_iter().filter(|path| tree::is_page(path)).collect();
    let exact = |path: &&String| {
        let inner = path.strip_prefix(&before).map(tree::bare);
        inner.is_some_and(|inner| targets.iter().any(|target| target == inner))
    };
    let loose = |path: &&String| {
        let inner = path.strip_prefix(&before).map(|inner| plain(tree::bare(inner)));
        inner.is_some_and(|inner| targets.contains(&inner))
    };
    pages.iter().find(exact).or_else(|| pages.iter().find(loose)).cloned()
}

/// The plain string that a script gives a key.
pub(super) fn string_of(text: &str, key: &str) -> Option<String> {
    text.match_indices(key).find_map(|(at, _)| {
        let is_word = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '.');
        let rest = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
        let rest = rest.strip_prefix(':').filter(|_| is_word)?.trim_start();
        Literal::new(rest).string()
    })
}

/// A literal of JavaScript. What is computed in it is nothing.
struct Literal<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Literal<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            if self.rest().starts_with("//") {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            } else if self.rest().starts_with("/*") {
                self.at += self.rest().find("*/").map_or(self.rest().len(), |end| end + 2);
            } else {
                return;
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let (mut out, mut chars) = (String::new(), self.rest().char_indices().skip(1));
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => out.extend(chars.next().map(|(_, c)| if c == 'n' { '\n' } else { c })),
                c if c == quote => {
                    self.at += at + 1;
                    return Some(out);
                }
                c => out.push(c),
            }
        }
        None
    }

    /// A value; `None` where the text ends in it.
    fn value(&mut self, depth: usize) -> Option<Value> {
        self.blanks();
        match self.rest().chars().next()? {
            '[' | '{' if depth > 32 => None,
            '[' => self.array(depth),
            '{' => self.object(depth),
            '"' | '\'' | '`' => {
                let text = self.string()?;
                self.computed()?;
                Some(Value::String(text))
            }
            _ => {
                self.computed()?;
                Some(Value::Null)
            }
        }
    }

    /// Skips what is computed, as far as the comma or bracket that ends it.
    fn computed(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            self.blanks();
            match self.rest().chars().next()? {
                ',' | ']' | '}' if depth == 0 => return Some(()),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.checked_sub(1)?,
                '"' | '\'' | '`' => {
                    self.string()?;
                    continue;
                }
                _ => {}
            }
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        }
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.blanks();
            match self.rest().chars().next()? {
                ']' => {
                    self.at += 1;
                    return Some(Value::Array(items));
                }
                ',' => self.at += 1,
                _ => items.push(self.value(depth + 1)?),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut map = Map::new();
        loop {
            self.blanks();
            match self.rest().chars().next()? {
                '}' => {
                    self.at += 1;
                    return Some(Value::Object(map));
                }
                ',' => self.at += 1,
                _ => {
                    let key = match self.string() {
                        Some(key) => key,
                        None => {
                            let is_name = |c: char| !c.is_alphanumeric() && c != '_' && c != '$';
                            let length = self.rest().find(is_name)?;
                            let key = self.rest()[..length].to_owned();
                            self.at += length;
                            key
                        }
                    };
                    self.blanks();
                    if self.rest().starts_with(':') {
                        self.at += 1;
                        let value = self.value(depth + 1)?;
                        map.insert(key, value);
                    } else {
                        self.computed()?;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_read_and_what_is_computed_is_left() {
        let text = "{ // c\n a: [ 'x', `y`, f(1, ']'), ...more, ], \"b\": {c: true}, d, }";
        let value = Literal::new(text).value(0).map(|value| value.to_string());
        assert_eq!(value.as_deref(), Some(r#"{"a":["x","y",null,null],"b":{"c":null}}"#));
        assert_eq!(Literal::new("{a: [1").value(0), None);
        assert_eq!(string_of("subtitle: 'n', title: \"灯\"", "title").as_deref(), Some("灯"));
    }
}
