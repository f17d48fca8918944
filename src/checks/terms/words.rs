//! Words similar to a term, in a language without spaces between words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::checks::Context;
use crate::lang::Script;
use crate::lang::zh::is_han;
use crate::model::{Lang, Term};

/// How often each two to four Chinese characters stand side by side in the translation.
pub(super) struct Words(FxHashMap<u128, u32>);

/// A word that occurs more often than this in a book is not a slip.
const RARE: u32 = 2;

/// Up to four characters as one number.
fn packed(word: &[char]) -> u128 {
    word.iter().fold(0, |key, c| key << 32 | u128::from(u32::from(*c)))
}

impl Words {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut counts = FxHashMap::default();
        let target = &context.alignment.target;
        if target.script() == Script::Han && !context.book.glossary.terms.is_empty() {
            for prose in context.prose(target) {
                let chars: Vec<char> = prose.text.chars().collect();
                for len in 2..=4 {
                    for window in chars.windows(len).filter(|window| window.iter().all(|c| is_han(*c))) {
                        *counts.entry(packed(window)).or_default() += 1;
                    }
                }
            }
        }
        Self(counts)
    }

    /// A word that differs from a form of a term in one character and hardly occurs elsewhere in the book, while the form
    /// occurs often.
    pub(super) fn like(&self, term: &Term, lang: &Lang, text: &str) -> Option<Range<usize>> {
        let forms = term.forms(lang).map(|form| form.value.chars().collect::<Vec<char>>());
        let forms: Vec<Vec<char>> = forms.filter(|form| matches!(form.len(), 2..=4)).collect();
        let count = |word: &[char]| self.0.get(&packed(word)).copied().unwrap_or(0);
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        forms.iter().filter(|form| count(form) > 2 * RARE).find_map(|form| {
            chars.windows(form.len()).find_map(|window| {
                let word: Vec<char> = window.iter().map(|(_, c)| *c).collect();
                let same = word.iter().zip(form).filter(|(a, b)| a == b).count();
                let like = word.iter().all(|c| is_han(*c)) && same + 1 == form.len() && count(&word) <= RARE;
                let (start, (last, c)) = (window[0].0, window[window.len() - 1]);
                like.then_some(start..last + c.len_utf8())
            })
        })
    }
}
