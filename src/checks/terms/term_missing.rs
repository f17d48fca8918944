use std::ops::Range;

use super::usage::{Sentence, forms, place, text, whole};
use super::words::Words;
use crate::align::Segment;
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Script;
use crate::lang::en::function::{is_function, words};
use crate::lang::en::stems;
use crate::model::{Lang, Term};
use crate::termbase::Hit;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("term-missing"),
    group: "terms",
    summary: msg!("a term of the source is not rendered as the termbase gives it"),
    default_level: Severity::Warning,
    page: page!("term_missing"),
    look: Look::Text(run),
};

/// The share of the other blocks from which a book keeps to a term, and the fewest blocks that show that it does not. An
/// everyday word, such as ‘type’, is rendered freely and never reaches the share.
const KEPT: f32 = 0.97;
const ENOUGH: usize = 4;

/// How far apart, as a share of a sentence, a term and what stands in its place may be.
const NEAR: f32 = 0.25;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let usage = &context.usage;
    let similar = Words::of(context);
    for sentence in usage.sentences.iter().filter(|sentence| !sentence.targets.is_empty()) {
        let mut reported = Vec::new();
        for hit in sentence.theirs.iter().filter(|hit| !hit.forbidden) {
            let term = &context.book.glossary.terms[hit.term];
            if reported.contains(&hit.term) || term.word(&context.alignment.target).is_none() {
                continue;
            }
            reported.push(hit.term);
            let counts = &usage.counts[hit.term];
            let keeps = counts.blocks < ENOUGH || counts.share_besides(sentence.around.get(&hit.term)) >= KEPT;
            let loss = lost(sentence, hit, term, context, &similar);
            let severity = match loss {
                Loss::None => continue,
                // Words in its place, and a translation that keeps to the term elsewhere.
                Loss::Other(unexpected) if keeps && beside(sentence, hit, &unexpected.range) => Severity::Warning,
                Loss::Like(_) if keeps => Severity::Warning,
                Loss::Other(_) | Loss::Like(_) | Loss::Gone => Severity::Info,
            };
            found.extend(finding(context, sentence, hit, term, &loss, severity));
        }
    }
}

/// What became of a term of the source.
enum Loss<'s> {
    /// It is there.
    None,
    /// No form of it is there.
    Gone,
    /// Another term stands in its place.
    Other(&'s Hit),
    /// Similar words that occur nowhere else in the book stand in its place.
    Like(Range<usize>),
}

fn lost<'s>(sentence: &'s Sentence<'_>, hit: &Hit, term: &Term, context: &Context<'_>, similar: &Words) -> Loss<'s> {
    let count = |hits: &[Hit], term: usize| hits.iter().filter(|hit| hit.term == term && !hit.forbidden).count();
    // One word of the source may be the form of two terms.
    let twins = sentence.theirs.iter().filter(|other| other.term != hit.term && other.range == hit.range);
    if twins.clone().any(|twin| count(&sentence.ours_loose, twin.term) > 0) {
        return Loss::None;
    }
    let (theirs, ours) = (count(&sentence.theirs, hit.term), count(&sentence.ours_loose, hit.term));
    let around = sentence.around.get(&hit.term).copied().unwrap_or_default();
    // A forbidden rendering is the finding of another check.
    if ours >= theirs || around.ours >= around.theirs || sentence.ours.iter().any(|h| h.forbidden && h.term == hit.term)
    {
        return Loss::None;
    }
    if let Some(unexpected) = sentence.ours.iter().find(|unexpected| is_unexpected(sentence, unexpected)) {
        return Loss::Other(unexpected);
    }
    if let Some(range) = similar.like(term, &context.alignment.target, &text(sentence.targets)) {
        return Loss::Like(range);
    }
    if let Some(range) = varied(sentence, hit, term, &context.alignment.target) {
        return Loss::Like(range);
    }
    if ours == 0 { Loss::Gone } else { Loss::None }
}

/// Words that share the last word of a term but have another one before it, as ‘optical chips’ for ‘photonic chips’. Where
/// the source has the last part of the term a second time, in another term, they may render that.
fn varied(sentence: &Sentence<'_>, hit: &Hit, term: &Term, lang: &Lang) -> Option<Range<usize>> {
    let source = text(sentence.sources);
    let word = &source[hit.range.clone()];
    let tail = &word[word.char_indices().rev().nth(1)?.0..];
    let times = sentence.theirs.iter().filter(|other| other.term == hit.term).count();
    if lang.script() != Script::Latin || source.matches(tail).count() > times {
        return None;
    }
    let stem = |word: &str| {
        let mut stem = String::new();
        stems(word, &mut |found| found.clone_into(&mut stem));
        stem
    };
    let forms: Vec<Vec<String>> =
        term.forms(lang).map(|form| words(&form.value).map(|(_, word)| stem(word)).collect()).collect();
    let written = text(sentence.targets);
    let all: Vec<(usize, &str)> = words(&written).collect();
    all.windows(2).find_map(|pair| {
        let [(start, modifier), (last, head)] = [pair[0], pair[1]];
        let joined = written[start + modifier.len()..last].trim().is_empty();
        let wrong = forms.iter().any(|form| {
            form.len() > 1 && form.last().is_some_and(|end| *end == stem(head)) && !form.contains(&stem(modifier))
        });
        (joined && wrong && !is_function(modifier)).then(|| start..last + head.len())
    })
}

/// Whether two terms stand at about the same place in their sentences.
fn beside(sentence: &Sentence<'_>, theirs: &Hit, ours: &Range<usize>) -> bool {
    let share = |segments: &[Segment], at: usize| at as f32 / text(segments).len().max(1) as f32;
    (share(sentence.sources, theirs.range.start) - share(sentence.targets, ours.start)).abs() < NEAR
}

/// Whether the translation has a term, and every other term with the same form, more often than the source.
fn is_unexpected(sentence: &Sentence<'_>, unexpected: &Hit) -> bool {
    let same_form = sentence.ours.iter().filter(|other| other.range == unexpected.range);
    !unexpected.forbidden
        && same_form.clone().all(|form| {
            let around = sentence.around.get(&form.term).copied().unwrap_or_default();
            let here = |hits: &[Hit]| hits.iter().filter(|hit| hit.term == form.term).count();
            around.ours > around.theirs_loose && here(&sentence.ours) > here(&sentence.theirs_loose)
        })
}

fn finding(
    context: &Context<'_>,
    sentence: &Sentence<'_>,
    hit: &Hit,
    term: &Term,
    loss: &Loss<'_>,
    severity: Severity,
) -> Option<Diagnostic> {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let word = term.word(source).unwrap_or(&term.id);
    let written = text(sentence.targets);
    let instead = match loss {
        Loss::Other(unexpected) => Some(unexpected.range.clone()),
        Loss::Like(range) => Some(range.clone()),
        Loss::Gone | Loss::None => None,
    };
    let (message, span) = match instead {
        Some(range) => {
            let message =
                msg!("‘{written}’ here, where the source has ‘{word}’", written = &written[range.clone()], word);
            (message, place(sentence.targets, &range, context.sources)?)
        }
        None => (msg!("the term ‘{word}’ is not rendered here", word), whole(sentence.targets)?),
    };
    Some(
        Diagnostic::new(severity, CHECK.name, message)
            .at(span)
            .label(place(sentence.sources, &hit.range, context.sources)?, msg!("the term"))
            .hint(msg!(
                "the termbase gives {forms}; use it, or add an equally good rendering under `variants`",
                forms = forms(term, target)
            )),
    )
}
