//! Words in another language inside a text, marked so that a screen reader changes its voice and a reader its font:
//! Chinese inside other languages, and English passages inside Chinese. Single names and terms stay unmarked, as WCAG 2.2
//! (3.1.2) allows: a Chinese voice says them as Chinese readers do.

use std::ops::Range;

use super::page::Writer;
use crate::lang::en::English;
use crate::lang::zh::{Chinese, TRADITIONAL, is_han, is_traditional};
use crate::lang::{Language, Script};
use crate::model::Lang;

/// Fewest words in Latin letters that are a passage in Chinese.
const PASSAGE: usize = 4;

impl Writer<'_, '_> {
    /// Writes a text, what is in another language marked.
    pub(super) fn words(&mut self, text: &str) {
        let mut from = 0;
        for run in foreign(text, self.lang) {
            self.own_words(&text[from..run.start]);
            let tag = match self.lang.script() {
                Script::Han => English.tag(),
                Script::Latin => self.chinese(),
            };
            self.xml.open("span", &[("lang", tag), ("xml:lang", tag)]);
            self.xml.text(&text[run.clone()]);
            self.xml.close();
            from = run.end;
        }
        self.own_words(&text[from..]);
    }

    /// The Chinese of the book, if it has any.
    fn chinese(&self) -> &'static str {
        let languages = self.content.plan.outline.languages();
        if languages.iter().any(|lang| is_traditional(lang)) { TRADITIONAL } else { Chinese.full_tag() }
    }
}

/// The runs of a text that are in another language than it.
fn foreign(text: &str, lang: &Lang) -> Vec<Range<usize>> {
    match lang.script() {
        Script::Han => passages(text),
        Script::Latin if text.is_ascii() => Vec::new(),
        Script::Latin => runs(text, |c| is_han(c) || is_mark(c), |c| is_han(*c)),
    }
}

/// The passages in Latin letters of a Chinese text.
fn passages(text: &str) -> Vec<Range<usize>> {
    let may = |c: char| c.is_ascii() || matches!(c, '’' | '“' | '”' | '–' | '—');
    let mut found = runs(text, may, char::is_ascii_alphabetic);
    found.retain(|run| text[run.clone()].split(' ').filter(|w| w.starts_with(char::is_alphabetic)).count() >= PASSAGE);
    found
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' | '·')
}

/// The longest runs of characters that may be in one, from the first to the last of those that make it one.
fn runs(text: &str, may: impl Fn(char) -> bool, makes: impl Fn(&char) -> bool) -> Vec<Range<usize>> {
    let (mut found, mut run): (Vec<Range<usize>>, Option<Range<usize>>) = (Vec::new(), None);
    for (at, c) in text.char_indices() {
        if !may(c) {
            found.extend(run.take());
        } else if makes(&c) {
            run.get_or_insert(at..at).end = at + c.len_utf8();
        }
    }
    found.extend(run);
    found
}

#[cfg(test)]
mod tests {
    use super::foreign;
    use crate::model::Lang;

    fn found<'t>(text: &'t str, tag: &str) -> Vec<&'t str> {
        let lang = Lang::new(tag).expect("a good tag");
        foreign(text, &lang).into_iter().map(|run| &text[run]).collect()
    }

    #[test]
    fn chinese_in_english_is_marked() {
        assert_eq!(found("the word 硅光 (silicon photonics)", "en"), ["硅光"]);
        assert_eq!(found("called 《大小，模型》 here", "en"), ["大小，模型"]);
        assert_eq!(found("naïve “quotes” only", "en"), [""; 0]);
    }

    #[test]
    fn a_passage_in_chinese_is_marked_and_a_name_is_not() {
        assert_eq!(found("原文是To be or not to be，很有名", "zh"), ["To be or not to be"]);
        assert_eq!(found("人工智能（AI for Science）与AlphaFold 2", "zh"), [""; 0]);
    }
}
