//! Tables.

use typst::foundations::{Content, NativeElement, Packed, Smart};
use typst::layout::{Alignment, HAlignment, Sizing, TrackSizings};
use typst::model::{TableCell, TableChild, TableElem, TableHeader, TableItem};
use typst::syntax::Span;

use super::Lowerer;
use crate::model::{Cell, ColumnAlign, Table};
use crate::typeset::breaks::Matter;

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn table(&mut self, table: &'m Table, span: Span) -> Content {
        let mut children = Vec::new();
        if table.head.iter().any(|cell| !cell.body.is_empty()) {
            let head = self.row(&table.head, &table.columns);
            children.push(TableChild::Header(Packed::new(TableHeader::new(head))));
        }
        for row in &table.rows {
            children.extend(self.row(row, &table.columns).into_iter().map(TableChild::Item));
        }
        let columns = TrackSizings(table.columns.iter().map(|_| Sizing::Auto).collect());
        TableElem::new(children).with_columns(columns).pack().spanned(span)
    }

    fn row(&mut self, row: &'m [Cell], columns: &[ColumnAlign]) -> Vec<TableItem> {
        row.iter().zip(columns).map(|(cell, align)| self.cell(cell, *align)).collect()
    }

    /// A column without alignment of its own is left to the layout.
    fn cell(&mut self, cell: &'m Cell, align: ColumnAlign) -> TableItem {
        self.matter = Matter::Cell;
        let element = TableCell::new(self.inlines(&cell.body));
        self.matter = Matter::Text;
        let align = match align {
            ColumnAlign::Auto => None,
            ColumnAlign::Left => Some(HAlignment::Left),
            ColumnAlign::Center => Some(HAlignment::Center),
            ColumnAlign::Right => Some(HAlignment::Right),
        };
        let element = match align {
            Some(align) => element.with_align(Smart::Custom(Alignment::H(align))),
            None => element,
        };
        TableItem::Cell(Packed::new(element).spanned(self.span(cell.span)))
    }
}
