//! Slips with the colons and hyphens that make keys and list items.

use super::super::slip::code_point;
use super::Slip;
use super::spot::{Line, Spot, colon};

/// A colon or a hyphen on the line that YAML does not take for one: full-width, or without the space after it.
pub(super) fn broken_key(spot: &Spot<'_>) -> Option<Slip> {
    on(&spot.line())
}

/// The same on the lines above that have no colon: the parser reads on until one comes.
pub(super) fn broken_key_above(spot: &Spot<'_>) -> Option<Slip> {
    if colon(spot.before().trim_start()).is_some() {
        return None;
    }
    let lines: Vec<Line<'_>> = spot.above().take_while(|line| colon(line.entry().1).is_none()).collect();
    let first =
        lines.last().filter(|line| line.indent() == spot.line().indent() && line.entry().0 == line.range().start);
    lines.iter().find_map(on).or_else(|| first.map(colonless))
}

fn on(line: &Line<'_>) -> Option<Slip> {
    let (start, text) = line.entry();
    conflict(line).or_else(|| key(text, start)).or_else(|| item(text, start))
}

/// What version control leaves where two sides changed the same lines.
fn conflict(line: &Line<'_>) -> Option<Slip> {
    let marked = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.text.starts_with(mark));
    let hint = msg!("keep what is right of both sides and remove the lines <<<<<<<, ======= and >>>>>>>");
    marked.then(|| Slip::error(line.range(), msg!("a merge left a conflict here"), hint))
}

/// A colon in `text` that should make a key and does not. `start` is where the text stands.
pub(in super::super) fn key(text: &str, start: usize) -> Option<Slip> {
    if colon(text).is_some() || text.starts_with(['#', '[', '{']) {
        return None;
    }
    let at = text.find([':', '：'])?;
    let (key, rest) = text.split_at(at);
    let mut after = rest.chars();
    let sign = after.next()?;
    let next = after.next();
    let place = start + at..start + at + sign.len_utf8();
    // An address is not a key.
    if key.is_empty() || key.contains(['“', '"', '\'']) && sign == '：' || rest.starts_with("://") {
        return None;
    }
    if sign == ':'
        && let Some(blank) = next.filter(|next| next.is_whitespace())
    {
        return Some(wide_blank(place.end, blank));
    }
    let message = match sign {
        '：' => msg!("the colon after ‘{key}’ is full-width", key),
        _ => msg!("missing space after the colon of ‘{key}’", key),
    };
    Some(Slip::error(place, message, msg!("write ‘: ’, a colon and a space")))
}

/// A hyphen that should make a list item and does not.
pub(in super::super) fn item(text: &str, start: usize) -> Option<Slip> {
    let rest = text.strip_prefix('-')?;
    let next = rest.chars().next().filter(|next| !matches!(next, ' ' | '\t' | '-'))?;
    if next.is_whitespace() {
        return Some(wide_blank(start + 1, next));
    }
    Some(Slip::error(start..start + 1, msg!("missing space after ‘-’"), msg!("write ‘- ’, a hyphen and a space")))
}

/// A blank that YAML does not count as a space.
pub(in super::super) fn wide_blank(at: usize, blank: char) -> Slip {
    let message = msg!("{character} does not count as a space in YAML", character = code_point(blank));
    Slip::error(at..at + blank.len_utf8(), message, msg!("replace it with an ordinary space"))
}

/// A second colon in a value.
pub(super) fn second_colon(spot: &Spot<'_>) -> Option<Slip> {
    let line = spot.line();
    let (start, text) = line.entry();
    let first = colon(text).filter(|first| start + first < spot.at)?;
    let value = text[first + 1..].trim();
    if let Some(open @ ('“' | '‘' | '「' | '『')) = value.chars().next() {
        let at = start + text.len() - text[first + 1..].trim_start().len();
        return Some(wide_quote(at, open));
    }
    let quoted = if value.contains(['"', '\\']) { format!("'{value}'") } else { format!("\"{value}\"") };
    let hint = msg!("quote the value: {quoted}", quoted);
    Some(Slip::error(spot.sign_range(), msg!("an unquoted value cannot contain ‘: ’"), hint))
}

/// A quotation mark that does not quote.
fn wide_quote(at: usize, mark: char) -> Slip {
    let message = msg!("‘{mark}’ does not quote a value in YAML, so the ‘: ’ in it starts a second key", mark);
    let hint = msg!("put straight quotes around the value; keep the curly ones inside them if they belong to it");
    Slip::error(at..at + mark.len_utf8(), message, hint)
}

/// A line without a colon where a key must stand.
pub(super) fn no_colon(spot: &Spot<'_>) -> Option<Slip> {
    Some(colonless(&spot.line()))
}

fn colonless(line: &Line<'_>) -> Slip {
    let hint = msg!("add the colon, or indent the line if it continues the one above");
    Slip::error(line.range(), msg!("expected ‘key: value’"), hint)
}

/// A list item above that is a key to YAML, for no space follows its hyphen.
pub(super) fn glued_item(spot: &Spot<'_>) -> Option<Slip> {
    let above = spot.above().next()?;
    let (start, text) = above.entry();
    item(text, start)
}

/// A colon glued to what follows, after a key in quotes.
pub(super) fn glued_colon(spot: &Spot<'_>) -> Option<Slip> {
    let glued = spot.sign() == Some(':') && !spot.before().trim().is_empty();
    let hint = msg!("write ‘: ’, a colon and a space");
    glued.then(|| Slip::error(spot.sign_range(), msg!("missing space after this colon"), hint))
}
