//! A layout's options: their types, their defaults and what `book.yaml` sets.

use std::collections::BTreeMap;
use std::str::FromStr;

use typst::foundations::{IntoValue, Value};
use typst::layout::{Abs, Em, Length};

use super::convert;
use super::trims::Trim;
use crate::diagnostic::{Diagnostic, Reported, nearest};
use crate::model::LayoutChoice;
use crate::source::{FileId, Span};

/// An option as `layout.yaml` declares it.
#[derive(Debug, Clone, serde::Deserialize)]
pub(super) struct Declared {
    #[serde(rename = "type")]
    kind: Kind,
    default: serde_yaml::Value,
    #[serde(default)]
    values: Vec<String>,
    /// What it is for, for people.
    #[serde(default)]
    doc: String,
}

/// An option of a layout, for people and their editors.
#[derive(Debug, Clone)]
pub struct OptionAbout {
    /// What `book.yaml` calls it.
    pub name: String,
    /// Its type, as `layout.yaml` calls it.
    pub kind: String,
    /// Its value unless `book.yaml` says otherwise, as YAML.
    pub default: String,
    /// What it can be, for a choice.
    pub values: Vec<String>,
    /// What it is for.
    pub doc: String,
}

impl Declared {
    /// The option, for people.
    pub(super) fn about(&self, name: &str) -> OptionAbout {
        let default = serde_yaml::to_string(&self.default).unwrap_or_default().trim().to_owned();
        let kind = format!("{:?}", self.kind).to_lowercase();
        OptionAbout { name: name.to_owned(), kind, default, values: self.values.clone(), doc: self.doc.clone() }
    }
}

/// The types of option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Bool,
    Int,
    Length,
    String,
    Color,
    Choice,
    Trim,
}

/// The value of an option, of the type that the layout declares.
#[derive(Debug, Clone, PartialEq)]
pub enum OptionValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A length as written, such as `210mm` or `1.5em`.
    Length(String),
    /// Any text, or one of the declared choices.
    Text(String),
    /// A colour as `#rrggbb`.
    Color(String),
    /// The size of a page after cutting.
    Trim(Trim),
}

impl OptionValue {
    /// The value as a layout sees it.
    pub(super) fn typst(&self) -> Value {
        match self {
            OptionValue::Bool(value) => Value::Bool(*value),
            OptionValue::Int(value) => Value::Int(*value),
            OptionValue::Length(value) => length(value).map_or(Value::None, IntoValue::into_value),
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
}

/// Checks what `book.yaml` sets and fills in the defaults.
pub(super) fn merge(
    declared: &BTreeMap<String, Declared>,
    choice: &LayoutChoice,
    manifest: FileId,
) -> Reported<BTreeMap<String, OptionValue>> {
    let mut diagnostics = Vec::new();
    let mut values = BTreeMap::new();
    for (name, option) in declared {
        match option.read(&option.default) {
            Some(value) => drop(values.insert(name.clone(), value)),
            None => diagnostics.push(
                Diagnostic::error("layout-option", format!("the default of `{name}` must be {}", option.wanted()))
                    .at(Span::new(manifest, 0..0)),
            ),
        }
    }
    for (name, given) in &choice.options {
        let finding = match declared.get(name) {
            None => unknown(name, declared, choice),
            Some(option) => match option.read(given) {
                Some(value) => {
                    values.insert(name.clone(), value);
                    continue;
                }
                None => {
                    let message = format!("the layout option `{name}` must be {}", option.wanted());
                    Diagnostic::error("layout-option", message)
                }
            },
        };
        diagnostics.push(match choice.span {
            Some(span) => finding.at(span),
            None => finding,
        });
    }
    Reported::new(values, diagnostics)
}

fn unknown(name: &str, declared: &BTreeMap<String, Declared>, choice: &LayoutChoice) -> Diagnostic {
    let finding = Diagnostic::error("layout-option", format!("the layout `{}` has no option `{name}`", choice.name));
    let names: Vec<&str> = declared.keys().map(String::as_str).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None if names.is_empty() => finding.hint("it has no options at all"),
        None => finding.hint(format!("its options: {}", names.join(", "))),
    }
}

impl Declared {
    fn read(&self, value: &serde_yaml::Value) -> Option<OptionValue> {
        let text = || value.as_str().map(str::to_owned);
        match self.kind {
            Kind::Bool => value.as_bool().map(OptionValue::Bool),
            Kind::Int => value.as_i64().map(OptionValue::Int),
            Kind::Length => text().filter(|text| length(text).is_some()).map(OptionValue::Length),
            Kind::String => text().map(OptionValue::Text),
            Kind::Color => text().filter(|text| convert::color(Some(text)) != Value::None).map(OptionValue::Color),
            Kind::Trim => text().and_then(|text| Trim::read(&text)).map(OptionValue::Trim),
            Kind::Choice => text().filter(|text| self.values.contains(text)).map(OptionValue::Text),
        }
    }

    fn wanted(&self) -> String {
        match self.kind {
            Kind::Bool => "true or false".to_owned(),
            Kind::Int => "a whole number".to_owned(),
            Kind::Length => "a length such as 12mm, 10pt or 1.5em".to_owned(),
            Kind::String => "text".to_owned(),
            Kind::Color => "a colour such as '#b3261e'".to_owned(),
            Kind::Trim => Trim::wanted(),
            Kind::Choice => format!("one of: {}", self.values.join(", ")),
        }
    }
}

/// A length in pt, mm, cm, in or em.
fn length(text: &str) -> Option<Length> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number = f64::from_str(digits.trim()).ok().filter(|number| number.is_finite())?;
    match &text[digits.len()..] {
        "pt" => Some(Abs::pt(number).into()),
        "mm" => Some(Abs::mm(number).into()),
        "cm" => Some(Abs::cm(number).into()),
        "in" => Some(Abs::inches(number).into()),
        "em" => Some(Em::new(number).into()),
        _ => None,
    }
}
