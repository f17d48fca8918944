//! What reviewers said of blocks and their translations.

use std::collections::BTreeMap;

use super::{Fingerprint, Lang};
use crate::source::Span;

/// A comment on a block and its translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What the source said; empty where there was none.
    pub sources: Vec<Fingerprint>,
    /// What the translation said; empty where there was none.
    pub targets: Vec<Fingerprint>,
    /// The beginning of what the block said, so that people know it again.
    pub about: String,
    /// Who said it, if it is known.
    pub by: Option<String>,
    /// What was said. Never empty.
    pub text: String,
    /// Its line; `None` for one that is not written down yet.
    pub place: Option<Span>,
}

/// The open comments on a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comments {
    chapters: BTreeMap<(Lang, String), Vec<Comment>>,
}

impl Comments {
    /// Those on a chapter of the source, by its stem, and its translation into a language, in their order.
    pub fn chapter(&self, target: &Lang, stem: &str) -> &[Comment] {
        self.chapters.get(&(target.clone(), stem.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Adds one to a chapter. The same words on the same block stay one comment, so that a file that comes back twice says nothing twice.
    /// Returns whether it is new.
    pub fn push(&mut self, target: &Lang, stem: &str, comment: Comment) -> bool {
        let known = self.chapters.entry((target.clone(), stem.to_owned())).or_default();
        let same = |other: &Comment| Comment { place: comment.place, ..other.clone() } == comment;
        let new = !known.iter().any(same);
        if new {
            known.push(comment);
        }
        new
    }

    /// Keeps of a chapter's comments those that are wanted, by their numbers.
    pub fn retain(&mut self, target: &Lang, stem: &str, wanted: impl Fn(usize) -> bool) {
        let key = (target.clone(), stem.to_owned());
        let Some(known) = self.chapters.get_mut(&key) else { return };
        let mut number = 0..;
        known.retain(|_| number.next().is_some_and(&wanted));
        if known.is_empty() {
            self.chapters.remove(&key);
        }
    }

    /// Those of each chapter in order: language of the translation, stem, comments.
    pub fn chapters(&self) -> impl Iterator<Item = (&Lang, &str, &[Comment])> {
        self.chapters.iter().map(|((lang, stem), comments)| (lang, stem.as_str(), comments.as_slice()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.chapters.is_empty()
    }

    /// The same as if they were not written down yet.
    #[cfg(test)]
    pub(crate) fn forget_places(&mut self) {
        self.chapters.values_mut().flatten().for_each(|comment| comment.place = None);
    }
}
