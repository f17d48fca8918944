//! What comrak parses in place of a chapter's body: a few signs that people type and Markdown does not know are put right first.
//!
//! - Full-width spaces at the beginning of a line, with which Chinese paragraphs are indented by hand, are left out: the layout indents.
//!   They also hide the heading, list or quotation that follows them. A poem keeps its own.
//! - A full-width colon after the name of a footnote, at the beginning of a line, stands for a colon.
//! - Quotation marks around the values of a picture's attributes may be of any form.
//! - Title, subtitle and author line of the front matter go before it as headings: one parser reads titles, wherever they stand.
//! - What MDX does not show is left out of a text that is only compared.
//! - What other programs write for a container, `!!! note` above indented lines and `<details>`, stands for `:::` and its name.
//! - Below the first row of a head that has several stands the line that ends the head, so that comrak takes all of them for rows.
//! - A container around another of the same length is made longer, because comrak closes the outermost one that a closing line is
//!   long enough for, and people mean the innermost.

use std::ops::Range;

use super::scan::{self, Container, Form, Scan};
use crate::model::Spanned;

/// A change of the body; places are bytes of the body, and of what comrak parses.
struct Edit {
    source: Range<usize>,
    parsed: Range<usize>,
}

/// A body as comrak parses it, and the way back to the file.
pub(super) struct Prepared {
    pub(super) text: String,
    /// In order.
    edits: Vec<Edit>,
    /// Where the body begins in the file.
    body: usize,
}

impl Prepared {
    /// The lines of the head, each as a heading, and the body of `file` from byte `body` on.
    pub(super) fn new(file: &str, body: usize, scan: &Scan, head: &[Spanned<String>]) -> Self {
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        changes.extend(scan.indents.iter().map(|place| (place.clone(), String::new())));
        changes.extend(scan.colons.iter().map(|place| (place.clone(), ":".to_owned())));
        changes.extend(scan.quotes.iter().map(|place| (place.clone(), "\"".to_owned())));
        changes.extend(scan.stray.iter().map(|place| (place.clone(), String::new())));
        changes.extend(scan.dedents.iter().map(|place| (place.clone(), String::new())));
        changes.extend(scan.heads.iter().map(|head| {
            let rule = &file[head.rule.clone()];
            (head.first..head.first, format!("\n{}{rule}", head.before))
        }));
        for container in &scan.containers {
            let ends = [(Some(&container.open), "x"), (container.close.as_ref(), "")];
            changes.extend(ends.into_iter().filter_map(|(end, name)| Some(fence(file, container, end?, name))));
        }
        changes.retain(|(place, text)| !(place.is_empty() && text.is_empty()));
        changes.retain(|(place, _)| {
            !scan.unseen.iter().any(|unseen| unseen.start <= place.start && place.end <= unseen.end)
        });
        changes.extend(scan.unseen.iter().map(|place| (place.clone(), String::new())));
        changes.sort_by_key(|(place, _)| place.start);
        let mut prepared = Self { text: String::with_capacity(file.len() - body), edits: Vec::new(), body };
        head.iter().for_each(|line| prepared.head(file, line));
        if !head.is_empty() {
            prepared.edit(body..body, "");
        }
        let mut at = body;
        for (place, text) in changes {
            prepared.text.push_str(&file[at..place.start]);
            at = place.end;
            prepared.edit(place, &text);
        }
        prepared.text.push_str(&file[at..]);
        prepared
    }

    /// A line of the front matter. One that the file has in other letters, because YAML folds it or has escapes in it, stands
    /// where it begins.
    fn head(&mut self, file: &str, line: &Spanned<String>) {
        let place = line.span.range();
        let text = line.value.trim_end().replace(['\n', '\r'], " ");
        self.edit(place.start..place.start, "# ");
        if file[place.clone()].starts_with(&text) {
            self.text.push_str(&text);
        } else {
            self.edit(place.clone(), &text);
        }
        // Of signs at its end Markdown takes the last ones away.
        self.edit(place.end..place.end, if text.ends_with('#') { " #\n\n" } else { "\n\n" });
    }

    fn edit(&mut self, source: Range<usize>, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.edits.push(Edit { source, parsed: start..self.text.len() });
    }

    /// The byte of the file for a byte of the parsed text. Where something was left out, an end lies before it and a start after it.
    pub(super) fn source(&self, parsed: usize, is_end: bool) -> usize {
        let before =
            self.edits.partition_point(|edit| edit.parsed.start < parsed || edit.parsed.start == parsed && !is_end);
        match before.checked_sub(1).map(|last| &self.edits[last]) {
            None => self.body + parsed,
            Some(edit) if parsed < edit.parsed.end => edit.source.start,
            Some(edit) => edit.source.end + (parsed - edit.parsed.end),
        }
    }
}

/// What stands for an end of a container: a line of colons that is long enough, with a name where it opens it.
fn fence(file: &str, container: &Container, end: &Range<usize>, name: &str) -> (Range<usize>, String) {
    if container.form == Form::Colons {
        let missing = container.length.saturating_sub(scan::colons(&file[end.clone()]));
        return (end.start..end.start, ":".repeat(missing));
    }
    let next = format!("\n{}", " ".repeat(container.indent));
    let before = file[..end.start].trim_end_matches([' ', '\t']);
    let begins = !name.is_empty() || before.ends_with(['\n', '\r']);
    let after = file[end.end..].trim_start_matches([' ', '\t']);
    let ends = after.is_empty() || after.starts_with(['\n', '\r']);
    let (above, below) = (if begins { "" } else { &next }, if ends { "" } else { &next });
    (end.clone(), format!("{above}{}{name}{below}", ":".repeat(container.length)))
}

#[cfg(test)]
mod tests {
    use super::{Prepared, scan};

    fn prepared(text: &str) -> Prepared {
        Prepared::new(text, 0, &scan::scan(text, 0, true), &[])
    }

    #[test]
    fn what_hides_markup_is_left_out() {
        let shown = |text| prepared(text).text;
        assert_eq!(shown("　　一段。\n　　二行。\n\n> 　　引文\n\n- 　项\n"), "一段。\n二行。\n\n> 引文\n\n- 项\n");
        assert_eq!(shown("　　# 题\n　　- 项\n　- 　项\n　　> 引\n"), "# 题\n- 项\n- 项\n> 引\n");
        assert_eq!(shown("一\n　　\n二\n"), "一\n\n二\n", "a line of full-width spaces is an empty one");
        assert_eq!(
            shown("```\n　　甲\n```\n~~~~\n　乙\n~~~\n~~~~\n　丙"),
            "```\n　　甲\n```\n~~~~\n　乙\n~~~\n~~~~\n丙"
        );
        assert_eq!(shown(":::poem\n　甲\n:::\n　乙\n"), ":::poem\n　甲\n:::\n乙\n");
        assert_eq!(shown("第一章　题\n| 　甲 |\n"), "第一章　题\n| 　甲 |\n", "inside a line they are text");
        assert_eq!(shown("[^1]：注\n见[^1]：此\n"), "[^1]:注\n见[^1]：此\n");
    }

    #[test]
    fn an_outer_container_is_longer_than_an_inner_one() {
        let shown = |text| prepared(text).text;
        assert_eq!(shown(":::a\n:::b\n:::\n:::\n"), "::::a\n:::b\n:::\n::::\n");
        assert_eq!(shown("::::a\n:::b\n:::\n::::\n"), "::::a\n:::b\n:::\n::::\n");
        assert_eq!(shown(":::a\n:::\n:::\n"), ":::a\n:::\n\n");
    }

    #[test]
    fn every_place_leads_back_to_the_file() {
        let text = "　　甲\n　乙";
        let parsed = prepared(text);
        assert_eq!(parsed.text, "甲\n乙");
        let back: Vec<(usize, usize)> = (0..=7).map(|at| (parsed.source(at, false), parsed.source(at, true))).collect();
        assert_eq!(back, [(6, 0), (7, 7), (8, 8), (9, 9), (13, 10), (14, 14), (15, 15), (16, 16)]);
    }
}
