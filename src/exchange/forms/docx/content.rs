//! What a Word document says, taken apart: tables, rows, cells, characters. Nothing here knows of reviews.

use std::collections::{BTreeMap, BTreeSet};

use super::looks::Looks;

/// Most characters of what a comment is about.
const MAX_QUOTE: usize = 80;

/// What stands in a document.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) tables: Vec<Vec<Row>>,
    /// Paragraphs outside of the tables.
    pub(super) outside: Vec<Paragraph>,
    /// Comments outside of the rows: their ids.
    pub(super) comments: BTreeSet<String>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Whether it is one that is repeated on each page.
    pub(super) is_head: bool,
    /// Whether it is deleted, and the deletion recorded.
    pub(super) is_deleted: bool,
    /// The names of bookmarks in it.
    pub(super) bookmarks: Vec<String>,
    /// The ids of its comments, with what each is about where that is known.
    pub(super) comments: BTreeMap<String, Option<Range>>,
}

/// Some characters of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Range {
    /// The cell of the row, and the paragraph of the cell, counted from 1.
    pub(super) paragraph: [usize; 2],
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A cell.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) paragraphs: Vec<Paragraph>,
    /// What stands in it and is no text.
    pub(super) odd: Vec<Odd>,
    /// How many columns it goes over.
    pub(super) columns: usize,
    pub(super) is_deleted: bool,
}

/// What a cell can hold that is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Odd {
    Picture,
    Table,
    Note,
    Formula,
    Symbol,
    Reading,
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) chars: Vec<Char>,
    /// Whether its end is deleted or inserted.
    pub(super) end: Revision,
    /// The names of bookmarks in it.
    pub(super) bookmarks: Vec<String>,
}

/// A character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Char {
    pub(super) c: char,
    pub(super) looks: Looks,
    pub(super) revision: Revision,
}

/// Whether something is there before and after the recorded changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Revision {
    pub(super) is_inserted: bool,
    pub(super) is_deleted: bool,
}

/// Which state of a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As it was before the recorded changes.
    Before,
    /// With all of them accepted.
    After,
}

impl Revision {
    fn is_there(self, reading: Reading) -> bool {
        match reading {
            Reading::Before => !self.is_inserted,
            Reading::After => !self.is_deleted,
        }
    }
}

impl Paragraph {
    fn chars(&self, reading: Reading) -> impl Iterator<Item = (char, Looks)> {
        self.chars.iter().filter(move |c| c.revision.is_there(reading)).map(|c| (c.c, c.looks))
    }

    /// Its text.
    pub(super) fn text(&self, reading: Reading) -> String {
        self.chars(reading).map(|(c, _)| c).collect()
    }
}

impl Cell {
    /// The paragraphs as they are read: one whose end is not there goes on in the next. Blank ones are left out.
    pub(super) fn lines(&self, reading: Reading) -> Vec<Vec<(char, Looks)>> {
        let mut lines: Vec<Vec<(char, Looks)>> = vec![Vec::new()];
        for paragraph in &self.paragraphs {
            lines.last_mut().expect("there is always one").extend(paragraph.chars(reading));
            if paragraph.end.is_there(reading) {
                lines.push(Vec::new());
            }
        }
        lines.retain(|line| line.iter().any(|(c, _)| !c.is_whitespace()));
        lines
    }

    /// Its text with all changes accepted, paragraphs on lines of their own.
    pub(super) fn text(&self) -> String {
        let line = |line: Vec<(char, Looks)>| line.into_iter().map(|(c, _)| c).collect::<String>();
        self.lines(Reading::After).into_iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Row {
    /// The words that a comment is about, where they are not all of their paragraph.
    pub(super) fn quote(&self, range: Range) -> Option<String> {
        let [cell, paragraph] = range.paragraph.map(|number| number.wrapping_sub(1));
        let chars = &self.cells.get(cell)?.paragraphs.get(paragraph)?.chars;
        let part = chars.get(range.from..range.to)?;
        let there = |c: &&Char| c.revision.is_there(Reading::After);
        let quote: String = part.iter().filter(there).map(|c| c.c).take(MAX_QUOTE).collect();
        (part.len() < chars.len() && !quote.trim().is_empty()).then(|| quote.trim().to_owned())
    }

    /// Its text on one line.
    pub(super) fn text(&self) -> String {
        let texts: Vec<String> = self.cells.iter().map(Cell::text).filter(|text| !text.is_empty()).collect();
        texts.join(" / ").replace('\n', " ")
    }
}
