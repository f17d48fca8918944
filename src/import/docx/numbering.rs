//! Lists that Word numbers by itself.

use std::collections::BTreeMap;

use super::xml::Word as _;
use crate::foreign::xml::Element;

/// Deepest level of a list in Word.
pub(super) const LEVELS: usize = 9;

/// The lists of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Numbering(BTreeMap<String, List>);

/// A list. Those of a kind are numbered as one, unless a list begins anew.
#[derive(Debug)]
struct List {
    kind: String,
    levels: Vec<Level>,
    /// The numbers with which levels begin anew.
    anew: BTreeMap<usize, usize>,
}

/// A level of a list.
#[derive(Debug, Clone)]
pub(super) struct Level {
    /// The first number, or none for bullets.
    pub(super) start: Option<usize>,
    /// How a number is written: `第%1条`.
    pub(super) format: String,
}

impl Level {
    /// Whether words stand at the numbers, and not only signs.
    pub(super) fn has_words(&self) -> bool {
        self.start.is_some() && self.format.split('%').any(|part| part.chars().any(char::is_alphabetic))
    }
}

impl Numbering {
    pub(super) fn read(root: &Element) -> Self {
        let kinds: Vec<&Element> = root.elements().filter(|node| node.name == "abstractNum").collect();
        let mut lists = BTreeMap::new();
        for node in root.elements().filter(|node| node.name == "num") {
            let Some(id) = node.local("numId") else { continue };
            let kind = node.val("abstractNumId").unwrap_or_default();
            let Some(levels) = levels_of(kind, &kinds) else { continue };
            let mut list = List { kind: kind.to_owned(), levels, anew: BTreeMap::new() };
            for change in node.elements().filter(|node| node.name == "lvlOverride") {
                let at: usize = change.local("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                if let (Some(place), Some(own)) = (list.levels.get_mut(at), change.child("lvl")) {
                    *place = level(own);
                }
                if let Some(start) = change.val("startOverride").and_then(|start| start.parse().ok()) {
                    list.anew.insert(at, start);
                }
            }
            lists.insert(id.to_owned(), list);
        }
        Self(lists)
    }

    /// A level of a list; `None` where there is no such list.
    pub(super) fn level(&self, list: &str, level: usize) -> Option<&Level> {
        if list == "0" {
            return None;
        }
        self.0.get(list)?.levels.get(level)
    }

    /// The kind of a list, whose lists are numbered as one.
    pub(super) fn kind<'n>(&'n self, list: &'n str) -> &'n str {
        self.0.get(list).map_or(list, |list| &list.kind)
    }

    /// The number with which a level of a list begins anew.
    pub(super) fn anew(&self, list: &str, level: usize) -> Option<usize> {
        self.0.get(list)?.anew.get(&level).copied()
    }
}

/// The levels of a kind of list; those of a style of lists stand with another kind.
fn levels_of(id: &str, kinds: &[&Element]) -> Option<Vec<Level>> {
    let own = kinds.iter().find(|kind| kind.local("abstractNumId") == Some(id))?;
    let style = own.val("numStyleLink");
    let styled = style.and_then(|style| kinds.iter().find(|kind| kind.val("styleLink") == Some(style)));
    let mut levels = vec![Level { start: Some(1), format: String::new() }; LEVELS];
    for node in styled.unwrap_or(own).elements().filter(|node| node.name == "lvl") {
        let at: usize = node.local("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
        if let Some(place) = levels.get_mut(at) {
            *place = level(node);
        }
    }
    Some(levels)
}

fn level(node: &Element) -> Level {
    let start = match node.val("numFmt") {
        Some("bullet" | "none") => None,
        _ => Some(node.val("start").and_then(|start| start.parse().ok()).unwrap_or(1)),
    };
    Level { start, format: node.val("lvlText").unwrap_or_default().to_owned() }
}
