//! What a rule looks at, and what it gives.

use super::lines::Lines;
use super::origin::Origin;
use crate::diagnostic::Diagnostic;
use crate::inspect::{Facts, Font, Mark, MarkKind, Rect};
use crate::message::{List, Message};
use crate::model::Profile;
use crate::printed::Printed;
use crate::source::Span;

/// How far apart the edges of a picture may be in the PDF and on the pages that were set, in points.
const NEAR: f64 = 3.0;

/// What covers this much of the width and the height is the page.
const WHOLE: f64 = 0.95;

/// How many pages a message names.
const NAMED: usize = 6;

/// How many more places in the manuscript a finding shows.
const MORE_PLACES: usize = 3;

/// Something wrong, and where it is seen.
#[derive(Debug, Clone)]
pub struct Flaw {
    /// The finding.
    pub finding: Diagnostic,
    /// Every place; empty where it concerns the whole file.
    pub spots: Vec<Spot>,
}

impl Flaw {
    /// A flaw that no single line of the manuscript can fix.
    pub fn new(finding: Diagnostic, spots: Vec<Spot>) -> Self {
        Self { finding, spots }
    }
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Page from 1.
    pub page: usize,
    /// The area in points of the PDF; `None` for the whole page.
    pub area: Option<Rect>,
}

/// A PDF that is being checked.
pub(in crate::checks) struct Sheet<'a> {
    pub(super) facts: &'a Facts,
    pub(super) profile: Profile,
    /// The lines of the book that was set, if it is available.
    pub(super) lines: Option<Lines<'a>>,
    origin: Option<Origin<'a>>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(facts: &'a Facts, profile: Profile, origin: Option<Origin<'a>>) -> Self {
        // The pages of another run say nothing about this file.
        let origin = origin.filter(|origin| origin.printed.pages() == facts.pages.len());
        Self { facts, profile, lines: origin.map(Lines::of), origin }
    }

    /// Where the book stands on the pages, if it is available.
    pub(super) fn printed(&self) -> Option<&'a Printed> {
        self.origin.map(|origin| origin.printed)
    }

    /// How many pages make a signature, if the book says so.
    pub(super) fn signature(&self) -> Option<usize> {
        self.origin.and_then(|origin| origin.book.pdf.signature)
    }

    /// Whether it goes to a press.
    pub(super) fn is_print(&self) -> bool {
        self.profile == Profile::Print
    }

    /// Everything painted on the finished part of a page, with its page.
    pub(super) fn marks(&self) -> impl Iterator<Item = (Spot, &'a Mark)> {
        self.facts.pages.iter().enumerate().flat_map(|(index, page)| {
            let trim = page.trimmed();
            let inside = move |mark: &&Mark| mark.area.meet(trim).is_some();
            page.marks.iter().filter(inside).map(move |mark| (Spot { page: index + 1, area: Some(mark.area) }, mark))
        })
    }

    /// The fonts that are wanted, with the places where they are used.
    pub(super) fn fonts(&self, wanted: fn(&Font) -> bool) -> Vec<(&'a Font, Vec<Spot>)> {
        let mut found: Vec<(&Font, Vec<Spot>)> = self.facts.fonts.iter().map(|font| (font, Vec::new())).collect();
        for (spot, mark) in self.marks() {
            if let MarkKind::Text { font, .. } = mark.kind {
                found[font].1.push(spot);
            }
        }
        found.retain(|(font, spots)| wanted(font) && !spots.is_empty());
        found
    }

    /// Where a place is, for people: `on page 3, 20 mm from the left and 105 mm from the top`.
    pub(super) fn place(&self, spot: &Spot) -> Message {
        let page = &self.facts.pages[spot.page - 1];
        let trim = page.trimmed();
        // What bleeds begins at the edge.
        let area = spot.area.and_then(|area| area.meet(trim));
        let whole = |area: &Rect| area.width() > trim.width() * WHOLE && area.height() > trim.height() * WHOLE;
        let Some(area) = area.filter(|area| !whole(area)) else { return msg!("on page {page}", page = spot.page) };
        let [x, y] = page.place_mm(area).map(|side| format!("{side:.0}"));
        msg!("on page {page}, {x} mm from the left and {y} mm from the top", page = spot.page, x, y)
    }

    /// The first place, and the other pages on which there are more.
    pub(super) fn places(&self, spots: &[Spot]) -> Message {
        let Some(first) = spots.first() else { return Message::empty() };
        let mut pages: Vec<usize> = spots.iter().map(|spot| spot.page).collect();
        pages.dedup();
        match pages.len() {
            0 | 1 => self.place(first),
            _ => msg!("{place} (also on {pages})", place = self.place(first), pages = page_list(&pages[1..])),
        }
    }

    /// A finding at these places, shown in the manuscript where that is known.
    pub(super) fn flaw(&self, mut finding: Diagnostic, spots: Vec<Spot>) -> Flaw {
        let mut spans: Vec<Span> = Vec::new();
        for span in spots.iter().filter_map(|spot| self.span_at(spot)) {
            if !spans.contains(&span) {
                spans.push(span);
            }
            if spans.len() > MORE_PLACES {
                break;
            }
        }
        for span in spans {
            finding = if finding.primary.is_none() { finding.at(span) } else { finding.label(span, msg!("here too")) };
        }
        Flaw { finding, spots }
    }

    /// The part of the manuscript that stands at a place.
    pub(super) fn span_at(&self, spot: &Spot) -> Option<Span> {
        let (origin, area) = (self.origin?, spot.area?);
        let trim = self.facts.pages.get(spot.page - 1)?.trimmed();
        let [left, upper] = [area.left - trim.left, trim.top - area.top];
        let [right, lower] = [area.right - trim.left, trim.top - area.bottom];
        let own = [left, upper, right, lower];
        let pictures = origin.printed.pictures.iter().filter(|picture| picture.page == spot.page);
        let pictures = pictures.map(|picture| (distance(picture.area, own), picture.span));
        if let Some((_, span)) = pictures.filter(|(far, _)| *far < NEAR).min_by(|a, b| a.0.total_cmp(&b.0)) {
            return Some(span);
        }
        let on_line = |at: [f64; 2]| (at[1] - lower).abs() < NEAR && at[0] < right && at[0] > left - NEAR;
        let runs = self.lines.as_ref()?.on_page(spot.page);
        let text = runs.filter(|run| on_line(run.at)).min_by(|a, b| a.at[0].total_cmp(&b.at[0])).map(|run| run.span);
        text.or_else(|| self.picture_behind(spot.page, own))
    }

    /// The picture of which a place is a part, because it is cut to fit.
    fn picture_behind(&self, page: usize, own: [f64; 4]) -> Option<Span> {
        let [left, upper, right, lower] = own;
        let printed = self.printed()?;
        let around = |area: [f64; 4]| {
            area[0] < left + NEAR && area[1] < upper + NEAR && area[2] > right - NEAR && area[3] > lower - NEAR
        };
        let pictures = printed.pictures.iter().filter(|picture| picture.page == page);
        pictures.filter(|picture| around(picture.area)).map(|picture| picture.span).next()
    }

    /// The area of a line that was set, in points of the PDF.
    pub(super) fn area_of(&self, page: usize, at: [f64; 2], width: f64, size: f64) -> Spot {
        let area = self.facts.pages.get(page - 1).map(|facts| {
            let trim = facts.trimmed();
            let (x, y) = (trim.left + at[0], trim.top - at[1]);
            Rect::new([x, y, x + width, y + size])
        });
        Spot { page, area }
    }
}

/// How far the edges of two areas are apart at most.
fn distance(a: [f64; 4], b: [f64; 4]) -> f64 {
    a.into_iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// Pages for people: `page 7`, `pages 7, 8 and 9`, or the first of many and how many more.
pub(super) fn page_list(pages: &[usize]) -> Message {
    if let [page] = pages {
        return msg!("page {page}", page);
    }
    if pages.len() <= NAMED {
        return msg!("pages {pages}", pages = Message::list(List::And, pages));
    }
    let (named, more) = pages.split_at(NAMED - 1);
    msg!("pages {pages} and {more} more", pages = Message::list(List::Items, named), more = more.len())
}
