//! Tables and figures.

use super::super::document::{Block, BlockKind, Cell, Inline};
use super::super::inlines::is_empty;
use super::super::report::Kind;
use super::reader::Reader;
use crate::diagnostic::Severity;
use crate::foreign::xml::Element;

/// Over how many columns or rows a cell reaches at most.
const MAX_REACH: usize = 1000;

impl<'a> Reader<'a> {
    /// A table; one that only arranges things on the page is what it holds.
    pub(super) fn table(&mut self, element: &'a Element) -> Vec<Block> {
        let (mut head, mut body) = (Vec::new(), Vec::new());
        rows(element, false, &mut head, &mut body);
        let widest = head.iter().chain(&body).map(|row| row.elements().count()).max().unwrap_or(0);
        if widest < 2 || element.attribute("role") == Some("presentation") {
            return self.inside(element);
        }
        let ids = self.pending_ids();
        self.outer.push(element);
        let caption = element.elements().find(|child| child.name == "caption").map(|caption| self.caption(caption));
        let is_head = |row: &&Element| row.elements().all(|cell| cell.name == "th");
        if head.is_empty() && body.first().is_some_and(is_head) && body.len() > 1 {
            head.push(body.remove(0));
        }
        let head = head.into_iter().map(|row| self.row(row)).collect();
        let rows = body.into_iter().map(|row| self.row(row)).collect();
        self.outer.pop();
        self.put_back(ids);
        let kind = BlockKind::Table { head, rows, caption: caption.unwrap_or_default() };
        vec![self.block(element, kind)]
    }

    fn row(&mut self, row: &'a Element) -> Vec<Cell> {
        self.note_id(row);
        self.outer.push(row);
        let reach = |cell: &Element, name: &str| {
            cell.attribute(name)
                .and_then(|n| n.trim().parse().ok())
                .filter(|n| (1..=MAX_REACH).contains(n))
                .unwrap_or(1)
        };
        let cells = row.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th")).map(|cell| {
            self.note_id(cell);
            if cell.find("table").is_some() {
                let message = msg!("a table in a table is kept as lines of its cell");
                self.once(Kind::Changed, Severity::Warning, cell, message, "");
            }
            Cell { body: self.line(cell), columns: reach(cell, "colspan"), rows: reach(cell, "rowspan") }
        });
        let cells = cells.collect();
        self.outer.pop();
        cells
    }

    /// A caption without the number before it, which the book counts itself.
    fn caption(&mut self, element: &'a Element) -> Vec<Inline> {
        let mut line = self.line(element);
        let lost = cut_label(&mut line);
        if !lost.is_empty() {
            let message =
                msg!("the numbers of figures and tables are left out of their captions: they are counted anew");
            self.once(Kind::Changed, Severity::Info, element, message, &lost);
        }
        line
    }

    /// A figure: what it shows, and its caption.
    pub(super) fn figure(&mut self, element: &'a Element) -> Vec<Block> {
        let ids = self.pending_ids();
        self.outer.push(element);
        let mut caption = Vec::new();
        let mut blocks = Vec::new();
        let mut from = 0;
        for (nth, node) in element.children.iter().enumerate() {
            let Some(inner) = node.element().filter(|inner| inner.name == "figcaption") else { continue };
            blocks.extend(self.nodes(element.children.get(from..nth).unwrap_or_default(), element));
            caption.extend(self.caption(inner));
            from = nth + 1;
        }
        blocks.extend(self.nodes(element.children.get(from..).unwrap_or_default(), element));
        self.outer.pop();
        self.put_back(ids);
        let is_one = blocks.len() == 1;
        match blocks.as_mut_slice() {
            [] if is_empty(&caption) => Vec::new(),
            // A table has its caption itself.
            [Block { kind: BlockKind::Table { caption: own, .. }, .. }] if own.is_empty() || caption.is_empty() => {
                own.extend(caption);
                let id = self.name_pending(None);
                blocks.into_iter().map(|block| Block { id: block.id.or(id.clone()), ..block }).collect()
            }
            _ if caption.is_empty() && is_one => {
                let id = self.name_pending(None);
                blocks.into_iter().map(|block| Block { id: block.id.or(id.clone()), ..block }).collect()
            }
            _ => vec![self.block(element, BlockKind::Figure(blocks, caption))],
        }
    }
}

/// Sorts the rows of a table into those of its head and the others. Those of a table in it are its own.
fn rows<'a>(element: &'a Element, is_head: bool, head: &mut Vec<&'a Element>, body: &mut Vec<&'a Element>) {
    for child in element.elements() {
        match child.name.as_str() {
            "tr" if is_head => head.push(child),
            "tr" => body.push(child),
            "thead" => rows(child, true, head, body),
            "tbody" | "tfoot" => rows(child, false, head, body),
            _ => {}
        }
    }
}

/// Cuts `Figure 3.` or `图3-1　` from a caption; gives what was cut.
fn cut_label(line: &mut Vec<Inline>) -> String {
    let mut lost = String::new();
    let Some(Inline::Text(first)) = line.first_mut() else { return lost };
    if let Some(end) = label_end(first) {
        let (cut, kept) = first.split_at(end);
        lost.push_str(cut.trim());
        *first = kept.to_owned();
    }
    line.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    lost
}

/// Where the label ends with which a caption begins.
fn label_end(text: &str) -> Option<usize> {
    const WORDS: [&str; 8] = ["Figure", "Fig.", "Fig", "Table", "Listing", "图", "表", "圖"];
    let rest = WORDS.iter().find_map(|word| text.strip_prefix(word))?;
    let number = rest.trim_start();
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '–' | '—' | '．');
    let after = number.trim_start_matches(is_number);
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = after.trim_start_matches([':', '：', '.', '．', '。', '、']);
    let parted = rest.len() < after.len()
        || after.starts_with(char::is_whitespace)
        || number.trim_end_matches(after).ends_with('.');
    let rest = rest.trim_start();
    (parted && !rest.is_empty()).then_some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_captions_are_cut_and_words_are_not() {
        for (text, kept) in [
            ("Figure 1. From 236 fields", "From 236 fields"),
            ("Table 2-1: A", "A"),
            ("图3-1　灯", "灯"),
            ("表 2 油价", "油价"),
            ("Figure skating", "Figure skating"),
            ("表面张力", "表面张力"),
            ("Table 3", "Table 3"),
            ("图5年的变化", "图5年的变化"),
        ] {
            let mut line = vec![Inline::Text(text.to_owned())];
            let lost = cut_label(&mut line);
            assert_eq!(line, [Inline::Text(kept.to_owned())], "{text}");
            assert_eq!(lost.is_empty(), text == kept, "{text}: {lost}");
        }
    }
}
