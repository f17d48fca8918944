//! What denies in a text, and what it denies.

use std::ops::Range;

/// Whether a word stands in a dictionary of the language.
pub type Known<'k> = &'k dyn Fn(&str) -> bool;

/// The negations of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Denials {
    /// Those that it surely has.
    pub said: Vec<Denial>,
    /// The places of words that deny in another way: without, instead of, 避免.
    pub implied: Vec<usize>,
    /// Words that may stand for a negation, as a dictionary lists them, with their places.
    pub perhaps: Vec<(usize, String)>,
}

/// A negation.
#[derive(Debug, PartialEq, Eq)]
pub struct Denial {
    /// Its place.
    pub range: Range<usize>,
    /// Whether it denies what is done or is, as ‘cannot’ and 不能 do; ‘no’ and 不 before a word may make one word with it.
    pub verbal: bool,
    /// The words that it denies, as a dictionary lists them, the nearest first.
    pub denied: Vec<String>,
}
