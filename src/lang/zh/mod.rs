//! Chinese: words of a dictionary by longest match; every dictionary word and character in a text is a feature, so that no
//! segmentation can be wrong for long. Traditional characters are read as their simplified forms.

mod callouts;
mod charts;
mod conventions;
mod export;
mod foreign;
pub(super) mod names;
pub(super) mod negation;
pub(super) mod number;
pub(super) mod polarity;
pub mod regional;
pub(super) mod sentences;
mod words;

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashSet;

pub use super::cjk::is_han;
use super::number::{Number, units};
use super::shape::{Magnitude, Shape};
use super::width::half;
use super::{Conventions, Cue, Denials, ExportWords, Known, Lang, Language, Lists, Reader, ReferenceWords, en};
use crate::message::Message;

/// Chinese, simplified and traditional.
pub struct Chinese;

/// The tag of Chinese in Traditional characters.
pub const TRADITIONAL: &str = "zh-Hant";

/// The tag of Chinese as it is spoken, in Latin letters.
pub const PINYIN: &str = "zh-Latn";

/// Longest word of the dictionary, in characters.
pub const LONGEST: usize = 4;

/// The beginnings of a text that may be a word of several characters, with how many those are.
pub fn beginnings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).zip(1..).take(LONGEST).skip(1);
    ends.map(|(end, count)| (count, &text[..end]))
}

/// How far a word in Latin letters reaches, in characters.
const LATIN: f32 = 2.0;

/// The words of references, from a data file.
pub(super) static REFERENCES: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("references.txt")));

/// The words between numbers, from a data file.
pub(super) static VALUES: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("values.txt")));

impl Language for Chinese {
    fn tag(&self) -> &'static str {
        "zh"
    }

    fn full_tag(&self) -> &'static str {
        "zh-CN"
    }

    fn region(&self, tag: &str) -> Option<&'static str> {
        Some(if self.writing(tag) == "hant" { "tw" } else { "cn" })
    }

    fn writing(&self, tag: &str) -> &'static str {
        let tag = tag.to_ascii_lowercase();
        match tag.split('-').skip(1).find(|part| part.len() == 4) {
            Some("latn") => "latn",
            Some("hant") => "hant",
            Some(_) => "hans",
            None if tag.split('-').skip(1).any(|part| ["tw", "hk", "mo"].contains(&part)) => "hant",
            None => "hans",
        }
    }

    fn form_of(&self, lines: &mut dyn Iterator<Item = &str>) -> Lang {
        let (mut traditional, mut simplified) = (0usize, 0usize);
        for c in lines.flat_map(str::chars) {
            traditional += usize::from(is_only_traditional(c));
            simplified += usize::from(is_only_simplified(c));
        }
        let tag = if traditional > simplified { TRADITIONAL } else { self.tag() };
        Lang::new(tag).expect("a module has the tags of its language")
    }

    fn name(&self, tag: &str) -> Option<Message> {
        match (tag, self.writing(tag)) {
            ("zh" | "zh-CN", _) => Some(msg!("Chinese")),
            ("zh-Hans", _) => Some(msg!("Simplified Chinese")),
            (_, "hant") => Some(msg!("Traditional Chinese")),
            _ => None,
        }
    }

    fn conventions(&self) -> &'static Conventions {
        &conventions::CONVENTIONS
    }

    fn quotation_marks(&self, tag: &str) -> [char; 2] {
        if self.writing(tag) == "hant" { ['「', '」'] } else { ['“', '”'] }
    }

    fn name_dot(&self, tag: &str) -> char {
        if self.writing(tag) == "hant" { '‧' } else { '·' }
    }

    fn export_words(&self, tag: &str) -> &'static ExportWords {
        if self.writing(tag) == "hant" { &export::TRADITIONAL_WORDS } else { &export::WORDS }
    }

    fn reference_words(&self, tag: &str) -> &'static ReferenceWords {
        if self.writing(tag) == "hant" { &export::TRADITIONAL_REFERENCES } else { &export::REFERENCES }
    }

    fn callout_titles(&self, tag: &str) -> &'static [(&'static str, &'static str)] {
        if self.writing(tag) == "hant" { &callouts::TRADITIONAL } else { &callouts::TITLES }
    }

    fn is_letter(&self, c: char) -> bool {
        is_han(c)
    }

    fn read(&self, text: &str, reader: &mut dyn Reader) {
        let (mut at, mut latin, mut run) = (0.0, String::new(), Run::default());
        for c in text.chars().chain(['\n']) {
            if is_han(c) {
                at = read_latin(&mut latin, at, reader);
                run.push(simplified(c));
            } else {
                at = run.read(at, reader);
                latin.push(half(c));
            }
        }
        let end = read_latin(&mut latin, at, reader);
        for word in names::spelled(text) {
            let word = en::number(&word, reader);
            reader.feature(word, end / 2.0);
        }
        reader.extent(end.max(1.0));
    }

    /// Names in Latin letters stay as they are.
    fn romanised(&self, name: &str) -> Vec<String> {
        if name.contains(is_han) { names::romanised(name) } else { en::English.romanised(name) }
    }

    fn sounded(&self, name: &str) -> String {
        names::sounded(name)
    }

    fn is_transliterated(&self, name: &str) -> bool {
        name.contains(is_han) && name.contains(['·', '・', '‧'])
    }

    fn spells(&self, name: &str) -> bool {
        names::is_pinyin(name)
    }

    /// Characters; marks and Latin letters count less.
    fn length(&self, text: &str) -> f32 {
        let wide = |c: char| ('\u{3000}'..='\u{303f}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
        let of = |c: char| {
            if is_han(c) {
                1.0
            } else if wide(c) {
                0.8
            } else {
                0.33
            }
        };
        text.chars().filter(|c| !c.is_whitespace()).map(of).sum()
    }

    /// Measured on licensed books and on this project's publication: 3.4 to 4.3.
    fn letters(&self) -> f32 {
        3.8
    }

    fn quotes(&self, text: &str) -> bool {
        text.contains(['“', '”', '"', '「', '」', '‘', '’'])
    }

    fn sentences(&self, text: &str) -> Vec<Range<usize>> {
        sentences::split(text)
    }

    fn questions(&self, text: &str) -> usize {
        sentences::questions(&self.folded(text))
    }

    fn numbers(&self, text: &str) -> Vec<Number> {
        number::numbers(text)
    }

    fn scales(&self, text: &str) -> Vec<(f64, Range<usize>)> {
        number::scale::scales(&number::in_simplified(text))
    }

    /// Those after a numeral, however vague: 几分钟, 数年.
    fn units(&self, text: &str) -> Vec<(&'static str, Range<usize>)> {
        units::named(&number::in_simplified(text), |before, _| {
            before.is_ascii_digit() || "一二三四五六七八九十百千万亿两几数半".contains(before)
        })
    }

    fn counts_units(&self) -> bool {
        true
    }

    fn measures(&self, _text: &str, _unit: &str) -> bool {
        false
    }

    fn is_foreign(&self, text: &str) -> bool {
        foreign::is_foreign(text)
    }

    fn is_prose(&self, text: &str) -> bool {
        foreign::is_prose(text)
    }

    fn foreign(&self, text: &str) -> Vec<Range<usize>> {
        foreign::stretches(text)
    }

    fn is_foreign_clause(&self, stretch: &str) -> bool {
        foreign::is_clause(stretch)
    }

    fn folded(&self, text: &str) -> String {
        text.chars().map(simplified).collect()
    }

    fn may_deny(&self, text: &str) -> bool {
        negation::may_deny(text)
    }

    fn denials(&self, text: &str, known: Known<'_>) -> Denials {
        negation::denials(text, known)
    }

    fn tells(&self, word: &str) -> bool {
        !negation::denies(word)
    }

    fn clauses(&self, text: &str) -> Vec<Range<usize>> {
        negation::clauses(text)
    }

    fn places(&self, text: &str, word: &str, known: Known<'_>) -> Vec<usize> {
        negation::places(text, word, known)
    }

    fn cues(&self, text: &str) -> Vec<Cue> {
        polarity::cues(text)
    }

    fn oppositions(&self) -> &'static Lists {
        &polarity::LISTS
    }

    fn value_words(&self) -> &'static Lists {
        &VALUES
    }

    fn references(&self) -> &'static Lists {
        &REFERENCES
    }

    fn magnitudes(&self, tag: &str) -> &'static [Magnitude] {
        if self.writing(tag) == "hant" { charts::TRADITIONAL_MAGNITUDES } else { charts::MAGNITUDES }
    }

    fn magnitude_gap(&self) -> &'static str {
        ""
    }

    fn chart_sentence(&self, tag: &str, shape: &Shape<'_>) -> String {
        charts::sentence(shape, self.writing(tag) == "hant")
    }
}

/// The simplified form of a character; itself when it has none.
pub fn simplified(c: char) -> char {
    /// The simplified forms of the characters from [`FIRST`] on; `\0` for those that have none.
    static FORMS: OnceLock<Vec<char>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let pairs = include_str!("traditional.txt").lines().filter(|line| !line.starts_with('#'));
        let mut forms = Vec::new();
        for (traditional, simplified) in pairs.filter_map(|line| Some((line.chars().next()?, line.chars().nth(1)?))) {
            let at = (traditional as usize).saturating_sub(FIRST);
            forms.resize(forms.len().max(at + 1), '\0');
            forms[at] = simplified;
        }
        forms
    });
    let form = (c as usize).checked_sub(FIRST).and_then(|at| forms.get(at));
    form.copied().filter(|form| *form != '\0').unwrap_or(c)
}

/// Whether a language is written in Traditional characters, by its tag.
pub fn is_traditional(lang: &Lang) -> bool {
    Chinese.writing(lang.tag()) == "hant"
}

/// Characters that have a simplified form but that Simplified Chinese keeps, mostly in names.
const KEPT: &str = "後徵於甯砦鍾甦濬珮";

/// Whether Simplified Chinese does not write a character.
pub fn is_only_traditional(c: char) -> bool {
    simplified(c) != c && !KEPT.contains(c)
}

/// Whether only Simplified Chinese writes a character.
pub fn is_only_simplified(c: char) -> bool {
    static FORMS: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
        include_str!("simplified.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::chars).collect()
    });
    c as usize >= FIRST && FORMS.contains(&c)
}

/// The first Chinese character.
const FIRST: usize = 0x3400;

fn read_latin(latin: &mut String, mut at: f32, reader: &mut dyn Reader) -> f32 {
    if !latin.is_empty() {
        en::words(latin, &mut |written| {
            let word = en::number(written, reader);
            reader.word(word, at + LATIN / 2.0);
            reader.feature(word, at + LATIN / 2.0);
            at += LATIN;
        });
        latin.clear();
    }
    at
}

/// Chinese characters in a row.
#[derive(Default)]
struct Run {
    text: String,
    /// Where each character ends.
    ends: Vec<usize>,
    /// The words at a place: where they end, in characters, and their numbers.
    known: Vec<(usize, u32)>,
}

impl Run {
    fn push(&mut self, c: char) {
        self.text.push(c);
        self.ends.push(self.text.len());
    }

    fn read(&mut self, begin: f32, reader: &mut dyn Reader) -> f32 {
        let count = self.ends.len();
        let place = |from: usize, to: usize| begin + (from + to) as f32 / 2.0;
        // The longest dictionary word at every place of a word.
        let mut free = 0;
        for from in 0..count {
            let start = from.checked_sub(1).map_or(0, |before| self.ends[before]);
            let (mut longest, mut word) = (from + 1, reader.number(&self.text[start..self.ends[from]]));
            reader.feature(word, place(from, from + 1));
            reader.known(&self.text[start..], &mut |long, number| self.known.push((from + long, number)));
            for (to, known) in self.known.drain(..) {
                reader.feature(known, place(from, to));
                if to > longest {
                    (longest, word) = (to, known);
                }
            }
            if from == free {
                reader.word(word, place(from, longest));
                free = longest;
            }
        }
        self.text.clear();
        self.ends.clear();
        begin + count as f32
    }
}
