//! Takes code apart into tokens, comments and text.

use super::scan;
use super::syntax::{Markup, Syntax};
use super::{Kind, Listing, Remark, Token};
use crate::lang::cjk::is_han;

/// Words after which an expression begins.
const BEFORE_EXPRESSIONS: &[&str] =
    &["return", "default", "case", "yield", "else", "do", "in", "of", "await", "typeof"];
/// Marks that are drawn as long as the text beside them.
const RULES: &[char] = &['-', '=', '_', '*', '~', '.', '+', '─', '━', '═', '·'];
/// The shortest row of them.
const RULE: usize = 3;

pub(super) struct Lexer<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) line: usize,
    pub(super) syntax: Syntax,
    pub(super) tokens: Vec<Token<'t>>,
    pub(super) comments: Vec<Remark>,
    pub(super) prose: Vec<Remark>,
    /// How many elements stand around this place.
    pub(super) depth: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str, mut syntax: Syntax) -> Self {
        if syntax.markup == Markup::Jsx && !text.contains("</") && !text.contains("/>") {
            syntax.markup = Markup::None;
        }
        Self { text, at: 0, line: 0, syntax, tokens: Vec::new(), comments: Vec::new(), prose: Vec::new(), depth: 0 }
    }

    pub(super) fn read(mut self) -> Listing<'t> {
        if self.syntax.markup == Markup::Html {
            self.document()
        } else {
            self.code(None)
        }
        let Self { text, syntax, tokens, comments, mut prose, .. } = self;
        prose.retain(|remark| remark.text.chars().any(char::is_alphanumeric));
        Listing { text, syntax, tokens, comments, prose }
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Goes on by a number of bytes.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.line += self.rest()[..bytes].matches('\n').count();
        self.at += bytes;
    }

    pub(super) fn push(&mut self, kind: Kind, bytes: usize) {
        let token = Token { kind, text: &self.rest()[..bytes], at: self.at, line: self.line };
        self.tokens.push(token);
        self.skip(bytes);
    }

    /// Reads code, up to `end` where there is one.
    pub(super) fn code(&mut self, end: Option<&str>) {
        let mut braces = 0usize;
        while let Some(c) = self.rest().chars().next() {
            let inside = braces > 0 && end == Some("}");
            if !inside && end.is_some_and(|end| self.rest().starts_with(end)) {
                return;
            }
            if c.is_whitespace() {
                self.skip(c.len_utf8());
            } else if !(self.comment() || self.string() || self.tagged() || self.pattern()) {
                match c {
                    '{' => braces += 1,
                    '}' => braces = braces.saturating_sub(1),
                    _ => {}
                }
                self.word_or_mark(c);
            }
        }
    }

    /// Reads a comment. Those that no code parts are one.
    pub(super) fn comment(&mut self) -> bool {
        let start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        let Some(length) = scan::comment(self.rest(), &self.text[start..self.at], &self.syntax) else { return false };
        let words = scan::words(&self.rest()[..length]);
        let (before, line) = (self.tokens.len(), self.line);
        match self.comments.last_mut() {
            Some(last) if last.before == before => {
                last.text.push(' ');
                last.text.push_str(&words);
            }
            _ => self.comments.push(Remark { before, end: before, text: words, line }),
        }
        self.skip(length);
        true
    }

    pub(super) fn string(&mut self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        let Some(quoted) = scan::quoted(self.rest(), before, &self.syntax) else { return false };
        let mark = self.rest()[..quoted.open].chars().next_back().unwrap_or('"');
        self.skip(quoted.open);
        self.push(Kind::String(mark), quoted.inside);
        self.skip(quoted.whole - quoted.open - quoted.inside);
        true
    }

    fn word_or_mark(&mut self, first: char) {
        let part = |c: char| (c.is_alphanumeric() || matches!(c, '_' | '$')) && is_han(c) == is_han(first);
        let rest = self.rest();
        let length = |inside: &dyn Fn(char) -> bool| rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let bytes = if first.is_ascii_digit() {
            let whole = length(&part);
            let fraction =
                rest[whole..].strip_prefix('.').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            fraction.map_or(whole, |rest| whole + 1 + rest.find(|c| !part(c)).unwrap_or(rest.len()))
        } else if part(first) {
            length(&part)
        } else if first == '…' {
            length(&|c| c == '…')
        } else if rest.starts_with("...") && !rest.starts_with("....") {
            RULE
        } else if self.syntax.plain && RULES.contains(&first) && length(&|c| c == first) >= RULE * first.len_utf8() {
            length(&|c| c == first)
        } else {
            first.len_utf8()
        };
        self.push(Kind::Code, bytes);
    }

    /// Reads an element where an expression may begin.
    fn tagged(&mut self) -> bool {
        let jsx = self.syntax.markup == Markup::Jsx && self.begins_tag() && self.begins_expression();
        if jsx {
            self.element();
        }
        jsx
    }

    /// Reads a regular expression, in which quotation marks are no strings.
    fn pattern(&mut self) -> bool {
        let rest = self.rest();
        if !self.syntax.loose_ends || !rest.starts_with('/') || !self.begins_expression() {
            return false;
        }
        let (mut class, mut escaped) = (false, false);
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                '\n' => return false,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => class = true,
                ']' => class = false,
                '/' if !class => {
                    self.push(Kind::Code, at + 1);
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// Whether an expression may begin here, so that `<` and `/` are no operators.
    fn begins_expression(&self) -> bool {
        let Some(last) = self.tokens.last() else { return true };
        if last.line < self.line && self.begins_tag() {
            return true;
        }
        match last.kind {
            Kind::String(_) => false,
            Kind::Code => {
                BEFORE_EXPRESSIONS.contains(&last.text)
                    || !last.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ')' | ']'))
            }
        }
    }
}
