//! Formulas: Typst's own math, evaluated in place so that its errors point into the Markdown.

use comemo::{Track, TrackedMut};
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Content, Context, NativeElement, Scope, Value};
use typst::introspection::EmptyIntrospector;
use typst::math::EquationElem;
use typst::routines::SpanMode;
use typst::syntax::{RangeMapper, SyntaxMode};

use super::Lowerer;
use crate::source;
use crate::typeset::{formula, relay};

impl Lowerer<'_, '_, '_> {
    /// A formula whose text stands at `place`; `whole` holds the dollars too.
    pub(super) fn math(&mut self, text: &str, place: source::Span, whole: source::Span, block: bool) -> Content {
        let outer = self.span(whole);
        if let Err(fault) = formula::check(text) {
            let start = place.start + fault.range.start;
            let span = self.range_span(start..start + fault.range.len()).or(outer);
            self.report(relay::error(span, fault.problem.message()).with_hint(relay::send(fault.problem.hint())));
            return marked(self.mark(outer), text, block).spanned(outer);
        }
        let result = self.evaluate(text, place, whole);
        let Some(value) = self.take(result) else { return marked(self.mark(outer), text, block).spanned(outer) };
        match value.display().unpack::<EquationElem>() {
            Ok(equation) => {
                let equation = EquationElem::new(equation.body).with_block(block).with_alt(Some(text.into()));
                equation.pack().spanned(outer)
            }
            Err(content) => content,
        }
    }

    fn evaluate(&mut self, text: &str, place: source::Span, whole: source::Span) -> SourceResult<Value> {
        let outer = self.span(whole);
        let range = place.range();
        let mapper = RangeMapper::new([range]).map_err(|why| [SourceDiagnostic::error(outer, why)])?;
        let context = Context::none();
        let introspector = EmptyIntrospector;
        let introspector: &dyn typst::introspection::Introspector = &introspector;
        (self.engine.library.routines.eval_string)(
            self.engine.world,
            self.engine.library,
            TrackedMut::reborrow_mut(&mut self.engine.sink),
            introspector.track(),
            context.track(),
            text,
            SpanMode::Mapped { id: self.scene.file, mapper: &mapper, mapper_error_span: outer },
            SyntaxMode::Math,
            Scope::new(),
        )
    }
}

/// The mark of a formula: in a block a formula all the same, which is numbered and referred to as one.
pub(super) fn marked(mark: Content, text: &str, block: bool) -> Content {
    if block { EquationElem::new(mark).with_block(true).with_alt(Some(text.into())).pack() } else { mark }
}
