//! dama-pub: one bilingual manuscript, typeset with embedded Typst into print PDF, exported as EPUB 3,
//! and checked so that the two languages say the same thing.
//!
//! Modules are in pipeline order; each uses only those before it.

#[macro_use]
pub mod message;

pub mod align;
pub mod checks;
pub mod cli;
pub mod codes;
pub mod diagnostic;
pub mod epub;
pub mod error;
pub mod lang;
pub mod lsp;
pub mod manuscript;
pub mod model;
pub mod pdf;
pub mod preview;
pub mod project;
pub mod report;
pub mod source;
pub mod typeset;

use std::collections::BTreeMap;

use checks::Checked;
use diagnostic::{Diagnostic, Reported};
use manuscript::Config;
use model::{Book, EditionKind, LayoutChoice};
use source::{Files, Sources};
use typeset::Layout;

/// The layout of every edition that can be made.
pub type Layouts = BTreeMap<EditionKind, Layout>;

/// Loads the book and the layouts of its editions. The value is absent when `book.yaml` or a layout is too broken to
/// go on; a value that comes with errors is fit for more checks, not for a build.
pub fn load(files: &dyn Files, sources: &mut Sources) -> Reported<Option<(Book, Layouts)>> {
    let mut found = Vec::new();
    let Some(config) = manuscript::load_config(files, sources).take(&mut found) else {
        return Reported::new(None, found);
    };
    let layouts = load_layouts(files, sources, &config).take(&mut found);
    let mut blocks: Vec<String> =
        layouts.iter().flat_map(BTreeMap::values).flat_map(|layout| layout.blocks.clone()).collect();
    blocks.sort_unstable();
    blocks.dedup();
    let book = manuscript::load_book(files, sources, config, &blocks).take(&mut found);
    Reported::new(layouts.map(|layouts| (book, layouts)), found)
}

/// Each layout is read once, however many editions it sets.
fn load_layouts(files: &dyn Files, sources: &mut Sources, config: &Config) -> Reported<Option<Layouts>> {
    let mut found = Vec::new();
    let mut known = Vec::new();
    let mut layouts = Some(Layouts::new());
    for edition in config.possible_editions() {
        let choice = config.layout(&edition);
        let index = known.iter().position(|(other, _)| *other == choice).unwrap_or_else(|| {
            let layout = typeset::load_layout(files, sources, &choice).take(&mut found);
            known.push((choice, layout));
            known.len() - 1
        });
        let (choice, layout) = &known[index];
        match (layout, &mut layouts) {
            (Some(layout), Some(layouts)) if layout.sets(&edition) => {
                layouts.insert(edition, layout.clone());
            }
            (Some(_), _) => {
                found.push(unfit(choice, &edition));
                layouts = None;
            }
            (None, _) => layouts = None,
        }
    }
    Reported::new(layouts, found)
}

fn unfit(choice: &LayoutChoice, edition: &EditionKind) -> Diagnostic {
    let message = msg!(
        "the layout `{layout}` does not support the edition `{edition}`",
        layout = &choice.name,
        edition = edition.name()
    );
    let hint = match edition {
        EditionKind::Single(_) => msg!("choose another layout, such as `report` or `book`"),
        EditionKind::Bilingual => msg!("choose another layout under `layouts:`, such as `parallel`"),
    };
    let finding = Diagnostic::error(codes::LAYOUT, message).hint(hint);
    match choice.span {
        Some(span) => finding.at(span),
        None => finding,
    }
}

/// Checks every translation of a book against its source language.
pub fn check(book: &Book, sources: &Sources) -> Checked {
    let (source, targets) = book.languages.split_first().expect("a book has a language");
    let alignments: Vec<_> = targets.iter().map(|target| align::align(book, source, target)).collect();
    checks::run(book, &alignments, sources)
}
