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
    /// What the names of its pages end in, where they stand beside those of another text: `zh` in `page.zh.md`.
    pub(super) suffix: Option<String>,
    /// A catalogue that replaces messages of another text.
    pub(super) catalogue: Option<String>,
}

impl Text {
    fn at(root: &str, language: Option<Lang>) -> Self {
        Self { language, root: root.to_owned(), over: None, suffix: None, catalogue: None }
    }

    /// The file of this text that a page of the text that it replaces has, whose pages begin at `base`.
    pub(super) fn page(&self, base: &str, path: &str) -> String {
        if let Some(over) = &self.over {
            return tree::join(over, path.strip_prefix(base).unwrap_or(path).trim_start_matches('/'));
        }
        match (&self.suffix, path.rsplit_once('.')) {
            (Some(suffix), Some((bare, ending))) => format!("{bare}.{suffix}.{ending}"),
            _ => path.to_owned(),
        }
    }

    /// Whether a page of the tree belongs to this text alone.
    pub(super) fn owns(&self, path: &str) -> bool {
        let folder = self.over.as_ref().or(Some(&self.root).filter(|root| !root.is_empty()));
        let inside = folder.is_some_and(|folder| path.starts_with(&format!("{folder}/")));
        inside || self.suffix.as_ref().is_some_and(|suffix| tree::bare(path).ends_with(&format!(".{suffix}")))
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
            found.push(Text { over: Some(over), ..Text::at("", Some(language)) });
        }
    }
    for path in &paths {
        let language = path.strip_prefix("po/").and_then(|name| name.strip_suffix(".po")).and_then(loosely);
        if let Some(language) = language {
            found.push(Text { catalogue: Some(path.clone()), ..Text::at("", Some(language)) });
        }
    }
    if found.len() > 1 {
        return found;
    }
    folders(tree, &paths).or_else(|| suffixes(&paths)).unwrap_or(found)
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
fn folders(tree: &dyn Tree, paths: &[String]) -> Option<Vec<Text>> {
    ["", "docs", "src", "content", "source"].into_iter().find_map(|base| in_folder(tree, paths, base))
}

fn in_folder(tree: &dyn Tree, paths: &[String], base: &str) -> Option<Vec<Text>> {
    let before = if base.is_empty() { String::new() } else { format!("{base}/") };
    let (mut named, mut others): (Vec<(&str, Lang, usize)>, usize) = (Vec::new(), 0);
    for path in paths.iter().filter(|path| path.starts_with(&before) && tree::is_page(path)) {
        let inner = &path[before.len()..];
        let folder = inner.split_once('/').map(|(folder, _)| folder);
        match folder.and_then(|folder| Some((folder, loosely(folder)?))) {
            Some((folder, language)) => match named.iter_mut().find(|(known, ..)| *known == folder) {
                Some((.., count)) => *count += 1,
                None => named.push((folder, language, 1)),
            },
            // Languages that no book can have are no part of the main text.
            None if folder.is_some_and(is_language) || folder.is_none() && is_of_repository(inner) => {}
            None => others += 1,
        }
    }
    let most = named.iter().map(|(.., count)| *count).max()?;
    // The pages of the main language may stand outside of such folders.
    let main = others > 0 && (named.len() == 1 || others * 2 >= most);
    let text = |(folder, language, _): &(&str, Lang, usize)| {
        let folder = format!("{before}{folder}");
        match main && !super::site::is_site(tree, &folder) {
            true => Text { over: Some(folder), ..Text::at("", Some(language.clone())) },
            false => Text::at(&folder, Some(language.clone())),
        }
    };
    Some(main.then(|| Text::at("", None)).into_iter().chain(named.iter().map(text)).collect())
}

/// Whether the name of a folder is the tag of any language.
fn is_language(folder: &str) -> bool {
    let tag = folder.replace('_', "-").to_ascii_lowercase();
    crate::lang::is_tag(&tag) && tag.split('-').next().is_some_and(|primary| primary.len() == 2)
}

/// Whether a page tells of its repository.
fn is_of_repository(name: &str) -> bool {
    matches!(
        tree::bare(name).to_ascii_uppercase().as_str(),
        "README" | "LANGS" | "CONTRIBUTING" | "LICENSE" | "CHANGELOG"
    )
}

/// Languages whose pages stand beside those of the main one: `page.zh.md` beside `page.md`.
fn suffixes(paths: &[String]) -> Option<Vec<Text>> {
    let mut found = vec![Text::at("", None)];
    for path in paths.iter().filter(|path| tree::is_page(path) && path.contains('/')) {
        let Some((bare, suffix)) = tree::bare(path).rsplit_once('.') else { continue };
        let Some(language) = loosely(suffix) else { continue };
        let is_new = !found.iter().any(|text| text.suffix.as_deref() == Some(suffix));
        if is_new && paths.iter().any(|other| tree::is_page(other) && tree::bare(other) == bare) {
            found.push(Text { suffix: Some(suffix.to_owned()), ..Text::at("", Some(language)) });
        }
    }
    (found.len() > 1).then_some(found)
}
