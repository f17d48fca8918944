use rayon::prelude::*;

use super::super::{Check, Context, Look};
pub(super) use super::diff::short as shortened;
use super::diff::{Diff, Version, short};
use super::judge::{Change, ReviewState, states};
use super::wording::{Wording, line};
use super::words::Style;
use crate::align::{Alignment, ChapterPair, Pair, SegmentPair, Unit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::Book;
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("stale"),
    group: "freshness",
    summary: msg!("the source has changed since the translation was signed off"),
    default_level: Severity::Warning,
    page: page!("stale"),
    look: Look::Text(run),
};

/// The most changes that are underlined.
const LABELS: usize = 5;
/// The share of words that must be left for a change to be shown word by word.
pub(super) const KEPT: f32 = 0.25;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for_each_state(context, |chapter, segments, at, state| {
        let ReviewState::Stale(change) = state else { return };
        let pair = &chapter.pairs[at];
        let changed = Changed::of(pair, change);
        let diff = changed.diff();
        let labels: Vec<(Span, Message)> = changed.labels(&diff, pair);
        let places: Vec<Span> = labels.iter().map(|(span, _)| *span).collect();
        let sentences: Vec<&SegmentPair> = segments.iter().filter(|sentence| sentence.pair == at).collect();
        let change = changed.message(&diff);
        let message = msg!("the source has changed since this was signed off: {change}", change);
        let finding = Diagnostic::warning(CHECK.name, message)
            .at_with(rendering(pair, &sentences, &places), msg!("unchanged since it was signed off"));
        let finding = labels.into_iter().take(LABELS).fold(finding, |finding, (span, text)| finding.label(span, text));
        found.push(finding.hint(msg!(
            "update it, or leave it if it is still right; then run `dama-pub accept {chapter}`",
            chapter = stem(chapter)
        )));
    });
}

/// The name by which `dama-pub accept` knows a chapter.
pub(super) fn stem<'c>(chapter: &ChapterPair<'c>) -> &'c str {
    chapter.source.map_or("", |chapter| chapter.stem.as_str())
}

/// The states of the pairs of each chapter against the record of sign-offs; nothing for a chapter without one.
pub(in crate::checks) fn judged<'a>(book: &'a Book, alignment: &'a Alignment<'a>) -> Vec<Vec<ReviewState<'a>>> {
    let judge = |chapter: &'a ChapterPair<'a>| {
        let records = chapter.source.map_or(&[][..], |source| book.reviewed.chapter(&alignment.target, &source.stem));
        if records.is_empty() { Vec::new() } else { states(chapter, records) }
    };
    alignment.chapters.par_iter().map(judge).collect()
}

/// Calls `tell` for every pair with its chapter, the sentences of the chapter, its place in the list and its state.
pub(super) fn for_each_state(
    context: &Context<'_>,
    mut tell: impl FnMut(&ChapterPair<'_>, &[SegmentPair], usize, &ReviewState<'_>),
) {
    let chapters = &context.alignment.chapters;
    for ((chapter, segments), states) in chapters.iter().zip(&context.segments).zip(&context.freshness) {
        for (at, state) in states.iter().enumerate() {
            tell(chapter, segments, at, state);
        }
    }
}

/// The old and the new source of a pair.
pub(super) struct Changed {
    pub(super) was: String,
    pub(super) now: String,
    style: Style,
    /// Each unit with what it says and where that begins in `now`.
    units: Vec<(Wording, usize)>,
}

impl Changed {
    pub(super) fn of(pair: &Pair<'_>, change: &Change<'_>) -> Self {
        let mut found = Self { was: change.was.join(" "), now: String::new(), style: Style::Prose, units: Vec::new() };
        for wording in change.now.iter().filter_map(|at| Wording::of(&pair.sources[*at])) {
            if !found.now.is_empty() {
                found.now.push(' ');
            }
            found.style = wording.style;
            let start = found.now.len();
            found.now.push_str(&wording.text);
            found.units.push((wording, start));
        }
        found
    }

    pub(super) fn diff(&self) -> Diff<'_> {
        Diff::of(Version::of(&self.was, self.style), Version::of(&self.now, self.style))
    }

    /// The change in one line.
    pub(super) fn message(&self, diff: &Diff<'_>) -> Message {
        if diff.kept() < KEPT && !self.was.is_empty() && !self.now.is_empty() {
            Message::data(line(&format!("[-{}-]{{+{}+}}", short(&self.was), short(&self.now))))
        } else {
            diff.line()
        }
    }

    /// Each change with its place in the source and the label beside it.
    fn labels(&self, diff: &Diff<'_>, pair: &Pair<'_>) -> Vec<(Span, Message)> {
        let whole = pair.sources[0].span;
        if self.units.is_empty() {
            return vec![(whole, msg!("‘{words}’ was removed", words = short(&self.was)))];
        }
        if diff.kept() < KEPT && !self.was.is_empty() {
            return vec![(whole, msg!("was ‘{words}’", words = short(&self.was)))];
        }
        let mut labels = Vec::new();
        for change in diff.changes() {
            let text = match (change.replaced, change.old) {
                (true, "") => msg!("new text"),
                (true, old) => msg!("was ‘{words}’", words = short(old)),
                (false, old) => msg!("‘{words}’ was removed next to this", words = short(old)),
            };
            labels.push((self.place(change.place).unwrap_or(whole), text));
        }
        labels
    }

    /// The place in the manuscript of a part of `now`.
    fn place(&self, part: std::ops::Range<usize>) -> Option<Span> {
        let (wording, start) = self.units.iter().rev().find(|(_, start)| *start <= part.start)?;
        wording.place(part.start - start..part.end - start)
    }
}

/// The text of the translation that renders the places of the source: a sentence, where one contains them all.
fn rendering(pair: &Pair<'_>, sentences: &[&SegmentPair], places: &[Span]) -> Span {
    let holds = |sentence: &&&SegmentPair| {
        let whole = sentence.sources.iter().map(|segment| segment.span).reduce(Span::to);
        places.iter().all(|place| whole.is_some_and(|whole| whole.encloses(*place)))
    };
    let targets = sentences.iter().find(holds).map_or(&[][..], |sentence| &sentence.targets);
    let block = |units: &[Unit<'_>]| units.iter().map(|unit| unit.span).reduce(Span::to);
    let sentence = targets.iter().map(|segment| segment.span).reduce(Span::to);
    sentence.or_else(|| block(&pair.targets)).expect("a pair that was signed off has a translation")
}
