//! Containers as other programs write them: `!!! note` above indented lines, `<details>` with its `<summary>`, `<Note>`.

use std::ops::Range;

use super::{CODE_INDENT, Container, FENCE, Form, Scanner};
use crate::manuscript::markdown::tag;

/// Most containers of these forms in one another; the rest is text and HTML.
const DEEPEST: usize = 40;

/// Longest head of `<details>` with its summary, in bytes.
const REACH: usize = 500;

const DETAILS: &str = "details";
const SUMMARY: &str = "summary";

/// An element that holds a callout, and the callout's word.
type Element = (&'static str, &'static str);

/// The element of HTML, and the components of web sites that are named after what they are.
const ELEMENTS: [Element; 10] = [
    (DETAILS, "details"),
    ("Note", "note"),
    ("Tip", "tip"),
    ("Hint", "hint"),
    ("Info", "info"),
    ("Warning", "warning"),
    ("Pitfall", "pitfall"),
    ("Caution", "caution"),
    ("Danger", "danger"),
    ("DeepDive", "deepdive"),
];

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
            (self.code, self.comment, self.list) = (None, None, ended.list);
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

    /// Whether a line opens or closes what tags hold. What else stands in it is read as lines of their own.
    pub(super) fn tags(&mut self, place: &Range<usize>, before: usize) -> bool {
        self.opens_tags(place, before) || self.closes_tags(place)
    }

    fn opens_tags(&mut self, place: &Range<usize>, before: usize) -> bool {
        let text = &self.file[place.start..];
        let closed = |element: &&Element| self.closes.iter().any(|(name, at)| *name == element.0 && *at > place.start);
        let Some(element) = element(text).filter(closed).filter(|_| self.open.len() < DEEPEST) else { return false };
        let Some(head) = head(text, element) else { return false };
        let head = place.start..place.start + head;
        let line = self.file[head.end..].find(['\n', '\r']).map_or(self.file.len(), |n| head.end + n);
        self.push(Form::Tags(element.0), head.clone(), before);
        self.read = head.end;
        self.rest(head.end..line);
        self.read = line;
        true
    }

    pub(super) fn closes_tags(&mut self, place: &Range<usize>) -> bool {
        let foreign = self.open.iter().enumerate().rev().find(|(_, open)| open.form != Form::Colons);
        let Some((at, &Container { form: Form::Tags(name), .. })) = foreign else { return false };
        let text = &self.file[place.clone()];
        let close = find_tag(text, "</", name).filter(|close| text[..*close].matches('`').count().is_multiple_of(2));
        let Some(close) = close else { return false };
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

/// Whether a text begins with a tag, whose name is HTML, in letters of any case, or that of a component.
fn begins(text: &str, sign: &str, name: &str) -> bool {
    let Some(found) = text.strip_prefix(sign).and_then(|rest| rest.get(..name.len())) else { return false };
    let component = name.starts_with(|c: char| c.is_ascii_uppercase());
    let ends = text[sign.len() + name.len()..].starts_with(|c: char| c == '>' || c.is_whitespace());
    ends && if component { found == name } else { found.eq_ignore_ascii_case(name) }
}

/// Where a tag begins in a text.
fn find_tag(text: &str, sign: &str, name: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|at| begins(&text[*at..], sign, name))
}

/// The element that a text begins with.
fn element(text: &str) -> Option<&'static Element> {
    text.starts_with('<').then(|| ELEMENTS.iter().find(|(name, _)| begins(text, "<", name)))?
}

/// Where the last end tag of each element stands from byte `body` on; only of HTML if the text has `components` of its own.
pub(super) fn closes(file: &str, body: usize, components: bool) -> Vec<(&'static str, usize)> {
    let known = if components { ELEMENTS.as_slice() } else { &ELEMENTS[..1] };
    // Every chapter is looked through; most have none.
    let tags: Vec<usize> = memchr::memmem::find_iter(&file.as_bytes()[body..], "</").map(|at| body + at).collect();
    let last =
        |name: &'static str| tags.iter().rev().find(|at| begins(&file[**at..], "</", name)).map(|at| (name, *at));
    known.iter().filter_map(|(name, _)| last(name)).collect()
}

/// How long what opens an element is, its summary included.
fn head(text: &str, (name, _): &Element) -> Option<usize> {
    let near = &text[..text.floor_char_boundary(REACH)];
    let tag = tag::length(near);
    let summary = tag + near[tag..].len() - near[tag..].trim_start().len();
    if *name != DETAILS || !begins(&near[summary..], "<", SUMMARY) {
        return (!near[..tag].ends_with("/>")).then_some(tag);
    }
    let inner = summary + tag::length(&near[summary..]);
    let close = inner + find_tag(&near[inner..], "</", SUMMARY)?;
    Some(close + tag::length(&near[close..]))
}

/// The word of the callout that tags open at the beginning of a text, and what opens it.
pub(in crate::manuscript::markdown) fn opened(text: &str) -> Option<(&'static str, &str)> {
    let element = element(text)?;
    Some((element.1, &text[..head(text, element)?]))
}

/// The title in what opens `<details>`.
pub(in crate::manuscript::markdown) fn summary(head: &str) -> Option<Range<usize>> {
    let open = find_tag(head, "<", SUMMARY)?;
    let start = open + tag::length(&head[open..]);
    Some(start..start + find_tag(&head[start..], "</", SUMMARY)?)
}
