//! The shipped lexicon: which Chinese words and which English words go together, learned beforehand.
//!
//! A compact file (`lexicon.bin`): the words of both languages in order, each with how often it was seen, and two tables
//! of probabilities. `examples/train_lexicon.rs` makes it; `LEXICON.md` beside it tells from what and under which
//! licence.

pub mod learn;

use std::collections::HashMap;
use std::sync::OnceLock;

use rustc_hash::FxBuildHasher;

use crate::model::Lang;
use learn::Table;

/// Words of a language and how often each was seen.
#[derive(Default)]
pub struct Words {
    /// The words, in order.
    pub names: Vec<String>,
    /// How often each was seen.
    pub seen: Vec<f32>,
    numbers: HashMap<String, u32, FxBuildHasher>,
    total: f32,
}

impl Words {
    /// The number of a word.
    pub fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The number of a word, which is added if it is new.
    pub fn add(&mut self, word: &str, seen: f32) -> u32 {
        self.total += seen;
        if let Some(number) = self.number(word) {
            self.seen[number as usize] += seen;
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(word.to_owned());
        self.seen.push(seen);
        self.numbers.insert(word.to_owned(), number);
        number
    }

    /// How many words of running text were seen.
    pub fn total(&self) -> f32 {
        self.total
    }
}

/// The lexicon.
#[derive(Default)]
pub struct Lexicon {
    /// English stems.
    pub english: Words,
    /// Chinese characters and words.
    pub chinese: Words,
    /// For every English stem the Chinese features that give it: p(stem | feature).
    pub to_english: Table,
    /// For every Chinese word the English stems that give it: p(word | stem).
    pub to_chinese: Table,
    /// For every character by its code the bytes of the longest Chinese word that begins with it.
    reach: Vec<u8>,
}

impl Lexicon {
    /// The lexicon in the binary.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::decode(include_bytes!("lexicon.bin")).expect("the shipped lexicon is whole"))
    }

    /// Whether a Chinese word of several characters is known.
    pub fn knows(&self, word: &str) -> bool {
        let first = word.chars().next().and_then(|c| self.reach.get(c as usize));
        first.is_some_and(|reach| word.len() <= usize::from(*reach)) && self.chinese.number(word).is_some()
    }

    /// What the lexicon knows of words of a language beside features of another; nothing of other languages.
    pub(super) fn view(&self, words: &Lang, features: &Lang) -> View<'_> {
        let english = |lang: &Lang| lang.primary() == "en";
        match (words.is_chinese(), features.is_chinese()) {
            (true, false) if english(features) => {
                View { words: Some(&self.chinese), sources: Some(&self.english), table: &self.to_chinese }
            }
            (false, true) if english(words) => {
                View { words: Some(&self.english), sources: Some(&self.chinese), table: &self.to_english }
            }
            _ => View { words: None, sources: None, table: &[] },
        }
    }

    /// Reads a lexicon; `None` when it is cut short.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader { bytes, at: 0 };
        let english = reader.words()?;
        let chinese = reader.words()?;
        let to_english = reader.table(english.names.len())?;
        let to_chinese = reader.table(chinese.names.len())?;
        let reach = reach(&chinese.names);
        Some(Self { english, chinese, to_english, to_chinese, reach })
    }

    /// Writes a lexicon; its words must stand in order.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for words in [&self.english, &self.chinese] {
            put(&mut out, words.names.len());
            let mut before: &[u8] = b"";
            for (name, seen) in words.names.iter().zip(&words.seen) {
                let name = name.as_bytes();
                let shared = name.iter().zip(before).take_while(|(a, b)| a == b).count();
                put(&mut out, shared);
                put(&mut out, name.len() - shared);
                out.extend_from_slice(&name[shared..]);
                out.push(logarithm(1.0 + seen, 8.0));
                before = name;
            }
        }
        for table in [&self.to_english, &self.to_chinese] {
            for sources in table {
                put(&mut out, sources.len());
                let mut last = 0;
                for &(source, probability) in sources {
                    put(&mut out, (source - last) as usize);
                    out.push(logarithm(1.0 / probability, 20.0));
                    last = source;
                }
            }
        }
        out
    }
}

fn reach(words: &[String]) -> Vec<u8> {
    let mut reach = Vec::new();
    for word in words {
        let Some(first) = word.chars().next().map(|c| c as usize) else { continue };
        if reach.len() <= first {
            reach.resize(first + 1, 0);
        }
        reach[first] = reach[first].max(u8::try_from(word.len()).unwrap_or(u8::MAX));
    }
    reach
}

/// The part of a lexicon that is about one direction.
pub(super) struct View<'a> {
    words: Option<&'a Words>,
    sources: Option<&'a Words>,
    table: &'a [Vec<(u32, f32)>],
}

impl<'a> View<'a> {
    /// The features that give a word, by their numbers, with their probabilities.
    pub(super) fn given(&self, word: &str) -> &'a [(u32, f32)] {
        self.words.and_then(|words| words.number(word)).map_or(&[], |at| &self.table[at as usize])
    }

    /// The number of a feature.
    pub(super) fn feature(&self, name: &str) -> Option<u32> {
        self.sources?.number(name)
    }

    /// How often a word was seen.
    pub(super) fn seen(&self, word: &str) -> f32 {
        self.words.and_then(|words| Some(words.seen[words.number(word)? as usize])).unwrap_or(0.0)
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
        words.numbers.reserve(count.min(self.bytes.len()));
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

    fn table(&mut self, targets: usize) -> Option<Table> {
        let mut table = Vec::with_capacity(targets);
        for _ in 0..targets {
            let mut last = 0;
            let mut sources = Vec::new();
            for _ in 0..self.number()? {
                last += u32::try_from(self.number()?).ok()?;
                sources.push((last, (-f32::from(self.byte()?) / 20.0).exp2()));
            }
            table.push(sources);
        }
        Some(table)
    }
}
