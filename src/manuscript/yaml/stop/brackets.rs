//! Slips between brackets.

use super::Slip;

use super::spot::{Spot, colon};

/// The bracket that is open where the parser stopped.
struct Open {
    at: usize,
    sign: char,
}

impl Open {
    fn find(spot: &Spot<'_>) -> Option<Self> {
        if let Some(sign @ ('[' | '{')) = spot.sign() {
            return Some(Self { at: spot.at, sign });
        }
        let mut closed = 0_usize;
        let mut end = spot.at;
        for line in spot.text[..spot.at].split_inclusive(['\n', '\r']).rev() {
            end -= line.len();
            let said = line.find(" #").map_or(line, |comment| &line[..comment]);
            for (at, sign) in said.char_indices().rev() {
                match sign {
                    ']' | '}' => closed += 1,
                    '[' | '{' if closed == 0 => return Some(Self { at: end + at, sign }),
                    '[' | '{' => closed -= 1,
                    _ => {}
                }
            }
        }
        None
    }

    fn close(&self) -> char {
        if self.sign == '[' { ']' } else { '}' }
    }

    /// What follows it on its line.
    fn rest<'t>(&self, text: &'t str) -> &'t str {
        let rest = &text[self.at + 1..];
        &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())]
    }
}

/// The signs of a text that stand outside quotation marks.
fn bare(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut inside = None;
    text.char_indices().filter(move |(_, sign)| {
        match inside {
            Some(mark) if mark == *sign => inside = None,
            None if matches!(sign, '"' | '\'') => inside = Some(*sign),
            _ => {}
        }
        inside.is_none()
    })
}

/// The full-width form of a bracket that was meant to close.
pub(super) fn wide_close(spot: &Spot<'_>) -> Option<Slip> {
    let open = Open::find(spot)?;
    let rest = open.rest(spot.text);
    let (at, found) = bare(rest).find(|(_, sign)| matches!(sign, '】' | '］' | '」' | '〕' | '｝' | '）'))?;
    (!rest[at..].contains(open.close())).then(|| wrong_close(open.at + 1 + at, found, &open))
}

/// A bracket of the other kind.
pub(super) fn mismatch(spot: &Spot<'_>) -> Option<Slip> {
    let open = Open::find(spot)?;
    let mut depth = 0_usize;
    for (at, sign) in bare(&spot.text[open.at + 1..]) {
        match sign {
            '[' | '{' => depth += 1,
            ']' | '}' if depth > 0 => depth -= 1,
            ']' | '}' if sign != open.close() => return Some(wrong_close(open.at + 1 + at, sign, &open)),
            ']' | '}' => return None,
            _ => {}
        }
    }
    None
}

fn wrong_close(at: usize, found: char, open: &Open) -> Slip {
    let message = msg!("‘{found}’ does not close ‘{open}’", found, open = open.sign);
    Slip::error(at..at + found.len_utf8(), message, msg!("write ‘{sign}’", sign = open.close()))
}

/// A comment that hides the end of a list or mapping.
pub(super) fn hidden_rest(spot: &Spot<'_>) -> Option<Slip> {
    let open = Open::find(spot)?;
    let rest = open.rest(spot.text);
    let at = rest.find(" #")? + 1;
    let hides = rest[at..].contains([open.close(), ',']);
    let range = open.at + 1 + at..open.at + 1 + rest.trim_end().len();
    let message = msg!("‘#’ starts a comment that hides the rest of this line");
    hides.then(|| Slip::error(range, message, msg!("quote the value that contains ‘#’")))
}

/// A full-width comma between the entries.
pub(super) fn wide_comma(spot: &Spot<'_>) -> Option<Slip> {
    let open = Open::find(spot).filter(|open| open.at < spot.at)?;
    let inside = &spot.text[open.at + 1..spot.sign_range().end];
    let (at, sign) = bare(inside).filter(|(_, sign)| matches!(sign, '，' | '、')).last()?;
    Some(comma(open.at + 1 + at, sign))
}

/// A comma that separates nothing.
pub(in super::super) fn comma(at: usize, sign: char) -> Slip {
    let message = msg!("‘{sign}’ does not separate entries in YAML", sign);
    let hint = msg!("write ‘, ’ between entries, or quote a text that contains the sign");
    Slip::error(at..at + sign.len_utf8(), message, hint)
}

/// A bracket that nothing closes.
pub(super) fn unclosed(spot: &Spot<'_>) -> Option<Slip> {
    let open = Open::find(spot)?;
    let line = spot.line();
    let ended = spot.text[spot.at..].trim().is_empty();
    let left = Spot::new(spot.text, open.at).line().indent().len() >= line.indent().len();
    let next = line.start > open.at && left && colon(line.entry().1).is_some();
    if !ended && !next && spot.at != open.at {
        return None;
    }
    let message = msg!("‘{sign}’ is never closed", sign = open.sign);
    let hint =
        msg!("add ‘{close}’, or quote a value that starts with ‘{sign}’", close = open.close(), sign = open.sign);
    Some(Slip::error(open.at..open.at + 1, message, hint))
}

/// A bracket that closes nothing.
pub(super) fn stray(spot: &Spot<'_>) -> Option<Slip> {
    let sign = spot.sign().filter(|sign| matches!(sign, ']' | '}'))?;
    let hint = msg!("remove it, or quote the value that it belongs to");
    Some(Slip::error(spot.sign_range(), msg!("unmatched ‘{sign}’", sign), hint))
}

/// A second colon in an entry.
pub(super) fn second_colon(spot: &Spot<'_>) -> Option<Slip> {
    let hint = msg!("write ‘, ’ between entries, or quote a value that contains ‘: ’");
    (spot.sign() == Some(':')).then(|| Slip::error(spot.sign_range(), msg!("this entry has a second colon"), hint))
}

/// An entry after another, with no comma between them.
pub(super) fn missing_comma(spot: &Spot<'_>) -> Option<Slip> {
    let before = spot.text[..spot.at].trim_end();
    let begins = spot.sign().is_some_and(|sign| !sign.is_ascii_punctuation() || "\"'[{".contains(sign));
    if Open::find(spot).is_none() || !begins || before.ends_with([',', '[', '{', ':']) {
        return None;
    }
    Some(Slip::error(spot.rest(), msg!("missing comma before this entry"), msg!("write ‘, ’ between entries")))
}

/// A hyphen that would begin a list item where there are none.
pub(super) fn hyphen(spot: &Spot<'_>) -> Option<Slip> {
    let hint = msg!("write ‘, ’ between entries, or quote a text that starts with ‘-’");
    (spot.sign() == Some('-'))
        .then(|| Slip::error(spot.sign_range(), msg!("‘-’ does not start a list item inside brackets"), hint))
}

/// A comma with nothing before it.
pub(super) fn missing_entry(spot: &Spot<'_>) -> Option<Slip> {
    let found =
        || Slip::error(spot.sign_range(), msg!("expected an entry before this comma"), msg!("remove the comma"));
    (spot.sign() == Some(',')).then(found)
}

/// Text after a closing bracket.
pub(super) fn text_after(spot: &Spot<'_>) -> Option<Slip> {
    let mark = spot.before().trim_end().chars().next_back().filter(|sign| matches!(sign, ']' | '}'))?;
    Some(super::after_close(spot, mark, msg!("quote the whole value")))
}

/// A full-width bracket that opens no list.
pub(in super::super) fn list(text: &str, start: usize) -> Option<Slip> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '【' | '［' | '〔' | '「'))?;
    let range = start..start + sign.len_utf8();
    Some(Slip::error(range, msg!("‘{sign}’ does not start a list in YAML", sign), msg!("write the list as [a, b]")))
}
