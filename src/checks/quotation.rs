//! Text that stands in the language of its original, with its translation beside it: a quotation that is given twice.

use super::compare::alike;
use crate::align::{ChapterPair, Pair, Relation, Unit};
use crate::lang;

/// Whether a pair of a chapter holds a text that is given twice, or one of the two beside the other.
pub(super) fn is_given_twice(chapter: &ChapterPair<'_>, at: usize) -> bool {
    let pair = &chapter.pairs[at];
    is_twice_within(&pair.sources, &pair.targets)
        || is_twice_within(&pair.targets, &pair.sources)
        || neighbours(chapter, at).into_iter().flatten().any(|other| are_given_twice(pair, other))
}

/// The nearest pairs with text on either side of one.
fn neighbours<'c, 'a>(chapter: &'c ChapterPair<'a>, at: usize) -> [Option<&'c Pair<'a>>; 2] {
    let own = |unit: &Unit<'_>| !unit.text.trim().is_empty();
    let has_text = |pair: &&Pair<'_>| pair.is_whole() || pair.sources.iter().chain(&pair.targets).any(own);
    [chapter.pairs[..at].iter().rev().find(has_text), chapter.pairs[at + 1..].iter().find(has_text)]
}

/// Whether units of one side are the text of the other side and its translation.
fn is_twice_within(own: &[Unit<'_>], others: &[Unit<'_>]) -> bool {
    let [other] = others else { return false };
    own.len() > 1
        && own.iter().any(|unit| is_original(unit, other))
        && own.iter().any(|unit| is_translation(unit, other))
}

/// Whether of two neighbouring pairs one has no counterpart and both together give a text twice.
fn are_given_twice(pair: &Pair<'_>, other: &Pair<'_>) -> bool {
    translated_of(pair, other).is_some()
}

/// Of two neighbouring pairs that together give a text twice the text and its translation.
fn translated_of<'c, 'a>(pair: &'c Pair<'a>, other: &'c Pair<'a>) -> Option<[&'c Unit<'a>; 2]> {
    let (alone, both) = match (pair.is_paired(), other.is_paired()) {
        (true, false) => (other, pair),
        (false, true) => (pair, other),
        _ => return None,
    };
    let (own, others) =
        if alone.targets.is_empty() { (&both.sources, &both.targets) } else { (&both.targets, &both.sources) };
    let ([unit], [text], Some(alone)) = (&own[..], &others[..], alone.source().or(alone.target())) else {
        return None;
    };
    let beside = |original, translation| is_original(original, text) && is_translation(translation, text);
    if beside(unit, alone) { Some([text, alone]) } else { beside(alone, unit).then_some([text, unit]) }
}

/// The text that a pair without a counterpart translates, where its language gives that text too, as a pair of its own: the
/// aligner has the text beside itself.
pub(super) fn translation<'a>(chapter: &ChapterPair<'a>, at: usize) -> Option<Pair<'a>> {
    let pair = &chapter.pairs[at];
    if pair.is_paired() {
        return None;
    }
    let [text, translation] =
        neighbours(chapter, at).into_iter().flatten().find_map(|other| translated_of(pair, other))?;
    let lost = pair.targets.is_empty();
    let (source, target) = if lost { (translation, text) } else { (text, translation) };
    let [sources, targets] = [source, target].map(|unit| vec![unit.clone()]);
    Some(Pair { sources, targets, relation: Relation::Equal, basis: pair.basis, score: pair.score })
}

/// Whether a unit is in another language than its own, in the words of a unit of that language.
fn is_original(unit: &Unit<'_>, other: &Unit<'_>) -> bool {
    let text = unit.full_text();
    lang::of(unit.lang).is_foreign(&text) && alike(&letters(&text), &letters(&other.full_text()))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a unit is in its own language and as long as the translation of another.
fn is_translation(unit: &Unit<'_>, other: &Unit<'_>) -> bool {
    let length = |unit: &Unit<'_>| lang::of(unit.lang).length(&unit.full_text()) * lang::of(unit.lang).letters();
    let (own, wanted) = (length(unit), length(other));
    !lang::of(unit.lang).is_foreign(&unit.full_text()) && own < 2.0 * wanted && wanted < 2.0 * own
}
