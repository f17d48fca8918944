//! What came back, written into the manuscript.
//!
//! Units are known by the wording of their source, never by their place. Nothing is guessed: a unit whose source is not there any
//! more, whose codes are not those of the source, or that cannot be written so that it says what was meant, is left out with a
//! finding.

use std::collections::BTreeMap;
use std::ops::Range;

use super::entries::{self, Entry};
use super::finish;
use super::gather;
use super::lower::{self, There};
use super::marks;
use super::returned::{Returned, ReturnedUnit};
use super::settle::{self, Essence, Meant, Wish};
use super::skeleton::{self, Fill, Grown, Origin};
use super::slots::{Place, Slot};
use super::unit::{CodeKind, Coded, Piece, State, Tagged};
use super::verdict::{self, Verdict};
use crate::align::{Alignment, ChapterPair};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::Reading;
use crate::model::{Book, Chapter};
use crate::source::{FileId, Sources, Span};

/// How what came back is taken.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terms {
    /// Whether translations of a source that has changed since are written.
    pub stale: bool,
    /// Whether the files belong to no book.
    pub compared: bool,
}

/// What a run of imports makes of a manuscript.
#[derive(Debug, Default)]
pub struct Brought {
    /// What is wrong with what came back.
    pub findings: Vec<Diagnostic>,
    /// The files that change, with all of their new text.
    pub changed: BTreeMap<String, String>,
    /// Units whose translation is as it stands.
    pub same: usize,
    /// Units that came back without a translation.
    pub empty: usize,
    /// Units that are written.
    pub written: usize,
    /// Units that are left out.
    pub refused: usize,
    /// Chapters and units whose translation came back as approved, to be signed off: the stem of the chapter and the fingerprint of the source.
    pub approved: Vec<(String, String)>,
    /// Stem, id and what was said of it.
    pub remarks: Vec<(Span, String, super::Remark)>,
}

impl Brought {
    /// Leaves something out.
    fn refuse(&mut self, found: Diagnostic) {
        self.findings.push(found);
        self.refused += 1;
    }
}

/// Where what came back is to go.
pub struct Bringing<'a> {
    /// The book as it now is.
    pub book: &'a Book,
    /// The files that it was read from, and those that came back.
    pub sources: &'a Sources,
    /// Its languages beside each other.
    pub alignment: &'a Alignment<'a>,
    /// How it is taken.
    pub terms: Terms,
}

/// A chapter and what of it is translated.
struct Station<'a> {
    pair: &'a ChapterPair<'a>,
    source: &'a Chapter,
    entries: Vec<Entry>,
}

/// A translation that is to be written.
struct Order {
    station: usize,
    entry: usize,
    wanted: Wanted,
    /// Where what is said of it points.
    at: Span,
}

enum Wanted {
    Coded(Tagged),
    Markdown(String),
}

impl Bringing<'_> {
    /// Takes a file that came back. `file` is its text among the sources, where it is text.
    pub fn bring(&self, returned: &Returned, file: Option<FileId>) -> Brought {
        let mut brought = Brought::default();
        for refusal in &returned.refused {
            let found = Diagnostic::error(codes::IMPORT_REFUSED, refusal.message.clone());
            let found = refusal.hint.iter().fold(found, |found, hint| found.hint(hint.clone()));
            brought.refuse(match (file, &refusal.at) {
                (Some(file), Some(at)) => found.at(self.sources.clamp(Span::new(file, at.clone()))),
                _ => found,
            });
        }
        let stations = self.stations();
        let index = verdict::Index::of(
            stations.iter().map(|station| (station.source.stem.as_str(), &station.entries[..])),
            self.sources,
        );
        let mut orders: Vec<Order> = Vec::new();
        for unit in &returned.units {
            let place = file.zip(unit.at.clone()).map(|(file, at)| self.sources.clamp(Span::new(file, at)));
            self.judge(unit, place, &stations, &index, &mut orders, &mut brought);
        }
        let mut by_station: BTreeMap<usize, Vec<Order>> = BTreeMap::new();
        for order in orders {
            by_station.entry(order.station).or_default().push(order);
        }
        for (station, orders) in by_station {
            self.write(&stations[station], orders, &mut brought);
        }
        brought
    }

    fn stations(&self) -> Vec<Station<'_>> {
        let target = &self.alignment.target;
        let station = |pair| {
            let pair: &ChapterPair<'_> = pair;
            let source = pair.source?;
            let entries = entries::of_chapter(pair, self.book.reviewed.chapter(target, &source.stem));
            Some(Station { pair, source, entries })
        };
        self.alignment.chapters.iter().filter_map(station).collect()
    }

    /// Decides what becomes of a unit.
    fn judge(
        &self,
        unit: &ReturnedUnit,
        place: Option<Span>,
        stations: &[Station<'_>],
        index: &verdict::Index<'_>,
        orders: &mut Vec<Order>,
        brought: &mut Brought,
    ) {
        let empty = unit.target.as_ref().is_none_or(verdict::is_blank);
        let found = index.find(unit);
        if let Some((station, entry)) = found {
            let span = stations[station].entries[entry].source[0].place.span();
            let id = format!("{}#{}", stations[station].source.stem, stations[station].entries[entry].id);
            brought.remarks.extend(unit.remarks.iter().map(|remark| (span, id.clone(), remark.clone())));
        }
        let Some((station, entry)) = found else {
            if !empty || !unit.remarks.is_empty() {
                brought.refuse(verdict::lost(unit, place));
            }
            return;
        };
        let here = &stations[station].entries[entry];
        let (source, target) = match unit.markdown {
            true => gather::markdown(here, self.sources),
            false => gather::coded(here),
        };
        match verdict::of(
            unit,
            [&source, target.as_ref().unwrap_or(&Coded::new())],
            here,
            self.terms.stale,
            [&self.alignment.source, &self.alignment.target],
        ) {
            Verdict::Empty => brought.empty += 1,
            Verdict::Same => {
                brought.same += 1;
                self.approve(unit, &stations[station], here, brought);
            }
            Verdict::Refused(found) => brought.refuse(verdict::placed(*found, place, here)),
            Verdict::Write(doubts) => {
                brought.findings.extend(doubts.into_iter().map(|found| verdict::placed(found, place, here)));
                let wanted = unit.target.clone().unwrap_or_default();
                let wanted = match unit.markdown {
                    true => Wanted::Markdown(marks::plain(&wanted, &|_| String::new())),
                    false => Wanted::Coded(wanted),
                };
                self.approve(unit, &stations[station], here, brought);
                let at = place.unwrap_or_else(|| here.source[0].place.span());
                orders.retain(|other| (other.station, other.entry) != (station, entry));
                orders.push(Order { station, entry, wanted, at });
            }
        }
    }

    fn approve(&self, unit: &ReturnedUnit, station: &Station<'_>, entry: &Entry, brought: &mut Brought) {
        if unit.state == Some(State::Signed) && entry.state != State::Signed {
            brought.approved.push((station.source.stem.clone(), entry.source[0].print.as_str().to_owned()));
        }
    }

    /// Writes what came back of a chapter into its translation.
    fn write(&self, station: &Station<'_>, orders: Vec<Order>, brought: &mut Brought) {
        let Some((path, grown, reading)) = self.grown(station, &orders) else { return };
        let texts = [
            self.sources.get(station.source.file).text(),
            station.pair.target.map_or("", |target| self.sources.get(target.file).text()),
        ];
        let mut wishes = Vec::new();
        let mut owners = Vec::new();
        for (number, order) in orders.iter().enumerate() {
            match wishes_of(order, &station.entries[order.entry], &grown, texts) {
                Ok(new) => {
                    owners.extend(new.iter().map(|_| number));
                    wishes.extend(new);
                }
                Err(found) => brought.refuse(found),
            }
        }
        let made = settle::settle(&grown.text, &reading, &wishes);
        // A text of several blocks is written whole or not at all.
        let mut whole: BTreeMap<usize, bool> = BTreeMap::new();
        for (change, owner) in made.iter().zip(&owners) {
            *whole.entry(*owner).or_insert(true) &= change.is_some();
        }
        for (owner, written) in &whole {
            if *written {
                brought.written += 1;
            } else {
                brought.refuse(verdict::unwritable(orders[*owner].at));
            }
        }
        let kept = made.iter().zip(&owners).filter(|(_, owner)| whole[owner]).filter_map(|(change, _)| change.as_ref());
        let edits: Vec<(&Range<usize>, &str)> = kept.map(|change| (&change.range, change.text.as_str())).collect();
        if edits.is_empty() {
            return;
        }
        let written = wishes.iter().zip(&made).zip(&owners).filter(|((_, made), owner)| made.is_some() && whole[owner]);
        let places: Vec<Range<usize>> = written.map(|((wish, _), _)| wish.range.clone()).collect();
        if let Some(text) = settle::edited(&grown.text, edits) {
            let text = finish::without_marks(&grown.text, &text, &places, &reading);
            brought.changed.insert(path, text);
        }
    }

    /// The translation of a chapter with a place for each of the orders; its path, and how it is read.
    fn grown<'a>(&'a self, station: &Station<'a>, orders: &[Order]) -> Option<(String, Grown, Reading<'a>)> {
        let text = self.sources.get(station.source.file).text();
        let compared = self.terms.compared;
        match station.pair.target {
            None => {
                let path = self.path_of(station.source);
                let new = skeleton::chapter(station.source, text, Fill::Source);
                let reading = Reading { chapter: station.source, compared };
                let from = settle::read(text, &reading);
                let to = settle::read(&new, &reading);
                if from.len() != to.len() {
                    return None;
                }
                let slots = to.into_iter().zip(from).map(|((new, _), (old, _))| (new, Origin::Source(old))).collect();
                Some((path, Grown { text: new, slots, homeless: Vec::new(), added: 0 }, reading))
            }
            Some(target) => {
                let reading = Reading { chapter: target, compared };
                let missing: Vec<Span> = orders
                    .iter()
                    .map(|order| &station.entries[order.entry])
                    .filter(|entry| entry.target.is_empty())
                    .map(|entry| entry.source[0].place.span())
                    .collect();
                let wants = |unit: Span| missing.iter().any(|span| unit.encloses(*span));
                let texts = [text, self.sources.get(target.file).text()];
                let grown = skeleton::grow(station.pair, texts, &reading, Fill::Source, &wants);
                Some((self.sources.get(target.file).path().to_owned(), grown, reading))
            }
        }
    }

    /// The path of a translation that is not there yet.
    fn path_of(&self, source: &Chapter) -> String {
        super::translation_path(self.book, source, &self.alignment.target)
    }
}

/// The changes that an order asks for, one for each block that it stands in.
fn wishes_of(order: &Order, entry: &Entry, grown: &Grown, texts: [&str; 2]) -> Result<Vec<Wish>, Diagnostic> {
    let into_source = entry.target.is_empty();
    let slots = if into_source { &entry.source } else { &entry.target };
    let origins = slots.iter().map(|slot| {
        let place = slot.place.span().range();
        if into_source { Origin::Source(place) } else { Origin::Target(place) }
    });
    let places: Option<Vec<Range<usize>>> = origins
        .map(|origin| grown.slots.iter().find(|(_, from)| *from == origin).map(|(range, _)| range.clone()))
        .collect();
    let Some(places) = places else { return Err(verdict::homeless(order.at)) };
    let mut codes = lower::codes(entry, texts);
    if let Wanted::Coded(text) = &order.wanted {
        lower::add_looks(text, &mut codes);
    }
    let parts: Vec<Wanted> = match &order.wanted {
        Wanted::Coded(text) => parts(text, &codes).into_iter().map(Wanted::Coded).collect(),
        Wanted::Markdown(text) => {
            text.split(gather::PARAGRAPHS).map(|part| Wanted::Markdown(part.to_owned())).collect()
        }
    };
    if parts.len() != places.len() {
        return Err(verdict::other_blocks(order.at, parts.len(), places.len()));
    }
    let source = settle::essence(&entry.source[0]);
    let mut wishes = Vec::new();
    for ((part, range), slot) in parts.iter().zip(places).zip(slots) {
        let (ways, meant) = match part {
            Wanted::Coded(text) => {
                let does = |id: &String| {
                    codes
                        .get(id)
                        .map_or((CodeKind::Block, String::new()), |code| (code.mark.kind, code.mark.key.clone()))
                };
                let meant = marks::essence(text, &mut { does });
                (lower::ways(text, &codes, &slot.place, &There::of(&grown.text, &range)), Meant::Exactly(meant))
            }
            Wanted::Markdown(text) => typed(text, slot, &There::of(&grown.text, &range), &source),
        };
        wishes.push(Wish { range, ways, meant });
    }
    Ok(wishes)
}

/// A text that a person typed as Markdown. Where none can stand, it is words.
fn typed(text: &str, slot: &Slot, there: &There<'_>, source: &Essence) -> (Vec<String>, Meant) {
    let words = vec![Piece::Text(text.to_owned())];
    let meant = Meant::Typed(verdict::codes_agree, source.clone());
    match slot.place {
        Place::Run(_) => (vec![text.trim().to_owned()], meant),
        Place::Line(_) => (lower::ways(&words, &lower::Codes::new(), &slot.place, there), meant),
        _ => {
            let exactly = marks::essence(&words, &mut |_: &String| (CodeKind::Block, String::new()));
            (lower::ways(&words, &lower::Codes::new(), &slot.place, there), Meant::Exactly(exactly))
        }
    }
}

/// A text in several blocks, taken apart where one ends.
fn parts(text: &Tagged, codes: &lower::Codes) -> Vec<Tagged> {
    let mut parts = vec![Tagged::new()];
    for piece in text {
        match piece {
            Piece::Single(id) if codes.get(id).is_some_and(|code| code.mark.kind == CodeKind::Block) => {
                parts.push(Tagged::new());
            }
            piece => parts.last_mut().expect("there is one").push(piece.clone()),
        }
    }
    parts
}
