//! From the tables that came back to units: rows that are missing, doubled or added are told.

use std::collections::{BTreeMap, BTreeSet};

use super::anchor::{Anchor, Heading, is_ours, of_bookmark};
use super::content::{Cell, Content, Paragraph, Reading, Row};
use super::package::Parts;
use super::row::{self, Around, excerpt};
use crate::exchange::{Refusal, Remark, Returned, ReturnedUnit};
use crate::message::{List, Message};

/// Most numbers of missing rows that a message lists.
const LISTED: usize = 20;

/// What the tables of a document say.
pub(super) fn returned(parts: Parts) -> Result<Returned, Refusal> {
    let Parts { content, comments, langs } = parts;
    let mut gathered = Gathered { returned: Returned { langs, ..Returned::default() }, ..Gathered::default() };
    let stems = stems(&content);
    for rows in &content.tables {
        if rows.iter().any(is_of_review) {
            gathered.table(rows, &stems, &comments);
        } else {
            gathered.foreign(rows);
        }
    }
    if gathered.tables == 0 {
        let hint = msg!("name the document that `dama-pub export --docx` wrote, as it came back");
        return Err(Refusal { message: msg!("there is no review table in this document"), hint: Some(hint), at: None });
    }
    gathered.missing();
    for paragraph in &content.outside {
        gathered.outside(paragraph);
    }
    let rows = content.tables.iter().flatten();
    let there: BTreeSet<&String> = rows.flat_map(|row| row.comments.keys()).chain(&content.comments).collect();
    for (id, remark) in &comments {
        if !gathered.comments.contains(id) {
            gathered.unplaced(remark, there.contains(id));
        }
    }
    Ok(gathered.returned)
}

/// The chapters by the numbers of their tables, from the heads of the tables and from rows that know both.
fn stems(content: &Content) -> BTreeMap<usize, String> {
    let mut stems = BTreeMap::new();
    for row in content.tables.iter().flatten() {
        let first = row.cells.first().map(Cell::text).unwrap_or_default();
        if let Some(heading) = Heading::parse(&first) {
            stems.insert(heading.table, heading.stem);
        } else if let (Some(anchor), Some((table, _))) =
            (Anchor::parse(&first).0, row.bookmarks.iter().find_map(|name| of_bookmark(name)))
        {
            stems.entry(table).or_insert(anchor.stem);
        }
    }
    stems
}

/// Whether a row shows that it is one of ours.
fn is_of_review(row: &Row) -> bool {
    let first = row.cells.first().map(Cell::text).unwrap_or_default();
    Heading::parse(&first).is_some()
        || Anchor::parse(&first).0.is_some()
        || row.bookmarks.iter().any(|name| of_bookmark(name).is_some())
}

#[derive(Default)]
struct Gathered {
    returned: Returned,
    /// How many tables were ours.
    tables: usize,
    /// Where the unit of a chapter and an id is.
    known: BTreeMap<(Option<String>, String), usize>,
    /// How many rows were sent of each chapter.
    sent: Vec<(String, usize)>,
    /// The numbers of rows that came back; `None` for a row that has lost its number.
    seen: BTreeMap<String, BTreeSet<Option<usize>>>,
    /// Comments that were taken.
    comments: BTreeSet<String>,
}

impl Gathered {
    fn refuse(&mut self, message: Message, hint: Message) {
        self.returned.refused.push(Refusal { message, hint: Some(hint), at: None });
    }

    fn table(&mut self, rows: &[Row], stems: &BTreeMap<usize, String>, comments: &BTreeMap<String, Remark>) {
        self.tables += 1;
        let heading = rows.iter().find_map(|row| Heading::parse(&row.cells.first()?.text()));
        let anchored = || rows.iter().find_map(|row| Some(Anchor::parse(&row.cells.first()?.text()).0?.stem));
        let marked = || {
            let tables = rows.iter().flat_map(|row| &row.bookmarks).filter_map(|name| of_bookmark(name));
            tables.map(|(table, _)| table).find_map(|table| stems.get(&table).cloned())
        };
        let stem = heading.as_ref().map(|heading| heading.stem.clone()).or_else(anchored).or_else(marked);
        self.sent.extend(heading.map(|heading| (heading.stem, heading.rows)));
        let around = Around { stem: stem.as_deref(), stems, comments };
        let mut position = 0;
        for row in rows {
            let first = row.cells.first().map(Cell::text).unwrap_or_default();
            let is_head = Heading::parse(&first).is_some() || row.is_head && !is_of_review(row);
            if is_head || row.is_deleted {
                continue;
            }
            position += 1;
            let read = row::read(row, position, &around);
            self.returned.refused.extend(read.refused);
            self.comments.extend(read.comments);
            if let Some(unit) = read.unit {
                self.seen.entry(unit.stem.clone().unwrap_or_default()).or_default().insert(read.number);
                self.unit(unit);
            }
        }
    }

    /// Takes a unit. Of two for the same place, neither translation is taken unless they agree.
    fn unit(&mut self, unit: ReturnedUnit) {
        let Some(id) = unit.id.clone() else { return self.returned.units.push(unit) };
        let key = (unit.stem.clone(), id);
        let Some(at) = self.known.get(&key).copied() else {
            self.known.insert(key, self.returned.units.len());
            return self.returned.units.push(unit);
        };
        let first = &mut self.returned.units[at];
        first.remarks.extend(unit.remarks);
        if first.target != unit.target {
            first.target = None;
            let place = unit.place.unwrap_or_default();
            let message = msg!("{place}: the row stands there twice, with different translations", place);
            self.refuse(message, msg!("delete one of the two"));
        }
    }

    /// A table that was not sent.
    fn foreign(&mut self, rows: &[Row]) {
        let text = rows.iter().map(Row::text).find(|text| !text.trim().is_empty());
        if let Some(text) = text {
            let message = msg!("a table that was added is not taken: “{text}”", text = excerpt(&text));
            self.refuse(message, remarks_elsewhere());
        }
    }

    /// Tells which rows of those that were sent did not come back.
    fn missing(&mut self) {
        for (stem, rows) in std::mem::take(&mut self.sent) {
            let seen = self.seen.remove(&stem).unwrap_or_default();
            // A row without its number is one of those that seem to be missing.
            if seen.contains(&None) || rows > 1_000_000 {
                continue;
            }
            let missing: Vec<usize> = (1..=rows).filter(|number| !seen.contains(&Some(*number))).collect();
            if missing.is_empty() {
                continue;
            }
            let dots = (missing.len() > LISTED).then(|| "…".to_owned());
            let numbers = missing.iter().take(LISTED).map(usize::to_string).chain(dots);
            let message = plural!(
                count = missing.len(),
                "row {rows} of {chapter} was deleted; its translation stays as it is",
                "{count} rows of {chapter} were deleted; their translations stay as they are: {rows}",
                chapter = stem,
                rows = Message::list(List::Items, numbers)
            );
            self.refuse(message, msg!("remove blocks in the manuscript, in both languages"));
        }
    }

    /// Text outside of the tables that is not as it was sent.
    fn outside(&mut self, paragraph: &Paragraph) {
        let [before, after] = [Reading::Before, Reading::After].map(|reading| paragraph.text(reading));
        let is_as_sent = paragraph.bookmarks.iter().any(|name| is_ours(name)) && before == after;
        if !is_as_sent && !after.trim().is_empty() {
            let message = msg!("what stands outside of the tables is not taken: “{text}”", text = excerpt(&after));
            self.refuse(message, remarks_elsewhere());
        }
    }

    /// A comment that stands at no row that was taken.
    fn unplaced(&mut self, remark: &Remark, is_there: bool) {
        // One whose place was deleted with its text is still shown by Word, at nothing.
        let author = remark.author.clone().unwrap_or_else(|| "?".to_owned());
        let text = excerpt(&remark.text);
        let message = if is_there {
            msg!("a comment of {author} stands at no row: “{text}”", author, text)
        } else {
            msg!("a comment of {author} has lost its place: “{text}”", author, text)
        };
        self.refuse(message, remarks_elsewhere());
    }
}

fn remarks_elsewhere() -> Message {
    msg!("remarks go into the last column of the row that they are about, or into a comment there")
}
