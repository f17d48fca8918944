//! `references.bib`: BibTeX and BibLaTeX, as programs export it.
//!
//! Hayagriva reads a file whole or not at all. So it is given each entry by itself, with the abbreviations (`@string`) of the
//! file and the entry that it refers to.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use hayagriva::io::{BibLaTeXError, from_biblatex_str};

use super::super::yaml::{Area, unmarked};
use super::entries::form;
use super::{Entries, as_written, error, repeated, tex};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::Work;
use crate::source::Span;

/// Longest value shown in a message, in characters.
const SHOWN: usize = 40;

/// One `@kind{…}`; places are bytes of the text.
struct Piece<'a> {
    range: Range<usize>,
    kind: String,
    key: &'a str,
    key_at: usize,
    /// Its opening bracket.
    open: usize,
    closed: bool,
}

impl Piece<'_> {
    /// The place of a part of its text, else that of its key.
    fn place_of(&self, text: &str, area: Area<'_>) -> Span {
        match area.text[self.range.clone()].find(text) {
            Some(at) => area.span(self.range.start + at..self.range.start + at + text.len()),
            None => area.span(self.key_at..self.key_at + self.key.len()),
        }
    }
}

/// Reads the entries of a file.
pub(super) fn read(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Entries {
    let pieces = pieces(area.text);
    let (entries, others): (Vec<&Piece<'_>>, Vec<&Piece<'_>>) =
        pieces.iter().partition(|piece| !matches!(piece.kind.as_str(), "string" | "preamble" | "comment"));
    if entries.is_empty() && !unmarked(area.text).trim().is_empty() {
        let found = error(msg!("there is no BibTeX entry in this file")).at(area.whole());
        sink.push(found.hint(msg!("write entries as `@book{{key, title = {{…}}, year = {{…}}}}`")));
        return Entries::unread();
    }
    let strings: String = others
        .iter()
        .filter(|piece| piece.kind == "string")
        .map(|piece| format!("{}\n", &area.text[piece.range.clone()]))
        .collect();
    let by_key: BTreeMap<&str, &Piece<'_>> = entries.iter().map(|piece| (piece.key, *piece)).collect();
    let mut read = Entries::default();
    for piece in entries {
        let span = area.span(piece.key_at..piece.key_at + piece.key.len().max(1));
        if !read.is_first(piece.key) {
            sink.push(repeated(piece.key, span));
            continue;
        }
        let parent = referred(&area.text[piece.range.clone()]).and_then(|key| by_key.get(key));
        let before = strings.clone() + parent.map_or("", |parent| &area.text[parent.range.clone()]);
        match entry(area, piece, &before) {
            Ok(mut entry) => {
                unread(area, piece, &entry, sink);
                let left = tex::read(&mut entry);
                sink.extend(left.iter().map(|tex| as_written(tex, piece.place_of(tex, area))));
                read.works.push(Work { entry, span, text: None });
            }
            Err(found) => {
                sink.push(found);
                read.refused.push(piece.key.to_owned());
            }
        }
    }
    read
}

fn entry(area: Area<'_>, piece: &Piece<'_>, before: &str) -> Result<hayagriva::Entry, Diagnostic> {
    let head = area.span(piece.range.start..piece.key_at + piece.key.len());
    if !piece.closed {
        let hint = msg!("close it with `}}`; each brace and quotation mark in it needs its partner");
        return Err(error(msg!("the entry ‘{key}’ has no end", key = piece.key)).at(head).hint(hint));
    }
    if piece.key.is_empty() {
        let hint = msg!("write its key first: `@{kind}{{key, …}}`", kind = &piece.kind);
        return Err(error(msg!("this entry has no key")).at(head).hint(hint));
    }
    let own = braced(&area.text[piece.range.clone()], piece.open - piece.range.start);
    match from_biblatex_str(&format!("{before}\n{own}")) {
        Ok(library) => {
            library.into_iter().find(|entry| entry.key() == piece.key).ok_or_else(|| unreadable(piece, head))
        }
        Err(errors) => Err(errors
            .iter()
            .find_map(|error| fault(area, piece, before.len() + 1, error))
            .unwrap_or_else(|| unreadable(piece, head))),
    }
}

/// An entry between braces; BibTeX allows parentheses, too.
fn braced(entry: &str, open: usize) -> Cow<'_, str> {
    match entry[open..].strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => Cow::Owned(format!("{}{{{inner}}}", &entry[..open])),
        None => Cow::Borrowed(entry),
    }
}

/// Says which dates and addresses cannot be read: Hayagriva leaves them out.
fn unread(area: Area<'_>, piece: &Piece<'_>, entry: &hayagriva::Entry, sink: &mut Vec<Diagnostic>) {
    let own = &area.text[piece.range.clone()];
    for (names, ours, read) in
        [(&["date", "year"][..], "date", entry.date().is_some()), (&["url"], "url", entry.url_any().is_some())]
    {
        let Some((name, at)) = names.iter().find_map(|name| Some((*name, value(own, name)?))).filter(|_| !read) else {
            continue;
        };
        let message = msg!("‘{name}’ cannot be ‘{written}’", name, written = &own[at.clone()]);
        let place = area.span(piece.range.start + at.start..piece.range.start + at.end);
        sink.push(Diagnostic::warning(codes::REFERENCES_YAML, message).at(place).hint(form(ours)));
    }
}

/// Where the value of a field stands, if it is not empty and no abbreviation.
fn value(entry: &str, name: &str) -> Option<Range<usize>> {
    let small = entry.to_ascii_lowercase();
    small.match_indices(name).find_map(|(at, _)| {
        let before = small[..at].chars().next_back()?;
        let after = small[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let start = small.len() - after.trim_start_matches(['{', '"']).len();
        let end = start + small[start..].find(['}', '"', '\n'])?;
        let opened = after.starts_with(['{', '"']);
        (!before.is_alphanumeric() && opened && end > start).then_some(start..end)
    })
}

fn unreadable(piece: &Piece<'_>, head: Span) -> Diagnostic {
    let hint = msg!("look at its braces, quotation marks and commas: `field = {{value}},`");
    error(msg!("the entry ‘{key}’ cannot be read as BibTeX", key = piece.key)).at(head).hint(hint)
}

/// What is wrong, at its place in the file; `offset` is where the entry begins in what was read.
fn fault(area: Area<'_>, piece: &Piece<'_>, offset: usize, wrong: &BibLaTeXError) -> Option<Diagnostic> {
    let (span, typed) = match wrong {
        BibLaTeXError::Parse(wrong) => (wrong.span.clone(), false),
        BibLaTeXError::Type(wrong) => (wrong.span.clone(), true),
    };
    let own = &area.text[piece.range.clone()];
    let start = span.start.checked_sub(offset)?;
    let rest = own.get(start..)?;
    let length = rest.chars().next().map_or(0, char::len_utf8).max(span.len());
    let here = start..own.floor_char_boundary(start + length);
    let place = |range: Range<usize>| area.span(piece.range.start + range.start..piece.range.start + range.end);
    if let Some(at) = lone_dollar(own).filter(|_| !typed) {
        let message = msg!("this dollar sign begins a formula that has no end");
        return Some(error(message).at(place(at..at + 1)).hint(msg!("write `\\$` for the sign itself")));
    }
    if !typed {
        let message = msg!("the entry ‘{key}’ cannot be read as BibTeX from here on", key = piece.key);
        let hint = msg!("look at its braces, quotation marks and commas: `field = {{value}},`");
        return Some(error(message).at(place(here)).hint(hint));
    }
    let name = field_before(own, start)?;
    let value = value(own, name).unwrap_or(here);
    let written: String = own[value.clone()].chars().take(SHOWN).collect();
    let message = msg!("‘{name}’ cannot be ‘{written}’", name, written);
    Some(error(message).at(place(value)).hint(form(if name == "year" { "date" } else { name })))
}

/// The last dollar sign of an entry, if it has no partner.
fn lone_dollar(entry: &str) -> Option<usize> {
    let dollars: Vec<usize> =
        entry.match_indices('$').map(|(at, _)| at).filter(|at| !entry[..*at].ends_with('\\')).collect();
    dollars.last().copied().filter(|_| dollars.len() % 2 == 1)
}

/// The name of the field whose value begins at a place.
fn field_before(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?.trim_end_matches(['{', '"', ' ', '\t', '\n', '\r']).strip_suffix('=')?.trim_end();
    let start = before.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).map_or(0, |n| n + 1);
    Some(&before[start..]).filter(|name| !name.is_empty())
}

/// The key that an entry names in `crossref`.
fn referred(entry: &str) -> Option<&str> {
    let small = entry.to_ascii_lowercase();
    let at = small.find("crossref")? + "crossref".len();
    let value = entry[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['{', '"']);
    Some(value[..value.find(['}', '"', ',', '\n'])?].trim())
}

/// Every `@kind{…}` of a text. One without an end goes up to the next that begins a line.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('@').map(|n| at + n) {
        at = start + 1;
        let name = &text[at..at + text[at..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len() - at)];
        let open = at + name.len() + (text[at + name.len()..].len() - text[at + name.len()..].trim_start().len());
        if name.is_empty() || !text[open..].starts_with(['{', '(']) {
            continue;
        }
        let end = end(text, open);
        let next = || text[open..].find("\n@").map_or(text.len(), |n| open + n);
        let range = start..end.unwrap_or_else(next);
        let inner = &text[open + 1..range.end];
        let blank = inner.len() - inner.trim_start().len();
        let key = &inner[blank..];
        let key = key[..key.find([',', '}', '=', '\n']).unwrap_or(key.len())].trim_end();
        at = range.end;
        pieces.push(Piece {
            range,
            kind: name.to_ascii_lowercase(),
            key,
            key_at: open + 1 + blank,
            open,
            closed: end.is_some(),
        });
    }
    pieces
}

/// Where what opens at a place is closed, after its bracket.
fn end(text: &str, open: usize) -> Option<usize> {
    let round = text[open..].starts_with('(');
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, c) in text[open..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !round {
                    return Some(open + at + 1);
                }
            }
            ')' if round && depth == 0 => return Some(open + at + 1),
            // A new entry cannot begin inside of one.
            '@' if text[..open + at].ends_with('\n') => return None,
            _ => {}
        }
    }
    None
}
