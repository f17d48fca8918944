//! What a reference says, as data and in words.

use super::Series;
use crate::lang::{self, Lang, ReferenceWords};

/// What a reference to a place says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference<'o> {
    /// The number of a figure, a table, a listing or a formula. A caption begins with the same.
    Number {
        /// What it is counted with.
        series: Series,
        /// Its number.
        number: usize,
    },
    /// The number of a figure and the letter of a part of it.
    Part {
        /// What the figure is counted with.
        series: Series,
        /// Its number.
        number: usize,
        /// The letter of the part.
        letter: char,
    },
    /// The title of a place without a number.
    Title(&'o str),
}

impl Reference<'_> {
    /// The reference in words: `Figure 3`, `“The Lamp”`.
    pub fn text(&self, words: &ReferenceWords) -> String {
        match self {
            Self::Number { series, number } => format!("{} {}", series.word(words), series.counted(*number)),
            Self::Part { series, number, letter } => {
                format!("{} {}({letter})", series.word(words), series.counted(*number))
            }
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

    /// A number as it stands beside what it is of: that of a formula in parentheses.
    pub fn counted(self, number: usize) -> String {
        match self {
            Self::Formula => format!("({number})"),
            Self::Figure | Self::Table | Self::Listing => number.to_string(),
        }
    }
}

/// The words of a language: those that Typst prints.
pub fn words(lang: &Lang) -> &'static ReferenceWords {
    lang::of(lang).reference_words(lang.region().as_deref())
}
