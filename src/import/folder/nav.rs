//! `mkdocs.yml`: settings and the list of contents of MkDocs.

use serde_yaml::Value;

use super::front::scalar;
use super::listed::{Item, Plan, Site};
use super::told::Told;
use super::tree::{self, Tree};
use crate::diagnostic::Severity;
use crate::import::Kind;

fn read(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_default()
}

/// What the settings say of the book.
pub(super) fn settings(tree: &dyn Tree, root: &str, text: &str) -> Plan {
    let value = read(text);
    let field = |key: &str| value.get(key).and_then(scalar);
    let paths = tree.paths();
    let has = |folder: &String| paths.iter().any(|path| path.starts_with(&format!("{folder}/")) && tree::is_page(path));
    // A folder that is made when the site is may not be there; its pages come from `docs` then.
    let folders = field("docs_dir").into_iter().chain(["docs".to_owned()]);
    let base = folders.filter_map(|folder| tree::resolve(root, &folder)).find(has);
    let mut plan = Plan::new(Site::MkDocs, base.unwrap_or_else(|| root.to_owned()));
    plan.address = field("site_url");
    plan.title = field("site_name");
    plan.description = field("site_description");
    plan.authors = field("site_author").into_iter().collect();
    plan.language = value.get("theme").and_then(|theme| theme.get("language")).and_then(scalar);
    plan
}

/// The pages in the order of `nav`, if there is one.
pub(super) fn items(tree: &dyn Tree, root: &str, base: &str, told: &mut Told) -> Option<Vec<Item>> {
    let paths = ["mkdocs.yml", "mkdocs.yaml"].map(|name| tree::join(root, name));
    let (path, text) = paths.iter().find_map(|path| Some((path, tree::settings(tree, path)?)))?;
    let value = read(&text);
    let mut walk = Walk { tree, base, found: Vec::new(), missing: Vec::new() };
    walk.value(value.get("nav")?, None, None, 0);
    if walk.found.is_empty() {
        return None;
    }
    for name in walk.missing {
        let message = msg!("the list of contents names `{page}`, which is not there", page = &name);
        told.tell(Kind::Dropped, Severity::Warning, (path, 0), message);
    }
    Some(walk.found)
}

/// A title in the list, which may have entities as HTML has them.
fn words(key: &Value) -> Option<String> {
    let title = super::html::unescaped(&scalar(key)?);
    Some(title.split_whitespace().collect::<Vec<_>>().join(" "))
}

struct Walk<'a> {
    tree: &'a dyn Tree,
    base: &'a str,
    found: Vec<Item>,
    missing: Vec<String>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, title: Option<String>, part: Option<&str>, depth: usize) {
        match value {
            Value::String(name) => self.page(name, title, part),
            Value::Sequence(items) if depth < 16 => {
                items.iter().for_each(|item| self.value(item, None, part.or(title.as_deref()), depth + 1));
            }
            Value::Mapping(map) if depth < 16 => {
                map.iter().for_each(|(key, value)| self.value(value, words(key), part, depth + 1));
            }
            _ => {}
        }
    }

    fn page(&mut self, name: &str, title: Option<String>, part: Option<&str>) {
        let path = tree::resolve(self.base, name);
        match path.filter(|path| tree::is_page(path) && self.tree.read(path).is_some()) {
            Some(path) => self.found.push(Item { path, title, part: part.map(str::to_owned), role: None }),
            None if super::pages::is_outside(name) => {}
            None => self.missing.push(name.to_owned()),
        }
    }
}
