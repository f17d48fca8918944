//! What a PDF holds, as plain data.

use std::sync::Arc;

use serde::Serialize;

use super::geometry::{MM, Rect};
use super::space::Space;

/// Everything that is read from a PDF.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The version that the file claims, such as `1.7`.
    pub version: String,
    /// Its pages in order.
    pub pages: Vec<Page>,
    /// Every font that text is set in, in order of first use.
    pub fonts: Vec<Font>,
    /// What stands in the catalogue and the information dictionary.
    pub catalogue: Catalogue,
    /// Whether something may be missing here: the file was longer or deeper than the limits, or a part of it could not
    /// be read.
    pub partial: bool,
}

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// MediaBox, in points.
    pub media: Rect,
    /// CropBox, if the file has one.
    pub crop: Option<Rect>,
    /// BleedBox, if the file has one.
    pub bleed: Option<Rect>,
    /// TrimBox, if the file has one.
    pub trim: Option<Rect>,
    /// By how much the page is turned clockwise when shown: 0, 90, 180 or 270 degrees.
    pub rotate: i64,
    /// What is painted, in order.
    pub marks: Vec<Mark>,
    /// Actions of its annotations that lead out of the file, such as the address of a link.
    pub external: Vec<String>,
}

impl Page {
    /// The finished page: TrimBox, else CropBox, else MediaBox (ISO 32000-2, 14.11.2).
    pub fn trimmed(&self) -> Rect {
        self.trim.or(self.crop).unwrap_or(self.media)
    }

    /// What is painted for the cutter: BleedBox, else CropBox, else MediaBox.
    pub fn bled(&self) -> Rect {
        self.bleed.or(self.crop).unwrap_or(self.media)
    }

    /// Where an area begins on the page as it is shown: millimetres from the left and the upper edge of the trimmed page.
    pub fn place_mm(&self, area: Rect) -> [f64; 2] {
        let trim = self.trimmed();
        let [x, y] = match self.rotate {
            90 => [area.bottom - trim.bottom, area.left - trim.left],
            180 => [trim.right - area.right, area.bottom - trim.bottom],
            270 => [trim.top - area.top, trim.right - area.right],
            _ => [area.left - trim.left, trim.top - area.top],
        };
        [x * MM, y * MM]
    }
}

/// Something painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The part of the page that it covers at most, clipped; in points.
    pub area: Rect,
    /// What it is.
    pub kind: MarkKind,
}

/// The kinds of what is painted.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkKind {
    /// A piece of a line of text.
    Text {
        /// Index into [`Facts::fonts`].
        font: usize,
        /// Height of the font's em on the page, in points.
        size: f64,
        /// Its colour.
        paint: Paint,
    },
    /// A filled path.
    Fill(Paint),
    /// A stroked path.
    Stroke {
        /// Its colour.
        paint: Paint,
        /// Width of the line on the page in points; 0 is the thinnest line that the device can draw.
        width: f64,
    },
    /// An image.
    Image(Image),
    /// A shading, such as a gradient.
    Shading(Arc<Space>),
}

/// A colour as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Paint {
    /// The space that its numbers count in.
    pub space: Arc<Space>,
    /// Its numbers; of a space with more than four the first four.
    pub values: [f32; 4],
}

impl Paint {
    /// Whether it leaves the paper white.
    pub fn is_white(&self) -> bool {
        let [a, b, c, d] = self.values;
        match self.space.plates() {
            Some(1) => a >= 0.995,
            Some(3) => a.min(b).min(c) >= 0.995,
            Some(4) => a.max(b).max(c).max(d) <= 0.005,
            _ => matches!(*self.space, Space::Separation(_)) && a <= 0.005,
        }
    }

    /// Whether it is a tint of an ink rather than the full ink or a mixture that cannot be judged by numbers.
    pub fn is_tint(&self) -> bool {
        let [a, b, c, d] = self.values;
        match self.space.plates() {
            Some(1) => a > 0.05,
            Some(3) => a.min(b).min(c) > 0.05,
            Some(4) => a.max(b).max(c).max(d) < 0.95,
            _ => matches!(*self.space, Space::Separation(_)) && a < 0.95,
        }
    }
}

/// An image as it stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// Pixels in a row and in a column.
    pub pixels: [u32; 2],
    /// Pixels per inch along its rows and its columns as placed.
    pub ppi: [f64; 2],
    /// Its colour space; [`Space::Stencil`] of one that only masks the current colour.
    pub space: Arc<Space>,
    /// Bits of each number of a pixel.
    pub bits: u8,
    /// Whether a mask makes parts of it transparent.
    pub masked: bool,
}

impl Image {
    /// The lower of both resolutions.
    pub fn resolution(&self) -> f64 {
        self.ppi[0].min(self.ppi[1])
    }
}

/// A font.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Font {
    /// Its PostScript name, with the tag of the subset (`ABCDEF+Name`).
    pub name: String,
    /// `Type1`, `TrueType`, `Type3`, `CIDFontType0` or `CIDFontType2`.
    pub kind: String,
    /// Whether its program is in the file.
    pub embedded: bool,
    /// Whether the file tells which characters its glyphs stand for.
    pub unicode: bool,
}

/// What the catalogue and the information dictionary tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Catalogue {
    /// Title in the information dictionary or the XMP packet.
    pub title: Option<String>,
    /// Language of the document, as BCP 47 writes it.
    pub language: Option<String>,
    /// Whether it says to be tagged (`MarkInfo`).
    pub marked: bool,
    /// Whether it has a structure tree.
    pub structure: bool,
    /// Whether it has bookmarks.
    pub outline: bool,
    /// Whether it says how its pages are numbered.
    pub page_labels: bool,
    /// Output intents, such as `GTS_PDFX: FOGRA39`.
    pub output_intents: Vec<String>,
    /// Standards that the file claims to keep, such as `PDF/UA-1`.
    pub claims: Vec<String>,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// Whether it is encrypted with a password that is not known, so that nothing of it can be read.
    pub locked: bool,
    /// How many scripts it holds.
    pub scripts: usize,
    /// Actions that could run a program or open a file of the reader's: their addresses, or their kinds.
    pub risky: Vec<String>,
    /// The program that wrote it.
    pub producer: Option<String>,
}
