//! Words that say one side of an opposition, found in one walk over a text.

use std::collections::BTreeMap;

use super::Lists;

/// A word of a text that says one side of an opposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// The side, as `polarity.txt` names it.
    pub side: &'static str,
    /// Whether the word says it.
    pub sureness: Sureness,
    /// The word, without what may follow it.
    pub word: &'static str,
}

/// Whether a word says a side of an opposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sureness {
    /// It does.
    Said,
    /// It does where the other language surely says a side.
    Likely,
    /// It may.
    Perhaps,
}

/// The words of a language that say sides of oppositions, and those that hide such words in other ones (所有权).
#[derive(Debug)]
pub(in crate::lang) struct CueTable {
    /// By their first characters, longer ones first.
    by_start: BTreeMap<char, Vec<Pattern>>,
}

#[derive(Debug)]
struct Pattern {
    word: &'static str,
    /// Whether no letter may follow: the list has it without a star.
    whole: bool,
    /// The cue that it is; none for a word that hides others.
    cue: Option<Cue>,
}

impl CueTable {
    /// Makes the table of lists named by sides: `~` after the name is for words that likely say it, `?` for those that may.
    pub(in crate::lang) fn of(lists: &'static Lists) -> Self {
        let mut by_start: BTreeMap<char, Vec<Pattern>> = BTreeMap::new();
        for name in lists.names() {
            let (side, sureness) = match (name.strip_suffix('~'), name.strip_suffix('?')) {
                (Some(side), _) => (side, Sureness::Likely),
                (None, Some(side)) => (side, Sureness::Perhaps),
                (None, None) => (name, Sureness::Said),
            };
            for pattern in lists.words(name) {
                let word = pattern.trim_end_matches('*');
                let cue = (side != "neutral").then_some(Cue { side, sureness, word });
                let start = word.chars().next().unwrap_or_default();
                by_start.entry(start).or_default().push(Pattern { word, whole: !pattern.ends_with('*'), cue });
            }
        }
        for patterns in by_start.values_mut() {
            patterns.sort_by_key(|pattern| (pattern.cue.is_some(), std::cmp::Reverse(pattern.word.len())));
        }
        Self { by_start }
    }

    /// The cues of a text in lowercase, in order of place. Of two words for one side that begin in each other the first
    /// counts, and of two that begin together the longer one. `parted`: the language parts its words.
    pub(in crate::lang) fn find(&self, text: &str, parted: bool) -> Vec<Cue> {
        let mut found: Vec<Cue> = Vec::new();
        // How far the last word of each side reaches.
        let mut ends: BTreeMap<&'static str, usize> = BTreeMap::new();
        let letter = |c: char| c.is_alphanumeric();
        let (mut hidden, mut inside) = (0, false);
        for (at, c) in text.char_indices() {
            let begins = !(parted && inside);
            inside = letter(c);
            if !begins || at < hidden {
                continue;
            }
            let rest = &text[at..];
            for pattern in self.by_start.get(&c).into_iter().flatten() {
                let Some(after) = rest.strip_prefix(pattern.word) else { continue };
                if parted && pattern.whole && after.starts_with(letter) {
                    continue;
                }
                let end = text.len() - after.len();
                match pattern.cue {
                    None => {
                        hidden = end;
                        break;
                    }
                    Some(cue) if ends.get(cue.side).is_none_or(|end| *end <= at) => {
                        ends.insert(cue.side, end);
                        found.push(cue);
                    }
                    Some(_) => {}
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, en, zh};

    fn words(language: &dyn Language, text: &str, side: &str) -> Vec<(&'static str, Sureness)> {
        let cues = language.cues(text).into_iter().filter(|cue| cue.side == side);
        cues.map(|cue| (cue.word, cue.sureness)).collect()
    }

    #[test]
    fn the_longest_word_tells_how_surely_a_side_is_said() {
        use Sureness::{Likely, Perhaps, Said};
        for (text, wanted) in [
            ("船停之后，锚才下。", &[("之后", Said)][..]),
            ("船停后下锚。", &[("后", Likely)]),
            ("先停船，然后下锚。", &[("然后", Perhaps)]),
            ("之后和以后。", &[("之后", Said), ("以后", Said)]),
        ] {
            assert_eq!(words(&zh::Chinese, text, "after"), wanted, "{text}");
        }
        assert_eq!(words(&en::English, "Later, and after that", "after"), [("later", Said), ("after", Said)]);
        assert_eq!(words(&en::English, "Right after the afternoon", "after"), [], "hidden, and part of a word");
    }

    #[test]
    fn a_word_that_hides_others_says_nothing() {
        assert_eq!(words(&zh::Chinese, "所有权归它们", "all"), []);
        assert_eq!(words(&zh::Chinese, "所有船", "all"), [("所有", Sureness::Said)]);
        assert_eq!(words(&en::English, "not at all", "all"), []);
    }
}
