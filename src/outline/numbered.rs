//! Which blocks bear a number, and the levels of headings: what a chapter alone tells.

use std::collections::BTreeMap;

use crate::model::{Block, BlockKind, Chapter, Chart, walk};
use crate::source::Span;

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// Pictures, charts and whatever else is shown: a reader looks for one row of numbers.
    Figure,
    /// Tables.
    Table,
    /// Code.
    Listing,
    /// Display formulas.
    Formula,
}

impl Series {
    /// What a figure is counted with: the first table, listing, chart or QR code in it decides.
    pub fn of(body: &[Block]) -> Self {
        let mut series = None;
        walk::blocks(body, &mut |block| {
            let found = match &block.kind {
                BlockKind::Table(_) => Some(Self::Table),
                BlockKind::Code { .. } => Some(Self::Listing),
                BlockKind::Chart(_) | BlockKind::Qr(_) => Some(Self::Figure),
                _ => None,
            };
            series = series.or(found);
        });
        series.unwrap_or(Self::Figure)
    }

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Table => "table",
            Self::Listing => "listing",
            Self::Formula => "formula",
        }
    }
}

/// The number that a block gives itself.
pub(super) fn tag(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Math { tag, .. } => tag.as_deref(),
        _ => None,
    }
}

/// The numbered blocks of a chapter in the order of its text, those of its notes last.
pub fn numbered(chapter: &Chapter) -> Vec<(&Block, Series)> {
    let mut found = Vec::new();
    each(chapter, &mut |block, series| found.extend(series.map(|series| (block, series))));
    found
}

/// Calls `visit` for every block of a chapter, those of its notes last, with the series of those that bear a number: what
/// has no caption bears none.
pub(super) fn each<'a>(chapter: &'a Chapter, visit: &mut dyn FnMut(&'a Block, Option<Series>)) {
    within(&chapter.blocks, false, visit);
    for note in &chapter.notes {
        within(&note.blocks, false, visit);
    }
}

fn within<'a>(tree: &'a [Block], in_figure: bool, visit: &mut dyn FnMut(&'a Block, Option<Series>)) {
    for block in tree {
        let series = match &block.kind {
            BlockKind::Figure(figure) if figure.part.is_none() && !figure.caption.is_empty() => {
                Some(Series::of(&figure.body))
            }
            // A formula is numbered where something may refer to it.
            BlockKind::Math { tag, .. } if block.id.is_some() || tag.is_some() => Some(Series::Formula),
            BlockKind::Chart(chart) if !in_figure && has_title(chart) => Some(Series::Figure),
            _ => None,
        };
        visit(block, series);
        let inner = in_figure || matches!(block.kind, BlockKind::Figure(_));
        walk::children(block, &mut |children| within(children, inner, visit));
    }
}

/// Whether a chart has what would be its caption.
pub(super) fn has_title(chart: &Chart) -> bool {
    chart.title.as_ref().is_some_and(|title| !title.trim().is_empty())
}

/// The level of every heading of a chapter. One that skips levels is brought to the next below the heading before it:
/// PDF/UA-1 (7.4) refuses gaps.
pub fn levels(chapter: &Chapter) -> BTreeMap<Span, u8> {
    let (mut levels, mut last) = (BTreeMap::new(), 1);
    walk::chapter_blocks(chapter, &mut |block| {
        if let BlockKind::Heading { level, .. } = block.kind {
            last = level.clamp(2, 6).min(last + 1);
            levels.insert(block.span, last);
        }
    });
    levels
}
