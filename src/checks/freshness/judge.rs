//! Compares the pairs of a chapter with its record.
//!
//! A pair whose wordings are in the record is reviewed, wherever it now stands. What is left on both sides is matched by
//! id, then by the side that did not change, and last by likeness between the same neighbours.

use std::collections::{HashMap, HashSet, VecDeque};

use super::diff::likeness;
use super::wording::{self, Wording};
use super::words::Style;
use crate::align::{ChapterPair, Unit, UnitKind};
use crate::model::{Fingerprint, Record};

/// The state of a pair of units against the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewState<'r> {
    /// It has no text, or no counterpart: there is nothing to sign off.
    Nothing,
    /// It was never signed off.
    Unreviewed,
    /// Both sides are as they were signed off.
    Reviewed,
    /// The source changed, the translation did not.
    Stale(Change<'r>),
    /// The translation changed, the source did not.
    TranslationChanged,
    /// Both changed.
    BothChanged(Change<'r>),
}

/// What the source said, and which units say it now. Units that only moved to another pair are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'r> {
    pub(super) was: Vec<&'r str>,
    pub(super) now: Vec<usize>,
}

impl<'r> Change<'r> {
    /// What the source said when it was signed off, block by block.
    pub fn was(&self) -> &[&'r str] {
        &self.was
    }
}

/// The likeness from which a changed source counts as the same block: with another sign of it, and without one.
const LIKE: f32 = 0.3;
const VERY_LIKE: f32 = 0.6;
/// The words from which an unchanged translation alone identifies a block.
const TELLING: usize = 6;
/// The most couples that are compared for likeness wherever they stand.
const COUPLES: usize = 100_000;

type Prints<'a> = HashSet<&'a Fingerprint>;

/// The states of the pairs of a chapter, in their order.
pub fn states<'r>(chapter: &ChapterPair<'_>, records: &'r [Record]) -> Vec<ReviewState<'r>> {
    judged(chapter, records).into_iter().map(|(state, _)| state).collect()
}

/// The states of the pairs of a chapter, in their order; with what is on record of each that has changed since.
pub fn judged<'r>(chapter: &ChapterPair<'_>, records: &'r [Record]) -> Vec<(ReviewState<'r>, Option<&'r Record>)> {
    let items: Vec<Option<Item>> = chapter.pairs.iter().map(|pair| Item::of(&pair.sources, &pair.targets)).collect();
    let alone: Vec<[Vec<(Fingerprint, String)>; 2]> = chapter
        .pairs
        .iter()
        .filter(|pair| pair.sources.is_empty() || pair.targets.is_empty())
        .map(|pair| [deep(&pair.sources), deep(&pair.targets)])
        .collect();
    let mut judge = Judge {
        items: &items,
        records,
        anchors: vec![None; items.len()],
        used: vec![0; records.len()],
        standing: alone.iter().flat_map(|[own, _]| own.iter().map(|(print, _)| print)).collect(),
    };
    let known = judge.unchanged();
    let open: Vec<usize> = (0..items.len()).filter(|at| items[*at].is_some() && !known[*at]).collect();
    judge.standing.extend(open.iter().filter_map(|at| items[*at].as_ref()).flat_map(|item| &item.prints[0]));
    let left: Vec<usize> = (0..records.len()).filter(|at| judge.used[*at] == 0).collect();
    judge.couple(&open, &left);
    judge.couple_by_likeness(&open, &left);
    let unsettled = || open.iter().filter_map(|at| items[*at].as_ref());
    let now = |side: usize| -> Prints<'_> {
        let alone = alone.iter().flat_map(|both| both[side].iter().map(|(print, _)| print));
        unsettled().flat_map(|item| &item.prints[side]).chain(alone).collect()
    };
    let kept = || left.iter().flat_map(|at| &records[*at].sources);
    let says_now = unsettled()
        .flat_map(|item| &item.texts)
        .chain(alone.iter().flat_map(|[own, _]| own.iter().map(|(_, text)| text)));
    let rest = Unsettled {
        now: [now(0), now(1)],
        then: [kept().map(|(print, _)| print).collect(), left.iter().flat_map(|at| &records[*at].targets).collect()],
        says_now: says_now.map(String::as_str).collect(),
        said_then: kept().map(|(_, text)| text.as_str()).collect(),
    };
    let state = |at: usize| match (&items[at], judge.anchors[at]) {
        (None, _) => ReviewState::Nothing,
        (Some(_), _) if known[at] => ReviewState::Reviewed,
        (Some(_), None) => ReviewState::Unreviewed,
        (Some(item), Some(record)) => rest.state(item, &records[record]),
    };
    (0..items.len()).map(|at| (state(at), judge.anchors[at].map(|record| &records[record]))).collect()
}

/// A pair with text on both sides.
struct Item {
    id: Option<String>,
    style: Style,
    /// The units of the source that have text, and their text.
    units: Vec<usize>,
    texts: Vec<String>,
    prints: [Vec<Fingerprint>; 2],
    /// How many words the translation has.
    length: usize,
    /// Whether its meaning depends on its place, as that of a table cell does.
    placed: bool,
}

impl Item {
    fn of(sources: &[Unit<'_>], targets: &[Unit<'_>]) -> Option<Self> {
        let from: Vec<(usize, Wording)> =
            sources.iter().enumerate().filter_map(|(at, unit)| Some((at, Wording::of(unit)?))).collect();
        let to: Vec<Wording> = targets.iter().filter_map(Wording::of).collect();
        if to.is_empty() || targets.iter().all(|unit| unit.draft) {
            return None;
        }
        Some(Self {
            id: sources.iter().find_map(|unit| unit.id).map(str::to_owned),
            style: from.first()?.1.style,
            units: from.iter().map(|(at, _)| *at).collect(),
            texts: from.iter().map(|(_, wording)| wording.line()).collect(),
            prints: [
                from.iter().map(|(_, wording)| wording.fingerprint()).collect(),
                to.iter().map(Wording::fingerprint).collect(),
            ],
            length: to.iter().map(|wording| wording.length).sum(),
            placed: sources.iter().any(|unit| unit.kind == UnitKind::Cell),
        })
    }

    fn text(&self) -> String {
        self.texts.join(" ")
    }

    /// What counts of a text of the same style.
    fn key(&self, text: &str) -> String {
        wording::key(text, self.style)
    }

    fn keys(&self, texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| self.key(text)).collect()
    }
}

/// What units say, and the units inside them.
fn deep(units: &[Unit<'_>]) -> Vec<(Fingerprint, String)> {
    let own = |unit: &Unit<'_>| Wording::of(unit).map(|wording| (wording.fingerprint(), wording.line()));
    units.iter().flat_map(|unit| own(unit).into_iter().chain(deep(&unit.children))).collect()
}

struct Judge<'a> {
    items: &'a [Option<Item>],
    records: &'a [Record],
    /// The record of each pair, where it is known.
    anchors: Vec<Option<usize>>,
    /// How many pairs each record has.
    used: Vec<usize>,
    /// What the source says in pairs that are not settled and in blocks that now have no counterpart.
    standing: Prints<'a>,
}

/// A pair and a record that may belong together.
struct Offer {
    score: f32,
    at: usize,
    record: usize,
}

impl Judge<'_> {
    /// Finds the pairs that are in the record as they are. One record is enough for a block that stands there twice.
    fn unchanged(&mut self) -> Vec<bool> {
        let mut same: HashMap<(Vec<&Fingerprint>, Vec<&Fingerprint>), VecDeque<usize>> = HashMap::new();
        for (at, record) in self.records.iter().enumerate() {
            let sources = record.sources.iter().map(|(print, _)| print).collect();
            same.entry((sources, record.targets.iter().collect())).or_default().push_back(at);
        }
        let mut known = vec![false; self.items.len()];
        for (at, item) in self.items.iter().enumerate() {
            let Some(Item { prints: [from, to], .. }) = item else { continue };
            let Some(free) = same.get_mut(&(from.iter().collect(), to.iter().collect())) else { continue };
            known[at] = true;
            if let Some(record) = free.pop_front() {
                self.take(at, record);
            }
        }
        known
    }

    fn take(&mut self, at: usize, record: usize) {
        self.anchors[at] = Some(record);
        self.used[record] += 1;
    }

    /// Matches pairs and records that share an id or a side.
    fn couple(&mut self, open: &[usize], left: &[usize]) {
        let mut by_print: HashMap<(usize, &Fingerprint), Vec<usize>> = HashMap::new();
        let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
        for &record in left {
            let kept = &self.records[record];
            for (print, _) in &kept.sources {
                by_print.entry((0, print)).or_default().push(record);
            }
            for print in &kept.targets {
                by_print.entry((1, print)).or_default().push(record);
            }
            if let Some(id) = &kept.id {
                by_id.entry(id.as_str()).or_default().push(record);
            }
        }
        let mut offers = Vec::new();
        for &at in open {
            let Some(item) = &self.items[at] else { continue };
            let sides =
                item.prints.iter().enumerate().flat_map(|(side, all)| all.iter().map(move |print| (side, print)));
            let mut found: Vec<usize> = sides.filter_map(|key| by_print.get(&key)).flatten().copied().collect();
            found.extend(item.id.as_deref().and_then(|id| by_id.get(id)).into_iter().flatten());
            found.sort_unstable();
            found.dedup();
            offers.extend(found.into_iter().filter_map(|record| self.offer(at, item, record)));
        }
        self.settle(offers);
    }

    /// How well a pair fits a record with which it shares something, if it fits well enough.
    fn offer(&self, at: usize, item: &Item, record: usize) -> Option<Offer> {
        let kept = &self.records[record];
        let source = kept.sources.iter().any(|(print, _)| item.prints[0].contains(print));
        let target = kept.targets.iter().any(|print| item.prints[1].contains(print));
        let id = item.id.is_some() && item.id == kept.id;
        // The block that was signed off is still there: another one took its translation.
        let stands = kept.sources.iter().all(|(print, _)| self.standing.contains(print));
        if stands && !source && !id && !item.placed {
            return None;
        }
        let like = if source { 0.5 } else { likeness(&item.text(), &said(kept)) };
        let fits = self.fits(at, record);
        // A short translation, such as “Yes” in a table, may stand beside another block by chance.
        let telling = source || id || fits || like >= LIKE || item.length >= TELLING;
        let points = [(id, 4.0), (source, 2.0), (target, 2.0), (fits, 1.5)];
        let score = like + points.iter().filter(|(there, _)| *there).map(|(_, points)| points).sum::<f32>();
        telling.then_some(Offer { score, at, record })
    }

    /// Whether a record stood between the records of the pairs before and after a pair.
    fn fits(&self, at: usize, record: usize) -> bool {
        let before = self.anchors[..at].iter().rev().find_map(|anchor| *anchor);
        let after = self.anchors[at + 1..].iter().find_map(|anchor| *anchor);
        before.is_none_or(|before| before < record) && after.is_none_or(|after| record < after)
    }

    /// Takes the best offers first; a record of several blocks may serve as many pairs.
    fn settle(&mut self, mut offers: Vec<Offer>) {
        offers.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.at, a.record).cmp(&(b.at, b.record))));
        for Offer { at, record, .. } in offers {
            let kept = &self.records[record];
            if self.anchors[at].is_none() && self.used[record] < kept.sources.len().max(kept.targets.len()) {
                self.take(at, record);
            }
        }
    }

    /// Matches what changed on both sides.
    fn couple_by_likeness(&mut self, open: &[usize], left: &[usize]) {
        let open: Vec<usize> = open.iter().copied().filter(|at| self.anchors[*at].is_none()).collect();
        let left: Vec<usize> = left.iter().copied().filter(|record| self.used[*record] == 0).collect();
        let everywhere = open.len() * left.len() <= COUPLES;
        let mut offers = Vec::new();
        for &at in &open {
            let Some(item) = &self.items[at] else { continue };
            for &record in &left {
                let fits = self.fits(at, record);
                if !fits && !everywhere {
                    continue;
                }
                let score = likeness(&item.text(), &said(&self.records[record]));
                if score >= if fits { LIKE } else { VERY_LIKE } {
                    offers.push(Offer { score, at, record });
                }
            }
        }
        self.settle(offers);
    }
}

fn said(record: &Record) -> String {
    record.sources.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
}

/// What stands in pairs that are not settled, and what stood in their records, for each side.
struct Unsettled<'a> {
    now: [Prints<'a>; 2],
    then: [Prints<'a>; 2],
    says_now: Vec<&'a str>,
    said_then: Vec<&'a str>,
}

impl Unsettled<'_> {
    fn state<'r>(&self, item: &Item, record: &'r Record) -> ReviewState<'r> {
        let was: Vec<&Fingerprint> = record.sources.iter().map(|(print, _)| print).collect();
        let (removed, added) = self.difference(0, &was, item);
        let targets: Vec<&Fingerprint> = record.targets.iter().collect();
        let (missing, extra) = self.difference(1, &targets, item);
        let source =
            differ(&removed, &added) && !self.regrouped(&item.key(&said(record)), &item.key(&item.text()), item);
        let target = differ(&missing, &extra);
        if !source {
            return if target { ReviewState::TranslationChanged } else { ReviewState::Reviewed };
        }
        let was = record.sources.iter().map(|(_, text)| text.as_str());
        let change =
            Change { was: not_elsewhere(was, &removed), now: not_elsewhere(item.units.iter().copied(), &added) };
        if target { ReviewState::BothChanged(change) } else { ReviewState::Stale(change) }
    }

    /// Whether paragraphs were only joined or split: one text consists of the other and of blocks that are, or were, in
    /// other pairs.
    fn regrouped(&self, was: &str, now: &str, item: &Item) -> bool {
        was == now
            || now.contains(was) && made_of(now, &item.keys(&self.said_then), PARTS)
            || was.contains(now) && made_of(was, &item.keys(&self.says_now), PARTS)
    }

    /// Where the wordings of a record went, and where those of a pair come from.
    fn difference(&self, side: usize, was: &[&Fingerprint], item: &Item) -> (Vec<Recurrence>, Vec<Recurrence>) {
        let now = &item.prints[side];
        let (mut old, mut new) = (vec![Recurrence::Nowhere; was.len()], vec![Recurrence::Nowhere; now.len()]);
        for (print, place) in was.iter().zip(&mut old) {
            let same = now.iter().zip(&mut new).find(|(other, taken)| other == print && **taken == Recurrence::Nowhere);
            if let Some((_, other)) = same {
                (*place, *other) = (Recurrence::SamePair, Recurrence::SamePair);
            }
        }
        // Two cells of a table that changed places changed what the table says; other blocks only moved.
        if item.placed && !old.contains(&Recurrence::SamePair) {
            return (old, new);
        }
        for (print, place) in was.iter().zip(&mut old).filter(|(_, place)| **place == Recurrence::Nowhere) {
            // A block that stands twice where it stood once, or the reverse, changes no words.
            if now.contains(print) || self.now[side].contains(print) {
                *place = Recurrence::OtherPair;
            }
        }
        for (print, place) in now.iter().zip(&mut new).filter(|(_, place)| **place == Recurrence::Nowhere) {
            if was.contains(&print) || self.then[side].contains(print) {
                *place = Recurrence::OtherPair;
            }
        }
        (old, new)
    }
}

fn differ(old: &[Recurrence], new: &[Recurrence]) -> bool {
    old.iter().chain(new).any(|place| *place == Recurrence::Nowhere)
}

/// Those of which the wording did not go to another pair, or come from one.
fn not_elsewhere<T>(parts: impl Iterator<Item = T>, places: &[Recurrence]) -> Vec<T> {
    parts.zip(places).filter(|(_, place)| **place != Recurrence::OtherPair).map(|(part, _)| part).collect()
}

/// The most blocks that may have been joined into one.
const PARTS: usize = 4;

/// Whether a text consists of several of these parts in a row.
fn made_of(text: &str, parts: &[String], most: usize) -> bool {
    text.is_empty()
        || most > 0
            && parts.iter().filter(|part| !part.is_empty()).any(|part| {
                text.strip_prefix(part.as_str()).is_some_and(|rest| made_of(rest.trim_start(), parts, most - 1))
            })
}

/// Where the same wording stands on the other side of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recurrence {
    /// It changed.
    Nowhere,
    /// In the same pair.
    SamePair,
    /// Paragraphs are now grouped differently.
    OtherPair,
}
