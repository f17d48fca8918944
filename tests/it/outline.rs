//! The numbers that stand on the pages are those of the outline, in every edition of every layout.

use std::path::Path;

use dama_pub::model::{EditionKind, LayoutChoice};
use dama_pub::outline::words;
use dama_pub::project::Project;
use dama_pub::source::Sources;
use dama_pub::typeset::{self, BuildDate, Job};
use dama_pub::{align, manuscript};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use crate::command::root;

/// Books with figures, tables and charts.
const BOOKS: [&str; 3] = ["kinds", "lamplight", "charts"];

const LAYOUTS: [&str; 4] = ["book", "handbook", "parallel", "report"];

#[test]
fn pages_have_the_numbers_of_the_outline() {
    let mut found = Found::default();
    for layout in LAYOUTS {
        for book in BOOKS {
            found.in_book(&root().join("tests/books").join(book), layout);
        }
    }
    // It has what both languages share.
    found.in_book(&root().join("tests/books/facing"), "parallel");
    found.in_publication();
    assert!(found.wrong.is_empty(), "{}", found.wrong.join("\n"));
    assert!(found.captions > 50, "{} captions", found.captions);
}

#[derive(Default)]
struct Found {
    /// How many captions were looked for.
    captions: usize,
    /// Those that stand nowhere.
    wrong: Vec<String>,
}

impl Found {
    /// Looks at every edition of a book that a layout sets.
    fn in_book(&mut self, folder: &Path, layout: &str) {
        let project = Project::find(folder).expect("the book is a project");
        let mut sources = Sources::default();
        let config = manuscript::load_config(&project, &mut sources).value.expect("book.yaml is sound");
        let choice = LayoutChoice::named(layout);
        let layout = dama_pub::layout::read(&project, &mut sources, &choice).value.expect("the layout is sound");
        let book = manuscript::load_book(&project, &mut sources, config, Some(&layout.blocks)).value;
        let date = BuildDate::midnight(book.meta.date);
        let alignments = align::align_book(&book);
        let all = book.languages.iter().cloned().map(EditionKind::Single).chain([EditionKind::Bilingual]);
        for edition in all.filter(|edition| layout.sets(edition)) {
            let (files, layout, alignments) = (&project, &layout, alignments.as_slice());
            self.in_edition(Job { book: &book, edition: &edition, layout, files, sources: &sources, date, alignments });
        }
    }

    /// Looks at every edition of the shipped publication in its own layouts.
    fn in_publication(&mut self) {
        let project = Project::find(root()).expect("the publication is a project");
        let mut sources = Sources::default();
        let (book, layouts) = dama_pub::load(&project, &mut sources).value.expect("the book is sound");
        let date = BuildDate::midnight(book.meta.date);
        let alignments = align::align_book(&book);
        for (edition, layout) in &layouts {
            let (files, alignments) = (&project, alignments.as_slice());
            self.in_edition(Job { book: &book, edition, layout, files, sources: &sources, date, alignments });
        }
    }

    /// Looks for each caption with its number.
    fn in_edition(&mut self, job: Job<'_>) {
        let document = typeset::document(job).value.expect("no errors");
        let pages = letters_of(&document);
        for caption in expected(&job) {
            self.captions += 1;
            if !pages.contains(&caption) {
                let (slug, layout, edition) = (&job.book.meta.slug, &job.layout.name, job.edition.name());
                self.wrong.push(format!("{slug}, {layout}, {edition}: ‘{caption}’ is not on the pages"));
            }
        }
    }
}

/// The captions of an edition with word and number, letters and digits only.
fn expected(job: &Job<'_>) -> Vec<String> {
    let outline = align::outline(job.book, job.edition, job.alignments);
    let captioned = outline.entries().iter().filter(|entry| entry.count().is_some() && !entry.title.is_empty());
    captioned
        .map(|entry| letters(&format!("{}{}", outline.reference(entry).text(words(entry.lang)), entry.title)))
        .collect()
}

fn letters_of(document: &PagedDocument) -> String {
    let mut text = String::new();
    document.pages().iter().for_each(|page| push(&page.frame, &mut text));
    text
}

fn push(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => push(&group.frame, text),
            FrameItem::Text(item) => text.push_str(&letters(&item.text)),
            _ => {}
        }
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
