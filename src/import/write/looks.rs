//! How text looks, apart from what it says.

use super::super::Inline;

type Make = fn(Vec<Inline>) -> Inline;

/// The text of a look, and how it is made again.
pub(super) fn looks(inline: &Inline) -> Option<(&[Inline], Make)> {
    Some(match inline {
        Inline::Emphasis(body) => (body, Inline::Emphasis),
        Inline::Strong(body) => (body, Inline::Strong),
        Inline::Strike(body) => (body, Inline::Strike),
        Inline::Subscript(body) => (body, Inline::Subscript),
        Inline::Superscript(body) => (body, Inline::Superscript),
        Inline::Underline(body) => (body, Inline::Underline),
        Inline::Highlight(body) => (body, Inline::Highlight),
        Inline::Keys(body) => (body, Inline::Keys),
        _ => return None,
    })
}
