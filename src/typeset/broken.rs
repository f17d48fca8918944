//! What of the chapters cannot be set, each place alone, so that one fault costs neither the pages nor the chapters behind it.
//!
//! Most faults are found where content is made (`lower`), which goes on with a mark in their stead. What Typst refuses
//! only when it lays the content out is noted here, and the edition is set again with marks in these places. As the rows of
//! two languages, the places reach the native functions through a file of the World for each chapter.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use typst::World;
use typst::engine::Engine;

use super::world::{self, BROKEN};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Book, Chapter, walk};
use crate::source::{FileId, Span};

/// What reading the book finds of a single picture, reference or citation: it would be found again in setting.
const OF_ONE_PLACE: &[Code] =
    &[codes::MISSING_IMAGE, codes::BAD_IMAGE_PATH, codes::UNKNOWN_ID, codes::UNKNOWN_CITATION, codes::UNKNOWN_NOTE];

/// The places of one chapter, as bytes of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Places {
    /// What a mark stands for.
    lost: BTreeSet<(usize, usize)>,
    /// Blocks whose id another block has.
    nameless: BTreeSet<(usize, usize)>,
}

impl Places {
    /// Whether a mark stands for exactly this place.
    pub(super) fn loses(&self, place: Span) -> bool {
        self.lost.contains(&(place.start, place.end))
    }

    /// Whether a mark stands for this place or for a part of it.
    pub(super) fn loses_part(&self, place: Span) -> bool {
        self.lost.iter().any(|(start, end)| *start >= place.start && *end <= place.end)
    }

    /// Whether the id of the block at this place is another's.
    pub(super) fn is_nameless(&self, block: Span) -> bool {
        self.nameless.contains(&(block.start, block.end))
    }
}

/// The places of all chapters.
#[derive(Debug, Clone, Default)]
pub(super) struct Broken(BTreeMap<FileId, Places>);

impl Broken {
    /// The places of what was found when the book was read.
    pub(super) fn known(found: &[Diagnostic]) -> Self {
        let mut broken = Self::default();
        for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
            let Some(label) = &finding.primary else { continue };
            let places = broken.0.entry(label.span.file).or_default();
            let place = (label.span.start, label.span.end);
            if finding.check == codes::DUPLICATE_ID {
                places.nameless.insert(place);
            } else if OF_ONE_PLACE.contains(&finding.check) {
                places.lost.insert(place);
            }
        }
        broken
    }

    /// Notes the place of a fault: its own, or where it is known already the least block around it. `false` where nothing
    /// of the manuscript can be left out for it.
    pub(super) fn note(&mut self, fault: &Diagnostic, book: &Book) -> bool {
        let Some((chapter, place)) = place_of(fault, book) else { return false };
        let lost = &mut self.0.entry(place.file).or_default().lost;
        lost.insert((place.start, place.end)) || widen(chapter, place, lost)
    }

    /// Puts a mark in the place of a block.
    pub(super) fn lose(&mut self, block: Span) {
        self.0.entry(block.file).or_default().lost.insert((block.start, block.end));
    }

    /// Whether a mark stands for a block.
    pub(super) fn loses(&self, block: Span) -> bool {
        self.0.get(&block.file).is_some_and(|places| places.loses(block))
    }

    /// The files that tell the places, by their paths.
    pub(super) fn files(&self, book: &Book) -> BTreeMap<String, String> {
        let chapters = book.chapters.values().flatten();
        let told = chapters.filter_map(|chapter| Some((chapter, self.0.get(&chapter.file)?)));
        told.map(|(chapter, places)| (path(&chapter.path), serde_json::to_string(places).expect("plain data")))
            .collect()
    }
}

/// Where in the manuscript a fault is, if it says so.
pub(super) fn place_of<'a>(fault: &Diagnostic, book: &'a Book) -> Option<(&'a Chapter, Span)> {
    let chapter = |file: FileId| book.chapters.values().flatten().find(|chapter| chapter.file == file);
    let mut places = fault.primary.iter().chain(&fault.labels).map(|label| label.span);
    places.find_map(|place| Some((chapter(place.file)?, place)))
}

/// Adds the least block around a place that is not noted yet.
fn widen(chapter: &Chapter, place: Span, lost: &mut BTreeSet<(usize, usize)>) -> bool {
    let mut around: Vec<Span> = Vec::new();
    walk::chapter_blocks(chapter, &mut |block| {
        if block.span.encloses(place) {
            around.push(block.span);
        }
    });
    around.sort_by_key(|span| span.end - span.start);
    around.into_iter().any(|span| lost.insert((span.start, span.end)))
}

/// The file of a chapter.
fn path(chapter: &str) -> String {
    format!("{BROKEN}{chapter}")
}

/// The places of a chapter, by its project-relative path.
pub(super) fn read(engine: &Engine, chapter: &str) -> Places {
    let bytes = world::file_id(&path(chapter)).and_then(|file| engine.world.file(file).ok());
    bytes.map_or_else(Places::default, |bytes| serde_json::from_slice(&bytes).expect("the World wrote it"))
}
