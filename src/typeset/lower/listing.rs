//! Code as a block of its own.

use std::ops::Range;

use typst::ecow::EcoString;
use typst::foundations::{Array, Content, Dict, IntoValue, NativeElement, Value};
use typst::model::ParElem;
use typst::text::{RawContent, RawElem};

use super::Lowerer;
use crate::model::Fence;
use crate::source;
use crate::typeset::{code, convert, highlight};

impl<'m> Lowerer<'_, '_, 'm> {
    /// A listing, with what its fence says of it drawn by the layout. One that draws nothing of it has the title above the code.
    pub(super) fn listing(&mut self, lang: Option<&str>, text: &str, fence: &'m Fence, block: source::Span) -> Content {
        let code = self.code_lines(lang, text, fence, block);
        if fence.is_plain() {
            return code;
        }
        let span = self.span(block);
        let title = (!fence.title.is_empty()).then(|| self.inside(|lowerer| lowerer.inlines(&fence.title)));
        if let Ok(Value::Func(function)) = self.scene.blocks.get("listing") {
            let function = function.clone();
            let about = about(lang, fence, title);
            let drawn = self.call("listing", &function, span, vec![about.into_value(), code.into_value()]);
            return drawn.unwrap_or_else(|| self.mark(span));
        }
        match title {
            Some(title) => Content::sequence([ParElem::new(title).pack().spanned(span), code]),
            None => code,
        }
    }

    /// The code alone. Each line has its own place, where it stands in the file as it is read.
    fn code_lines(&self, lang: Option<&str>, text: &str, fence: &Fence, block: source::Span) -> Content {
        let written = self.scene.text.get(block.range()).unwrap_or_default();
        let within = |inner: Range<usize>| self.range_span(block.start + inner.start..block.start + inner.end);
        let shown = fence.lines(text);
        let (content, span) = match code::lines(written, text) {
            Some(places) => {
                let whole = code::whole(&places);
                let place = |line: &str, place: Range<usize>| within(place.start..place.start + line.len());
                let lines = shown.into_iter().zip(places).map(|(line, at)| (EcoString::from(line), place(line, at)));
                (RawContent::Lines(lines.collect()), within(whole))
            }
            None => (RawContent::Text(shown.join("\n").into()), self.span(block)),
        };
        let mut element = RawElem::new(content).with_block(true);
        if let Some(lang) = lang {
            element = element.with_lang(Some(highlight::grammar(lang).into()));
        }
        element.pack().spanned(span)
    }
}

/// What a layout is told of a listing.
fn about(lang: Option<&str>, fence: &Fence, title: Option<Content>) -> Dict {
    let lines = |numbers: &mut dyn Iterator<Item = usize>| numbers.map(IntoValue::into_value).collect::<Array>();
    let callouts =
        fence.callouts.iter().map(|callout| lines(&mut [callout.line, callout.number].into_iter()).into_value());
    convert::dict([
        ("title", title.map_or(Value::None, IntoValue::into_value)),
        ("lang", convert::text(lang)),
        ("first", fence.first.map_or(Value::None, IntoValue::into_value)),
        ("marked", lines(&mut fence.marked.iter().copied()).into_value()),
        ("callouts", callouts.collect::<Array>().into_value()),
    ])
}
