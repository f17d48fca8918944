//! Formulas of an edition as MathML, set all at once.

use std::collections::BTreeMap;

use super::plan::Plan;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{self, BlockKind, Chapter, InlineKind, walk};
use crate::source::Span;
use crate::typeset::{Formula, mathml};

/// MathML by the formula's own place.
pub(super) type Formulas = BTreeMap<Span, String>;

/// Sets every formula; one that Typst does not understand is reported.
pub(super) fn formulas(chapters: &[Chapter], plan: &Plan<'_>, diagnostics: &mut Vec<Diagnostic>) -> Formulas {
    let (spans, texts) = collect(chapters, plan);
    if texts.is_empty() {
        return Formulas::new();
    }
    let mut formulas = Formulas::new();
    for (span, made) in spans.into_iter().zip(mathml(&texts)) {
        match made {
            Ok(markup) => {
                formulas.insert(span, markup);
            }
            Err(reason) => diagnostics.push(
                Diagnostic::error(codes::BROKEN_FORMULA, msg!("this formula cannot be set: {reason}", reason))
                    .at(span)
                    .hint(msg!("write it in Typst's math notation")),
            ),
        }
    }
    formulas
}

fn collect(chapters: &[Chapter], plan: &Plan<'_>) -> (Vec<Span>, Vec<Formula>) {
    let mut found = BTreeMap::new();
    // The heads of translations stand in no merged chapter.
    for line in plan.outline.parts().iter().filter_map(|part| part.translation).flat_map(Chapter::head) {
        walk::inlines(&line.run, &mut |inline| {
            if let InlineKind::Math { text, span, set } = &inline.kind {
                found.insert(*span, formula(text, set.as_ref(), false, *span, plan));
            }
        });
    }
    for chapter in chapters {
        walk::chapter_blocks(chapter, &mut |block| {
            if let BlockKind::Math { text, span, set, .. } = &block.kind {
                found.insert(*span, formula(text, set.as_ref(), true, *span, plan));
            }
        });
        walk::chapter_inlines(chapter, &mut |inline| {
            if let InlineKind::Math { text, span, set } = &inline.kind {
                found.insert(*span, formula(text, set.as_ref(), false, *span, plan));
            }
        });
    }
    found.into_iter().unzip()
}

fn formula(written: &str, set: Option<&String>, display: bool, span: Span, plan: &Plan<'_>) -> Formula {
    let number = |name: &str| plan.outline.number(name, span.file);
    let set = set.map(|set| model::formula::with_numbers(set, number));
    Formula { notation: set.unwrap_or_else(|| written.to_owned()), written: written.to_owned(), display }
}
