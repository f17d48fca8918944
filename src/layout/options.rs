//! A layout's options: their types, their defaults and what `book.yaml` sets.

use std::collections::BTreeMap;

use super::{Length, Trim};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported, nearest};
use crate::manuscript::typed;
use crate::manuscript::yaml::{Entry, Fields, Node};
use crate::message::{List, Message};
use crate::model::LayoutChoice;
use crate::source::{FileId, Span};

/// An option as `layout.yaml` declares it.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    kind: Kind,
    default: serde_yaml::Value,
    values: Vec<String>,
    /// What it is for, for people.
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
    /// An option as it is written; what is wrong with it is reported.
    pub(super) fn read(name: &str, key: Span, node: Node, sink: &mut Vec<Diagnostic>) -> Option<Self> {
        let what = msg!("the option `{name}`", name);
        let mut fields = Fields::open(node, what, sink)?;
        let (kind, default) = (fields.text("type", sink), fields.take("default"));
        let values = texts(fields.take("values"), "values", sink);
        let doc = fields.text("doc", sink).map_or_else(String::new, |doc| doc.value);
        let missing = |message: Message, hint: Message| Diagnostic::error(codes::LAYOUT, message).at(key).hint(hint);
        if default.is_none() {
            let missing = missing(msg!("the option `{name}` has no default", name), msg!("add `default:`"));
            sink.push(fields.absent("default", missing));
        }
        let Some(kind) = kind else {
            let missing = missing(msg!("the option `{name}` has no type", name), msg!("add `type:`"));
            sink.push(fields.absent("type", missing));
            return None;
        };
        let Some(known) = Kind::ALL.into_iter().find(|known| known.name() == kind.value) else {
            let names = Kind::ALL.map(Kind::name);
            let hint = match nearest(&kind.value, names.iter().map(String::as_str)) {
                Some(near) => msg!("did you mean `{near}`?", near),
                None => msg!("the types are {types}", types = Message::list(List::Or, names.iter())),
            };
            let message = msg!("there is no option type `{name}`", name = &kind.value);
            sink.push(Diagnostic::error(codes::LAYOUT, message).at(kind.span).hint(hint));
            return None;
        };
        Some(Self { kind: known, default: default?.node.value(), values, doc })
    }

    /// The option, for people.
    pub(super) fn about(&self, name: &str) -> OptionAbout {
        let default = serde_yaml::to_string(&self.default).unwrap_or_default().trim().to_owned();
        let kind = self.kind.name();
        OptionAbout { name: name.to_owned(), kind, default, values: self.values.clone(), doc: self.doc.clone() }
    }
}

/// The types of option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bool,
    Int,
    Length,
    String,
    Color,
    Choice,
    Trim,
}

impl Kind {
    const ALL: [Kind; 7] = [Kind::Bool, Kind::Int, Kind::Length, Kind::String, Kind::Color, Kind::Choice, Kind::Trim];

    /// What `layout.yaml` calls it.
    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// The value of an option, of the type that the layout declares.
#[derive(Debug, Clone, PartialEq)]
pub enum OptionValue {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A length, such as `210mm` or `1.5em`.
    Length(Length),
    /// Any text, or one of the declared choices.
    Text(String),
    /// A colour as `#rrggbb`.
    Color(String),
    /// The size of a page after cutting.
    Trim(Trim),
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
        if let Some(value) = option.value(&option.default) {
            values.insert(name.clone(), value);
        } else {
            let message = msg!("the default of `{name}` must be {wanted}", name, wanted = option.wanted());
            diagnostics.push(Diagnostic::error(codes::LAYOUT_OPTION, message).at(Span::new(manifest, 0..0)));
        }
    }
    for (name, written) in &choice.options {
        let Some(option) = declared.get(name) else {
            diagnostics.push(unknown(name, declared, choice).at(written.key));
            continue;
        };
        match option.value(&written.value.value) {
            Some(value) => drop(values.insert(name.clone(), value)),
            None => {
                let message = msg!("the layout option `{name}` must be {wanted}", name, wanted = option.wanted());
                diagnostics.push(Diagnostic::error(codes::LAYOUT_OPTION, message).at(written.value.span));
            }
        }
    }
    Reported::new(values, diagnostics)
}

fn unknown(name: &str, declared: &BTreeMap<String, Declared>, choice: &LayoutChoice) -> Diagnostic {
    let message = msg!("the layout `{layout}` has no option `{name}`", layout = choice.name.as_str(), name);
    let finding = Diagnostic::error(codes::LAYOUT_OPTION, message);
    let names: Vec<&str> = declared.keys().map(String::as_str).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => finding.hint(msg!("did you mean `{near}`?", near)),
        None if names.is_empty() => finding.hint(msg!("the layout has no options")),
        None => finding.hint(msg!("its options: {names}", names = Message::list(List::Items, names))),
    }
}

impl Declared {
    fn value(&self, value: &serde_yaml::Value) -> Option<OptionValue> {
        let text = || value.as_str().map(str::to_owned);
        match self.kind {
            Kind::Bool => value.as_bool().map(OptionValue::Bool),
            Kind::Int => value.as_i64().map(OptionValue::Int),
            Kind::Length => text().and_then(|text| Length::read(&text)).map(OptionValue::Length),
            Kind::String => text().map(OptionValue::Text),
            Kind::Color => text().filter(|text| is_color(text)).map(OptionValue::Color),
            Kind::Trim => text().and_then(|text| Trim::read(&text)).map(OptionValue::Trim),
            Kind::Choice => text().filter(|text| self.values.contains(text)).map(OptionValue::Text),
        }
    }

    /// What may be written.
    fn wanted(&self) -> Message {
        match self.kind {
            Kind::Bool => msg!("true or false"),
            Kind::Int => msg!("a whole number"),
            Kind::Length => msg!("a length such as 12mm, 10pt or 1.5em"),
            Kind::String => msg!("text"),
            Kind::Color => msg!("a colour such as '#b3261e'"),
            Kind::Trim => Trim::wanted(),
            Kind::Choice => Message::list(List::Or, &self.values),
        }
    }
}

/// Whether a text is a colour: hexadecimal digits for red, green, blue and, where wished, opacity; one each or two each.
fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or(text);
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A list of texts; none where nothing is written.
pub(super) fn texts(entry: Option<Entry>, what: &'static str, sink: &mut Vec<Diagnostic>) -> Vec<String> {
    let nodes = entry.map_or_else(Vec::new, |entry| entry.node.list(typed(what), sink));
    nodes.into_iter().filter_map(|node| node.text(typed(what), sink)).map(|text| text.value).collect()
}
