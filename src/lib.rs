//! dama-pub: one bilingual manuscript, typeset with embedded Typst into print PDF, exported as EPUB 3,
//! and checked so that the two languages say the same thing.
//!
//! Modules stand in pipeline order; each uses only those before it.

pub mod align;
pub mod checks;
pub mod cli;
pub mod diagnostic;
pub mod epub;
pub mod error;
pub mod manuscript;
pub mod model;
pub mod project;
pub mod report;
pub mod source;
pub mod typeset;

use diagnostic::{Diagnostic, Reported};
use model::Book;
use source::{Files, Sources};
use typeset::Layout;

/// Loads the book and its layout. The value is absent when `book.yaml` or the layout is too broken to go on;
/// a value that comes with errors is fit for more checks, not for a build.
pub fn load(files: &dyn Files, sources: &mut Sources) -> Reported<Option<(Book, Layout)>> {
    let mut found = Vec::new();
    let Some(config) = manuscript::load_config(files, sources).take(&mut found) else {
        return Reported::new(None, found);
    };
    let layout = typeset::load_layout(files, sources, config.layout()).take(&mut found);
    let blocks = layout.as_ref().map_or(&[][..], |layout| &layout.blocks);
    let book = manuscript::load_book(files, sources, config, blocks).take(&mut found);
    Reported::new(layout.map(|layout| (book, layout)), found)
}

/// Checks every translation of a book against its source language. Findings come sorted.
pub fn check(book: &Book, sources: &Sources) -> Vec<Diagnostic> {
    let (source, targets) = book.languages.split_first().expect("a book has a language");
    let alignments: Vec<_> = targets.iter().map(|target| align::align(book, source, target)).collect();
    checks::run(book, &alignments, sources)
}
