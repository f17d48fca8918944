//! Lists that Word numbers by itself.

use std::collections::BTreeMap;

use super::xml::Word as _;
use crate::foreign::xml::Element;

/// Deepest level of a list in Word.
pub(super) const LEVELS: usize = 9;

/// The lists of a document by their ids: for each level the first number, or none for bullets.
#[derive(Debug, Default)]
pub(super) struct Numbering(BTreeMap<String, Vec<Option<usize>>>);

impl Numbering {
    pub(super) fn read(root: &Element) -> Self {
        let mut kinds: BTreeMap<&str, Vec<Option<usize>>> = BTreeMap::new();
        for node in root.elements().filter(|node| node.name == "abstractNum") {
            let mut levels = vec![Some(1); LEVELS];
            for level in node.elements().filter(|node| node.name == "lvl") {
                let at: usize = level.local("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                if let Some(place) = levels.get_mut(at) {
                    *place = of_level(level);
                }
            }
            kinds.insert(node.local("abstractNumId").unwrap_or_default(), levels);
        }
        let mut lists = BTreeMap::new();
        for node in root.elements().filter(|node| node.name == "num") {
            let Some(id) = node.local("numId") else { continue };
            let mut levels = kinds.get(node.val("abstractNumId").unwrap_or_default()).cloned().unwrap_or_default();
            for change in node.elements().filter(|node| node.name == "lvlOverride") {
                let at: usize = change.local("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                let start = change.val("startOverride").and_then(|start| start.parse().ok());
                if let (Some(Some(place)), Some(start)) = (levels.get_mut(at), start) {
                    *place = start;
                }
            }
            lists.insert(id.to_owned(), levels);
        }
        Self(lists)
    }

    /// The first number of a level of a list, `Some(None)` for bullets; `None` where there is no such list.
    pub(super) fn level(&self, list: &str, level: usize) -> Option<Option<usize>> {
        if list == "0" {
            return None;
        }
        self.0.get(list)?.get(level).copied()
    }
}

fn of_level(level: &Element) -> Option<usize> {
    match level.val("numFmt") {
        Some("bullet" | "none") => None,
        _ => Some(level.val("start").and_then(|start| start.parse().ok()).unwrap_or(1)),
    }
}
