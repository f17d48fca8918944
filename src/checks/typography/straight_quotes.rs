use std::cmp::Ordering;

use super::super::prose::Prose;
use super::super::{Check, Context, Look};
use super::habit::{Tally, tallied};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::zh::is_han;
use crate::lang::{self, Script};
use crate::model::Lang;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("straight-quotes"),
    group: "typography",
    summary: msg!("a straight quotation mark or apostrophe where the language uses a curved one"),
    default_level: Severity::Info,
    page: page!("straight_quotes"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for lang in context.langs() {
        let marks = marks_of(context, lang);
        tallied(context, lang, msg!("this book uses straight quotation marks"), found, |prose, tally| {
            tally.keep(prose.text.matches(['“', '「', '『']).count());
            quoted(prose, marks, tally);
        });
        if lang.conventions().typography.apostrophes {
            tallied(context, lang, msg!("this book uses straight apostrophes"), found, apostrophe);
        }
    }
}

/// The quotation marks that the text uses, those of its language where it has none.
fn marks_of(context: &Context<'_>, lang: &Lang) -> [char; 2] {
    let count = |mark: char| context.prose(lang).iter().map(|prose| prose.text.matches(mark).count()).sum::<usize>();
    match count('「').cmp(&count('“')) {
        Ordering::Greater => ['「', '」'],
        Ordering::Less => ['“', '”'],
        Ordering::Equal => lang::of(lang).quotation_marks(lang.tag()),
    }
}

/// Straight marks in pairs. In a Chinese text they count only around Chinese: a foreign phrase may keep its own.
fn quoted(prose: &Prose<'_>, [left, right]: [char; 2], tally: &mut Tally) {
    let marks: Vec<usize> = prose.text.match_indices('"').map(|(at, _)| at).collect();
    let (pairs, odd) = marks.as_chunks::<2>();
    let inches = marks.iter().any(|&at| prose.before(at).is_some_and(|c| c.is_ascii_digit()));
    if !odd.is_empty() || inches {
        return;
    }
    for &[open, close] in pairs {
        if prose.lang.script() == Script::Han && !prose.text[open + 1..close].contains(is_han) {
            continue;
        }
        let message = msg!("straight quotation marks; write ‘{left}’ and ‘{right}’", left, right);
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(prose.place(open..close + 1));
        tally.slip(match (prose.exact(open..open + 1), prose.exact(close..close + 1)) {
            (Some(first), Some(last)) => finding.edit(first, left).edit(last, right),
            _ => finding,
        });
    }
}

/// Apostrophes inside words.
fn apostrophe(prose: &Prose<'_>, tally: &mut Tally) {
    let inside = |at: usize, width: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        letter(prose.before(at)) && letter(prose.after(at + width))
    };
    for (at, c) in prose.text.char_indices().filter(|(at, c)| "'’".contains(*c) && inside(*at, c.len_utf8())) {
        if c == '’' {
            tally.keep(1);
            continue;
        }
        let message = msg!("straight apostrophe; write ‘’’");
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message).at(prose.place(at..at + 1));
        tally.slip(match prose.exact(at..at + 1) {
            Some(span) => finding.edit(span, '’'),
            None => finding,
        });
    }
}
