//! Headings as other programs write them: a chapter whose title has more than one `#`, ids in comments of MDX.

use comrak::Node;
use comrak::nodes::{NodeHeading, NodeValue};

use super::{Lower, attrs};
use crate::model::{Inline, InlineKind};

/// How many `#` a chapter's title has: more than one where the chapter begins with a heading and all others lie below it.
pub(super) fn title_level(root: Node<'_>) -> u8 {
    let Some(first) = root.children().find(|node| !is_aside(node)) else { return 1 };
    let NodeValue::Heading(NodeHeading { level, setext: false, .. }) = first.data().value else { return 1 };
    let level_of = |node: Node<'_>| match node.data().value {
        NodeValue::Heading(heading) => Some(heading.level),
        _ => None,
    };
    match root.descendants().filter_map(level_of).filter(|other| *other <= level).count() {
        1 => level,
        _ => 1,
    }
}

/// Whether a node is a comment or an anchor, which can stand before a title.
fn is_aside(node: &Node<'_>) -> bool {
    match &node.data().value {
        NodeValue::HtmlBlock(html) => ["<!--", "<a "].iter().any(|open| html.literal.trim_start().starts_with(open)),
        NodeValue::FootnoteDefinition(_) => true,
        NodeValue::Paragraph => node.children().all(|inline| match &inline.data().value {
            NodeValue::HtmlInline(html) => ["<!--", "<a ", "</a>"].iter().any(|open| html.starts_with(open)),
            NodeValue::SoftBreak => true,
            _ => false,
        }),
        _ => false,
    }
}

impl Lower<'_, '_> {
    /// Takes `{/*id*/}` off the end of a heading: so the id of a heading is written in MDX.
    pub(super) fn mdx_id(&mut self, body: &mut Vec<Inline>) -> Option<String> {
        let head = body.first()?.span.start..body.last()?.span.end;
        let written = self.input.text.get(head.clone())?.strip_suffix("*/}")?;
        let at = written.rfind("{/*")?;
        let id = written[at + 3..].trim().to_owned();
        if !attrs::is_id(&id) {
            return None;
        }
        let open = head.start + at;
        body.retain(|inline| inline.span.start < open);
        if let Some(Inline { span, kind: InlineKind::Text(text) }) = body.last_mut()
            && self.input.text.get(span.range()) == Some(text.as_str())
        {
            text.truncate(text.get(..open - span.start).unwrap_or(text).trim_end().len());
            span.end = span.start + text.len();
        }
        body.pop_if(|last| matches!(&last.kind, InlineKind::Text(text) if text.is_empty()));
        Some(id)
    }
}
