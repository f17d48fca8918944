//! What a layout has to say of the manuscript: that it could not set something as it stands there.
//!
//! A layout lays out some things more than once, to measure them. So what it says is a mark in what it sets, and only a
//! mark that is on the pages is a finding.

use typst::foundations::{Content, IntoValue, NativeElement, Selector, Str, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::syntax::SpanKind;
use typst_layout::PagedDocument;

use super::{Job, convert, diagnostics};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// The label of the marks.
const REMARK: &str = "dama-remark";

/// What a layout can say of a table.
const WIDE: [&str; 3] = ["smaller", "turned", "broken"];

/// A mark that says something of what it is about.
///
/// # Errors
/// The remarks that there are, if this is none of them.
pub(super) fn mark(about: &Content, what: &Str) -> Result<Content, String> {
    if !WIDE.contains(&what.as_str()) {
        return Err(WIDE.join(", "));
    }
    let mark = MetadataElem::new(what.clone().into_value()).pack().spanned(about.span());
    Ok(match convert::label(REMARK) {
        Some(label) => mark.labelled(label),
        None => mark,
    })
}

/// The findings of the marks on the pages.
pub(super) fn findings(job: &Job<'_>, document: &PagedDocument) -> Vec<Diagnostic> {
    let Some(label) = convert::label(REMARK) else { return Vec::new() };
    let marks = document.introspector().query(&Selector::Label(label));
    marks.iter().filter_map(|mark| finding(job, document, mark)).collect()
}

fn finding(job: &Job<'_>, document: &PagedDocument, mark: &Content) -> Option<Diagnostic> {
    let SpanKind::Range { id, range } = mark.span().get() else { return None };
    let place = diagnostics::at(job.sources, id, range)?;
    let page = document.introspector().page(mark.location()?)?.get();
    let Value::Str(what) = &mark.to_packed::<MetadataElem>()?.value else { return None };
    let message = match what.as_str() {
        "smaller" => msg!("the table is too wide for page {page}; it is set in smaller type", page),
        "turned" => msg!("the table is too wide for page {page}; it is turned", page),
        _ => msg!("the table is too wide for page {page}; words in its cells are broken", page),
    };
    let hint = msg!("give it fewer columns or shorter words, or make two tables of it");
    Some(Diagnostic::warning(codes::FITTED_TABLE, message).at(place).hint(hint))
}
