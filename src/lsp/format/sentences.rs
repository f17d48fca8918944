//! Each sentence on a line of its own.

use std::ops::Range;

use super::Change;
use crate::lang;
use crate::model::{Block, BlockKind, Chapter, InlineKind, Lang, walk};

/// The changes that give each sentence of the paragraphs of a chapter a line of its own, in order and apart. Paragraphs in lists,
/// quotations, verses and notes, and those with lines that end where the author wants, are left.
pub(super) fn changes(chapter: &Chapter, text: &str, lang: &Lang) -> Vec<Change> {
    let mut found = Vec::new();
    paragraphs(&chapter.blocks, &mut found);
    found.into_iter().filter_map(|range| paragraph(text, range, lang)).collect()
}

fn paragraphs(blocks: &[Block], found: &mut Vec<Range<usize>>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(body) => {
                let mut broken = false;
                walk::inlines(body, &mut |inline| broken |= matches!(inline.kind, InlineKind::LineBreak));
                if !broken {
                    found.push(block.span.range());
                }
            }
            BlockKind::Container { name, body, .. } if name != "poem" => paragraphs(body, found),
            BlockKind::Callout(callout) => paragraphs(&callout.body, found),
            _ => {}
        }
    }
}

fn paragraph(text: &str, range: Range<usize>, lang: &Lang) -> Option<Change> {
    let written = text.get(range.clone())?;
    // Only what begins its line has lines of its own.
    if written.contains('\r') || !(range.start == 0 || text[..range.start].ends_with('\n')) {
        return None;
    }
    let joined = joined(written, lang);
    let sentences = lang::of(lang).sentences(&joined);
    let lines: Vec<&str> = sentences.iter().map(|sentence| joined[sentence.clone()].trim()).collect();
    // What is no part of a sentence must not be lost.
    let length = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    if lines.iter().map(|line| length(line)).sum::<usize>() != length(&joined) {
        return None;
    }
    let new = lines.join("\n");
    (new != written).then_some(Change { range, text: new })
}

/// The lines of a paragraph as one, as reading joins them: with nothing between Chinese characters.
fn joined(text: &str, lang: &Lang) -> String {
    let mut out = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (last, first) = (out.chars().next_back(), line.chars().next());
        if last.is_some() && !lang::cjk::joins(last, first, lang) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}
