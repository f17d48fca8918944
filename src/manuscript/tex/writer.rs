//! From what a formula is made of to Typst's notation.

use std::vec::IntoIter;

use pulldown_latex::event::{
    Content, EnvironmentFlow, Event, Grouping, ScriptPosition, ScriptType, StateChange, Visual,
};

use super::element::{Element, Kind};
use super::{Fault, to_typst};
use super::{delimiters, rows, scripts, signs, styles, symbols};
use crate::model::Macros;

/// Reads events, each of which may need the next ones.
pub(super) struct Writer<'a> {
    events: std::iter::Peekable<IntoIter<Event<'a>>>,
    pub(super) macros: &'a Macros,
    /// How many pairs of delimiters that grow stand around.
    pairs: usize,
    /// Whether a colour was left out.
    pub(super) uncoloured: bool,
    /// What is wrong with a formula in a text of this one.
    pub(super) fault: Option<Fault>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(events: Vec<Event<'a>>, macros: &'a Macros) -> Self {
        Self { events: events.into_iter().peekable(), macros, pairs: 0, uncoloured: false, fault: None }
    }

    /// The whole formula.
    pub(super) fn formula(&mut self) -> String {
        // Lines of a formula that is nothing but lines are the formula's own.
        if let Some(Event::Begin(grouping)) = self.events.peek()
            && rows::is_lines(grouping)
        {
            let grouping = grouping.clone();
            self.events.next();
            let rows = self.rows(&grouping);
            let rest = self.sequence();
            return if rest.is_empty() {
                rows::lines(&grouping, &rows)
            } else {
                format!("{} {rest}", rows::nested(&grouping, &rows))
            };
        }
        self.sequence()
    }

    /// The elements up to the end of the group, or of the cell.
    pub(super) fn sequence(&mut self) -> String {
        let mut out = Sequence::default();
        while let Some(event) = self.events.peek() {
            match event {
                Event::End | Event::EnvironmentFlow(EnvironmentFlow::Alignment | EnvironmentFlow::NewLine { .. }) => {
                    break;
                }
                Event::EnvironmentFlow(EnvironmentFlow::StartLines { .. }) => {
                    self.events.next();
                }
                Event::StateChange(change) => {
                    let change = *change;
                    self.events.next();
                    // A change holds to the end of its group.
                    let rest = self.styled_rest(&change);
                    out.push(&rest);
                    break;
                }
                _ => {
                    let element = self.element();
                    out.push(&element);
                }
            }
        }
        out.text
    }

    fn styled_rest(&mut self, change: &pulldown_latex::event::StateChange) -> Element {
        let mut letters = String::new();
        let mut parts = Sequence::default();
        let Some(style) = styles::of(change) else { return Element { text: self.sequence(), kind: Kind::Other } };
        // Letters of a word are set as a word where they are not variables.
        while let Some(event) = self.events.peek() {
            if matches!(event, Event::End | Event::StateChange(_) | Event::EnvironmentFlow(_)) {
                break;
            }
            let element = self.element();
            match element.kind {
                Kind::Letter(letter) if style.words && letter.is_ascii_alphabetic() => letters.push(letter),
                _ => {
                    flush(&mut letters, &mut parts);
                    parts.push(&element);
                }
            }
        }
        flush(&mut letters, &mut parts);
        let rest = self.sequence();
        if !rest.is_empty() {
            parts.push(&Element { text: rest, kind: Kind::Other });
        }
        Element { text: style.around(&parts.text), kind: Kind::Other }
    }

    /// The next element with everything that belongs to it.
    pub(super) fn element(&mut self) -> Element {
        let Some(event) = self.events.next() else { return Element::default() };
        match event {
            Event::Content(content) => self.content(&content),
            Event::Begin(grouping) => self.group(&grouping),
            Event::Visual(visual) => self.visual(visual),
            Event::Script { ty, position } => self.script(ty, position),
            Event::Space { width, .. } => Element { text: symbols::space(width), kind: Kind::Other },
            Event::StateChange(change) => {
                self.uncoloured |= matches!(change, StateChange::Color(_));
                Element::default()
            }
            Event::End | Event::EnvironmentFlow(_) => Element::default(),
        }
    }

    /// A base with what stands at it: the base comes first, then what is below, then what is above.
    fn script(&mut self, ty: ScriptType, position: ScriptPosition) -> Element {
        let base = self.element();
        let below = matches!(ty, ScriptType::Subscript | ScriptType::SubSuperscript).then(|| self.element());
        let above = matches!(ty, ScriptType::Superscript | ScriptType::SubSuperscript).then(|| self.element());
        scripts::script(&base, below.as_ref(), above.as_ref(), position)
    }

    fn group(&mut self, grouping: &Grouping) -> Element {
        match grouping {
            Grouping::Normal => {
                let text = self.sequence();
                self.events.next();
                let mut letters = text.chars();
                let kind = match (letters.next(), letters.next()) {
                    (Some(letter), None) if letter.is_alphabetic() => Kind::Letter(letter),
                    _ => Kind::Other,
                };
                Element { text, kind }
            }
            Grouping::LeftRight(open, close) => self.left_right(*open, *close),
            grouping => {
                let rows = self.rows(grouping);
                Element { text: rows::nested(grouping, &rows), kind: Kind::Other }
            }
        }
    }

    fn left_right(&mut self, open: Option<char>, close: Option<char>) -> Element {
        self.pairs += 1;
        let mut elements = Vec::new();
        let mut styled = None;
        while !matches!(self.events.peek(), None | Some(Event::End)) {
            if let Some(Event::StateChange(change)) = self.events.peek() {
                let change = *change;
                self.events.next();
                styled = styles::of(&change).or(styled);
                continue;
            }
            elements.push(self.element());
        }
        self.events.next();
        self.pairs -= 1;
        let body = Sequence::of(&elements);
        let text = match (elements.as_slice(), open, close) {
            ([only], Some('('), Some(')')) if only.kind == Kind::Stack => format!("binom({})", only.text),
            ([only], ..) if only.kind == Kind::Stack => delimiters::around(open, close, &stack(&only.text)),
            _ => delimiters::around(open, close, &body),
        };
        Element { text: styled.map_or(text.clone(), |style| style.around(&text)), kind: Kind::Other }
    }

    /// The rows of an environment up to its end, each of cells.
    fn rows(&mut self, grouping: &Grouping) -> rows::Rows {
        let mut rows = rows::Rows::default();
        // The reader says in the first cell how large all of them are.
        if let Some(Event::StateChange(StateChange::Style(style))) = self.events.peek()
            && rows::is_size(grouping, *style)
        {
            rows.style = Some(*style);
            self.events.next();
        }
        if let Some(Event::EnvironmentFlow(EnvironmentFlow::StartLines { .. })) = self.events.peek() {
            rows.lines.push(0);
        }
        let mut row = Vec::new();
        loop {
            row.push(self.sequence());
            match self.events.next() {
                Some(Event::EnvironmentFlow(EnvironmentFlow::Alignment)) => {}
                Some(Event::EnvironmentFlow(EnvironmentFlow::NewLine { horizontal_lines, .. })) => {
                    rows.rows.push(std::mem::take(&mut row));
                    if !horizontal_lines.is_empty() {
                        rows.lines.push(rows.rows.len());
                    }
                }
                _ => break,
            }
        }
        if row.iter().any(|cell| !cell.is_empty()) || rows.rows.is_empty() {
            rows.rows.push(row);
        }
        rows.sized()
    }

    fn visual(&mut self, visual: Visual) -> Element {
        let text = match visual {
            Visual::SquareRoot => match self.element().text {
                nothing if nothing.is_empty() => symbols::escaped('√'),
                radicand => format!("sqrt({radicand})"),
            },
            Visual::Root => {
                let radicand = self.element().text;
                format!("root({}, {radicand})", self.element().text)
            }
            Visual::Fraction(bar) => {
                let (above, below) = (self.argument(), self.argument());
                if bar.is_some_and(|bar| bar.value == 0.0) {
                    return Element { text: format!("{above}, {below}"), kind: Kind::Stack };
                }
                format!("frac({above}, {below})")
            }
            Visual::Negation => symbols::negated(&self.element().text),
        };
        Element { text, kind: Kind::Other }
    }

    /// The next element where a function takes it: nothing is a place that is kept.
    pub(super) fn argument(&mut self) -> String {
        let element = self.element();
        let text = if element.kind == Kind::Stack { stack(&element.text) } else { element.text };
        if text.is_empty() { "\"\"".to_owned() } else { text }
    }

    /// Text in a formula; formulas in it are set as such.
    fn words(&mut self, text: &str) -> Element {
        let mut out = String::new();
        for (at, part) in text.split('$').enumerate().filter(|(_, part)| !part.is_empty()) {
            if at % 2 == 0 {
                out.push_str(&symbols::text(part));
                continue;
            }
            match to_typst(part, self.macros) {
                Ok(converted) => out.push_str(&converted.typst),
                Err(fault) => self.fault = self.fault.take().or(Some(fault)),
            }
        }
        Element { text: out, kind: Kind::Other }
    }

    fn content(&mut self, content: &Content<'_>) -> Element {
        match content {
            Content::Text(text) => self.words(text),
            Content::Number(number) => Element { text: symbols::number(number), kind: Kind::Other },
            Content::Function(name) => Element { text: symbols::operator(name), kind: Kind::Operator },
            Content::Ordinary { content, .. } if signs::is_one(*content) => {
                let group = self.argument();
                Element { text: signs::around(*content, &group), kind: Kind::Other }
            }
            Content::Ordinary { content, .. } => symbols::ordinary(*content),
            Content::LargeOp { content, .. } => {
                // What stands at an integral stands beside it by itself.
                let integral = matches!(*content, '∫'..='∳' | '⨋'..='⨜');
                let kind = if integral { Kind::Other } else { Kind::Operator };
                Element { text: symbols::escaped(*content), kind }
            }
            Content::BinaryOp { content, .. } | Content::Punctuation(content) => {
                Element { text: symbols::escaped(*content), kind: Kind::Other }
            }
            Content::Relation { content, .. } => {
                let mut buffer = [0; 8];
                let signs = String::from_utf8_lossy(content.encode_utf8_to_buf(&mut buffer)).into_owned();
                let kind = if signs.chars().all(symbols::is_arrow) { Kind::Arrow } else { Kind::Other };
                Element { text: symbols::relation(&signs), kind }
            }
            Content::Delimiter { content, size, ty } => {
                Element { text: delimiters::alone(*content, *size, *ty, self.pairs > 0), kind: Kind::Other }
            }
        }
    }
}

/// Two texts one above the other without a line.
fn stack(texts: &str) -> String {
    format!("mat(delim: #none, {})", texts.replacen(", ", "; ", 1))
}

fn flush(letters: &mut String, parts: &mut Sequence) {
    let text = match letters.len() {
        0 => return,
        1 => letters.clone(),
        _ => format!("\"{letters}\""),
    };
    parts.push(&Element { text, kind: Kind::Other });
    letters.clear();
}

/// Whether something is text in quotes, in some font.
fn is_word(text: &str) -> bool {
    let mut parts = text.split('"');
    let (before, behind) = (parts.next(), parts.next_back());
    behind.is_some_and(|behind| behind.chars().all(|c| c == ')'))
        && before.is_some_and(|before| before.chars().all(|c| c.is_ascii_alphabetic() || c == '('))
        && (before == Some("") || parts.count() == 1)
}

/// Elements one after the other, with spaces between them, which mean nothing in Typst's notation.
#[derive(Default)]
pub(super) struct Sequence {
    pub(super) text: String,
    ends_in_word: bool,
}

impl Sequence {
    fn of(elements: &[Element]) -> String {
        let mut sequence = Self::default();
        elements.iter().for_each(|element| sequence.push(element));
        sequence.text
    }

    fn push(&mut self, element: &Element) {
        let text = match element.kind {
            Kind::Stack => stack(&element.text),
            Kind::Prime(count) => "'".repeat(count),
            _ => element.text.clone(),
        };
        if text.is_empty() {
            return;
        }
        let joint = match element.kind {
            _ if self.text.is_empty() => "",
            Kind::Prime(_) => "",
            _ if !self.ends_in_word && !is_word(&text) => " ",
            // Typst keeps a space beside words. Where letters would run into each other an empty comment parts them.
            _ if self.text.ends_with(char::is_alphanumeric) && text.starts_with(char::is_alphanumeric) => "/**/",
            _ => "",
        };
        self.text.push_str(joint);
        self.text.push_str(&text);
        self.ends_in_word = is_word(&text);
    }
}
