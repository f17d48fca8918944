//! What a reference says, as data and in words.

use super::Series;
use crate::model::Lang;

/// What a reference to a place says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference<'o> {
    /// The number of a figure, a table or a listing. A caption begins with the same.
    Number {
        /// What it is counted with.
        series: Series,
        /// Its number.
        number: usize,
    },
    /// The title of a place without a number.
    Title(&'o str),
}

impl Reference<'_> {
    /// The reference in words: `Figure 3`, `“The Lamp”`.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Number { series, number } => format!("{} {number}", words.of(*series)),
            Self::Title(title) => {
                let [open, close] = words.quotes;
                format!("{open}{title}{close}")
            }
        }
    }
}

/// One language's words of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Before a figure's number.
    pub figure: &'static str,
    /// Before a table's number.
    pub table: &'static str,
    /// Before a listing's number.
    pub listing: &'static str,
    /// Quotation marks round the title of a place referred to.
    pub quotes: [&'static str; 2],
}

impl Words {
    /// The word before a number.
    pub fn of(&self, series: Series) -> &'static str {
        match series {
            Series::Figure => self.figure,
            Series::Table => self.table,
            Series::Listing => self.listing,
        }
    }
}

const ZH: Words = Words { figure: "图", table: "表", listing: "代码", quotes: ["“", "”"] };
const ZH_HANT: Words = Words { figure: "圖", table: "表", listing: "程式", quotes: ["“", "”"] };
const EN: Words = Words { figure: "Figure", table: "Table", listing: "Listing", quotes: ["“", "”"] };

/// The words of a language: those that Typst prints for Chinese and English, English for the rest.
pub fn words(lang: &Lang) -> &'static Words {
    match (lang.is_chinese(), lang.region().as_deref()) {
        (true, Some("tw")) => &ZH_HANT,
        (true, _) => &ZH,
        (false, _) => &EN,
    }
}
