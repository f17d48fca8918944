//! A book with the layouts of its editions.

use std::collections::BTreeMap;

use super::{Layout, read};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::manuscript::{self, Config};
use crate::model::{Book, EditionKind, LayoutChoice};
use crate::source::{Files, Sources};

/// The layout of every edition that can be made.
pub type Layouts = BTreeMap<EditionKind, Layout>;

/// Loads the book and the layouts of its editions. The value is absent when `book.yaml` or a layout is too broken to
/// go on; a value that comes with errors is fit for more checks, not for a build.
pub fn load(files: &dyn Files, sources: &mut Sources) -> Reported<Option<(Book, Layouts)>> {
    let mut found = Vec::new();
    let Some(config) = manuscript::load_config(files, sources).take(&mut found) else {
        return Reported::new(None, found);
    };
    let layouts = read_layouts(files, sources, &config).take(&mut found);
    let mut blocks: Vec<String> =
        layouts.iter().flat_map(BTreeMap::values).flat_map(|layout| layout.blocks.clone()).collect();
    blocks.sort_unstable();
    blocks.dedup();
    let book = manuscript::load_book(files, sources, config, &blocks).take(&mut found);
    Reported::new(layouts.map(|layouts| (book, layouts)), found)
}

/// Each layout is read once, however many editions it sets.
fn read_layouts(files: &dyn Files, sources: &mut Sources, config: &Config) -> Reported<Option<Layouts>> {
    let mut found = Vec::new();
    let mut known = Vec::new();
    let mut layouts = Some(Layouts::new());
    for edition in config.possible_editions() {
        let choice = config.layout(&edition);
        let index = known.iter().position(|(other, _)| *other == choice).unwrap_or_else(|| {
            let layout = read::read(files, sources, &choice).take(&mut found);
            known.push((choice, layout));
            known.len() - 1
        });
        let (choice, layout) = &known[index];
        let fit = layout.as_ref().filter(|layout| layout.sets(&edition));
        if layout.is_some() && fit.is_none() {
            found.push(unfit(choice, &edition));
        }
        layouts = layouts.zip(fit).map(|(mut layouts, layout)| {
            layouts.insert(edition, layout.clone());
            layouts
        });
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
