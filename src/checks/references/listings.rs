//! Two listings that are compared, and the places in them.

use super::listing::Listing;
use crate::align::Unit;
use crate::checks::Context;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::source::Span;

/// Two listings, and the units that they are.
#[derive(Clone, Copy)]
pub(super) struct Listings<'a, 'l, 't> {
    pub(super) context: &'a Context<'a>,
    /// The code of the check that compares them.
    pub(super) code: Code,
    /// That of the source, and that of the translation.
    pub(super) units: [&'a Unit<'a>; 2],
    pub(super) theirs: &'l Listing<'t>,
    pub(super) ours: &'l Listing<'t>,
}

impl Listings<'_, '_, '_> {
    /// A finding at a line of the translation, with that of the source beside it.
    pub(super) fn at(&self, severity: Severity, message: Message, [theirs, ours]: [usize; 2]) -> Diagnostic {
        let [source, target] = self.units;
        Diagnostic::new(severity, self.code, message)
            .at(line_of(self.context, target, ours))
            .label(line_of(self.context, source, theirs), msg!("in {language}", language = source.lang.name()))
    }
}

/// The place of a line of a code block, counted from 0 after the fence.
pub(super) fn line_of(context: &Context<'_>, unit: &Unit<'_>, number: usize) -> Span {
    let file = context.sources.get(unit.span.file);
    let fenced = context.sources.snippet(unit.span).trim_start().starts_with(['`', '~']);
    let line = file.position(unit.span.start).line + number + usize::from(fenced);
    let (start, end) = (file.line_start(line).max(unit.span.start), file.line_start(line + 1).min(unit.span.end));
    let end = end.max(start);
    Span::new(unit.span.file, start..start + file.slice(start..end).trim_end().len())
}
