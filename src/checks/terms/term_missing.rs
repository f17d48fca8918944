use super::matcher::Hit;
use super::usage::{Sentence, Usage, forms, place, whole};
use crate::checks::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Term;

pub(in crate::checks) const CHECK: Check = Check {
    name: "term-missing",
    summary: "a term of the source has another rendering than the termbase gives",
    default_level: Severity::Warning,
    docs: include_str!("term_missing.md"),
    run,
};

/// Share of blocks from which on a book keeps a term, and fewest blocks that show that it does not.
const KEPT: f32 = 0.9;
const ENOUGH: usize = 4;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let usage = Usage::of(context);
    for sentence in usage.sentences.iter().filter(|sentence| !sentence.targets.is_empty()) {
        let mut told = Vec::new();
        for hit in sentence.theirs.iter().filter(|hit| !hit.forbidden) {
            let term = &context.book.glossary.terms[hit.term];
            if told.contains(&hit.term) || term.word(&context.alignment.target).is_none() {
                continue;
            }
            told.push(hit.term);
            let counts = &usage.counts[hit.term];
            let keeps = counts.share() >= KEPT || counts.blocks < ENOUGH;
            let severity = match lost(sentence, hit) {
                None => continue,
                // Words of another term in its place.
                Some(Some(_)) => Severity::Warning,
                Some(None) if keeps => Severity::Warning,
                Some(None) => Severity::Info,
            };
            let other = lost(sentence, hit).flatten();
            found.extend(finding(context, sentence, hit, term, other, severity));
        }
    }
}

/// Whether a term of the source is lost: nothing if it is not, else the term that stands in its place, if one does.
fn lost<'s>(sentence: &'s Sentence<'_>, hit: &Hit) -> Option<Option<&'s Hit>> {
    let shares_place = |other: &&Hit| other.term != hit.term && other.range == hit.range;
    let has = |term: usize| sentence.ours.iter().any(|ours| ours.term == term);
    // One word of the source may be the form of two terms.
    if has(hit.term) || sentence.theirs.iter().filter(shares_place).any(|other| has(other.term)) {
        return None;
    }
    let [theirs, ours] = sentence.around.get(&hit.term).copied().unwrap_or_default();
    let instead = sentence.ours.iter().find(|odd| {
        let [in_source, in_target] = sentence.around.get(&odd.term).copied().unwrap_or_default();
        !odd.forbidden && in_target > in_source && !sentence.theirs.iter().any(|theirs| theirs.term == odd.term)
    });
    match (ours, instead) {
        (0, instead) => Some(instead),
        (_, Some(odd)) if ours < theirs => Some(Some(odd)),
        _ => None,
    }
}

fn finding(
    context: &Context<'_>,
    sentence: &Sentence<'_>,
    hit: &Hit,
    term: &Term,
    other: Option<&Hit>,
    severity: Severity,
) -> Option<Diagnostic> {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let (word, right) = (forms(term, source), forms(term, target));
    let first = term.word(source).unwrap_or(&word);
    let (message, span) = match other {
        Some(odd) => {
            let text = super::usage::text(sentence.targets);
            let message = format!("‘{}’ stands where the source has ‘{first}’", &text[odd.range.clone()]);
            (message, place(sentence.targets, odd, context.sources)?)
        }
        None => (format!("the term ‘{first}’ is not rendered here"), whole(sentence.targets)?),
    };
    Some(
        Diagnostic::new(severity, CHECK.name, message)
            .at(span)
            .label(place(sentence.sources, hit, context.sources)?, "the term")
            .hint(format!("the termbase gives ‘{right}’; use it, or add what is as good under ‘variants’")),
    )
}
