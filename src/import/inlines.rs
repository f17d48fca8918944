//! What readers do with text in a line: spaces as they are read, and the plain words of it.

use super::document::{Block, BlockKind, Inline};
use crate::lang::cjk::is_cjk;

/// The inline elements that one holds.
fn inside(inline: &mut Inline) -> Option<&mut Vec<Inline>> {
    match inline {
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Strike(inner)
        | Inline::Subscript(inner)
        | Inline::Superscript(inner)
        | Inline::Underline(inner)
        | Inline::Highlight(inner)
        | Inline::Keys(inner)
        | Inline::Link(_, inner)
        | Inline::Place(_, inner) => Some(inner),
        _ => None,
    }
}

/// Calls for each text, and with `None` for what is no text and holds none.
fn each(inlines: &mut [Inline], call: &mut dyn FnMut(Option<&mut String>)) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => call(Some(text)),
            other => match inside(other) {
                Some(inner) => each(inner, call),
                None => call(None),
            },
        }
    }
}

/// What stands in the place of an element that is no text.
const OBJECT: char = '\u{fffc}';

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Makes spaces what a reader sees: one between words, none at the ends nor where a line ends between Chinese characters.
/// Text elements beside each other become one, and those with nothing in them go.
pub(super) fn tidy(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let mut flat: Vec<char> = Vec::new();
    each(&mut inlines, &mut |text| match text {
        Some(text) => flat.extend(text.chars()),
        None => flat.push(OBJECT),
    });
    let kept = seen(&flat);
    let mut at = 0;
    each(&mut inlines, &mut |text| match text {
        Some(text) => {
            let length = text.chars().count();
            let range = kept.get(at..at + length).unwrap_or_default();
            *text = range.iter().copied().flatten().collect();
            at += length;
        }
        None => at += 1,
    });
    joined(inlines)
}

/// For each character what is seen of it: white space becomes one space or nothing.
fn seen(flat: &[char]) -> Vec<Option<char>> {
    let mut kept: Vec<Option<char>> = flat.iter().map(|&c| Some(c)).collect();
    let mut at = 0;
    // A full-width space before a text is an indent, which layouts make.
    let begin = flat.iter().take_while(|&&c| is_space(c) || c == '\u{3000}').count();
    while at < flat.len() {
        let end = at + flat.iter().skip(at).take_while(|&&c| is_space(c)).count();
        let (before, after) = (at.checked_sub(1).and_then(|at| flat.get(at)), flat.get(end));
        let run = flat.get(at..end).unwrap_or_default();
        let shown = match (before, after) {
            (Some(&a), Some(&b)) => !(run.contains(&'\n') && is_cjk(a) && is_cjk(b)),
            _ => false,
        };
        for (nth, place) in kept.iter_mut().take(end).skip(at).enumerate() {
            *place = (nth == 0 && shown).then_some(' ');
        }
        at = end + 1;
    }
    kept.iter_mut().take(begin).for_each(|c| *c = None);
    kept
}

/// Joins texts that stand beside each other, and leaves out what is empty.
fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for mut inline in inlines {
        if let Some(inner) = inside(&mut inline) {
            *inner = joined(std::mem::take(inner));
            let is_link = matches!(inline, Inline::Link(..) | Inline::Place(..));
            if !is_link && inside(&mut inline).is_some_and(|inner| inner.is_empty()) {
                continue;
            }
        }
        match (out.last_mut(), inline) {
            (_, Inline::Text(text)) if text.is_empty() => {}
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    out
}

/// The words of inline elements, without any markup.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    add_plain(inlines, &mut out);
    out
}

fn add_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Formula(text) => out.push_str(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Subscript(inner)
            | Inline::Superscript(inner)
            | Inline::Underline(inner)
            | Inline::Highlight(inner)
            | Inline::Keys(inner)
            | Inline::Link(_, inner)
            | Inline::Place(_, inner) => add_plain(inner, out),
            Inline::Ruby(pairs) => pairs.iter().for_each(|(base, reading)| {
                out.push_str(base);
                out.push_str(reading);
            }),
            Inline::Break => out.push('\n'),
            Inline::Reference(_) | Inline::Picture(..) | Inline::Note(_) | Inline::Citation(_) => {}
        }
    }
}

/// The words of blocks, without any markup.
pub(super) fn words(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        add_words(&block.kind, &mut out);
    }
    out
}

fn add_words(kind: &BlockKind, out: &mut String) {
    match kind {
        BlockKind::Heading(_, inlines) | BlockKind::Paragraph(inlines) => add_plain(inlines, out),
        BlockKind::List(_, items) => items.iter().for_each(|item| out.push_str(&words(item))),
        BlockKind::Quote(blocks) | BlockKind::Container(_, blocks) => out.push_str(&words(blocks)),
        BlockKind::Code(_, text) | BlockKind::Formula(text) => out.push_str(text),
        BlockKind::Table { head, rows, caption } => {
            head.iter().chain(rows).flatten().for_each(|cell| add_plain(&cell.body, out));
            add_plain(caption, out);
        }
        BlockKind::Figure(blocks, title) | BlockKind::Callout(_, title, blocks) => {
            out.push_str(&words(blocks));
            add_plain(title, out);
        }
        BlockKind::Definitions(items) => items.iter().for_each(|(term, blocks)| {
            add_plain(term, out);
            out.push_str(&words(blocks));
        }),
        BlockKind::Rule | BlockKind::PageBreak => {}
    }
    out.push('\n');
}

/// Calls for every list of inline elements in blocks.
pub(super) fn each_line(blocks: &mut [Block], call: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(_, inlines) | BlockKind::Paragraph(inlines) => call(inlines),
            BlockKind::List(_, items) => items.iter_mut().for_each(|item| each_line(item, call)),
            BlockKind::Quote(blocks) | BlockKind::Container(_, blocks) => each_line(blocks, call),
            BlockKind::Table { head, rows, caption } => {
                head.iter_mut().chain(rows).flatten().for_each(|cell| call(&mut cell.body));
                call(caption);
            }
            BlockKind::Figure(blocks, title) | BlockKind::Callout(_, title, blocks) => {
                call(title);
                each_line(blocks, call);
            }
            BlockKind::Definitions(items) => items.iter_mut().for_each(|(term, blocks)| {
                call(term);
                each_line(blocks, call);
            }),
            BlockKind::Code(..) | BlockKind::Formula(_) | BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }
}

/// Calls for every link to a place; where it says no, the words stand without a link.
pub(super) fn each_place(inlines: &mut Vec<Inline>, call: &mut dyn FnMut(&mut String, &[Inline]) -> bool) {
    let mut out = Vec::with_capacity(inlines.len());
    for mut inline in std::mem::take(inlines) {
        if let Some(inner) = inside(&mut inline) {
            each_place(inner, call);
        }
        match inline {
            Inline::Place(mut id, words) => {
                if call(&mut id, &words) {
                    out.push(Inline::Place(id, words));
                } else {
                    out.extend(words);
                }
            }
            other => out.push(other),
        }
    }
    *inlines = joined(out);
}

/// Whether there is nothing to be read or seen.
pub(super) fn is_empty(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    })
}

/// A text with its `%20` resolved.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.filter(|_| first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    #[test]
    fn spaces_are_those_that_a_reader_sees() {
        for (given, seen) in [
            (vec![text("\n  one\n two  ")], vec![text("one two")]),
            (vec![text("　　灯在\n  桥头。")], vec![text("灯在桥头。")]),
            (vec![text("灯"), text("\n"), text("a\nb")], vec![text("灯 a b")]),
            (
                vec![text("a "), Inline::Emphasis(vec![text(" b")]), text("\nc")],
                vec![text("a "), Inline::Emphasis(vec![text("b")]), text(" c")],
            ),
            (vec![text("a"), Inline::Strong(vec![]), text("b")], vec![text("ab")]),
            (vec![text("a\u{a0} b")], vec![text("a\u{a0} b")]),
        ] {
            assert_eq!(tidy(given.clone()), seen, "{given:?}");
        }
    }
}
