//! The record of sign-offs: which wording of the source was translated by which wording of the translation when an
//! editor last agreed.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::Lang;

/// Ten letters that stand for a wording.
///
/// Letters alone, so that no reader of YAML takes one for a number; ten give 47 bits, so that two among 20,000 blocks
/// are alike with a chance of one in 700,000.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// How many letters one has.
    const LETTERS: usize = 10;

    /// The fingerprint of a text.
    pub fn of(text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let mut rest = u64::from_be_bytes(digest[..8].try_into().expect("a digest has 32 bytes"));
        let mut letters = String::new();
        for _ in 0..Self::LETTERS {
            letters.push(char::from(b'a' + u8::try_from(rest % 26).expect("less than 26")));
            rest /= 26;
        }
        Self(letters)
    }

    /// A fingerprint that was written down; `None` for anything else.
    pub fn parse(letters: &str) -> Option<Self> {
        let good = letters.len() == Self::LETTERS && letters.bytes().all(|b| b.is_ascii_lowercase());
        good.then(|| Self(letters.to_owned()))
    }

    /// Its letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A pair of blocks as it was signed off. Where paragraphs were merged or split, a side has several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The id that the author gave the source block.
    pub id: Option<String>,
    /// The source: fingerprints and what each said. Never empty.
    pub sources: Vec<(Fingerprint, String)>,
    /// The translation. Never empty.
    pub targets: Vec<Fingerprint>,
}

/// What was signed off in a book; empty when nobody has yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviewed {
    chapters: BTreeMap<(Lang, String), Vec<Record>>,
}

impl Reviewed {
    /// The records of a chapter of the source, by its stem, and its translation into a language; in the order in which
    /// the blocks stood.
    pub fn chapter(&self, target: &Lang, stem: &str) -> &[Record] {
        self.chapters.get(&(target.clone(), stem.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Puts records in place of those of a chapter.
    pub fn replace(&mut self, target: &Lang, stem: &str, records: Vec<Record>) {
        let key = (target.clone(), stem.to_owned());
        if records.is_empty() {
            self.chapters.remove(&key);
        } else {
            self.chapters.insert(key, records);
        }
    }

    /// Adds one record to a chapter.
    pub fn push(&mut self, target: &Lang, stem: &str, record: Record) {
        self.chapters.entry((target.clone(), stem.to_owned())).or_default().push(record);
    }

    /// Makes the changes that lead from one record to another, chapter by chapter. What is the same in both stays here as
    /// it is, whatever it is.
    pub fn apply(&mut self, before: &Self, after: &Self) {
        for (key, records) in &after.chapters {
            if before.chapters.get(key) != Some(records) {
                self.chapters.insert(key.clone(), records.clone());
            }
        }
        for key in before.chapters.keys().filter(|key| !after.chapters.contains_key(*key)) {
            self.chapters.remove(key);
        }
    }

    /// The chapters in order: language of the translation, stem, records.
    pub fn chapters(&self) -> impl Iterator<Item = (&Lang, &str, &[Record])> {
        self.chapters.iter().map(|((lang, stem), records)| (lang, stem.as_str(), records.as_slice()))
    }

    /// Whether nothing was signed off.
    pub fn is_empty(&self) -> bool {
        self.chapters.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chapters by stem, each with one record of that text.
    fn reviewed(chapters: &[(&str, &str)]) -> Reviewed {
        let mut all = Reviewed::default();
        for (stem, text) in chapters {
            let sources = vec![(Fingerprint::of(text), (*text).to_owned())];
            let record = Record { id: None, sources, targets: vec![Fingerprint::of(text)] };
            all.push(&Lang::new("en").unwrap(), stem, record);
        }
        all
    }

    #[test]
    fn only_what_differs_is_changed() {
        let before = reviewed(&[("kept", "a"), ("changed", "a"), ("gone", "a"), ("of-another", "a")]);
        let after = reviewed(&[("kept", "a"), ("changed", "b"), ("new", "b"), ("of-another", "a")]);
        let mut now = reviewed(&[("kept", "a"), ("changed", "a"), ("gone", "a"), ("of-another", "c"), ("put-in", "c")]);
        now.apply(&before, &after);
        let expected = reviewed(&[("kept", "a"), ("changed", "b"), ("new", "b"), ("of-another", "c"), ("put-in", "c")]);
        assert_eq!(now, expected);
    }
}
