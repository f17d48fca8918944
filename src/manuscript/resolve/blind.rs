//! Headings of the index that send the reader to a heading that it does not have.

use std::collections::BTreeSet;

use crate::codes;
use crate::diagnostic::{Diagnostic, Slips};
use crate::model::{Book, IndexEntry, InlineKind, Lang, walk};
use crate::source::Span;

/// Reports them for a language.
pub(super) fn report(book: &Book, lang: &Lang, slips: &mut Slips, sink: &mut Vec<Diagnostic>) {
    let (mut known, mut sent) = (BTreeSet::new(), Vec::new());
    for chapter in book.chapters(lang) {
        walk::chapter_inlines(chapter, &mut |inline| {
            let InlineKind::Index(entry) = &inline.kind else { return };
            known.insert(entry.heading.to_lowercase());
            known.extend(entry.sub.as_ref().map(|sub| sub.to_lowercase()));
            sent.extend(leads(entry).map(|heading| (heading.to_owned(), inline.span)));
        });
    }
    let forms = book.glossary.terms.iter().flat_map(|term| term.forms(lang));
    known.extend(forms.map(|form| form.value.to_lowercase()));
    for (heading, span) in sent.iter().filter(|(heading, _)| !is_known(&known, heading)) {
        sink.push(finding(&known, heading, *span, slips));
    }
}

fn leads(entry: &IndexEntry) -> impl Iterator<Item = &str> {
    entry.see.iter().chain(&entry.also).map(String::as_str)
}

/// A heading may be named with the words below it: `灯：灯芯`.
fn is_known(known: &BTreeSet<String>, heading: &str) -> bool {
    let heading = heading.to_lowercase();
    let above = heading.split([',', '，', ':', '：']).next().unwrap_or_default().trim();
    known.contains(&heading) || known.contains(above)
}

fn finding(known: &BTreeSet<String>, heading: &str, span: Span, slips: &mut Slips) -> Diagnostic {
    let hint = match slips.nearest(heading, known.iter().map(String::as_str)) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("mark the places that it is about, `[{heading}]{{.index}}`", heading),
    };
    Diagnostic::warning(codes::UNKNOWN_ID, msg!("the index has no heading `{heading}`", heading)).at(span).hint(hint)
}
