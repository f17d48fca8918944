//! Figures: whatever has a number and a caption, or stands in their place without them.

use std::borrow::Cow;

use typst::foundations::{Array, Content, Dict, IntoValue, NativeElement, Packed, Smart, Value};
use typst::introspection::MetadataElem;
use typst::layout::{Abs, BlockBody, BlockElem, Em};
use typst::math::EquationElem;
use typst::model::{FigureCaption, FigureElem, FigureKind, TableElem};
use typst::syntax::Span;
use typst::text::{RawElem, TextElem, TextSize};
use typst::visualize::ImageElem;

use super::Lowerer;
use crate::chart::describe;
use crate::model::{Block, BlockKind, Chart, Extent, Figure, Image, Inline, InlineKind, Lang};
use crate::outline::Series;
use crate::typeset::convert;

/// The label of the marks at what has a credit.
const CREDIT: &str = "dama-credit";

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn figure(&mut self, figure: &'m Figure, id: Option<&str>, span: Span) -> Content {
        let shown = self.inside(|lowerer| lowerer.what_it_shows(figure, span));
        let mut element = FigureElem::new(shown).with_kind(Smart::Custom(kind(Series::of(&figure.body))));
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
        if let Some(alt) = figure.body.iter().find_map(|block| alt(block, &self.scene.chapter.lang)) {
            element = element.with_alt(Some(alt.as_ref().into()));
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

    /// What a figure shows, side by side if it is wanted so, and below it whose it is.
    fn what_it_shows(&mut self, figure: &'m Figure, span: Span) -> Content {
        let (shown, notes) = figure.shown_and_notes();
        let has_parts = shown.iter().any(|block| part(block).is_some());
        let mut body = match figure.columns.filter(|columns| *columns > 1) {
            None if !has_parts => Content::sequence(shown.iter().map(|block| self.shown(block)).collect::<Vec<_>>()),
            columns => self.beside(shown, columns.unwrap_or(1), span),
        };
        if !notes.is_empty() {
            body = Content::sequence([body, self.table_notes(notes, span)]);
        }
        match self.credit(figure, span) {
            // The layout's credit line tells how far below it stands.
            Some(credit) => {
                let body = BlockElem::new().with_body(Some(BlockBody::Content(body)));
                let body = body.with_below(Smart::Custom(Abs::zero().into())).pack().spanned(span);
                Content::sequence([body, self.credit_mark(figure, None, span), credit])
            }
            None => body,
        }
    }

    /// The parts of a figure as the layout sets them beside each other; without it, each below the one before it.
    fn beside(&mut self, shown: &'m [Block], columns: u8, span: Span) -> Content {
        let cells: Vec<_> = shown.iter().map(|block| self.piece(block, columns > 1)).collect();
        if let Ok(Value::Func(function)) = self.scene.blocks.get("parts") {
            let function = function.clone();
            let cells: Array = cells.iter().map(|cell| cell.clone().into_value()).collect();
            let value = convert::dict([("columns", i64::from(columns).into_value()), ("cells", cells.into_value())]);
            return self.call("parts", &function, span, vec![value.into_value()]).unwrap_or_else(|| self.mark(span));
        }
        let parts = cells.into_iter().flat_map(|mut cell| ["body", "words"].map(|key| cell.take(key).ok()));
        Content::sequence(parts.flatten().filter_map(|part| part.cast::<Option<Content>>().ok().flatten()))
    }

    /// A part of a figure: what it shows, what is said of it, and how many times as wide as high it is, if it is a picture
    /// that may take any width.
    fn piece(&mut self, block: &'m Block, is_wide: bool) -> Dict {
        let figure = part(block);
        let body = figure.map_or(std::slice::from_ref(block), |figure| &figure.body);
        let lone = lone_picture(body).filter(|image| is_wide && image.width.is_none() && image.height.is_none());
        let ratio = lone.and_then(|image| self.ratio(image));
        let span = self.span(block.span);
        let shown = match lone.filter(|_| !self.scene.broken.loses(block.span)) {
            Some(image) => {
                let filled = Image { width: Extent::read("100%"), ..image.clone() };
                self.image(&filled, span).unwrap_or_else(|| self.mark(span))
            }
            None => Content::sequence(body.iter().map(|block| self.shown(block)).collect::<Vec<_>>()),
        };
        let words = figure.and_then(|figure| self.words_of_part(figure, span));
        convert::dict([
            ("body", self.anchored(block.id.as_deref(), shown).into_value()),
            ("words", words.map_or(Value::None, IntoValue::into_value)),
            ("ratio", ratio.map_or(Value::None, IntoValue::into_value)),
        ])
    }

    /// The letter of a part, its caption and its credit.
    fn words_of_part(&mut self, figure: &'m Figure, span: Span) -> Option<Content> {
        let letter = figure.part?;
        let space = if figure.caption.is_empty() { "" } else { "\u{2002}" };
        let sign = TextElem::packed(format!("({letter}){space}")).spanned(span);
        let caption = self.inlines(&figure.caption);
        let credit = self.credit(figure, span);
        let mark = self.credit_mark(figure, None, span);
        Some(Content::sequence([sign, caption].into_iter().chain(credit).chain([mark])))
    }

    /// The picture at the opening of a chapter, its credit line, how many times as wide as high it is, where it is to stand and
    /// which point of it stays in sight.
    pub(super) fn opening(&mut self, block: &'m Block) -> Option<Dict> {
        let BlockKind::Figure(figure) = &block.kind else { return None };
        let image = lone_picture(&figure.body).filter(|_| !self.scene.broken.loses(block.span))?;
        let span = self.span(block.span);
        let ratio = self.ratio(image)?;
        let picture = self.image(image, span)?;
        let credit = self.credit(figure, span);
        let path = format!("/{}", self.scene.chapter.path);
        let picture = Content::sequence([self.credit_mark(figure, Some(&path), span), picture]);
        let share = |thousandths: u32| (f64::from(thousandths) / 1000.0).into_value();
        let focus: Array = [image.focus.across, image.focus.down].into_iter().map(share).collect();
        Some(convert::dict([
            ("image", picture.into_value()),
            ("credit", credit.map_or(Value::None, IntoValue::into_value)),
            ("ratio", ratio.into_value()),
            ("place", image.place.name().into_value()),
            ("focus", focus.into_value()),
        ]))
    }

    /// A credit line as the layout sets it; without it, in small letters.
    fn credit(&mut self, figure: &'m Figure, span: Span) -> Option<Content> {
        let body = self.credit_words(figure, span)?;
        if let Ok(Value::Func(function)) = self.scene.blocks.get("credit") {
            let function = function.clone();
            return self.call("credit", &function, span, vec![body.into_value()]);
        }
        let small = body.set(TextElem::size, TextSize(Em::new(0.8).into()));
        Some(BlockElem::packed(small).spanned(span))
    }

    /// The words of a credit line.
    pub(super) fn credit_words(&mut self, figure: &'m Figure, span: Span) -> Option<Content> {
        let line = figure.credit_line(self.scene.chapter.lang.export_words());
        let mut words = Vec::new();
        for (before, run) in line {
            if !before.is_empty() {
                words.push(TextElem::packed(before).spanned(span));
            }
            words.push(self.inlines(run));
        }
        (!words.is_empty()).then(|| Content::sequence(words))
    }

    /// What layouts make the list of credits of, where there is a credit; `opens` is the path of the chapter that the picture opens.
    fn credit_mark(&mut self, figure: &'m Figure, opens: Option<&str>, span: Span) -> Content {
        let Some((words, label)) = self.credit_words(figure, span).zip(convert::label(CREDIT)) else {
            return Content::empty();
        };
        let value = convert::dict([
            ("credit", words.into_value()),
            ("opens", convert::text(opens)),
            ("alt", convert::text(lone_picture(&figure.body).map(|image| image.alt.as_str()))),
        ]);
        MetadataElem::new(value.into_value()).pack().spanned(span).labelled(label)
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
        let alt = describe(chart, &self.scene.chapter.lang);
        element = element.with_alt(Some(alt.as_ref().into()));
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

/// The part of a figure that a block is.
fn part(block: &Block) -> Option<&Figure> {
    match &block.kind {
        BlockKind::Figure(figure) => Some(figure).filter(|figure| figure.part.is_some()),
        _ => None,
    }
}

/// The picture that is all there is.
fn lone_picture(body: &[Block]) -> Option<&Image> {
    let [Block { kind: BlockKind::Paragraph(run), .. }] = body else { return None };
    match &run[..] {
        [Inline { kind: InlineKind::Image(image), .. }] => Some(image),
        _ => None,
    }
}

/// A chart's sentence for those who cannot see it; pictures carry their own.
fn alt<'b>(block: &'b Block, lang: &Lang) -> Option<Cow<'b, str>> {
    match &block.kind {
        BlockKind::Chart(chart) => Some(describe(chart, lang)),
        _ => None,
    }
}
