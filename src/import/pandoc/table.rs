//! Tables of pandoc's JSON.

use serde_json::Value;

use super::super::document::{Block, BlockKind, Cell};
use super::{Attributes, Reader, list};

impl Reader<'_> {
    pub(super) fn table(&mut self, content: &Value) -> Vec<Block> {
        let pending = std::mem::take(&mut self.pending);
        let attributes = Attributes::of(&content[0]);
        let caption = self.caption(&content[1]);
        let of_caption = std::mem::take(&mut self.pending);
        let head = self.rows(&content[3][1]);
        let mut rows = Vec::new();
        for body in list(&content[4]) {
            rows.extend(self.rows(&body[2]));
            rows.extend(self.rows(&body[3]));
        }
        rows.extend(self.rows(&content[5][1]));
        self.pending.splice(0..0, of_caption);
        self.pending.splice(0..0, pending);
        vec![self.new_block(attributes.id, BlockKind::Table { head, rows, caption })]
    }

    fn rows(&mut self, rows: &Value) -> Vec<Vec<Cell>> {
        let reach = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1).clamp(1, 1000);
        let mut out = Vec::new();
        for row in list(rows) {
            let cells = list(&row[1]).iter().map(|cell| Cell {
                body: self.cell_line(&cell[4]),
                columns: reach(&cell[3]),
                rows: reach(&cell[2]),
            });
            out.push(cells.collect());
        }
        out
    }
}
