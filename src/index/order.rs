//! The order of an index: words under their initial letters, by the rules of their language.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale::Locale;
use unicode_normalization::UnicodeNormalization;

use crate::model::Lang;

/// The heading of words that begin with no letter.
const OTHER: &str = "#";

/// CLDR's Chinese collation has a boundary before each initial letter of pinyin: this character and the letter.
const BOUNDARY: char = '\u{fdd0}';

/// Compares the words of one language.
pub(crate) struct IndexOrder {
    collator: CollatorBorrowed<'static>,
    /// The letters of words that begin with none.
    initials: &'static str,
}

impl IndexOrder {
    /// The order of a language: Chinese by pinyin, others by the letters of the language.
    pub(crate) fn new(lang: &Lang) -> Self {
        let locale: Locale = lang.tag().parse().unwrap_or(Locale::UNKNOWN);
        let collator = Collator::try_new(locale.into(), CollatorOptions::default())
            .expect("invariant: the collation data are compiled in, with a root for every language");
        Self { collator, initials: lang.conventions().index_initials }
    }

    /// The heading under which a word stands: a letter, or `#`.
    pub(crate) fn letter(&self, word: &str) -> String {
        match word.nfd().next().map(|c| c.to_uppercase().next().unwrap_or(c)) {
            Some(first) if !self.initials.is_empty() && !first.is_ascii() => self.pinyin_letter(word),
            Some(first) if first.is_alphabetic() => first.to_string(),
            _ => OTHER.to_owned(),
        }
    }

    fn pinyin_letter(&self, word: &str) -> String {
        let starts = |letter: &char| self.collator.compare(&format!("{BOUNDARY}{letter}"), word).is_le();
        let last = self.initials.chars().take_while(starts).last();
        last.map_or(OTHER.to_owned(), |letter| letter.to_string())
    }

    /// Which of two words stands first: by heading, Latin words before Chinese ones, then as the language sorts.
    pub(crate) fn compare(&self, a: &str, b: &str) -> Ordering {
        let key = |word: &str| {
            let letter = self.letter(word);
            (letter != OTHER, letter, !word.starts_with(|c: char| c.is_ascii()))
        };
        key(a).cmp(&key(b)).then_with(|| self.collator.compare(a, b)).then_with(|| a.cmp(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(tag: &str, words: &[&str]) -> String {
        let order = IndexOrder::new(&Lang::new(tag).unwrap());
        let mut words = words.to_vec();
        words.sort_by(|a, b| order.compare(a, b));
        words.iter().map(|word| format!("{}{word}", order.letter(word))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn chinese_goes_by_pinyin_under_its_letter() {
        let words = ["云", "算力", "AI", "安全", "阿里", "重力", "隐私计算", "5G", "人工智能", "数据中心", "芯片"];
        assert_eq!(sorted("zh", &words), "#5G AAI A阿里 A安全 R人工智能 S数据中心 S算力 X芯片 Y隐私计算 Y云 Z重力");
    }

    #[test]
    fn english_goes_by_letter_whatever_the_case() {
        let words = ["zebra", "Édition", "edge", "AI", "3D", "artificial"];
        assert_eq!(sorted("en", &words), "#3D AAI Aartificial Eedge EÉdition Zzebra");
    }
}
