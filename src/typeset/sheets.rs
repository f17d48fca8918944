//! Pages for people to look at on a screen: what each looks like, and whether it looks as before.

use std::hash::{Hash, Hasher};

use typst::layout::{Frame, FrameItem};
use typst::utils::hash128;
use typst_layout::Page;
use typst_svg::SvgOptions;

use super::{Set, standin};
use crate::source::Files;

/// A page as it is seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Equal for pages that look alike, and for no others; where their text stands in the manuscript does not count.
    pub look: u128,
    /// Trimmed width and height in points.
    pub size: [f64; 2],
    /// Its printed number, if it has one.
    pub label: Option<String>,
}

impl Set {
    /// Its pages, as they are seen.
    pub fn sheets(&self) -> Vec<Sheet> {
        let seen = |(page, label): (&Page, &Option<String>)| {
            let size = page.frame.size();
            Sheet { look: hash128(&Look(page)), size: [size.x.to_pt(), size.y.to_pt()], label: label.clone() }
        };
        self.document.pages().iter().zip(&self.printed.labels).map(seen).collect()
    }

    /// A page (from 1) as SVG, trimmed, with the pictures of these files; `None` when there is no such page.
    pub fn svg(&self, page: usize, files: &dyn Files) -> Option<String> {
        let page = standin::page(self.document.pages().get(page.checked_sub(1)?)?, files);
        Some(typst_svg::svg(&page, &SvgOptions { render_bleed: false, pretty: false }))
    }
}

/// A page without what is not seen. An edit moves the places of all text after it in its file, but not their look.
struct Look<'a>(&'a Page);

impl Hash for Look<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.fill.hash(state);
        frame(&self.0.frame, state);
    }
}

fn frame<H: Hasher>(frame_: &Frame, state: &mut H) {
    frame_.size().hash(state);
    for (at, item) in frame_.items() {
        std::mem::discriminant(item).hash(state);
        at.hash(state);
        match item {
            FrameItem::Group(group) => {
                group.transform.hash(state);
                group.clip.hash(state);
                frame(&group.frame, state);
            }
            FrameItem::Text(text) => {
                (&text.font, text.size, &text.fill, &text.stroke).hash(state);
                for glyph in &text.glyphs {
                    (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset).hash(state);
                }
            }
            FrameItem::Shape(shape, _) => shape.hash(state),
            FrameItem::Image(image, size, _) => (image, size).hash(state),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
