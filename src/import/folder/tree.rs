//! The files of a folder, and paths in it.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::manuscript::decoded as decoded_text;
use crate::manuscript::encoding::Foreign;

/// The files below a folder. Paths have forward slashes and begin at the folder.
pub trait Tree {
    /// The paths of all files, in order.
    fn paths(&self) -> Vec<String>;
    /// What a file holds; `None` where it cannot be read.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
}

impl Tree for BTreeMap<String, Vec<u8>> {
    fn paths(&self) -> Vec<String> {
        self.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.get(path).cloned()
    }
}

impl Tree for crate::project::Folder {
    fn paths(&self) -> Vec<String> {
        self.files().to_vec()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.bytes(path)
    }
}

/// A tree whose names are compared as they are read, not as they are stored: a Mac writes accents and the marks of kana apart.
pub(super) struct Composed<'t> {
    tree: &'t dyn Tree,
    /// The names as they are stored, by how they are read.
    names: BTreeMap<String, String>,
}

impl<'t> Composed<'t> {
    pub(super) fn new(tree: &'t dyn Tree) -> Self {
        let mut names = BTreeMap::new();
        for path in tree.paths() {
            // Where both are there, each is itself.
            let name = composed(&path);
            let name = if names.contains_key(&name) { path.clone() } else { name };
            names.insert(name, path);
        }
        Self { tree, names }
    }
}

impl Tree for Composed<'_> {
    fn paths(&self) -> Vec<String> {
        self.names.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let stored = self.names.get(path).or_else(|| self.names.get(&composed(path)));
        self.tree.read(stored.map_or(path, String::as_str))
    }
}

fn composed(path: &str) -> String {
    if path.is_ascii() { path.to_owned() } else { path.nfc().collect() }
}

/// What a file says, with line ends of one form. The second value says what it was read as where it is not UTF-8.
pub(super) fn text(tree: &dyn Tree, path: &str) -> Option<(String, Option<Foreign>)> {
    let (text, foreign) = decoded_text(tree.read(path)?);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Some((text.replace("\r\n", "\n").replace('\r', "\n"), foreign))
}

/// What a file of settings says, if it is there.
pub(super) fn settings(tree: &dyn Tree, path: &str) -> Option<String> {
    text(tree, path).map(|(text, _)| text).filter(|text| text.len() <= crate::manuscript::yaml::MAX_BYTES)
}

/// The folder of a path, without a slash at its end.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Two paths as one.
pub(super) fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// The path that another one means in a folder. Invariant: `None` for one that leads out of the tree.
pub(super) fn resolve(folder: &str, path: &str) -> Option<String> {
    if path.contains(['\\', '\0']) || path.contains("://") {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            _ => parts.push(part),
        }
    }
    Some(composed(&parts.join("/")))
}

/// Whether a file holds a chapter.
pub(super) fn is_page(path: &str) -> bool {
    let ending = name(path).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("md" | "mdx" | "markdown" | "mdown" | "mkd"))
}

/// A path without the ending of a page.
pub(super) fn bare(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((bare, ending))
            if matches!(ending, "md" | "mdx" | "markdown" | "mdown" | "mkd" | "html" | "htm") && !bare.is_empty() =>
        {
            bare
        }
        _ => path,
    }
}

/// A text with `%20` and the like decoded; unchanged where the result would not be UTF-8.
pub(super) fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|hex| *first == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        let byte = hex.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        assert_eq!(resolve("src/a", "../b.md").as_deref(), Some("src/b.md"));
        assert_eq!(resolve("src", "/x/./y.md").as_deref(), Some("x/y.md"));
        for path in ["../../x", "..\\x", "https://e.org/x"] {
            assert_eq!(resolve("src", path), None, "{path}");
        }
    }
}
