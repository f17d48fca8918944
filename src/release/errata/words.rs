//! Two versions of a text, word by word. Everything counts that a reader sees: marks and spaces too.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::lang::cjk::is_han;

/// A part of two versions of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// What both say.
    Kept(String),
    /// What only the old one says.
    Removed(String),
    /// What only the new one says.
    Added(String),
}

/// The share of a text that must be the same for a change to be told word by word.
const SAME: f32 = 0.25;

/// What became of a text, in the order of the new one. Where next to nothing is left of the old one, it goes whole and the new one comes.
pub fn parts(old: &str, new: &str) -> Vec<Part> {
    let (before, after) = (words(old), words(new));
    let mut parts: Vec<Part> = Vec::new();
    let mut kept = 0;
    // Where an operation moved past another one, the place that it names in the other text is stale; lengths are not.
    let (mut at_old, mut at_new) = (0, 0);
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let removed = before[at_old..at_old + op.old_range().len()].concat();
        let added = after[at_new..at_new + op.new_range().len()].concat();
        (at_old, at_new) = (at_old + op.old_range().len(), at_new + op.new_range().len());
        if matches!(op, DiffOp::Equal { .. }) {
            kept += added.chars().count();
            parts.push(Part::Kept(added));
        } else {
            parts.extend([Part::Removed(removed), Part::Added(added)]);
        }
    }
    let longer = old.chars().count().max(new.chars().count()).max(1);
    if (kept as f32) < SAME * longer as f32 {
        parts = vec![Part::Removed(old.to_owned()), Part::Added(new.to_owned())];
    }
    settled(parts)
}

/// The words: runs of letters and digits, characters of Chinese, marks, spaces.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut start = 0;
    let runs = |grapheme: &str| grapheme.chars().next().is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    let mut inside = false;
    for (at, grapheme) in text.grapheme_indices(true) {
        let run = runs(grapheme);
        if at > start && !(run && inside) {
            words.push(&text[start..at]);
            start = at;
        }
        inside = run;
    }
    words.extend(Some(&text[start..]).filter(|rest| !rest.is_empty()));
    words
}

/// Parts of one kind joined, what was removed before what was added in its place; what stands between two changes and is but a space or a
/// mark belongs to both.
fn settled(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let mut parts = parts.into_iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Removed(text) => removed += &text,
            Part::Added(text) => added += &text,
            Part::Kept(text) => {
                let open = !(removed.is_empty() && added.is_empty());
                let trifle = text.chars().count() == 1 && !text.chars().any(char::is_alphanumeric);
                if open && trifle && parts.peek().is_some() {
                    removed += &text;
                    added += &text;
                } else {
                    close(&mut removed, &mut added, &mut out);
                    out.push(Part::Kept(text));
                }
            }
        }
    }
    close(&mut removed, &mut added, &mut out);
    out.retain(|part| !matches!(part, Part::Kept(text) if text.is_empty()));
    out
}

fn close(removed: &mut String, added: &mut String, out: &mut Vec<Part>) {
    let (old, new) = (std::mem::take(removed), std::mem::take(added));
    out.extend((!old.is_empty()).then_some(Part::Removed(old)));
    out.extend((!new.is_empty()).then_some(Part::Added(new)));
}
