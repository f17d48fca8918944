//! Lists, and terms with their explanations.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::{ListType, NodeList, NodeValue};

use super::Lower;
use crate::model::{BlockKind, Definition, ListItem};

impl Lower<'_, '_> {
    pub(super) fn list(&mut self, node: Node<'_>, list: NodeList, range: &Range<usize>) -> BlockKind {
        let items = node.children().map(|item| {
            let place = self.lines.range(item.data().sourcepos, range);
            let waivers = self.waivers.len();
            let blocks = self.blocks(item, &place);
            self.widen(waivers, blocks.first().map(|block| block.span.range()), &place);
            ListItem { span: self.span(place), blocks }
        });
        let items = items.collect();
        BlockKind::List { start: (list.list_type == ListType::Ordered).then_some(list.start), tight: list.tight, items }
    }

    pub(super) fn definitions(&mut self, node: Node<'_>, range: &Range<usize>) -> BlockKind {
        let mut list = Vec::new();
        for item in node.children() {
            let place = self.lines.range(item.data().sourcepos, range);
            let (mut term, mut details) = (Vec::new(), Vec::new());
            let waivers = self.waivers.len();
            for part in item.children() {
                let inner = self.lines.range(part.data().sourcepos, &place);
                if matches!(part.data().value, NodeValue::DescriptionTerm) {
                    for paragraph in part.children() {
                        term.extend(self.inlines(paragraph, &inner));
                        self.widen(waivers, Some(inner.clone()), &place);
                    }
                } else {
                    details.extend(self.blocks(part, &inner));
                }
            }
            list.push(Definition { span: self.span(place), term, details });
        }
        BlockKind::Definitions(list)
    }
}
