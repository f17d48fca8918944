//! Modules of one folder do not use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use super::tidy::{production_lines, sources};

/// A module: the names that lead to it from the top.
type Module = Vec<String>;

/// Which modules of a folder each of its modules uses.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// Folders that have circles yet.
const KNOWN: [&str; 3] = ["align::engine: ", "epub: ", "typeset: "];

#[test]
fn no_module_uses_itself_through_its_siblings() {
    let files: BTreeMap<Module, String> = sources()
        .iter()
        .map(|(path, text)| {
            (module(path), production_lines(text).fold(String::new(), |all, (_, line)| all + line + "\n"))
        })
        .collect();
    let mut folders: BTreeMap<Module, Uses> = BTreeMap::new();
    for (own, text) in &files {
        for used in paths(text).iter().filter_map(|path| place(own, path, &files)) {
            let shared = own.iter().zip(&used).take_while(|(a, b)| a == b).count();
            // The modules at the top have an order of their own; a parent and its child are one thing in two files.
            if let (1.., Some(from), Some(to)) = (shared, own.get(shared), used.get(shared)) {
                let uses = folders.entry(own[..shared].to_vec()).or_default();
                uses.entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    assert!(folders.len() > 20, "{} folders have modules that use each other", folders.len());
    let circles: Vec<String> = folders
        .iter()
        .flat_map(|(folder, uses)| circles(uses).into_iter().map(|circle| format!("{}: {circle}", folder.join("::"))))
        .collect();
    let circles: Vec<String> =
        circles.into_iter().filter(|circle| !KNOWN.iter().any(|folder| circle.starts_with(folder))).collect();
    assert!(circles.is_empty(), "move what both need to a module of its own:\n{}", circles.join("\n"));
}

fn module(path: &Path) -> Module {
    let names = path.with_extension("");
    let names = names.components().filter_map(|part| match part {
        Component::Normal(name) => name.to_str().map(str::to_owned),
        _ => None,
    });
    names.filter(|name| name != "mod").collect()
}

/// Every path that begins with `crate` or `super`, the groups of imports taken apart.
fn paths(text: &str) -> Vec<String> {
    let starts = ["crate::", "super::"].iter().flat_map(|start| text.match_indices(start).map(|(at, _)| at));
    // What follows `super::` is a part of the same path.
    let own = starts.filter(|at| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
    own.flat_map(|at| branches(&text[at..]).0).collect()
}

/// The paths of the import tree that a text begins with, and how long it is.
fn branches(text: &str) -> (Vec<String>, usize) {
    let stem = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(text.len());
    let head = &text[..stem];
    if !text[stem..].starts_with('{') || !head.ends_with("::") && !head.is_empty() {
        return (vec![head.to_owned()], stem);
    }
    let mut found = Vec::new();
    let mut at = stem + 1;
    while let Some(c) = text[at..].chars().next().filter(|c| *c != '}') {
        if c.is_alphanumeric() || c == '_' {
            let (inner, length) = branches(&text[at..]);
            found.extend(inner.into_iter().map(|path| format!("{head}{path}")));
            at += length;
        } else {
            at += c.len_utf8();
        }
    }
    (found, at + 1)
}

/// The module that a path in another one leads to.
fn place(own: &Module, path: &str, files: &BTreeMap<Module, String>) -> Option<Module> {
    let mut module: Module = own.clone();
    for name in path.split("::") {
        if name == "crate" {
            module.clear();
        } else if name == "super" {
            module.pop();
        } else if files.contains_key(&child(&module, name)) {
            module.push(name.to_owned());
        } else {
            // Perhaps the module has the name from a child of its own.
            let text = files.get(&module).map_or("", String::as_str);
            let exports = text.match_indices("use ").flat_map(|(at, start)| branches(&text[at + start.len()..]).0);
            let from = exports.filter_map(|path| Some((path.split_once("::")?.0.to_owned(), path)));
            let mut from = from.filter(|(first, path)| {
                path.ends_with(&format!("::{name}")) && files.contains_key(&child(&module, first))
            });
            module.extend(from.next().map(|(first, _)| first));
            break;
        }
    }
    (module != *own).then_some(module)
}

fn child(module: &Module, name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

/// The circles that begin with their first module by name.
fn circles(uses: &Uses) -> Vec<String> {
    let mut found = Vec::new();
    for first in uses.keys() {
        let mut ways = vec![vec![first]];
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop() {
            let last = *way.last().expect("a way begins somewhere");
            for next in uses.get(last).into_iter().flatten() {
                if next == first {
                    let names: Vec<&str> = way.iter().chain([&next]).map(|name| name.as_str()).collect();
                    found.push(names.join(" → "));
                } else if next > first && seen.insert(next) {
                    ways.push(way.iter().copied().chain([next]).collect());
                }
            }
        }
    }
    found
}
