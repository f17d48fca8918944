//! The text around the place where a parser stopped.

use std::ops::Range;

/// The place where a parser stopped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'t> {
    /// The whole text.
    pub(super) text: &'t str,
    /// The byte where the parser stopped, on a character boundary.
    pub(super) at: usize,
}

/// A line without its end, and what stands on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Its characters.
    pub(super) text: &'t str,
}

impl<'t> Spot<'t> {
    /// A place brought into the text and onto a character boundary.
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        Self { text, at }
    }

    /// The character where the parser stopped.
    pub(super) fn sign(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// That character's bytes.
    pub(super) fn sign_range(&self) -> Range<usize> {
        self.at..self.at + self.sign().map_or(0, char::len_utf8)
    }

    /// The line where the parser stopped; at the end of the text, the last line that says something.
    pub(super) fn line(&self) -> Line<'t> {
        let end = self.text.trim_end().len();
        let at = if self.at < self.text.len() { self.at } else { end };
        let start = self.text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        Line::at(self.text, start)
    }

    /// The lines above that say something, the nearest first.
    pub(super) fn above(self) -> impl Iterator<Item = Line<'t>> {
        let start = self.line().start;
        let mut rest = start;
        std::iter::from_fn(move || {
            let end = self.text[..rest].trim_end().len();
            rest = self.text[..end].rfind(['\n', '\r']).map_or(0, |end| end + 1);
            (end > 0).then(|| Line::at(self.text, rest))
        })
        .filter(|line| !line.content().starts_with('#'))
    }

    /// What stands on the line before the parser stopped.
    pub(super) fn before(&self) -> &'t str {
        self.text.get(self.line().start..self.at).unwrap_or_default()
    }

    /// From where the parser stopped to the end of what the line says.
    pub(super) fn rest(&self) -> Range<usize> {
        let end = self.line().end().max(self.at);
        self.at..self.at + self.text[self.at..end].trim_end().len()
    }
}

impl<'t> Line<'t> {
    fn at(text: &'t str, start: usize) -> Self {
        let end = text[start..].find(['\n', '\r']).map_or(text.len(), |end| start + end);
        Self { start, text: &text[start..end] }
    }

    /// Where it ends in the text.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The blanks before what it says.
    pub(super) fn indent(&self) -> &'t str {
        &self.text[..self.text.len() - self.text.trim_start().len()]
    }

    /// What it says.
    pub(super) fn content(&self) -> &'t str {
        self.text.trim()
    }

    /// Where what it says stands in the text.
    pub(super) fn range(&self) -> Range<usize> {
        let start = self.start + self.indent().len();
        start..start + self.content().len()
    }

    /// What it says after the hyphens of list items, with its place in the text.
    pub(super) fn entry(&self) -> (usize, &'t str) {
        let mut rest = self.text.trim_start();
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        (self.end() - rest.len(), rest.trim_end())
    }
}

/// Where the colon of a key stands that YAML takes for one: a blank or nothing follows it.
pub(super) fn colon(text: &str) -> Option<usize> {
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let ends = signs.peek().is_none_or(|(_, next)| matches!(next, ' ' | '\t' | '\n' | '\r'));
        if sign == ':' && ends {
            return Some(at);
        }
    }
    None
}
