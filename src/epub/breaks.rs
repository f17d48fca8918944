//! Marks in the text where the pages of the printed book begin.

use super::page::Writer;
use crate::model::{Block, walk};
use crate::source::{FileId, Span};

impl Writer<'_, '_> {
    /// Marks the pages that begin with the head of the chapter.
    pub(super) fn breaks_at_head(&mut self) {
        let heads: Vec<_> = self.breaks.keys().filter(|(_, byte)| *byte == 0).copied().collect();
        for place in heads {
            self.mark(place);
        }
    }

    /// Marks the pages that begin before the end of something that cannot be broken inside.
    pub(super) fn breaks_until(&mut self, file: FileId, end: usize) {
        let due: Vec<_> = self.breaks.range((file, 0)..(file, end)).map(|(place, _)| *place).collect();
        for place in due {
            self.mark(place);
        }
    }

    /// Marks the pages that begin with the first text of some blocks, which something else goes before.
    pub(super) fn breaks_before(&mut self, blocks: &[Block]) {
        let mut first = None;
        walk::blocks(blocks, &mut |block| {
            walk::own_inlines(block, &mut |run| first = first.or(run.first().map(|inline| inline.span)));
        });
        if let Some(span) = first {
            self.mark((span.file, span.start));
        }
    }

    /// Marks the pages that begin nowhere else in the chapter.
    pub(super) fn breaks_left(&mut self) {
        let left: Vec<_> = self.breaks.keys().copied().collect();
        for place in left {
            self.mark(place);
        }
    }

    /// Writes a text with the marks of the pages that begin in it.
    pub(super) fn text(&mut self, text: &str, span: Span) {
        if !self.content.pages.exact.contains(&span) {
            self.breaks_until(span.file, span.end);
            return self.words(text);
        }
        self.breaks_until(span.file, span.start + 1);
        let mut from = 0;
        let inside: Vec<_> = self.breaks.range((span.file, span.start)..(span.file, span.end)).map(|b| *b.0).collect();
        for place in inside {
            let at = place.1 - span.start;
            if text.is_char_boundary(at) {
                self.words(&text[from..at]);
                from = at;
            }
            self.mark(place);
        }
        self.words(&text[from..]);
    }

    fn mark(&mut self, place: (FileId, usize)) {
        for page in self.breaks.remove(&place).unwrap_or_default() {
            let attrs = [
                ("epub:type", "pagebreak"),
                ("role", "doc-pagebreak"),
                ("id", page.id.as_str()),
                ("aria-label", &page.label),
            ];
            self.xml.open("span", &attrs);
            self.xml.close();
        }
    }
}
