//! Small conversions from our values to Typst's.

use std::str::FromStr;

use typst::foundations::{Array, Dict, IntoValue, Label, Str, Value};
use typst::utils::PicoStr;
use typst::visualize::Color;

/// A dictionary from pairs, in their order.
pub(super) fn dict<'a>(pairs: impl IntoIterator<Item = (&'a str, Value)>) -> Dict {
    pairs.into_iter().map(|(key, value)| (Str::from(key), value)).collect()
}

/// A string, or `none`.
pub(super) fn text(value: Option<&str>) -> Value {
    value.map_or(Value::None, |value| value.into_value())
}

/// A colour as `#rrggbb`, or `none` when there is none or it cannot be read.
pub(super) fn color(value: Option<&str>) -> Value {
    value.and_then(|value| Color::from_str(value).ok()).map_or(Value::None, Value::Color)
}

/// A label; `None` for the empty name.
pub(super) fn label(name: &str) -> Option<Label> {
    Label::new(PicoStr::intern(name))
}

/// What YAML says, as Typst sees it. Tags are left out, keys become strings.
pub(super) fn yaml(value: &serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::None,
        serde_yaml::Value::Bool(value) => Value::Bool(*value),
        serde_yaml::Value::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        serde_yaml::Value::String(value) => value.as_str().into_value(),
        serde_yaml::Value::Sequence(items) => Value::Array(items.iter().map(yaml).collect::<Array>()),
        serde_yaml::Value::Mapping(items) => {
            let pairs = items.iter().map(|(key, value)| (Str::from(yaml_key(key)), yaml(value)));
            Value::Dict(pairs.collect())
        }
        serde_yaml::Value::Tagged(tagged) => yaml(&tagged.value),
    }
}

fn yaml_key(key: &serde_yaml::Value) -> String {
    match key {
        serde_yaml::Value::String(key) => key.clone(),
        other => serde_yaml::to_string(other).unwrap_or_default().trim().to_owned(),
    }
}
