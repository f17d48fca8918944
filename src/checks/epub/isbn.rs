use super::super::{Check, Context, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Isbn, Numbers, is_isbn_gap};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("isbn"),
    group: "epub",
    summary: msg!("an ISBN has a wrong check digit or differs from book.yaml"),
    default_level: Severity::Error,
    page: page!("isbn"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let own: Vec<Isbn> = context.book.meta.identifier.values().flat_map(Numbers::all).filter_map(Isbn::read).collect();
    for chapter in context.own_chapters() {
        let text = context.sources.get(chapter.file).text();
        for (start, _) in text.match_indices("ISBN") {
            let Some(end) = end_of_number(text, start) else { continue };
            let Some(isbn) = Isbn::read(&text[start..end]) else { continue };
            let span = Span::new(chapter.file, start..end);
            if !isbn.is_right() {
                let message = msg!("the check digit of this ISBN is wrong: it must be {digit}", digit = isbn.check);
                let hint = msg!("compare it with the number from the ISBN agency");
                found.push(Diagnostic::error(CHECK.name, message).at(span).hint(hint));
            } else if own.iter().all(|other| other.digits != isbn.digits) && !own.is_empty() {
                let message = msg!("this ISBN differs from book.yaml");
                let hint = msg!("write the same number here and under `identifier`");
                found.push(Diagnostic::warning(CHECK.name, message).at(span).hint(hint));
            }
        }
    }
}

/// The end of the number after the word `ISBN` at `start`.
fn end_of_number(text: &str, start: usize) -> Option<usize> {
    let word = start + "ISBN".len();
    let part = |c: char| c.is_ascii_digit() || c == 'X' || is_isbn_gap(c) || matches!(c, ':' | '：');
    let number = &text[word..];
    let end = number.find(|c: char| !part(c)).unwrap_or(number.len());
    let number = number[..end].trim_end_matches(|c: char| is_isbn_gap(c) || matches!(c, ':' | '：'));
    (!number.is_empty()).then_some(word + number.len())
}
