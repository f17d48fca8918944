//! Words of English that are numbers or parts of them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lang::Lists;

/// What a word is to a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word {
    /// Zero to nineteen.
    Small(f64),
    /// Twenty to ninety.
    Tens(f64),
    Hundred,
    /// A thousand and more.
    Scale(f64),
    /// A dozen.
    Dozen,
    /// First to nineteenth; twentieth to ninetieth; hundredth and more.
    Ordinal(f64),
    OrdinalTens(f64),
    OrdinalScale(f64),
    Half,
    Quarter,
    /// Once, twice, threefold: a multiple by itself.
    Times(f64),
    /// Doubled, tripling: so many times the old amount.
    Becomes(f64),
    /// Both, single.
    Count(f64),
    /// Dual, couple, noon: a number that is implied and not counted.
    Hint(f64),
    /// The nineties.
    Decade(f64),
    /// Halved, halving.
    Halved,
    Month(f64),
    /// Oct, Sept: a month where a day or a year stands beside it.
    ShortMonth(f64),
    And,
    Article,
    Point,
    Minus,
}

/// A word with what it is, and whether it stands in the plural.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    pub(super) word: Word,
    pub(super) plural: bool,
    pub(super) len: usize,
}

/// The letters at the start of a text.
pub(super) fn letters(text: &str) -> usize {
    text.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len())
}

/// The word at the start of a text.
pub(super) fn read(text: &str) -> Option<Read> {
    const LONGEST: usize = 14;
    let len = letters(text);
    if len == 0 || len > LONGEST {
        return None;
    }
    let mut small = [0u8; LONGEST];
    small[..len].copy_from_slice(&text.as_bytes()[..len]);
    small[..len].make_ascii_lowercase();
    let name = std::str::from_utf8(&small[..len]).ok()?;
    let capital = text.starts_with(|c: char| c.is_ascii_uppercase());
    let singular =
        name.strip_suffix("es").filter(|_| name == "halves").map(|_| "half").or_else(|| name.strip_suffix('s'));
    let word = lookup(name, capital).map(|word| (word, false));
    let (word, plural) = word.or_else(|| Some((lookup(singular?, capital).filter(|word| word.has_plural())?, true)))?;
    Some(Read { word, plural, len })
}

impl Word {
    fn has_plural(self) -> bool {
        // “seconds” are time, “ones” and “fives” are not counted with.
        !matches!(self, Self::Small(_) | Self::Tens(_) | Self::Times(_) | Self::And | Self::Article)
            && !matches!(self, Self::Becomes(_) | Self::Month(_) | Self::ShortMonth(_) | Self::Halved | Self::Hint(_))
            && !matches!(self, Self::Decade(_))
            && self != Self::Ordinal(2.0)
    }
}

/// The words, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("words.txt")));

/// What ends the name of a list of words that are numbers only with a capital.
const WITH_CAPITAL: &str = " with a capital";

fn lookup(name: &str, capital: bool) -> Option<Word> {
    static WORDS: LazyLock<FxHashMap<&str, (Word, bool)>> = LazyLock::new(|| LISTS.names().flat_map(of_list).collect());
    let listed = WORDS.get(name).filter(|(_, needs_capital)| capital || !needs_capital).map(|(word, _)| *word);
    listed.or_else(|| counted(name))
}

/// What begins with a number: foursome, fourballs, sevenfold.
fn counted(name: &str) -> Option<Word> {
    const ENDS: [&str; 5] = ["some", "somes", "ball", "balls", "fold"];
    let (number, end) = ENDS.iter().find_map(|end| Some((name.strip_suffix(end)?, *end)))?;
    match lookup(number, false)? {
        Word::Small(value) | Word::Tens(value) if value > 1.0 => {
            Some(if end == "fold" { Word::Times(value) } else { Word::Hint(value) })
        }
        _ => None,
    }
}

/// The words of a list, each with what it is and whether it needs a capital.
fn of_list(list: &'static str) -> impl Iterator<Item = (&'static str, (Word, bool))> {
    let kind = list.strip_suffix(WITH_CAPITAL).unwrap_or(list);
    LISTS.words(list).iter().map(move |entry| {
        let (name, value) = entry.split_once(' ').unwrap_or((entry, "0"));
        let value = value.parse().expect("invariant: a number stands behind the word");
        (name, (word(kind, value), kind.len() < list.len()))
    })
}

/// What a word of a list is.
fn word(list: &str, value: f64) -> Word {
    match list {
        "small" => Word::Small(value),
        "tens" => Word::Tens(value),
        "decade" => Word::Decade(value),
        "hundred" => Word::Hundred,
        "scale" => Word::Scale(value),
        "dozen" => Word::Dozen,
        "ordinal" => Word::Ordinal(value),
        "ordinal tens" => Word::OrdinalTens(value),
        "ordinal scale" => Word::OrdinalScale(value),
        "half" => Word::Half,
        "quarter" => Word::Quarter,
        "times" => Word::Times(value),
        "becomes" => Word::Becomes(value),
        "count" => Word::Count(value),
        "hint" => Word::Hint(value),
        "halved" => Word::Halved,
        "month" => Word::Month(value),
        "short month" => Word::ShortMonth(value),
        "and" => Word::And,
        "article" => Word::Article,
        "point" => Word::Point,
        "minus" => Word::Minus,
        _ => unreachable!("invariant: every list of words.txt is named after a kind"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_lists_is_read() {
        for list in LISTS.names() {
            for entry in LISTS.words(list) {
                let name = entry.split(' ').next().unwrap_or_default();
                let capital = format!("{}{}", name[..1].to_ascii_uppercase(), &name[1..]);
                let found = read(&capital).unwrap_or_else(|| panic!("{list}: {name}"));
                assert_eq!(found.len, name.len());
                assert!(read(name).is_some() != list.ends_with(WITH_CAPITAL), "{list}: {name}");
            }
        }
    }

    #[test]
    fn plurals_are_read_of_what_is_counted() {
        assert!(read("thousands").is_some_and(|read| read.plural && read.word == Word::Scale(1e3)));
        assert!(read("halves").is_some_and(|read| read.plural && read.word == Word::Half));
        assert!(read("seconds").is_none() && read("fives").is_none());
    }
}
