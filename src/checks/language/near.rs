//! Words that may be another word with a slip in a letter, found without comparing each with each.
//!
//! Two words that are a letter apart (left out, inserted, changed, or two swapped) become one and the same when a letter is taken
//! out of either or of both.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

/// The longest word that is looked up, in bytes: longer ones are no names.
const LONGEST: usize = 64;

/// Distinct words by what is left of them without a letter.
#[derive(Default)]
pub(super) struct Near<'w> {
    words: Vec<&'w str>,
    /// What is left of each, hashed, with its number; sorted.
    rests: Vec<(u64, usize)>,
}

impl<'w> Near<'w> {
    /// Words in their order, each once.
    pub(super) fn of(words: impl IntoIterator<Item = &'w str>) -> Self {
        let words: Vec<&str> = words.into_iter().filter(|word| word.len() <= LONGEST).collect();
        let numbered = words.iter().enumerate();
        let mut rests: Vec<_> =
            numbered.flat_map(|(at, word)| rests(word).into_iter().map(move |rest| (rest, at))).collect();
        rests.sort_unstable();
        Self { words, rests }
    }

    /// The first word that is near to another and that `is` holds of.
    pub(super) fn first(&self, word: &str, is: impl Fn(&str) -> bool) -> Option<&'w str> {
        if word.len() > LONGEST {
            return None;
        }
        let mut candidates = Vec::new();
        for rest in rests(word) {
            let from = self.rests.partition_point(|(known, _)| *known < rest);
            candidates.extend(self.rests[from..].iter().take_while(|(known, _)| *known == rest).map(|(_, at)| *at));
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates.into_iter().map(|at| self.words[at]).find(|near| is(near))
    }
}

/// A word in small letters, as it is and without each of its letters, hashed.
fn rests(word: &str) -> Vec<u64> {
    let lower: Vec<char> = word.to_lowercase().chars().collect();
    let without = |left_out: usize| {
        let mut hasher = FxHasher::default();
        lower.iter().enumerate().filter(|(at, _)| *at != left_out).for_each(|(_, c)| c.hash(&mut hasher));
        hasher.finish()
    };
    (0..=lower.len()).map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::Near;

    #[test]
    fn words_a_letter_apart_are_near() {
        let near = Near::of(["Lamport", "lamps", "Kripke", "Lamprot"]);
        let first = |word: &str| near.first(word, |found| found != word);
        for (word, found) in [
            ("Lampert", Some("Lamport")),
            ("Lamport", Some("Lamprot")),
            ("Lampoort", Some("Lamport")),
            ("LAMPS", Some("lamps")),
            ("Krike", Some("Kripke")),
            ("Kripek", Some("Kripke")),
            ("Turing", None),
        ] {
            assert_eq!(first(word), found, "{word}");
        }
        assert_eq!(near.first(&"a".repeat(1000), |_| true), None);
    }
}
