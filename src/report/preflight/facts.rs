//! The facts of a PDF put together as a print shop wants to read them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use crate::inspect::{Catalogue, Facts, Font, MM, Mark, MarkKind, Page, Space};
use crate::message::Message;

/// The facts of a file.
#[derive(Serialize)]
pub(super) struct Sheet<'a> {
    pub(super) pages: usize,
    pub(super) version: &'a str,
    /// Trimmed sizes, most frequent first.
    pub(super) trim: Vec<Size>,
    /// The least bleed of all pages in mm: left, lower, right, upper.
    pub(super) bleed_mm: [f64; 4],
    pub(super) has_trim_box: bool,
    pub(super) has_bleed_box: bool,
    pub(super) fonts: &'a [Font],
    pub(super) images: Vec<Picture<'a>>,
    pub(super) colours: Vec<Colour<'a>>,
    #[serde(flatten)]
    pub(super) catalogue: &'a Catalogue,
    /// Pages with links or actions that lead out of the file.
    pub(super) pages_with_external_links: usize,
    /// Whether a part of the file could not be looked at.
    pub(super) partial: bool,
}

/// A size of pages.
#[derive(Serialize)]
pub(super) struct Size {
    pub(super) width_mm: f64,
    pub(super) height_mm: f64,
    pub(super) pages: usize,
}

/// An image as placed.
#[derive(Serialize)]
pub(super) struct Picture<'a> {
    pub(super) page: usize,
    pub(super) x_mm: f64,
    pub(super) y_mm: f64,
    pub(super) width_mm: f64,
    pub(super) height_mm: f64,
    pub(super) pixels: [u32; 2],
    pub(super) ppi: [f64; 2],
    #[serde(serialize_with = "named")]
    pub(super) colour_space: &'a Space,
    pub(super) bits: u8,
    pub(super) masked: bool,
}

/// A colour space, and what is painted in it.
#[derive(Serialize)]
pub(super) struct Colour<'a> {
    #[serde(serialize_with = "named")]
    pub(super) space: &'a Space,
    pub(super) used_for: BTreeSet<Use>,
    pub(super) pages: usize,
    pub(super) first_page: usize,
}

/// What a colour space is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Use {
    Areas,
    Gradients,
    Lines,
    Pictures,
    Text,
}

impl Use {
    /// The word for people.
    pub(super) fn word(self) -> Message {
        match self {
            Use::Areas => msg!("areas"),
            Use::Gradients => msg!("gradients"),
            Use::Lines => msg!("lines"),
            Use::Pictures => msg!("pictures"),
            Use::Text => msg!("text"),
        }
    }
}

fn named<S: Serializer>(space: &Space, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&space.name())
}

pub(super) fn of(facts: &Facts) -> Sheet<'_> {
    Sheet {
        pages: facts.pages.len(),
        version: &facts.version,
        trim: sizes(&facts.pages),
        bleed_mm: bleed(&facts.pages),
        has_trim_box: facts.pages.iter().all(|page| page.trim.is_some()),
        has_bleed_box: facts.pages.iter().all(|page| page.bleed.is_some()),
        fonts: &facts.fonts,
        images: pictures(&facts.pages),
        colours: colours(&facts.pages),
        catalogue: &facts.catalogue,
        pages_with_external_links: facts.pages.iter().filter(|page| !page.external.is_empty()).count(),
        partial: facts.partial,
    }
}

fn tenth(mm: f64) -> f64 {
    (mm * 10.0).round() / 10.0
}

fn sizes(pages: &[Page]) -> Vec<Size> {
    let mut counts: BTreeMap<[i64; 2], usize> = BTreeMap::new();
    for page in pages {
        let [width, height] = page.trimmed().size_mm();
        // As shown, a page that is turned is as wide as it was high.
        let shown = if page.rotate % 180 == 90 { [height, width] } else { [width, height] };
        *counts.entry(shown.map(|side| (side * 10.0).round() as i64)).or_default() += 1;
    }
    let size = |([width, height], pages): ([i64; 2], usize)| Size {
        width_mm: width as f64 / 10.0,
        height_mm: height as f64 / 10.0,
        pages,
    };
    let mut sizes: Vec<Size> = counts.into_iter().map(size).collect();
    sizes.sort_by_key(|size| std::cmp::Reverse(size.pages));
    sizes
}

fn bleed(pages: &[Page]) -> [f64; 4] {
    let sides = pages.iter().map(|page| {
        let (trim, bleed) = (page.trimmed(), page.bled());
        [trim.left - bleed.left, trim.bottom - bleed.bottom, bleed.right - trim.right, bleed.top - trim.top]
    });
    let least = sides.reduce(|all, one| std::array::from_fn(|side| all[side].min(one[side])));
    least.unwrap_or_default().map(|side| tenth((side * MM).max(0.0)))
}

fn pictures(pages: &[Page]) -> Vec<Picture<'_>> {
    let mut found = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        found.extend(page.marks.iter().filter_map(|mark| picture(index + 1, page, mark)));
    }
    found
}

fn picture<'a>(number: usize, page: &Page, mark: &'a Mark) -> Option<Picture<'a>> {
    let MarkKind::Image(image) = &mark.kind else { return None };
    let ([x, y], [width, height]) = (page.place_mm(mark.area), mark.area.size_mm());
    Some(Picture {
        page: number,
        x_mm: tenth(x),
        y_mm: tenth(y),
        width_mm: tenth(width),
        height_mm: tenth(height),
        pixels: image.pixels,
        ppi: image.ppi.map(f64::round),
        colour_space: &image.space,
        bits: image.bits,
        masked: image.masked,
    })
}

fn colours(pages: &[Page]) -> Vec<Colour<'_>> {
    let mut found: BTreeMap<&Space, (BTreeSet<Use>, BTreeSet<usize>)> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for mark in &page.marks {
            let (space, used): (&Space, _) = match &mark.kind {
                MarkKind::Text { paint, .. } => (&paint.space, Use::Text),
                MarkKind::Fill(paint) => (&paint.space, Use::Areas),
                MarkKind::Stroke { paint, .. } => (&paint.space, Use::Lines),
                MarkKind::Image(image) => (&image.space, Use::Pictures),
                MarkKind::Shading(space) => (space, Use::Gradients),
            };
            let entry = found.entry(space).or_default();
            entry.0.insert(used);
            entry.1.insert(index + 1);
        }
    }
    let colour = |(space, (used_for, pages))| Colour {
        space,
        used_for,
        pages: BTreeSet::len(&pages),
        first_page: pages.first().copied().unwrap_or(1),
    };
    found.into_iter().map(colour).collect()
}
