//! Heads of tables that have several rows: comrak takes the last of them for the head, and the others for a paragraph.

use std::ops::Range;

use super::Scanner;
use crate::manuscript::markdown::bars::{cells, is_rule};

/// The head of a table.
#[derive(Debug)]
pub(in crate::manuscript::markdown) struct TableHead {
    /// Where its first row ends.
    pub(in crate::manuscript::markdown) first: usize,
    /// The line under its last row.
    pub(in crate::manuscript::markdown) rule: Range<usize>,
    /// What stands before the text of a row, if it is not the first line of an item.
    pub(in crate::manuscript::markdown) before: String,
}

impl Scanner<'_> {
    /// A line without what stands before its text, which is `before` bytes long. It may be a row, or the line under the head.
    pub(super) fn row(&mut self, place: &Range<usize>, before: usize) {
        let file = self.file;
        let text = file[place.clone()].trim_end();
        let goes_on = self.rows.last().is_some_and(|last| is_line_break(&file[last.end..place.start]));
        if !goes_on {
            self.rows.clear();
        }
        if !text.starts_with('|') {
            self.rows.clear();
        } else if !is_rule(text) {
            self.rows.push(place.start..place.start + text.len());
        } else {
            let columns = cells(text);
            let rows = std::mem::take(&mut self.rows);
            let head = rows.iter().rev().take_while(|row| cells(&file[(*row).clone()]) == columns);
            let Some((first, 2..)) = head.zip(1..).last() else { return };
            let before = file[place.start - before..place.start].replace(|c: char| !c.is_whitespace() && c != '>', " ");
            self.found.heads.push(TableHead { first: first.end, rule: place.start..place.start + text.len(), before });
        }
    }
}

/// Whether one line ends in a text and nothing stands in it but what belongs to quotations.
fn is_line_break(between: &str) -> bool {
    between.trim_end_matches([' ', '\t', '>']).trim_start_matches([' ', '\t']).replace("\r\n", "\n").len() == 1
        && between.chars().all(|c| c.is_whitespace() || c == '>')
}
