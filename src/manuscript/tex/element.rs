//! What a formula is made of, in Typst's notation.

/// One element in Typst's notation.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    /// What is written.
    pub(super) text: String,
    /// What it is, for what stands around it.
    pub(super) kind: Kind,
}

/// What an element is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything else.
    #[default]
    Other,
    /// One letter, which letters beside it make a word with where the font is not that of variables.
    Letter(char),
    /// A prime, or several.
    Prime(usize),
    /// A mark that stands over or under others, and may grow with them.
    Mark(char),
    /// A fraction without its line.
    Stack,
    /// The letters of an operator.
    Operator,
    /// An arrow, which grows to what stands over it.
    Arrow,
}
