//! Making the record of a chapter.

use super::judge::judged;
use super::wording::Wording;
use crate::align::{Basis, ChapterPair, Pair, Unit};
use crate::lang::{Script, zh};
use crate::message::Message;
use crate::model::Record;
use crate::source::Span;

/// The least probability that a pair is right for it to be signed off: a wrong pair would be compared with the wrong text
/// ever after. The same id makes any pair certain.
const SURE: f32 = 0.5;

/// What can be signed off of a chapter, and what cannot.
#[derive(Debug, Default)]
pub struct SignedOff {
    /// The pairs, in reading order.
    pub records: Vec<Record>,
    /// What was left out.
    pub refused: Vec<Refused>,
    /// How many pairs were held back.
    pub held: usize,
    /// How many of `records` stood before and stay for such a pair.
    pub kept: usize,
}

/// Why a pair is held back though it could be signed off.
#[derive(Debug)]
pub struct Held {
    /// The block that is shown.
    pub span: Span,
    /// Why: half a sentence.
    pub why: Message,
    /// What is on record of it, and stays.
    pub record: Option<Record>,
}

/// A block that cannot be signed off.
#[derive(Debug)]
pub struct Refused {
    /// The block.
    pub span: Span,
    /// Why: half a sentence.
    pub why: Message,
}

/// Records every pair of a chapter whose counterpart is certain.
pub fn sign_off(chapter: &ChapterPair<'_>) -> SignedOff {
    sign_off_but(chapter, |_| None)
}

/// Records every pair of a chapter whose counterpart is certain and that is not held back; pairs are known by their place.
pub fn sign_off_but(chapter: &ChapterPair<'_>, held: impl Fn(usize) -> Option<Held>) -> SignedOff {
    let mut found = SignedOff::default();
    for (at, pair) in chapter.pairs.iter().enumerate() {
        match (&pair.sources[..], &pair.targets[..]) {
            ([], units) | (units, []) => refuse_alone(units, chapter, &mut found),
            (sources, targets) => {
                let (from, to) = (wordings(sources), wordings(targets));
                if from.is_empty() || to.is_empty() {
                    continue;
                }
                match (doubt(pair), held(at)) {
                    (Some(why), _) => found.refused.push(Refused { span: sources[0].span, why }),
                    (None, Some(held)) => {
                        found.refused.push(Refused { span: held.span, why: held.why });
                        found.held += 1;
                        found.kept += usize::from(held.record.is_some());
                        found.records.extend(held.record);
                    }
                    (None, None) => found.records.push(record(sources, &from, &to)),
                }
            }
        }
    }
    found
}

/// The records of a chapter with one pair signed off besides, which is known by its place. Those of other pairs stay as they are.
///
/// # Errors
/// Why it cannot be signed off: half a sentence.
pub fn sign_off_one(chapter: &ChapterPair<'_>, at: usize, before: &[Record]) -> Result<Vec<Record>, Message> {
    let pair = &chapter.pairs[at];
    let (from, to) = (wordings(&pair.sources), wordings(&pair.targets));
    if from.is_empty() || to.is_empty() {
        return Err(msg!("there is no counterpart"));
    }
    if let Some(why) = doubt(pair) {
        return Err(why);
    }
    let judged = judged(chapter, before);
    let place = |at: usize| judged[at].1.and_then(|old| before.iter().position(|record| std::ptr::eq(record, old)));
    let mut records = before.to_vec();
    // A line that stands for several pairs stays for the others.
    let shared = |line: usize| (0..judged.len()).any(|other| other != at && place(other) == Some(line));
    let new = record(&pair.sources, &from, &to);
    match place(at) {
        Some(line) if !shared(line) => records[line] = new,
        _ => {
            let before = (0..at).rev().find_map(place);
            records.insert(before.map_or(0, |line| line + 1), new);
        }
    }
    Ok(records)
}

/// The records of a chapter without the sign-off of a pair as it stands.
pub fn take_back(pair: &Pair<'_>, before: &[Record]) -> Vec<Record> {
    let (from, to) = (wordings(&pair.sources), wordings(&pair.targets));
    let own = record(&pair.sources, &from, &to);
    let is_own = |record: &&Record| {
        let prints = |record: &Record| record.sources.iter().map(|(print, _)| print.clone()).collect::<Vec<_>>();
        prints(record) == prints(&own) && record.targets == own.targets
    };
    before.iter().filter(|record| !is_own(record)).cloned().collect()
}

/// Refuses units without a counterpart that have text.
fn refuse_alone(units: &[Unit<'_>], chapter: &ChapterPair<'_>, found: &mut SignedOff) {
    for unit in units.iter().filter(|unit| says_something(unit)) {
        let other = if chapter.source.is_some_and(|chapter| chapter.lang == *unit.lang) {
            chapter.target
        } else {
            chapter.source
        };
        let language = other.map_or(msg!("the other language"), |chapter| chapter.lang.name());
        found.refused.push(Refused { span: unit.span, why: msg!("no counterpart in {language}", language) });
    }
}

fn says_something(unit: &Unit<'_>) -> bool {
    Wording::of(unit).is_some() || unit.children.iter().any(says_something)
}

/// Why a pair cannot be signed off, if it cannot.
fn doubt(pair: &Pair<'_>) -> Option<Message> {
    let target = &pair.targets[0];
    if pair.targets.iter().any(|unit| unit.draft) {
        return Some(msg!("marked as unfinished"));
    }
    if untranslated(pair) {
        return Some(msg!("not translated into {language}", language = target.lang.name()));
    }
    let sure = pair.score >= SURE || matches!(pair.basis, Basis::Id | Basis::Same);
    (!sure).then(|| {
        let percent = format!("{:.0}", pair.score * 100.0);
        msg!("its counterpart is uncertain ({percent} %); give both blocks the same id, such as `{{#name}}`", percent)
    })
}

/// Whether a pair has the text of the source where the translation should stand. Names, figures and code may be the same.
pub fn untranslated(pair: &Pair<'_>) -> bool {
    let ([source], [target]) = (&pair.sources[..], &pair.targets[..]) else { return false };
    let (Some(from), Some(to)) = (Wording::of(source), Wording::of(target)) else { return false };
    let shown = source.shown.is_some() || source.lang.is_form_of(target.lang);
    if shown || from.fingerprint() != to.fingerprint() {
        return false;
    }
    match source.lang.script() {
        Script::Han => from.text.contains(zh::is_han),
        Script::Latin => from.length > NAME,
    }
}

/// The most words of a heading or cell that may be a name and stay as they are.
const NAME: usize = 4;

fn record(sources: &[Unit<'_>], from: &[Wording], to: &[Wording]) -> Record {
    Record {
        id: sources.iter().find_map(|unit| unit.id).map(str::to_owned),
        sources: from.iter().map(|wording| (wording.fingerprint(), wording.line())).collect(),
        targets: to.iter().map(Wording::fingerprint).collect(),
    }
}

fn wordings(units: &[Unit<'_>]) -> Vec<Wording> {
    units.iter().filter_map(Wording::of).collect()
}
