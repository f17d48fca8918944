//! Messages in a row.

use serde::{Deserialize, Serialize};

use super::Locale;

/// How the parts of a list are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Names or values: `a, b, c`; in Chinese with the enumeration comma.
    Items,
    /// Names or values of which all count: `a, b and c`.
    And,
    /// Names or values of which one counts: `a, b or c`.
    Or,
    /// Parts of a sentence, with commas.
    Phrases,
    /// Parts that could be sentences, with semicolons.
    Clauses,
    /// Whole sentences that end with their own stop, with a space where the language has one.
    Sentences,
    /// Messages under each other.
    Lines,
}

impl List {
    /// What stands before the part at an index (from 0) of a list of `len` parts.
    pub(super) fn before(self, index: usize, len: usize, locale: Locale) -> &'static str {
        if index == 0 {
            return "";
        }
        let last = index + 1 == len;
        match (self, locale) {
            (List::And, Locale::English) if last => " and ",
            (List::Or, Locale::English) if last => " or ",
            (List::And, Locale::Chinese) if last => "和",
            (List::Or, Locale::Chinese) if last => "或",
            (List::Items | List::And | List::Or | List::Phrases, Locale::English) => ", ",
            (List::Items | List::And | List::Or, Locale::Chinese) => "、",
            (List::Phrases, Locale::Chinese) => "，",
            (List::Clauses, Locale::English) => "; ",
            (List::Clauses, Locale::Chinese) => "；",
            (List::Sentences, Locale::English) => " ",
            (List::Sentences, Locale::Chinese) => "",
            (List::Lines, _) => "\n  ",
        }
    }
}
