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
        if let Err(fault) = formula::check(text) {
            let start = place.start + fault.range.start;
            let span = self.range_span(start..start + fault.range.len()).or(self.span(whole));
            return self.fail(relay::error(span, fault.problem.message()).with_hint(relay::send(fault.problem.hint())));
        }
        let result = self.evaluate(text, place, whole).map(|value| {
            let content = value.display();
            match content.unpack::<EquationElem>() {
                Ok(equation) => {
                    let equation = EquationElem::new(equation.body).with_block(block).with_alt(Some(text.into()));
                    equation.pack().spanned(self.span(whole))
                }
                Err(content) => content,
            }
        });
        self.take(result)
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
