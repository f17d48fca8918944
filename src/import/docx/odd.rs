//! New pages, which a book keeps, and looks of characters and cells that it has not: those are told.

use super::looks::Looks;
use super::oddity::Odd;
use super::reader::{Para, Reader};
use super::xml::Word as _;
use crate::diagnostic::Severity;
use crate::foreign::xml::Element;
use crate::import::{Block, BlockKind, Inline, Kind};

impl Reader<'_> {
    /// Notes that something looks as no text of a book does.
    pub(super) fn odd(&mut self, odd: Odd) {
        let at = self.at();
        self.gone.odd.entry(odd).or_insert((at, 0)).1 += 1;
    }

    /// The looks of a run.
    pub(super) fn odd_looks(&mut self, properties: Option<&Element>) {
        let Some(properties) = properties else { return };
        if properties.child("fitText").is_some() {
            self.odd(Odd::Fitted);
        }
        if properties.toggle("rtl") == Some(true) {
            self.odd(Odd::RightToLeft);
        }
        if ["caps", "smallCaps"].iter().any(|name| properties.toggle(name) == Some(true)) {
            self.odd(Odd::Capitals);
        }
        // Word writes the colour of all text as `auto` or as black.
        if properties.val("color").is_some_and(|colour| !matches!(colour, "auto" | "000000")) {
            self.odd(Odd::Coloured);
        }
        if let Some(layout) = properties.child("eastAsianLayout") {
            let is_on = |name| layout.local(name).is_some_and(|value| !matches!(value, "0" | "false" | "off"));
            if is_on("combine") {
                self.odd(Odd::Combined);
            }
            if is_on("vert") {
                self.odd(Odd::Turned);
            }
        }
    }

    /// The looks of a paragraph.
    pub(super) fn odd_paragraph(&mut self, properties: Option<&Element>) {
        if properties.and_then(|node| node.toggle("bidi")) == Some(true) {
            self.odd(Odd::RightToLeft);
        }
    }

    /// The looks of a section.
    pub(super) fn odd_section(&mut self, section: &Element) {
        self.odd_direction(Some(section));
        let columns = section.child("cols").and_then(|columns| columns.local("num")?.parse::<u32>().ok());
        if columns.is_some_and(|columns| columns > 1) {
            self.odd(Odd::Columns);
        }
    }

    /// A new column begins here: a new line, in a book.
    pub(super) fn column_break(&mut self, looks: Looks, para: &mut Para) {
        self.odd(Odd::Columns);
        if !para.items.is_empty() {
            self.push(Inline::Break, looks, para);
        }
    }

    /// The direction of lines in a cell, a section or a box.
    pub(super) fn odd_direction(&mut self, properties: Option<&Element>) {
        let direction = properties.and_then(|node| node.val("textDirection")).unwrap_or("lrTb");
        let shape = properties.and_then(|node| node.local("vert")).unwrap_or("horz");
        if direction.starts_with("tb") || direction.starts_with("bt") || shape != "horz" {
            self.odd(Odd::Vertical);
        }
    }

    /// A new page begins here.
    pub(super) fn page_break(&mut self, para: &mut Para) {
        if !self.is_made() {
            para.page_at.get_or_insert(para.items.len());
        }
    }

    /// Whether a paragraph begins a new page, and whether one begins behind it.
    pub(super) fn pages(&mut self, para: &Para, properties: Option<&Element>) -> (bool, bool) {
        let begins = properties.and_then(|node| node.toggle("pageBreakBefore")) == Some(true);
        let section = properties.is_some_and(|node| node.child("sectPr").is_some()) && self.section_begins_page();
        let Some(at) = para.page_at else { return (begins, section) };
        let is_blank = |items: &[(Inline, u8)]| {
            items.iter().all(|(inline, _)| match inline {
                Inline::Text(text) => text.trim().is_empty(),
                other => *other == Inline::Break,
            })
        };
        let (before, behind) = para.items.split_at(at.min(para.items.len()));
        match (is_blank(before), is_blank(behind)) {
            (true, false) => (true, section),
            (_, true) => (begins, true),
            (false, false) => {
                self.odd(Odd::BreakInside);
                (begins, section)
            }
        }
    }

    /// Whether the section behind the one that ends here begins a new page. Each says so at its own end.
    fn section_begins_page(&mut self) -> bool {
        self.sections.pop_front();
        self.sections.front().is_some_and(|kind| !matches!(kind.as_str(), "continuous" | "nextColumn"))
    }

    /// Tells of looks that no book has.
    pub(super) fn tell_odd(&mut self) {
        for (odd, (at, count)) in std::mem::take(&mut self.gone.odd) {
            let message = match odd {
                Odd::Vertical => {
                    msg!("lines from top to bottom run as all others do ({count} times in the file)", count)
                }
                Odd::Combined => msg!(
                    "two lines in one, as in an annotation, are text like all other ({count} times in the file)",
                    count
                ),
                Odd::Turned => msg!("characters that are turned stand upright ({count} times in the file)", count),
                Odd::Fitted => {
                    msg!("characters that are spread to a width stand at their own ({count} times in the file)", count)
                }
                Odd::RightToLeft => msg!(
                    "text from right to left stands in lines from left to right ({count} times in the file)",
                    count
                ),
                Odd::Columns => msg!("columns of a page follow each other ({count} times in the file)", count),
                Odd::Capitals => {
                    msg!("capitals and small capitals are the letters as typed ({count} times in the file)", count)
                }
                Odd::Coloured => msg!("the colour of characters is left out ({count} times in the file)", count),
                Odd::BreakInside => {
                    msg!("new pages inside of paragraphs are left out ({count} times in the file)", count)
                }
            };
            self.tell_at(at, (Kind::Changed, Severity::Info), message, "");
        }
    }
}

/// Leaves out new pages where one begins anyhow: before a chapter, at the ends, and behind another one.
pub(super) fn needless(blocks: &mut Vec<Block>) {
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let is_page = |block: Option<&Block>| block.is_some_and(|block| block.kind == BlockKind::PageBreak);
    for block in blocks.drain(..) {
        let begins = matches!(block.kind, BlockKind::Heading(1, _));
        if begins {
            while is_page(kept.last()) {
                kept.pop();
            }
        }
        let behind =
            kept.last().is_none_or(|last| matches!(last.kind, BlockKind::Heading(1, _) | BlockKind::PageBreak));
        if block.kind != BlockKind::PageBreak || !behind {
            kept.push(block);
        }
    }
    while is_page(kept.last()) {
        kept.pop();
    }
    *blocks = kept;
}
