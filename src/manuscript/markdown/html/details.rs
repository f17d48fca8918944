//! `<details>` with its `<summary>`.

use std::ops::Range;

use comrak::Node;

use super::tag;
use crate::manuscript::markdown::scan::foreign;
use crate::manuscript::markdown::{Lower, attrs};
use crate::model::{Attr, Block, CalloutKind};

impl Lower<'_, '_> {
    /// A callout of what HTML folds away.
    pub(in crate::manuscript::markdown) fn details(&mut self, node: Node<'_>, range: Range<usize>) -> Block {
        let written = &self.input.text[range.clone()];
        let length = foreign::details(written).unwrap_or_default();
        let head = &written[..length];
        let title = foreign::summary(head).map(|title| range.start + title.start..range.start + title.end);
        let tag = tag::read(&head[..tag::length(head).min(length)]);
        let id = tag.as_ref().and_then(|tag| tag.value("id")).filter(|id| attrs::is_id(id)).map(str::to_owned);
        let span = self.span(range.start..range.start + length);
        let open = tag.filter(|tag| tag.attribute("open").is_some());
        let open = open.map(|_| Attr { key: "open".to_owned(), value: String::new(), span, whole: span });
        let named = ("details", CalloutKind::Details);
        self.named_callout(node, range, named, (id, title, open.into_iter().collect()))
    }
}
