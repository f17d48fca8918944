//! Keys and values of YAML by a JSON Schema. The text need not be sound yet: where a place stands follows from indentation and
//! open brackets.

use std::ops::Range;
use std::sync::LazyLock;

use lsp_types::CompletionItemKind as Kind;
use serde_json::Value;

use super::{At, Offer, Offers};
use crate::report;

static BOOK: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(&report::book_schema()).unwrap_or_default());
static GLOSSARY: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&report::glossary_schema()).unwrap_or_default());

/// In `book.yaml`.
pub(super) fn book(at: At<'_>) -> Option<Offers> {
    complete(at, &BOOK)
}

/// In `glossary.yaml`.
pub(super) fn glossary(at: At<'_>) -> Option<Offers> {
    complete(at, &GLOSSARY)
}

/// A part of a text as one of its own.
pub(super) fn part(at: At<'_>, range: Range<usize>) -> At<'_> {
    let inner = |place: usize| place.clamp(range.start, range.end) - range.start;
    At { text: &at.text[range.clone()], offset: inner(at.offset), line: inner(at.line), ..at }
}

/// A step into YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Item,
}

/// Where a place stands: the way to it, whether a value is wanted there or a key, and what is typed of it.
#[derive(Debug, PartialEq, Eq)]
struct Place<'t> {
    way: Vec<Step>,
    value: bool,
    typed: &'t str,
}

fn complete(at: At<'_>, schema: &Value) -> Option<Offers> {
    if at.before().trim_start().starts_with('#') {
        return None;
    }
    let place = place(&at.text[..at.offset]);
    let nodes = place.way.iter().fold(resolved(schema, schema), |nodes, step| {
        nodes.into_iter().flat_map(|node| inner(schema, node, step)).collect()
    });
    let mut offers = Vec::new();
    for node in nodes {
        let mut found = if place.value { values(node) } else { keys(schema, node) };
        // An item may be a word as well as something with keys.
        if !place.value && place.way.last() == Some(&Step::Item) {
            found.extend(values(node));
        }
        for offer in found {
            if !offers.iter().any(|known: &Offer| known.label == offer.label) {
                offers.push(offer);
            }
        }
    }
    Some(Offers { replaced: at.last(place.typed.len()), offers })
}

/// The forms that a node may have, references followed.
fn resolved<'s>(schema: &'s Value, node: &'s Value) -> Vec<&'s Value> {
    let mut open = vec![node];
    let mut found: Vec<&Value> = Vec::new();
    while let Some(node) = open.pop() {
        if found.iter().any(|known| std::ptr::eq(*known, node)) {
            continue;
        }
        found.push(node);
        let reference = node["$ref"].as_str().and_then(|path| schema.pointer(path.strip_prefix('#')?));
        let forms = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| node[*key].as_array()).flatten();
        open.extend(reference.into_iter().chain(forms));
    }
    found
}

fn inner<'s>(schema: &'s Value, node: &'s Value, step: &Step) -> Vec<&'s Value> {
    let next = match step {
        Step::Key(key) => node["properties"].get(key).or_else(|| node.get("additionalProperties")),
        Step::Item => node.get("items"),
    };
    next.filter(|next| next.is_object()).map(|next| resolved(schema, next)).unwrap_or_default()
}

fn keys(schema: &Value, node: &Value) -> Vec<Offer> {
    let about = |value: &Value| value["description"].as_str().unwrap_or_default().to_owned();
    let offer =
        |name: &str, value: &Value| Offer::new(name, Kind::PROPERTY).text(format!("{name}: ")).about(about(value));
    let known = node["properties"].as_object().into_iter().flatten().map(|(name, value)| offer(name, value));
    let names = node.get("propertyNames").map(|names| resolved(schema, names)).unwrap_or_default();
    let named = names.into_iter().flat_map(values).map(|value| Offer { text: format!("{}: ", value.label), ..value });
    known.chain(named).collect()
}

fn values(node: &Value) -> Vec<Offer> {
    let mut found: Vec<&Value> = node["enum"].as_array().into_iter().flatten().collect();
    found.extend(node.get("const"));
    let (yes, no) = (Value::Bool(true), Value::Bool(false));
    if node["type"] == "boolean" {
        found.extend([&yes, &no]);
    }
    found.extend(node["examples"].as_array().into_iter().flatten());
    found.extend(node.get("default"));
    let shown = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    };
    let about = node["description"].as_str().unwrap_or_default();
    found.into_iter().filter_map(shown).map(|text| Offer::new(text, Kind::ENUM_MEMBER).about(about)).collect()
}

/// Where the end of a text stands.
fn place(text: &str) -> Place<'_> {
    let (above, line) = text.rsplit_once('\n').unwrap_or(("", text));
    let mut stack: Vec<(usize, Step)> = Vec::new();
    for line in above.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let (_, rest) = enter(line, &mut stack);
        if let Some((indent, key, _)) = keyed(rest.0, rest.1) {
            stack.retain(|(known, _)| *known < indent);
            stack.push((indent, Step::Key(key.to_owned())));
        }
    }
    let (_, (indent, rest)) = enter(line, &mut stack);
    stack.retain(|(known, step)| *known < indent || *step == Step::Item && *known + 2 <= indent);
    let mut way: Vec<Step> = stack.into_iter().map(|(_, step)| step).collect();
    match keyed(indent, rest) {
        Some((_, key, value)) => {
            way.push(Step::Key(key.to_owned()));
            flow(value, way)
        }
        None if rest.trim_start().starts_with(['{', '[']) => flow(rest, way),
        None => Place { way, value: false, typed: rest.trim_start() },
    }
}

/// Takes the indentation and the marks of items off a line; what is deeper than they are is left.
fn enter<'l>(line: &'l str, stack: &mut Vec<(usize, Step)>) -> (usize, (usize, &'l str)) {
    let mut indent = line.len() - line.trim_start().len();
    let first = indent;
    let mut rest = &line[indent..];
    while let Some(inner) = rest.strip_prefix('-').filter(|inner| inner.is_empty() || inner.starts_with(' ')) {
        // A list may stand as far to the left as its key.
        stack.retain(|(known, step)| *known < indent || *known == indent && matches!(step, Step::Key(_)));
        stack.push((indent, Step::Item));
        let blank = inner.len() - inner.trim_start().len();
        indent += 1 + blank;
        rest = inner.trim_start();
    }
    (first, (indent, rest))
}

/// A key with what follows it.
fn keyed(indent: usize, rest: &str) -> Option<(usize, &str, &str)> {
    if rest.starts_with(['{', '[', '"', '\'']) {
        return None;
    }
    let (key, value) = rest.split_once(':')?;
    (value.is_empty() || value.starts_with(' ')).then(|| (indent, key.trim(), value))
}

/// Where the end of a value stands that may have open brackets.
fn flow(text: &str, mut way: Vec<Step>) -> Place<'_> {
    // Of each open bracket how long the way was, and whether it is one of keys.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let map = open.last().is_some_and(|(_, map)| *map);
        match c {
            '{' | '[' => {
                if c == '[' {
                    open.push((way.len(), false));
                    way.push(Step::Item);
                } else {
                    open.push((way.len(), true));
                }
            }
            '}' | ']' => {
                if let Some((length, _)) = open.pop() {
                    way.truncate(length);
                }
            }
            ':' if map => way.push(Step::Key(text[start..at].trim().to_owned())),
            ',' => {
                if let Some((length, map)) = open.last() {
                    way.truncate(length + usize::from(!map));
                }
            }
            _ => continue,
        }
        start = at + c.len_utf8();
    }
    let wants_key = open.last().is_some_and(|(length, map)| *map && way.len() == *length);
    Place { way, value: !wants_key, typed: text[start..].trim_start() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The way to the end of a text, `=` where a value is wanted, and what is typed of it.
    fn shown(text: &str) -> String {
        let place = place(text);
        let way = place.way.iter().map(|step| match step {
            Step::Key(key) => key.as_str(),
            Step::Item => "-",
        });
        let way = way.collect::<Vec<_>>().join("/");
        format!("{way}{}{}", if place.value { "=" } else { "?" }, place.typed)
    }

    #[test]
    fn a_place_is_known_by_indentation_and_open_brackets() {
        for (text, wanted) in [
            ("", "?"),
            ("tit", "?tit"),
            ("title: x\nlay", "?lay"),
            ("layout: bo", "layout=bo"),
            ("layout:\n  na", "layout?na"),
            ("layout:\n  name: book\n  op", "layout?op"),
            ("layout:\n  options:\n    trim: a", "layout/options/trim=a"),
            ("layout: {na", "layout?na"),
            ("layout: {name: book, options: {tr", "layout/options?tr"),
            ("layout: {name: book, options: {trim: 1", "layout/options/trim=1"),
            ("layout: {name: book, options: {trim: a}, x", "layout?x"),
            ("languages: [zh, e", "languages/-=e"),
            ("people:\n  - na", "people/-?na"),
            ("people:\n  - name: x\n    ro", "people/-?ro"),
            ("people:\n- name: x\n  ro", "people/-?ro"),
            ("people:\n  - {name: x, role: a", "people/-/role=a"),
            ("checks:\n  number: off\n# x\n  ye", "checks?ye"),
            ("checks: {number: of", "checks/number=of"),
            ("a:\n  b:\n    c: 1\nd", "?d"),
        ] {
            assert_eq!(shown(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn any_text_has_a_place() {
        for text in ["{", "]", "a: }", "- - - x", ":", "a: {b: [c, {d", "\t-\t", "- ", "-", "a:\n-\n  -"] {
            let _whatever = place(text);
        }
    }
}
