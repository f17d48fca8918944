//! Figures: whatever has a number and a caption, or stands in their place without them.

use typst::foundations::{Content, IntoValue, NativeElement, Packed, Smart, Value};
use typst::math::EquationElem;
use typst::model::{FigureCaption, FigureElem, FigureKind, TableElem};
use typst::syntax::Span;
use typst::text::{RawElem, TextElem};
use typst::visualize::ImageElem;

use super::Lowerer;
use crate::model::{Block, BlockKind, Chart, Figure};
use crate::outline::Series;

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn figure(&mut self, figure: &'m Figure, id: Option<&str>, span: Span) -> Content {
        let (shown, notes) = figure.parts();
        let mut parts: Vec<_> = self.inside(|lowerer| shown.iter().map(|block| lowerer.shown(block)).collect());
        if !notes.is_empty() {
            parts.push(self.table_notes(notes, span));
        }
        let mut element =
            FigureElem::new(Content::sequence(parts)).with_kind(Smart::Custom(kind(Series::of(&figure.body))));
        if !figure.caption.is_empty() {
            let caption = FigureCaption::new(self.inlines(&figure.caption));
            element = element.with_caption(Some(Packed::new(caption)));
        }
        // What has no caption is not counted, and belongs to the text that it stands in.
        if figure.caption.is_empty() {
            element = element.with_numbering(None);
        }
        if figure.caption.is_empty() || figure.here || self.enclosed > 0 {
            element = element.with_placement(None);
        }
        if let Some(alt) = figure.body.iter().find_map(alt) {
            element = element.with_alt(Some(alt.into()));
        }
        self.labelled(id, element.pack().spanned(span))
    }

    /// The notes below a table, as the layout sets them, if it does.
    fn table_notes(&mut self, notes: &'m [Block], span: Span) -> Content {
        let notes = self.inside(|lowerer| lowerer.flow(notes));
        match self.scene.blocks.get("table-notes") {
            Ok(Value::Func(function)) => {
                let function = function.clone();
                self.call("table-notes", &function, span, vec![notes.clone().into_value()]).unwrap_or(notes)
            }
            _ => notes,
        }
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

    /// A chart that stands alone gets its title as caption, and with it a number.
    pub(super) fn numbered_chart(&mut self, chart: &'m Chart, id: Option<&str>, span: Span) -> Content {
        let drawn = self.chart(chart, span);
        let mut element = FigureElem::new(drawn).with_kind(Smart::Custom(kind(Series::Figure)));
        if let Some(alt) = &chart.alt {
            element = element.with_alt(Some(alt.as_str().into()));
        }
        if self.enclosed > 0 {
            element = element.with_placement(None);
        }
        match chart.title.as_ref().filter(|title| !title.trim().is_empty()) {
            Some(title) => {
                let caption = FigureCaption::new(TextElem::packed(title.as_str()).spanned(span));
                element = element.with_caption(Some(Packed::new(caption)));
            }
            None => element = element.with_numbering(None).with_placement(None),
        }
        self.labelled(id, element.pack().spanned(span))
    }
}

/// What Typst counts a figure with.
pub(in crate::typeset) fn kind(series: Series) -> FigureKind {
    FigureKind::Elem(match series {
        Series::Figure => ImageElem::ELEM,
        Series::Table => TableElem::ELEM,
        Series::Listing => RawElem::ELEM,
        Series::Formula => EquationElem::ELEM,
    })
}

/// A chart's sentence for those who cannot see it; pictures carry their own.
fn alt(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Chart(chart) => chart.alt.as_deref(),
        _ => None,
    }
}
