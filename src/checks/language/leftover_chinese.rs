use super::foreign::{is_enclosed, stretches};
use super::untranslated_sentence::clauses;
use crate::checks::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::en::English;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("leftover-chinese"),
    group: "language",
    summary: msg!("Chinese words in an English sentence"),
    default_level: Severity::Warning,
    page: page!("leftover_chinese"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs_of(&English) {
        for prose in context.own_prose(lang) {
            let whole: Vec<_> = clauses(&prose.text, lang).collect();
            for range in stretches(&prose.text, lang) {
                // What stands alone, as in a list of names, is not left over from a sentence.
                let alone = prose.text.trim().len() == range.len();
                if alone || whole.contains(&range) || is_enclosed(&prose.text, &range) || prose.marked(range.start) {
                    continue;
                }
                let words = &prose.text[range.clone()];
                let message = msg!("‘{words}’ is left untranslated in an English sentence", words);
                found.push(
                    Diagnostic::warning(CHECK.name, message)
                        .at(prose.place(range))
                        .hint(msg!("translate it, or put it in brackets if its translation stands beside it")),
                );
            }
        }
    }
}
