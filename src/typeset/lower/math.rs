//! Formulas: Typst's own math, evaluated in place so that its errors point into the Markdown.

use comemo::{Track, TrackedMut};
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Content, Context, NativeElement, Scope, Value};
use typst::introspection::EmptyIntrospector;
use typst::math::EquationElem;
use typst::routines::SpanMode;
use typst::syntax::{RangeMapper, SyntaxKind, SyntaxMode, SyntaxNode, parse_math};

use super::Lowerer;
use crate::source;

impl Lowerer<'_, '_, '_> {
    /// A formula whose text stands at `formula`; `whole` holds the dollars too.
    pub(super) fn math(&mut self, text: &str, formula: source::Span, whole: source::Span, block: bool) -> Content {
        if let Err(error) = self.no_code(text, formula, whole) {
            return self.fail(error);
        }
        let result = self.evaluate(text, formula, whole).map(|value| {
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

    fn evaluate(&mut self, text: &str, formula: source::Span, whole: source::Span) -> SourceResult<Value> {
        let outer = self.span(whole);
        let range = formula.range();
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

    /// A manuscript runs no code, so a formula holds none.
    fn no_code(&self, text: &str, formula: source::Span, whole: source::Span) -> Result<(), SourceDiagnostic> {
        let mut root = parse_math(text);
        if let Ok(mapper) = RangeMapper::new([formula.range()]) {
            // A formula longer than its place keeps detached spans; the whole formula is shown then.
            let _ = root.synthesize_mapped(self.scene.file, &mapper);
        }
        match find(&root, SyntaxKind::Hash) {
            None => Ok(()),
            Some(node) => {
                let span = node.span().or(self.span(whole));
                let error = SourceDiagnostic::error(span, "a formula cannot hold Typst code");
                Err(error.with_hint("write `\\#` for the sign itself"))
            }
        }
    }
}

fn find(node: &SyntaxNode, kind: SyntaxKind) -> Option<&SyntaxNode> {
    if node.kind() == kind {
        return Some(node);
    }
    node.children().find_map(|child| find(child, kind))
}
