//! The shipped lexicon: which Chinese words and which English words go together, learned beforehand.
//!
//! A compact file (`lexicon.bin`): the words of both languages in order, each with how often it was seen, and two tables
//! of probabilities. `examples/train_lexicon.rs` makes it; `LEXICON.md` beside it tells from what and under which
//! licence.

pub mod learn;
mod openings;
mod table;
pub(super) mod words;

use std::sync::OnceLock;

use crate::model::Lang;

use openings::Openings;
pub use table::Table;
pub use words::Words;

/// The lexicon.
#[derive(Default)]
pub struct Lexicon {
    /// English stems.
    pub english: Words,
    /// Chinese characters and words.
    pub chinese: Words,
    /// For every Chinese word or character the English stems that it gives: p(stem | word).
    pub english_of: Table,
    /// For every English stem the Chinese words that it gives: p(word | stem).
    pub chinese_of: Table,
    /// Which Chinese words there may be.
    openings: Openings,
}

impl Lexicon {
    /// The lexicon in the binary.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::decode(include_bytes!("lexicon.bin")).expect("the shipped lexicon is whole"))
    }

    /// Whether a Chinese word of several characters is known.
    pub fn knows(&self, word: &str) -> bool {
        self.chinese_word(word).is_some()
    }

    /// The number of a Chinese word of several characters.
    pub(super) fn chinese_word(&self, word: &str) -> Option<u32> {
        if self.openings.may_begin(word) { self.chinese.number(word) } else { None }
    }

    /// The words of a language; none of another than Chinese and English.
    pub(super) fn words(&self, lang: &Lang) -> Option<&Words> {
        match lang.primary() {
            "en" => Some(&self.english),
            _ => lang.is_chinese().then_some(&self.chinese),
        }
    }

    /// What the lexicon knows of words of a language beside features of another; nothing of other languages.
    pub(super) fn view(&self, words: &Lang, features: &Lang) -> View<'_> {
        const NOTHING: &Table = &Table::new();
        let english = |lang: &Lang| lang.primary() == "en";
        match (words.is_chinese(), features.is_chinese()) {
            (true, false) if english(features) => View { words: Some(&self.chinese), table: &self.chinese_of },
            (false, true) if english(words) => View { words: Some(&self.english), table: &self.english_of },
            _ => View { words: None, table: NOTHING },
        }
    }

    /// Reads a lexicon; `None` when it is cut short.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader { bytes, at: 0 };
        let english = reader.words()?;
        let chinese = reader.words()?;
        let english_of = reader.table(chinese.len())?;
        let chinese_of = reader.table(english.len())?;
        let openings = Openings::of(&chinese);
        Some(Self { english, chinese, english_of, chinese_of, openings })
    }

    /// Writes a lexicon; its words must stand in order.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for words in [&self.english, &self.chinese] {
            put(&mut out, words.len());
            let mut before: &[u8] = b"";
            for (name, seen) in words.names().zip(&words.seen) {
                let name = name.as_bytes();
                let shared = name.iter().zip(before).take_while(|(a, b)| a == b).count();
                put(&mut out, shared);
                put(&mut out, name.len() - shared);
                out.extend_from_slice(&name[shared..]);
                out.push(logarithm(1.0 + seen, 8.0));
                before = name;
            }
        }
        for table in [&self.english_of, &self.chinese_of] {
            for row in table.rows() {
                put(&mut out, row.len());
                let mut last = 0;
                for &(word, probability) in row {
                    put(&mut out, (word - last) as usize);
                    out.push(logarithm(1.0 / probability, 20.0));
                    last = word;
                }
            }
        }
        out
    }
}

/// The part of a lexicon that is about one direction.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    words: Option<&'a Words>,
    table: &'a Table,
}

impl<'a> View<'a> {
    /// The words that a feature gives, by their numbers, with their probabilities.
    pub(super) fn given_by(&self, feature: u32) -> &'a [(u32, f32)] {
        self.table.row(feature)
    }

    /// How often a word was seen.
    pub(super) fn seen(&self, word: u32) -> f32 {
        self.words.map_or(0.0, |words| words.seen[word as usize])
    }

    /// How many words were seen in all.
    pub(super) fn total(&self) -> f32 {
        self.words.map_or(0.0, Words::total)
    }
}

/// A number from 1 up on a scale of `steps` to the doubling.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn logarithm(value: f32, steps: f32) -> u8 {
    (value.max(1.0).log2() * steps).round().clamp(0.0, 255.0) as u8
}

/// A number in seven-bit groups, the lowest first.
fn put(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        self.at += 1;
        self.bytes.get(self.at - 1).copied()
    }

    fn number(&mut self) -> Option<usize> {
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
        let count = self.number()?;
        // A word takes at least three bytes: a count that lies cannot ask for more room than the file has.
        words.reserve(count.min(self.bytes.len() / 3));
        for _ in 0..count {
            let shared = self.number()?;
            let more = self.number()?;
            name.truncate(shared);
            name.extend_from_slice(self.bytes.get(self.at..self.at + more)?);
            self.at += more;
            let seen = (f32::from(self.byte()?) / 8.0).exp2() - 1.0;
            words.add(std::str::from_utf8(&name).ok()?, seen);
        }
        Some(words)
    }

    fn table(&mut self, rows: usize) -> Option<Table> {
        let mut table = Table::new();
        let probabilities: [f32; 256] = std::array::from_fn(|byte| (-(byte as f32) / 20.0).exp2());
        for _ in 0..rows {
            let mut last = 0;
            for _ in 0..self.number()? {
                last += u32::try_from(self.number()?).ok()?;
                table.push((last, probabilities[usize::from(self.byte()?)]));
            }
            table.end_row();
        }
        Some(table)
    }
}
