//! What can be seen of an item without knowing its words: its length, and marks of questions, exclamations and quotations.

use crate::lang::Language;

/// The surface of an item, or of several together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Surface {
    pub(super) length: f32,
    pub(super) questions: f32,
    pub(super) exclamations: f32,
    pub(super) quotations: f32,
}

impl Surface {
    pub(super) fn new(text: &str, language: &dyn Language) -> Self {
        Self {
            length: language.length(text).max(1.0),
            questions: count(text, b'?', '？'),
            exclamations: count(text, b'!', '！'),
            quotations: if language.quotes(text) { 1.0 } else { 0.0 },
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.length += other.length;
        self.questions += other.questions;
        self.exclamations += other.exclamations;
        self.quotations += other.quotations;
    }

    pub(super) fn without(mut self, other: &Self) -> Self {
        self.length -= other.length;
        self.questions -= other.questions;
        self.exclamations -= other.exclamations;
        self.quotations -= other.quotations;
        self
    }
}

/// How often a text has a mark in either width.
fn count(text: &str, narrow: u8, wide: char) -> f32 {
    let narrow = text.bytes().filter(|byte| *byte == narrow).count();
    (narrow + text.matches(wide).count()) as f32
}
