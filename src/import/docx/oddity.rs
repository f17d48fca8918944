//! Looks of characters, cells and pages that no book has.

/// A look that no book has. Its text is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Odd {
    /// Lines from top to bottom.
    Vertical,
    /// Two lines in one.
    Combined,
    /// Characters that lie on their side, or stand in a vertical line.
    Turned,
    /// Characters drawn apart or together to fill a width.
    Fitted,
    /// Lines from right to left.
    RightToLeft,
    /// Several columns on a page.
    Columns,
    /// Letters that are shown as capitals.
    Capitals,
    /// Characters in a colour.
    Coloured,
    /// A new page in the middle of a paragraph.
    BreakInside,
}
