//! Charts and QR codes: the layout draws them from data.

use typst::foundations::{Array, Content, IntoValue, Str, Value};
use typst::syntax::Span;

use super::Lowerer;
use crate::model::{Chart, Datum, Qr};
use crate::typeset::{convert, qr, relay};

impl Lowerer<'_, '_, '_> {
    /// The drawing of a chart, without number and title.
    pub(super) fn chart(&mut self, chart: &Chart, span: Span) -> Content {
        let Some(function) = self.function("chart", span) else { return self.mark(span) };
        let data = chart.data.iter().map(datum).collect::<Array>();
        let extra = chart.extra.iter().map(|(key, value)| (Str::from(key.as_str()), convert::yaml(value)));
        let value = convert::dict([
            ("kind", chart.kind.name().into_value()),
            ("title", convert::text(chart.title.as_deref())),
            ("unit", convert::text(chart.unit.as_deref())),
            ("source", convert::text(chart.source.as_deref())),
            ("alt", convert::text(chart.alt.as_deref())),
            ("data", data.into_value()),
            ("extra", Value::Dict(extra.collect())),
        ]);
        self.call("chart", &function, span, vec![value.into_value()]).unwrap_or_else(|| self.mark(span))
    }

    pub(super) fn qr(&mut self, code: &Qr, span: Span) -> Content {
        let Some(function) = self.function("qr", span) else { return self.mark(span) };
        let Some(image) = qr::image(&code.data, &code.alt, span) else {
            return self.fail(relay::error(span, msg!("the text is too long for a QR code")), span);
        };
        let value = convert::dict([
            ("data", code.data.as_str().into_value()),
            ("alt", code.alt.as_str().into_value()),
            ("image", image.into_value()),
        ]);
        self.call("qr", &function, span, vec![value.into_value()]).unwrap_or_else(|| self.mark(span))
    }
}

fn datum(datum: &Datum) -> Value {
    convert::dict([
        ("label", datum.label.as_str().into_value()),
        ("value", datum.value.into_value()),
        ("shown", datum.shown.as_str().into_value()),
    ])
    .into_value()
}
