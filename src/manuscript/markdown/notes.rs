//! Footnotes: definitions found on the way, put into the order in which the text refers to them.

use std::ops::Range;

use comrak::Node;

use super::Lower;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, Inline, InlineKind, Note, walk};
use crate::source::Span;

/// Where each note is first referred to, in order.
fn references(blocks: &[Block], found: &mut Vec<(String, Span)>) {
    walk::blocks(blocks, &mut |block| {
        walk::own_inlines(block, &mut |run| references_in(run, found));
    });
}

fn references_in(run: &[Inline], found: &mut Vec<(String, Span)>) {
    walk::inlines(run, &mut |inline| {
        if let InlineKind::Note { name } = &inline.kind {
            found.push((name.clone(), inline.span));
        }
    });
}

impl Lower<'_, '_> {
    /// Keeps a footnote's definition for later.
    pub(super) fn note(&mut self, node: Node<'_>, name: &str, range: Range<usize>) {
        let span = self.span(range.clone());
        let name = crate::manuscript::note_name(name);
        if let Some(first) = self.notes.get(&name) {
            let found =
                Diagnostic::error(codes::DUPLICATE_NOTE, msg!("the footnote `{name}` is defined twice", name = &name))
                    .at(self.span(self.first_line(&range)))
                    .label(first.span, msg!("first defined here"))
                    .hint(msg!("rename one of the two"));
            self.sink.push(found);
            return;
        }
        let waivers = self.waivers.len();
        let blocks = self.blocks(node, &range);
        self.widen(waivers, blocks.first().map(|block| block.span.range()), &range);
        self.notes.insert(name.clone(), Note { name, span, blocks });
    }

    /// The notes in the order of their first reference; unused ones are reported and left out.
    pub(super) fn ordered_notes<'r>(
        &mut self,
        head: impl Iterator<Item = &'r [Inline]>,
        blocks: &[Block],
    ) -> Vec<Note> {
        let mut waiting = std::mem::take(&mut self.notes);
        let mut queue = Vec::new();
        head.for_each(|run| references_in(run, &mut queue));
        references(blocks, &mut queue);
        let mut ordered = Vec::new();
        let mut at = 0;
        while at < queue.len() {
            if let Some(note) = waiting.remove(&queue[at].0) {
                references(&note.blocks, &mut queue);
                ordered.push(note);
            }
            at += 1;
        }
        for note in waiting.into_values() {
            let line = self.first_line(&note.span.range());
            let found = Diagnostic::warning(
                codes::UNUSED_NOTE,
                msg!("nothing refers to the footnote `{name}`", name = &note.name),
            )
            .at(self.span(line))
            .hint(msg!("write `[^{name}]` where it belongs, or remove it", name = note.name));
            self.sink.push(found);
        }
        ordered
    }
}
