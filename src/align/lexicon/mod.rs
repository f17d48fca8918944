//! The shipped lexicon: which Chinese words and which English words go together, learned beforehand.
//!
//! A compact file (`lexicon.bin`): the words of both languages in order, each with how often it was seen, and two tables
//! of probabilities. `examples/train_lexicon.rs` makes it; `LEXICON.md` beside it tells from what and under which
//! licence.

pub mod learn;
mod packed;
mod prefix_index;
mod segment;
mod table;
pub(super) mod words;

use std::sync::OnceLock;

use crate::lang::{Lang, Script};
use crate::maths;

pub use packed::PackedTable;
use prefix_index::PrefixIndex;
pub use table::Table;
pub use words::Words;

/// Grades to the doubling of how often a word was seen.
const SEEN_GRADES: f32 = 8.0;

/// The lexicon.
pub struct Lexicon {
    /// English stems.
    pub english: Words,
    /// Chinese characters and words.
    pub chinese: Words,
    /// For every Chinese word or character the English stems that it gives: p(stem | word).
    pub english_of: PackedTable,
    /// For every English stem the Chinese words that it gives: p(word | stem).
    pub chinese_of: PackedTable,
    /// The Chinese words by their characters.
    prefixes: PrefixIndex,
    /// The probability of every grade of the tables.
    probabilities: [f32; 256],
}

impl Lexicon {
    /// The lexicon in the binary.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::decode(include_bytes!("lexicon.bin")).expect("the shipped lexicon is whole"))
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
    pub fn translations(&self, word: &str, lang: &Lang, least: f32) -> impl Iterator<Item = &str> {
        let (from, table, to) = match lang.script() {
            Script::Han => (&self.chinese, &self.english_of, &self.english),
            Script::Latin => (&self.english, &self.chinese_of, &self.chinese),
        };
        let row = from.number(word).map_or(&[][..], |number| table.row(number));
        let likely = move |grade: u8| self.probabilities[usize::from(grade)] >= least;
        row.iter().filter(move |entry| likely(entry.grade())).map(move |entry| to.name(entry.word()))
    }

    /// Calls `found` with the number of characters and the number of every Chinese word of several characters that a text
    /// begins with, the shortest first.
    pub(super) fn chinese_words(&self, text: &str, found: impl FnMut(usize, u32)) {
        self.prefixes.for_each(text, found);
    }

    /// The words of a language.
    pub(super) fn words(&self, lang: &Lang) -> &Words {
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

    /// A lexicon of English and Chinese words, the latter in order, and of what the Chinese ones give and what the English ones give.
    pub fn of([english, chinese]: [Words; 2], [english_of, chinese_of]: [PackedTable; 2]) -> Self {
        let prefixes = PrefixIndex::of(&chinese);
        Self { english, chinese, english_of, chinese_of, prefixes, probabilities: packed::probabilities() }
    }

    /// Reads a lexicon; `None` when it is cut short.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut decoder = Decoder { bytes, at: 0 };
        let english = decoder.words()?;
        let chinese = decoder.words()?;
        // Beside each other: every start waits for both.
        let tables = || Some([decoder.table(chinese.len())?, decoder.table(english.len())?]);
        let (tables, prefixes) = rayon::join(tables, || PrefixIndex::of(&chinese));
        let [english_of, chinese_of] = tables?;
        Some(Self { english, chinese, english_of, chinese_of, prefixes, probabilities: packed::probabilities() })
    }

    /// Writes a lexicon; its words must stand in order.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for words in [&self.english, &self.chinese] {
            put_varint(&mut out, words.len());
            let mut before: &[u8] = b"";
            for (name, seen) in words.names().zip(&words.seen) {
                let name = name.as_bytes();
                let shared = name.iter().zip(before).take_while(|(a, b)| a == b).count();
                put_varint(&mut out, shared);
                put_varint(&mut out, name.len() - shared);
                out.extend_from_slice(&name[shared..]);
                out.push(grade(1.0 + seen, SEEN_GRADES));
                before = name;
            }
        }
        for table in [&self.english_of, &self.chinese_of] {
            for row in (0..).take(table.len()).map(|word| table.row(word)) {
                put_varint(&mut out, row.len());
                let mut last = 0;
                for entry in row {
                    put_varint(&mut out, (entry.word() - last) as usize);
                    out.push(entry.grade());
                    last = entry.word();
                }
            }
        }
        out
    }
}

/// The part of a lexicon that is about one direction.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// The words, and for every feature what it gives of them.
    known: Option<(&'a Words, &'a PackedTable)>,
    probabilities: &'a [f32; 256],
}

impl<'a> View<'a> {
    /// The translations of a feature, with their probabilities: those that `find` knows, by the numbers that it gives them.
    pub(super) fn translations(
        &self,
        feature: u32,
        find: impl Fn(u32) -> Option<u32>,
    ) -> impl Iterator<Item = (u32, f32)> {
        let entries = self.known.map_or(&[][..], |(_, rows)| rows.row(feature));
        let found = entries.iter().filter_map(move |entry| Some((find(entry.word())?, entry.grade())));
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
        self.known.map_or(0.0, |(words, _)| words.seen[word as usize])
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

/// A number in seven-bit groups, the lowest first.
fn put_varint(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads the bytes of a lexicon.
struct Decoder<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Decoder<'_> {
    #[inline]
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    #[inline]
    fn varint(&mut self) -> Option<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    fn words(&mut self) -> Option<Words> {
        let mut words = Words::default();
        let mut name = Vec::new();
        let seen: [f32; 256] = std::array::from_fn(|grade| maths::exp2(grade as f32 / SEEN_GRADES) - 1.0);
        let count = self.varint()?;
        // A word takes at least three bytes: a count that lies cannot ask for more room than the file has.
        words.reserve(count.min(self.bytes.len() / 3));
        for _ in 0..count {
            let shared = self.varint()?;
            let more = self.varint()?;
            name.truncate(shared);
            name.extend_from_slice(self.bytes.get(self.at..self.at + more)?);
            self.at += more;
            words.add(std::str::from_utf8(&name).ok()?, seen[usize::from(self.byte()?)]);
        }
        Some(words)
    }

    fn table(&mut self, rows: usize) -> Option<PackedTable> {
        let mut table = PackedTable::default();
        for _ in 0..rows {
            let mut last = 0;
            for _ in 0..self.varint()? {
                last += u32::try_from(self.varint()?).ok()?;
                table.push(last, self.byte()?);
            }
            table.end_row();
        }
        Some(table)
    }
}
