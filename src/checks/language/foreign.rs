//! Which language a text is in.

use std::ops::Range;

use super::english::{count, is_function, words};
use crate::checks::prose::OBJECT;
use crate::lang::zh::is_han;
use crate::model::Lang;

/// The fewest Chinese characters that are a text rather than a name.
const CHINESE: usize = 6;

/// Whether a text is wholly in another language than its own: an English one in Chinese, a Chinese one in English.
/// Names, titles and codes alone belong to every language.
pub(in crate::checks) fn is_foreign(text: &str, lang: &Lang) -> bool {
    let han = text.chars().filter(|c| is_han(*c)).count();
    let (all, function) = count(text);
    match lang.primary() {
        "zh" => all >= 3 && function >= 1 && all > 10 * han,
        "en" => han >= CHINESE && 3 * all < han,
        _ => false,
    }
}

/// Stretches of another language inside a text.
pub(super) fn stretches(text: &str, lang: &Lang) -> Vec<Range<usize>> {
    match lang.primary() {
        "zh" => english(text),
        "en" => chinese(text),
        _ => Vec::new(),
    }
}

/// Stretches of words in Latin letters, with what stands between them.
fn english(text: &str) -> Vec<Range<usize>> {
    let parts = |c: char| is_han(c) || ('\u{3000}'..='\u{303f}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    split(text, parts).filter(|range| words(&text[range.clone()]).next().is_some()).collect()
}

/// Stretches of Chinese characters with the marks between them.
fn chinese(text: &str) -> Vec<Range<usize>> {
    split(text, |c: char| c.is_alphabetic() && !is_han(c) || c == OBJECT)
        .map(|range| {
            let inner = &text[range.clone()];
            let first = inner.find(is_han).unwrap_or(inner.len());
            let last = inner.char_indices().rev().find(|(_, c)| is_han(*c)).map_or(first, |(at, c)| at + c.len_utf8());
            range.start + first..range.start + last
        })
        .filter(|range| !range.is_empty())
        .collect()
}

/// The ranges between the characters where a text is split, without spaces and marks around them.
fn split(text: &str, parts: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '\u{3000}')]) {
        if at == text.len() || parts(c) {
            let inner = &text[start..at];
            let lead = inner.len() - inner.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
            let inner = inner.trim_matches(|c: char| !c.is_alphanumeric());
            if !inner.is_empty() {
                found.push(start + lead..start + lead + inner.len());
            }
            start = at + if at == text.len() { 0 } else { c.len_utf8() };
        }
    }
    found.into_iter()
}

/// Whether a stretch is a citation, a title or a gloss: it stands in quotation marks, in brackets or right after a colon
/// inside them.
pub(super) fn is_enclosed(text: &str, range: &Range<usize>) -> bool {
    const OPEN: &str = "“‘「『《〈（([【\"'";
    const CLOSE: &str = "”’」』》〉）)]】\"'";
    let before = text[..range.start].trim_end().chars().next_back();
    let after = text[range.end..].trim_start_matches(['.', ',', ' ', '!', '?']).chars().next();
    let inside = |open: char, close: char| {
        let (o, c) = (text[..range.start].rfind(open), text[..range.start].rfind(close));
        o.is_some_and(|o| c.is_none_or(|c| c < o)) && text[range.end..].contains(close)
    };
    before.is_some_and(|c| OPEN.contains(c)) && after.is_some_and(|c| CLOSE.contains(c))
        || [('（', '）'), ('(', ')'), ('“', '”'), ('「', '」'), ('《', '》')].iter().any(|&(o, c)| inside(o, c))
}

/// Whether a stretch of Latin letters is running English: several words, some of them function words.
pub(super) fn is_clause(text: &str) -> bool {
    let (all, function) = count(text);
    // A title is capitalised; a sentence has lowercase words.
    let small = words(text).filter(|(_, word)| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    all >= 4 && function >= 2 && 2 * small >= all
}

/// Whether a text has a lowercase function word.
pub(super) fn has_function_word(text: &str) -> bool {
    words(text).any(|(_, word)| word.starts_with(|c: char| c.is_ascii_lowercase()) && is_function(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(tag: &str) -> Lang {
        Lang::new(tag).unwrap()
    }

    #[test]
    fn names_are_at_home_in_every_language() {
        assert!(is_foreign("This is not translated", &lang("zh")));
        assert!(!is_foreign("Hello, World!", &lang("zh")));
        assert!(!is_foreign("使用 The C Programming Language 一书", &lang("zh")));
        assert!(is_foreign("这一段没有翻译。", &lang("en")));
        assert!(!is_foreign("张三", &lang("en")));
    }

    #[test]
    fn stretches_end_where_the_language_changes() {
        let text = "前文。It is left here. 后文 Rust";
        let found: Vec<&str> = stretches(text, &lang("zh")).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["It is left here", "Rust"]);
        let text = "The word 中文，字 is left";
        let found: Vec<&str> = stretches(text, &lang("en")).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["中文，字"]);
    }

    #[test]
    fn brackets_and_quotes_enclose() {
        let text = "运算符（the dot operator）很好";
        let range = stretches(text, &lang("zh")).remove(0);
        assert!(is_enclosed(text, &range));
        assert!(!is_enclosed("见 the dot operator 一节", &(4..20)));
    }
}
