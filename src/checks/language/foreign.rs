//! Words in another language, and what holds them.

use std::ops::Range;

use crate::align::lexicon::Lexicon;
use crate::lang;
use crate::lang::en::stems;
use crate::model::Lang;

/// Whether a text is wholly in another language than its own. Names, titles and codes alone belong to every language.
pub(in crate::checks) fn is_foreign(text: &str, lang: &Lang) -> bool {
    lang::of(lang).is_foreign(text)
}

/// Whether an English word is one of the dictionary.
pub(super) fn is_ordinary(word: &str) -> bool {
    let mut known = false;
    stems(word, &mut |stem| known |= Lexicon::shipped().english.number(stem).is_some());
    known
}

/// Stretches of another language inside a text.
pub(super) fn stretches(text: &str, lang: &Lang) -> Vec<Range<usize>> {
    lang::of(lang).foreign(text)
}

/// How far around a stretch the brackets are looked for that it stands in, in bytes.
const REACH: usize = 2048;

/// Whether a stretch is a citation, a title or a gloss: it stands in quotation marks, in brackets or right after a colon
/// inside them.
pub(super) fn is_enclosed(text: &str, range: &Range<usize>) -> bool {
    const OPEN: &str = "“‘「『《〈（([【\"'";
    const CLOSE: &str = "”’」』》〉）)]】\"'";
    let (head, tail) = (&text[..range.start], &text[range.end..]);
    let near = &head[head.ceil_char_boundary(head.len().saturating_sub(REACH))..];
    let ahead = &tail[..tail.floor_char_boundary(REACH.min(tail.len()))];
    let before = text[..range.start].trim_end().chars().next_back();
    let after = text[range.end..].trim_start_matches(['.', ',', ' ', '!', '?']).chars().next();
    let inside = |open: char, close: char| {
        let (o, c) = (near.rfind(open), near.rfind(close));
        o.is_some_and(|o| c.is_none_or(|c| c < o)) && ahead.contains(close)
    };
    before.is_some_and(|c| OPEN.contains(c)) && after.is_some_and(|c| CLOSE.contains(c))
        || [('（', '）'), ('(', ')'), ('“', '”'), ('「', '」'), ('《', '》')].iter().any(|&(o, c)| inside(o, c))
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
