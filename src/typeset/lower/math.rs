//! Formulas: Typst's own math, evaluated in place so that its errors point into the Markdown.

use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Content, NativeElement, StyleChain, Value};
use typst::math::EquationElem;
use typst::model::FigureElem;
use typst::routines::SpanMode;
use typst::syntax::{RangeMapper, Span};

use super::Lowerer;
use crate::source;
use crate::typeset::{equations, formula, relay};

impl Lowerer<'_, '_, '_> {
    /// A formula whose text stands at `place`; `whole` holds the dollars too. `set` is the formula in Typst's notation where it
    /// is written in another one: faults in it have no place but the formula's.
    pub(super) fn math(
        &mut self,
        written: &str,
        set: Option<&str>,
        place: source::Span,
        whole: source::Span,
        block: bool,
    ) -> Content {
        let outer = self.span(whole);
        if let Some(set) = set {
            return self.converted(written, set, outer, block);
        }
        if let Err(fault) = formula::check(written) {
            let start = place.start + fault.range.start;
            let span = self.range_span(start..start + fault.range.len()).or(outer);
            self.report(relay::error(span, fault.problem.message()).with_hint(relay::send(fault.problem.hint())));
            return marked(self.mark(outer), written, block).spanned(outer);
        }
        let result = self.evaluate(written, place, whole);
        self.equation(result, written, outer, block)
    }

    fn converted(&mut self, written: &str, set: &str, span: Span, block: bool) -> Content {
        let set = equations::numbered(self.engine.library, &self.scene.chapter.path, set);
        let result = match formula::check(&set) {
            Ok(()) => formula::evaluated(self.engine, &set, SpanMode::Uniform(span)),
            Err(fault) => Err([relay::error(span, fault.problem.message())].into()),
        };
        self.equation(result, written, span, block)
    }

    /// What a formula came to, read aloud as it is written; its mark if it came to nothing.
    fn equation(&mut self, result: SourceResult<Value>, written: &str, span: Span, block: bool) -> Content {
        let Some(value) = self.take(result) else { return marked(self.mark(span), written, block).spanned(span) };
        match value.display().unpack::<EquationElem>() {
            Ok(equation) => {
                let equation = EquationElem::new(equation.body).with_block(block).with_alt(Some(written.into()));
                equation.pack().spanned(span)
            }
            Err(content) => content,
        }
    }

    /// A display formula with its number, which is shown as that of a figure is.
    pub(super) fn numbered(&self, formula: Content) -> Content {
        let numbering = StyleChain::new(&self.engine.library.styles).get_cloned(FigureElem::numbering);
        let span = formula.span();
        match formula.unpack::<EquationElem>() {
            Ok(equation) => equation.with_numbering(numbering).pack().spanned(span),
            Err(content) => content,
        }
    }

    fn evaluate(&mut self, text: &str, place: source::Span, whole: source::Span) -> SourceResult<Value> {
        let outer = self.span(whole);
        let range = place.range();
        let mapper = RangeMapper::new([range]).map_err(|why| [SourceDiagnostic::error(outer, why)])?;
        let mode = SpanMode::Mapped { id: self.scene.file, mapper: &mapper, mapper_error_span: outer };
        formula::evaluated(self.engine, text, mode)
    }
}

/// The mark of a formula: in a block a formula all the same, which is numbered and referred to as one.
pub(super) fn marked(mark: Content, text: &str, block: bool) -> Content {
    if block { EquationElem::new(mark).with_block(true).with_alt(Some(text.into())).pack() } else { mark }
}
