use std::ops::Range;

use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Width;
use crate::lang::zh::is_han;
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("cjk-latin-space"),
    group: "typography",
    summary: msg!("spaces between Chinese and Latin text that do not follow the habit of the book"),
    default_level: Severity::Info,
    page: page!("cjk_latin_space"),
    look: Look::Text(run),
};

/// The fewest places that show a habit.
const ENOUGH: usize = 10;
/// The share of places from which something is a habit.
const HABIT: f32 = 0.8;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs_in(Width::Full) {
        let places: Vec<(&Prose<'_>, Range<usize>)> = context
            .own_prose(lang)
            .flat_map(|prose| boundaries(&prose.text).into_iter().map(move |place| (prose, place)))
            .collect();
        let spaced = places.iter().filter(|(_, place)| !place.is_empty()).count();
        let share = spaced as f32 / places.len().max(1) as f32;
        let Some((first, place)) = places.iter().find(|(_, place)| !place.is_empty()) else { continue };
        if places.len() < ENOUGH {
            continue;
        }
        if let Some(message) = habit(share, spaced, places.len()) {
            found.push(
                Diagnostic::new(Severity::Info, CHECK.name, message)
                    .at(first.place(place.clone()))
                    .hint(msg!("the spaces need not be typed: layouts add them")),
            );
        }
        if share <= 1.0 - HABIT || share >= HABIT {
            slips(&places, share >= HABIT, found);
        }
    }
}

/// What is said of a book that types spaces always or sometimes.
fn habit(share: f32, spaced: usize, places: usize) -> Option<Message> {
    if share >= HABIT {
        Some(msg!(
            "this book has typed spaces between Chinese and Latin text, in {spaced} of {places} places; reported once",
            spaced,
            places
        ))
    } else if share > 1.0 - HABIT {
        Some(msg!(
            "this book sometimes has typed spaces between Chinese and Latin text, in {spaced} of {places} places; \
             reported once",
            spaced,
            places
        ))
    } else {
        None
    }
}

/// One finding for all slips of a unit.
fn slips(places: &[(&Prose<'_>, Range<usize>)], spaces: bool, found: &mut Vec<Diagnostic>) {
    for unit in places.chunk_by(|a, b| std::ptr::eq(a.0, b.0)) {
        let slips: Vec<_> = unit.iter().filter(|(_, place)| place.is_empty() == spaces).collect();
        let Some((prose, place)) = slips.first() else { continue };
        let (message, fix) = if spaces {
            (msg!("no space between Chinese and Latin text, although this book usually has one"), " ")
        } else {
            (msg!("a space between Chinese and Latin text, although this book usually has none"), "")
        };
        let around = prose.before(place.start).map_or(0, char::len_utf8);
        let after = prose.after(place.end).map_or(0, char::len_utf8);
        let mut finding = Diagnostic::new(Severity::Info, CHECK.name, message)
            .at(prose.place(place.start - around..place.end + after));
        for (prose, place) in slips {
            if let Some(span) = prose.exact(place.clone()) {
                finding = finding.edit(span, fix);
            }
        }
        found.push(finding);
    }
}

/// Where Chinese and Latin text meet: the space between them, or the empty range.
fn boundaries(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        if c == ' ' {
            continue;
        }
        if let Some((end, other)) = before
            && at - end < 2
            && (is_han(other) && c.is_ascii_alphanumeric() || is_han(c) && other.is_ascii_alphanumeric())
        {
            found.push(end..at);
        }
        before = Some((at + c.len_utf8(), c));
    }
    found
}
