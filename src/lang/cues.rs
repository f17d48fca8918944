//! Which sides of oppositions a text says, and by which words.

use rustc_hash::FxHashMap;

use super::Lists;

/// The words of a text that say or may say sides of oppositions. The sides are named as in `polarity.txt`.
#[derive(Debug, Default)]
pub struct Cues(Vec<Cue>);

impl Cues {
    /// The word that says a side: of several the one that its list has first.
    pub fn says(&self, side: &str) -> Option<&'static str> {
        let cues = self.0.iter().filter(|cue| cue.list == side);
        cues.min_by_key(|cue| cue.rank).map(|cue| cue.word)
    }

    /// Whether a word says a side or may say it.
    pub fn may_say(&self, side: &str) -> bool {
        self.0.iter().any(|cue| cue.list.strip_suffix('?').unwrap_or(cue.list) == side)
    }
}

/// A word of a list.
#[derive(Debug, Clone, Copy)]
struct Cue {
    word: &'static str,
    /// Whether other letters may follow.
    open: bool,
    list: &'static str,
    /// Its place in the list.
    rank: usize,
}

/// The list of what holds a cue without saying the side.
const NEUTRAL: &str = "neutral";

/// Finds cues in texts.
pub(super) struct Finder {
    by_first: FxHashMap<char, Vec<Cue>>,
    /// Whether a cue must begin where a word begins, and end where one ends unless a star stands behind it.
    whole_words: bool,
    neutral: &'static [&'static str],
}

impl Finder {
    pub(super) fn of(lists: &'static Lists, whole_words: bool) -> Self {
        let mut by_first: FxHashMap<char, Vec<Cue>> = FxHashMap::default();
        for list in lists.names() {
            for (rank, pattern) in lists.words(list).iter().enumerate() {
                let stem = pattern.strip_suffix('*').filter(|_| whole_words);
                let (word, open) = (stem.unwrap_or(pattern), stem.is_some());
                let first = word.chars().next().expect("invariant: a list has no empty word");
                by_first.entry(first).or_default().push(Cue { word, open, list, rank });
            }
        }
        Self { by_first, whole_words, neutral: lists.words(NEUTRAL) }
    }

    /// The cues of a text in small letters.
    pub(super) fn find(&self, text: &str) -> Cues {
        let found = self.search(text);
        if found.iter().all(|cue| cue.list != NEUTRAL) {
            return Cues(found);
        }
        let covered = self.neutral.iter().fold(text.to_owned(), |text, word| text.replace(word, "□"));
        Cues(self.search(&covered))
    }

    fn search(&self, text: &str) -> Vec<Cue> {
        let mut found = Vec::new();
        let mut inside = false;
        for (at, c) in text.char_indices() {
            for cue in self.by_first.get(&c).into_iter().flatten() {
                let whole = !self.whole_words || cue.list == NEUTRAL || !inside && self.ends(cue, text, at);
                if whole && text[at..].starts_with(cue.word) {
                    found.push(*cue);
                }
            }
            inside = c.is_alphanumeric();
        }
        found
    }

    /// Whether a cue at a place of a text would end where a word does, if it must.
    fn ends(&self, cue: &Cue, text: &str, at: usize) -> bool {
        cue.open || !text.get(at + cue.word.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder(whole_words: bool) -> Finder {
        let lists = "neutral: at all\nup: all, rise*\nup?: risk*\n";
        Finder::of(Box::leak(Box::new(Lists::read(lists).unwrap())), whole_words)
    }

    #[test]
    fn words_are_found_whole_or_by_their_beginning() {
        let says = |text: &str| finder(true).find(text).says("up");
        assert_eq!(says("the sun rises over all"), Some("all"), "the first of the list");
        assert_eq!(says("it arises"), None);
        assert_eq!(says("it falls"), None);
        assert_eq!(says("a rise"), Some("rise"));
        assert!(finder(true).find("some risks").may_say("up"));
        assert!(!finder(true).find("some risks").may_say("down"));
    }

    #[test]
    fn what_is_neutral_says_nothing() {
        assert_eq!(finder(true).find("not at all").says("up"), None);
        assert_eq!(finder(true).find("not at all in all").says("up"), Some("all"));
    }

    #[test]
    fn without_words_a_cue_stands_anywhere() {
        assert_eq!(finder(false).find("overall").says("up"), Some("all"));
    }
}
