//! A layout's options as Typst sees them.

use typst::foundations::{IntoValue, Value};
use typst::layout::{Abs, Em, Length as TypstLength};

use super::convert;
use crate::layout::{Length, OptionValue, Unit};

/// The value of an option.
pub(super) fn value(option: &OptionValue) -> Value {
    match option {
        OptionValue::Bool(value) => Value::Bool(*value),
        OptionValue::Int(value) => Value::Int(*value),
        OptionValue::Length(value) => length(*value).into_value(),
        OptionValue::Text(value) => value.as_str().into_value(),
        OptionValue::Color(value) => convert::color(Some(value)),
        OptionValue::Trim(trim) => convert::dict([
            ("name", convert::text(trim.name)),
            ("width", Abs::mm(trim.width).into_value()),
            ("height", Abs::mm(trim.height).into_value()),
        ])
        .into_value(),
    }
}

fn length(length: Length) -> TypstLength {
    match length.unit {
        Unit::Pt => Abs::pt(length.number).into(),
        Unit::Mm => Abs::mm(length.number).into(),
        Unit::Cm => Abs::cm(length.number).into(),
        Unit::In => Abs::inches(length.number).into(),
        Unit::Em => Em::new(length.number).into(),
    }
}
