//! What of a chapter is translated, each with its translation: the one list that an export writes and an import looks up.

use std::collections::HashMap;

use super::marks::{self, Mark, Marked};
use super::slots::{self, Place, Slot, Slots};
use super::unit::{CodeKind, Piece, State};
use crate::align::{Basis, ChapterPair, Pair, Unit, units_of};
use crate::checks::freshness::{ReviewState, states, untranslated};
use crate::lang;
use crate::model::Record;

/// A unit with the places of both sides.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its id within the chapter.
    pub(super) id: String,
    /// What it is: `paragraph`, `heading`, `caption`.
    pub(super) kind: &'static str,
    /// Where the source says it: several places where blocks were joined. Never empty.
    pub(super) source: Vec<Slot>,
    /// Where the translation says it; empty where it does not.
    pub(super) target: Vec<Slot>,
    pub(super) state: State,
}

impl Entry {
    /// The source as one text.
    pub(super) fn source_marked(&self) -> Marked {
        joined(&self.source)
    }

    /// The translation as one text.
    pub(super) fn target_marked(&self) -> Marked {
        joined(&self.target)
    }

    /// Whether its translation stands there and is more than what a skeleton has.
    pub(super) fn is_translated(&self) -> bool {
        match self.state {
            State::Missing => false,
            State::Draft => !self.is_skeleton(),
            _ => true,
        }
    }

    /// Whether what stands in place of a translation is that of a skeleton: words of the source, as they are or as they were.
    fn is_skeleton(&self) -> bool {
        let said = [says(&self.source), says(&self.target)];
        let language = |text: &String| lang::of_text(std::iter::once(text.as_str()));
        let words = self.target.iter().any(Slot::has_words);
        said[0] == said[1] || !words || language(&said[0]) == language(&said[1])
    }
}

/// Several slots as one text, with a code between each and the next.
fn joined(slots: &[Slot]) -> Marked {
    let mut all = Marked::new();
    for slot in slots {
        if !all.is_empty() {
            let end = slot.place.span().start;
            let (key, shown) = (String::new(), String::new());
            all.push(Piece::Single(Mark { kind: CodeKind::Block, key, shown, open: end..end, close: end..end }));
        }
        all.extend(slot.marked.iter().cloned());
    }
    all
}

/// The units of a chapter of the source that have words, in its reading order. `records` is what was signed off of it.
pub(super) fn of_chapter(chapter: &ChapterPair<'_>, records: &[Record]) -> Vec<Entry> {
    let mut found = Found::default();
    let Some(source) = chapter.source else { return found.entries };
    if chapter.target.is_none() || chapter.pairs.is_empty() {
        found.alone(&units_of(source), true);
        return found.entries;
    }
    let states = states(chapter, records);
    for (at, pair) in chapter.pairs.iter().enumerate() {
        if pair.sources.is_empty() {
            continue;
        }
        if pair.targets.is_empty() {
            found.alone(&pair.sources, pair.basis != Basis::Parts);
        } else {
            found.pair(pair, &states[at]);
        }
    }
    found.entries
}

#[derive(Default)]
struct Found {
    entries: Vec<Entry>,
    /// How often each wording was met.
    met: HashMap<String, usize>,
}

impl Found {
    /// Units without a counterpart, and those inside them if those have none either.
    fn alone(&mut self, units: &[Unit<'_>], inside: bool) {
        for unit in units {
            let Slots { runs, others } = slots::of_unit(unit);
            for slot in runs.into_iter().chain(others) {
                self.push(vec![slot], Vec::new(), State::Missing);
            }
            if inside {
                self.alone(&unit.children, true);
            }
        }
    }

    fn pair(&mut self, pair: &Pair<'_>, state: &ReviewState<'_>) {
        let sides = [&pair.sources, &pair.targets].map(|units| units.iter().map(slots::of_unit).collect::<Vec<_>>());
        let [source, target] = sides.map(|all| {
            let mut sum = Slots::default();
            for Slots { runs, others } in all {
                sum.runs.extend(runs);
                sum.others.extend(others);
            }
            sum
        });
        let state = if untranslated(pair) { State::Draft } else { State::of(state) };
        if pair.sources.len() == 1 && source.runs.len() == target.runs.len() {
            for (from, to) in source.runs.into_iter().zip(target.runs) {
                self.push(vec![from], vec![to], state.clone());
            }
        } else if !source.runs.is_empty() {
            self.push(source.runs, target.runs, state.clone());
        }
        let mut left = target.others;
        for from in source.others {
            let same = left.iter().position(|to| is_same_place(&from.place, &to.place));
            let to = same.map(|same| left.remove(same));
            self.push(vec![from], to.into_iter().collect(), state.clone());
        }
    }

    fn push(&mut self, source: Vec<Slot>, target: Vec<Slot>, state: State) {
        if !source.iter().any(Slot::has_words) {
            return;
        }
        let print = source[0].print.as_str();
        let met = self.met.entry(print.to_owned()).or_default();
        *met += 1;
        let id = if *met == 1 { print.to_owned() } else { format!("{print}.{met}") };
        let same = !target.is_empty() && says(&source) == says(&target);
        let state = match state {
            _ if target.is_empty() => State::Missing,
            _ if target.iter().all(|slot| slot.draft) => State::Draft,
            // An attribute that is the same in both may be a name.
            State::Draft if !same => State::Translated,
            state => state,
        };
        self.entries.push(Entry { id, kind: source[0].kind, source, target, state });
    }
}

fn says(slots: &[Slot]) -> String {
    marks::plain(&joined(slots), &|mark| mark.shown.clone())
}

/// Whether two places are of one kind: attributes of one key.
fn is_same_place(a: &Place, b: &Place) -> bool {
    match (a, b) {
        (Place::Attribute(a, _), Place::Attribute(b, _)) => a == b,
        (Place::Alternative(_), Place::Alternative(_)) => true,
        _ => false,
    }
}

impl State {
    fn of(state: &ReviewState<'_>) -> Self {
        match state {
            ReviewState::Nothing | ReviewState::Unreviewed => State::Translated,
            ReviewState::Reviewed => State::Signed,
            ReviewState::TranslationChanged => State::Stale { was: None },
            ReviewState::Stale(change) | ReviewState::BothChanged(change) => {
                State::Stale { was: Some(change.was().join(" ")) }
            }
        }
    }
}
