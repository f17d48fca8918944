//! Where the glyphs of finished pages come from in the manuscript.
//!
//! Typst tells for each glyph the place of its element and an offset in bytes. That offset does not count in the Markdown
//! but in the text as it was laid out, and only from where that text was last cut: a show rule with a pattern cuts a text
//! into pieces that all keep the place of the whole and count from zero each. It also stops at 65,535.
//!
//! What can be relied on is the text itself, and that its pieces come in order. So a piece is looked for after the piece
//! before it, and the offset is a hint.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use typst::syntax::SpanKind;
use typst::text::{Glyph, TextItem};

use super::letters::{Letters, covered, gap};
use super::{code, diagnostics};
use crate::model::{BlockKind, Chapter, InlineKind, walk};
use crate::source::{FileId, Sources, Span};

/// Glyphs side by side in a line that come from one element.
pub(super) struct Piece {
    /// Which of the line's glyphs.
    pub(super) glyphs: Range<usize>,
    /// The text that they are a part of, be it one element or, as a listing, several; else their element.
    pub(super) whole: Span,
    /// The part of it that they show, or their element where it is not text as written.
    pub(super) place: Span,
    /// Which of the file's texts it is.
    text: Option<usize>,
    /// Where its letters begin in the text of the line.
    start: usize,
}

/// Finds the places of glyphs. Lines are asked for in the order of the pages.
pub(super) struct Origins<'a> {
    sources: &'a Sources,
    texts: Texts,
    reached: HashMap<Span, Reached>,
}

impl<'a> Origins<'a> {
    pub(super) fn new<'c>(chapters: impl Iterator<Item = &'c Chapter>, sources: &'a Sources) -> Self {
        Self { sources, texts: Texts::of(chapters, sources), reached: HashMap::new() }
    }

    /// The pieces of a line that come from the manuscript; what a layout adds has no place there.
    pub(super) fn pieces(&mut self, line: &TextItem) -> Vec<Piece> {
        let base = |glyph: &Glyph| (glyph.span.0, i32::from(glyph.span.1) - i32::from(glyph.range.start));
        let mut pieces = Vec::new();
        let mut next = 0;
        for glyphs in line.glyphs.chunk_by(|a, b| base(a) == base(b)) {
            let first = next;
            next += glyphs.len();
            let Some(element) = self.element(&glyphs[0]) else { continue };
            let letters = Letters::of(glyphs, &line.text);
            let text = self.texts.find(element);
            let written = text.is_some_and(|text| text.written);
            pieces.push(Piece {
                glyphs: first..next,
                whole: text.map_or(element, |text| text.span),
                place: if written { self.locate(element, &letters) } else { element },
                text: text.map(|text| text.index),
                start: letters.start,
            });
        }
        pieces
    }

    fn element(&self, glyph: &Glyph) -> Option<Span> {
        match glyph.span.0.get() {
            SpanKind::Range { id, range } => diagnostics::at(self.sources, id, range),
            _ => None,
        }
    }

    fn locate(&mut self, element: Span, letters: &Letters<'_>) -> Span {
        let text = self.sources.snippet(element);
        let reached = self.reached.entry(element).or_default();
        match reached.find(text, letters) {
            Some(found) => {
                reached.note(&found, letters);
                Span::new(element.file, element.start + found.start..element.start + found.end)
            }
            // The layout shows something else in its stead.
            None if reached.end == 0 => element,
            None => Span::new(element.file, element.start + reached.end..element.start + reached.end),
        }
    }

    /// What of the manuscript the pieces of a line show, as far as they follow each other there.
    pub(super) fn hull(pieces: &[Piece]) -> Option<Span> {
        let (first, rest) = pieces.split_first()?;
        let (mut hull, mut last) = (first.place, first);
        for piece in rest {
            if !last.goes_on_in(piece) {
                break;
            }
            hull.end = hull.end.max(piece.place.end);
            last = piece;
        }
        Some(hull)
    }

    /// The place of a glyph's character, or of the text around it where that cannot be told.
    pub(super) fn letter(&self, pieces: &[Piece], line: &TextItem, index: usize, character: char) -> Option<Span> {
        let piece = pieces.iter().find(|piece| piece.glyphs.contains(&index))?;
        let (place, whole) = (piece.place, piece.whole);
        let one = |file, start: usize| Span::new(file, start..start + character.len_utf8());
        let inside = line.glyphs[index].range().start.saturating_sub(piece.start);
        let own = one(place.file, place.start + inside);
        if place.encloses(own) && self.sources.snippet(own).chars().eq([character]) {
            return Some(own);
        }
        let near = [place, whole].into_iter();
        let found = near.filter_map(|span| Some(span.start + self.sources.snippet(span).find(character)?)).next();
        Some(found.map_or(whole, |start| one(whole.file, start)))
    }
}

impl Piece {
    fn goes_on_in(&self, next: &Piece) -> bool {
        let (Some(own), Some(other)) = (self.text, next.text) else { return false };
        let forth = self.place.file == next.place.file && self.place.end <= next.place.start;
        forth && (other == own || other == own + 1)
    }
}

/// How far a text was set, in its bytes.
#[derive(Default)]
struct Reached {
    /// Where the offsets of the last piece count from.
    base: usize,
    /// Where the last piece ends.
    end: usize,
}

impl Reached {
    fn note(&mut self, found: &Range<usize>, letters: &Letters<'_>) {
        if !found.is_empty() {
            self.base = found.start.saturating_sub(letters.offset);
            self.end = found.end;
        }
    }

    /// Where the letters stand in a text: after the last piece, or where a text begins that is set once more.
    fn find(&self, text: &str, letters: &Letters<'_>) -> Option<Range<usize>> {
        let here = |at: usize| Some(at..at + covered(text.get(at..)?, letters)?);
        let on = Some(self.base + letters.offset).filter(|at| *at >= self.end);
        let after = self.end + gap(text.get(self.end..).unwrap_or_default());
        let likely = [on, Some(self.end), Some(after), Some(letters.offset)];
        likely.into_iter().flatten().find_map(here).or_else(|| self.search(text, letters))
    }

    /// A part of a text may be left out or set as something else. Marks alone stand everywhere and are not looked for.
    fn search(&self, text: &str, letters: &Letters<'_>) -> Option<Range<usize>> {
        if !letters.shown.contains(char::is_alphanumeric) {
            return None;
        }
        let here = |at: usize| Some(at..at + covered(text.get(at..)?, letters)?);
        (self.end..text.len()).chain(0..self.end).find_map(here)
    }
}

/// The texts of the manuscript by file and in order, and whether they are set as they are written: the sign for an entity
/// is not.
#[derive(Default)]
struct Texts(BTreeMap<FileId, Vec<(Span, bool)>>);

/// A text of a file.
#[derive(Clone, Copy)]
struct Text {
    /// Which of them.
    index: usize,
    span: Span,
    /// Whether it is set as it is written.
    written: bool,
}

impl Texts {
    fn of<'c>(chapters: impl Iterator<Item = &'c Chapter>, sources: &Sources) -> Self {
        let mut texts = Self::default();
        for chapter in chapters {
            walk::chapter_blocks(chapter, &mut |block| {
                if let BlockKind::Code { text, .. } = &block.kind {
                    texts.listing(block.span, text, sources);
                }
            });
            walk::chapter_inlines(chapter, &mut |inline| match &inline.kind {
                InlineKind::Text(text) => texts.push(inline.span, sources.snippet(inline.span) == text),
                InlineKind::Code(_) => {
                    let inner = code::inner(sources.snippet(inline.span));
                    texts.push(part(inline.span, inner), true);
                }
                _ => {}
            });
        }
        for spans in texts.0.values_mut() {
            spans.sort_unstable();
        }
        texts
    }

    fn push(&mut self, span: Span, written: bool) {
        self.0.entry(span.file).or_default().push((span, written));
    }

    fn listing(&mut self, block: Span, text: &str, sources: &Sources) {
        if let Some(lines) = code::lines(sources.snippet(block), text) {
            self.push(part(block, code::whole(&lines)), true);
        }
    }

    /// The text that a place lies in.
    fn find(&self, place: Span) -> Option<Text> {
        let texts = self.0.get(&place.file)?;
        let index = texts.partition_point(|(span, _)| span.start <= place.start).checked_sub(1)?;
        let (span, written) = texts[index];
        span.encloses(place).then_some(Text { index, span, written })
    }
}

fn part(whole: Span, inner: Range<usize>) -> Span {
    Span::new(whole.file, whole.start + inner.start..whole.start + inner.end)
}
