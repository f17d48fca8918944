//! The notation of a chapter's formulas: what is in TeX's is brought into Typst's, which pages and e-books are made of.

use super::markdown::has_braces;
use super::tex::{self, Fault};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::walk::{self, FormulaMut};
use crate::model::{BlockKind, Chapter, InlineKind, Math, Notation};
use crate::source::Span;

/// Brings formulas into Typst's notation and reports those that cannot be set.
pub(crate) fn convert(chapter: &mut Chapter, math: &Math, sink: &mut Vec<Diagnostic>) {
    let usual = math.notation.unwrap_or_else(|| usual(chapter));
    let mut reader = Reader { math, usual, sink, braced: Vec::new(), uncoloured: Vec::new() };
    walk::formulas_mut(chapter, &mut |formula| reader.read(formula));
    reader.report();
}

/// The notation of a formula that could be of either: that of the others in its chapter.
fn usual(chapter: &Chapter) -> Notation {
    let (mut tex, mut typst) = (0, 0);
    let mut count = |text: &str| {
        tex += usize::from(tex::is_plainly_tex(text));
        typst += usize::from(tex::is_plainly_typst(text));
    };
    walk::chapter_blocks(chapter, &mut |block| {
        if let BlockKind::Math { text, .. } = &block.kind {
            count(text);
        }
    });
    walk::chapter_inlines(chapter, &mut |inline| {
        if let InlineKind::Math { text, .. } = &inline.kind {
            count(text);
        }
    });
    if tex > typst { Notation::Tex } else { Notation::Typst }
}

struct Reader<'a> {
    math: &'a Math,
    usual: Notation,
    sink: &'a mut Vec<Diagnostic>,
    /// Formulas in Typst's notation whose braces are printed.
    braced: Vec<Span>,
    /// Formulas whose colours are left out.
    uncoloured: Vec<Span>,
}

impl Reader<'_> {
    fn read(&mut self, formula: FormulaMut<'_>) {
        let (text, span) = (formula.written, formula.span);
        match self.notation(text) {
            Notation::Typst if has_braces(text) => self.braced.push(span),
            Notation::Typst => {}
            Notation::Tex => match tex::to_typst(text, &self.math.macros) {
                Ok(converted) => {
                    if converted.uncoloured {
                        self.uncoloured.push(span);
                    }
                    let mut set = converted.typst;
                    match (formula.own, converted.tag) {
                        (Some(own), tag) => {
                            *own.tag = tag;
                            *own.id = own.id.take().or(converted.label);
                        }
                        (None, Some(tag)) => set = tex::with_tag(&set, &tag),
                        (None, None) => {}
                    }
                    *formula.set = Some(set);
                }
                Err(fault) => {
                    self.refuse(text, span, fault);
                    *formula.set = Some(tex::as_text(text));
                }
            },
        }
    }

    fn notation(&self, text: &str) -> Notation {
        match self.math.notation {
            Some(notation) => notation,
            None if tex::is_plainly_tex(text) => Notation::Tex,
            None if tex::is_plainly_typst(text) => Notation::Typst,
            None => self.usual,
        }
    }

    fn refuse(&mut self, text: &str, span: Span, fault: Fault) {
        // In a quotation or a list the file has more than the formula: its lines begin with marks.
        let exact = span.range().len() == text.len();
        let part = span.start + fault.range.start..span.start + fault.range.end;
        let place = if exact { Span::new(span.file, part) } else { span };
        let found = Diagnostic::error(codes::BROKEN_FORMULA, fault.reason).at(place);
        self.sink.push(match fault.hint {
            Some(hint) => found.hint(hint),
            None => found,
        });
    }

    fn report(self) {
        if let Some(first) = self.braced.first() {
            let message = match self.braced.len() {
                1 => msg!("the braces in this formula are printed"),
                places => msg!("the braces in this formula are printed; so in {places} places of the chapter", places),
            };
            let found = Diagnostic::warning(codes::LITERAL_MARKUP, message).at(*first);
            self.sink.push(found.hint(msg!("what stands lower or higher is put in `( )`, as in `x_(10)`")));
        }
        if let Some(first) = self.uncoloured.first() {
            let message = match self.uncoloured.len() {
                1 => msg!("the colours of this formula are left out"),
                places => {
                    msg!("the colours of this formula are left out; so in {places} places of the chapter", places)
                }
            };
            let found = Diagnostic::warning(codes::LITERAL_MARKUP, message).at(*first);
            self.sink.push(found.hint(msg!("colours are the layout's; say in words what they are to say")));
        }
    }
}

#[cfg(test)]
#[path = "formulas_tests.rs"]
mod tests;
