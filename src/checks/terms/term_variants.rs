use std::collections::BTreeMap;

use super::usage::{Counts, Sentence, Usage, text, whole};
use crate::align::lang::zh::is_han;
use crate::checks::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Term;

pub(in crate::checks) const CHECK: Check = Check {
    name: "term-variants",
    summary: "a term is rendered in several ways across the book",
    default_level: Severity::Info,
    docs: include_str!("term_variants.md"),
    run,
};

/// Fewest times that make a variant.
const FEWEST: usize = 2;
/// Most places that are shown.
const SHOWN: usize = 5;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let usage = Usage::of(context);
    for (at, term) in context.book.glossary.terms.iter().enumerate() {
        let others = unrendered(&usage, at);
        if others.len() < FEWEST || term.word(&context.alignment.target).is_none() {
            continue;
        }
        if let Some(finding) = finding(context, term, &usage.counts[at], &others, &variants(&usage, &others)) {
            found.push(finding);
        }
    }
}

/// The sentences whose source has a term that the translation does not render as the termbase does.
pub(super) fn unrendered<'u, 'c>(usage: &'u Usage<'c>, term: usize) -> Vec<&'u Sentence<'c>> {
    let lost = |sentence: &&Sentence<'_>| {
        sentence.theirs.iter().any(|hit| hit.term == term && !hit.forbidden)
            && sentence.around.get(&term).is_none_or(|around| around.ours == 0)
    };
    usage.sentences.iter().filter(lost).filter(|sentence| !sentence.targets.is_empty()).collect()
}

/// Words that those sentences have and the others hardly, the most frequent first.
pub(super) fn variants(usage: &Usage<'_>, others: &[&Sentence<'_>]) -> Vec<(String, usize)> {
    let count = |sentences: &mut dyn Iterator<Item = &Sentence<'_>>| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut total = 0usize;
        for sentence in sentences {
            total += 1;
            let mut words = candidates(&text(sentence.targets));
            words.sort_unstable();
            words.dedup();
            words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
        }
        (counts, total)
    };
    let (all, total) = count(&mut usage.sentences.iter());
    let (here, some) = count(&mut others.iter().copied());
    let mut found: Vec<(String, usize)> = here
        .into_iter()
        .filter(|(word, times)| {
            let everywhere = all.get(word).copied().unwrap_or(0) as f32 / total.max(1) as f32;
            let share = *times as f32 / some as f32;
            *times >= FEWEST && share >= 0.25 && share > 6.0 * everywhere
        })
        .collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.chars().count().cmp(&a.0.chars().count())).then(a.0.cmp(&b.0)));
    let mut kept: Vec<(String, usize)> = Vec::new();
    for (word, times) in found {
        // A part of a word that was taken says nothing new.
        if kept.len() < 3 && !kept.iter().any(|(longer, _)| longer.contains(&word) || word.contains(longer.as_str())) {
            kept.push((word, times));
        }
    }
    kept
}

/// What may be a rendering: two to four Chinese characters, or a word or two of English.
fn candidates(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for run in text.split(|c: char| !is_han(c)).filter(|run| !run.is_empty()) {
        let chars: Vec<char> = run.chars().collect();
        for len in 2..=4usize.min(chars.len()) {
            found.extend(chars.windows(len).map(|window| window.iter().collect::<String>()));
        }
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphabetic() || is_han(c)).filter(|word| word.len() > 3).collect();
    found.extend(words.iter().map(|word| (*word).to_owned()));
    found.extend(words.windows(2).map(|pair| pair.join(" ")));
    found
}

fn finding(
    context: &Context<'_>,
    term: &Term,
    counts: &Counts,
    others: &[&Sentence<'_>],
    variants: &[(String, usize)],
) -> Option<Diagnostic> {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let (word, right) = (term.word(source)?, term.word(target)?);
    let kept = counts.kept;
    let mut message =
        format!("‘{word}’ is rendered ‘{right}’ in {kept} blocks, otherwise in {} sentences", others.len());
    if !variants.is_empty() {
        let list: Vec<String> = variants.iter().map(|(word, times)| format!("‘{word}’ {times} times")).collect();
        message += &format!(": {}", list.join(", "));
    }
    let mut finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(whole(others[0].targets)?);
    for sentence in others.iter().skip(1).take(SHOWN) {
        finding = finding.label(whole(sentence.targets)?, "also here");
    }
    Some(finding.hint("keep to one word, or list the others under ‘variants’ in the termbase"))
}
