//! Words that the Mainland and Taiwan say differently.

use std::sync::LazyLock;

use super::super::Lists;

/// What English says in one word, and what the two regions say.
#[derive(Debug)]
pub struct Entry {
    /// The words of English.
    pub english: Vec<&'static str>,
    /// Those of both regions, in Simplified characters.
    pub words: Vec<Word>,
}

/// A word of one region, or of both.
#[derive(Debug)]
pub struct Word {
    /// The word.
    pub text: &'static str,
    /// Whether it is Taiwan's alone.
    pub taiwan: bool,
    /// Whether both regions say it.
    pub both: bool,
    /// How sure it is that the other region does not say it.
    pub sureness: Sureness,
}

/// How sure it is that a word is one of the other region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// It is none here whatever it means.
    Always,
    /// It is none here for what English says.
    WhereMeant,
    /// It is none here if the text says another one for it elsewhere.
    Perhaps,
}

impl Word {
    /// Whether Taiwan says it, or the Mainland.
    pub fn is_said(&self, taiwan: bool) -> bool {
        self.both || self.taiwan == taiwan
    }

    fn read(written: &'static str) -> Self {
        let signs = [('!', Sureness::Always), ('~', Sureness::WhereMeant), ('?', Sureness::Perhaps)];
        let sign = signs.iter().find_map(|(sign, sureness)| Some((written.strip_prefix(*sign)?, *sureness)));
        let (text, sureness) = sign.unwrap_or((written.trim_start_matches('='), Sureness::WhereMeant));
        Self { text, taiwan: sign.is_some(), both: written.starts_with('='), sureness }
    }
}

/// All of them.
pub fn entries() -> &'static [Entry] {
    static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let lists = Lists::shipped(include_str!("regional.txt"));
        let entry = |name: &'static str| Entry {
            english: name.split('|').collect(),
            words: lists.words(name).iter().map(|word| Word::read(word)).collect(),
        };
        lists.names().map(entry).collect()
    });
    &ENTRIES
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lang::zh::is_only_traditional;

    #[test]
    fn every_word_is_simplified_and_stands_once() {
        assert!(Lists::read(include_str!("regional.txt")).is_ok());
        let mut seen = BTreeSet::new();
        for entry in entries() {
            assert!(
                entry.words.iter().any(|word| !word.taiwan) && entry.words.iter().any(|word| word.taiwan),
                "{entry:?}"
            );
            for word in &entry.words {
                assert!(!word.text.contains(is_only_traditional), "{}", word.text);
                assert!(!word.taiwan || seen.insert(word.text), "{} stands twice", word.text);
            }
        }
    }
}
