//! Tables whose cells stand in a file: ```` ```table {src=../data/lamps.csv} ````.

use std::ops::Range;

use comrak::nodes::NodeCodeBlock;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::choices;
use crate::manuscript::markdown::{Lower, attrs, paths};
use crate::model::{Block, BlockKind, ColumnAlign, DataColumn, Spanned, Table, TableData};

/// The word after the fence.
const WORD: &str = "table";

/// The attributes of such a table.
const KEYS: [&str; 4] = ["src", "head", "columns", "align"];

impl Lower<'_, '_> {
    /// Whether a fence holds a table that stands in a file.
    pub(in crate::manuscript::markdown) fn is_data_table(&self, code: &NodeCodeBlock, range: &Range<usize>) -> bool {
        let line = &self.input.text[self.first_line(range)];
        code.fenced && code.info.split_whitespace().next() == Some(WORD) && line.contains('{')
    }

    /// The table of a fence, without its cells: they are read with the rest of the book.
    pub(in crate::manuscript::markdown) fn data_table(
        &mut self,
        code: &NodeCodeBlock,
        range: Range<usize>,
    ) -> Option<Block> {
        let line = self.first_line(&range);
        let head = &self.input.text[..line.end];
        let open = line.start + head[line.clone()].find('{')?;
        let attrs = match attrs::read(head, open) {
            Ok(found) => found,
            Err(bad) => {
                self.error(bad.range, msg!("these attributes cannot be read"), bad.hint);
                return None;
            }
        };
        if !code.literal.trim().is_empty() {
            let hint = msg!("remove what stands between the fences, or write it into the file");
            self.error(line.clone(), msg!("a table from a file has no text of its own"), hint);
        }
        let data = self.table_data(attrs.pairs, &line)?;
        let id = self.anchored(attrs.id.map(|(id, _)| id));
        let table = Table { columns: Vec::new(), head: Vec::new(), rows: Vec::new(), data: Some(Box::new(data)) };
        Some(Block { id, span: self.span(range), kind: BlockKind::Table(table) })
    }

    fn table_data(&mut self, pairs: Vec<(String, String, Range<usize>)>, line: &Range<usize>) -> Option<TableData> {
        let (mut written, mut head, mut columns, mut aligns) = (None, 1, None, None);
        for (key, value, place) in pairs {
            let span = self.span(place.clone());
            match key.as_str() {
                "src" => written = Some(Spanned { value, span }),
                "head" => match value.parse() {
                    Ok(rows @ 0..=9) => head = rows,
                    _ => {
                        let hint = msg!("write how many lines of the file are the head: `head=0`, `head=1`, `head=2`");
                        self.error(place, msg!("`{value}` is not a number of lines", value), hint);
                    }
                },
                "columns" => columns = Some(Spanned { value: named(&value), span }),
                "align" => match aligned(&value) {
                    Some(value) => aligns = Some(Spanned { value, span }),
                    None => {
                        let hint = msg!(
                            "write a sign for each column: `l` left, `c` middle, `r` right, `.` decimal mark, `-` as the layout likes"
                        );
                        self.error(place, msg!("`{value}` is not an alignment", value), hint);
                    }
                },
                _ => {
                    let hint = msg!("the attributes are {choices}", choices = choices(KEYS));
                    self.error(place, msg!("a table from a file has no attribute `{key}`", key), hint);
                }
            }
        }
        let Some(written) = written else {
            let hint = msg!("write `{line}`", line = "```table {src=../data/name.csv}");
            self.error(line.clone(), msg!("this table has no file"), hint);
            return None;
        };
        let path = path_of(self.input.path, &written, self.sink);
        Some(TableData { path, written, head, columns, aligns })
    }
}

/// The path in the project of a file of data that a chapter names; empty where it cannot be one, which is reported.
pub(in crate::manuscript::markdown) fn path_of(
    chapter: &str,
    written: &Spanned<String>,
    sink: &mut Vec<Diagnostic>,
) -> String {
    paths::resolve(chapter, &written.value).unwrap_or_else(|reason| {
        let message = msg!("the file `{path}` cannot be used: {reason}", path = &written.value, reason);
        let hint = msg!("put the file in manuscript/data and write its path as `../data/name.csv`");
        sink.push(Diagnostic::error(codes::DATA_BLOCK, message).at(written.span).hint(hint));
        String::new()
    })
}

/// Columns as `name, other: what the head says`.
fn named(value: &str) -> Vec<DataColumn> {
    let columns = value.split([',', '，']).map(str::trim).filter(|column| !column.is_empty());
    let column = |column: &str| match column.split_once([':', '：']) {
        Some((name, shown)) => DataColumn { name: name.trim().to_owned(), shown: Some(shown.trim().to_owned()) },
        None => DataColumn { name: column.to_owned(), shown: None },
    };
    columns.map(column).collect()
}

/// Alignments, a sign for each.
fn aligned(value: &str) -> Option<Vec<ColumnAlign>> {
    let align = |sign: char| match sign {
        'l' => Some(ColumnAlign::Left),
        'c' => Some(ColumnAlign::Center),
        'r' | '.' => Some(ColumnAlign::Right),
        '-' => Some(ColumnAlign::Auto),
        _ => None,
    };
    value.chars().filter(|c| !c.is_whitespace()).map(align).collect()
}
