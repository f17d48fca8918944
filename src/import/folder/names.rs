//! The order of pages that no list names: by what they ask for, else by their names.

use super::front;
use super::listed::Item;
use super::tree::{self, Tree};
use crate::lang::sequence;

/// Files that a repository has and no book.
const OTHERS: [&str; 9] = [
    "SUMMARY",
    "LANGS",
    "GLOSSARY",
    "LICENSE",
    "CONTRIBUTING",
    "CODE_OF_CONDUCT",
    "CHANGELOG",
    "SECURITY",
    "TRANSLATIONS",
];

/// Whether a name is that of a file that tells of a repository.
fn is_of_repository(name: &str) -> bool {
    OTHERS.iter().any(|other| name == *other || name.starts_with(&format!("{other}-")))
}

/// Whether a file lists pages and is none.
pub(super) fn is_list(path: &str) -> bool {
    matches!(tree::name(path), "SUMMARY.md" | "LANGS.md" | "GLOSSARY.md")
}

/// The pages below a folder. Each folder right below it is a part.
pub(super) fn items(tree: &dyn Tree, base: &str) -> Vec<Item> {
    let before = if base.is_empty() { String::new() } else { format!("{base}/") };
    let mut pages: Vec<String> = tree.paths();
    pages.retain(|path| {
        let inner = path.strip_prefix(&before);
        let bare = inner.map(tree::bare).unwrap_or_default();
        let repository = is_of_repository(bare);
        let hidden = inner.is_some_and(|inner| inner.split('/').any(|part| part.starts_with('.')));
        tree::is_page(path) && inner.is_some() && !repository && !hidden
    });
    let mut found = Vec::new();
    below(tree, base, &pages, None, 0, &mut found);
    found
}

/// The pages of one folder and of those in it.
pub(super) fn below(
    tree: &dyn Tree,
    folder: &str,
    pages: &[String],
    part: Option<&str>,
    depth: usize,
    found: &mut Vec<Item>,
) {
    let before = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut children: Vec<(bool, &str)> = Vec::new();
    for inner in pages.iter().filter_map(|path| path.strip_prefix(&before)) {
        let child = inner.split_once('/').map_or((false, inner), |(folder, _)| (true, folder));
        if !children.contains(&child) {
            children.push(child);
        }
    }
    let weight = |(is_folder, name): &(bool, &str)| {
        let path = format!("{before}{name}");
        if *is_folder { category(tree, &path).1 } else { page_weight(tree, &path) }
    };
    let key = |child: &(bool, &str)| {
        let index = !child.0 && is_index(child.1);
        (!index, weight(child).unwrap_or(f64::MAX), sequence::place(tree::bare(child.1)))
    };
    let mut keyed: Vec<_> = children.iter().map(|child| (key(child), *child)).collect();
    keyed.sort_by(|(a, _), (b, _)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (_, (is_folder, name)) in keyed {
        let path = format!("{before}{name}");
        if is_folder && depth < 16 {
            let title = category(tree, &path).0.unwrap_or_else(|| spoken(name));
            below(tree, &path, pages, Some(part.unwrap_or(&title)), depth + 1, found);
        } else if !is_folder {
            found.push(Item { path, title: None, part: part.map(str::to_owned), role: None });
        }
    }
}

/// Whether a page stands for its folder.
pub(super) fn is_index(name: &str) -> bool {
    matches!(tree::bare(name).to_ascii_lowercase().as_str(), "index" | "_index" | "readme")
}

fn page_weight(tree: &dyn Tree, path: &str) -> Option<f64> {
    let (text, _) = tree::text(tree, path)?;
    front::split(&text).0.weight()
}

/// The title and the place of a folder, as `_category_.json` or its index says.
fn category(tree: &dyn Tree, folder: &str) -> (Option<String>, Option<f64>) {
    for name in ["_category_.json", "_category_.yml", "_category_.yaml"] {
        let Some(text) = tree::settings(tree, &format!("{folder}/{name}")) else { continue };
        let value: serde_yaml::Value = serde_yaml::from_str(&text).unwrap_or_default();
        let label = value.get("label").and_then(front::scalar);
        return (label, value.get("position").and_then(serde_yaml::Value::as_f64));
    }
    for name in ["_index.md", "index.md"] {
        let Some((text, _)) = tree::text(tree, &format!("{folder}/{name}")) else { continue };
        let front = front::split(&text).0;
        return (front.get("title").map(str::to_owned), front.weight());
    }
    (None, None)
}

/// The name of a file or folder as words.
pub(super) fn spoken(name: &str) -> String {
    let bare = tree::bare(name);
    let words = bare.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', '.', ' ']);
    let words = if words.is_empty() { bare } else { words };
    let words = words.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
