//! Pages that are in no chapter: each is told, those of a folder together.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use super::told::Told;
use super::tree::{self, Tree};
use crate::diagnostic::Severity;
use crate::import::Kind;

/// How many names of pages are said.
const NAMED: usize = 6;

/// Tells of the pages of a tree that no chapter was made of.
pub(super) fn tell(tree: &dyn Tree, used: &BTreeSet<String>, told: &mut Told) {
    let mut folders = BTreeSet::new();
    for path in used {
        let mut folder = tree::folder(path);
        while !folder.is_empty() && folders.insert(folder) {
            folder = tree::folder(folder);
        }
    }
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let left = |path: &String| tree::is_page(path) && !used.contains(path) && !names::is_list(path);
    for path in tree.paths().into_iter().filter(left) {
        // The outermost folder of which nothing is in the book.
        let outer = path.match_indices('/').map(|(at, _)| &path[..at]).find(|folder| !folders.contains(folder));
        let group = outer.unwrap_or(tree::folder(&path)).to_owned();
        groups.entry(group).or_default().push(path);
    }
    for (folder, pages) in groups {
        if let [page] = pages.as_slice() {
            told.tell(Kind::Dropped, Severity::Info, (page, 0), msg!("this page is not in the book"));
            continue;
        }
        let names: Vec<&str> =
            pages.iter().map(|page| page[folder.len()..].trim_start_matches('/')).take(NAMED).collect();
        let more = if pages.len() > NAMED { ", …" } else { "" };
        let names = format!("{}{more}", names.join(", "));
        let message = plural!(
            count = pages.len(),
            "{count} page in this folder is not in the book: {names}",
            "{count} pages in this folder are not in the book: {names}",
            names
        );
        let place = if folder.is_empty() { "." } else { folder.as_str() };
        told.tell(Kind::Dropped, Severity::Info, (place, 0), message);
    }
}
