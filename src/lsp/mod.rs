//! What an editor asks of a book over the Language Server Protocol 3.17, answered.
//!
//! Pure: the project's files, with what is typed and not saved yet laid over them ([`Overlay`]), become a [`Reading`]; a
//! reading answers questions. Whoever speaks with the editor keeps the newest one. After an edit the chapter alone is read
//! again ([`Reading::retype`]), so that an answer does not wait for the whole book.

mod actions;
mod answers;
mod complete;
mod fold;
mod format;
mod ghost;
mod hints;
mod hover;
mod links;
mod naming;
mod overlay;
mod place;
mod rename;
mod retype;
mod slips;
mod symbols;
mod tokens;

use std::collections::BTreeMap;

pub(crate) use answers::unplaced;
pub(crate) use complete::TRIGGERS;
pub(crate) use format::Wishes;
pub(crate) use links::{SCHEME, page};
use lsp_types::{Range, Uri};
pub(crate) use overlay::Overlay;
pub(crate) use place::{path_of, uri_of};
pub(crate) use tokens::legend;

use crate::align::{self, Alignment, Beads, Relation};
use crate::checks::freshness::{ReviewState, states};
use crate::checks::{self, Fingerprints, baseline::Baseline};
use crate::diagnostic::{self, Diagnostic};
use crate::layout::{Layout, Layouts};
use crate::manuscript::Remembered;
use crate::message::Locale;
use crate::model::Book;
use crate::source::{FileId, Files, Sources, Span};
use retype::{Alone, Groups};

/// A book as an editor sees it at one moment: its texts, what is wrong with them, and what says what.
pub(crate) struct Reading {
    /// The project's folder, as a path that addresses begin with.
    root: std::path::PathBuf,
    sources: Sources,
    book: Option<Book>,
    words: Words,
    findings: Vec<Diagnostic>,
    counterparts: Vec<Counterpart>,
    groups: Groups,
    /// The book without its chapters, in which one of them is looked at by itself.
    frame: Option<Book>,
    /// What the chapters of a group give by themselves, of those that were asked.
    alone: BTreeMap<usize, Vec<retype::Known>>,
    beads: Beads,
    /// The language of its answers.
    locale: Locale,
}

/// Names that the layouts of a book add to those of every book.
#[derive(Default)]
struct Words {
    /// Building blocks; `None` where a layout could not be read, so that any may be right.
    blocks: Option<Vec<String>>,
    attributes: Vec<String>,
    front_matter: Vec<String>,
}

impl Words {
    fn of(layouts: &Layouts) -> Self {
        let all = |names: fn(&Layout) -> &Vec<String>| {
            let mut all: Vec<String> = layouts.values().flat_map(&names).cloned().collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        Self {
            blocks: (!layouts.is_empty()).then(|| all(|layout| &layout.blocks)),
            attributes: all(|layout| &layout.attributes),
            front_matter: all(|layout| &layout.front_matter),
        }
    }
}

/// Text of one language and what says the same in the other.
struct Counterpart {
    sides: [Vec<Span>; 2],
    relation: Relation,
    score: f32,
    /// Whether it is a pair of sentences, not of blocks.
    narrow: bool,
    /// How a pair of blocks stands to the record of sign-offs.
    signed: Signed,
}

/// How a pair of blocks stands to the record of sign-offs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signed {
    /// It has nothing that could be signed off.
    Nothing,
    /// It was never signed off.
    Open,
    /// It says what was signed off.
    Off,
    /// It was signed off, and has changed since in the source, in the translation, or in both.
    Changed,
}

impl Reading {
    /// Reads and checks a book, and speaks of it in a language. What is known of an earlier reading is not found out again.
    pub(crate) fn of(
        root: &std::path::Path,
        files: &dyn Files,
        locale: Locale,
        before: &Beads,
        remembered: &mut Remembered,
    ) -> Self {
        let mut reading = Self::empty(root, locale);
        let mut found = Vec::new();
        let loaded = crate::layout::load_again(files, &mut reading.sources, remembered).take(&mut found);
        if let Some((book, layouts)) = loaded {
            reading.words = Words::of(&layouts);
            let baseline = Baseline::load(files, &mut reading.sources).take(&mut found);
            let alignments = align::realign_book(&book, before);
            reading.counterparts = alignments.iter().flat_map(|one| counterparts_of(&book, one)).collect();
            reading.groups = Groups::of(&book, &alignments);
            reading.beads = Beads::of(&alignments);
            let open = checks::run(&book, &alignments, &reading.sources).open;
            found.extend(match baseline {
                Some(baseline) => {
                    baseline.measure(open, &Fingerprints::of(&book, &reading.sources), &reading.sources).new
                }
                None => open,
            });
            drop(alignments);
            reading.frame = Some(Alone::frame(&book));
            reading.book = Some(book);
        }
        diagnostic::sort(&mut found);
        reading.findings = found;
        reading
    }

    fn empty(root: &std::path::Path, locale: Locale) -> Self {
        Self {
            root: root.to_owned(),
            sources: Sources::default(),
            book: None,
            words: Words::default(),
            findings: Vec::new(),
            counterparts: Vec::new(),
            groups: Groups::default(),
            frame: None,
            alone: BTreeMap::new(),
            beads: Beads::default(),
            locale,
        }
    }

    /// What the alignment found, for the next reading.
    pub(crate) fn beads(&self) -> Beads {
        self.beads.clone()
    }

    fn file(&self, uri: &Uri) -> Option<FileId> {
        let path = path_of(uri)?;
        let path = path.strip_prefix(&self.root).ok()?.to_str()?.replace('\\', "/");
        self.sources.find(&path)
    }

    fn path(&self, file: FileId) -> &str {
        self.sources.get(file).path()
    }

    fn text(&self, file: FileId) -> &str {
        self.sources.get(file).text()
    }

    fn uri(&self, file: FileId) -> Option<Uri> {
        self.uri_at(self.path(file))
    }

    fn uri_at(&self, path: &str) -> Option<Uri> {
        uri_of(&self.root.join(path))
    }

    fn range(&self, span: Span) -> Range {
        place::range(self.sources.get(span.file), span)
    }

    /// Whether the places of a text are those of the editor's: not those of one that was cleaned.
    fn is_as_written(&self, file: FileId) -> bool {
        self.sources.get(file).written().is_none()
    }
}

fn counterparts_of(book: &Book, alignment: &Alignment<'_>) -> Vec<Counterpart> {
    let mut found = Vec::new();
    for chapter in &alignment.chapters {
        let record = chapter.source.map_or(&[][..], |source| book.reviewed.chapter(&alignment.target, &source.stem));
        let signed = states(chapter, record).into_iter().map(|state| match state {
            ReviewState::Nothing => Signed::Nothing,
            ReviewState::Unreviewed => Signed::Open,
            ReviewState::Reviewed => Signed::Off,
            ReviewState::Stale(_) | ReviewState::TranslationChanged | ReviewState::BothChanged(_) => Signed::Changed,
        });
        for (pair, signed) in chapter.pairs.iter().zip(signed) {
            let spans = |units: &[align::Unit<'_>]| units.iter().map(|unit| unit.span).collect();
            let sides = [spans(&pair.sources), spans(&pair.targets)];
            found.push(Counterpart { sides, relation: pair.relation, score: pair.score, narrow: false, signed });
        }
        for pair in &chapter.segments {
            let spans = |segments: &[align::Segment]| segments.iter().map(|segment| segment.span).collect();
            let sides = [spans(&pair.sources), spans(&pair.targets)];
            let signed = Signed::Nothing;
            found.push(Counterpart { sides, relation: pair.relation, score: pair.score, narrow: true, signed });
        }
    }
    found
}

#[cfg(test)]
mod anywhere;
#[cfg(test)]
mod tests;
