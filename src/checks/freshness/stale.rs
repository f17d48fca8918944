use rayon::prelude::*;

use super::super::{Check, Context};
use super::diff::{Diff, Told, Version, short};
use super::judge::{Change, State, states};
use super::wording::Wording;
use super::words::Style;
use crate::align::{Alignment, ChapterPair, Pair, SegmentPair, Unit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Book;
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: "stale",
    group: "freshness",
    summary: "the source changed since the translation was signed off",
    default_level: Severity::Warning,
    docs: include_str!("stale.md"),
    docs_zh: include_str!("stale.zh.md"),
    run,
};

/// Most changes that are underlined.
const LABELS: usize = 5;
/// Share of words that must be left for a change to be told word by word.
const KEPT: f32 = 0.25;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for_each_state(context, |chapter, segments, at, state| {
        let State::Stale(change) = state else { return };
        let pair = &chapter.pairs[at];
        let changed = Changed::of(pair, change);
        let diff = changed.diff();
        let told: Vec<(Span, String)> = changed.labels(&diff, pair);
        let places: Vec<Span> = told.iter().map(|(span, _)| *span).collect();
        let sentences: Vec<&SegmentPair> = segments.iter().filter(|sentence| sentence.pair == at).collect();
        let message = format!("the source changed since this was reviewed: {}", changed.message(&diff));
        let finding = Diagnostic::warning(CHECK.name, message)
            .at_with(rendering(pair, &sentences, &places), "still as it was reviewed");
        let finding = told.into_iter().take(LABELS).fold(finding, |finding, (span, text)| finding.label(span, text));
        found.push(finding.hint(format!(
            "bring it up to date, or leave it if it is still right; then `dama-pub accept {}`",
            chapter.source.map_or("", |chapter| chapter.stem.as_str())
        )));
    });
}

/// How the pairs of each chapter stand to the record of sign-offs; nothing for a chapter without one.
pub(in crate::checks) fn judged<'a>(book: &'a Book, alignment: &'a Alignment<'a>) -> Vec<Vec<State<'a>>> {
    let judge = |chapter: &'a ChapterPair<'a>| {
        let records = chapter.source.map_or(&[][..], |source| book.reviewed.chapter(&alignment.target, &source.stem));
        if records.is_empty() { Vec::new() } else { states(chapter, records) }
    };
    alignment.chapters.par_iter().map(judge).collect()
}

/// Calls `tell` with the state of every pair: chapter, its sentences, the pair's place in the list, state.
pub(super) fn for_each_state(
    context: &Context<'_>,
    mut tell: impl FnMut(&ChapterPair<'_>, &[SegmentPair], usize, &State<'_>),
) {
    let chapters = &context.alignment.chapters;
    for ((chapter, segments), states) in chapters.iter().zip(&context.segments).zip(&context.freshness) {
        states.iter().enumerate().for_each(|(at, state)| tell(chapter, segments, at, state));
    }
}

/// The old and the new source of a pair.
pub(super) struct Changed {
    was: String,
    now: String,
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
    pub(super) fn message(&self, diff: &Diff<'_>) -> String {
        let line = if diff.kept() < KEPT && !self.was.is_empty() && !self.now.is_empty() {
            format!("[-{}-]{{+{}+}}", short(&self.was), short(&self.now))
        } else {
            diff.line()
        };
        super::wording::line(&line)
    }

    /// Each change with its place in the source and what to say of it.
    fn labels(&self, diff: &Diff<'_>, pair: &Pair<'_>) -> Vec<(Span, String)> {
        let whole = pair.sources[0].span;
        if self.units.is_empty() {
            return vec![(whole, format!("‘{}’ is gone", short(&self.was)))];
        }
        if diff.kept() < KEPT && !self.was.is_empty() {
            return vec![(whole, format!("was ‘{}’", short(&self.was)))];
        }
        let label = |told: Told<'_>| {
            let text = match (told.replaced, told.old) {
                (true, "") => "new".to_owned(),
                (true, old) => format!("was ‘{}’", short(old)),
                (false, old) => format!("‘{}’ beside this is gone", short(old)),
            };
            (self.place(told.place).unwrap_or(whole), text)
        };
        diff.told().into_iter().map(label).collect()
    }

    /// The place in the manuscript of a part of `now`.
    fn place(&self, part: std::ops::Range<usize>) -> Option<Span> {
        let (wording, start) = self.units.iter().rev().find(|(_, start)| *start <= part.start)?;
        wording.place(part.start - start..part.end - start)
    }
}

/// The text of the translation that renders the places of the source: the sentence, where one holds them all.
fn rendering(pair: &Pair<'_>, sentences: &[&SegmentPair], places: &[Span]) -> Span {
    let inside =
        |place: &Span, span: &Span| place.file == span.file && span.start <= place.start && place.end <= span.end;
    let holds = |sentence: &&&SegmentPair| {
        places.iter().all(|place| {
            let whole = sentence.sources.iter().map(|segment| segment.span).reduce(Span::to);
            whole.is_some_and(|whole| inside(place, &whole))
        })
    };
    let targets = sentences.iter().find(holds).map_or(&[][..], |sentence| &sentence.targets);
    let block = |units: &[Unit<'_>]| units.iter().map(|unit| unit.span).reduce(Span::to);
    let sentence = targets.iter().map(|segment| segment.span).reduce(Span::to);
    sentence.or_else(|| block(&pair.targets)).expect("a pair that was signed off has a translation")
}
