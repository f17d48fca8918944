use super::matcher::Matcher;
use super::usage::{forms, place};
use crate::checks::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "forbidden-rendering",
    group: "terms",
    summary: "a term is rendered in a way that the termbase forbids",
    default_level: Severity::Error,
    docs: include_str!("forbidden_rendering.md"),
    docs_zh: include_str!("forbidden_rendering.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for sentence in &context.usage.sentences {
        for hit in sentence.ours.iter().filter(|hit| hit.forbidden) {
            // The words may be right for something else.
            if sentence.around.get(&hit.term).is_none_or(|around| around.theirs_loose == 0) {
                continue;
            }
            let term = &context.book.glossary.terms[hit.term];
            let written = super::usage::text(sentence.targets)[hit.range.clone()].to_owned();
            let Some(span) = place(sentence.targets, &hit.range, context.sources) else { continue };
            let word = term.word(source).unwrap_or(&term.id);
            let mut finding = Diagnostic::error(CHECK.name, format!("‘{written}’ must not stand for ‘{word}’"))
                .at(span)
                .hint(format!("write ‘{}’", forms(term, target)));
            let theirs = sentence.theirs.iter().find(|theirs| theirs.term == hit.term);
            if let Some(place) = theirs.and_then(|theirs| place(sentence.sources, &theirs.range, context.sources)) {
                finding = finding.label(place, "the term");
            }
            found.push(finding);
        }
    }
    // In the source language itself such a word is a slip wherever it stands.
    let matcher = Matcher::strict(&context.book.glossary, source);
    for prose in context.prose(source) {
        for hit in matcher.hits(&prose.text).into_iter().filter(|hit| hit.forbidden) {
            let term = &context.book.glossary.terms[hit.term];
            let message = format!("‘{}’ must not stand for ‘{}’", &prose.text[hit.range.clone()], forms(term, source));
            found.push(Diagnostic::error(CHECK.name, message).at(prose.place(hit.range)));
        }
    }
}
