//! Modules of one folder do not use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::{self, Module};

/// Which modules of a folder each of its modules uses.
type Uses = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_module_uses_itself_through_its_siblings() {
    let circles = circles(&code::modules());
    assert!(circles.is_empty(), "move what both need to a module of its own:\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_seen_in_imports_in_paths_and_through_what_a_parent_exports() {
    for (page, text, word, wanted) in [
        ("use super::text::{self, Run};", "fn f() -> super::page::Leaf { g() }", "", "book: page → text → page"),
        ("use super::{text::Run, word};", "use super::Leaf;", "", "book: page → text → page"),
        ("use crate::book::{text, word};", "", "use super::page::*;", "book: page → word → page"),
        ("use super::text;", "use super::word;", "use super::Side;", "book: page → text → word → page"),
        ("use super::text;", "use super::word;", "use super::super::book;", ""),
    ] {
        let book = "pub use page::{Leaf, Side}; mod page; mod text; mod word;";
        let texts = [("book", book), ("book::page", page), ("book::text", text), ("book::word", word)];
        let modules = texts.map(|(names, text)| Module {
            names: names.split("::").map(str::to_owned).collect(),
            file: String::new(),
            code: code::production(text),
        });
        assert_eq!(circles(&modules).join("\n"), wanted);
    }
}

/// Every circle, with the folder that it is in. The modules at the top have an order of their own, and a parent and its
/// child are one thing in two files.
fn circles(modules: &[Module]) -> Vec<String> {
    let paths: BTreeMap<&[String], Vec<Vec<String>>> =
        modules.iter().map(|module| (&module.names[..], code::paths(&module.code))).collect();
    let mut folders: BTreeMap<&[String], Uses> = BTreeMap::new();
    for (own, used) in &paths {
        for used in used.iter().map(|path| target(own, path, &paths)) {
            let shared = own.iter().zip(&used).take_while(|(a, b)| a == b).count();
            if let (1.., Some(from), Some(to)) = (shared, own.get(shared), used.get(shared)) {
                folders.entry(&own[..shared]).or_default().entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    let mut found = Vec::new();
    for (folder, uses) in folders {
        found.extend(closed(&uses).iter().map(|circle| format!("{}: {circle}", folder.join("::"))));
    }
    found
}

/// The module that a path in another one leads to.
fn target(own: &[String], path: &[String], paths: &BTreeMap<&[String], Vec<Vec<String>>>) -> Vec<String> {
    let mut module = own.to_vec();
    for name in path {
        let child = [module.clone(), vec![name.clone()]].concat();
        if name == "crate" {
            module.clear();
        } else if name == "super" {
            module.pop();
        } else if paths.contains_key(&child[..]) {
            module = child;
        } else {
            // Perhaps the module has the name from one of its children.
            let exports = paths.get(&module[..]).into_iter().flatten().filter(|export| export.last() == Some(name));
            let mut children = exports.map(|export| [module.clone(), vec![export[0].clone()]].concat());
            return children.find(|child| paths.contains_key(&child[..])).unwrap_or(module);
        }
    }
    module
}

/// Circles of modules, each from its first module by name.
fn closed(uses: &Uses) -> Vec<String> {
    let mut found = Vec::new();
    for first in uses.keys() {
        let mut ways = vec![vec![first]];
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop() {
            for next in way.last().and_then(|last| uses.get(*last)).into_iter().flatten() {
                if next == first {
                    let names: Vec<&str> = way.iter().chain([&next]).map(|name| name.as_str()).collect();
                    found.push(names.join(" → "));
                } else if next > first && seen.insert(next) {
                    ways.push([&way[..], &[next]].concat());
                }
            }
        }
    }
    found
}
