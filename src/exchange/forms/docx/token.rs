//! Marks of a cell one by one, and what can be wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::is_pair;
use super::looks::Looks;
use crate::exchange::CodeKind;

/// What is wrong with the marks of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// A bracket that no mark follows, with what does.
    Broken(String),
    /// A mark that stands twice.
    Twice(String),
    /// Marks that do not stand around one piece of text.
    Apart(String),
}

/// What stands in a cell, piece by piece.
#[derive(Debug)]
pub(super) enum Token {
    Text(char, Looks),
    Open(String, Looks),
    Close(String, Looks),
}

/// Whether a mark opens a pair: by its kind, or where that is not known by a mark that closes it.
pub(super) fn opens_pair(id: &str, kinds: &BTreeMap<&str, CodeKind>, closed: &BTreeSet<String>) -> bool {
    kinds.get(id).map_or_else(|| closed.contains(id), |kind| is_pair(*kind))
}
