//! The languages of a folder: which of its folders holds which.

use super::tree::{self, Tree};
use crate::lang::loosely;
use crate::model::Lang;

/// The text of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    /// What its place or a list says that its language is.
    pub(super) language: Option<Lang>,
    /// The folder that its site begins at.
    pub(super) root: String,
    /// The folder with pages that replace those of another text, path by path.
    pub(super) over: Option<String>,
    /// A catalogue that replaces messages of another text.
    pub(super) catalogue: Option<String>,
}

impl Text {
    fn at(root: &str, language: Option<Lang>) -> Self {
        Self { language, root: root.to_owned(), over: None, catalogue: None }
    }
}

/// The texts of a tree, the source first.
pub(super) fn texts(tree: &dyn Tree) -> Vec<Text> {
    let paths = tree.paths();
    if let Some(found) = listed(tree) {
        return found;
    }
    let mut found = vec![Text::at("", None)];
    // Docusaurus keeps translations beside its pages.
    let over = paths.iter().filter_map(|path| {
        let rest = path.strip_prefix("i18n/")?;
        let (language, rest) = rest.split_once('/')?;
        let inner = rest
            .strip_prefix("docusaurus-plugin-content-docs/current/")
            .map(|_| "docusaurus-plugin-content-docs/current");
        Some((loosely(language)?, format!("i18n/{language}/{}", inner?)))
    });
    for (language, over) in over {
        if !found.iter().any(|text| text.over.as_ref() == Some(&over)) {
            found.push(Text { language: Some(language), root: String::new(), over: Some(over), catalogue: None });
        }
    }
    for path in &paths {
        let language = path.strip_prefix("po/").and_then(|name| name.strip_suffix(".po")).and_then(loosely);
        if let Some(language) = language {
            found.push(Text {
                language: Some(language),
                root: String::new(),
                over: None,
                catalogue: Some(path.clone()),
            });
        }
    }
    if found.len() > 1 {
        return found;
    }
    folders(&paths).unwrap_or(found)
}

/// The languages that `LANGS.md` lists.
fn listed(tree: &dyn Tree) -> Option<Vec<Text>> {
    let text = tree::settings(tree, "LANGS.md")?;
    let mut found = Vec::new();
    for (title, address) in text.lines().filter_map(super::summary::link) {
        let root = tree::resolve("", address.trim_end_matches("README.md"))?;
        found.push(Text::at(&root, loosely(tree::name(&root)).or_else(|| loosely(&title))));
    }
    (!found.is_empty()).then_some(found)
}

/// Folders named after languages, at the root or where a site keeps its pages.
fn folders(paths: &[String]) -> Option<Vec<Text>> {
    for base in ["", "docs", "src", "content", "source"] {
        let before = if base.is_empty() { String::new() } else { format!("{base}/") };
        let inside = |path: &&String| path.starts_with(&before) && tree::is_page(path);
        let mut named: Vec<(String, Lang)> = Vec::new();
        for path in paths.iter().filter(inside) {
            let Some((folder, _)) = path[before.len()..].split_once('/') else { continue };
            if let Some(language) = loosely(folder).filter(|_| !named.iter().any(|(known, _)| known == folder)) {
                named.push((folder.to_owned(), language));
            }
        }
        let other = |path: &&String| {
            let rest = &path[before.len()..];
            let first = rest.split('/').next().unwrap_or_default();
            let repository = matches!(
                tree::bare(rest).to_ascii_uppercase().as_str(),
                "README" | "LANGS" | "CONTRIBUTING" | "LICENSE" | "CHANGELOG"
            );
            !named.iter().any(|(known, _)| known == first) && !repository
        };
        let others = paths.iter().filter(inside).filter(other).count();
        let one_of_them =
            |(folder, language): &(String, Lang)| Text::at(&format!("{before}{folder}"), Some(language.clone()));
        match named.len() {
            0 => {}
            1 if others == 0 => return Some(named.iter().map(one_of_them).collect()),
            // The pages of the main language stand outside of such a folder.
            1 => {
                let other =
                    Text { over: Some(format!("{before}{}", named[0].0)), ..Text::at("", Some(named[0].1.clone())) };
                return Some(vec![Text::at("", None), other]);
            }
            _ => {
                named.sort_by_key(|(folder, _)| {
                    paths.iter().position(|path| path.starts_with(&format!("{before}{folder}/")))
                });
                return Some(named.iter().map(one_of_them).collect());
            }
        }
    }
    None
}
