//! What an editor asks of a book over the Language Server Protocol 3.17, answered.
//!
//! Pure: the project's files, with what is typed and not saved yet laid over them ([`Overlay`]), become a [`Reading`]; a
//! reading answers questions. Whoever speaks with the editor keeps the newest one.

mod answers;
mod overlay;
mod place;
mod symbols;

pub(crate) use answers::unplaced;
use lsp_types::{Range, Uri};
pub(crate) use overlay::Overlay;
pub(crate) use place::{path_of, uri_of};

use crate::align::{self, Relation};
use crate::checks::{self, Fingerprints, baseline::Baseline};
use crate::diagnostic::{self, Diagnostic};
use crate::message::Locale;
use crate::model::Book;
use crate::source::{FileId, Files, Sources, Span};

/// A book as an editor sees it at one moment: its texts, what is wrong with them, and what says what.
pub(crate) struct Reading {
    /// The project's folder, as a path that addresses begin with.
    root: std::path::PathBuf,
    sources: Sources,
    book: Option<Book>,
    findings: Vec<Diagnostic>,
    counterparts: Vec<Counterpart>,
    /// The language of its answers.
    locale: Locale,
}

/// Text of one language and what says the same in the other.
struct Counterpart {
    sides: [Vec<Span>; 2],
    relation: Relation,
    score: f32,
    /// Whether it is a pair of sentences, not of blocks.
    narrow: bool,
}

impl Reading {
    /// Reads and checks a book, and speaks of it in a language.
    pub(crate) fn of(root: &std::path::Path, files: &dyn Files, locale: Locale) -> Self {
        let (mut sources, mut findings) = (Sources::default(), Vec::new());
        let loaded = crate::layout::load(files, &mut sources).take(&mut findings);
        let mut counterparts = Vec::new();
        let book = loaded.map(|(book, _)| book);
        if let Some(book) = &book {
            let baseline = Baseline::load(files, &mut sources).take(&mut findings);
            let alignments = align::align_book(book);
            counterparts = alignments.iter().flat_map(counterparts_of).collect();
            let open = checks::run(book, &alignments, &sources).open;
            findings.extend(match baseline {
                Some(baseline) => baseline.measure(open, &Fingerprints::of(book, &sources), &sources).new,
                None => open,
            });
        }
        diagnostic::sort(&mut findings);
        Self { root: root.to_owned(), sources, book, findings, counterparts, locale }
    }

    fn file(&self, uri: &Uri) -> Option<FileId> {
        let path = path_of(uri)?;
        let path = path.strip_prefix(&self.root).ok()?.to_str()?.replace('\\', "/");
        self.sources.find(&path)
    }

    fn uri(&self, file: FileId) -> Option<Uri> {
        uri_of(&self.root.join(self.sources.get(file).path()))
    }

    fn range(&self, span: Span) -> Range {
        place::range(self.sources.get(span.file), span)
    }
}

fn counterparts_of(alignment: &align::Alignment<'_>) -> Vec<Counterpart> {
    let mut found = Vec::new();
    for chapter in &alignment.chapters {
        for pair in &chapter.pairs {
            let spans = |units: &[align::Unit<'_>]| units.iter().map(|unit| unit.span).collect();
            let sides = [spans(&pair.sources), spans(&pair.targets)];
            found.push(Counterpart { sides, relation: pair.relation, score: pair.score, narrow: false });
        }
        for pair in &chapter.segments {
            let spans = |segments: &[align::Segment]| segments.iter().map(|segment| segment.span).collect();
            let sides = [spans(&pair.sources), spans(&pair.targets)];
            found.push(Counterpart { sides, relation: pair.relation, score: pair.score, narrow: true });
        }
    }
    found
}

#[cfg(test)]
mod anywhere;
