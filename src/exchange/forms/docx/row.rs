//! What a row says that came back.

use std::collections::{BTreeMap, BTreeSet};

use super::anchor::{Anchor, of_bookmark};
use super::codes::Codes;
use super::content::{Cell, Odd, Reading, Row};
use super::looks::Looks;
use super::marks::{self, Decoded};
use super::token::Fault;
use crate::exchange::{Piece, Refusal, Remark, ReturnedUnit, Tagged};
use crate::message::Message;

/// What is known of the document around a row.
pub(super) struct Around<'a> {
    /// The chapter of the table.
    pub(super) stem: Option<&'a str>,
    /// The chapters by the numbers of their tables.
    pub(super) stems: &'a BTreeMap<usize, String>,
    pub(super) comments: &'a BTreeMap<String, Remark>,
}

/// A row that was read.
#[derive(Default)]
pub(super) struct Read {
    pub(super) unit: Option<ReturnedUnit>,
    /// Its number, if it is known.
    pub(super) number: Option<usize>,
    pub(super) refused: Vec<Refusal>,
    /// The ids of the comments that were taken.
    pub(super) comments: Vec<String>,
}

/// Where a row belongs.
struct Identity {
    anchor: Option<Anchor>,
    stem: Option<String>,
    id: Option<String>,
    number: Option<usize>,
    /// Whether anything shows that it was sent.
    was_sent: bool,
}

impl Identity {
    fn of(row: &Row, around: &Around<'_>) -> Self {
        let first = row.cells.first().map(Cell::text).unwrap_or_default();
        let (anchor, shown) = Anchor::parse(&first);
        let digits: String = shown.trim_start().chars().take_while(char::is_ascii_digit).take(9).collect();
        let number = anchor.as_ref().map(|anchor| anchor.row).or_else(|| digits.parse().ok());
        let marked = row.bookmarks.iter().find_map(|name| of_bookmark(name));
        let (stem, id) = match (&anchor, &marked) {
            (Some(anchor), _) => (Some(anchor.stem.clone()), Some(anchor.id.clone())),
            (None, Some((table, id))) => (around.stems.get(table).cloned(), id.clone()),
            (None, None) => (None, None),
        };
        let stem = stem.or_else(|| around.stem.map(str::to_owned));
        let was_sent = anchor.is_some() || marked.is_some();
        Self { anchor, stem, id, number, was_sent }
    }
}

/// Reads a row, the one at `position` of its table, from 1.
pub(super) fn read(row: &Row, position: usize, around: &Around<'_>) -> Read {
    let identity = Identity::of(row, around);
    let number = identity.number.unwrap_or(position);
    let chapter = identity.stem.clone().unwrap_or_default();
    let place = msg!("row {number} of {chapter}", number, chapter = chapter.as_str());
    let mut reader = RowReader { place, read: Read { number: identity.number, ..Read::default() } };
    let cells: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_deleted).collect();
    let source_is_blank = cells.get(1).is_none_or(|cell| cell.lines(Reading::Before).is_empty());
    if !identity.was_sent && source_is_blank {
        reader.added(row, position);
        return reader.read;
    }
    let mut unit = ReturnedUnit {
        stem: identity.stem.clone(),
        id: identity.id.clone(),
        place: Some(format!("{chapter} #{number}")),
        remarks: reader.comments(row, around),
        ..ReturnedUnit::default()
    };
    match cells.as_slice() {
        [_, source, target, remark] if cells.iter().all(|cell| cell.columns == 1) => {
            let (source, codes) = reader.source(source, identity.anchor.as_ref());
            unit.source = source;
            unit.target = reader.target(target, identity.anchor.as_ref(), codes);
            let text = remark.text();
            if !text.trim().is_empty() {
                unit.remarks.insert(0, Remark { author: None, text: text.trim().to_owned() });
            }
            reader.odd(remark, &msg!("the remark"));
        }
        _ => {
            let message = msg!(
                "it does not have the four cells that it was sent with; it says “{text}”",
                text = excerpt(&row.text())
            );
            reader.refuse(message, Some(msg!("divide or join its cells again: number, source, translation, remark")));
        }
    }
    reader.read.unit = Some(unit);
    reader.read
}

struct RowReader {
    place: Message,
    read: Read,
}

impl RowReader {
    fn refuse(&mut self, what: Message, hint: Option<Message>) {
        let message = msg!("{place}: {what}", place = self.place.clone(), what);
        self.read.refused.push(Refusal { message, hint, at: None });
    }

    /// A row that was not sent.
    fn added(&mut self, row: &Row, position: usize) {
        let text = row.text();
        if !text.trim().is_empty() {
            let text = excerpt(&text);
            let message = msg!("row {position} of a table was added: “{text}”", position, text);
            let hint = msg!("write new blocks in the manuscript; remarks go into the last column");
            self.read.refused.push(Refusal { message, hint: Some(hint), at: None });
        }
    }

    fn comments(&mut self, row: &Row, around: &Around<'_>) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for (id, range) in &row.comments {
            let Some(remark) = around.comments.get(id) else { continue };
            self.read.comments.push(id.clone());
            let text = match range.and_then(|range| row.quote(range)) {
                Some(quote) => format!("‘{quote}’: {}", remark.text),
                None => remark.text.clone(),
            };
            remarks.push(Remark { author: remark.author.clone(), text });
        }
        remarks
    }

    /// The source as it was sent, and the codes that can be expected beside it.
    fn source(&mut self, cell: &Cell, anchor: Option<&Anchor>) -> (Option<Tagged>, Codes) {
        let [before, after] = [Reading::Before, Reading::After].map(|reading| cell.lines(reading).into_iter().next());
        let [old, new] = [&before, &after].map(|line| plain(line.as_deref().unwrap_or_default()));
        if old != new {
            let hint = msg!("change the source in the manuscript; here only the translation is taken");
            self.refuse(msg!("the source was changed to “{text}”", text = excerpt(&new)), Some(hint));
        }
        let chars = trimmed(before.as_deref().unwrap_or_default());
        if chars.is_empty() {
            return (None, Codes::default());
        }
        match anchor {
            Some(anchor) => {
                let decoded = marks::decode(chars, &anchor.source);
                (decoded.ok().map(|decoded| decoded.pieces), expected(anchor))
            }
            None => match marks::guessed(chars) {
                Some((pieces, codes)) => (Some(pieces), codes),
                None => (None, Codes::default()),
            },
        }
    }

    /// The translation; `None` where it cannot be taken.
    fn target(&mut self, cell: &Cell, anchor: Option<&Anchor>, codes: Codes) -> Option<Tagged> {
        self.odd(cell, &msg!("the translation"));
        let lines = cell.lines(Reading::After);
        let [line] = lines.as_slice() else {
            if lines.len() > 1 {
                let message = msg!("the translation has become several paragraphs");
                self.refuse(message, Some(msg!("join them: the row is one paragraph of the manuscript")));
            } else if anchor.is_some_and(|anchor| anchor.target.is_some()) {
                let message = msg!("the translation was deleted; the manuscript keeps it");
                self.refuse(message, Some(msg!("remove blocks in the manuscript, in both languages")));
            }
            return None;
        };
        let decoded = match marks::decode(trimmed(line), &codes) {
            Ok(decoded) => decoded,
            Err(fault) => {
                self.fault(&fault);
                return None;
            }
        };
        if decoded.coloured {
            let hint = msg!("say in a remark what is to be looked at");
            self.refuse(msg!("colour behind the words of the translation is not taken"), Some(hint));
        }
        match anchor {
            Some(anchor) => self.held_against(decoded, anchor),
            None => Some(decoded.pieces),
        }
    }

    /// Whether the marks are those that were sent.
    fn held_against(&mut self, decoded: Decoded, anchor: &Anchor) -> Option<Tagged> {
        let codes = expected(anchor);
        let known = codes.kinds();
        let mut present = BTreeSet::new();
        ids(&decoded.pieces, &mut present);
        let sent = anchor.target.as_ref().unwrap_or(&anchor.source);
        let lost: Vec<&str> = sent
            .0
            .iter()
            .filter(|(kind, id)| !kind.is_optional() && !present.contains(id.as_str()))
            .map(|(_, id)| id.as_str())
            .collect();
        let unknown: Vec<&String> = decoded.marks.iter().filter(|id| !known.contains_key(id.as_str())).collect();
        for id in &lost {
            let hint = msg!("copy it from the source beside it to where it belongs, and read the table again");
            self.refuse(msg!("the mark {mark} is missing from the translation", mark = mark(id)), Some(hint));
        }
        for id in &unknown {
            let hint = msg!("a row has the marks of its own source; take this one out");
            self.refuse(msg!("the mark {mark} is none of this row", mark = mark(id)), Some(hint));
        }
        if !lost.is_empty() || !unknown.is_empty() {
            return None;
        }
        let sent_marks = anchor.target.as_ref().map(Codes::kinds);
        let same_marks =
            sent_marks.is_some_and(|sent| decoded.shown.iter().all(|(id, _)| sent.contains_key(id.as_str())));
        if same_marks && marks::check(&decoded.shown) != anchor.check {
            let hint = msg!("code, formulas, citations and links are changed in the manuscript");
            self.refuse(msg!("what a mark of the translation shows was changed; that is not taken"), Some(hint));
        }
        Some(decoded.pieces)
    }

    fn fault(&mut self, fault: &Fault) {
        let hint = Some(msg!("marks are written ⟦1⟧, pairs ⟦1⟧ … ⟦/1⟧: copy them from the source beside it"));
        match fault {
            Fault::Broken(text) => {
                self.refuse(msg!("a mark of the translation is broken: “{text}”", text = text.as_str()), hint)
            }
            Fault::Twice(id) => {
                let hint = Some(msg!("take one of the two out"));
                self.refuse(msg!("the mark {mark} stands twice in the translation", mark = mark(id)), hint);
            }
            Fault::Apart(id) => self.refuse(
                msg!(
                    "the marks {first} and {last} of the translation do not stand around one piece of text",
                    first = mark(id),
                    last = mark(&format!("/{id}"))
                ),
                hint,
            ),
        }
    }

    /// Tells what a cell holds and is no text.
    fn odd(&mut self, cell: &Cell, place: &Message) {
        for odd in &cell.odd {
            let thing = match odd {
                Odd::Picture => msg!("a picture"),
                Odd::Table => msg!("a table"),
                Odd::Note => msg!("a footnote of Word's"),
                Odd::Formula => msg!("a formula of Word's"),
                Odd::Symbol => msg!("a sign of a symbol font"),
                Odd::Reading => msg!("a reading above the characters"),
            };
            self.refuse(msg!("{thing} in {place} is not taken", thing, place = place.clone()), None);
        }
    }
}

/// The codes that a translation can have: its own, then those of its source.
fn expected(anchor: &Anchor) -> Codes {
    let mut codes = anchor.target.clone().unwrap_or_default();
    let own = codes.kinds();
    let more: Vec<_> = anchor.source.0.iter().filter(|(_, id)| !own.contains_key(id.as_str())).cloned().collect();
    codes.0.extend(more);
    codes
}

/// The ids of all codes of a text.
fn ids<'t>(pieces: &'t [Piece<String>], found: &mut BTreeSet<&'t str>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Single(id) => drop(found.insert(id)),
            Piece::Pair(id, inner) => {
                found.insert(id);
                ids(inner, found);
            }
        }
    }
}

fn mark(id: &str) -> String {
    format!("⟦{id}⟧")
}

fn plain(chars: &[(char, Looks)]) -> String {
    chars.iter().map(|(c, _)| *c).collect()
}

/// A line without the space around it.
fn trimmed(line: &[(char, Looks)]) -> &[(char, Looks)] {
    let is_text = |(c, _): &(char, Looks)| !c.is_whitespace();
    let start = line.iter().position(is_text).unwrap_or(line.len());
    let end = line.iter().rposition(is_text).map_or(start, |at| at + 1);
    &line[start..end]
}

/// The beginning of a text, for a message.
pub(super) fn excerpt(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
