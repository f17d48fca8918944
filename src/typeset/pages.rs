//! The finished pages looked over: characters without a glyph, text that leaves its page or box.

use std::collections::BTreeMap;

use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Size, Transform};
use typst::syntax::SpanKind;
use typst::text::{Glyph, TextItem};
use typst_layout::PagedDocument;

use super::diagnostics;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span};

/// How many more places a finding about a character shows.
const MORE_PLACES: usize = 4;

/// How far text may stand out before it counts, in points: rounding and side bearings.
const TOLERANCE: Abs = Abs::raw(1.0);

/// How far a line may stand out of its box, in multiples of its size: hanging punctuation is meant to.
const HANGING: f64 = 1.5;

/// Looks over every page.
pub(super) fn check(document: &PagedDocument, sources: &Sources) -> Vec<Diagnostic> {
    let mut look = Look { sources, missing: BTreeMap::new(), overflows: BTreeMap::new() };
    for (index, page) in document.pages().iter().enumerate() {
        let place = Place { page: index + 1, edge: page.frame.size(), bounds: None, transform: Transform::identity() };
        look.frame(&page.frame, &place);
    }
    look.findings()
}

/// Where a frame stands on its page.
#[derive(Clone, Copy)]
struct Place {
    /// Page from 1.
    page: usize,
    /// Trimmed size of the page.
    edge: Size,
    /// Size of the nearest clipping frame and the transform from it to here; outside of it nothing is seen.
    bounds: Option<(Size, Transform)>,
    /// From here to the page.
    transform: Transform,
}

struct Look<'a> {
    sources: &'a Sources,
    missing: BTreeMap<(Option<FileId>, char), Vec<Option<Span>>>,
    overflows: BTreeMap<Span, (usize, &'static str)>,
}

impl Look<'_> {
    fn frame(&mut self, frame: &Frame, place: &Place) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.group(group, *at, place),
                FrameItem::Text(text) => {
                    self.glyphs(text);
                    self.fit(text, *at, frame.size(), place);
                }
                _ => {}
            }
        }
    }

    fn group(&mut self, group: &GroupItem, at: Point, place: &Place) {
        let step = Transform::translate(at.x, at.y).pre_concat(group.transform);
        let bounds = match (&group.clip, place.bounds) {
            (Some(_), _) => Some((group.frame.size(), Transform::identity())),
            (None, Some((size, transform))) => Some((size, transform.pre_concat(step))),
            (None, None) => None,
        };
        let inner = Place { bounds, transform: place.transform.pre_concat(step), ..*place };
        self.frame(&group.frame, &inner);
    }

    fn glyphs(&mut self, text: &TextItem) {
        for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
            let Some(character) = text.text.get(glyph.range()).and_then(|s| s.chars().next()) else { continue };
            let span = self.glyph_span(glyph, character);
            let places = self.missing.entry((span.map(|s| s.file), character)).or_default();
            if !places.contains(&span) {
                places.push(span);
            }
        }
    }

    /// The character's own place if the text there is as written, else that of the whole run.
    fn glyph_span(&self, glyph: &Glyph, character: char) -> Option<Span> {
        let whole = self.place_of(glyph)?;
        let start = whole.start + usize::from(glyph.span.1);
        let one = Span { start, end: start + character.len_utf8(), ..whole };
        if one.end <= whole.end && self.sources.snippet(one).chars().eq([character]) {
            return Some(one);
        }
        let inside = self.sources.snippet(whole).find(character)?;
        let start = whole.start + inside;
        Some(Span { start, end: start + character.len_utf8(), ..whole })
    }

    /// A glyph's place in the manuscript; text that a layout makes has none here.
    fn place_of(&self, glyph: &Glyph) -> Option<Span> {
        match glyph.span.0.get() {
            SpanKind::Range { id, range } => diagnostics::at(self.sources, id, range),
            _ => None,
        }
    }

    /// Text of the manuscript must stay on its page and in its box; a layout's own art may bleed.
    fn fit(&mut self, text: &TextItem, at: Point, frame: Size, place: &Place) {
        let Some(span) = text.glyphs.iter().find_map(|glyph| self.place_of(glyph)) else { return };
        let corners = [at, at + Point::with_x(text.width())];
        let outside = |corner: Point, size: Size| {
            let low = -TOLERANCE;
            corner.x < low || corner.y < low || corner.x > size.x + TOLERANCE || corner.y > size.y + TOLERANCE
        };
        let why = if corners.iter().any(|c| outside(c.transform(place.transform), place.edge)) {
            "text runs off the page"
        } else if let Some((size, transform)) = place.bounds
            && corners.iter().any(|c| outside(c.transform(transform), size))
        {
            "text is cut off by its box"
        } else if frame.x > text.size && at.x + text.width() > frame.x + text.size * HANGING {
            "text runs out of its column"
        } else {
            return;
        };
        self.overflows.entry(span).or_insert((place.page, why));
    }

    fn findings(self) -> Vec<Diagnostic> {
        let missing = self.missing.into_iter().map(|((_, character), places)| missing_glyph(character, &places));
        let overflows = self.overflows.into_iter().map(|(span, (page, why))| {
            Diagnostic::error("overflow", format!("{why} on page {page}"))
                .at(span)
                .hint("shorten it, or give a long word or address a place to break")
        });
        missing.chain(overflows).collect()
    }
}

fn missing_glyph(character: char, places: &[Option<Span>]) -> Diagnostic {
    let message = format!("no font has a glyph for {character:?} (U+{:04X})", u32::from(character));
    let mut finding = Diagnostic::error("missing-glyph", message)
        .hint("write it another way, or add a font that has it to fonts/fonts.yaml");
    let mut known = places.iter().flatten();
    if let Some(first) = known.next() {
        finding = finding.at(*first);
    }
    for span in known.take(MORE_PLACES) {
        finding = finding.label(*span, "here too");
    }
    finding
}
