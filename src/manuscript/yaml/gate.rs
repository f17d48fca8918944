//! The scan that stands before the YAML parser: it finds scalars and refuses what could blow up.

use std::ops::Range;

use super::{Area, CHECK, MAX_BYTES, MAX_DEPTH};
use crate::diagnostic::Diagnostic;

/// A scalar in the text, in document order; keys and values alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes, quotes included.
    pub(super) range: Range<usize>,
    /// How it is written.
    pub(super) style: Style,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Quoted,
    Block,
}

/// Why a text was refused, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) range: Range<usize>,
    pub(super) reason: Reason,
}

/// The things that the gate refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    TooLarge,
    TooDeep,
    Anchor,
    Alias,
    Tag,
    Directive,
    SecondDocument,
    ComplexKey,
}

impl Refusal {
    pub(super) fn diagnostic(&self, area: Area<'_>) -> Diagnostic {
        let (message, hint) = match self.reason {
            Reason::TooLarge => (
                format!("this YAML is longer than {} KiB", MAX_BYTES / 1024),
                "split it, or move long text into a chapter",
            ),
            Reason::TooDeep => (format!("this YAML is nested more than {MAX_DEPTH} deep"), "write it flatter"),
            Reason::Anchor => ("YAML anchors are not allowed".into(), "write the value out, or put quotes around it"),
            Reason::Alias => ("YAML aliases are not allowed".into(), "write the value out, or put quotes around it"),
            Reason::Tag => ("YAML tags are not allowed".into(), "remove the tag, or put quotes around the value"),
            Reason::Directive => ("YAML directives are not allowed".into(), "remove this line"),
            Reason::SecondDocument => ("a second YAML document begins here".into(), "keep one document in one file"),
            Reason::ComplexKey => ("a key must be a simple word".into(), "write it as ‘key: value’"),
        };
        Diagnostic::error(CHECK, message).at(area.span(self.range.clone())).hint(hint)
    }
}

/// Scans a whole text.
pub(super) fn scan(text: &str) -> Result<Vec<Token>, Refusal> {
    if text.len() > MAX_BYTES {
        let end = text.char_indices().nth(1).map_or(text.len(), |(i, _)| i);
        return Err(Refusal { range: 0..end, reason: Reason::TooLarge });
    }
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        columns: Vec::new(),
        flow: 0,
        open_plain: None,
        seen_content: false,
        tokens: Vec::new(),
    };
    while scanner.at < text.len() {
        scanner.line()?;
    }
    Ok(scanner.tokens)
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Columns of the open block collections.
    columns: Vec<usize>,
    /// Open flow collections.
    flow: usize,
    /// A plain scalar that the next line may continue: its token and the column that the line must exceed.
    open_plain: Option<(usize, Option<usize>)>,
    seen_content: bool,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Whether the byte `ahead` is a blank, a line end or the end of the text.
    fn gap(&self, ahead: usize) -> bool {
        matches!(self.peek(ahead), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
    }

    fn line_end(&self) -> bool {
        matches!(self.peek(0), None | Some(b'\n' | b'\r'))
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(0), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    fn skip_line(&mut self) {
        while !self.line_end() {
            self.at += 1;
        }
        if self.peek(0) == Some(b'\r') && self.peek(1) == Some(b'\n') {
            self.at += 1;
        }
        self.at = (self.at + 1).min(self.bytes.len());
    }

    fn refuse<T>(&self, reason: Reason) -> Result<T, Refusal> {
        let rest = &self.text[self.at..];
        let long = rest.find([' ', '\t', '\n', '\r', ',', ']', '}']).unwrap_or(rest.len());
        let shortest = rest.chars().next().map_or(0, char::len_utf8);
        Err(Refusal { range: self.at..self.at + long.max(shortest), reason })
    }

    /// One line, or several where a quoted or block scalar runs on.
    fn line(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        self.markers()?;
        self.skip_blanks();
        if self.line_end() {
            self.skip_line();
            return Ok(());
        }
        let column = self.at - start;
        if let Some((token, floor)) = self.open_plain.take()
            && self.peek(0) != Some(b'#')
        {
            if self.flow > 0 {
                self.continue_in_flow(token);
            } else if floor.is_none_or(|floor| column > floor) {
                return self.continue_plain(token, floor);
            }
        }
        self.rest_of_line(start)
    }

    /// Document markers and directives at the start of a line.
    fn markers(&mut self) -> Result<(), Refusal> {
        let here = &self.bytes[self.at..];
        let marker = (here.starts_with(b"---") || here.starts_with(b"...")) && self.gap(3);
        if marker && (self.seen_content || here[0] == b'.') {
            return self.refuse(Reason::SecondDocument);
        }
        if marker {
            self.seen_content = true;
            self.at += 3;
        }
        if here.first() == Some(&b'%') && self.flow == 0 && self.open_plain.is_none() {
            return self.refuse(Reason::Directive);
        }
        Ok(())
    }

    /// A further line of a plain scalar that began above.
    fn continue_plain(&mut self, token: usize, floor: Option<usize>) -> Result<(), Refusal> {
        let end = self.plain_end();
        self.tokens[token].range.end = end;
        self.at = end;
        self.skip_blanks();
        if self.line_end() {
            self.open_plain = Some((token, floor));
        }
        self.skip_line();
        Ok(())
    }

    /// A further line of a plain scalar inside braces: quotes and marks at its start are part of the scalar.
    fn continue_in_flow(&mut self, token: usize) {
        let end = self.plain_end();
        if end > self.at {
            self.tokens[token].range.end = end;
            self.at = end;
        }
    }

    fn rest_of_line(&mut self, start: usize) -> Result<(), Refusal> {
        self.seen_content = true;
        while !self.line_end() {
            self.token(start)?;
            self.skip_blanks();
            if self.peek(0) == Some(b'#') && self.at > start && matches!(self.bytes[self.at - 1], b' ' | b'\t') {
                break;
            }
        }
        self.skip_line();
        Ok(())
    }

    fn token(&mut self, line: usize) -> Result<(), Refusal> {
        let first = self.bytes[self.at];
        match first {
            // Where a token may begin, the parser takes a hash for a comment, blank before it or not.
            b'#' => {
                while !self.line_end() {
                    self.at += 1;
                }
                Ok(())
            }
            b'&' => self.refuse(Reason::Anchor),
            b'*' => self.refuse(Reason::Alias),
            b'!' => self.refuse(Reason::Tag),
            b'?' if self.flow > 0 || self.gap(1) => self.refuse(Reason::ComplexKey),
            b'-' if self.flow == 0 && self.gap(1) => {
                self.open(self.at - line)?;
                self.at += 1;
                Ok(())
            }
            b':' if self.gap(1) || self.flow > 0 => {
                self.at += 1;
                Ok(())
            }
            b'{' | b'[' => {
                self.flow += 1;
                if self.flow + self.columns.len() > MAX_DEPTH {
                    return self.refuse(Reason::TooDeep);
                }
                self.at += 1;
                Ok(())
            }
            b'}' | b']' => {
                self.flow = self.flow.saturating_sub(1);
                self.at += 1;
                Ok(())
            }
            b',' if self.flow > 0 => {
                self.at += 1;
                Ok(())
            }
            b'"' | b'\'' => self.quoted(line, first),
            b'|' | b'>' if self.flow == 0 => {
                self.block();
                Ok(())
            }
            _ => self.plain(line),
        }
    }

    /// Opens a block collection at a column, closing the deeper ones.
    fn open(&mut self, column: usize) -> Result<(), Refusal> {
        while self.columns.last().is_some_and(|c| *c > column) {
            self.columns.pop();
        }
        if self.columns.last() != Some(&column) {
            self.columns.push(column);
        }
        if self.columns.len() + self.flow > MAX_DEPTH { self.refuse(Reason::TooDeep) } else { Ok(()) }
    }

    fn quoted(&mut self, line: usize, quote: u8) -> Result<(), Refusal> {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'\\' if quote == b'"' => self.at += usize::from(self.at < self.bytes.len()),
                b'\'' if quote == b'\'' && self.peek(0) == Some(b'\'') => self.at += 1,
                _ if byte == quote => break,
                _ => {}
            }
        }
        self.at = super::floor(self.text, self.at);
        self.tokens.push(Token { range: start..self.at, style: Style::Quoted });
        self.key_follows(line, start).map(|_| ())
    }

    fn plain(&mut self, line: usize) -> Result<(), Refusal> {
        let start = self.at;
        let end = self.plain_end();
        self.at = end.max(start + self.text[start..].chars().next().map_or(1, char::len_utf8));
        self.tokens.push(Token { range: start..self.at, style: Style::Plain });
        let token = self.tokens.len() - 1;
        let key = self.key_follows(line, start)?;
        self.skip_blanks();
        if self.line_end() && !key {
            self.open_plain = Some((token, self.columns.last().copied()));
        }
        Ok(())
    }

    /// If a colon follows the scalar that was just read, it was a key: its column opens a mapping. Says whether.
    fn key_follows(&mut self, line: usize, start: usize) -> Result<bool, Refusal> {
        let blanks = self.bytes[self.at..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let colon = self.peek(blanks) == Some(b':') && (self.gap(blanks + 1) || self.flow > 0);
        if !colon {
            return Ok(false);
        }
        if self.flow == 0 && start >= line {
            self.open(start - line)?;
        }
        self.at += blanks + 1;
        Ok(true)
    }

    /// Where a plain scalar that begins here ends on this line, blanks trimmed.
    fn plain_end(&self) -> usize {
        let mut end = self.at;
        let mut i = self.at;
        while let Some(&byte) = self.bytes.get(i) {
            let gap_after = matches!(self.bytes.get(i + 1), None | Some(b' ' | b'\t' | b'\n' | b'\r'));
            let flow_after = self.flow > 0 && matches!(self.bytes.get(i + 1), Some(b',' | b'[' | b']' | b'{' | b'}'));
            match byte {
                b'\n' | b'\r' => break,
                b':' if gap_after || flow_after => break,
                b'#' if i > self.at && matches!(self.bytes[i - 1], b' ' | b'\t') => break,
                b',' | b'[' | b']' | b'{' | b'}' if self.flow > 0 => break,
                b' ' | b'\t' => {}
                _ => end = i + 1,
            }
            i += 1;
        }
        end
    }

    /// A block scalar: the header's line and every following line that is indented more than its parent.
    fn block(&mut self) {
        let start = self.at;
        let parent = self.columns.last().copied();
        self.skip_line();
        let mut end = self.at;
        while self.at < self.bytes.len() {
            let line = self.at;
            let spaces = self.bytes[line..].iter().take_while(|b| **b == b' ').count();
            let blank = matches!(self.bytes.get(line + spaces), None | Some(b'\n' | b'\r'));
            if !blank && parent.is_some_and(|p| spaces <= p) {
                break;
            }
            self.skip_line();
            end = self.at;
        }
        self.tokens.push(Token { range: start..end, style: Style::Block });
        // The caller skips to the end of its line: leave it the last line break.
        let broken = end > start && matches!(self.bytes[end - 1], b'\n' | b'\r');
        self.at = end - usize::from(broken);
    }
}
