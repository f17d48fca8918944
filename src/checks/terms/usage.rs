//! How the terms of the source are rendered, sentence by sentence.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::align::{Alignment, Pair, Segment, SegmentPair, Unit};
use crate::checks::prose::{Prose, is_readable};
use crate::message::{List, Message};
use crate::model::{Glossary, Lang, Term};
use crate::source::{Sources, Span};
use crate::termbase::{Hit, Matcher};

/// The most words of a term that a message names.
const SHOWN: usize = 4;

/// The terms of one translation beside its source.
pub(in crate::checks) struct Usage<'c> {
    /// Every sentence that has a term, in reading order.
    pub(super) sentences: Vec<Sentence<'c>>,
    /// How often each term is used, by its place in the termbase.
    pub(super) counts: Vec<Counts>,
}

/// A pair of sentences with the terms in them.
pub(super) struct Sentence<'c> {
    pub(super) sources: &'c [Segment],
    pub(super) targets: &'c [Segment],
    /// The terms that the source certainly has, and those that it may have.
    pub(super) theirs: Vec<Hit>,
    pub(super) theirs_loose: Vec<Hit>,
    /// The terms that the translation certainly has, and those that it may have.
    pub(super) ours: Vec<Hit>,
    pub(super) ours_loose: Vec<Hit>,
    /// How often each term stands in the blocks around.
    pub(super) around: Rc<BTreeMap<usize, Around>>,
}

impl<'c> Sentence<'c> {
    fn of(pair: &'c SegmentPair, [source, target]: [&Matchers; 2], around: Rc<BTreeMap<usize, Around>>) -> Self {
        let (theirs, ours) = (text(&pair.sources), text(&pair.targets));
        Self {
            sources: &pair.sources,
            targets: &pair.targets,
            theirs: source.strict.hits(&theirs),
            theirs_loose: source.loose.hits(&theirs),
            ours: target.strict.hits(&ours),
            ours_loose: target.loose.hits(&ours),
            around,
        }
    }
}

/// How often a term stands in a block: certainly in the source, perhaps in the source, perhaps in the translation.
#[derive(Default, Clone, Copy)]
pub(super) struct Around {
    pub(super) theirs: usize,
    pub(super) theirs_loose: usize,
    pub(super) ours: usize,
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
    /// The share of the other blocks in which the translation keeps to the termbase.
    pub(super) fn share_besides(&self, here: Option<&Around>) -> f32 {
        let kept_here = usize::from(here.is_some_and(|around| around.ours > 0));
        (self.kept - kept_here.min(self.kept)) as f32 / self.blocks.saturating_sub(1).max(1) as f32
    }
}

impl<'c> Usage<'c> {
    /// Reads the terms of an alignment; `segments` are its sentences by chapter.
    pub(in crate::checks) fn of(
        glossary: &Glossary,
        alignment: &Alignment<'_>,
        segments: &[&'c [SegmentPair]],
        sources: &Sources,
    ) -> Self {
        let [source, target] = [&alignment.source, &alignment.target].map(|lang| Matchers::of(glossary, lang));
        let mut usage = Self { sentences: Vec::new(), counts: vec![Counts::default(); glossary.terms.len()] };
        if glossary.terms.is_empty() {
            return usage;
        }
        for (chapter, segments) in alignment.chapters.iter().zip(segments) {
            for pairs in segments.chunk_by(|a, b| a.pair == b.pair) {
                let block = &chapter.pairs[pairs[0].pair];
                if block.sources.is_empty() || block.targets.is_empty() || is_untranslated(block, sources) {
                    continue;
                }
                let around = Rc::new(usage.block(block, &source, &target));
                for pair in pairs {
                    usage.sentences.push(Sentence::of(pair, [&source, &target], around.clone()));
                }
            }
        }
        usage
    }

    fn block(&mut self, pair: &Pair<'_>, source: &Matchers, target: &Matchers) -> BTreeMap<usize, Around> {
        let mut around: BTreeMap<usize, Around> = BTreeMap::new();
        let hits = |units: &[Unit<'_>], matcher: &Matcher| -> Vec<Hit> {
            units.iter().flat_map(|unit| matcher.hits(&unit.text)).collect()
        };
        for hit in hits(&pair.sources, &source.strict).iter().filter(|hit| !hit.forbidden) {
            around.entry(hit.term).or_default().theirs += 1;
            self.counts[hit.term].source += 1;
        }
        for hit in hits(&pair.sources, &source.loose) {
            around.entry(hit.term).or_default().theirs_loose += 1;
        }
        for hit in hits(&pair.targets, &target.strict) {
            let counts = &mut self.counts[hit.term];
            *(if hit.forbidden { &mut counts.forbidden } else { &mut counts.target }) += 1;
        }
        for hit in hits(&pair.targets, &target.loose).iter().filter(|hit| !hit.forbidden) {
            around.entry(hit.term).or_default().ours += 1;
        }
        for (term, here) in around.iter().filter(|(_, here)| here.theirs > 0) {
            self.counts[*term].blocks += 1;
            self.counts[*term].kept += usize::from(here.ours > 0);
        }
        around
    }
}

/// What finds the terms of a language.
struct Matchers {
    strict: Matcher,
    loose: Matcher,
}

impl Matchers {
    fn of(glossary: &Glossary, lang: &Lang) -> Self {
        Self { strict: Matcher::strict(glossary, lang), loose: Matcher::loose(glossary, lang) }
    }
}

fn is_untranslated(pair: &Pair<'_>, sources: &Sources) -> bool {
    pair.sources
        .iter()
        .chain(&pair.targets)
        .any(|unit| !is_readable(unit, sources) || Prose::of(unit, sources).is_foreign())
}

/// The text of some sentences, with two spaces between them so that no term spans two sentences.
pub(super) fn text(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join("  ")
}

/// The place of all of some sentences.
pub(super) fn whole(segments: &[Segment]) -> Option<Span> {
    segments.iter().map(|segment| segment.span).reduce(Span::to)
}

/// The place of a range of the text of some sentences: exact where the file has the same text, else all of them.
pub(super) fn place(segments: &[Segment], range: &Range<usize>, sources: &Sources) -> Option<Span> {
    let surface = &text(segments)[range.clone()];
    let exact = segments.iter().find_map(|segment| {
        let at = sources.snippet(segment.span).find(surface)?;
        let start = segment.span.start + at;
        Some(Span::new(segment.span.file, start..start + surface.len()))
    });
    exact.or_else(|| whole(segments))
}

/// The words of a term in a language as a message names them.
pub(super) fn forms(term: &Term, lang: &Lang) -> Message {
    Message::list(List::Or, term.forms(lang).take(SHOWN).map(|form| msg!("‘{word}’", word = &form.value)))
}
