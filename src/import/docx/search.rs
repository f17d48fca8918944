//! Searches through the tree of a document.

use std::collections::{BTreeSet, VecDeque};

use super::fields::{self, Field};
use super::xml::Word as _;
use crate::foreign::xml::Element;

/// All elements of a name, without those inside each other.
pub(super) fn all<'n>(node: &'n Element, name: &str, found: &mut Vec<&'n Element>) {
    for child in node.elements() {
        match child.name.as_str() {
            known if known == name => found.push(child),
            "AlternateContent" => {
                if let Some(form) = child.elements().find(|form| form.find(name).is_some()) {
                    all(form, name, found);
                }
            }
            // What stands in a box is read with the box.
            "txbxContent" => {}
            _ => all(child, name, found),
        }
    }
}

/// How each section of a body begins, in order.
pub(super) fn sections(body: &Element) -> VecDeque<String> {
    let mut found = Vec::new();
    all(body, "sectPr", &mut found);
    found.iter().map(|section| section.val("type").unwrap_or("nextPage").to_owned()).collect()
}

/// The bookmarks that something refers to. An instruction may be cut anywhere, so those of a paragraph are read together.
pub(super) fn referred(node: &Element, wanted: &mut BTreeSet<String>) {
    if node.name == "hyperlink" {
        wanted.extend(node.local("anchor").map(str::to_owned));
    }
    let mut see = |instruction: &str| match fields::read(instruction) {
        Field::Reference(name) | Field::Anchor(name) => drop(wanted.insert(name)),
        _ => {}
    };
    if node.name == "fldSimple" {
        see(node.local("instr").unwrap_or_default());
    }
    if node.name == "p" {
        let mut instructions = vec![String::new()];
        instructions_of(node, &mut instructions);
        instructions.iter().for_each(|instruction| see(instruction));
    }
    node.elements().for_each(|node| referred(node, wanted));
}

fn instructions_of(node: &Element, found: &mut Vec<String>) {
    match (node.name.as_str(), found.last_mut()) {
        ("fldChar", _) => found.push(String::new()),
        ("instrText", Some(last)) => last.push_str(&node.own_text()),
        _ => node.elements().for_each(|node| instructions_of(node, found)),
    }
}
