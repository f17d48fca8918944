//! What only one language has, or what both have in a different form or place.

pub(super) mod duplicated_block;
pub(super) mod extra_block;
pub(super) mod extra_chapter;
pub(super) mod extra_sentence;
pub(super) mod heading_level;
mod lengths;
pub(super) mod list_shape;
pub(super) mod merged_blocks;
pub(super) mod missing_block;
pub(super) mod missing_chapter;
pub(super) mod missing_sentence;
pub(super) mod moved_block;
mod resplit;
mod retold;
pub(super) mod split_block;
pub(super) mod table_shape;
pub(super) mod truncated_block;

use super::{Context, quotation, tags};
use crate::align::{Basis, ChapterPair, Pair, Relation, SegmentPair, Unit, UnitKind};
use crate::diagnostic::Severity;
use crate::lang::{self, zh};
use crate::message::Message;
use crate::source::Span;

/// The least score at which a unit surely has no counterpart.
const SURE: f32 = 0.9;

/// Text that is reported as lost or added, so that nothing inside it is reported again.
pub(super) fn missing(context: &Context<'_>) -> Vec<Span> {
    let alone = all_sentences(context, Relation::Missing).chain(all_sentences(context, Relation::Extra));
    let mut missing: Vec<Span> =
        alone.flat_map(|(_, s, _)| s.sources.iter().chain(&s.targets).map(|s| s.span)).collect();
    missing.extend(truncated_block::ends(context));
    missing
}

/// The sentences of paired units that stand alone, with their chapters and levels, but those of a quotation that is given
/// twice.
fn sentences<'c>(
    context: &'c Context<'_>,
    relation: Relation,
) -> impl Iterator<Item = (&'c ChapterPair<'c>, &'c SegmentPair, Severity)> {
    // The sentences of a pair follow one another.
    let mut known: Option<(&Pair<'_>, bool)> = None;
    all_sentences(context, relation).filter(move |(chapter, s, _)| {
        let pair = &chapter.pairs[s.pair];
        let twice = known.filter(|(last, _)| std::ptr::eq(*last, pair)).map(|(_, twice)| twice);
        let twice = twice.unwrap_or_else(|| quotation::is_given_twice(chapter, s.pair));
        known = Some((pair, twice));
        !twice
    })
}

fn all_sentences<'c>(
    context: &'c Context<'_>,
    relation: Relation,
) -> impl Iterator<Item = (&'c ChapterPair<'c>, &'c SegmentPair, Severity)> {
    let chapters = context.alignment.chapters.iter().zip(&context.segments);
    chapters.flat_map(move |(chapter, segments)| {
        let segments: &[SegmentPair] = segments;
        let among = resplit::Among::of(context, segments);
        let alone = segments.iter().enumerate().filter(move |(_, s)| s.relation == relation);
        alone
            .filter(|(_, s)| {
                let pair = &chapter.pairs[s.pair];
                !pair.sources.is_empty() && !pair.targets.is_empty()
            })
            .filter(|(_, s)| s.sources.iter().chain(&s.targets).any(|s| says_something(&s.text)))
            .filter_map(move |(at, s)| Some((chapter, s, resplit::severity(&among, at)?)))
    })
}

/// Whether a text has words of its own, not only a number or a mark.
fn says_something(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 4
}

/// How sure it is that the unit of a pair without a counterpart should have one.
fn severity(context: &Context<'_>, chapter: &ChapterPair<'_>, at: usize, unit: &Unit<'_>) -> Severity {
    let text = unit.full_text();
    let text = text.trim();
    let bare = !says_something(text) && unit.shown.is_none();
    // A file's name or the like; a heading may be one word.
    let label = unit.kind == UnitKind::Paragraph
        && !text.is_empty()
        && !text.chars().any(|c| c.is_whitespace() || zh::is_han(c));
    match unit.kind {
        UnitKind::Rule => Severity::Info,
        _ if is_note(chapter, at, text) || tags::is_code(unit.span, context.sources) => Severity::Info,
        _ if bare || label || is_attribute(context, unit) || chapter.pairs[at].score < SURE => Severity::Warning,
        _ => Severity::Error,
    }
}

/// Whether a text is a note of the translator, or follows the line that announces one.
fn is_note(chapter: &ChapterPair<'_>, at: usize, text: &str) -> bool {
    let announces = |pair: &Pair<'_>| {
        let text = pair.source().or(pair.target()).map(Unit::full_text).unwrap_or_default();
        !pair.is_paired() && lang::is_translator_note(&text) && text.trim_end().ends_with([':', '：'])
    };
    lang::is_translator_note(text) || at.checked_sub(1).is_some_and(|before| announces(&chapter.pairs[before]))
}

/// Whether a unit is the value of an attribute of a tag.
fn is_attribute(context: &Context<'_>, unit: &Unit<'_>) -> bool {
    let before = context.sources.snippet(Span::new(unit.span.file, 0..unit.span.start));
    before.strip_suffix(['"', '\'']).is_some_and(|before| before.ends_with('='))
}

/// Whether another check reports a unit without a counterpart.
fn told_elsewhere(chapter: &ChapterPair<'_>, at: usize) -> bool {
    let pair = &chapter.pairs[at];
    let Some(unit) = pair.source().or(pair.target()) else { return true };
    // `list-shape` tells in which form its parts stand.
    if pair.basis == Basis::Parts {
        return true;
    }
    // `table-shape` reports cells, `footnote` reports notes.
    matches!(unit.kind, UnitKind::Cell | UnitKind::Note | UnitKind::Meta(_))
        || quotation::is_given_twice(chapter, at)
        || list_shape::reshaped(chapter, at).is_some()
        || heading_level::became_title(chapter, at)
}

/// What units without a counterpart have in common when they are a habit: their kind and first letters.
fn look(unit: &Unit<'_>) -> Message {
    let text = unit.full_text();
    let head: String = text.trim().chars().take_while(|c| !c.is_ascii_digit()).take(4).collect();
    let kind = unit.kind.word();
    if head.is_empty() { kind } else { msg!("{kind} that begins with ‘{words}’", kind, words = head.trim()) }
}
