//! Figures: whatever has a number and a caption.

use typst::foundations::{Content, NativeElement, Packed, Smart};
use typst::model::{FigureCaption, FigureElem, FigureKind, TableElem};
use typst::syntax::Span;
use typst::text::{RawElem, TextElem};
use typst::visualize::ImageElem;

use super::Lowerer;
use crate::model::{Block, BlockKind, Chart, Figure};
use crate::outline::Series;

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn figure(&mut self, figure: &'m Figure, id: Option<&str>, span: Span) -> Content {
        let parts: Vec<_> = figure.body.iter().map(|block| self.shown(block)).collect();
        let mut element =
            FigureElem::new(Content::sequence(parts)).with_kind(Smart::Custom(kind(Series::of(&figure.body))));
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
        let mut element = FigureElem::new(drawn).with_kind(Smart::Custom(kind(Series::Figure)));
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

/// What Typst counts a figure with.
pub(super) fn kind(series: Series) -> FigureKind {
    FigureKind::Elem(match series {
        Series::Figure => ImageElem::ELEM,
        Series::Table => TableElem::ELEM,
        Series::Listing => RawElem::ELEM,
    })
}

/// A chart's sentence for those who cannot see it; pictures carry their own.
fn alt(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Chart(chart) => chart.alt.as_deref(),
        _ => None,
    }
}
