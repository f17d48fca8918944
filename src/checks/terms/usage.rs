//! How the terms of the source are rendered, sentence by sentence.

use std::collections::BTreeMap;

use super::matcher::{Hit, Matcher};
use crate::align::{Pair, Segment, Unit};
use crate::checks::language::is_foreign;
use crate::checks::prose::Prose;
use crate::checks::Context;
use crate::model::Term;
use crate::source::{Sources, Span};

/// The terms of one translation beside its source.
pub(super) struct Usage<'c> {
    /// Every sentence that has a term, in reading order.
    pub(super) sentences: Vec<Sentence<'c>>,
    /// How each term fares, by its place in the termbase.
    pub(super) counts: Vec<Counts>,
}

/// A pair of sentences with the terms in them.
pub(super) struct Sentence<'c> {
    pub(super) sources: &'c [Segment],
    pub(super) targets: &'c [Segment],
    pub(super) theirs: Vec<Hit>,
    pub(super) ours: Vec<Hit>,
    /// How often each term stands in the blocks around: in the source, in the translation.
    pub(super) around: std::rc::Rc<BTreeMap<usize, [usize; 2]>>,
}

/// How often a term is used.
#[derive(Default, Clone)]
pub(super) struct Counts {
    /// Times in the source.
    pub(super) source: usize,
    /// Times in the translation, in a form of the termbase.
    pub(super) target: usize,
    /// Times in the translation, in a forbidden form.
    pub(super) forbidden: usize,
    /// Blocks of the source that have it.
    pub(super) blocks: usize,
    /// Those whose translation has it too.
    pub(super) kept: usize,
}

impl Counts {
    /// Share of blocks in which the translation keeps to the termbase.
    pub(super) fn share(&self) -> f32 {
        self.kept as f32 / self.blocks.max(1) as f32
    }
}

impl<'c> Usage<'c> {
    pub(super) fn of(context: &'c Context<'_>) -> Self {
        let glossary = &context.book.glossary;
        let alignment = context.alignment;
        let source = Matcher::of(glossary, &alignment.source);
        let target = Matcher::of(glossary, &alignment.target);
        let mut usage = Self { sentences: Vec::new(), counts: vec![Counts::default(); glossary.terms.len()] };
        if glossary.terms.is_empty() {
            return usage;
        }
        for (chapter, segments) in alignment.chapters.iter().zip(&context.segments) {
            let mut around: Option<(usize, std::rc::Rc<BTreeMap<usize, [usize; 2]>>)> = None;
            for pair in segments {
                let block = &chapter.pairs[pair.pair];
                if block.sources.is_empty() || block.targets.is_empty() || is_untranslated(block, context.sources) {
                    continue;
                }
                if around.as_ref().is_none_or(|(at, _)| *at != pair.pair) {
                    let counted = usage.block(block, &source, &target);
                    around = Some((pair.pair, counted.into()));
                }
                let hits = |segments: &[Segment], matcher: &Matcher| matcher.hits(&text(segments));
                usage.sentences.push(Sentence {
                    sources: &pair.sources,
                    targets: &pair.targets,
                    theirs: hits(&pair.sources, &source),
                    ours: hits(&pair.targets, &target),
                    around: around.as_ref().expect("it was just made").1.clone(),
                });
            }
        }
        usage
    }

    fn block(&mut self, pair: &Pair<'_>, source: &Matcher, target: &Matcher) -> BTreeMap<usize, [usize; 2]> {
        let mut around: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
        let hits = |units: &[Unit<'_>], matcher: &Matcher| -> Vec<Hit> {
            units.iter().flat_map(|unit| matcher.hits(&unit.text)).collect()
        };
        for hit in hits(&pair.sources, source).iter().filter(|hit| !hit.forbidden) {
            around.entry(hit.term).or_default()[0] += 1;
            self.counts[hit.term].source += 1;
        }
        for hit in hits(&pair.targets, target) {
            if hit.forbidden {
                self.counts[hit.term].forbidden += 1;
            } else {
                around.entry(hit.term).or_default()[1] += 1;
                self.counts[hit.term].target += 1;
            }
        }
        for (term, [theirs, ours]) in around.iter().filter(|(_, [theirs, _])| *theirs > 0) {
            debug_assert!(*theirs > 0);
            self.counts[*term].blocks += 1;
            self.counts[*term].kept += usize::from(*ours > 0);
        }
        around
    }
}

fn is_untranslated(pair: &Pair<'_>, sources: &Sources) -> bool {
    pair.sources.iter().chain(&pair.targets).any(|unit| is_foreign(&Prose::of(unit, sources).text, unit.lang))
}

/// The text of some sentences; nothing joins the last word of one with the first of the next.
pub(super) fn text(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join("  ")
}

/// The place of all of some sentences.
pub(super) fn whole(segments: &[Segment]) -> Option<Span> {
    segments.iter().map(|segment| segment.span).reduce(Span::to)
}

/// The place of a hit in some sentences: to the letter where the file has it so, else all of them.
pub(super) fn place(segments: &[Segment], hit: &Hit, sources: &Sources) -> Option<Span> {
    let surface = &text(segments)[hit.range.clone()];
    let exact = segments.iter().find_map(|segment| {
        let at = sources.snippet(segment.span).find(surface)?;
        let start = segment.span.start + at;
        Some(Span::new(segment.span.file, start..start + surface.len()))
    });
    exact.or_else(|| whole(segments))
}

/// The words of a term in a language as a message names them.
pub(super) fn forms(term: &Term, lang: &crate::model::Lang) -> String {
    let forms: Vec<&str> = term.forms(lang).map(|form| form.value.as_str()).take(4).collect();
    forms.join("’, ‘")
}
