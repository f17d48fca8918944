//! Listings and the other blocks between fences.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::NodeCodeBlock;

use super::tables::path_of;
use super::{Lower, attrs, fence};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::{charts, data};
use crate::model::fence::callouts;
use crate::model::{Block, BlockKind, Fence, Figure, Inline, InlineKind};

/// Whether what stands between fences of `flow`, which other programs use for code, is a diagram.
fn is_diagram(text: &str) -> bool {
    text.lines().any(|line| ["edges:", "nodes:"].iter().any(|key| line.trim_start_matches(['>', ' ']).starts_with(key)))
}

/// The longest line of code, in bytes.
const LINE: usize = 10_000;

impl Lower<'_, '_> {
    /// Code between fences or indented, or what is drawn from the data between fences.
    pub(super) fn code_block(&mut self, node: Node<'_>, code: NodeCodeBlock, range: Range<usize>) -> Option<Block> {
        self.closed(&code, &range);
        if self.is_data_table(&code, &range) {
            return self.data_table(&code, range);
        }
        let word = code.info.split_whitespace().next().unwrap_or_default();
        if matches!(word, "chart" | "qr") || word == "flow" && is_diagram(&code.literal) {
            let word = word.to_owned();
            return self.data_block(node, &code, &word, range);
        }
        let literal = self.uncovered(code.literal);
        let text = self.within_lines(literal.strip_suffix('\n').unwrap_or(&literal), &range);
        if !code.fenced {
            self.typed.indented.push(range.clone());
            let kind = BlockKind::Code { lang: None, text, indented: true, fence: Box::default() };
            let id = self.anchored(None);
            return Some(Block { id, span: self.span(range), kind });
        }
        let info = self.info(code.fence_char, &range);
        let written = fence::read(&self.input.text[info.clone()]);
        Some(self.listing(written, text, info, range))
    }

    fn data_block(&mut self, node: Node<'_>, code: &NodeCodeBlock, word: &str, range: Range<usize>) -> Option<Block> {
        self.only_id(node, &range);
        let id = node.data().attrs.as_ref().and_then(|attrs| attrs.id.clone());
        let id = id.or_else(|| self.info_id(&code.info, &range));
        let literal = self.uncovered(code.literal.clone());
        let in_place = data::in_place(&self.input.text[range.clone()], &literal);
        let block = data::DataBlock {
            file: self.input.file,
            yaml: in_place.as_deref().unwrap_or(&literal),
            base: in_place.is_some().then_some(range.start),
            span: self.span(range.clone()),
        };
        let kind = match word {
            "chart" => {
                let mut chart = charts::chart(block, self.input.lang, self.sink)?;
                if let Some(file) = &mut chart.file {
                    file.path = path_of(self.input.path, &file.written, self.sink);
                }
                BlockKind::Chart(Box::new(chart))
            }
            "flow" => BlockKind::Chart(Box::new(charts::flow(block, self.sink)?)),
            _ => data::qr(block, self.sink).map(BlockKind::Qr)?,
        };
        let id = self.anchored(id);
        Some(Block { id, span: self.span(range), kind })
    }

    /// Code whose lines are not too long to be set; one that is loses its end, which is reported once.
    pub(super) fn within_lines(&mut self, text: &str, range: &Range<usize>) -> String {
        let Some(long) = text.split('\n').map(str::len).find(|size| *size > LINE) else { return text.to_owned() };
        let message =
            msg!("a line of this code has {size} bytes; at most {limit} are allowed", size = long, limit = LINE);
        self.error(range.clone(), message, msg!("break the line, or leave out what nobody reads"));
        let lines = text.split('\n').map(|line| &line[..line.floor_char_boundary(LINE)]);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What stands on the fence behind its signs.
    fn info(&self, sign: u8, range: &Range<usize>) -> Range<usize> {
        let line = self.first_line(range);
        let rest = self.input.text[line.clone()].trim_start().trim_start_matches(char::from(sign));
        line.end - rest.len()..line.end
    }

    /// A listing; one with a caption, or with an id and a title, is a figure that is numbered.
    fn listing(&mut self, written: fence::Written, text: String, info: Range<usize>, range: Range<usize>) -> Block {
        let place = |inner: &Range<usize>| info.start + inner.start..info.start + inner.end;
        self.untold(&written, &place, &range);
        let count = text.split('\n').count();
        let marked = self.marked_lines(&written, count, &place);
        if let (Some(first), Some(last)) = (written.unknown.first(), written.unknown.last()) {
            self.typed.infos.push(place(first).start..place(last).end);
        }
        let (caption, title) = match (written.caption, written.title) {
            (None, Some(title)) if written.id.is_some() => (Some(title), None),
            both => both,
        };
        let says = written.first.is_some() || !written.marked.is_empty() || title.is_some();
        let title = title.map(|(title, inner)| self.words(&title, place(&inner))).unwrap_or_default();
        let caption = caption.map(|(caption, inner)| self.words(&caption, place(&inner))).unwrap_or_default();
        let callouts = callouts(&text);
        let span = says.then(|| self.span(info));
        let fence = Box::new(Fence { title, first: written.first, marked, callouts, span });
        let kind = BlockKind::Code { lang: written.lang, text, indented: false, fence };
        let id = self.anchored(written.id);
        let span = self.span(range);
        if caption.is_empty() {
            return Block { id, span, kind };
        }
        let body = vec![Block { id: None, span, kind }];
        let figure = Figure { body, caption, here: written.here, ..Figure::default() };
        Block { id, span, kind: BlockKind::Figure(figure) }
    }

    /// Reports attributes that cannot be read, or that code does not have.
    fn untold(
        &mut self,
        written: &fence::Written,
        place: &dyn Fn(&Range<usize>) -> Range<usize>,
        range: &Range<usize>,
    ) {
        if let Some((key, inner)) = &written.foreign {
            let hint =
                msg!("it has an id, `title`, `caption`, `lines` and `hl`: `{{#lst:a title=\"…\" lines hl=3,5-7}}`");
            self.error(place(inner), msg!("code has no attribute `{key}`", key), hint);
        }
        if let Some(bad) = &written.bad {
            let line = self.first_line(range);
            self.error(line, msg!("these attributes cannot be read"), bad.hint.clone());
        }
    }

    /// The marked lines of a listing of `count` lines; what names none of them is told.
    fn marked_lines(
        &mut self,
        written: &fence::Written,
        count: usize,
        place: &dyn Fn(&Range<usize>) -> Range<usize>,
    ) -> Vec<usize> {
        let mut marked = Vec::new();
        for (lines, inner) in &written.marked {
            marked.extend(*lines.start()..=(*lines.end()).min(count));
            if *lines.end() > count {
                let hint = msg!("the lines are counted from 1, whatever numbers are printed");
                let message = plural!(n = count, "this code has {n} line", "this code has {n} lines");
                let message = msg!("there is no line {line}: {message}", line = *lines.end(), message);
                let span = self.span(place(inner));
                self.sink.push(Diagnostic::warning(codes::UNKNOWN_ATTRIBUTE, message).at(span).hint(hint));
            }
        }
        marked.sort_unstable();
        marked.dedup();
        marked
    }

    /// A title or caption: the name of a file is code, and so is what stands between backticks.
    fn words(&mut self, value: &str, place: Range<usize>) -> Vec<Inline> {
        if fence::is_file_name(value) {
            return vec![Inline { span: self.span(place), kind: InlineKind::Code(value.to_owned()) }];
        }
        let written = &self.input.text[place.clone()];
        let base = written.find(value).map(|at| place.start + at);
        let marks = value.matches('`').count();
        let parts: Vec<&str> = if marks.is_multiple_of(2) { value.split('`').collect() } else { vec![value] };
        let (mut out, mut done) = (Vec::new(), 0);
        (self.fresh, self.last) = (true, None);
        for (index, part) in parts.into_iter().enumerate() {
            let own = base.map_or(place.clone(), |base| base + done..base + done + part.len());
            done += part.len() + 1;
            self.cursor = own.start;
            if index % 2 == 1 {
                out.push(Inline { span: self.span(own), kind: InlineKind::Code(part.to_owned()) });
            } else if !part.trim().is_empty() || index > 0 && !part.is_empty() {
                self.text(part, own.clone(), &own, &mut out);
            }
        }
        out
    }

    /// The id after the opening fence of data that comrak does not read, because it has other letters than ASCII.
    fn info_id(&mut self, info: &str, range: &Range<usize>) -> Option<String> {
        let open = info.find("{#")?;
        let line = self.first_line(range);
        match attrs::read(info, open) {
            Ok(found) => {
                if let Some((key, ..)) = found.pairs.into_iter().next() {
                    self.error(line, msg!("only an id is allowed here, not `{key}`", key), msg!("write `{{#id}}`"));
                }
                found.id.map(|(id, _)| id)
            }
            Err(bad) => {
                self.error(line, msg!("these attributes cannot be read"), bad.hint);
                None
            }
        }
    }

    /// Reports a fence that nothing closes: what follows it would be code to the end of the chapter.
    pub(super) fn closed(&mut self, code: &NodeCodeBlock, range: &Range<usize>) {
        if code.fenced && !code.closed {
            let fence = char::from(code.fence_char).to_string().repeat(code.fence_length);
            let line = self.first_line(&(range.start..self.input.text.len()));
            self.error(line, msg!("this code block is not closed"), msg!("close it with a line {fence}", fence));
        }
    }
}
