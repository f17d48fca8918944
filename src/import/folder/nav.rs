//! `mkdocs.yml`: settings and the list of contents of MkDocs.

use serde_yaml::Value;

use super::front::scalar;
use super::listed::{Item, Plan, Site};
use super::tree::{self, Tree};

fn read(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_default()
}

/// What the settings say of the book.
pub(super) fn settings(root: &str, text: &str) -> Plan {
    let value = read(text);
    let field = |key: &str| value.get(key).and_then(scalar);
    let docs = field("docs_dir").unwrap_or_else(|| "docs".to_owned());
    let mut plan = Plan::new(Site::MkDocs, tree::resolve(root, &docs).unwrap_or_else(|| root.to_owned()));
    plan.title = field("site_name");
    plan.description = field("site_description");
    plan.authors = field("site_author").into_iter().collect();
    plan.language = value.get("theme").and_then(|theme| theme.get("language")).and_then(scalar);
    plan
}

/// The pages in the order of `nav`, if there is one.
pub(super) fn items(tree: &dyn Tree, root: &str, base: &str) -> Option<Vec<Item>> {
    let paths = ["mkdocs.yml", "mkdocs.yaml"].map(|name| tree::join(root, name));
    let text = paths.iter().find_map(|path| tree::settings(tree, path))?;
    let value = read(&text);
    let mut found = Vec::new();
    walk(tree, base, value.get("nav")?, None, 0, &mut found);
    (!found.is_empty()).then_some(found)
}

fn walk(tree: &dyn Tree, base: &str, value: &Value, part: Option<&str>, depth: usize, found: &mut Vec<Item>) {
    let page = |path: &str, title: Option<String>| {
        let path = tree::resolve(base, path).filter(|path| tree::is_page(path) && tree.read(path).is_some());
        path.map(|path| Item { path, title, part: part.map(str::to_owned), role: None })
    };
    match value {
        Value::String(path) => found.extend(page(path, None)),
        Value::Sequence(items) => items.iter().for_each(|item| walk(tree, base, item, part, depth, found)),
        Value::Mapping(map) => {
            for (key, value) in map {
                let title = scalar(key);
                match value {
                    Value::String(path) => found.extend(page(path, title)),
                    inner if depth < 16 => walk(tree, base, inner, part.or(title.as_deref()), depth + 1, found),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}
