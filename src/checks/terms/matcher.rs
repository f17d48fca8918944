//! Finds the terms of a language in a text. The longest term wins, so that one inside another does not count.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lang::Script;
use crate::lang::en::stems;
use crate::lang::zh::{is_han, simplified};
use crate::model::{Glossary, Lang};

/// The most words that a form can have.
const LONGEST: usize = 6;

/// The forms of all terms in one language, ready for searching.
pub(super) struct Matcher {
    chinese: bool,
    /// Whether English words with one stem are one: ‘compiled’ and ‘compiler’.
    loose: bool,
    forms: FxHashMap<String, Vec<Form>>,
    /// How forms begin: a Chinese one with a character, one of several words with its first word. Most of a text begins
    /// no form.
    openings: FxHashSet<String>,
    /// The length of the longest form in characters.
    longest: usize,
}

#[derive(Clone)]
struct Form {
    term: usize,
    forbidden: bool,
    /// An abbreviation counts only as it is written: ‘IT’ is not ‘it’.
    as_written: Option<String>,
}

/// A term in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hit {
    /// Its place in the termbase.
    pub(super) term: usize,
    /// Whether this is a form that must not be used.
    pub(super) forbidden: bool,
    /// Its place in the text.
    pub(super) range: Range<usize>,
}

impl Matcher {
    /// Finds the words themselves, in singular and plural. What it finds may be reported.
    pub(super) fn strict(glossary: &Glossary, lang: &Lang) -> Self {
        Self::of(glossary, lang, false)
    }

    /// Finds every form of the words, also inside longer terms. What it finds may excuse a sentence.
    pub(super) fn loose(glossary: &Glossary, lang: &Lang) -> Self {
        Self::of(glossary, lang, true)
    }

    fn of(glossary: &Glossary, lang: &Lang, loose: bool) -> Self {
        let chinese = lang.script() == Script::Han;
        let mut matcher =
            Self { chinese, loose, forms: FxHashMap::default(), openings: FxHashSet::default(), longest: 0 };
        for (at, term) in glossary.terms.iter().enumerate() {
            let allowed = term.forms(lang).map(|form| (form, false));
            let forbidden = term.forbidden.get(lang).into_iter().flatten().map(|form| (form, true));
            for (form, forbidden) in allowed.chain(forbidden) {
                matcher.add(at, &form.value, forbidden);
            }
        }
        matcher
    }

    fn add(&mut self, term: usize, text: &str, forbidden: bool) {
        let key = if self.chinese {
            folded(text).into_iter().map(|(_, c)| c).collect()
        } else {
            key(&tokens(text), text, self.loose)
        };
        let capitals = text.len() > 1 && text.chars().filter(|c| c.is_alphabetic()).all(|c| c.is_ascii_uppercase());
        let form = Form { term, forbidden, as_written: (capitals && !self.chinese).then(|| text.to_owned()) };
        if !key.is_empty() {
            self.openings.extend(if self.chinese {
                key.chars().next().map(String::from)
            } else {
                let words = tokens(text);
                (words.len() > 1).then(|| text[words[0].clone()].to_lowercase())
            });
            self.longest = self.longest.max(key.chars().count());
            self.forms.entry(key).or_default().push(form);
        }
    }

    /// The terms of a text from left to right without overlaps; terms with the same form stand together.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        if self.forms.is_empty() {
            Vec::new()
        } else if self.chinese {
            self.chinese(text)
        } else {
            self.spaced(text)
        }
    }

    fn chinese(&self, text: &str) -> Vec<Hit> {
        let chars = folded(text);
        let mut hits = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            if !self.openings.contains(chars[at].1.encode_utf8(&mut [0; 4]) as &str) {
                at += 1;
                continue;
            }
            let most = self.longest.min(chars.len() - at);
            let longest = (1..=most).rev().find_map(|len| {
                let key: String = chars[at..at + len].iter().map(|(_, c)| *c).collect();
                let forms = self.forms.get(&key)?;
                let (first, last) = (chars[at].0, chars[at + len - 1].0);
                let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
                is_whole(text, first..end).then_some((len, first..end, forms))
            });
            at += self.step(longest.as_ref().map(|(len, ..)| *len));
            if let Some((_, range, forms)) = longest {
                let hit = |form: &Form| Hit { term: form.term, forbidden: form.forbidden, range: range.clone() };
                hits.extend(forms.iter().map(hit));
            }
        }
        hits
    }

    /// How far to go on after a term: past it, or one step when the terms inside it are wanted.
    fn step(&self, found: Option<usize>) -> usize {
        found.filter(|_| !self.loose).unwrap_or(1)
    }

    fn spaced(&self, text: &str) -> Vec<Hit> {
        let tokens = tokens(text);
        let mut hits = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let opens = self.openings.contains(&text[tokens[at].clone()].to_lowercase());
            let most = if opens { LONGEST.min(tokens.len() - at) } else { 1 };
            let together = (1..most).take_while(|n| joined(text, &tokens[at + n - 1], &tokens[at + n])).count() + 1;
            let longest = (1..=together).rev().find_map(|len| {
                let range = tokens[at].start..tokens[at + len - 1].end;
                let forms = self.forms.get(&key(&tokens[at..at + len], text, self.loose))?;
                let fits = |form: &&Form| {
                    form.as_written.as_ref().is_none_or(|written| text[range.clone()].trim_end_matches('s') == written)
                };
                let forms: Vec<&Form> = forms.iter().filter(fits).collect();
                (!forms.is_empty()).then_some((len, range, forms))
            });
            at += self.step(longest.as_ref().map(|(len, ..)| *len));
            if let Some((_, range, forms)) = longest {
                let hit = |form: &Form| Hit { term: form.term, forbidden: form.forbidden, range: range.clone() };
                hits.extend(forms.into_iter().map(hit));
            }
        }
        hits
    }
}

/// The characters of a Chinese text without spaces, Latin ones in lowercase, Traditional ones simplified.
fn folded(text: &str) -> Vec<(usize, char)> {
    let fold = |c: char| if is_han(c) { simplified(c) } else { c.to_lowercase().next().unwrap_or(c) };
    text.char_indices().filter(|(_, c)| *c != ' ').map(|(at, c)| (at, fold(c))).collect()
}

/// Whether a range does not cut a word in Latin letters at either end.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let inner = &text[range.clone()];
    let cut = |inside: Option<char>, outside: Option<char>| latin(inside) && latin(outside);
    let after = text[range.end..].strip_prefix('s').unwrap_or(&text[range.end..]);
    !cut(inner.chars().next(), text[..range.start].chars().next_back())
        && !cut(inner.chars().next_back(), after.chars().next())
}

/// The words of a text with spaces; a hyphen separates words, and a possessive ending belongs to no word.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let inside = |c: char| c.is_alphanumeric() && !is_han(c);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(inside).map(|n| at + n) {
        at = text[start..].find(|c| !inside(c)).map_or(text.len(), |n| start + n);
        let possessive = &text[start..at] == "s" && text[..start].ends_with(['\'', '’']);
        if !possessive {
            found.push(start..at);
        }
    }
    found
}

fn joined(text: &str, before: &Range<usize>, after: &Range<usize>) -> bool {
    matches!(&text[before.end..after.start], " " | "-" | "\n" | "‑" | "–" | "'s " | "’s ")
}

/// The key under which words are found: in lowercase without separators, the last as its stem or its singular.
fn key(words: &[Range<usize>], text: &str, loose: bool) -> String {
    let Some((last, front)) = words.split_last() else { return String::new() };
    let mut key: String =
        front.iter().flat_map(|word| text[word.clone()].chars()).flat_map(char::to_lowercase).collect();
    if loose {
        stems(&text[last.clone()], &mut |stem| key.push_str(stem));
    } else {
        key.push_str(&singular(&text[last.clone()].to_lowercase()));
    }
    key
}

/// A word without the ending of a plural.
fn singular(word: &str) -> String {
    let stem = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.len() > 2);
    if let Some(stem) = stem("ies") {
        return format!("{stem}y");
    }
    if let Some(stem) =
        stem("es").filter(|stem| stem.ends_with(['s', 'x', 'z']) || stem.ends_with("ch") || stem.ends_with("sh"))
    {
        return stem.to_owned();
    }
    stem("s").filter(|stem| !stem.ends_with(['s', 'u', 'i'])).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manuscript;
    use crate::source::Sources;

    fn matcher(yaml: &str, tag: &str) -> Matcher {
        let langs = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
        let files = [("zh".to_owned(), "# 一\n".to_owned()), ("en".to_owned(), "# One\n".to_owned())];
        let mut sources = Sources::default();
        let book = manuscript::load_pair(&mut sources, files, langs, Some(("terms".into(), yaml.into())));
        assert!(book.diagnostics.is_empty(), "{:?}", book.diagnostics);
        Matcher::strict(&book.value.glossary, &Lang::new(tag).unwrap())
    }

    fn found(matcher: &Matcher, text: &str) -> Vec<(usize, String)> {
        matcher.hits(text).into_iter().map(|hit| (hit.term, text[hit.range].to_owned())).collect()
    }

    const TERMS: &str = "- {zh: 网络, en: network}\n- {zh: 神经网络, en: neural network}\n- {zh: 数据集, en: data set}\n\
                         - {zh: 信息技术, en: IT}\n- {zh: trait 对象, en: trait object}\n";

    #[test]
    fn the_longest_term_wins() {
        let matcher = matcher(TERMS, "zh");
        assert_eq!(found(&matcher, "神经网络与网络"), [(1, "神经网络".into()), (0, "网络".into())]);
        assert_eq!(found(&matcher, "神經網絡"), [(1, "神經網絡".into())]);
        assert_eq!(found(&matcher, "用trait对象和 subtrait 对象"), [(4, "trait对象".into())]);
    }

    #[test]
    fn english_is_found_in_every_form() {
        let matcher = matcher(TERMS, "en");
        assert_eq!(
            found(&matcher, "Neural networks, networks"),
            [(1, "Neural networks".into()), (0, "networks".into())]
        );
        assert_eq!(
            found(&matcher, "Datasets, data-sets, data. Set"),
            [(2, "Datasets".into()), (2, "data-sets".into())]
        );
        assert_eq!(found(&matcher, "it is IT"), [(3, "IT".into())]);
    }

    #[test]
    fn plurals_are_the_word_and_other_endings_are_not() {
        for (word, one) in
            [("caches", "cach"), ("classes", "class"), ("types", "type"), ("class", "class"), ("bus", "bus")]
        {
            assert_eq!(singular(word), one);
        }
        assert_eq!(singular("dependencies"), "dependency");
    }
}
