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
