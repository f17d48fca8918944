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
        let line = place.start..place.start + text.len();
        let goes_on = |end: usize| is_line_break(&file[end..place.start]);
        if self.body.is_some_and(goes_on) {
            self.body = Some(line.end);
            return;
        }
        self.body = None;
        if !self.rows.last().is_some_and(|last| goes_on(last.end)) {
            self.rows.clear();
        }
        if !text.starts_with('|') {
            self.rows.clear();
        } else if !is_rule(text) {
            self.rows.push(line);
        } else {
            self.head(line, before);
        }
    }

    /// The line that ends a head, if the row above it has as many cells.
    fn head(&mut self, rule: Range<usize>, before: usize) {
        let file = self.file;
        let columns = cells(&file[rule.clone()]);
        let rows = std::mem::take(&mut self.rows);
        let fit = rows.iter().rev().take_while(|row| cells(&file[(*row).clone()]) == columns).count();
        let (others, head) = rows.split_at(rows.len() - fit);
        let Some(first) = head.first() else { return };
        self.body = Some(rule.end);
        let uneven = others.last().filter(|row| file[(*row).clone()].ends_with('|'));
        self.found.uneven.extend(uneven.map(|row| (row.clone(), columns)));
        if fit > 1 {
            let before = file[rule.start - before..rule.start].replace(|c: char| !c.is_whitespace() && c != '>', " ");
            self.found.heads.push(TableHead { first: first.end, rule, before });
        }
    }
}

/// Whether one line ends in a text and nothing stands in it but what belongs to quotations.
fn is_line_break(between: &str) -> bool {
    between.trim_end_matches([' ', '\t', '>']).trim_start_matches([' ', '\t']).replace("\r\n", "\n").len() == 1
        && between.chars().all(|c| c.is_whitespace() || c == '>')
}
