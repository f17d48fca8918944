//! Figures: whatever has a number and a caption.

use typst::foundations::{Content, NativeElement, Packed, Smart};
use typst::model::{FigureCaption, FigureElem, FigureKind, TableElem};
use typst::syntax::Span;
use typst::text::{RawElem, TextElem};
use typst::visualize::ImageElem;

use super::Lowerer;
use crate::model::{Block, BlockKind, Chart, Figure, walk};

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn figure(&mut self, figure: &'m Figure, id: Option<&str>, span: Span) -> Content {
        let parts: Vec<_> = figure.body.iter().map(|block| self.shown(block)).collect();
        let mut element = FigureElem::new(Content::sequence(parts)).with_kind(Smart::Custom(kind(&figure.body)));
        if !figure.caption.is_empty() {
            let caption = FigureCaption::new(self.inlines(&figure.caption));
            element = element.with_caption(Some(Packed::new(caption)));
        }
        if let Some(alt) = figure.body.iter().find_map(alt) {
            element = element.with_alt(Some(alt.into()));
        }
        self.labelled(id, element.pack().spanned(span))
    }

    /// What a figure shows: a chart in it is drawn bare, because the figure has the number.
    fn shown(&mut self, block: &'m Block) -> Content {
        match &block.kind {
            BlockKind::Chart(chart) => {
                let chart = self.chart(chart, self.span(block.span));
                self.anchored(block.id.as_deref(), chart)
            }
            _ => self.block(block),
        }
    }

    /// A chart that stands alone gets a number, and its title as caption.
    pub(super) fn numbered_chart(&mut self, chart: &'m Chart, id: Option<&str>, span: Span) -> Content {
        let drawn = self.chart(chart, span);
        let mut element = FigureElem::new(drawn).with_kind(Smart::Custom(FigureKind::Elem(ImageElem::ELEM)));
        if let Some(alt) = &chart.alt {
            element = element.with_alt(Some(alt.as_str().into()));
        }
        if let Some(title) = &chart.title {
            let caption = FigureCaption::new(TextElem::packed(title.as_str()).spanned(span));
            element = element.with_caption(Some(Packed::new(caption)));
        }
        self.labelled(id, element.pack().spanned(span))
    }
}

/// What a figure counts as: the first table or listing or chart in it decides. Charts count with the pictures,
/// because a reader expects one row of numbers.
fn kind(body: &[Block]) -> FigureKind {
    let mut kind = None;
    walk::blocks(body, &mut |block| {
        let found = match &block.kind {
            BlockKind::Table(_) => Some(TableElem::ELEM),
            BlockKind::Code { .. } => Some(RawElem::ELEM),
            BlockKind::Chart(_) | BlockKind::Qr(_) => Some(ImageElem::ELEM),
            _ => None,
        };
        kind = kind.or(found);
    });
    FigureKind::Elem(kind.unwrap_or(ImageElem::ELEM))
}

/// A chart's sentence for those who cannot see it; pictures carry their own.
fn alt(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Chart(chart) => chart.alt.as_deref(),
        _ => None,
    }
}
