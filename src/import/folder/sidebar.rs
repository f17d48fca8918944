//! The lists of contents of Docusaurus, VitePress and VuePress, which are scripts.

use std::collections::BTreeMap;

use super::listed::{Item, Plan, Site};
use super::script::{Scripts, Value};
use super::told::Told;
use super::tree::{self, Tree};
use super::{front, names};
use crate::diagnostic::Severity;
use crate::import::Kind;

/// The pages in the order of `sidebars.js`.
pub(super) fn docusaurus(tree: &dyn Tree, plan: &Plan, told: &mut Told) -> Option<Vec<Item>> {
    let presets = plan.settings.get("presets").map(Value::list).unwrap_or_default();
    let named = presets.iter().find_map(|preset| preset.list().get(1)?.at(&["docs", "sidebarPath"])?.text());
    let endings = ["js", "ts", "json", "cjs", "mjs"].map(|ending| format!("sidebars.{ending}"));
    let places = named.map(str::to_owned).into_iter().chain(endings);
    let path = places.filter_map(|name| tree::resolve(&plan.home, &name)).find(|path| tree.read(path).is_some())?;
    let value = Scripts::new(tree).exported(&path);
    found(tree, plan, &plan.base, (&[value], &path), told)
}

/// The pages in the order of `sidebar` in the settings, for the pages of a language below `base`.
pub(super) fn vitepress(tree: &dyn Tree, plan: &Plan, base: &str, told: &mut Told) -> Option<Vec<Item>> {
    let locale = base.strip_prefix(&plan.pages).unwrap_or_default().trim_matches('/');
    let mut files = scripts(tree, plan, base);
    // What bears the name of the language says more of it than what does not.
    files.sort_by_key(|path| locale.is_empty() || !path.split(['/', '.']).any(|part| part == locale));
    let scripts = Scripts::new(tree);
    let mut read = None;
    for path in &files {
        let value = scripts.exported(path);
        let own = of_locale(&value, locale);
        let given = || Some(scripts.given(path, "sidebar")).filter(|value| *value != Value::Unknown);
        for value in own.cloned().into_iter().chain(given()) {
            let mut quiet = told.beside();
            if let Some(items) = found(tree, plan, base, (&[value], path), &mut quiet) {
                told.entries.append(&mut quiet.entries);
                return Some(items);
            }
            read = Some(path);
        }
    }
    if let Some(path) = read {
        unread(path, told);
    }
    None
}

/// The scripts that may have a list of contents.
fn scripts(tree: &dyn Tree, plan: &Plan, base: &str) -> Vec<String> {
    let folders = [".vitepress/", ".vuepress/"].map(|folder| tree::join(&plan.home, folder));
    let own = [base, plan.pages.as_str()].map(|folder| tree::join(folder, "config."));
    let is_script = |path: &String| {
        let inside = folders.iter().any(|folder| path.starts_with(folder));
        let named = path.contains("config") || path.contains("sidebar") || path.contains("locales");
        let endings = [".js", ".ts", ".mts", ".mjs", ".json", ".cjs"].iter().any(|ending| path.ends_with(ending));
        endings && (inside && named || own.iter().any(|own| path.starts_with(own)))
    };
    tree.paths().into_iter().filter(is_script).collect()
}

/// The list that settings have for a language; the whole site has none of its own, or has it as `root`.
fn of_locale<'v>(settings: &'v Value, locale: &str) -> Option<&'v Value> {
    let keys = if locale.is_empty() {
        vec!["root".to_owned(), "/".to_owned()]
    } else {
        vec![locale.to_owned(), format!("/{locale}/")]
    };
    let own = keys.iter().find_map(|key| {
        let inner = [
            &["locales", key, "themeConfig", "sidebar"][..],
            &["themeConfig", "locales", key, "sidebar"],
            &["locales", key, "sidebar"],
            &["theme", "locales", key, "sidebar"],
        ];
        inner.iter().find_map(|keys| settings.at(keys)).filter(|value| **value != Value::Unknown)
    });
    let whole = [&["themeConfig", "sidebar"][..], &["theme", "sidebar"], &["sidebar"]];
    own.or_else(|| whole.iter().find_map(|keys| settings.at(keys)).filter(|value| **value != Value::Unknown))
}

fn unread(path: &str, told: &mut Told) {
    let message = msg!("the list of contents is a program and is not read: chapters stand in the order of their names");
    told.tell(Kind::Guessed, Severity::Warning, (path, 0), message);
}

fn found(
    tree: &dyn Tree,
    plan: &Plan,
    base: &str,
    (values, path): (&[Value], &str),
    told: &mut Told,
) -> Option<Vec<Item>> {
    let known = Known::new(tree, plan, base);
    let mut walk = Walk { tree, known: &known, base, found: Vec::new(), missing: Vec::new() };
    values.iter().for_each(|value| walk.value(value, &Place::default()));
    if walk.found.is_empty() {
        unread(path, told);
        return None;
    }
    for name in walk.missing {
        let message = msg!("the list of contents names `{page}`, which is not there", page = &name);
        told.tell(Kind::Dropped, Severity::Warning, (path, 0), message);
    }
    Some(walk.found)
}

/// The labels of a file of translations of Docusaurus, by what they translate: `sidebar.docs.category.Guides` is that of `Guides`.
pub(super) fn labels(tree: &dyn Tree, path: &str) -> BTreeMap<String, String> {
    let text = tree::settings(tree, path).unwrap_or_default();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let pairs = value.as_object().into_iter().flatten().filter_map(|(key, value)| {
        let name = match key.split_once(".category.") {
            Some((_, label)) => label,
            None => key,
        };
        let message = value.get("message")?.as_str().filter(|message| !message.is_empty())?;
        Some((name.to_owned(), message.to_owned()))
    });
    pairs.collect()
}

/// Where in a list something stands.
#[derive(Clone, Default)]
struct Place {
    part: Option<String>,
    /// What links begin with.
    prefix: String,
    depth: usize,
}

/// Gathers the pages of a list. Its outermost groups are parts.
struct Walk<'a> {
    tree: &'a dyn Tree,
    known: &'a Known,
    base: &'a str,
    found: Vec<Item>,
    /// What is named and is not there.
    missing: Vec<String>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, place: &Place) {
        if place.depth > 24 {
            return;
        }
        let inner = Place { depth: place.depth + 1, ..place.clone() };
        match value {
            Value::Text(name) => self.page(name, None, place),
            Value::List(items) => match items.as_slice() {
                // VuePress names a page and its title so.
                [Value::Text(name), Value::Text(title)] if place.depth > 0 && !self.is_page(title, place) => {
                    self.page(name, Some(title), place);
                }
                items => items.iter().for_each(|item| self.value(item, &inner)),
            },
            Value::Keyed(_) => self.group(value, inner),
            Value::Unknown => {}
        }
    }

    fn group(&mut self, value: &Value, mut place: Place) {
        let field = |key: &str| value.get(key).and_then(Value::text);
        let label = field("label").or_else(|| field("text")).or_else(|| field("title"));
        if let Some(prefix) = field("base").or_else(|| field("prefix")) {
            place.prefix =
                if prefix.starts_with('/') { prefix.to_owned() } else { format!("{}{prefix}", place.prefix) };
        }
        if let Some(folder) = field("dirName") {
            return self.folder(folder, &place);
        }
        let link = match value.get("link") {
            Some(link @ Value::Keyed(_)) => link.get("id").and_then(Value::text),
            _ => field("link")
                .or_else(|| field("id"))
                .or_else(|| field("path"))
                .filter(|_| field("type") != Some("link")),
        };
        let children = value.get("items").or_else(|| value.get("children"));
        if let Some(link) = link {
            self.page(link, label.filter(|_| children.is_none()), &place);
        }
        match children {
            Some(children) => {
                place.part = place.part.or_else(|| label.map(str::to_owned));
                self.value(children, &place);
            }
            None if link.is_none() && label.is_none() => {
                for (key, value) in value.keyed() {
                    let mut inner = place.clone();
                    // A path names a group of pages of VitePress, a word a sidebar or a group of Docusaurus.
                    if key.starts_with('/') {
                        inner.prefix.clone_from(key);
                    } else if place.depth > 1 && inner.part.is_none() {
                        inner.part = Some(key.clone());
                    }
                    if matches!(value, Value::List(_) | Value::Keyed(_)) {
                        self.value(value, &inner);
                    }
                }
            }
            None => {}
        }
    }

    /// All pages of a folder, in the order that they ask for.
    fn folder(&mut self, folder: &str, place: &Place) {
        let folder = tree::resolve(self.base, folder).unwrap_or_default();
        let before = format!("{folder}/");
        let pages: Vec<String> =
            self.tree.paths().into_iter().filter(|path| tree::is_page(path) && path.starts_with(&before)).collect();
        names::below(self.tree, &folder, &pages, place.part.as_deref(), 0, &mut self.found);
    }

    fn is_page(&self, name: &str, place: &Place) -> bool {
        self.known.page(name, &place.prefix).is_some()
    }

    fn page(&mut self, name: &str, title: Option<&str>, place: &Place) {
        if super::pages::is_outside(name) {
            return;
        }
        match self.known.page(name, &place.prefix) {
            Some(path) => {
                let (title, part) = (title.map(str::to_owned), place.part.clone());
                self.found.extend(path.map(|path| Item { path, title, part, role: None }));
            }
            None if !name.trim_matches('/').is_empty() && name != "auto" => self.missing.push(name.to_owned()),
            None => {}
        }
    }
}

/// The pages of a tree, by what a list may call them.
struct Known {
    /// Paths without endings, as they are and without the numbers before names; ids.
    names: BTreeMap<String, String>,
    /// The folders that names may begin at; the pages of the book lie below the first.
    roots: [String; 2],
    /// What addresses of the site begin with.
    path: String,
}

impl Known {
    fn new(tree: &dyn Tree, plan: &Plan, base: &str) -> Self {
        let mut names = BTreeMap::new();
        let pages: Vec<String> = tree.paths().into_iter().filter(|path| tree::is_page(path)).collect();
        for path in &pages {
            names.entry(tree::bare(path).to_owned()).or_insert_with(|| path.clone());
        }
        for path in &pages {
            names.entry(plain(tree::bare(path))).or_insert_with(|| path.clone());
        }
        let within = |path: &&String| plan.site == Site::Docusaurus && path.starts_with(base);
        for path in pages.iter().filter(within) {
            let Some((text, _)) = tree::text(tree, path) else { continue };
            if let Some(id) = front::split(&text).0.get("id") {
                let id = tree::join(tree::folder(path), id);
                names.entry(plain(&id)).or_insert_with(|| path.clone());
            }
        }
        Self { names, roots: [base.to_owned(), plan.pages.clone()], path: plan.path().to_owned() }
    }

    /// The page that a list means: `None` where it is not there, no path where it belongs to no page of this text.
    fn page(&self, name: &str, prefix: &str) -> Option<Option<String>> {
        let name = tree::bare(name.split(['#', '?']).next().unwrap_or(name));
        let short = name.strip_prefix(&self.path).filter(|rest| !self.path.is_empty() && rest.starts_with('/'));
        let long = format!("{prefix}{name}");
        let names = [short, Some(name).filter(|name| name.starts_with('/')), Some(long.as_str()), Some(name)];
        let found = names.into_iter().flatten().find_map(|name| {
            let target = tree::resolve("", name)?;
            self.roots.iter().find_map(|root| {
                let whole = tree::join(root, &target).trim_end_matches('/').to_owned();
                let places = ["", "/index", "/README", "/readme", "/_index"].map(|end| format!("{whole}{end}"));
                places
                    .iter()
                    .find_map(|place| {
                        self.names.get(place.trim_start_matches('/')).or_else(|| self.names.get(&plain(place)))
                    })
                    .cloned()
            })
        })?;
        let base = &self.roots[0];
        Some(Some(found).filter(|path| base.is_empty() || path.starts_with(&format!("{base}/"))))
    }
}

/// A path without the numbers before its names.
fn plain(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = if rest.len() < part.len() { rest.trim_start_matches(['-', '_', '.', ' ']) } else { part };
        if rest.is_empty() { part } else { rest }
    });
    parts.collect::<Vec<_>>().join("/")
}
