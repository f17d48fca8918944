//! TeX in the titles of exports. What stands between dollar signs is brought into Typst's math notation, and names of
//! characters into characters. What is not understood stays as it is written, which is told.

mod names;

use hayagriva::Entry;
use hayagriva::types::{ChunkKind, ChunkedString, FormatString, Publisher, StringChunk};

use super::super::tex::to_typst;
use crate::model::Macros;

/// Brings the TeX of an entry into the form in which it is printed. Gives what stays as it is written.
pub(super) fn read(entry: &mut Entry) -> Vec<String> {
    let mut left = Vec::new();
    if let Some(title) = entry.title().map(|title| text(title, &mut left)) {
        entry.set_title(title);
    }
    if let Some(note) = entry.note().map(|note| text(note, &mut left)) {
        entry.set_note(note);
    }
    if let Some(publisher) = entry.publisher().cloned() {
        let mut part = |part: Option<&FormatString>| part.map(|part| text(part, &mut left));
        entry.set_publisher(Publisher::new(part(publisher.name()), part(publisher.location())));
    }
    let mut parents = entry.parents().to_vec();
    parents.iter_mut().for_each(|parent| left.extend(read(parent)));
    entry.set_parents(parents);
    left
}

/// A text in which dollar signs, braces and backslashes are mere characters, but for formulas: as Hayagriva reads texts.
pub(super) fn marked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, formula, after)) = next_formula(rest) {
        out += &escaped(before);
        out += &format!("${}$", escaped(formula));
        rest = after;
    }
    out + &escaped(rest)
}

fn escaped(text: &str) -> String {
    let escaped = |c: char| matches!(c, '\\' | '{' | '}' | '$').then_some('\\').into_iter().chain([c]);
    text.chars().flat_map(escaped).collect()
}

/// The text before the first formula, the formula, and the text after it.
fn next_formula(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('$').find_map(|(open, _)| {
        let inner = &text[open + 1..];
        let (formula, after) = inner.split_once('$').filter(|(formula, after)| !is_price(formula, after))?;
        Some((&text[..open], formula, after))
    })
}

/// Whether the dollar signs around a text are those of prices, as Pandoc tells them from those of formulas.
fn is_price(formula: &str, after: &str) -> bool {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    blank(formula.chars().next())
        || blank(formula.chars().next_back())
        || after.starts_with(|c: char| c.is_ascii_digit())
}

fn text(text: &FormatString, left: &mut Vec<String>) -> FormatString {
    let short = text.short.as_deref().map(|short| Box::new(chunks(short, left)));
    FormatString { value: chunks(&text.value, left), short }
}

fn chunks(text: &ChunkedString, left: &mut Vec<String>) -> ChunkedString {
    let mut out = Vec::new();
    for (at, chunk) in text.0.iter().enumerate() {
        let after = text.0.get(at + 1).map_or("", |next| next.value.as_str());
        out.push(match chunk.kind {
            ChunkKind::Math => math(&chunk.value, after, left),
            kind => StringChunk { value: names::read(&chunk.value, left), kind },
        });
    }
    ChunkedString(out)
}

fn math(tex: &str, after: &str, left: &mut Vec<String>) -> StringChunk {
    let written = || StringChunk { value: format!("${tex}$"), kind: ChunkKind::Verbatim };
    if is_price(tex, after) {
        return written();
    }
    match to_typst(tex, &Macros::new()) {
        Ok(converted) => StringChunk { value: converted.typst, kind: ChunkKind::Math },
        Err(_) => {
            left.push(format!("${tex}$"));
            written()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_no_formulas() {
        assert_eq!(marked("Pay $5"), "Pay \\$5");
        assert_eq!(marked("From $5 to $10"), "From \\$5 to \\$10");
        assert_eq!(marked("At $5 for $k$ {a}"), "At \\$5 for $k$ \\{a\\}");
        assert_eq!(marked("$\\alpha$"), "$\\\\alpha$");
    }
}
