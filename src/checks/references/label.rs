//! References in words: Chapter 10, 第十章, Listing 4-5, 示例 4-5, Appendix C.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lang::{self, Lists};
use crate::message::Message;
use crate::model::Lang;

/// A reference in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::checks) struct Label {
    /// What is referred to.
    pub(in crate::checks) kind: Referent,
    /// Its number; parts are joined by hyphens.
    pub(in crate::checks) number: String,
    /// Bytes of the text, from the word to the number.
    pub(in crate::checks) range: Range<usize>,
}

/// What can be referred to by a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::checks) enum Referent {
    Chapter,
    Section,
    Part,
    Listing,
    Figure,
    Table,
    Appendix,
    Equation,
}

impl Label {
    /// How a message names what is referred to.
    pub(in crate::checks) fn message(&self) -> Message {
        let number = self.number.as_str();
        match self.kind {
            Referent::Chapter => msg!("chapter {number}", number),
            Referent::Section => msg!("section {number}", number),
            Referent::Part => msg!("part {number}", number),
            Referent::Listing => msg!("listing {number}", number),
            Referent::Figure => msg!("figure {number}", number),
            Referent::Table => msg!("table {number}", number),
            Referent::Appendix => msg!("appendix {number}", number),
            Referent::Equation => msg!("equation {number}", number),
        }
    }
}

impl Referent {
    /// Whether its name, counted, is also said of what bears no number: the first part of the game, the second section.
    pub(super) fn may_be_any(self) -> bool {
        matches!(self, Self::Part | Self::Section)
    }

    /// What a list of `references.txt` is named after, if it is one of these.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "chapter" => Self::Chapter,
            "section" => Self::Section,
            "part" => Self::Part,
            "listing" => Self::Listing,
            "figure" => Self::Figure,
            "table" => Self::Table,
            "appendix" => Self::Appendix,
            "equation" => Self::Equation,
            _ => return None,
        })
    }
}

/// The words of references in all languages: a text in one may refer in words of another.
struct Words {
    /// Words before a number by their first characters, the longer ones first.
    before: FxHashMap<char, Vec<(&'static str, Referent)>>,
    /// What makes another word of one of [`glued`](Self::glued) that follows it.
    glue: Vec<char>,
    glued: Vec<char>,
    /// What stands before a number that a word follows.
    nth: Vec<char>,
    /// What may join two numbers after one word.
    join: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lists: Vec<&Lists> = lang::ALL.into_iter().map(|language| language.references()).collect();
    let all = |name: &str| lists.iter().flat_map(|lists| lists.words(name)).copied().collect::<Vec<&str>>();
    let letters = |name: &str| all(name).into_iter().flat_map(str::chars).collect();
    let join = std::iter::once(",").chain(all("join")).collect();
    let mut words: Vec<_> = lists.iter().flat_map(|lists| referents(lists, "")).collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    let mut before: FxHashMap<char, Vec<_>> = FxHashMap::default();
    for (word, kind) in words {
        let first = word.chars().next().expect("invariant: a list has no empty word");
        before.entry(first).or_default().push((word, kind));
    }
    Words { before, glue: letters("glue"), glued: letters("glued"), nth: letters("nth"), join }
});

/// The words of the lists that are named after a referent after a prefix.
fn referents(lists: &Lists, prefix: &str) -> Vec<(&'static str, Referent)> {
    let kinds = lists.names().filter_map(|name| Some((name, Referent::named(name.strip_prefix(prefix)?)?)));
    kinds.flat_map(|(name, kind)| lists.words(name).iter().map(move |word| (*word, kind))).collect()
}

/// The references of a text in order of place.
pub(in crate::checks) fn labels(text: &str, lang: &Lang) -> Vec<Label> {
    let lists = lang::of(lang).references();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at = read(text, at, c, lists, &mut found).unwrap_or(at + c.len_utf8());
    }
    found
}

/// The reference that a text begins with.
pub(in crate::checks) fn leading(text: &str, lang: &Lang) -> Option<Label> {
    let mut found = Vec::new();
    read(text, 0, text.chars().next()?, lang::of(lang).references(), &mut found);
    found.into_iter().next()
}

/// Adds the references that begin with the character at a place; gives the end of the last one.
fn read(text: &str, at: usize, c: char, lists: &Lists, found: &mut Vec<Label>) -> Option<usize> {
    let words = WORDS.before.get(&c).map_or(&[][..], Vec::as_slice);
    match words.iter().find(|(word, _)| text[at..].starts_with(word)).filter(|_| !is_glued(text, at, c)) {
        Some((word, kind)) => series(text, at, at + word.len(), *kind, found),
        None if WORDS.nth.contains(&c) => counted(text, at, lists, found),
        None => None,
    }
}

/// Whether the character at a place goes on with a word that begins before it.
fn is_glued(text: &str, at: usize, c: char) -> bool {
    if c.is_ascii_alphabetic() {
        text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
    } else {
        WORDS.glued.contains(&c) && text[..at].ends_with(&WORDS.glue[..])
    }
}

/// Adds the numbers after a word; gives the end of the last one.
fn series(text: &str, start: usize, after: usize, kind: Referent, found: &mut Vec<Label>) -> Option<usize> {
    let letters = kind == Referent::Appendix;
    let (number, mut end) = number(text, after, letters).or_else(|| spelled(text, start..after, kind))?;
    // A bare number after 表 or 图 can be anything; one in two parts is a reference.
    let parts = number.contains('-');
    found.push(Label { kind, number, range: start..end });
    while let Some((number, next)) = following(text, end, letters) {
        if number.contains('-') != parts {
            break;
        }
        found.push(Label { kind, number, range: end..next });
        end = next;
    }
    Some(end)
}

fn following(text: &str, end: usize, letters: bool) -> Option<(String, usize)> {
    let rest = text[end..].trim_start();
    let word = WORDS.join.iter().find(|word| rest.starts_with(**word))?;
    number(text, text.len() - rest.len() + word.len(), letters)
}

/// A number after blanks: 4, 4-5, 4.5, C.
fn number(text: &str, at: usize, letters: bool) -> Option<(String, usize)> {
    let rest = text[at..].trim_start_matches([' ', '\u{a0}']);
    let start = text.len() - rest.len();
    let first = rest.chars().next()?;
    if letters && first.is_ascii_uppercase() && !rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Some((first.to_string(), start + 1));
    }
    let mut out = String::new();
    let mut end = start;
    loop {
        let digits = text[end..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return None;
        }
        out.push_str(&text[end..end + digits]);
        end += digits;
        let joint = text[end..].chars().next().filter(|c| matches!(c, '-' | '.' | '–' | '‑' | '－'));
        match joint {
            Some(c) if text[end + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()) => {
                out.push('-');
                end += c.len_utf8();
            }
            _ => break,
        }
    }
    let unit = text[end..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '%');
    (!unit).then_some((out, end))
}

/// A number of a part or chapter in Roman letters or in words: Part II, Chapter Two.
fn spelled(text: &str, word: Range<usize>, kind: Referent) -> Option<(String, usize)> {
    let is_title = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    let rest = text[word.end..].strip_prefix([' ', '\u{a0}']).filter(|_| is_title(&text[word.start..]))?;
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &rest[..length];
    if !matches!(kind, Referent::Part | Referent::Chapter | Referent::Appendix) || !is_title(word) {
        return None;
    }
    let ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let small = word.to_ascii_lowercase();
    let roman = roman.iter().position(|known| *known == small && word == word.to_ascii_uppercase());
    let value = roman.or_else(|| ones.iter().position(|known| *known == small))?;
    Some(((value + 1).to_string(), text.len() - rest.len() + length))
}

/// 第十章, 第 10 章, 第五、六章.
fn counted(text: &str, at: usize, lists: &Lists, found: &mut Vec<Label>) -> Option<usize> {
    let nth = lists.words("nth").iter().find(|nth| text[at..].starts_with(**nth))?;
    // 倒数第二章 is counted from the end.
    if lists.words("nth glue").iter().any(|glue| text[..at].ends_with(glue)) {
        return None;
    }
    let mut end = at + nth.len();
    let mut numbers = Vec::new();
    let referents = referents(lists, "nth ");
    loop {
        let (value, after) = chinese(text, end)?;
        numbers.push(value);
        let rest = text[after..].trim_start_matches(' ');
        end = text.len() - rest.len();
        if let Some((word, kind)) = referents.iter().find(|(word, _)| rest.starts_with(word)) {
            end += word.len();
            let label = |number: u32| Label { kind: *kind, number: number.to_string(), range: at..end };
            found.extend(numbers.into_iter().map(label));
            return Some(end);
        }
        let joint = lists.words("nth join").iter().find(|joint| rest.starts_with(**joint))?;
        end += joint.len();
        end += if text[end..].starts_with(nth) { nth.len() } else { 0 };
    }
}

/// A number below a hundred in digits or characters, and where it ends.
fn chinese(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text[at..].trim_start_matches(' ');
    let start = text.len() - rest.len();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((rest[..digits].parse().ok()?, start + digits));
    }
    let (mut tens, mut ones, mut end) = (0, 0, start);
    for c in rest.chars() {
        match "一二三四五六七八九".chars().position(|d| d == c) {
            Some(at) => ones = u32::try_from(at).ok()? + 1,
            None if c == '十' => (tens, ones) = (if ones == 0 { 10 } else { ones * 10 }, 0),
            None => break,
        }
        end += c.len_utf8();
    }
    (end > start).then_some((tens + ones, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, lang: &str) -> Vec<String> {
        let lang = Lang::new(lang).unwrap();
        labels(text, &lang).into_iter().map(|label| label.message().to_string()).collect()
    }

    #[test]
    fn chinese_and_english_say_the_same() {
        assert_eq!(
            read("第十二章和第 3 章，示例 4-5 与 4-6，附录 C，图 2.1", "zh"),
            ["chapter 12", "chapter 3", "listing 4-5", "listing 4-6", "appendix C", "figure 2-1"]
        );
        assert_eq!(
            read("Chapters 12 and 3, Listings 4-5 and 4-6, Appendix C, Figure 2.1.", "en"),
            ["chapter 12", "chapter 3", "listing 4-5", "listing 4-6", "appendix C", "figure 2-1"]
        );
        assert_eq!(read("第五、六章；第二十一章", "zh"), ["chapter 5", "chapter 6", "chapter 21"]);
        assert_eq!(
            read("Part II, Part Three, Chapter Two, Chapter X", "en"),
            ["part 2", "part 3", "chapter 2", "chapter 10"]
        );
        assert_eq!(
            read("第二部分，第三節，圖 2.1，範例 4-5", "zh-Hant"),
            ["part 2", "section 3", "figure 2-1", "listing 4-5"]
        );
    }

    #[test]
    fn every_list_has_a_use() {
        for language in lang::ALL {
            for name in language.references().names() {
                let referent = Referent::named(name.strip_prefix("nth ").unwrap_or(name)).is_some();
                let known =
                    referent || matches!(name, "join" | "glue" | "glued" | "nth" | "nth glue" | "nth join" | "brace");
                assert!(known, "{}: {name}", language.tag());
            }
        }
    }

    #[test]
    fn other_words_are_none() {
        assert_eq!(read("第一次，发表 3 篇，倒数第二章，stable 3, a table of 3", "zh"), ["table 3"; 0]);
        assert_eq!(
            read("the first part, Part of it, Part Vast, the chapter I read, Chapters In Brief", "en"),
            ["part 1"; 0]
        );
    }
}
