//! Pictures of a folder, which go under `images/` by names of their own.

use std::collections::BTreeMap;

use super::tree::{self, Tree};
use crate::model::Lang;

/// The pictures that a book shows.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// The names that they have in the book, by the language and their paths in the tree.
    names: BTreeMap<(String, String), String>,
    /// The names that their counterparts have in the text that came first, by their paths in its folder of pages.
    first: BTreeMap<String, String>,
    /// How many drawings without a file each page has.
    drawings: BTreeMap<String, usize>,
    /// Their bytes, by those names.
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

/// What became of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Picture {
    /// It is in the book, by this path from a chapter.
    Here(String),
    /// It is on the network.
    Remote,
    /// It is a sign of the state of a program, drawn by a service.
    Badge,
    /// It is not there.
    Missing,
    /// It is in a form that no book can show.
    Foreign,
}

/// What services that draw signs of the state of programs are called.
const BADGES: [&str; 8] =
    ["shields.io", "badge", "badgen.net", "travis-ci", "codecov.io", "circleci.com", "coveralls.io", "fury.io"];

/// Folders whose files a site shows at its root.
const ROOTS: [&str; 9] =
    ["", "static", "public", "docs/public", "src/public", ".vuepress/public", "docs/.vuepress/public", "src", "docs"];

impl Pictures {
    /// Takes the picture that a page in `folder` shows.
    pub(super) fn take(
        &mut self,
        tree: &dyn Tree,
        (folder, base): (&str, &str),
        lang: &Lang,
        address: &str,
    ) -> Picture {
        let address = address.trim();
        if address.starts_with("data:") {
            return Picture::Foreign;
        }
        if super::pages::is_outside(address) {
            let badge = BADGES.iter().any(|badge| address.contains(badge));
            return if badge { Picture::Badge } else { Picture::Remote };
        }
        let path = tree::decoded(address.split(['?', '#']).next().unwrap_or(address));
        let path =
            ["~@/", "@site/", "@/", "@", "~"].iter().find_map(|before| path.strip_prefix(before)).unwrap_or(&path);
        let path = path.strip_prefix("{{").and_then(|rest| rest.split_once("}}")).map_or(path, |(_, rest)| rest);
        let near = if path.starts_with('/') { None } else { tree::resolve(folder, path) };
        let from_root = path.trim_start_matches('/');
        let inner = tree::resolve(base, from_root);
        let roots = ROOTS.iter().filter_map(|root| tree::resolve(root, from_root));
        let beside =
            ["public", ".vuepress/public"].iter().filter_map(|root| tree::resolve(&tree::join(base, root), from_root));
        let found = near.into_iter().chain(inner).chain(roots).chain(beside).find_map(|path| {
            let bytes = tree.read(&path)?;
            Some((path, bytes))
        });
        let Some((path, bytes)) = found else { return Picture::Missing };
        let ending =
            tree::name(&path).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if !matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg") {
            return Picture::Foreign;
        }
        let inner = path.strip_prefix(base).unwrap_or(&path).trim_start_matches('/').to_owned();
        Picture::Here(self.name((&path, &inner), &ending, lang, bytes))
    }

    /// Adds a drawing that has no file of its own.
    pub(super) fn drawn(&mut self, page: &str, lang: &Lang, svg: String) -> String {
        let count = self.drawings.entry(format!("{}/{page}", lang.tag())).or_default();
        *count += 1;
        let name = format!("{page}-{count}.svg");
        self.name((&name, &name), "svg", lang, svg.into_bytes())
    }

    fn name(&mut self, (path, inner): (&str, &str), ending: &str, lang: &Lang, bytes: Vec<u8>) -> String {
        let key = (lang.tag().to_owned(), path.to_owned());
        if let Some(name) = self.names.get(&key) {
            return format!("../images/{name}");
        }
        let clean = |text: &str| -> String {
            text.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
        };
        let stem = tree::name(path).rsplit_once('.').map_or(path, |(stem, _)| stem);
        let long = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        // The same picture in another language has the same name with the language behind it.
        let counterpart = self.first.get(inner).filter(|first| self.files.get(*first) != Some(&bytes));
        let translated =
            counterpart.and_then(|first| Some(format!("{}-{}.{ending}", first.rsplit_once('.')?.0, lang.tag())));
        let same = self.first.get(inner).filter(|_| counterpart.is_none()).cloned();
        let mut name = translated.or(same).unwrap_or_else(|| format!("{}.{ending}", clean(stem)));
        let mut count = 1;
        while self.files.get(&name).is_some_and(|known| *known != bytes) {
            name = if count == 1 {
                format!("{}.{ending}", clean(long))
            } else {
                format!("{}-{count}.{ending}", clean(stem))
            };
            count += 1;
        }
        self.names.insert(key, name.clone());
        self.first.entry(inner.to_owned()).or_insert_with(|| name.clone());
        self.files.insert(name.clone(), bytes);
        format!("../images/{name}")
    }
}
