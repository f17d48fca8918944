//! Which files an editor is asked to tell the changes of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::lsp::uri_of;
use crate::project::{Project, Shared, WATCHED};

/// The patterns for what the books in the editor's folders are made from, with their projects by folder. An editor that looks outside of its
/// folders (`beyond`) is asked for what the house of a book shares, where that lies above them.
pub(super) fn patterns(open: &[(PathBuf, Vec<Project>)], beyond: bool) -> Vec<Value> {
    let own = WATCHED.iter().map(|folder| format!("**/{folder}/**"));
    let shared = [Shared::Glossary, Shared::Checks].map(|kind| format!("*{}.yaml", kind.word()));
    let inside = own.chain(shared.iter().map(|name| format!("**/{name}"))).map(|glob| json!({"globPattern": glob}));
    let mut all: Vec<Value> = inside.collect();
    let above = |folder: &Path, house: &Path| !house.starts_with(std::fs::canonicalize(folder).unwrap_or_default());
    let houses: BTreeSet<&Path> = open
        .iter()
        .flat_map(|(folder, projects)| projects.iter().filter_map(Project::folder_of_house).map(move |it| (folder, it)))
        .filter(|(folder, house)| beyond && above(folder, house))
        .map(|(_, house)| house)
        .collect();
    for house in houses.into_iter().filter_map(uri_of) {
        let relative = |name: &String| json!({"globPattern": {"baseUri": house, "pattern": name}});
        all.extend(shared.iter().map(relative));
    }
    all
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_a_house_shares_is_asked_for_where_it_lies_above_what_is_open() {
        let place = tempfile::tempdir().expect("a folder");
        let house = fs::canonicalize(place.path()).expect("it is there");
        fs::create_dir_all(house.join("book/manuscript")).expect("a folder");
        fs::write(house.join("catalogue.yaml"), "books: [book]\n").expect("a file");
        fs::write(house.join("book/manuscript/book.yaml"), "title: x\n").expect("a file");
        let of = |folder: PathBuf, beyond: bool| {
            let project = Project::find(&house.join("book")).expect("a book");
            patterns(&[(folder, vec![project])], beyond)
        };
        let base = uri_of(&house).expect("an address");
        let wanted = json!({"globPattern": {"baseUri": base, "pattern": "*glossary.yaml"}});
        assert!(of(house.join("book"), true).contains(&wanted));
        assert!(!of(house.join("book"), false).contains(&wanted), "the editor cannot");
        assert!(!of(house.clone(), true).contains(&wanted), "it is open already");
    }
}
