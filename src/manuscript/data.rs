//! Fenced data blocks, written as YAML: where they stand, and QR codes. Charts have a folder of their own.

use super::yaml::{Area, Fields, Node, explain, parse};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::model::{Qr, runs};
use crate::source::{FileId, Span};

/// The longest text that a QR code may hold, in bytes.
const MAX_QR: usize = 1000;

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
    pub(super) fn read<T>(
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
