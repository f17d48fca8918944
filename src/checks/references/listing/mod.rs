//! A code listing taken apart: what is code, which both languages must have in common, and what may be translated.

mod hunks;
mod judge;
mod lexer;
mod markup;
mod scan;
mod syntax;
#[cfg(test)]
mod tests;
pub(super) mod wording;

use std::ops::Range;

use crate::lang::cjk::is_han;
pub(super) use hunks::{Comparison, Hunk};
pub(super) use judge::Judgement;
pub(super) use syntax::Syntax;

/// A word, number, mark or string of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    /// As it is written; a string without its quotation marks.
    pub(super) text: &'t str,
    /// The byte at which `text` begins.
    pub(super) at: usize,
    /// The number of its line, from 0.
    pub(super) line: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Code,
    /// A string in quotation marks that begin with this one. It may be translated.
    String(char),
}

/// Text beside the code: a comment, or what stands between two tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    /// The number of tokens before it.
    pub(super) before: usize,
    /// The number of those before its end: there may be code between its words.
    pub(super) end: usize,
    /// Its words, without the marks of a comment.
    pub(super) text: String,
    /// The number of its first line, from 0.
    pub(super) line: usize,
}

/// A listing, taken apart.
#[derive(Debug)]
pub(super) struct Listing<'t> {
    pub(super) text: &'t str,
    pub(super) syntax: Syntax,
    pub(super) tokens: Vec<Token<'t>>,
    pub(super) comments: Vec<Remark>,
    pub(super) prose: Vec<Remark>,
}

impl<'t> Listing<'t> {
    /// Takes a listing apart.
    pub(super) fn of(text: &'t str, syntax: Syntax) -> Self {
        lexer::Lexer::new(text, syntax).read()
    }

    /// The text from the first of some tokens to the last, without what follows on further lines.
    pub(super) fn slice(&self, tokens: &Range<usize>) -> &'t str {
        let Some([first, rest @ ..]) = self.tokens.get(tokens.clone()) else { return "" };
        let last = rest.last().unwrap_or(first);
        let quote = |token: &Token<'_>| match token.kind {
            Kind::String(mark) => mark.len_utf8(),
            Kind::Code => 0,
        };
        let start = first.at.saturating_sub(quote(first));
        let end = last.at + last.text.len() + quote(last);
        let whole = self.text.get(start..end).unwrap_or(first.text);
        whole.lines().next().unwrap_or("").trim_end()
    }

    /// The lines that some tokens stand on; of none, those of their neighbours.
    pub(super) fn lines(&self, tokens: &Range<usize>) -> Range<usize> {
        let line = |at: usize| self.tokens.get(at).map(|token| token.line);
        let last = self.tokens.len().saturating_sub(1);
        let (first, end) = if tokens.is_empty() {
            (tokens.start.saturating_sub(1).min(last), tokens.start.min(last))
        } else {
            (tokens.start, tokens.end - 1)
        };
        let (first, end) = (line(first).unwrap_or(0), line(end).unwrap_or(0));
        first..end.max(first) + 1
    }
}

/// Compares two listings token by token, and judges each hunk.
pub(super) fn compare(source: &Listing<'_>, target: &Listing<'_>) -> (Comparison, Vec<Judgement>) {
    let look = |exact| {
        let compared = hunks::compare(source, target, exact);
        let judged = judge::judge(source, target, &compared);
        (compared, judged)
    };
    let loose = look(false);
    if loose.1.contains(&Judgement::Changed) { look(true) } else { loose }
}

/// Whether a text has letters of a script of its own, which code has only where it was translated.
fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}
