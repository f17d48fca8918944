//! Charts and QR codes: the layout draws them from data.

use typst::foundations::{Array, Content, IntoValue, Str, Value};
use typst::syntax::Span;

use super::Lowerer;
use crate::chart::describe;
use crate::model::{Amount, Chart, Datum, Qr};
use crate::typeset::{convert, drawing, qr, relay};

impl Lowerer<'_, '_, '_> {
    /// The drawing of a chart, without number and title.
    pub(super) fn chart(&mut self, chart: &Chart, span: Span) -> Content {
        let Some(function) = self.function("chart", span) else { return self.mark(span) };
        let data = chart.data.iter().map(datum).collect::<Array>();
        let series = chart.series.iter().map(|name| name.as_str().into_value()).collect::<Array>();
        let alt = describe(chart, &self.scene.chapter.lang);
        let extra = chart.extra.iter().map(|(key, value)| (Str::from(key.as_str()), convert::yaml(value)));
        let value = convert::dict([
            ("kind", chart.kind.name().into_value()),
            ("title", convert::text(chart.title.as_deref())),
            ("unit", convert::text(chart.unit.as_deref())),
            ("source", convert::text(chart.source.as_deref())),
            ("headline", convert::text(chart.headline.as_deref())),
            ("alt", convert::text(Some(&alt))),
            ("series", series.into_value()),
            ("data", data.into_value()),
            ("table", chart.look.table.into_value()),
            ("draw", drawing::function(chart, span).into_value()),
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
        ("value", datum.value().into_value()),
        ("shown", datum.shown().into_value()),
        ("values", datum.values.iter().map(amount).collect::<Array>().into_value()),
    ])
    .into_value()
}

/// A value with what is shown of it, or none for a gap.
fn amount(amount: &Option<Amount>) -> Value {
    let Some(amount) = amount else { return Value::None };
    let pair = [("value", amount.value.into_value()), ("shown", amount.shown.as_str().into_value())];
    convert::dict(pair).into_value()
}
