//! Footnotes: definitions found on the way, put into the order in which the text refers to them.

use std::ops::Range;

use comrak::Node;

use super::Lower;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, InlineKind, Note, walk};
use crate::source::Span;

/// Where each note is first referred to, in order.
fn references(blocks: &[Block], found: &mut Vec<(String, Span)>) {
    walk::blocks(blocks, &mut |block| {
        walk::own_inlines(block, &mut |run| {
            walk::inlines(run, &mut |inline| {
                if let InlineKind::Note { name } = &inline.kind {
                    found.push((name.clone(), inline.span));
                }
            });
        });
    });
}

impl Lower<'_, '_> {
    /// Keeps a footnote's definition for later.
    pub(super) fn note(&mut self, node: Node<'_>, name: &str, range: Range<usize>) {
        let span = self.span(range.clone());
        let name = crate::manuscript::note_name(name);
        if let Some(first) = self.notes.get(&name) {
            let found = Diagnostic::error("duplicate-note", format!("the footnote ‘{name}’ is defined twice"))
                .at(self.span(self.first_line(&range)))
                .label(first.span, "first here")
                .hint("give one of them another name");
            self.sink.push(found);
            return;
        }
        let waivers = self.waivers.len();
        let blocks = self.blocks(node, &range);
        self.widen(waivers, blocks.first().map(|block| block.span.range()), &range);
        self.notes.insert(name.clone(), Note { name, span, blocks });
    }

    /// The notes in the order of their first reference; unused ones are reported and left out.
    pub(super) fn ordered_notes(&mut self, blocks: &[Block]) -> Vec<Note> {
        let mut waiting = std::mem::take(&mut self.notes);
        let mut queue = Vec::new();
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
            let found = Diagnostic::warning("unused-note", format!("nothing refers to the footnote ‘{}’", note.name))
                .at(self.span(line))
                .hint(format!("write [^{}] where it belongs, or remove it", note.name));
            self.sink.push(found);
        }
        ordered
    }
}
