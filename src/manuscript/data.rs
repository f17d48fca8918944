//! Fenced data blocks: charts and QR codes, written as YAML.

use std::collections::BTreeMap;

use super::choices;
use super::yaml::{Area, Fields, Kind, Node, explain, parse};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::message::Message;
use crate::model::{Chart, ChartKind, Datum, Qr, Spanned, runs};
use crate::source::{FileId, Span};

/// The longest text that a QR code may hold, in bytes.
const MAX_QR: usize = 1000;

/// The most values in one chart.
const MAX_DATA: usize = 200;

/// A data block, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct DataBlock<'a> {
    /// The file.
    pub(super) file: FileId,
    /// The YAML, without the marks of quotations and lists.
    pub(super) yaml: &'a str,
    /// Where the YAML begins in the file, if each of its bytes stands there.
    pub(super) base: Option<usize>,
    /// The whole block.
    pub(super) span: Span,
}

/// The YAML of a block with each byte where it stands in the file: blanks stand for the fence, and before each line for the
/// marks of quotations and lists. `None` where these differ from line to line.
pub(super) fn in_place(block: &str, yaml: &str) -> Option<String> {
    let mut lines = block.split_inclusive('\n');
    let fence = lines.next()?;
    let mut text = " ".repeat(fence.trim_end().len()) + &fence[fence.trim_end().len()..];
    let mut indent = None;
    for said in yaml.split_inclusive('\n') {
        let line = lines.next()?;
        let marks = line.trim_end().strip_suffix(said.trim_end())?.len();
        let blank = said.trim().is_empty();
        if !blank && *indent.get_or_insert(marks) != marks {
            return None;
        }
        text.push_str(&" ".repeat(marks));
        text.push_str(&line[marks..]);
    }
    Some(text)
}

impl DataBlock<'_> {
    /// Parses the YAML; findings get the block's place where the text is not in the file as it is.
    fn read<T>(
        self,
        sink: &mut Vec<Diagnostic>,
        take: impl FnOnce(Node, &mut Vec<Diagnostic>) -> Option<T>,
    ) -> Option<T> {
        let area = Area { file: self.file, text: self.yaml, base: self.base.unwrap_or(0) };
        let mut found = Vec::new();
        let value = parse(area, &mut found).and_then(|node| take(node, &mut found));
        explain(area, &mut found);
        for mut diagnostic in found {
            if self.base.is_none() {
                diagnostic = diagnostic.at(self.span);
                diagnostic.labels.clear();
            }
            sink.push(diagnostic);
        }
        value
    }
}

/// Reads a chart.
pub(super) fn chart(block: DataBlock<'_>, sink: &mut Vec<Diagnostic>) -> Option<Chart> {
    block.read(sink, |node, sink| {
        let mut fields = Fields::open(node, msg!("a chart"), sink)?;
        let kind = fields.text("type", sink);
        let mut text = |key| fields.text(key, sink).map(|t| t.value);
        let (title, unit, source, alt) = (text("title"), text("unit"), text("source"), text("alt"));
        let data = fields.take("data");
        fields.finish(&msg!("a chart"), sink);
        if alt.as_ref().is_none_or(|a| a.trim().is_empty()) {
            sink.push(missing_alt(msg!("this chart has no alternative text"), block.span));
        }
        let before = sink.len();
        let data = match data {
            Some(entry) => data_of(entry.node, sink),
            None => Vec::new(),
        };
        if data.is_empty() && sink.len() == before {
            let hint = msg!("add `data:` with lines such as `- {{label: A, value: 3}}`");
            sink.push(Diagnostic::error(codes::DATA_BLOCK, msg!("this chart has no data")).at(block.span).hint(hint));
        }
        if data.len() > MAX_DATA {
            let message = msg!(
                "this chart has {count} values; at most {limit} are allowed",
                count = data.len(),
                limit = MAX_DATA
            );
            let hint = msg!("split it into several charts");
            sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(block.span).hint(hint));
        }
        let kind = form(kind, block.span, sink)?;
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
        let hint = msg!("add `type:` with {choices}", choices = choices(names));
        sink.push(Diagnostic::error(codes::DATA_BLOCK, msg!("this chart has no type")).at(block).hint(hint));
        return None;
    };
    if let Some(kind) = all.into_iter().find(|k| k.name() == written.value) {
        return Some(kind);
    }
    let hint = match nearest(&written.value, names) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("use {choices}", choices = choices(names)),
    };
    sink.push(
        Diagnostic::error(codes::DATA_BLOCK, msg!("`{kind}` is not a type of chart", kind = &written.value))
            .at(written.span)
            .hint(hint),
    );
    None
}

/// The data, as a list of `{label, value}` or a mapping from label to value.
fn data_of(node: Node, sink: &mut Vec<Diagnostic>) -> Vec<Datum> {
    let mut data = Vec::new();
    match node.kind {
        Kind::Map(entries) => {
            for (label, _, node) in entries {
                let value = node.text(msg!("a value"), sink);
                data.extend(value.and_then(|v| datum(label, v, sink)));
            }
        }
        Kind::Seq(nodes) => {
            for node in nodes {
                let Some(mut fields) = Fields::open(node, msg!("a value"), sink) else { continue };
                let (label, value) = (fields.text("label", sink), fields.text("value", sink));
                let span = fields.span();
                fields.finish(&msg!("a value"), sink);
                match (label, value) {
                    (Some(label), Some(value)) => data.extend(datum(label.value, value, sink)),
                    _ => sink.push(
                        Diagnostic::error(codes::DATA_BLOCK, msg!("this entry needs a label and a value"))
                            .at(span)
                            .hint(msg!("write it as `{{label: A, value: 3}}`")),
                    ),
                }
            }
        }
        _ => {
            let otherwise = Diagnostic::error(codes::DATA_BLOCK, msg!("`data` must be a list of labels and values"))
                .at(node.span)
                .hint(msg!("write lines such as `- {{label: A, value: 3}}`"));
            sink.push(node.slip().unwrap_or(otherwise));
        }
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
            let message = msg!("`{value}` is not a number that a chart can show", value = &shown.value);
            let hint = msg!("write 0 or a positive number, such as `12.5`; put the unit in `unit:`");
            sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(shown.span).hint(hint));
            None
        }
    }
}

/// A number with commas between its thousands, as both languages write them, unless the author grouped its digits.
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
pub(super) fn qr(block: DataBlock<'_>, sink: &mut Vec<Diagnostic>) -> Option<Qr> {
    block.read(sink, |node, sink| {
        let mut fields = Fields::open(node, msg!("a QR code"), sink)?;
        let data = fields.text("data", sink);
        let alt = fields.text("alt", sink).map(|a| a.value).filter(|a| !a.trim().is_empty());
        fields.finish(&msg!("a QR code"), sink);
        if alt.is_none() {
            sink.push(missing_alt(msg!("this QR code has no alternative text"), block.span));
        }
        let Some(data) = data.filter(|d| !d.value.is_empty()) else {
            let found = Diagnostic::error(codes::DATA_BLOCK, msg!("this QR code is empty")).at(block.span);
            sink.push(found.hint(msg!("add `data:` with the address that it opens")));
            return None;
        };
        if data.value.len() > MAX_QR {
            let size = data.value.len();
            let message = msg!("this QR code has {size} bytes; at most {limit} are allowed", size, limit = MAX_QR);
            sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(data.span).hint(msg!("use a shorter address")));
            return None;
        }
        if runs(&data.value) {
            let message = msg!("a QR code cannot lead to `{url}`", url = data.value.as_str());
            let hint = msg!("write the https or http address of a page");
            sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(data.span).hint(hint));
            return None;
        }
        Some(Qr { data: data.value, alt: alt.unwrap_or_default() })
    })
}

fn missing_alt(message: Message, span: Span) -> Diagnostic {
    Diagnostic::error(codes::MISSING_ALT, message)
        .at(span)
        .hint(msg!("add `alt:` with a sentence that says what it shows"))
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
