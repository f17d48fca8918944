//! Lists and definitions.

use typst::foundations::{Content, NativeElement, Packed, Smart};
use typst::model::{EnumElem, EnumItem, ListElem, ListItem, ParbreakElem, TermItem, TermsElem};
use typst::syntax::Span;
use typst::text::TextElem;

use super::Lowerer;
use super::block::start_number;
use crate::lang::{self, Width};
use crate::model::{self, Definition};
use crate::typeset::boxes;

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn list(
        &mut self,
        start: Option<usize>,
        tight: bool,
        items: &'m [model::ListItem],
        span: Span,
    ) -> Content {
        let bodies: Vec<_> =
            items.iter().map(|item| (self.item(item, start.is_some()), self.span(item.span))).collect();
        let ticked = items.iter().any(|item| item.done.is_some());
        match start {
            None if ticked => {
                // Their numbers say what stands before each.
                let items = bodies.into_iter().zip(items).map(|((body, span), item)| {
                    let number = Smart::Custom(boxes::number(item.done));
                    Packed::new(EnumItem::new(body).with_number(number)).spanned(span)
                });
                let list = EnumElem::new(items.collect()).with_tight(tight);
                list.with_numbering(boxes::numbering()).pack().spanned(span)
            }
            None => {
                let items = bodies.into_iter().map(|(body, span)| Packed::new(ListItem::new(body)).spanned(span));
                ListElem::new(items.collect()).with_tight(tight).pack().spanned(span)
            }
            Some(start) => {
                let items = bodies.into_iter().map(|(body, span)| Packed::new(EnumItem::new(body)).spanned(span));
                let list = EnumElem::new(items.collect()).with_tight(tight).with_start(start_number(start));
                list.pack().spanned(span)
            }
        }
    }

    /// What an item says; in a numbered list its box comes before it.
    fn item(&mut self, item: &'m model::ListItem, numbered: bool) -> Content {
        let body = self.compact(&item.blocks);
        match item.done.filter(|_| numbered) {
            Some(done) => {
                let sign = format!("{} ", boxes::sign(boxes::number(Some(done))));
                Content::sequence([TextElem::packed(sign), body])
            }
            None => body,
        }
    }

    /// What stands between two terms that are explained together.
    fn comma(&self) -> Content {
        let width = lang::of(&self.scene.chapter.lang).conventions().typography.width;
        TextElem::packed(if width == Width::Full { "、" } else { ", " })
    }

    pub(super) fn terms(&mut self, list: &'m [Definition], span: Span) -> Content {
        let mut items = Vec::new();
        for definition in list {
            let terms = definition.terms.iter().map(|term| self.inlines(term)).collect();
            let term = joined(terms, &self.comma());
            let details = definition.details.iter().map(|details| self.compact(details)).collect();
            let details = joined(details, ParbreakElem::shared());
            items.push(Packed::new(TermItem::new(term, details)).spanned(self.span(definition.span)));
        }
        TermsElem::new(items).pack().spanned(span)
    }
}

/// Contents with something between each two.
fn joined(contents: Vec<Content>, between: &Content) -> Content {
    let mut all = Vec::new();
    for (number, content) in contents.into_iter().enumerate() {
        all.extend((number > 0).then(|| between.clone()));
        all.push(content);
    }
    Content::sequence(all)
}
