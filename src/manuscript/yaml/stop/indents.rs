//! Slips with the indentation that makes the structure.

use super::Slip;
use super::keys::wide_blank;
use super::spot::{Line, Spot, colon};

/// Blanks before a line that do not indent it; of tabs, those on a line below too, for the parser stops at the text that
/// the line would go on.
pub(super) fn tab(spot: &Spot<'_>) -> Option<Slip> {
    let first = spot.line();
    let rest = &spot.text[first.start..];
    let mut start = first.start;
    for line in rest.split_inclusive(['\n', '\r']) {
        if let Some(found) = bad_indent(line, start) {
            return Some(found);
        }
        start += line.len();
    }
    let at = spot.text[..spot.at].rfind('\t').or_else(|| rest.find('\t').map(|at| first.start + at))?;
    Some(tabs(at..at + 1))
}

/// The same on the line where the parser stopped.
pub(super) fn blank(spot: &Spot<'_>) -> Option<Slip> {
    let line = spot.line();
    bad_indent(line.text, line.start)
}

fn bad_indent(line: &str, start: usize) -> Option<Slip> {
    let indent = &line[..line.len() - line.trim_start().len()];
    let at = indent.find(|c| !matches!(c, ' ' | '\n' | '\r'))?;
    if line.trim().is_empty() {
        return None;
    }
    let run = &indent[at..];
    match run.chars().next()? {
        '\t' => {
            let length = run.len() - run.trim_start_matches('\t').len();
            Some(tabs(start + at..start + at + length))
        }
        other => Some(wide_blank(start + at, other)),
    }
}

fn tabs(range: std::ops::Range<usize>) -> Slip {
    Slip::error(range, msg!("tabs cannot be used for indentation in YAML"), msg!("indent with spaces"))
}

/// A line that stands deeper than a key above which has its value already.
pub(super) fn deeper(spot: &Spot<'_>) -> Option<Slip> {
    let line = spot.line();
    let above = spot.above().next()?;
    let (start, text) = above.entry();
    let key = &text[..colon(text)?];
    let has_value = !text[key.len() + 1..].trim().is_empty();
    if !has_value || column(&line, line.range().start) <= column(&above, start) {
        return None;
    }
    let message = msg!("this line is indented more than ‘{key}’ above it, which already has a value", key);
    Some(Slip::error(line.range(), message, msg!("align it with ‘{key}’", key)))
}

/// The same of the line below a comment.
pub(super) fn deeper_below(spot: &Spot<'_>) -> Option<Slip> {
    let below = spot.text[spot.at..].find(['\n', '\r'])? + spot.at;
    let start = spot.text.len() - spot.text[below..].trim_start().len();
    let below = Spot::new(spot.text, start);
    colon(below.line().content()).and_then(|_| deeper(&below))
}

fn column(line: &Line<'_>, at: usize) -> usize {
    line.text.get(..at.saturating_sub(line.start)).map_or(0, |before| before.chars().count())
}

/// A list item where a key must stand.
pub(super) fn item_among_keys(spot: &Spot<'_>) -> Option<Slip> {
    let line = spot.line();
    let above = spot.above().next()?;
    let (start, text) = above.entry();
    let level = column(&line, line.range().start) == column(&above, start);
    if !is_item(line.content()) || !level || colon(text).is_none() {
        return None;
    }
    let hint = msg!("put the items under a key that has no value of its own");
    Some(Slip::error(line.range(), msg!("expected a key, found a list item"), hint))
}

/// A key where a list item must stand.
pub(super) fn no_item(spot: &Spot<'_>) -> Option<Slip> {
    let line = spot.line();
    let mut items = spot.above().filter(|above| is_item(above.content()));
    let level = items.any(|above| above.indent().len() == line.indent().len());
    if is_item(line.content()) || !level || !at_start(spot, &line) {
        return None;
    }
    let hint = msg!("start it with ‘- ’, or change its indentation");
    Some(Slip::error(line.range(), msg!("expected a list item like those above"), hint))
}

/// A line that begins where no line above begins.
pub(super) fn misaligned(spot: &Spot<'_>) -> Option<Slip> {
    let line = spot.line();
    let hint = msg!("align it with the lines it belongs to");
    at_start(spot, &line)
        .then(|| Slip::error(line.range(), msg!("the indentation of this line matches no line above it"), hint))
}

/// A list that begins on the line of its key.
pub(super) fn item_on_key_line(spot: &Spot<'_>) -> Option<Slip> {
    let range = spot.text[spot.at..].find('-').map(|found| spot.at + found..spot.at + found + 1)?;
    let line = spot.line();
    if is_item(line.content()) || range.end > line.end() {
        return None;
    }
    let hint = msg!("quote the value if ‘-’ belongs to it; otherwise start the list on the next line");
    Some(Slip::error(range, msg!("a list cannot start on the same line as its key"), hint))
}

/// A line of a block of text that is indented less than the block's first line.
pub(super) fn uneven_block(spot: &Spot<'_>) -> Option<Slip> {
    let depth = spot.line().indent().len();
    let head = spot.above().find(|line| line.indent().len() < depth)?;
    let announced = head.content().trim_end_matches(['+', '-']).ends_with(['|', '>']);
    if announced { block(spot) } else { None }
}

/// A block of text whose lines do not begin in one column.
pub(super) fn block(spot: &Spot<'_>) -> Option<Slip> {
    let hint = msg!("indent them all by the same number of spaces");
    Some(Slip::error(spot.line().range(), msg!("the lines of this text block are not indented alike"), hint))
}

fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

/// Whether the parser stopped at the start of what the line says, or after its hyphen.
fn at_start(spot: &Spot<'_>, line: &Line<'_>) -> bool {
    spot.at <= line.range().start + 1
}
