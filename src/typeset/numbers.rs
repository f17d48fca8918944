//! The numbers of figures and formulas on the pages: those of the book's outline, in whatever order a layout draws.
//!
//! Typst counts figures where they come to stand, and shows a count through the figure's `numbering`. Unless a layout sets
//! another, that is [`shown`], which looks up which figure of the manuscript the count is of. So captions, references and
//! lists of figures have the outline's number, and a layout that wants to count by itself still can.

use std::ops::Range;

use comemo::Tracked;
use typst::Library;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Array, Context, Dict, IntoValue, Selector, Str, Value};
use typst::introspection::QueryFirstIntrospection;
use typst::math::EquationElem;
use typst::model::{FigureElem, Numbering, NumberingPattern};
use typst::syntax::{Span, SpanKind, Spanned};

use super::reading::{Reading, read_path};
use super::sections;
use crate::outline::{Outline, Part};

/// The name in the module `dama` under which [`all`] is kept for the native functions.
pub(super) const NAME: &str = "numbers";

/// For every chapter by its path the numbers of what is numbered in it, in the order of [`numbered`](crate::outline::numbered). Places are left out:
/// the pages are set anew only when a number changes, not when a letter is typed.
pub(super) fn all(outline: &Outline<'_>) -> Value {
    let mut found = Dict::new();
    for chapter in outline.parts().iter().flat_map(Part::chapters) {
        let numbers = outline.numbers(chapter);
        if !numbers.is_empty() {
            let numbers: Array = numbers.into_iter().map(IntoValue::into_value).collect();
            found.insert(Str::from(chapter.path.as_str()), numbers.into_value());
        }
    }
    found.into_value()
}

/// The number of the block of a chapter that stands in a place, if it has one.
pub(super) fn of(library: &Library, reading: &Reading, place: Range<usize>) -> Option<Str> {
    let at = *reading.numbered.get(&(place.start, place.end))?;
    sections::kept(library, NAME, &reading.chapter.path, at)
}

/// Shows the count of a figure: its number in the outline, or the count itself for a figure that the layout made.
pub(super) fn shown(engine: &mut Engine, context: Tracked<Context>, counts: &[u64], span: Span) -> SourceResult<Value> {
    if let Some(number) = here(engine, context, span)
        && counts.len() == 1
    {
        return Ok(number.into_value());
    }
    let pattern: NumberingPattern = "1".parse().expect("a pattern");
    Numbering::Pattern(pattern).apply(engine, context, span, counts)
}

/// The number of the figure or formula that stands where a count is asked for.
fn here(engine: &mut Engine, context: Tracked<Context>, span: Span) -> Option<Str> {
    let location = context.location().ok()?;
    let figure = engine.introspect(QueryFirstIntrospection(Selector::Location(location), span))?;
    if !figure.is::<FigureElem>() && !figure.is::<EquationElem>() {
        return None;
    }
    let SpanKind::Range { id, range } = figure.span().get() else { return None };
    let path = Str::from(id.get().vpath().get_without_slash());
    let reading = read_path(engine, &Spanned::new(path, span)).ok()?;
    of(engine.library, &reading, range)
}
