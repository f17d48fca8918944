//! The shipped lexicon: which Chinese words and which English words go together, learned beforehand.
//!
//! A file (`lexicon.bin`) that is searched as it is: the words of both languages in order, each with how often it was seen, and two
//! tables of probabilities, each list with what finds its place in another. Every start would wait for unpacking it.
//! `examples/train_lexicon.rs` makes it; `LEXICON.md` beside it tells from what and under which licence.
//!
//! All numbers have the lowest byte first. Eight of four bytes say how long the lists are (stems, words, the letters of both, the
//! entries of both tables) and how many words of running text of each language were seen. Then follow [`WordList`], twice;
//! [`PackedTable`], twice; the index of Chinese words by their characters; grades; letters.

mod draft;
mod in_place;
pub mod learn;
mod packed;
mod prefix_index;
mod segment;
mod table;
mod word_list;
pub(super) mod words;

use std::sync::OnceLock;

use crate::lang::{Lang, Script};
use crate::maths;

pub use draft::Draft;
use in_place::Cutter;
pub use packed::{Entry, PackedTable};
use prefix_index::PrefixIndex;
pub use table::Table;
pub use word_list::WordList;
pub use words::Words;

/// Grades to the doubling of how often a word was seen.
const SEEN_GRADES: f32 = 8.0;

/// The lexicon, read where its bytes stand.
pub struct Lexicon<'a> {
    /// English stems.
    pub english: WordList<'a>,
    /// Chinese characters and words.
    pub chinese: WordList<'a>,
    /// For every Chinese word or character the English stems that it gives: p(stem | word).
    pub english_of: PackedTable<'a>,
    /// For every English stem the Chinese words that it gives: p(word | stem).
    pub chinese_of: PackedTable<'a>,
    /// The Chinese words by their characters.
    prefixes: PrefixIndex<'a>,
    /// The probability of every grade of the tables.
    probabilities: [f32; 256],
}

impl<'a> Lexicon<'a> {
    /// The lexicon in the binary.
    pub fn shipped() -> &'static Lexicon<'static> {
        static SHIPPED: OnceLock<Lexicon<'static>> = OnceLock::new();
        SHIPPED.get_or_init(|| Lexicon::open(include_bytes!("lexicon.bin")).expect("the shipped lexicon is whole"))
    }

    /// The lexicon in some bytes; `None` when they are cut short. Nothing but their lists' lengths is looked at.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let file = &mut Cutter(bytes);
        let (stems, words) = (file.count()?, file.count()?);
        let (stem_letters, word_letters) = (file.count()?, file.count()?);
        let (stems_given, words_given) = (file.count()?, file.count()?);
        let total = |file: &mut Cutter<'a>| Some(f32::from_le_bytes(*file.numbers(1)?.first()?));
        let (stems_seen, words_seen) = (total(file)?, total(file)?);
        let (english, chinese) = (WordList::open(file, stems)?, WordList::open(file, words)?);
        let english_of = PackedTable::open(file, words, stems_given)?;
        let chinese_of = PackedTable::open(file, stems, words_given)?;
        let prefixes = PrefixIndex::open(file, words)?;
        let (stem_grades, word_grades) = (file.bytes(stems)?, file.bytes(words)?);
        let english = english.with_text(stem_grades, file.bytes(stem_letters)?, stems_seen);
        let chinese = chinese.with_text(word_grades, file.bytes(word_letters)?, words_seen);
        let probabilities = packed::probabilities();
        file.0.is_empty().then_some(Self { english, chinese, english_of, chinese_of, prefixes, probabilities })
    }

    /// Whether a Chinese word of several characters is known.
    pub fn knows(&self, word: &str) -> bool {
        self.chinese.number(word).is_some()
    }

    /// Whether a word of a language is known.
    pub fn has(&self, lang: &Lang, word: &str) -> bool {
        self.words(lang).number(word).is_some()
    }

    /// The translations of a word of a language into the other one that are at least so probable.
    pub fn translations(&self, word: &str, lang: &Lang, least: f32) -> impl Iterator<Item = &'a str> {
        let (from, table, to) = match lang.script() {
            Script::Han => (&self.chinese, &self.english_of, &self.english),
            Script::Latin => (&self.english, &self.chinese_of, &self.chinese),
        };
        // A word that is not known has no row.
        let row = table.row(from.number(word).unwrap_or(u32::MAX));
        let likely = move |grade: u8| self.probabilities[usize::from(grade)] >= least;
        row.filter(move |entry| likely(entry.grade())).map(move |entry| to.name(entry.word()))
    }

    /// Calls `found` with the number of characters and the number of every Chinese word of several characters that a text
    /// begins with, the shortest first.
    pub(super) fn chinese_words(&self, text: &str, found: impl FnMut(usize, u32)) {
        self.prefixes.for_each(text, found);
    }

    /// The words of a language.
    pub(super) fn words(&self, lang: &Lang) -> &WordList<'a> {
        match lang.script() {
            Script::Latin => &self.english,
            Script::Han => &self.chinese,
        }
    }

    /// What the lexicon knows of words of a language beside features of another; nothing of forms of one language.
    pub(super) fn view(&self, words: &Lang, features: &Lang) -> View<'_> {
        let known = match (words.script(), features.script()) {
            (Script::Han, Script::Latin) => Some((&self.chinese, &self.chinese_of)),
            (Script::Latin, Script::Han) => Some((&self.english, &self.english_of)),
            (Script::Han, Script::Han) | (Script::Latin, Script::Latin) => None,
        };
        View { known, probabilities: &self.probabilities }
    }
}

/// The part of a lexicon that is about one direction.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// The words, and for every feature what it gives of them.
    known: Option<(&'a WordList<'a>, &'a PackedTable<'a>)>,
    probabilities: &'a [f32; 256],
}

impl<'a> View<'a> {
    /// The translations of a feature, with their probabilities: those that `find` knows, by the numbers that it gives them.
    pub(super) fn translations(
        &self,
        feature: u32,
        find: impl Fn(u32) -> Option<u32>,
    ) -> impl Iterator<Item = (u32, f32)> {
        let entries = self.known.map(|(_, rows)| *rows).unwrap_or_default().row(feature);
        let found = entries.filter_map(move |entry| Some((find(entry.word())?, entry.grade())));
        found.map(|(word, grade)| (word, self.probabilities[usize::from(grade)]))
    }

    /// Brings the translations of some features into the cache, before [`translations`](Self::translations) asks for one after
    /// the other.
    pub(super) fn prefetch(&self, features: impl Iterator<Item = u32>) {
        if let Some((_, rows)) = self.known {
            rows.prefetch(features);
        }
    }

    /// How often a word was seen.
    pub(super) fn seen(&self, word: u32) -> f32 {
        self.known.map_or(0.0, |(words, _)| words.seen(word))
    }

    /// How many words were seen in all.
    pub(super) fn total(&self) -> f32 {
        self.known.map_or(0.0, |(words, _)| words.total())
    }
}

/// A number from 1 up in so many grades to the doubling.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn grade(value: f32, grades: f32) -> u8 {
    (maths::log2(value.max(1.0)) * grades).round().clamp(0.0, 255.0) as u8
}
