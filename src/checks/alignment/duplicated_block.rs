use std::collections::BTreeMap;

use super::super::{Check, Context, Look};
use crate::align::{Basis, ChapterPair, Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::zh;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("duplicated-block"),
    group: "alignment",
    summary: msg!("a block occurs twice in the translation and once in the source"),
    default_level: Severity::Error,
    page: page!("duplicated_block"),
    look: Look::Text(run),
};

/// The shortest text, in letters, that nobody writes twice by chance; a Chinese character counts as three.
const LEAST: usize = 36;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for chapter in &context.alignment.chapters {
        for (again, first) in in_chapter(context, chapter) {
            let message = msg!(
                "this {kind} occurs twice here, but once in {language}",
                kind = again.kind.word(),
                language = context.alignment.source.name()
            );
            found.push(
                Diagnostic::error(CHECK.name, message)
                    .at_with(again.span, msg!("this occurrence"))
                    .label(first.span, msg!("the other occurrence"))
                    .hint(msg!("remove one of them")),
            );
        }
    }
}

/// The number of letters in a text without its tags; a Chinese character counts as three.
pub(super) fn letters(text: &str) -> usize {
    let mut tag = false;
    let mut count = 0;
    for c in text.chars() {
        tag = c == '<' || (tag && c != '>');
        if !tag {
            count += if zh::is_han(c) { 3 } else { usize::from(c.is_alphabetic()) };
        }
    }
    count
}

/// Units of the translation that repeat another one, with that one.
pub(super) fn in_chapter<'c>(context: &Context<'_>, chapter: &'c ChapterPair<'_>) -> Vec<(&'c Unit<'c>, &'c Unit<'c>)> {
    let mut same: BTreeMap<&str, Vec<(&Unit<'_>, usize)>> = BTreeMap::new();
    for (at, pair) in chapter.pairs.iter().enumerate().filter(|(_, pair)| pair.basis != Basis::Parts) {
        for unit in &pair.targets {
            let text = context.sources.snippet(unit.span).trim();
            // Two tables may say the same of what they list; `table-shape` tells of rows.
            if !matches!(unit.kind, UnitKind::Meta(_) | UnitKind::Cell) && letters(text) >= LEAST {
                same.entry(text).or_default().push((unit, at));
            }
        }
    }
    let mut again = Vec::new();
    for units in same.into_values().filter(|units| units.len() > 1) {
        // In the order of their pairs.
        let shared = |at: usize| {
            units.partition_point(|(_, other)| *other <= at) - units.partition_point(|(_, other)| *other < at)
        };
        let first = units[0].0;
        // Where all of them are extra, `extra-block` reports the first.
        let all_extra = units.iter().all(|(_, at)| chapter.pairs[*at].sources.is_empty());
        for (nth, (unit, at)) in units.iter().enumerate() {
            let pair = &chapter.pairs[*at];
            let spare =
                pair.sources.is_empty() || (shared(*at) > pair.sources.len() && nth > 0 && units[nth - 1].1 == *at);
            if spare && !(all_extra && unit.span == first.span) {
                again.push((*unit, if nth == 0 { units[1].0 } else { first }));
            }
        }
    }
    again
}
