//! What keeps a paragraph of any length within what Typst can do.
//!
//! Two things of Typst grow with the length of a paragraph. To look for the patterns of a layout it gathers texts that follow one
//! another, and it gives the edition up at the 512th find in what it has gathered. And to choose the best places for all ends of lines
//! together it keeps a line for every place where one might end, with everything that would stand in it.

use std::cell::Cell;
use std::ops::Range;

use typst::foundations::Content;
use typst::model::EnumElem;

use super::Lowerer;
use crate::lang::cjk::is_han;

/// How much text is gathered before a good place ends it: bytes, two at the least for each character, since each may be a find by
/// itself.
const GATHERED: usize = 900;

/// The least that a character counts.
const CHARACTER: usize = 2;

/// How much farther such a place is looked for.
const FARTHER: usize = 50;

/// From how many elements on the lines of a paragraph are filled one after another.
const ELEMENTS: usize = 2_000;

/// The same in bytes of its text.
const BYTES: usize = 60_000;

/// How much has been made in a lowering.
#[derive(Debug, Default)]
pub(super) struct Mass {
    elements: Cell<usize>,
    bytes: Cell<usize>,
    /// How much text may be gathered at the moment.
    gathered: Cell<usize>,
}

impl Mass {
    /// Counts an element with so many bytes of text.
    pub(super) fn add(&self, bytes: usize) {
        self.elements.set(self.elements.get() + 1);
        self.bytes.set(self.bytes.get() + bytes);
    }

    /// How many elements and bytes there are so far.
    pub(super) fn made(&self) -> (usize, usize) {
        (self.elements.get(), self.bytes.get())
    }

    /// Whether what has been made since then is too much for the best lines.
    pub(super) fn is_much_since(&self, (elements, bytes): (usize, usize)) -> bool {
        self.elements.get() - elements > ELEMENTS || self.bytes.get() - bytes > BYTES
    }

    /// A paragraph begins: texts are gathered anew.
    pub(super) fn begin(&self) {
        self.gathered.set(0);
    }

    /// The places in a text that follows what is gathered where boundaries are to end that.
    fn ends(&self, text: &str) -> Vec<usize> {
        let (mut ends, mut gathered, mut last) = (Vec::new(), self.gathered.get(), None);
        for (at, c) in text.char_indices() {
            if gathered >= GATHERED && may_end(last, c, gathered - GATHERED) {
                ends.push(at);
                gathered = 0;
            }
            gathered += c.len_utf8().max(CHARACTER);
            last = Some(c);
        }
        self.gathered.set(gathered);
        ends
    }
}

/// Whether a boundary may stand between two characters, the farther from the best place the sooner. Before a Chinese character or a
/// word it parts neither a word nor marks of punctuation that belong together: no pattern finds anything across it.
fn may_end(last: Option<char>, next: char, beyond: usize) -> bool {
    match beyond / FARTHER {
        0 => next.is_alphanumeric() && (is_han(next) || last == Some(' ')),
        1 => next.is_alphanumeric(),
        _ => true,
    }
}

/// Ends what is gathered, and is nothing else: any change of style does, and here it is one of nothing.
fn boundary() -> Content {
    Content::empty().set(EnumElem::reversed, false)
}

impl Lowerer<'_, '_, '_> {
    /// A text, parted by boundaries where Typst would gather too much of it; `piece` makes a part.
    pub(super) fn parted(&self, text: &str, piece: impl Fn(Range<usize>) -> Content) -> Content {
        self.mass.add(text.len());
        let ends = self.mass.ends(text);
        if ends.is_empty() {
            return piece(0..text.len());
        }
        let (mut contents, mut done) = (Vec::new(), 0);
        for end in ends {
            contents.extend((end > done).then(|| piece(done..end)));
            contents.push(boundary());
            done = end;
        }
        contents.push(piece(done..text.len()));
        Content::sequence(contents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str) -> Vec<usize> {
        Mass::default().ends(text)
    }

    #[test]
    fn what_is_gathered_ends_before_a_word() {
        assert!(ends(&"word ".repeat(80)).is_empty());
        assert_eq!(ends(&"word, word. ".repeat(100)), [450, 900]);
        assert_eq!(ends(&"字，".repeat(500)), [900, 1800, 2700]);
    }

    #[test]
    fn text_without_a_good_place_ends_too() {
        assert_eq!(ends(&"—a".repeat(500)), [763, 1523]);
        assert_eq!(ends(&"—".repeat(1_000)), [1002, 2004]);
    }

    #[test]
    fn a_text_goes_on_from_the_one_before_it() {
        let mass = Mass::default();
        assert!(mass.ends(&"a ".repeat(200)).is_empty());
        assert_eq!(mass.ends(&"a ".repeat(200)), [50]);
        mass.begin();
        assert!(mass.ends(&"a ".repeat(200)).is_empty());
    }

    #[test]
    fn many_elements_or_much_text_are_much() {
        let mass = Mass::default();
        let before = mass.made();
        (0..2_000).for_each(|_| mass.add(10));
        assert!(!mass.is_much_since(before));
        mass.add(60_000);
        assert!(mass.is_much_since(before));
        assert!(!mass.is_much_since(mass.made()));
    }
}
