use super::matcher::Matcher;
use super::usage::{forms, place};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("forbidden-rendering"),
    group: "terms",
    summary: msg!("a term is rendered in a way that the termbase forbids"),
    default_level: Severity::Error,
    page: page!("forbidden_rendering"),
    look: Look::Text(run),
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
            let message = msg!("‘{word}’ must not be rendered as ‘{written}’", word, written);
            let mut finding = Diagnostic::error(CHECK.name, message)
                .at(span)
                .hint(msg!("write {forms}", forms = forms(term, target)));
            let theirs = sentence.theirs.iter().find(|theirs| theirs.term == hit.term);
            if let Some(place) = theirs.and_then(|theirs| place(sentence.sources, &theirs.range, context.sources)) {
                finding = finding.label(place, msg!("the term"));
            }
            found.push(finding);
        }
    }
    // In the source language such a word is a slip wherever it stands.
    let matcher = Matcher::strict(&context.book.glossary, source);
    for prose in context.prose(source) {
        for hit in matcher.hits(&prose.text).into_iter().filter(|hit| hit.forbidden) {
            let term = &context.book.glossary.terms[hit.term];
            let written = &prose.text[hit.range.clone()];
            let message = msg!("{forms} must not be written as ‘{written}’", forms = forms(term, source), written);
            found.push(Diagnostic::error(CHECK.name, message).at(prose.place(hit.range)));
        }
    }
}
