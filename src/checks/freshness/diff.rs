//! What changed between two versions of a text, word by word.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::wording;
use super::words::{Style, Word, split};
use crate::message::Message;

/// A part of two versions of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rewording {
    /// What both say.
    Kept(String),
    /// What only the old one says.
    Removed(String),
    /// What only the new one says.
    Added(String),
}

/// The words shown on either side of a change.
const AROUND: usize = 4;
/// The most changes shown in one line.
const SHOWN: usize = 3;
/// The longest part of a change that is shown, in characters.
const PART: usize = 60;

/// A text, and its words.
pub(super) struct Version<'t> {
    text: &'t str,
    words: Vec<Word>,
}

impl<'t> Version<'t> {
    pub(super) fn of(text: &'t str, style: Style) -> Self {
        Self { text, words: split(text, style) }
    }

    /// What counts of each word.
    fn keys(&self) -> Vec<String> {
        self.words.iter().map(|word| word.key.clone()).collect()
    }

    /// The bytes that a range of words takes.
    fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        match self.words.get(words.clone()) {
            Some([first, .., last]) => first.range.start..last.range.end,
            Some([only]) => only.range.clone(),
            _ => 0..0,
        }
    }

    /// Whether what stands between two changes, such as 的, is too short to part them.
    fn trifling(&self, words: Range<usize>) -> bool {
        words.len() <= 1 && self.words[words].iter().all(|word| word.key.chars().count() == 1)
    }

    fn slice(&self, words: &Range<usize>) -> &'t str {
        &self.text[self.bytes(words)]
    }
}

/// A place where words were replaced, inserted or removed; one of the two ranges may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    old: Range<usize>,
    new: Range<usize>,
}

/// A comparison of two versions.
pub(super) struct Diff<'t> {
    old: Version<'t>,
    new: Version<'t>,
    edits: Vec<Edit>,
}

/// One change as it is reported.
pub(super) struct WordChange<'t> {
    /// The words that were removed; empty where some were inserted.
    pub(super) old: &'t str,
    /// The new words as bytes of the new text; where there are none, the word next to which the old ones stood.
    pub(super) place: Range<usize>,
    /// Whether there are new words at the place.
    pub(super) replaced: bool,
}

impl<'t> Diff<'t> {
    pub(super) fn of(old: Version<'t>, new: Version<'t>) -> Self {
        let ops = capture_diff_slices(Algorithm::Myers, &old.keys(), &new.keys());
        let mut edits: Vec<Edit> = Vec::new();
        // Where an operation moved past another one, the place that it names in the other text is stale; lengths are not.
        let (mut removed, mut inserted) = (0, 0);
        for op in &ops {
            let edit =
                Edit { old: removed..removed + op.old_range().len(), new: inserted..inserted + op.new_range().len() };
            (removed, inserted) = (edit.old.end, edit.new.end);
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            match edits.last_mut() {
                Some(last) if new.trifling(last.new.end..edit.new.start) => {
                    (last.old.end, last.new.end) = (edit.old.end, edit.new.end);
                }
                _ => edits.push(edit),
            }
        }
        Self { old, new, edits }
    }

    /// The share of both texts that is the same, from 0 to 1.
    pub(super) fn kept(&self) -> f32 {
        let all = self.old.words.len() + self.new.words.len();
        let changed: usize = self.edits.iter().map(|edit| edit.old.len() + edit.new.len()).sum();
        if all == 0 { 1.0 } else { 1.0 - changed as f32 / all as f32 }
    }

    /// The changes with their places.
    pub(super) fn changes(&self) -> Vec<WordChange<'t>> {
        self.edits.iter().map(|edit| self.one(edit)).collect()
    }

    fn one(&self, edit: &Edit) -> WordChange<'t> {
        let replaced = !edit.new.is_empty();
        let count = self.new.words.len();
        let beside = if edit.new.start < count { edit.new.start } else { count.saturating_sub(1) };
        let words = if replaced { edit.new.clone() } else { beside..(beside + 1).min(count) };
        WordChange { old: self.old.slice(&edit.old), place: self.new.bytes(&words), replaced }
    }

    /// Both texts whole, in the order of the new one; what is parted by a change keeps the spaces and marks of the new text.
    pub(super) fn parts(&self) -> Vec<Rewording> {
        let mut parts = Vec::new();
        let mut from = 0;
        for edit in &self.edits {
            let place = self.new.bytes(&edit.new);
            let start = match self.new.words.get(edit.new.start) {
                _ if !edit.new.is_empty() => place.start,
                Some(next) => next.range.start,
                None => self.new.text.len(),
            };
            parts.push(Rewording::Kept(self.new.text[from..start].to_owned()));
            parts.push(Rewording::Removed(self.old.slice(&edit.old).to_owned()));
            from = start.max(place.end);
            parts.push(Rewording::Added(self.new.text[start..from].to_owned()));
        }
        parts.push(Rewording::Kept(self.new.text[from..].to_owned()));
        parts.retain(|part| match part {
            Rewording::Kept(text) | Rewording::Removed(text) | Rewording::Added(text) => !text.is_empty(),
        });
        parts
    }

    /// The changes in one line, with some words around them: `[-old-]{+new+}`.
    pub(super) fn line(&self) -> Message {
        let mut out = String::new();
        let mut from = 0;
        for (at, edit) in self.edits.iter().take(SHOWN).enumerate() {
            let until = edit.new.start;
            if until - from > AROUND * 2 || at == 0 && until > AROUND {
                if at > 0 {
                    out += self.with_gap(from..from + AROUND);
                }
                out += "…";
                out += self.with_gap(until - AROUND..until);
            } else {
                out += self.with_gap(from..until);
            }
            if !edit.old.is_empty() {
                if out.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                    out.push(' ');
                }
                out += &format!("[-{}-]", short(self.old.slice(&edit.old)));
            }
            if !edit.new.is_empty() {
                out += &format!("{{+{}+}}", short(self.new.slice(&edit.new)));
            }
            if out.ends_with(']') {
                out += self.gap_before(edit.new.start);
            } else {
                out += self.gap_before(edit.new.end);
            }
            from = edit.new.end;
        }
        let rest = self.edits.len().saturating_sub(SHOWN);
        let end = self.new.words.len();
        let stop = end.min(from + AROUND);
        out += self.new.slice(&(from..stop));
        if rest == 0 && stop < end {
            out += "…";
        }
        let text = wording::line(&out);
        if rest == 0 {
            return Message::data(text);
        }
        plural!(changes = rest, "{text}… and {changes} more change", "{text}… and {changes} more changes", text)
    }

    /// Words with what stands after them up to the next word.
    fn with_gap(&self, words: Range<usize>) -> &'t str {
        if words.is_empty() {
            return "";
        }
        let bytes = self.new.bytes(&words);
        let end = self.new.words.get(words.end).map_or(bytes.end, |next| next.range.start);
        &self.new.text[bytes.start..end]
    }

    /// What stands between a word and the one before it.
    fn gap_before(&self, word: usize) -> &'t str {
        match (word.checked_sub(1).map(|at| &self.new.words[at]), self.new.words.get(word)) {
            (Some(before), Some(word)) => &self.new.text[before.range.end..word.range.start],
            _ => "",
        }
    }
}

/// A text short enough for a message: its beginning and its end.
pub(super) fn short(text: &str) -> String {
    let count = text.chars().count();
    if count <= PART {
        return text.to_owned();
    }
    let head: String = text.chars().take(PART * 2 / 3).collect();
    let tail: String = text.chars().skip(count - PART / 3).collect();
    format!("{head}…{tail}")
}

/// How alike two texts are, from 0 to 1: the share of the pairs of neighbouring characters that both have.
#[expect(clippy::disallowed_methods, reason = "a sum has no order")]
pub(crate) fn likeness(a: &str, b: &str) -> f32 {
    let (a, b) = (neighbours(a), neighbours(b));
    let shared: usize = a.iter().map(|(pair, count)| b.get(pair).map_or(0, |other| (*count).min(*other))).sum();
    let all: usize = a.values().chain(b.values()).sum();
    2.0 * shared as f32 / all as f32
}

/// How often two characters are neighbours; a text begins and ends with a line break.
fn neighbours(text: &str) -> HashMap<(char, char), usize> {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    let mut counts = HashMap::new();
    let mut before = '\n';
    for letter in letters.chain(['\n']) {
        *counts.entry((before, letter)).or_default() += 1;
        before = letter;
    }
    counts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(old: &str, new: &str) -> String {
        Diff::of(Version::of(old, Style::Prose), Version::of(new, Style::Prose)).line().to_string()
    }

    #[test]
    fn changes_are_told_word_by_word() {
        for (old, new, shown) in [
            ("共分析770万篇论文。", "共分析880万篇论文。", "共分析[-770-]{+880+}万篇论文"),
            ("The ice had melted.", "The ice had not melted.", "The ice had {+not+} melted"),
            ("The ice had not melted.", "The ice had melted.", "The ice had [-not-] melted"),
            ("One two.", "One two. Three four!", "One two. {+Three four+}"),
            ("Zero one two.", "One two.", "[-Zero one-]{+One+} two"),
            ("a b c d e f g h i j", "a b c d e X g h i j", "…b c d e [-f-]{+X+} g h i j"),
            ("1 a b c d e f g h i j k 2", "3 a b c d e f g h i j k 4", "[-1-]{+3+} a b c d …h i j k [-2-]{+4+}"),
            ("go a x x y", "go x in x x a y", "go [-a x x-]{+x in x x a+} y"),
        ] {
            assert_eq!(line(old, new), shown, "{old} / {new}");
        }
    }

    #[test]
    fn many_changes_are_counted() {
        let (old, new): (Vec<String>, Vec<String>) =
            (0..6).map(|n| (format!("x y z {n}"), format!("x y z {}", n + 50))).unzip();
        assert!(
            line(&old.join(" "), &new.join(" ")).ends_with("… and 3 more changes"),
            "{}",
            line(&old.join(" "), &new.join(" "))
        );
    }

    #[test]
    fn places_are_those_of_the_new_text() {
        let (old, new) = ("ice had not melted yet", "ice had melted");
        let diff = Diff::of(Version::of(old, Style::Prose), Version::of(new, Style::Prose));
        let changes: Vec<(&str, &str, bool)> =
            diff.changes().iter().map(|t| (t.old, &new[t.place.clone()], t.replaced)).collect();
        assert_eq!(changes, [("not", "melted", false), ("yet", "melted", false)]);
    }

    #[test]
    fn likeness_is_that_of_letters() {
        assert!(likeness("春天来了。", "春天，来了") > 0.99);
        assert!(likeness("春天来了", "河上有冰") < 0.05);
        assert!(likeness("", "x") < 0.05);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_edits_make_the_new_text_of_the_old_one(
            old in prop::collection::vec(prop::sample::select(vec!["a", "b", "cc", "的", "3"]), 0..12),
            new in prop::collection::vec(prop::sample::select(vec!["a", "b", "cc", "的", "3"]), 0..12),
        ) {
            let (old, new) = (old.join(" "), new.join(" "));
            let diff = Diff::of(Version::of(&old, Style::Prose), Version::of(&new, Style::Prose));
            let mut made = diff.old.keys();
            for edit in diff.edits.iter().rev() {
                made.splice(edit.old.clone(), diff.new.keys()[edit.new.clone()].iter().cloned());
            }
            prop_assert_eq!(made, diff.new.keys());
            diff.line();
            diff.changes();
            let told = |wanted: fn(&Rewording) -> Option<&str>| diff.parts().iter().filter_map(wanted).collect::<String>();
            let now = told(|part| match part {
                Rewording::Kept(text) | Rewording::Added(text) => Some(text),
                Rewording::Removed(_) => None,
            });
            prop_assert_eq!(now, new.as_str());
        }
    }
}
