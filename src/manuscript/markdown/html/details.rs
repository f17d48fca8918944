//! `<details>` with its `<summary>`, and components of web sites such as `<Note>`.

use std::ops::Range;

use comrak::Node;

use crate::manuscript::markdown::scan::foreign;
use crate::manuscript::markdown::{Lower, attrs, tag};
use crate::model::{Attr, Block, CALLOUT_WORDS, callout_word};

impl Lower<'_, '_> {
    /// A callout between tags.
    pub(in crate::manuscript::markdown) fn details(&mut self, node: Node<'_>, range: Range<usize>) -> Block {
        let (word, head) = foreign::opened(&self.input.text[range.clone()]).unwrap_or_default();
        let part = |part: &Range<usize>| range.start + part.start..range.start + part.end;
        let tag = tag::read(&head[..tag::length(head).min(head.len())]);
        let attribute = |name: &str| tag.as_ref().and_then(|tag| tag.attribute(name));
        let title = foreign::summary(head).or_else(|| Some(attribute("title")?.inner.clone())).as_ref().map(part);
        let id = attribute("id").map(|id| id.value.clone()).filter(|id| attrs::is_id(id));
        let open = attribute("open").map(|open| {
            let span = self.span(part(&open.place));
            Attr { key: "open".to_owned(), value: String::new(), span, whole: span }
        });
        let named = callout_word(word).unwrap_or(CALLOUT_WORDS[0]);
        self.named_callout(node, range, named, (id, title, open.into_iter().collect()))
    }
}
