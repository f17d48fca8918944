//! Lists, and terms with their explanations.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::{ListType, NodeList, NodeValue};

use super::Lower;
use crate::model::{Block, BlockKind, Definition, Inline, InlineKind, ListItem};

/// What stands in the box of an item that is done.
const TICKS: [char; 5] = ['x', 'X', '√', '✓', '✔'];

impl Lower<'_, '_> {
    pub(super) fn list(&mut self, node: Node<'_>, list: NodeList, range: &Range<usize>) -> BlockKind {
        let items = node.children().map(|item| {
            let place = self.lines.block(item.data().sourcepos, range);
            let waivers = self.waivers.len();
            let mut blocks = self.blocks(item, &place);
            self.widen(waivers, blocks.first().map(|block| block.span.range()), &place);
            let done = self.take_box(&mut blocks);
            ListItem { span: self.span(place), done, blocks }
        });
        let items = items.collect();
        BlockKind::List { start: (list.list_type == ListType::Ordered).then_some(list.start), tight: list.tight, items }
    }

    /// Takes the box off the text of an item, and says whether it is ticked.
    fn take_box(&mut self, blocks: &mut [Block]) -> Option<bool> {
        let Some(Block { kind: BlockKind::Paragraph(body), .. }) = blocks.first_mut() else { return None };
        let Inline { span, kind: InlineKind::Text(text) } = body.first_mut()? else { return None };
        let (inner, rest) = text.strip_prefix('[')?.split_once("] ")?;
        let done = match inner {
            " " => false,
            tick if tick.chars().all(|c| TICKS.contains(&c)) && tick.chars().count() == 1 => true,
            _ => return None,
        };
        if !self.input.text[span.range()].starts_with('[') || self.input.text[..span.start].ends_with('\\') {
            return None;
        }
        let length = text.len() - rest.trim_start().len();
        // Not to be searched for marks that other programs know.
        let place = span.start..span.start + length;
        if let Some(typed) = self.typed.text.iter_mut().rfind(|typed| typed.start == place.start) {
            typed.start = place.end.min(typed.end);
        }
        text.drain(..length);
        span.start = place.end.min(span.end);
        if text.is_empty() {
            body.remove(0);
        }
        Some(done)
    }

    /// Terms with their explanations. Each line above an explanation is a term; an explanation without one belongs to those
    /// above it.
    pub(super) fn definitions(&mut self, node: Node<'_>, range: &Range<usize>) -> BlockKind {
        let mut list: Vec<Definition> = Vec::new();
        for item in node.children() {
            let place = self.lines.block(item.data().sourcepos, range);
            let (mut terms, mut details) = (Vec::new(), Vec::new());
            let waivers = self.waivers.len();
            for part in item.children() {
                if matches!(part.data().value, NodeValue::DescriptionTerm) {
                    let inner = self.place_of_terms(item, &place);
                    for paragraph in part.children() {
                        terms.extend(self.terms(paragraph, &inner));
                        self.widen(waivers, Some(inner.clone()), &place);
                    }
                } else {
                    let inner = self.lines.block(part.data().sourcepos, &place);
                    details.push(self.blocks(part, &inner));
                }
            }
            let span = self.span(place);
            match list.last_mut().filter(|_| terms.is_empty()) {
                Some(above) => {
                    above.span = above.span.to(span);
                    above.details.extend(details);
                }
                None => list.push(Definition { span, terms, details }),
            }
        }
        BlockKind::Definitions(list)
    }

    /// Where the terms of an item stand: above what explains them. comrak does not tell where they end.
    fn place_of_terms(&self, item: Node<'_>, place: &Range<usize>) -> Range<usize> {
        let details = item.children().find(|part| matches!(part.data().value, NodeValue::DescriptionDetails));
        let end = details.map_or(place.end, |part| self.lines.range(part.data().sourcepos, place).start);
        place.start..place.start + self.input.text[place.start..end].trim_end().len()
    }

    /// The terms of a paragraph, one in each of its lines.
    fn terms(&mut self, paragraph: Node<'_>, range: &Range<usize>) -> Vec<Vec<Inline>> {
        let around = std::mem::replace(&mut self.verse, true);
        let body = self.inlines(paragraph, range);
        self.verse = around;
        let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::LineBreak);
        body.split(is_break).filter(|term| !term.is_empty()).map(<[Inline]>::to_vec).collect()
    }
}
