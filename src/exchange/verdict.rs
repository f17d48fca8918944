//! What becomes of a unit that came back.

use std::collections::{BTreeMap, HashMap};

use super::entries::Entry;
use super::gather;
use super::lower;
use super::marks;
use super::returned::ReturnedUnit;
use super::settle::Essence;
use super::unit::{Code, CodeKind, Coded, Piece, Tagged};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::{self, Script};
use crate::message::{List, Message};
use crate::model::Lang;
use crate::source::{Sources, Span};

/// What becomes of it.
pub(super) enum Verdict {
    /// It has no translation.
    Empty,
    /// Its translation is the one that stands there.
    Same,
    /// It is left out.
    Refused(Box<Diagnostic>),
    /// It is written; what is to be said of it.
    Write(Vec<Diagnostic>),
}

/// The units of a book as it now is.
pub(super) struct Index<'a> {
    by_id: HashMap<(&'a str, &'a str), (usize, usize)>,
    /// By what the source says, for files that know no ids.
    by_text: HashMap<String, Vec<(usize, usize)>>,
    stations: Vec<(&'a str, &'a [Entry])>,
}

/// How like a source must be to that of a unit whose wording is not there any more.
const LIKE: f32 = 0.6;

impl<'a> Index<'a> {
    pub(super) fn of(stations: impl Iterator<Item = (&'a str, &'a [Entry])>, sources: &Sources) -> Self {
        let stations: Vec<_> = stations.collect();
        let mut index = Self { by_id: HashMap::new(), by_text: HashMap::new(), stations };
        for (station, (stem, entries)) in index.stations.iter().enumerate() {
            for (entry, one) in entries.iter().enumerate() {
                index.by_id.insert((stem, one.id.as_str()), (station, entry));
                let text = key(&gather::coded(one).0, &|_| String::new());
                let written = key(&gather::markdown(one, sources).0, &|_| String::new());
                index.by_text.entry(written.clone()).or_default().push((station, entry));
                if text != written {
                    index.by_text.entry(text).or_default().push((station, entry));
                }
            }
        }
        index
    }

    /// The unit of the book that a returned one belongs to.
    pub(super) fn find(&self, unit: &ReturnedUnit) -> Option<(usize, usize)> {
        let id = unit.id.as_deref();
        let named = unit.stem.as_deref().zip(id).and_then(|key| self.by_id.get(&key).copied());
        named.or_else(|| self.by_name(unit)).or_else(|| self.by_source(unit))
    }

    /// By its id alone, where one chapter has it.
    fn by_name(&self, unit: &ReturnedUnit) -> Option<(usize, usize)> {
        let id = unit.id.as_deref().filter(|_| unit.stem.is_none())?;
        let mut found = self.stations.iter().filter_map(|(stem, _)| self.by_id.get(&(*stem, id)).copied());
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }

    /// By what its source says, or the nearest to it in its chapter.
    fn by_source(&self, unit: &ReturnedUnit) -> Option<(usize, usize)> {
        let source = unit.source.as_ref()?;
        let text = key(source, &|_| String::new());
        let here =
            |(station, _): &&(usize, usize)| unit.stem.as_deref().is_none_or(|stem| self.stations[*station].0 == stem);
        if let Some(found) = self.by_text.get(&text).and_then(|found| found.iter().find(here)) {
            return Some(*found);
        }
        let stem = unit.stem.as_deref()?;
        let station = self.stations.iter().position(|(other, _)| *other == stem)?;
        let like = self.stations[station].1.iter().enumerate().map(|(at, entry)| {
            let said = key(&gather::coded(entry).0, &|_: &Code| String::new());
            (crate::checks::freshness::likeness(&text, &said), at)
        });
        let (score, entry) = like.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (score >= LIKE).then_some((station, entry))
    }
}

fn key<C>(text: &[Piece<C>], shown: &dyn Fn(&C) -> String) -> String {
    marks::plain(text, shown).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether nothing is said, not even a code.
pub(super) fn is_blank(text: &Tagged) -> bool {
    text.iter().all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
}

fn ids(text: &Coded) -> Vec<Piece<String>> {
    marks::essence(text, &mut |code| code.id.clone())
}

/// Decides on a unit. `sides` are those of the book as it is, with codes or as Markdown as the unit is.
pub(super) fn of(unit: &ReturnedUnit, sides: [&Coded; 2], entry: &Entry, stale: bool, langs: [&Lang; 2]) -> Verdict {
    let Some(target) = unit.target.as_ref().filter(|target| !is_blank(target)) else { return Verdict::Empty };
    let came = |text: &Tagged| marks::essence(text, &mut |id: &String| id.clone());
    let now = came(target);
    if now == ids(sides[1]) {
        return Verdict::Same;
    }
    if now == ids(sides[0]) && !entry.is_translated() {
        return Verdict::Empty;
    }
    let same_source = match &unit.source {
        None => true,
        Some(source) => came(source) == ids(sides[0]),
    };
    if !same_source && !stale {
        let found = Diagnostic::warning(
            codes::IMPORT_STALE,
            msg!("the source of this translation has changed since it was sent out"),
        );
        return Verdict::Refused(Box::new(
            found.hint(msg!("send the unit out again, or write it all the same with `--stale`")),
        ));
    }
    if let Some(found) = left_over(target, sides, langs) {
        return Verdict::Refused(Box::new(found));
    }
    if unit.markdown {
        return Verdict::Write(Vec::new());
    }
    match codes_of(target, sides) {
        Ok(doubts) => Verdict::Write(doubts),
        Err(found) => Verdict::Refused(Box::new(found)),
    }
}

/// A sentence of the source that stands in the translation, and did not before.
fn left_over(target: &Tagged, sides: [&Coded; 2], langs: [&Lang; 2]) -> Option<Diagnostic> {
    let plain = key(target, &|_| String::new());
    let [said, before] = sides.map(|side| key(side, &|_| String::new()));
    let sentences = lang::of(langs[0]).sentences(&said);
    let left = sentences
        .iter()
        .map(|range| said[range.clone()].trim())
        .find(|sentence| is_prose(sentence, langs[0]) && plain.contains(sentence) && !before.contains(sentence))?;
    let text: String = left.chars().take(EXCERPT).collect();
    let found = Diagnostic::error(
        codes::IMPORT_REFUSED,
        msg!("a sentence of the source is left in the translation: “{text}”", text),
    );
    Some(found.hint(msg!("translate it, or leave the translation empty until it is done")))
}

/// Whether a sentence is more than a name, a path or a number, which may be the same in both languages.
fn is_prose(sentence: &str, lang: &Lang) -> bool {
    let words = match lang.script() {
        Script::Han => sentence.chars().filter(|c| lang::zh::is_han(*c)).count(),
        Script::Latin => sentence
            .split_whitespace()
            .filter(|word| word.chars().all(|c| c.is_lowercase() || c.is_ascii_punctuation()))
            .count(),
    };
    words >= WORDS
}

/// The common words, or Chinese characters, from which a sentence is prose.
const WORDS: usize = 4;
/// Characters of a text that are shown.
const EXCERPT: usize = 30;

/// Compares the codes of a translation with those of its source; `sides` as in [`of`]. What the translation as it stands
/// does without, may be missing.
fn codes_of(target: &Tagged, sides: [&Coded; 2]) -> Result<Vec<Diagnostic>, Diagnostic> {
    let known = Known::of(sides);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    marks::each(target, &mut |id: &String| *counts.entry(id.as_str()).or_default() += 1);
    // Looks that a reviewer gave to words are markup of its own.
    counts.retain(|id, _| lower::look(id).is_none());
    let error = |message: Message| {
        Diagnostic::error(codes::IMPORT_CODES, message).hint(msg!("put the codes as they are in the source, each once"))
    };
    let strange: Vec<&str> = counts.keys().copied().filter(|id| !known.codes.contains_key(id)).collect();
    if !strange.is_empty() {
        let codes = known.list(&strange);
        return Err(error(msg!("the translation has codes that its source has not: {codes}", codes)));
    }
    let twice: Vec<&str> = counts.iter().filter(|(_, count)| **count > 1).map(|(id, _)| *id).collect();
    if !twice.is_empty() {
        return Err(error(msg!("codes stand twice in the translation: {codes}", codes = known.list(&twice))));
    }
    let missing = known.needed.iter().copied().filter(|id| !counts.contains_key(id));
    let (light, grave): (Vec<&str>, Vec<&str>) = missing.partition(|id| known.codes[id].kind.is_optional());
    if !grave.is_empty() {
        let codes = known.list(&grave);
        return Err(error(msg!("codes of the source are missing in the translation: {codes}", codes)));
    }
    let told = || {
        let message = msg!("markup of the source is not in the translation: {codes}", codes = known.list(&light));
        Diagnostic::warning(codes::IMPORT_CODES, message)
    };
    Ok(if light.is_empty() { Vec::new() } else { vec![told()] })
}

/// The codes that a translation may have.
struct Known<'a> {
    codes: BTreeMap<&'a str, &'a Code>,
    /// Those that it must have: of the source, and where there is a translation, those that it has.
    needed: Vec<&'a str>,
}

impl<'a> Known<'a> {
    fn of([source, target]: [&'a Coded; 2]) -> Self {
        let (mut codes, mut needed, mut had) = (BTreeMap::new(), Vec::new(), Vec::new());
        marks::each(source, &mut |code: &Code| {
            codes.insert(code.id.as_str(), code);
            needed.push(code.id.as_str());
        });
        marks::each(target, &mut |code: &Code| {
            codes.insert(code.id.as_str(), code);
            had.push(code.id.as_str());
        });
        if !target.is_empty() {
            needed.retain(|id| had.contains(id));
        }
        Self { codes, needed }
    }

    /// Codes in words: what they are, and what they show.
    fn list(&self, ids: &[&str]) -> Message {
        let name = |id: &&str| match self.codes.get(id).map(|code| (code.kind.word(), code.shown.as_str())) {
            Some((kind, "")) => Message::data(format!("{kind} {id}")),
            Some((kind, shown)) => Message::data(format!("{kind} {id} ({shown})")),
            None => Message::data((*id).to_owned()),
        };
        Message::list(List::Items, ids.iter().map(name))
    }
}

/// Whether a text that was typed as Markdown has the codes of its source, apart from those that it may lack.
pub(super) fn codes_agree(source: &Essence, typed: &Essence) -> bool {
    let of = |text: &Essence| {
        let mut codes = Vec::new();
        marks::each(text, &mut |code: &(CodeKind, String)| {
            if !code.0.is_optional() {
                codes.push(code.clone());
            }
        });
        codes.sort_by(|a, b| (a.0.word(), &a.1).cmp(&(b.0.word(), &b.1)));
        codes
            .into_iter()
            .map(|(kind, key)| if kind == CodeKind::Link { (kind, String::new()) } else { (kind, key) })
            .collect::<Vec<_>>()
    };
    of(source) == of(typed)
}

/// Puts a finding at its place: in what came back, or at the source of the unit.
pub(super) fn placed(found: Diagnostic, place: Option<Span>, entry: &Entry) -> Diagnostic {
    let source = entry.source[0].place.span();
    match place {
        Some(place) => found.at(place).label(source, msg!("the source")),
        None => found.at(source),
    }
}

/// A unit that is not in the book any more.
pub(super) fn lost(unit: &ReturnedUnit, place: Option<Span>) -> Diagnostic {
    let said =
        unit.source.as_ref().or(unit.target.as_ref()).map(|text| key(text, &|_| String::new())).unwrap_or_default();
    let text: String = said.chars().take(EXCERPT).collect();
    let message = match &unit.place {
        Some(row) => {
            msg!("the book has no text any more to which this belongs: {row}, “{text}”", row = row.as_str(), text)
        }
        None => msg!("the book has no text any more to which this belongs: “{text}”", text),
    };
    let found =
        Diagnostic::warning(codes::IMPORT_LOST, message).hint(msg!("look for it by hand: nothing of it was written"));
    place.into_iter().fold(found, Diagnostic::at)
}

/// A translation that no Markdown can say in its place.
pub(super) fn unwritable(at: Span) -> Diagnostic {
    Diagnostic::error(
        codes::IMPORT_REFUSED,
        msg!("this translation cannot be written so that it is read as it was meant"),
    )
    .at(at)
    .hint(msg!("write it into the chapter by hand, or leave out markup at the borders of words"))
}

/// A translation for which the chapter has no place.
pub(super) fn homeless(at: Span) -> Diagnostic {
    Diagnostic::error(codes::IMPORT_REFUSED, msg!("the translation has no block for this text, and none can be put in"))
        .at(at)
        .hint(msg!("add the block to the chapter by hand, then import again"))
}

/// A translation in another number of blocks.
pub(super) fn other_blocks(at: Span, came: usize, there: usize) -> Diagnostic {
    let message = msg!("the translation came back in {came} paragraphs; in the chapter it has {there}", came, there);
    Diagnostic::error(codes::IMPORT_REFUSED, message).at(at).hint(msg!("write it into the chapter by hand"))
}
