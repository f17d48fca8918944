use std::collections::HashMap;

use super::foreign::{is_enclosed, stretches};
use super::untranslated_sentence::clauses;
use crate::align::lexicon::Lexicon;
use crate::checks::prose::Prose;
use crate::checks::{Check, Context, Look, tags};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::function::{count, has_function_word, is_titled, words};
use crate::lang::en::stems;
use crate::lang::zh::Chinese;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("leftover-english"),
    group: "language",
    summary: msg!("English words in a Chinese sentence"),
    default_level: Severity::Warning,
    page: page!("leftover_english"),
    look: Look::Text(run),
};

/// A word that occurs more often than this in the Chinese sentences of a book is a loan.
const LOAN: usize = 2;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs_of(&Chinese) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for text in context.prose(lang) {
            words(&text.text).for_each(|(_, word)| *seen.entry(word.to_lowercase()).or_default() += 1);
        }
        for text in context.own_prose(lang).filter(|text| !tags::is_code(text.span, context.sources)) {
            let whole: Vec<_> = clauses(&text.text, lang).collect();
            for range in stretches(&text.text, lang) {
                if whole.contains(&range) || is_enclosed(&text.text, &range) || text.marked(range.start) {
                    continue;
                }
                let inner = &text.text[range.clone()];
                // In raw HTML the marks of code stand as they are.
                let quoted = text.text[..range.start].ends_with('`') && text.text[range.end..].starts_with('`');
                if quoted || inner.contains('`') {
                    continue;
                }
                let severity = if is_phrase(inner) {
                    Severity::Warning
                } else if is_rare(inner, &seen) {
                    Severity::Info
                } else {
                    continue;
                };
                if !is_term(context, inner) {
                    found.push(finding(text, range, severity));
                }
            }
        }
    }
}

fn finding(prose: &Prose<'_>, range: std::ops::Range<usize>, severity: Severity) -> Diagnostic {
    let words = &prose.text[range.clone()];
    let message = msg!("‘{words}’ is left untranslated in a Chinese sentence", words);
    Diagnostic::new(severity, CHECK.name, message)
        .at(prose.place(range))
        .hint(msg!("translate it, or put it in brackets if its translation stands beside it"))
}

/// Whether words are part of a sentence: at least a third are function words, and at most half are capitalised, as in a
/// name or a title.
fn is_phrase(text: &str) -> bool {
    let (all, function) = count(text);
    if all > 2 && is_titled(text) {
        return false;
    }
    let small = words(text).filter(|(_, word)| word.starts_with(|c: char| c.is_ascii_lowercase())).count();
    all > 1 && has_function_word(text) && 3 * function >= all && 2 * small >= all
}

/// Whether all words are ordinary lowercase words that hardly occur elsewhere in the Chinese text of the book.
fn is_rare(text: &str, seen: &HashMap<String, usize>) -> bool {
    let lexicon = Lexicon::shipped();
    let ordinary = |word: &str| {
        let small = word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
        let mut known = false;
        stems(word, &mut |stem| {
            let number = lexicon.english.number(stem);
            known = number.is_some_and(|n| lexicon.chinese_of.has_row(n));
        });
        small && known && seen.get(word).is_some_and(|count| *count <= LOAN)
    };
    words(text).all(|(_, word)| ordinary(word))
}

/// Whether a term of the book is written like this in Chinese.
fn is_term(context: &Context<'_>, text: &str) -> bool {
    let lower = text.to_lowercase();
    let terms = &context.book.glossary.terms;
    let mut forms = context.langs_of(&Chinese).flat_map(|lang| terms.iter().flat_map(|term| term.forms(lang)));
    forms.any(|form| form.value.to_lowercase().contains(&lower))
}
