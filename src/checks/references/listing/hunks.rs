//! Which tokens of two listings are the same.

use std::borrow::Cow;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Kind, Listing, Token};
use crate::lang::width::{half, half_mark};

/// A stretch that only one of the listings has, or that differs; one of the two ranges may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Hunk {
    pub(in super::super) source: Range<usize>,
    pub(in super::super) target: Range<usize>,
}

/// How the tokens of two listings go together.
#[derive(Debug, Default)]
pub(in super::super) struct Comparison {
    pub(in super::super) hunks: Vec<Hunk>,
    /// Tokens that go together, in order. Strings do though their texts differ.
    pub(in super::super) pairs: Vec<(usize, usize)>,
}

impl Comparison {
    /// The number of tokens that stand before a place of the translation, given those before it in the source.
    pub(in super::super) fn counterpart(&self, before: usize) -> usize {
        let next = self.pairs.partition_point(|(source, _)| *source < before);
        let behind = next.checked_sub(1).map_or(0, |at| self.pairs[at].1 + 1);
        match self.pairs.get(next) {
            Some((source, target)) if *source == before => *target,
            _ => behind,
        }
    }
}

/// What must be equal of a token.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key<'t> {
    Code(Cow<'t, str>),
    /// A string: its quotation mark, and its text where that counts.
    String(char, &'t str),
}

/// Compares two listings token by token. With `exact`, strings that are equal are found first, so that a lost one is not
/// taken for the next; without it, the text of strings counts for nothing.
pub(super) fn compare(source: &Listing<'_>, target: &Listing<'_>, exact: bool) -> Comparison {
    let mut compared = Comparison::default();
    for (equal, theirs, ours) in
        stretches(&keys(source, 0..source.tokens.len(), exact), &keys(target, 0..target.tokens.len(), exact))
    {
        if equal {
            compared.pairs.extend(theirs.zip(ours));
            continue;
        }
        for (equal, a, b) in stretches(&keys(source, theirs.clone(), false), &keys(target, ours.clone(), false)) {
            let (a, b) = (a.start + theirs.start..a.end + theirs.start, b.start + ours.start..b.end + ours.start);
            if equal {
                compared.pairs.extend(a.zip(b));
            } else {
                compared.hunks.extend(by_line(source, target, Hunk { source: a, target: b }));
            }
        }
    }
    to_lines(source, target, &mut compared);
    compared
}

/// A hunk that takes as many lines in both listings, line by line.
fn by_line(source: &Listing<'_>, target: &Listing<'_>, hunk: Hunk) -> Vec<Hunk> {
    let lines = |listing: &Listing<'_>, tokens: &Range<usize>| {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for at in tokens.clone() {
            match parts.last_mut() {
                Some(last) if listing.tokens[last.start].line == listing.tokens[at].line => last.end = at + 1,
                _ => parts.push(at..at + 1),
            }
        }
        parts
    };
    let (theirs, ours) = (lines(source, &hunk.source), lines(target, &hunk.target));
    if theirs.len() < 2 || theirs.len() != ours.len() {
        return vec![hunk];
    }
    theirs.into_iter().zip(ours).map(|(source, target)| Hunk { source, target }).collect()
}

/// Moves what only one listing has to where a line begins, if it is the same there: `; let b = 2` is the line `let b = 2;`.
fn to_lines(source: &Listing<'_>, target: &Listing<'_>, compared: &mut Comparison) {
    for hunk in &mut compared.hunks {
        if hunk.target.is_empty() {
            let steps = to_line(source, &hunk.source);
            for pair in
                compared.pairs.iter_mut().filter(|pair| (hunk.source.end..hunk.source.end + steps).contains(&pair.0))
            {
                pair.0 -= hunk.source.len();
            }
            hunk.source = hunk.source.start + steps..hunk.source.end + steps;
            hunk.target = hunk.target.start + steps..hunk.target.end + steps;
        } else if hunk.source.is_empty() {
            let steps = to_line(target, &hunk.target);
            for pair in
                compared.pairs.iter_mut().filter(|pair| (hunk.target.end..hunk.target.end + steps).contains(&pair.1))
            {
                pair.1 -= hunk.target.len();
            }
            hunk.target = hunk.target.start + steps..hunk.target.end + steps;
            hunk.source = hunk.source.start + steps..hunk.source.end + steps;
        }
    }
}

/// How many tokens further on the same tokens begin a line.
fn to_line(listing: &Listing<'_>, tokens: &Range<usize>) -> usize {
    let all = &listing.tokens;
    let begins = |at: usize| at.checked_sub(1).is_none_or(|before| all[before].line < all[at].line);
    let same = |steps: &usize| {
        let (first, next) = (all.get(tokens.start + steps - 1), all.get(tokens.end + steps - 1));
        first.zip(next).is_some_and(|(first, next)| key(first, listing, true) == key(next, listing, true))
    };
    if begins(tokens.start) {
        return 0;
    }
    let steps = (1..=tokens.len()).take_while(same);
    steps.into_iter().find(|steps| begins(tokens.start + steps)).unwrap_or(0)
}

fn keys<'t>(listing: &Listing<'t>, tokens: Range<usize>, exact: bool) -> Vec<Key<'t>> {
    listing.tokens[tokens].iter().map(|token| key(token, listing, exact)).collect()
}

/// What must be equal of a token; with `exact`, the text of a string too.
pub(super) fn key<'t>(token: &Token<'t>, listing: &Listing<'t>, exact: bool) -> Key<'t> {
    let syntax = &listing.syntax;
    match token.kind {
        Kind::String(mark) => {
            let mark = if syntax.loose_quotes { '"' } else { mark };
            Key::String(mark, if exact { token.text } else { "" })
        }
        Kind::Code if token.text.starts_with('…') => Key::Code(Cow::Borrowed("...")),
        Kind::Code if syntax.plain => Key::Code(plain(token.text)),
        Kind::Code => Key::Code(Cow::Borrowed(token.text)),
    }
}

/// A token of a text that is no code: marks in either width, and rules of any length, are the same.
fn plain(text: &str) -> Cow<'_, str> {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or_default();
    if !first.is_alphanumeric() && text.chars().count() > 3 && chars.all(|c| c == first) {
        return Cow::Owned(first.to_string().repeat(3));
    }
    let mark = match first {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c => half_mark(c).unwrap_or_else(|| half(c)),
    };
    if mark == first { Cow::Borrowed(text) } else { Cow::Owned(mark.to_string()) }
}

/// The stretches of two rows that are equal, and those between them that are not.
fn stretches<K: Ord + std::hash::Hash>(a: &[K], b: &[K]) -> Vec<(bool, Range<usize>, Range<usize>)> {
    let mut found: Vec<(bool, Range<usize>, Range<usize>)> = Vec::new();
    let (mut removed, mut inserted) = (0, 0);
    for op in capture_diff_slices(Algorithm::Myers, a, b) {
        let equal = matches!(op, DiffOp::Equal { .. });
        // Where an operation moved past another one, the place that it names in the other row is stale; lengths are not.
        let (theirs, ours) = (removed..removed + op.old_range().len(), inserted..inserted + op.new_range().len());
        (removed, inserted) = (theirs.end, ours.end);
        match found.last_mut() {
            Some((last, a, b)) if *last == equal => (a.end, b.end) = (theirs.end, ours.end),
            _ => found.push((equal, theirs, ours)),
        }
    }
    found
}
