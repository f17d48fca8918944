//! A book with the layouts of its editions.

use std::collections::BTreeMap;

use super::unused::{self, Known};
use super::{Layout, faces, read};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::manuscript::{self, Config, Remembered};
use crate::model::{Book, EditionKind, LayoutChoice};
use crate::source::{Files, Sources};

/// The layout of every edition that can be made.
pub type Layouts = BTreeMap<EditionKind, Layout>;

/// Loads the book and the layouts of its editions. The value is absent when `book.yaml` is too broken to go on; an edition
/// whose layout cannot be read has none. A value that comes with errors is fit for more checks, not for a build.
pub fn load(files: &dyn Files, sources: &mut Sources) -> Reported<Option<(Book, Layouts)>> {
    load_with(files, sources, None)
}

/// The same for whoever reads a book again and again.
pub(crate) fn load_again(
    files: &dyn Files,
    sources: &mut Sources,
    remembered: &mut Remembered,
) -> Reported<Option<(Book, Layouts)>> {
    load_with(files, sources, Some(remembered))
}

fn load_with(
    files: &dyn Files,
    sources: &mut Sources,
    remembered: Option<&mut Remembered>,
) -> Reported<Option<(Book, Layouts)>> {
    let mut found = Vec::new();
    let Some(config) = manuscript::load_config(files, sources).take(&mut found) else {
        return Reported::new(None, found);
    };
    let (layouts, known) = read_layouts(files, sources, &config).take(&mut found);
    found.extend(faces::unlisted(files));
    let blocks = known.as_ref().map(|known| known.blocks.as_slice());
    let book = manuscript::load_book_again(files, sources, config, blocks, remembered).take(&mut found);
    if let Some(known) = &known {
        unused::report(&book, known, &mut found);
    }
    book.settle(&mut found);
    Reported::new(Some((book, layouts)), found)
}

/// The layouts of the editions, and the names that they know: `None` where one could not be read and may know more. Each
/// layout is read once, however many editions it sets.
fn read_layouts(files: &dyn Files, sources: &mut Sources, config: &Config) -> Reported<(Layouts, Option<Known>)> {
    let mut found = Vec::new();
    let mut known: Vec<(LayoutChoice, Option<Layout>)> = Vec::new();
    let mut layouts = Layouts::new();
    for edition in config.possible_editions() {
        let choice = config.layout(&edition);
        let index = known.iter().position(|(other, _)| *other == choice).unwrap_or_else(|| {
            let layout = read::read(files, sources, &choice).take(&mut found);
            known.push((choice, layout));
            known.len() - 1
        });
        match &known[index] {
            (choice, Some(layout)) if !layout.sets(&edition) => found.push(unfit(choice, &edition)),
            (_, Some(layout)) => drop(layouts.insert(edition, layout.clone())),
            (_, None) => {}
        }
    }
    let read: Option<Vec<&Layout>> = known.iter().map(|(_, layout)| layout.as_ref()).collect();
    Reported::new((layouts, read.map(|layouts| Known::of(&layouts))), found)
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
