//! Names of people, and how they are written in Latin letters.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{is_han, simplified};
use crate::lang::Lists;

/// Surnames, from a data file, and the readings that some have besides their usual one.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("names.txt")));

/// The usual reading of every character.
static PINYIN: LazyLock<FxHashMap<char, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("pinyin.txt").lines().filter(|line| !line.starts_with('#'));
    let readings = lines.filter_map(|line| line.split_once(' '));
    readings.flat_map(|(reading, characters)| characters.chars().map(move |c| (c, reading))).collect()
});

/// The syllables of pinyin, ü written as u.
#[expect(clippy::disallowed_methods, reason = "a set has no order")]
static SYLLABLES: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| PINYIN.values().map(|reading| reading.replace('v', "u")).collect());

/// The most letters of a syllable.
const LONGEST_SYLLABLE: usize = 6;

/// The most characters of a name.
const LONGEST: usize = 4;

/// What a text that is the name of a person may be made of in Latin letters: the surname, what is given, whole and by
/// syllables. Nothing for another text.
pub(super) fn spelled(text: &str) -> Vec<String> {
    let name: Vec<char> = text.trim().chars().take(LONGEST + 1).map(simplified).collect();
    if !(2..=LONGEST).contains(&name.len()) || !name.iter().all(|c| is_han(*c)) {
        return Vec::new();
    }
    let Some(length) = surname(&name) else { return Vec::new() };
    let (surname, given) = name.split_at(length);
    let mut words = readings(surname);
    words.push(joined(surname));
    words.push(joined(given));
    words.extend(given.iter().map(|c| joined(&[*c])));
    words.sort();
    words.dedup();
    words.retain(|word| !word.is_empty());
    // ü is written in several ways.
    let other: Vec<String> =
        words.iter().filter(|word| word.contains('v')).map(|word| word.replace('v', "u")).collect();
    words.extend(other);
    words
}

/// How many characters of a name are the surname.
fn surname(name: &[char]) -> Option<usize> {
    let is_one = |length: usize| {
        let surname: String = name[..length].iter().collect();
        name.len() > length && name.len() <= length + 2 && LISTS.words("surname").contains(&surname.as_str())
    };
    [2, 1].into_iter().find(|length| is_one(*length))
}

fn joined(characters: &[char]) -> String {
    characters.iter().filter_map(|c| PINYIN.get(c).copied()).collect()
}

/// The other readings of a surname, or of a character of a name.
fn readings(written: &[char]) -> Vec<String> {
    let written: String = written.iter().collect();
    let reads = |name: &&str| *name != "surname" && LISTS.words(name).contains(&written.as_str());
    LISTS.names().filter(reads).map(str::to_owned).collect()
}

/// How a text that is the name of a person is spelled in Latin letters, the surname first. None for another text.
pub(super) fn romanised(text: &str) -> Vec<String> {
    let name: Vec<char> = text.trim().chars().take(LONGEST + 1).map(simplified).collect();
    if !(2..=LONGEST).contains(&name.len()) || !name.iter().all(|c| PINYIN.contains_key(c)) {
        return Vec::new();
    }
    let Some(length) = surname(&name) else { return Vec::new() };
    let parts = std::iter::once(&name[..length]).chain(name[length..].chunks(1));
    let mut spelled = vec![String::new()];
    for part in parts {
        let mut ways = readings(part);
        ways.push(joined(part));
        spelled = spelled.iter().flat_map(|head| ways.iter().map(move |way| format!("{head}{way}"))).collect();
    }
    // ü is written in several ways.
    let umlauts: Vec<String> = spelled.iter().filter(|word| word.contains('v')).cloned().collect();
    spelled.extend(umlauts.iter().flat_map(|word| ["u", "yu"].map(|way| word.replace('v', way))));
    spelled
}

/// Whether every word of a name is made of syllables of pinyin.
pub(super) fn is_pinyin(name: &str) -> bool {
    let lower = name.to_lowercase().replace(['ü', 'v'], "u");
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(is_syllables)
}

fn is_syllables(word: &str) -> bool {
    let ends = |end: &usize| SYLLABLES.contains(&word[..*end]) && is_syllables(&word[*end..]);
    word.is_empty() || word.is_ascii() && (1..=LONGEST_SYLLABLE.min(word.len())).any(|end| ends(&end))
}

/// How a name is read in pinyin, by syllables, as one who reads Latin letters hears it. What is in Latin letters stays.
pub(super) fn sounded(name: &str) -> String {
    let mut heard = String::new();
    for c in name.chars() {
        let Some(reading) = PINYIN.get(&simplified(c)) else {
            heard.push(c);
            continue;
        };
        heard.push(' ');
        match reading.as_bytes() {
            [b'q', ..] => heard.extend(["ch", &reading[1..]]),
            [b'c', next, ..] if *next != b'h' => heard.extend(["ts", &reading[1..]]),
            _ => heard.push_str(reading),
        }
    }
    heard
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_spelled_in_pinyin() {
        assert_eq!(spelled("周婷婷"), ["ting", "tingting", "zhou"]);
        assert_eq!(spelled("張偉"), ["wei", "zhang"]);
        assert_eq!(spelled("欧阳明"), ["ming", "ouyang"]);
        assert!(spelled("单于平").contains(&"shan".to_owned()));
        assert!(spelled("吕青").contains(&"lu".to_owned()));
        assert!(spelled("我们").is_empty() && spelled("张").is_empty() && spelled("Wang Ming").is_empty());
    }

    #[test]
    fn every_character_has_one_reading() {
        let lines = include_str!("pinyin.txt").lines().filter(|line| !line.starts_with('#'));
        let mut seen = std::collections::BTreeSet::new();
        for line in lines {
            let (reading, characters) = line.split_once(' ').unwrap();
            assert!(reading.bytes().all(|b| b.is_ascii_lowercase()), "{line}");
            assert!(characters.chars().all(|c| is_han(c) && seen.insert(c)), "{line}");
        }
    }
}
