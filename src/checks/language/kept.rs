//! Words in Latin letters that a book keeps in a text of another script: names, products, code.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::foreign::is_ordinary;
use crate::align::{Unit, UnitKind};
use crate::checks::Context;
use crate::lang;
use crate::lang::en::function::words;
use crate::model::Lang;

/// The fewest letters of a word that is no symbol of a unit.
const LEAST: usize = 4;

/// The words that stand among those of the language itself, read once they are asked for.
pub(super) struct Kept<'a> {
    context: &'a Context<'a>,
    words: OnceCell<BTreeSet<String>>,
}

impl<'a> Kept<'a> {
    pub(super) fn of(context: &'a Context<'a>) -> Self {
        Self { context, words: OnceCell::new() }
    }

    /// Whether a text is words of the dictionary that the book never keeps as they are, so that they were left untranslated.
    pub(super) fn is_left(&self, text: &str, lang: &Lang) -> bool {
        let plain = |word: &str| word.len() >= LEAST && word[1..].bytes().all(|byte| byte.is_ascii_lowercase());
        let ordinary = |word: &str| is_ordinary(word) && !self.words(lang).contains(&word.to_ascii_lowercase());
        let mut all = words(text).map(|(_, word)| word).peekable();
        let letters = text.chars().all(|c| c.is_ascii_alphabetic() || " ,:-&".contains(c));
        letters && all.peek().is_some() && all.all(|word| plain(word) && ordinary(word))
    }

    fn words(&self, lang: &Lang) -> &BTreeSet<String> {
        self.words.get_or_init(|| {
            let mut found = BTreeSet::new();
            let pairs = self.context.pairs().flat_map(|(_, _, pair)| pair.sources.iter().chain(&pair.targets));
            for unit in pairs.filter(|unit| unit.lang == lang) {
                self.gather(unit, &mut found);
            }
            let forms = self.context.book.glossary.terms.iter().flat_map(|term| term.forms(lang));
            forms.for_each(|form| found.extend(words(&form.value).map(|(_, word)| word.to_ascii_lowercase())));
            found
        })
    }

    /// The words of a unit beside those of its own language, in code and in addresses too.
    fn gather(&self, unit: &Unit<'_>, found: &mut BTreeSet<String>) {
        let written = self.context.sources.snippet(unit.span);
        let prose = unit.children.is_empty() && !matches!(unit.kind, UnitKind::Chart(_) | UnitKind::Container(..));
        if prose && written.contains(|c| lang::of(unit.lang).is_letter(c)) {
            found.extend(words(written).map(|(_, word)| word.to_ascii_lowercase()));
        }
    }
}
