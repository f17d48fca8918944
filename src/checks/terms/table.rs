//! Every term with how often it is used.

use super::term_variants::{unrendered, variants};
use super::usage::Usage;
use crate::align::{Alignment, SegmentPair};
use crate::model::Book;
use crate::source::Sources;

/// A term and how its translation uses it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TermUse {
    /// Its word in the source language.
    pub source: String,
    /// Its word in the language of the translation; empty when the termbase has none.
    pub target: String,
    /// Times in the source.
    pub in_source: usize,
    /// Times in the translation, in a form of the termbase.
    pub in_target: usize,
    /// Blocks of the source that have it.
    pub blocks: usize,
    /// Those whose translation has it too.
    pub kept: usize,
    /// Times in a forbidden form.
    pub forbidden: usize,
    /// Words that may be other renderings, with the sentences that have them.
    pub variants: Vec<(String, usize)>,
}

/// The terms of a book in the order of the termbase, for one translation.
pub fn terms(book: &Book, alignment: &Alignment<'_>, sources: &Sources) -> Vec<TermUse> {
    let segments: Vec<&[SegmentPair]> = alignment.chapters.iter().map(|chapter| &chapter.segments[..]).collect();
    let usage = Usage::of(&book.glossary, alignment, &segments, sources);
    let unrendered = unrendered(&usage, book.glossary.terms.len());
    let variants = variants(&usage, &unrendered);
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    let row = |(at, term): (usize, &crate::model::Term)| {
        let counts = &usage.counts[at];
        TermUse {
            source: word(term.word(&alignment.source)),
            target: word(term.word(&alignment.target)),
            in_source: counts.source,
            in_target: counts.target,
            blocks: counts.blocks,
            kept: counts.kept,
            forbidden: counts.forbidden,
            variants: variants[at].clone(),
        }
    };
    book.glossary.terms.iter().enumerate().map(row).collect()
}
