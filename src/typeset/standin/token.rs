//! What tokens are made of.

use super::Mark;

/// How many pixels a token of a PNG has beside each other: a byte of the mark in each.
pub(super) const WIDE: u32 = 32;

/// The pixels of a token with so many colours.
pub(super) fn pixels(mark: &Mark, colours: usize) -> Vec<u8> {
    mark.iter().flat_map(|byte| std::iter::repeat_n(*byte, colours)).collect()
}

/// The mark that the pixels of a token show; `None` if they are not those of a token.
pub(super) fn mark(pixels: &[u8]) -> Option<Mark> {
    let colours = match pixels.len() {
        32 => 1,
        96 => 3,
        _ => return None,
    };
    let mark: Mark = pixels.iter().step_by(colours).copied().collect::<Vec<_>>().try_into().ok()?;
    (self::pixels(&mark, colours) == pixels).then_some(mark)
}
