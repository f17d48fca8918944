use std::ops::Range;

use super::foreign::{is_enclosed, stretches};
use crate::checks::prose::{OBJECT, Prose};
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;
use crate::message::Message;
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("untranslated-sentence"),
    group: "language",
    summary: msg!("a sentence or clause is in the other language"),
    default_level: Severity::Error,
    page: page!("untranslated_sentence"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (_, _, pair) in context.pairs() {
        let [theirs, ours] = [&pair.sources, &pair.targets]
            .map(|units| units.iter().map(|unit| context.prose_of(unit)).collect::<Vec<_>>());
        ours.iter().for_each(|prose| look(prose, &theirs, found));
        theirs.iter().for_each(|prose| look(prose, &[], found));
    }
}

fn look(prose: &Prose<'_>, source: &[&Prose<'_>], found: &mut Vec<Diagnostic>) {
    if prose.is_foreign() {
        return;
    }
    for range in clauses(&prose.text, prose.lang) {
        let text = &prose.text[range.clone()];
        let copied = source.iter().any(|source| holds(&source.text, text));
        if is_enclosed(&prose.text, &range) || prose.marked(range.start) && !copied {
            continue;
        }
        let (severity, label) = if copied {
            (Severity::Error, msg!("same as in the source"))
        } else {
            (Severity::Warning, Message::empty())
        };
        let message = msg!("this is not in {language}", language = prose.lang.name());
        found.push(
            Diagnostic::new(severity, CHECK.name, message)
                .at_with(prose.place(range), label)
                .hint(msg!("translate it, or put it in quotation marks if it is a quotation")),
        );
    }
}

/// The stretches in another language that are clauses.
pub(super) fn clauses<'t>(text: &'t str, lang: &Lang) -> impl Iterator<Item = Range<usize>> + 't {
    let language = lang::of(lang);
    stretches(text, lang).into_iter().filter(move |range| language.is_foreign_clause(&text[range.clone()]))
}

/// Whether a text contains another, apart from spaces and covered parts.
fn holds(text: &str, part: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric() && *c != OBJECT).collect::<String>();
    bare(text).contains(&bare(part))
}
