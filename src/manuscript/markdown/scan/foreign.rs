//! Containers as other programs write them: `!!! note` above indented lines, `<details>` with its `<summary>`.

use std::ops::Range;

use super::{CODE_INDENT, Container, FENCE, Form, Scanner};
use crate::manuscript::markdown::html::tag;

/// Most containers of these forms in one another; the rest is text and HTML.
const DEEPEST: usize = 40;

/// Longest head of `<details>` with its summary, in bytes.
const REACH: usize = 2000;

/// A container whose lines are indented.
pub(super) struct Indented {
    /// Where the last of its lines ends.
    end: usize,
    /// Its place among the containers that are open.
    at: usize,
    /// The list that it stands in.
    list: Option<usize>,
}

/// What opens a container of MkDocs: `!!! note`, `??? note "title"`, `???+ note`.
pub(in crate::manuscript::markdown) fn mark(text: &str) -> Option<&'static str> {
    let mark = ["!!! ", "???+ ", "??? "].into_iter().find(|mark| text.starts_with(mark))?;
    text[mark.len()..].trim_start().starts_with(|c: char| c.is_ascii_alphabetic()).then_some(mark)
}

/// The columns of the blanks that a line begins with, or `None` if nothing else stands in it.
fn indent(line: &str) -> Option<usize> {
    let text = line.trim_start_matches([' ', '\t']);
    let blanks = &line[..line.len() - text.len()];
    (!text.trim().is_empty()).then(|| blanks.bytes().map(|b| if b == b'\t' { CODE_INDENT } else { 1 }).sum())
}

impl Scanner<'_> {
    /// Whether a line opens a container whose lines are indented. `before` is what stands before its text.
    pub(super) fn opens_indented(&mut self, place: &Range<usize>, before: usize) -> bool {
        if mark(&self.file[place.clone()]).is_none() || self.open.len() >= DEEPEST {
            return false;
        }
        let least = CODE_INDENT * (self.indented.len() + 1) + before;
        let outer = self.indented.last().map_or(self.file.len(), |outer| outer.end);
        let (mut at, mut end) = (place.end, None);
        for (number, line) in self.file[place.end..outer].split_inclusive(['\n', '\r']).enumerate() {
            match indent(line).filter(|_| number > 0) {
                Some(columns) if columns < least => break,
                Some(_) => end = Some(at + line.trim_end().len()),
                None => {}
            }
            at += line.len();
        }
        let Some(end) = end else { return false };
        self.indented.push(Indented { end, at: self.open.len(), list: self.list.take() });
        self.push(Form::Marks, place.clone(), before);
        true
    }

    fn push(&mut self, form: Form, open: Range<usize>, indent: usize) {
        self.open.push(Container { form, open, close: None, length: FENCE, indent, name: String::new() });
    }

    /// Ends the indented containers of which no line stands at or behind `at`.
    pub(super) fn end_indented(&mut self, at: usize) {
        while let Some(ended) = self.indented.pop_if(|last| last.end <= at) {
            self.close(ended.at, FENCE, ended.end..ended.end);
            (self.code, self.list) = (None, ended.list);
        }
    }

    /// A line without the blanks that indent it because of the container that it stands in.
    pub(super) fn dedented(&mut self, mut line: Range<usize>) -> Range<usize> {
        for _ in 0..self.indented.len() {
            let mut columns = 0;
            let blanks = self.file[line.clone()].bytes().take_while(|b| {
                let fits = columns < CODE_INDENT && matches!(b, b' ' | b'\t');
                columns += if *b == b'\t' { CODE_INDENT } else { 1 };
                fits
            });
            let blanks = line.start..line.start + blanks.count();
            line.start = blanks.end;
            if !blanks.is_empty() {
                self.found.dedents.push(blanks);
            }
        }
        line
    }

    /// Whether a line opens or closes what `<details>` holds. What else stands in it is read as lines of their own.
    pub(super) fn tags(&mut self, place: &Range<usize>, before: usize) -> bool {
        let closed = self.last_close.is_some_and(|close| close > place.start) && self.open.len() < DEEPEST;
        if let Some(head) = details(&self.file[place.start..]).filter(|_| closed) {
            let head = place.start..place.start + head;
            let line = self.file[head.end..].find(['\n', '\r']).map_or(self.file.len(), |n| head.end + n);
            self.push(Form::Tags, head.clone(), before);
            self.read = head.end;
            self.rest(head.end..line);
            self.read = line;
            return true;
        }
        let text = &self.file[place.clone()];
        let foreign = self.open.iter().rposition(|open| open.form != Form::Colons);
        let Some(at) = foreign.filter(|at| self.open[*at].form == Form::Tags) else { return false };
        let Some(close) = find_tag(text, "</details").filter(|close| text[..*close].matches('`').count() % 2 == 0)
        else {
            return false;
        };
        let close = place.start + close..place.start + close + tag::length(&text[close..]);
        self.rest(place.start..close.start);
        self.close(at, FENCE, close.clone());
        self.rest(close.end..place.end);
        true
    }

    fn rest(&mut self, line: Range<usize>) {
        if !self.file[line.clone()].trim().is_empty() {
            self.line(line);
        }
    }
}

/// Whether a text begins with a tag; `name` is its beginning in small letters.
fn begins(text: &str, name: &str) -> bool {
    let ends = |rest: &str| rest.starts_with(|c: char| c == '>' || c.is_whitespace());
    text.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) && ends(&text[name.len()..])
}

/// Where a tag begins in a text.
fn find_tag(text: &str, name: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|at| begins(&text[*at..], name))
}

/// Where the last `</details>` of a text begins.
pub(super) fn last_close(text: &str) -> Option<usize> {
    text.rmatch_indices("</").map(|(at, _)| at).find(|at| begins(&text[*at..], "</details"))
}

/// How long what opens `<details>` is, its summary included, if a text begins with it.
pub(in crate::manuscript::markdown) fn details(text: &str) -> Option<usize> {
    if !begins(text, "<details") {
        return None;
    }
    let near = &text[..text.floor_char_boundary(REACH)];
    let tag = tag::length(near);
    let summary = tag + near[tag..].len() - near[tag..].trim_start().len();
    if !begins(&near[summary..], "<summary") {
        return Some(tag);
    }
    let inner = summary + tag::length(&near[summary..]);
    let close = inner + find_tag(&near[inner..], "</summary")?;
    Some(close + tag::length(&near[close..]))
}

/// The title in what opens `<details>`.
pub(in crate::manuscript::markdown) fn summary(head: &str) -> Option<Range<usize>> {
    let open = find_tag(head, "<summary")?;
    let start = open + tag::length(&head[open..]);
    Some(start..start + find_tag(&head[start..], "</summary")?)
}
