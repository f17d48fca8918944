//! The other language of a chapter before it is translated: the blocks of the source, marked as unfinished.

use std::collections::HashMap;
use std::ops::Range;

use super::settle::{self, Essence};
use super::slots::{self, Place, Slot};
use super::unit::Piece;
use crate::align::{ChapterPair, Pair, Unit, UnitKind, units_of};
use crate::manuscript::{DRAFT, HEAD, Reading};
use crate::model::Chapter;
use crate::source::Span;

/// What stands in a skeleton where words are to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The words of the source.
    Source,
    /// Three dots, with the words of the source in a comment.
    Empty,
}

/// The comment that marks the next block.
fn mark() -> String {
    format!("<!-- dama: {DRAFT} -->")
}

/// The whole of a chapter that is not there yet.
pub(super) fn chapter(source: &Chapter, text: &str, fill: Fill) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut head = false;
    for unit in units_of(source) {
        let slots = worded(std::slice::from_ref(&unit));
        head |= unit.in_front_matter && !slots.is_empty();
        if !unit.in_front_matter && (!slots.is_empty() || has_chart(&unit)) {
            edits.extend(unfinished(&unit, &slots, text, fill));
        }
    }
    if let Some(end) = front_matter(text).filter(|_| head) {
        edits.push((end..end, format!("{DRAFT}: {HEAD}\n")));
    }
    with(text, edits, 0..text.len())
}

/// Where the last line of front matter begins.
fn front_matter(text: &str) -> Option<usize> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        match (number, line.trim_end()) {
            (0, "---") => {}
            (0, _) => return None,
            (_, "---") => return Some(at),
            _ => {}
        }
        at += line.len();
    }
    None
}

/// The slots of units with words.
fn worded(units: &[Unit<'_>]) -> Vec<Slot> {
    let mut slots = Vec::new();
    slots::all(units, &mut slots);
    slots.retain(Slot::has_words);
    slots
}

/// Whether there is a chart in it, whose words stand in its data.
fn has_chart(unit: &Unit<'_>) -> bool {
    matches!(unit.kind, UnitKind::Chart(_)) || unit.children.iter().any(has_chart)
}

/// The changes that mark a unit of the source as unfinished.
fn unfinished(unit: &Unit<'_>, slots: &[Slot], text: &str, fill: Fill) -> Vec<(Range<usize>, String)> {
    if fill == Fill::Empty && !has_chart(unit) {
        return slots.iter().map(|slot| emptied(slot, text)).collect();
    }
    let inside = matches!(unit.kind, UnitKind::Item | UnitKind::Note | UnitKind::Meta(_));
    let (at, behind) = match (slots.first().map(|slot| &slot.place), inside) {
        (Some(Place::Run(run)), true) => (run.start, " ".to_owned()),
        _ => (unit.span.start, format!("\n{}", indent(text, unit.span.start))),
    };
    let mut edits = vec![(at..at, mark() + &behind)];
    if fill == Fill::Empty {
        edits.extend(slots.iter().map(|slot| emptied(slot, text)));
    }
    edits
}

/// What stands before a place in its line, so that the line after it belongs to the same block.
fn indent(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    &text[line..at]
}

/// A slot without its words; codes by themselves stay.
fn emptied(slot: &Slot, text: &str) -> (Range<usize>, String) {
    let range = slot.place.span().range();
    let new = match &slot.place {
        Place::Attribute(key, _) => format!("{key}=\"…\""),
        Place::Alternative(_) => {
            let there = &text[range.clone()];
            format!("![…{}", there.find("](").map_or("", |at| &there[at..]))
        }
        Place::Line(_) => text[range.clone()].to_owned(),
        Place::Run(_) => {
            let mut out = format!("<!-- dama: {DRAFT}: {} --> …", super::gather::line(&slot.marked));
            kept(&slot.marked, text, &mut out);
            out
        }
    };
    (range, new)
}

/// The codes that show something by themselves, as they are written.
fn kept(marked: &super::marks::Marked, text: &str, out: &mut String) {
    for piece in marked {
        match piece {
            Piece::Text(_) => {}
            Piece::Single(mark) => out.push_str(&text[mark.open.clone()]),
            Piece::Pair(_, body) => kept(body, text, out),
        }
    }
}

/// A part of a text with changes that lie in it.
fn with(text: &str, mut edits: Vec<(Range<usize>, String)>, part: Range<usize>) -> String {
    edits.retain(|(range, _)| part.start <= range.start && range.end <= part.end);
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::new();
    let mut at = part.start;
    for (range, new) in edits.into_iter() {
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out + &text[at..part.end]
}

/// A chapter of the translation with what its source has more.
#[derive(Debug)]
pub(super) struct Grown {
    pub(super) text: String,
    /// For each slot of the text the place that it had before, or the place in the source that it was made from.
    pub(super) slots: Vec<(Range<usize>, Origin)>,
    /// Units of the source for which there is no place.
    pub(super) homeless: Vec<Span>,
    /// How many were put in.
    pub(super) added: usize,
}

/// Where a slot of a grown chapter comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// The same chapter, where it stood there.
    Target(Range<usize>),
    /// The source, where it stands there.
    Source(Range<usize>),
}

/// A block to be put in.
struct Insertion {
    at: usize,
    text: String,
    /// The places of its slots in the source.
    slots: Vec<Range<usize>>,
    unit: Span,
}

/// Puts the units of the source that have no counterpart, and are wanted, behind the counterparts of their predecessors.
pub(super) fn grow(
    pair: &ChapterPair<'_>,
    texts: [&str; 2],
    reading: &Reading<'_>,
    fill: Fill,
    wants: &dyn Fn(Span) -> bool,
) -> Grown {
    let mut growing =
        Growing { texts, fill, wants, counterparts: counterparts(pair), insertions: Vec::new(), homeless: Vec::new() };
    if let Some(source) = pair.source {
        growing.siblings(&units_of(source), true);
    }
    let Growing { insertions, mut homeless, .. } = growing;
    let before = settle::read(texts[1], reading);
    if let Some(grown) = put_in(texts[1], &insertions.iter().collect::<Vec<_>>(), &before, reading) {
        return Grown { homeless, ..grown };
    }
    // One of them does not fit: each for itself.
    let mut good: Vec<&Insertion> = Vec::new();
    let mut grown = put_in(texts[1], &good, &before, reading);
    for insertion in &insertions {
        good.push(insertion);
        match put_in(texts[1], &good, &before, reading) {
            Some(better) => grown = Some(better),
            None => homeless.extend(good.pop().map(|insertion| insertion.unit)),
        }
    }
    let untouched = || Grown { text: texts[1].to_owned(), slots: Vec::new(), homeless: Vec::new(), added: 0 };
    Grown { homeless, ..grown.unwrap_or_else(untouched) }
}

/// The text with insertions, if all that was there before says the same, and what is new says what the source says.
fn put_in(
    text: &str,
    insertions: &[&Insertion],
    before: &[(Range<usize>, Essence)],
    reading: &Reading<'_>,
) -> Option<Grown> {
    let mut order: Vec<&&Insertion> = insertions.iter().collect();
    order.sort_by_key(|insertion| insertion.at);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    let mut new: Vec<(Range<usize>, &Insertion)> = Vec::new();
    for insertion in order {
        out.push_str(text.get(at..insertion.at)?);
        let start = out.len();
        out.push_str(&insertion.text);
        new.push((start..out.len(), insertion));
        at = insertion.at;
    }
    out.push_str(text.get(at..)?);
    let mut old = before.iter();
    let mut left: Vec<_> = new.iter().map(|(range, insertion)| (range, insertion.slots.iter())).collect();
    let mut slots = Vec::new();
    for (range, essence) in settle::read(&out, reading) {
        let inserted = left.iter_mut().find(|(new, _)| new.start <= range.start && range.end <= new.end);
        let origin = match inserted {
            Some((_, places)) => Origin::Source(places.next()?.clone()),
            None => {
                let (place, said) = old.next()?;
                if *said != essence {
                    return None;
                }
                Origin::Target(place.clone())
            }
        };
        slots.push((range, origin));
    }
    let whole = old.next().is_none() && left.iter_mut().all(|(_, places)| places.next().is_none());
    whole.then(|| Grown { text: out, slots, homeless: Vec::new(), added: insertions.len() })
}

/// The places of the counterparts of units of the source, by the number of the unit.
fn counterparts(pair: &ChapterPair<'_>) -> HashMap<(crate::source::FileId, usize), Option<Span>> {
    let mut found = HashMap::new();
    for Pair { sources, targets, .. } in &pair.pairs {
        let place = targets.iter().map(|unit| unit.span).reduce(Span::to);
        found.extend(sources.iter().map(|unit| (unit.key(), place)));
    }
    found
}

struct Growing<'a> {
    texts: [&'a str; 2],
    fill: Fill,
    wants: &'a dyn Fn(Span) -> bool,
    counterparts: HashMap<(crate::source::FileId, usize), Option<Span>>,
    insertions: Vec<Insertion>,
    homeless: Vec<Span>,
}

impl Growing<'_> {
    fn siblings(&mut self, units: &[Unit<'_>], top: bool) {
        for (at, unit) in units.iter().enumerate() {
            match self.counterparts.get(&unit.key()) {
                Some(Some(_)) => self.siblings(&unit.children, false),
                Some(None) if (self.wants)(unit.span) => {
                    let place = self.place(units, at, top).filter(|_| may_be_put_in(unit));
                    match place {
                        Some(place) => self.insert(unit, place),
                        None => self.homeless.push(unit.span),
                    }
                }
                _ => {}
            }
        }
    }

    /// Where a unit belongs: behind the counterpart of the nearest one before it that has one, else before that of the next.
    fn place(&self, units: &[Unit<'_>], at: usize, top: bool) -> Option<Where> {
        let counterpart = |unit: &Unit<'_>| self.counterparts.get(&unit.key()).copied().flatten();
        let body = |unit: &&Unit<'_>| {
            !matches!(unit.kind, UnitKind::Meta(_))
                && (unit.kind == UnitKind::Note) == (units[at].kind == UnitKind::Note)
        };
        let end = self.texts[1].trim_end().len();
        if units[at].kind == UnitKind::Note {
            return Some(Where { at: end, gap: "\n\n".to_owned(), behind: true });
        }
        let before = units[..at].iter().rev().filter(body).find_map(|unit| Some((unit, counterpart(unit)?)));
        if let Some((unit, place)) = before {
            let behind_it = &self.texts[0][unit.span.end.min(units[at].span.start)..units[at].span.start];
            let blank = behind_it.contains('\n') && behind_it.chars().all(|c| c.is_whitespace() || c == '>');
            let gap = if blank { behind_it.to_owned() } else { "\n\n".to_owned() };
            return Some(Where { at: place.end, gap, behind: true });
        }
        let after = units[at + 1..].iter().filter(body).find_map(counterpart);
        if let Some(place) = after {
            let gap = format!("{}{}", if top { "\n\n" } else { "\n" }, indent(self.texts[1], place.start));
            return Some(Where { at: place.start, gap, behind: false });
        }
        top.then(|| Where { at: end, gap: "\n\n".to_owned(), behind: true })
    }

    fn insert(&mut self, unit: &Unit<'_>, place: Where) {
        let slots = worded(std::slice::from_ref(unit));
        let edits = unfinished(unit, &slots, self.texts[0], self.fill);
        let block = with(self.texts[0], edits, unit.span.range());
        let block = block.trim_end();
        let text = if place.behind { format!("{}{block}", place.gap) } else { format!("{block}{}", place.gap) };
        let mut all = Vec::new();
        slots::all(std::slice::from_ref(unit), &mut all);
        let slots = all.iter().map(|slot| slot.place.span().range()).collect();
        self.insertions.push(Insertion { at: place.at, text, slots, unit: unit.span });
    }
}

struct Where {
    at: usize,
    /// What parts it from its neighbour.
    gap: String,
    /// Whether it stands behind its neighbour.
    behind: bool,
}

/// Whether a unit can stand by itself: a cell is part of its row, a line of the head part of the front matter.
fn may_be_put_in(unit: &Unit<'_>) -> bool {
    !matches!(unit.kind, UnitKind::Cell | UnitKind::Meta(_) | UnitKind::Caption | UnitKind::Credit)
}
