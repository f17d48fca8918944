//! What an author wrote as a value, with its place.

use crate::source::Span;

/// A value with the place where the author wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}
