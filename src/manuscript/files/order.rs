//! The order of the chapters by their names, and doubts whether it is the one that was meant.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::sequence::{self, Numbering, Place};
use crate::message::Message;
use crate::model::{Chapter, Lang};

/// Where a chapter of this name stands.
pub(super) fn place(stem: &str) -> Place {
    sequence::place(stem)
}

/// What is doubtful in the order of a book's chapters, which their names give. Of languages with the same names the first
/// tells it.
pub(in crate::manuscript) fn doubts(chapters: &BTreeMap<Lang, Vec<Chapter>>, languages: &[Lang]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for lang in languages {
        let chapters = chapters.get(lang).map_or(&[][..], Vec::as_slice);
        let new = chapters.iter().any(|chapter| !known.contains(chapter.stem.as_str()));
        for siblings in chapters.chunk_by(|a, b| folder(&a.stem) == folder(&b.stem)) {
            if new {
                found.extend(mixed(siblings));
                found.extend(siblings.windows(2).filter_map(repeated));
            }
            found.extend(titles(siblings));
        }
        known.extend(chapters.iter().map(|chapter| chapter.stem.as_str()));
    }
    found
}

fn folder(stem: &str) -> &str {
    stem.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn numbering(chapter: &Chapter) -> Option<Numbering> {
    sequence::numbering(chapter.stem.rsplit('/').next().unwrap_or_default())
}

/// Some names are numbered and others are not, or another way.
fn mixed(siblings: &[Chapter]) -> Option<Diagnostic> {
    let label = |chapter: &Chapter| numbering(chapter).map(|number| number.label);
    let counted = siblings.iter().find(|chapter| label(chapter).is_some())?;
    let usual = label(counted);
    let other = siblings.iter().find(|chapter| label(chapter) != usual)?;
    let message = msg!(
        "the order of the chapters is doubtful: `{counted}` is numbered, `{other}` is not or another way",
        counted = &counted.stem,
        other = &other.stem
    );
    Some(doubt(message, other).hint(order(siblings)).hint(give_parts()))
}

/// Two names that follow each other have the same number.
fn repeated(pair: &[Chapter]) -> Option<Diagnostic> {
    let [first, second] = pair else { return None };
    let (a, b) = (numbering(first)?, numbering(second)?);
    if a.label != b.label || !a.repeats(&b) {
        return None;
    }
    let message = msg!(
        "the order of the chapters is doubtful: `{first}` and `{second}` have the same number",
        first = &first.stem,
        second = &second.stem
    );
    Some(doubt(message, second).label(first.meta.title.span, msg!("comes first")).hint(give_parts()))
}

/// Titles that say 第三章 or “Chapter 3” and do not stand in that order.
fn titles(siblings: &[Chapter]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut before: Option<(&Chapter, Numbering)> = None;
    for chapter in siblings {
        let Some(number) = sequence::numbering(&chapter.meta.title.value) else { continue };
        if number.label.is_empty() || !chapter.meta.titled {
            continue;
        }
        if let Some((other, last)) = &before
            && (&last.label, &last.unit) == (&number.label, &number.unit)
            && (number.numbers < last.numbers || number.repeats(last))
        {
            let message = msg!(
                "the order of the chapters is doubtful: ‘{title}’ stands after ‘{other}’",
                title = &chapter.meta.title.value,
                other = &other.meta.title.value
            );
            found.push(doubt(message, chapter).label(other.meta.title.span, msg!("comes first")).hint(give_parts()));
        }
        before = Some((chapter, number));
    }
    found
}

fn doubt(message: Message, chapter: &Chapter) -> Diagnostic {
    Diagnostic::warning(codes::CHAPTER_ORDER, message).at(chapter.meta.title.span)
}

/// The names in the order in which they are read.
fn order(siblings: &[Chapter]) -> Message {
    let names: Vec<&str> = siblings.iter().map(|chapter| chapter.stem.as_str()).collect();
    msg!("they are read in this order: {names}", names = names.join(" · "))
}

fn give_parts() -> Message {
    msg!("name the files so that the order is plain, or list them under `parts:` in book.yaml")
}
