use super::super::prose::{OBJECT, Prose};
use super::super::{Check, Context, Look};
use super::habit::tallied;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Width;
use crate::lang::width::{half_mark, is_full};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("full-width-punctuation"),
    group: "typography",
    summary: msg!("full-width punctuation in a text that is not Chinese"),
    default_level: Severity::Warning,
    page: page!("full_width_punctuation"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs_in(Width::Half) {
        tallied(context, lang, msg!("this book uses full-width punctuation in English"), found, |prose, tally| {
            tally.keep(prose.text.matches([',', '.', ';', ':', '?', '!', '(']).count());
            for (at, c) in prose.text.char_indices() {
                if let Some(narrow) = half_mark(c).filter(|_| !beside_chinese(prose, at, c)) {
                    tally.slip(finding(prose, at, c, narrow));
                }
            }
        });
    }
}

/// The most marks in a row behind which a letter is looked for.
const MARKS: usize = 100;

/// Whether a mark belongs to a Chinese quotation.
fn beside_chinese(prose: &Prose<'_>, at: usize, c: char) -> bool {
    let other = |c: &char| half_mark(*c).is_none() && *c != ' ';
    let before = prose.text[..at].chars().rev().take(MARKS).find(other);
    let after = prose.text[at + c.len_utf8()..].chars().take(MARKS).find(other);
    before.is_some_and(is_full) || after.is_some_and(is_full)
}

fn finding(prose: &Prose<'_>, at: usize, c: char, narrow: char) -> Diagnostic {
    let end = at + c.len_utf8();
    let message =
        msg!("full-width ‘{mark}’ in {language}; write ‘{narrow}’", mark = c, language = prose.lang.name(), narrow);
    let finding = Diagnostic::warning(CHECK.name, message).at(prose.place(at..end));
    let word = |c: char| c.is_alphanumeric() || c == OBJECT;
    let text = match (narrow, prose.before(at), prose.after(end)) {
        ('(', Some(before), _) if word(before) => format!(" {narrow}"),
        ('(', ..) => narrow.to_string(),
        (_, _, Some(after)) if word(after) => format!("{narrow} "),
        _ => narrow.to_string(),
    };
    match prose.exact(at..end) {
        Some(span) => finding.edit(span, text),
        None => finding,
    }
}
