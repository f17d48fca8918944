use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::usage::{Counts, Sentence, Usage, text, whole};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::zh::is_han;
use crate::message::{List, Message};
use crate::model::Term;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("term-variants"),
    group: "terms",
    summary: msg!("a term is rendered in several ways across the book"),
    default_level: Severity::Info,
    page: page!("term_variants"),
    look: Look::Text(run),
};

/// The fewest times that make a variant.
const FEWEST: usize = 2;
/// The most places that are shown.
const SHOWN: usize = 5;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let usage = &context.usage;
    let all = unrendered(usage, context.book.glossary.terms.len());
    let variants = variants(usage, &all);
    for (at, term) in context.book.glossary.terms.iter().enumerate() {
        if all[at].len() >= FEWEST && term.word(&context.alignment.target).is_some() {
            found.extend(finding(context, term, &usage.counts[at], &all[at], &variants[at]));
        }
    }
}

/// For each term the sentences whose source has it and whose translation does not render it as the termbase does.
pub(super) fn unrendered<'u, 'c>(usage: &'u Usage<'c>, terms: usize) -> Vec<Vec<&'u Sentence<'c>>> {
    let mut all = vec![Vec::new(); terms];
    for sentence in usage.sentences.iter().filter(|sentence| !sentence.targets.is_empty()) {
        let mut reported = BTreeSet::new();
        for hit in sentence.theirs.iter().filter(|hit| !hit.forbidden && reported.insert(hit.term)) {
            if sentence.around.get(&hit.term).is_none_or(|around| around.ours == 0) {
                all[hit.term].push(sentence);
            }
        }
    }
    all
}

/// For each term the words that are typical of its unrendered sentences, the most frequent first.
pub(super) fn variants(usage: &Usage<'_>, unrendered: &[Vec<&Sentence<'_>>]) -> Vec<Vec<(String, usize)>> {
    let shared: Vec<BTreeMap<String, usize>> = unrendered
        .iter()
        .map(|sentences| {
            let mut counts = BTreeMap::new();
            sentences.iter().for_each(|sentence| count(sentence, &mut |word| *counts.entry(word).or_default() += 1));
            counts.retain(|_, times| *times >= FEWEST && 4 * *times >= sentences.len());
            counts
        })
        .collect();
    // Only the words that may be variants are counted everywhere.
    let mut everywhere: HashMap<&str, usize> =
        shared.iter().flat_map(BTreeMap::keys).map(|word| (word.as_str(), 0)).collect();
    if !everywhere.is_empty() {
        for sentence in &usage.sentences {
            count(sentence, &mut |word| {
                if let Some(times) = everywhere.get_mut(word.as_str()) {
                    *times += 1;
                }
            });
        }
    }
    let total = usage.sentences.len().max(1) as f32;
    let special = |word: &str, times: usize, some: usize| {
        let share = times as f32 / some as f32;
        share > 6.0 * everywhere.get(word).copied().unwrap_or(0) as f32 / total
    };
    let of = |(counts, sentences): (&BTreeMap<String, usize>, &Vec<&Sentence<'_>>)| {
        let words = counts.iter().filter(|(word, times)| special(word, **times, sentences.len()));
        best(words.map(|(word, times)| (word.clone(), *times)).collect())
    };
    shared.iter().zip(unrendered).map(of).collect()
}

/// Calls `take` with every word of a sentence that may be a rendering, each once.
fn count(sentence: &Sentence<'_>, take: &mut dyn FnMut(String)) {
    let mut words = candidates(&text(sentence.targets));
    words.sort_unstable();
    words.dedup();
    words.into_iter().for_each(take);
}

/// The most frequent words, the longest first, without those that are part of another.
fn best(mut found: Vec<(String, usize)>) -> Vec<(String, usize)> {
    found.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.chars().count().cmp(&a.0.chars().count())).then(a.0.cmp(&b.0)));
    let mut kept: Vec<(String, usize)> = Vec::new();
    for (word, times) in found {
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
    let mut message = msg!(
        "‘{word}’ is rendered as ‘{right}’ in {blocks}, but differently in {sentences}",
        word,
        right,
        blocks = plural!(blocks = counts.kept, "{blocks} block", "{blocks} blocks"),
        sentences = plural!(sentences = others.len(), "{sentences} sentence", "{sentences} sentences")
    );
    if !variants.is_empty() {
        let variants = variants
            .iter()
            .map(|(word, times)| plural!(times, "‘{word}’ {times} time", "‘{word}’ {times} times", word));
        message = msg!("{message}: {variants}", message, variants = Message::list(List::Items, variants));
    }
    let mut finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(whole(others[0].targets)?);
    for sentence in others.iter().skip(1).take(SHOWN) {
        finding = finding.label(whole(sentence.targets)?, msg!("here too"));
    }
    Some(finding.hint(msg!("use one rendering, or list the others under `variants` in the termbase")))
}
