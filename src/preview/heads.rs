//! The titles of an edition and where they stand on its pages, to go to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Book, EditionKind};
use crate::outline::{Kind, Outline};
use crate::printed::Printed;
use crate::source::{FileId, Span};

/// The deepest headings that are listed, as shown below a chapter.
const DEPTH: u8 = 3;

/// The title of a chapter or a heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Head {
    /// 1 for a chapter.
    level: u8,
    title: String,
    /// From 1.
    page: usize,
    /// Points from the upper edge of the trimmed page.
    y: f64,
}

/// The titles of an edition, of a bilingual one those of its source.
pub(super) fn heads(book: &Book, edition: &EditionKind, printed: &Printed) -> Vec<Head> {
    let lang = match edition {
        EditionKind::Single(lang) => lang,
        EditionKind::Bilingual => book.source_language(),
    };
    let outline = Outline::single(book, lang);
    let places = Places::of(printed);
    let head = |entry: &crate::outline::Entry<'_>| {
        let level = match entry.kind {
            Kind::Chapter => 1,
            Kind::Heading { level } if level <= DEPTH => level,
            _ => return None,
        };
        let number = entry.section.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        let (page, y) = places.find(entry.span, printed)?;
        Some(Head { level, title: format!("{number}{}", entry.title), page, y })
    };
    outline.entries().iter().filter_map(head).collect()
}

/// Where the text of each file stands, in its order.
struct Places(BTreeMap<FileId, Vec<(usize, usize, f64)>>);

impl Places {
    fn of(printed: &Printed) -> Self {
        let mut files: BTreeMap<FileId, Vec<(usize, usize, f64)>> = BTreeMap::new();
        for run in &printed.runs {
            files.entry(run.span.file).or_default().push((run.span.start, run.page, run.at[1] - run.size));
        }
        files.values_mut().for_each(|places| places.sort_by_key(|place| (place.0, place.1)));
        Self(files)
    }

    /// Where the first text of a block stands; of a title that the layout draws, its chapter's head.
    fn find(&self, span: Span, printed: &Printed) -> Option<(usize, f64)> {
        let places = self.0.get(&span.file).map_or(&[][..], Vec::as_slice);
        let at = places.partition_point(|(start, ..)| *start < span.start);
        let inside = places.get(at).filter(|(start, ..)| *start < span.end.max(span.start + 1));
        let head = || printed.heads.get(&span.file).map(|page| (*page, 0.0));
        inside.map(|(_, page, y)| (*page, *y)).or_else(head)
    }
}
