//! The titles of an edition and where they stand on its pages, to go to.

use serde::{Deserialize, Serialize};

use super::places::Places;
use crate::model::{Book, EditionKind};
use crate::outline::{Kind, Outline};
use crate::printed::Printed;

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
pub(super) fn heads(book: &Book, edition: &EditionKind, printed: &Printed, places: &Places) -> Vec<Head> {
    let lang = match edition {
        EditionKind::Single(lang) => lang,
        EditionKind::Bilingual => book.source_language(),
    };
    let outline = Outline::single(book, lang);
    let head = |entry: &crate::outline::Entry<'_>| {
        let level = match entry.kind {
            Kind::Chapter => 1,
            Kind::Heading { level } if level <= DEPTH => level,
            _ => return None,
        };
        let number = entry.section.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        let (page, y) = places.of_block(entry.span, printed)?;
        Some(Head { level, title: format!("{number}{}", entry.title), page, y })
    };
    outline.entries().iter().filter_map(head).collect()
}
