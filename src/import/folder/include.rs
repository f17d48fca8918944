//! Files that a page includes, whole or in part. Invariant: none outside of the tree is read, and none includes itself.

use super::lines::{self, Line};
use super::told::Told;
use super::tree::{self, Tree};
use crate::diagnostic::Severity;
use crate::import::Kind;

/// Deepest nesting of files in files.
const DEPTH: usize = 12;

/// Most lines that a page may have with all that it includes.
const LINES: usize = 200_000;

/// What a line includes.
struct Directive<'t> {
    /// The part of the line.
    place: std::ops::Range<usize>,
    file: &'t str,
    /// Lines or the name of a part.
    part: Option<&'t str>,
    /// The language of the code that the file is shown as, where the directive makes code of it.
    code: Option<String>,
}

/// The lines of a page with what they include.
pub(super) fn expand(tree: &dyn Tree, path: &str, base: &str, lines: Vec<Line>, told: &mut Told) -> Vec<Line> {
    let mut expanding = Expanding { tree, base, told, page: path, out: Vec::new(), open: None };
    expanding.lines(tree::folder(path), lines, DEPTH);
    let mut out = expanding.out;
    lines::mark(&mut out);
    out
}

struct Expanding<'a> {
    tree: &'a dyn Tree,
    base: &'a str,
    told: &'a mut Told,
    page: &'a str,
    out: Vec<Line>,
    /// The fence of the code that is open: where it stands, its sign and its length.
    open: Option<(usize, char, usize)>,
}

impl Expanding<'_> {
    fn lines(&mut self, folder: &str, lines: Vec<Line>, depth: usize) {
        for line in lines {
            if self.out.len() > LINES {
                return;
            }
            // What makes code of a file is shown where it stands in code itself.
            let shown = |found: &Directive<'_>| line.code && found.code.is_some();
            let Some(directive) = directive(&line.text).filter(|found| !shown(found)) else {
                self.push(line, depth == DEPTH);
                continue;
            };
            let found = if depth == 0 { None } else { self.file(folder, directive.file) };
            let text = found.as_ref().and_then(|(_, text)| part(text, directive.part));
            let (Some((path, _)), Some(text)) = (&found, text) else {
                self.missing(&line, &directive, found.is_some());
                continue;
            };
            self.told.use_file(path);
            let (before, after) = (&line.text[..directive.place.start], &line.text[directive.place.end..]);
            let text = match &directive.code {
                Some(info) => {
                    let fence = lines::fence_around(&text);
                    format!("{fence}{info}\n{}\n{fence}", text.trim_end_matches('\n'))
                }
                None => text,
            };
            self.widen(&text);
            let indent = if before.trim().is_empty() { before } else { "" };
            let text = format!("{before}{}{after}", text.trim_end_matches('\n').replace('\n', &format!("\n{indent}")));
            let inner = text.lines().map(|text| Line::new(text, line.at)).collect();
            let inside = tree::is_page(path);
            if inside { self.lines(tree::folder(path), inner, depth - 1) } else { self.out.extend(inner) }
        }
    }

    /// Takes a line as it is. Of the page's own lines, the fence that closes code is as long as the one that opens it became.
    fn push(&mut self, line: Line, is_own: bool) {
        let mut line = Line { text: line.text.replace("\\{{#", "{{#"), ..line };
        if line.code && is_own {
            let found = lines::fence(&line.text).map(|(sign, length, info)| (sign, length, info.is_empty()));
            match (self.open, found) {
                (None, Some((sign, length, _))) => self.open = Some((self.out.len(), sign, length)),
                (Some((at, open, least)), Some((sign, length, true))) if sign == open && length >= least => {
                    let now = lines::fence(&self.out[at].text).map_or(length, |(_, now, _)| now.max(length));
                    line.text = format!("{}{}", lines::prefix(&line.text), sign.to_string().repeat(now));
                    self.open = None;
                }
                _ => {}
            }
        } else if is_own {
            self.open = None;
        }
        self.out.push(line);
    }

    /// Makes the fence of the code that is open longer than those of a text that is put into it.
    fn widen(&mut self, text: &str) {
        let Some((at, sign, _)) = self.open else { return };
        let Some((_, now, _)) = lines::fence(&self.out[at].text) else { return };
        let inner = text
            .lines()
            .filter_map(lines::fence)
            .filter(|(other, ..)| *other == sign)
            .map(|(_, length, _)| length)
            .max();
        if let Some(inner) = inner.filter(|inner| *inner >= now) {
            let more = sign.to_string().repeat(inner + 1 - now);
            let start = lines::prefix(&self.out[at].text).len();
            self.out[at].text.insert_str(start, &more);
        }
    }

    /// Tells that what is included is not there.
    fn missing(&mut self, line: &Line, directive: &Directive<'_>, has_file: bool) {
        let lost = line.text[directive.place.clone()].to_owned();
        let (severity, message) = match directive.part.filter(|_| has_file) {
            // Sites show nothing then, and say nothing.
            Some(part) => (
                Severity::Warning,
                msg!("{file} has no part `{part}`: nothing is included", file = directive.file, part),
            ),
            None => (Severity::Error, msg!("what is included here is not there: {file}", file = directive.file)),
        };
        self.told.lose(Kind::Dropped, severity, (self.page, line.at), message, lost);
        let rest = format!("{}{}", &line.text[..directive.place.start], &line.text[directive.place.end..]);
        if !rest.trim().is_empty() {
            self.out.push(Line { text: rest, ..line.clone() });
        }
    }

    /// The file that a directive names, and what it says.
    fn file(&mut self, folder: &str, name: &str) -> Option<(String, String)> {
        let name = name.trim().trim_matches(['"', '\'']);
        let (folder, name) = match name.strip_prefix("@/").or_else(|| name.strip_prefix("@site/")) {
            Some(rest) => ("", rest),
            None => (folder, name),
        };
        let places = [tree::resolve(folder, name), tree::resolve(self.base, name.trim_start_matches('/'))];
        places.into_iter().flatten().chain(tree::resolve("", name)).find_map(|path| {
            let (text, foreign) = tree::text(self.tree, &path)?;
            if let Some(foreign) = foreign {
                self.told.foreign(&foreign, &path);
            }
            Some((path, text))
        })
    }
}

/// What a line includes, in the forms of mdBook, VitePress and MkDocs.
fn directive(line: &str) -> Option<Directive<'_>> {
    for word in ["include", "rustdoc_include", "playground", "playpen"] {
        let open = format!("{{{{#{word} ");
        let Some(start) = line.find(&open).filter(|start| !line[..*start].ends_with('\\')) else { continue };
        let inner = start + open.len();
        let end = inner + line[inner..].find("}}")?;
        let what = line[inner..end].split_whitespace().next()?;
        let (file, part) = what.split_once(':').map_or((what, None), |(file, part)| (file, Some(part)));
        return Some(Directive { place: start..end + 2, file, part, code: None });
    }
    if let Some(start) = line.find("<!--@include:").or_else(|| line.find("<!-- @include:")) {
        let inner = start + line[start..].find(':')? + 1;
        let end = inner + line[inner..].find("-->")?;
        let what = line[inner..end].trim();
        let (file, part) = what.split_once(['{', '#']).map_or((what, None), |(file, part)| (file, Some(part)));
        let part = part.map(|part| part.trim_end_matches('}'));
        return Some(Directive { place: start..end + 3, file, part, code: None });
    }
    if let Some(rest) = line.trim_start().strip_prefix("--8<--") {
        let file = rest.trim().trim_matches(['"', '\'']);
        let (file, part) = file.split_once(':').map_or((file, None), |(file, part)| (file, Some(part)));
        let start = line.len() - line.trim_start().len();
        return (!file.is_empty()).then_some(Directive { place: start..line.len(), file, part, code: None });
    }
    let start = line.len() - line.trim_start().len();
    let rest = line[start..].strip_prefix("<<< ")?;
    let file = rest.split(['{', '[', ' ']).next()?.trim();
    let (file, part) = file.split_once('#').map_or((file, None), |(file, part)| (file, Some(part)));
    Some(Directive { place: start..line.len(), file, part, code: Some(shown_as(rest, file)) })
}

/// What stands on the fence of a file that VitePress shows as code: `<<< @/a.js#part{1,2 ts:line-numbers} [title]`.
fn shown_as(text: &str, file: &str) -> String {
    let braces = text.split_once('{').and_then(|(_, rest)| Some(rest.split_once('}')?.0)).unwrap_or_default();
    let is_line = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let marked = braces.split_whitespace().find(is_line).map(|lines| format!(" {{{lines}}}")).unwrap_or_default();
    let named = braces.split_whitespace().find(|word| !is_line(word)).and_then(|word| word.split(':').next());
    let language = named.or(file.rsplit_once('.').map(|(_, ending)| ending)).unwrap_or_default();
    let title = text.trim_end().rsplit_once('[').and_then(|(_, rest)| rest.strip_suffix(']'));
    let title = title.map(|title| format!(" title=\"{title}\"")).unwrap_or_default();
    format!("{language}{title}{marked}")
}

/// A part of a file: lines `3`, `3:10`, `3,10`, or what stands between two marks. Lines that are marks are left out.
fn part(text: &str, part: Option<&str>) -> Option<String> {
    let all: Vec<&str> = text.lines().collect();
    let shown = |lines: &[&str]| {
        let kept: Vec<&str> = lines.iter().copied().filter(|line| !is_mark(line)).collect();
        kept.join("\n")
    };
    let Some(part) = part.filter(|part| !part.is_empty()) else { return Some(shown(&all)) };
    if part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b',' | b'-')) {
        let (from, to) = part.split_once([':', ',', '-']).unwrap_or((part, part));
        let from = from.parse().unwrap_or(1usize).max(1) - 1;
        let to = to.parse().unwrap_or(all.len()).min(all.len());
        return Some(shown(all.get(from.min(to)..to)?));
    }
    // mdBook goes on behind a colon with lines of the part, which nobody writes.
    let name = part.split(':').next().unwrap_or(part);
    let (mut found, mut open) = (Vec::new(), false);
    for line in &all {
        match mark(line) {
            Some((true, known)) if known == name => open = true,
            Some((false, known)) if known == name || known.is_empty() => open = false,
            Some(_) => {}
            None if open => found.push(*line),
            None => {}
        }
    }
    (!found.is_empty()).then(|| found.join("\n"))
}

fn is_mark(line: &str) -> bool {
    mark(line).is_some()
}

/// A mark that begins or ends a part of a file, and the name of the part.
fn mark(line: &str) -> Option<(bool, &str)> {
    let named = |at: usize, word: &str| {
        let rest = line[at + word.len()..].trim_start();
        rest.split(|c: char| c.is_whitespace() || matches!(c, ']' | '*' | '-' if c != '-')).next().unwrap_or_default()
    };
    if let Some(at) = line.find("ANCHOR_END:") {
        return Some((false, named(at, "ANCHOR_END:")));
    }
    if let Some(at) = line.find("ANCHOR:") {
        return Some((true, named(at, "ANCHOR:")));
    }
    for (word, begins) in [("#endregion", false), ("#region", true)] {
        if let Some(at) = line.find(word) {
            return Some((begins, named(at, word)));
        }
    }
    let at = line.find("--8<-- [")?;
    let rest = &line[at + "--8<-- [".len()..];
    let (word, name) = rest.split_once(':')?;
    Some((word == "start", name.split(']').next()?.trim()))
}

/// Takes out the lines of Rust that mdBook hides.
pub(super) fn hide(lines: &mut Vec<Line>, page: &str, told: &mut Told) {
    let (mut rust, mut hidden) = (false, Vec::new());
    let mut first = 0;
    lines.retain_mut(|line| {
        if let Some((.., info)) = lines::fence(&line.text).filter(|_| line.code) {
            rust = info.split([',', ' ', '{']).next() == Some("rust");
            return true;
        }
        let text = line.text.trim_start();
        let hides = rust && line.code && (text == "#" || text.starts_with("# "));
        if hides {
            if hidden.is_empty() {
                first = line.at;
            }
            hidden.push(line.text.clone());
        } else if rust && line.code && text.starts_with("##") {
            line.text = line.text.replacen("##", "#", 1);
        }
        !hides
    });
    if !hidden.is_empty() {
        let message = plural!(
            count = hidden.len(),
            "{count} line of code that the site hides is left out",
            "{count} lines of code that the site hides are left out"
        );
        told.lose(Kind::Dropped, Severity::Info, (page, first), message, hidden.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn files_are_included_by_lines_and_by_marks_inside_of_the_tree() {
        let mut tree = BTreeMap::new();
        let code = "fn a() {}\n// ANCHOR: x\n    let b;\n// ANCHOR_END: x\nlast\n";
        tree.insert("code/a.rs".to_owned(), code.as_bytes().to_vec());
        let page = "```rust\n{{#include ../code/a.rs:x}}\n```\n{{#include ../code/a.rs:1}}\n{{#include ../../b}}\n\\{{#include x}}\n\
                    <<< @/code/a.rs#x{1 rust} [t]\n  --8<-- \"code/a.rs:5\"\n";
        let mut told = Told::default();
        let found = expand(&tree, "src/p.md", "src", lines::of(page, 1), &mut told);
        let text: Vec<&str> = found.iter().map(|line| line.text.as_str()).collect();
        let wanted = [
            "```rust",
            "    let b;",
            "```",
            "fn a() {}",
            "{{#include x}}",
            "```rust title=\"t\" {1}",
            "    let b;",
            "```",
            "  last",
        ];
        assert_eq!(text, wanted);
        assert_eq!(told.entries.len(), 1, "{:?}", told.entries);
        assert_eq!(told.entries[0].at, "5");
    }

    #[test]
    fn what_is_shown_as_code_closes_no_code() {
        let mut tree = BTreeMap::new();
        tree.insert("a.md".to_owned(), b"one\n\n```js\nx\n```\n".to_vec());
        let mut told = Told::default();
        let page = "```md\n{{#include a.md}}\n```\nend\n\n<<< @/a.md\n\n```\n{{#include a.md:none}}\nb\n```\n";
        let found = expand(&tree, "p.md", "", lines::of(page, 1), &mut told);
        let text: Vec<&str> = found.iter().map(|line| line.text.as_str()).collect();
        let inner = ["one", "", "```js", "x", "```"];
        let wanted: Vec<&str> = ["````md"]
            .into_iter()
            .chain(inner)
            .chain(["````", "end", "", "````md"])
            .chain(inner)
            .chain(["````", "", "```", "b", "```"])
            .collect();
        assert_eq!(text, wanted);
        assert_eq!(told.entries.len(), 1, "{:?}", told.entries);
        assert_eq!((told.entries[0].at.as_str(), told.entries[0].lost.as_str()), ("9", "{{#include a.md:none}}"));
    }
}
