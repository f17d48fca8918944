//! The text around a mark: as far as it can tell what the mark is, and no farther.

/// How far around a mark the text is looked through that tells what the mark belongs to, in bytes.
const REACH: usize = 2048;

/// The text near a place, and the place in it.
pub(super) fn near(text: &str, at: usize) -> (&str, usize) {
    let from = text.ceil_char_boundary(at.saturating_sub(REACH));
    let to = text.floor_char_boundary((at + REACH).min(text.len()));
    (&text[from..to.max(from)], at - from)
}
