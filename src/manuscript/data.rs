//! Fenced data blocks: charts and QR codes, written as YAML.

use std::collections::BTreeMap;

use super::yaml::{Area, Fields, Kind, Node, parse};
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::{Chart, ChartKind, Datum, Qr, Spanned};
use crate::source::{FileId, Span};

const CHECK: &str = "data-block";

/// The longest text that a QR code may hold, in bytes.
const MAX_QR: usize = 1000;

/// The most values in one chart.
const MAX_DATA: usize = 200;

/// Where a data block stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The file.
    pub(super) file: FileId,
    /// The YAML, freed from the prefixes of quotations and lists.
    pub(super) yaml: &'a str,
    /// Where the YAML stands word for word in the file, if it does.
    pub(super) base: Option<usize>,
    /// The whole block.
    pub(super) block: Span,
}

impl Place<'_> {
    /// Parses the YAML; findings get the block's place where the text is not in the file as it is.
    fn read<T>(
        self,
        sink: &mut Vec<Diagnostic>,
        take: impl FnOnce(Node, &mut Vec<Diagnostic>) -> Option<T>,
    ) -> Option<T> {
        let area = Area { file: self.file, text: self.yaml, base: self.base.unwrap_or(0) };
        let mut found = Vec::new();
        let value = parse(area, &mut found).and_then(|node| take(node, &mut found));
        for mut diagnostic in found {
            if self.base.is_none() {
                diagnostic = diagnostic.at(self.block);
                diagnostic.labels.clear();
            }
            sink.push(diagnostic);
        }
        value
    }
}

/// Reads a chart.
pub(super) fn chart(place: Place<'_>, sink: &mut Vec<Diagnostic>) -> Option<Chart> {
    place.read(sink, |node, sink| {
        let mut fields = Fields::open(node, "a chart", sink)?;
        let kind = fields.text("type", sink);
        let mut text = |key| fields.text(key, sink).map(|t| t.value);
        let (title, unit, source, alt) = (text("title"), text("unit"), text("source"), text("alt"));
        let data = fields.take("data");
        fields.finish("a chart", sink);
        if alt.as_ref().is_none_or(|a| a.trim().is_empty()) {
            sink.push(missing_alt("this chart", place.block));
        }
        let data = match data {
            Some(entry) => data_of(entry.node, sink),
            None => Vec::new(),
        };
        if data.is_empty() {
            let hint = "add ‘data:’ with lines such as ‘- {label: A, value: 3}’";
            sink.push(Diagnostic::error(CHECK, "this chart has no data").at(place.block).hint(hint));
        }
        if data.len() > MAX_DATA {
            let message = format!("this chart has {} values; at most {MAX_DATA} are allowed", data.len());
            sink.push(Diagnostic::error(CHECK, message).at(place.block).hint("split it into several charts"));
        }
        let kind = form(kind, place.block, sink)?;
        if data.is_empty() || data.len() > MAX_DATA {
            return None;
        }
        Some(Chart { kind, title, unit, source, alt, data, extra: BTreeMap::new() })
    })
}

fn form(written: Option<Spanned<String>>, block: Span, sink: &mut Vec<Diagnostic>) -> Option<ChartKind> {
    let all = [ChartKind::Bar, ChartKind::Column, ChartKind::Line, ChartKind::Share];
    let names = all.map(ChartKind::name);
    let Some(written) = written else {
        let hint = format!("add ‘type:’ with one of {}", names.join(", "));
        sink.push(Diagnostic::error(CHECK, "this chart has no type").at(block).hint(hint));
        return None;
    };
    if let Some(kind) = all.into_iter().find(|k| k.name() == written.value) {
        return Some(kind);
    }
    let hint = match nearest(&written.value, names) {
        Some(near) => format!("did you mean ‘{near}’?"),
        None => format!("the types are {}", names.join(", ")),
    };
    sink.push(
        Diagnostic::error(CHECK, format!("there is no chart of type ‘{}’", written.value)).at(written.span).hint(hint),
    );
    None
}

/// The data, as a list of `{label, value}` or a mapping from label to value.
fn data_of(node: Node, sink: &mut Vec<Diagnostic>) -> Vec<Datum> {
    let mut data = Vec::new();
    match node.kind {
        Kind::Map(entries) => {
            for (label, _, node) in entries {
                let value = node.text("a value", sink);
                data.extend(value.and_then(|v| datum(label, v, sink)));
            }
        }
        Kind::Seq(nodes) => {
            for node in nodes {
                let Some(mut fields) = Fields::open(node, "a value", sink) else { continue };
                let (label, value) = (fields.text("label", sink), fields.text("value", sink));
                let span = fields.span();
                fields.finish("a value", sink);
                match (label, value) {
                    (Some(label), Some(value)) => data.extend(datum(label.value, value, sink)),
                    _ => sink.push(
                        Diagnostic::error(CHECK, "this entry needs a label and a value")
                            .at(span)
                            .hint("write it as {label: A, value: 3}"),
                    ),
                }
            }
        }
        _ => sink.push(
            Diagnostic::error(CHECK, "‘data’ must be a list of labels and values")
                .at(node.span)
                .hint("write lines such as ‘- {label: A, value: 3}’"),
        ),
    }
    data
}

fn datum(label: String, shown: Spanned<String>, sink: &mut Vec<Diagnostic>) -> Option<Datum> {
    let digits: String =
        shown.value.chars().filter(|c| !matches!(c, ',' | '_' | ' ' | '\u{a0}' | '\u{202f}')).collect();
    let value = digits.strip_suffix('%').unwrap_or(&digits).parse::<f64>().ok();
    match value.filter(|v| v.is_finite() && *v >= 0.0) {
        Some(value) => Some(Datum { label, value, shown: grouped(&shown.value) }),
        None => {
            sink.push(
                Diagnostic::error(CHECK, format!("‘{}’ is not a number that can be drawn", shown.value))
                    .at(shown.span)
                    .hint("write a number from 0 up, such as 12.5; the unit goes into ‘unit:’"),
            );
            None
        }
    }
}

/// A number with its thousands set off by commas, as text in both languages has them, unless the author grouped its
/// digits in some way.
fn grouped(written: &str) -> String {
    let end = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    let (digits, rest) = written.split_at(end);
    if digits.len() < 4 || rest.contains(|c: char| c.is_ascii_digit() && !rest.starts_with('.')) {
        return written.to_owned();
    }
    let first = (digits.len() - 1) % 3 + 1;
    let mut out = digits[..first].to_owned();
    for group in digits.as_bytes()[first..].chunks(3) {
        out.push(',');
        out.extend(group.iter().map(|digit| char::from(*digit)));
    }
    out + rest
}

/// Reads a QR code.
pub(super) fn qr(place: Place<'_>, sink: &mut Vec<Diagnostic>) -> Option<Qr> {
    place.read(sink, |node, sink| {
        let mut fields = Fields::open(node, "a QR code", sink)?;
        let data = fields.text("data", sink);
        let alt = fields.text("alt", sink).map(|a| a.value).filter(|a| !a.trim().is_empty());
        fields.finish("a QR code", sink);
        if alt.is_none() {
            sink.push(missing_alt("this QR code", place.block));
        }
        let Some(data) = data.filter(|d| !d.value.is_empty()) else {
            let found = Diagnostic::error(CHECK, "this QR code says nothing").at(place.block);
            sink.push(found.hint("add ‘data:’ with the address that it leads to"));
            return None;
        };
        if data.value.len() > MAX_QR {
            let message = format!("this QR code has {} bytes; at most {MAX_QR} are allowed", data.value.len());
            sink.push(Diagnostic::error(CHECK, message).at(data.span).hint("use a shorter address"));
            return None;
        }
        Some(Qr { data: data.value, alt: alt.unwrap_or_default() })
    })
}

fn missing_alt(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error("missing-alt", format!("{what} has no alternative text"))
        .at(span)
        .hint("add ‘alt:’ with one sentence that says what it shows")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_grouped_once() {
        for (written, shown) in [
            ("999", "999"),
            ("1750", "1,750"),
            ("100000", "100,000"),
            ("1,750", "1,750"),
            ("12 500", "12 500"),
            ("23.6", "23.6"),
            ("1234.5", "1,234.5"),
            ("1e5", "1e5"),
            ("54%", "54%"),
        ] {
            assert_eq!(grouped(written), shown);
        }
    }
}
