//! From the events of the YAML parser to a tree. What could blow up, or means nothing in a manuscript, is refused here.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StrInput, StructureStyle};

use super::node::{Kind, Node, Style};
use super::slip::{self, Slip};
use super::{Area, MAX_DEPTH, stop};
use crate::manuscript::combining::Run;
use crate::source::Span;

/// Reads a text; nothing at all is [`Kind::Null`]. The first slip ends the reading, keys written twice do not.
pub(super) fn read(area: Area<'_>, found: &mut Vec<Slip>) -> Option<Node> {
    let options = granit_parser::options! {
        // An alias is refused at its own place, whether or not its anchor is there.
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        disallow_directives: true,
        // As libyaml reads it, which reads the references after this reader has.
        block_scalar_eof_without_line_feed: true,
    };
    let events = Parser::new_from_str_with_options(area.text, options);
    let mut reader = EventReader { events, area, depth: 0, flow: 0, last: area.whole(), end: 0, twice: Vec::new() };
    let read = reader.document();
    found.append(&mut reader.twice);
    match read {
        Ok(node) if found.is_empty() => Some(node),
        Ok(_) => None,
        Err(slip) => {
            found.push(slip);
            None
        }
    }
}

struct EventReader<'a> {
    events: Parser<'a, StrInput<'a>>,
    area: Area<'a>,
    depth: usize,
    /// How many of the open collections stand between brackets.
    flow: usize,
    /// The last place met: stands in for values that have none of their own.
    last: Span,
    /// Where the last scalar ended.
    end: usize,
    /// Keys written twice.
    twice: Vec<Slip>,
}

impl<'a> EventReader<'a> {
    /// The next event with its bytes.
    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), Slip> {
        let (event, span) = match self.events.next() {
            Some(Ok(found)) => found,
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(self.area.text.len());
                return Err(stop::find(self.area.text, at, error.kind()));
            }
            None => (Event::StreamEnd, granit_parser::Span::default()),
        };
        let range = span.byte_range().unwrap_or(self.end..self.end);
        match &event {
            Event::Alias(_) | Event::UnresolvedAlias(_) => Err(slip::alias(range)),
            Event::Anchor(..) => Err(slip::anchor(range)),
            _ if event.tag().is_some() => {
                let tag = span.tag_span().and_then(|tag| tag.byte_range());
                Err(slip::tag(tag.unwrap_or(range)))
            }
            _ => Ok((event, range)),
        }
    }

    fn document(&mut self) -> Result<Node, Slip> {
        let mut root = Node { span: self.last, style: Style::Plain { first: 0 }, kind: Kind::Null };
        let mut documents = 0;
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(root),
                (Event::DocumentStart(..), range) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(slip::second_document(stop::word(self.area.text, range.start)));
                    }
                    let (event, range) = self.next()?;
                    root = self.node(event, range)?;
                }
                _ => {}
            }
        }
    }

    fn node(&mut self, event: Event<'a>, range: Range<usize>) -> Result<Node, Slip> {
        match event {
            Event::Scalar(text, style, ..) => self.scalar(&text, style, range),
            Event::SequenceStart(form, ..) => {
                self.open(form, &range)?;
                let nodes = self.items()?;
                self.close(form);
                let span = hull(nodes.iter().map(|node| node.span)).unwrap_or(self.last);
                Ok(Node { span, style: structure(form), kind: Kind::Seq(nodes) })
            }
            Event::MappingStart(form, ..) => {
                self.open(form, &range)?;
                let entries = self.entries()?;
                self.close(form);
                let span = hull(entries.iter().map(|(_, key, node)| key.to(node.span))).unwrap_or(self.last);
                Ok(Node { span, style: structure(form), kind: Kind::Map(entries) })
            }
            // Between the start of a document and its end stands one node.
            _ => Err(stop::find(self.area.text, range.start, &ErrorKind::UnexpectedEof)),
        }
    }

    fn open(&mut self, form: StructureStyle, at: &Range<usize>) -> Result<(), Slip> {
        self.flow += usize::from(form == StructureStyle::Flow);
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(slip::too_deep(stop::word(self.area.text, at.start)));
        }
        Ok(())
    }

    fn close(&mut self, form: StructureStyle) {
        self.flow -= usize::from(form == StructureStyle::Flow);
        self.depth -= 1;
    }

    fn items(&mut self) -> Result<Vec<Node>, Slip> {
        let mut nodes = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(nodes),
                (event, range) => nodes.push(self.node(event, range)?),
            }
        }
    }

    fn entries(&mut self) -> Result<Vec<(String, Span, Node)>, Slip> {
        let mut entries: Vec<(String, Span, Node)> = Vec::new();
        let mut seen: HashMap<String, Span> = HashMap::new();
        loop {
            let (event, range) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(entries);
            }
            let (name, key) = self.key(event, range)?;
            if let Some(first) = seen.get(&name) {
                self.twice.push(slip::written_twice(self.area.range(key), &name, *first));
            }
            seen.insert(name.clone(), key);
            let (event, range) = self.next()?;
            let node = self.node(event, range)?;
            entries.push((name, key, node));
        }
    }

    fn key(&mut self, event: Event<'a>, range: Range<usize>) -> Result<(String, Span), Slip> {
        let before = self.area.text.get(self.end..range.start).unwrap_or_default();
        let asked = before.trim_end();
        let Event::Scalar(text, style, ..) = event else {
            return Err(slip::complex_key(stop::word(self.area.text, range.start)));
        };
        if asked.ends_with('?') && !asked.contains('#') {
            let at = self.end + asked.len() - 1;
            return Err(slip::complex_key(at..at + 1));
        }
        if style == ScalarStyle::Plain && range.is_empty() {
            return Err(slip::no_key(stop::word(self.area.text, range.start)));
        }
        let key = self.scalar(&text, style, range)?;
        Ok((text.into_owned(), key.span))
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, range: Range<usize>) -> Result<Node, Slip> {
        let written = self.area.text.get(range.clone()).unwrap_or_default();
        // Between brackets libyaml takes it for the sign of a complex key, and what follows for an alias or a tag.
        if self.flow > 0 && style == ScalarStyle::Plain && written.starts_with('?') {
            return Err(slip::complex_key(range.start..range.start + 1));
        }
        let mut marks = Run::default();
        if text.chars().any(|c| marks.is_over(c)) {
            return Err(slip::crowded(range));
        }
        self.end = range.end;
        let (style, place) = match style {
            ScalarStyle::Plain => {
                let first = written.lines().next().map_or(0, |line| line.trim_end().len());
                (Style::Plain { first }, range)
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let inside = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
                // The marks are left out where what they hold shows the text itself.
                let same = self.area.text.get(inside.clone()) == Some(text);
                (Style::Quoted, if same { inside } else { range })
            }
            _ => (Style::Block, range.start..range.start + written.trim_end().len()),
        };
        let nothing = matches!(style, Style::Plain { .. }) && matches!(written, "" | "~" | "null" | "Null" | "NULL");
        if !written.is_empty() {
            self.last = self.area.span(place);
        }
        let kind = if nothing { Kind::Null } else { Kind::Scalar(text.to_owned()) };
        Ok(Node { span: self.last, style, kind })
    }
}

fn structure(form: StructureStyle) -> Style {
    match form {
        StructureStyle::Flow => Style::Flow,
        StructureStyle::Block => Style::Indented,
    }
}

fn hull(mut spans: impl Iterator<Item = Span>) -> Option<Span> {
    let first = spans.next()?;
    Some(spans.fold(first, Span::to))
}
