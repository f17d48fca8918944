//! Letters as outlines. The slug is not text of the book: drawn as shapes it adds no font to the file and nothing to
//! what a reader can copy out of it.

use std::fmt::Write;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// Fonts in the order in which a character is looked for.
pub(super) struct Lettering<'a> {
    fonts: Vec<FontRef<'a>>,
}

/// Where a line of letters stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Left end, in points.
    pub(super) left: f32,
    /// Baseline.
    pub(super) bottom: f32,
    /// Size of the letters.
    pub(super) size: f32,
    /// Width that it may take; letters are made smaller where they would not fit.
    pub(super) room: f32,
}

impl<'a> Lettering<'a> {
    pub(super) fn new(fonts: &[&'a [u8]]) -> Self {
        Self { fonts: fonts.iter().filter_map(|bytes| FontRef::from_index(bytes, 0).ok()).collect() }
    }

    /// Appends the operators that fill the outlines of `text`. A character that no font has is left out.
    pub(super) fn draw(&mut self, text: &str, line: Line, out: &mut String) {
        let found: Vec<(&FontRef<'a>, GlyphId)> = text.chars().filter_map(|letter| self.glyph(letter)).collect();
        let advance = |font: &FontRef<'a>, glyph: GlyphId, size: f32| {
            font.glyph_metrics(Size::new(size), LocationRef::default()).advance_width(glyph).unwrap_or_default()
        };
        let width: f32 = found.iter().map(|(font, glyph)| advance(font, *glyph, line.size)).sum();
        let size = if width > line.room { line.size * (line.room / width).max(0.1) } else { line.size };
        let mut pen = Pen { x: line.left, y: line.bottom, at: (0.0, 0.0), out };
        for (font, glyph) in found {
            if let Some(outline) = font.outline_glyphs().get(glyph) {
                let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
                // A damaged glyph draws nothing; the fonts are ours and have none.
                let _ = outline.draw(settings, &mut pen);
            }
            pen.x += advance(font, glyph, size);
        }
        pen.out.push_str("f\n");
    }

    fn glyph(&self, letter: char) -> Option<(&FontRef<'a>, GlyphId)> {
        self.fonts.iter().find_map(|font| Some((font, font.charmap().map(letter)?)))
    }
}

/// Writes outlines as path operators.
struct Pen<'a> {
    x: f32,
    y: f32,
    at: (f32, f32),
    out: &'a mut String,
}

impl Pen<'_> {
    fn point(&mut self, x: f32, y: f32) {
        let _ = write!(self.out, "{:.2} {:.2} ", self.x + x, self.y + y);
        self.at = (x, y);
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.point(x, y);
        self.out.push_str("m\n");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.point(x, y);
        self.out.push_str("l\n");
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        // The same curve as a cubic one: PDF has no other.
        let (from_x, from_y) = self.at;
        let third = |end: f32, handle: f32| end + 2.0 / 3.0 * (handle - end);
        self.curve_to(third(from_x, cx), third(from_y, cy), third(x, cx), third(y, cy), x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.point(ax, ay);
        self.point(bx, by);
        self.point(x, y);
        self.out.push_str("c\n");
    }

    fn close(&mut self) {
        self.out.push_str("h\n");
    }
}
