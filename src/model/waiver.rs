//! A finding that the author has looked at and accepts.

use super::Spanned;
use crate::source::Span;

/// A comment `<!-- dama: allow CHECK, CHECK: REASON -->`.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiver {
    /// The comment.
    pub span: Span,
    /// The checks that it names; never empty.
    pub checks: Vec<Spanned<String>>,
    /// Why the findings are as they should be, if it says so.
    pub reason: Option<String>,
    /// What it stands for: the block after it, or the one that it stands in. `None` where no block follows.
    pub target: Option<Span>,
}

/// What is marked as unfinished: by a comment `<!-- dama: draft -->`, or the lines of a head by `draft: head` in front matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The comment, or the value of the key.
    pub mark: Span,
    /// The block after it, or the one that it stands in; a line of the head.
    pub target: Span,
    /// What its source says, where the comment has it: `<!-- dama: draft: WORDS -->`.
    pub said: Option<String>,
}
