//! Lists and definitions.

use typst::foundations::{Content, NativeElement, Packed};
use typst::model::{EnumElem, EnumItem, ListElem, ListItem, TermItem, TermsElem};
use typst::syntax::Span;

use super::Lowerer;
use super::block::start_number;
use crate::model::{self, Definition};

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn list(
        &mut self,
        start: Option<usize>,
        tight: bool,
        items: &'m [model::ListItem],
        span: Span,
    ) -> Content {
        let bodies: Vec<_> = items.iter().map(|item| (self.compact(&item.blocks), self.span(item.span))).collect();
        match start {
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

    pub(super) fn terms(&mut self, list: &'m [Definition], span: Span) -> Content {
        let mut items = Vec::new();
        for definition in list {
            let term = self.inlines(&definition.term);
            let details = self.compact(&definition.details);
            items.push(Packed::new(TermItem::new(term, details)).spanned(self.span(definition.span)));
        }
        TermsElem::new(items).pack().spanned(span)
    }
}
