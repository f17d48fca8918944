//! What a reference says, as data and in words.

use super::{Count, Ordinal, Series};
use crate::lang::{Lang, ReferenceWords};

/// What a reference to a place says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference<'o> {
    /// The number of a figure, a table, a listing or a formula. A caption begins with the same.
    Number {
        /// What it is counted with.
        series: Series,
        /// Its number.
        count: Count,
    },
    /// The number of a figure and the letter of a part of it.
    Part {
        /// What the figure is counted with.
        series: Series,
        /// Its number.
        count: Count,
        /// The letter of the part.
        letter: char,
    },
    /// The number that a formula gives itself.
    Tag(&'o str),
    /// The number of a chapter or an appendix.
    Chapter(Ordinal),
    /// The number of a heading.
    Section(&'o str),
    /// The title of a place without a number.
    Title(&'o str),
}

impl Reference<'_> {
    /// The reference in words: `Figure 3`, `Chapter 2`, `section 1.2`, `“The Lamp”`.
    pub fn text(&self, words: &ReferenceWords) -> String {
        match self {
            Self::Number { series, count } => format!("{} {}", series.word(words), count.text(*series, words)),
            Self::Part { series, count, letter } => {
                format!("{} {}({letter})", series.word(words), count.text(*series, words))
            }
            Self::Tag(tag) => format!("{} {tag}", words.formula),
            Self::Chapter(ordinal) => ordinal.name(words),
            Self::Section(number) => words.section.with(number),
            Self::Title(title) => {
                let [open, close] = words.quotes;
                format!("{open}{title}{close}")
            }
        }
    }
}

impl Series {
    /// The word before a number.
    pub fn word(self, words: &ReferenceWords) -> &'static str {
        match self {
            Self::Figure => words.figure,
            Self::Table => words.table,
            Self::Listing => words.listing,
            Self::Formula => words.formula,
        }
    }
}

/// The words of a language: those that Typst prints.
pub fn words(lang: &Lang) -> &'static ReferenceWords {
    lang.reference_words()
}
