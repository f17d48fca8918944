//! Tables.

use std::num::NonZeroUsize;

use typst::foundations::{Content, IntoValue, NativeElement, Packed, Smart, Value};
use typst::layout::{Alignment, BoxElem, HAlignment, HideElem, Sizing, TrackSizings};
use typst::model::{EnumElem, EnumItem, ListElem, ListItem, TableCell, TableChild, TableElem, TableHeader, TableItem};
use typst::syntax::Span;
use typst::text::{NumberWidth, TextElem};

use super::Lowerer;
use super::block::start_number;
use crate::model::{Cell, CellList, ColumnAlign, Table};
use crate::typeset::breaks::Matter;

impl<'m> Lowerer<'_, '_, 'm> {
    /// A table as the layout fits it to the page, if it does.
    pub(super) fn drawn_table(&mut self, table: &'m Table, span: Span) -> Content {
        if table.columns.is_empty() {
            return self.mark(span);
        }
        let table = self.table(table, span);
        match self.scene.blocks.get("table") {
            Ok(Value::Func(function)) => {
                let function = function.clone();
                self.call("table", &function, span, vec![table.clone().into_value()]).unwrap_or(table)
            }
            _ => table,
        }
    }

    fn table(&mut self, table: &'m Table, span: Span) -> Content {
        let mut children = Vec::new();
        if table.has_head() {
            let head = table.head.iter().flatten().map(|cell| self.cell(cell, table.align(cell))).collect();
            children.push(TableChild::Header(Packed::new(TableHeader::new(head))));
        }
        for cell in table.rows.iter().flatten() {
            children.push(TableChild::Item(self.cell(cell, table.align(cell))));
        }
        let columns = TrackSizings(table.columns.iter().map(|_| Sizing::Auto).collect());
        TableElem::new(children).with_columns(columns).pack().spanned(span)
    }

    /// A column without alignment of its own is left to the layout.
    fn cell(&mut self, cell: &'m Cell, align: ColumnAlign) -> TableItem {
        self.matter = Matter::Cell;
        self.mass.begin();
        let reach = |places: usize| NonZeroUsize::new(places).unwrap_or(NonZeroUsize::MIN);
        let element = TableCell::new(self.shown_in(cell, align));
        let element = element.with_colspan(reach(cell.columns)).with_rowspan(reach(cell.rows));
        self.matter = Matter::Text;
        let align = match align {
            ColumnAlign::Auto => None,
            ColumnAlign::Left => Some(HAlignment::Left),
            ColumnAlign::Center => Some(HAlignment::Center),
            ColumnAlign::Right | ColumnAlign::Decimal(_) => Some(HAlignment::Right),
        };
        let element = match align {
            Some(align) => element.with_align(Smart::Custom(Alignment::H(align))),
            None => element,
        };
        TableItem::Cell(Packed::new(element).spanned(self.span(cell.span)))
    }

    /// What stands in a cell. A number is followed by what it lacks, unseen, so that its decimal mark stands below the others.
    fn shown_in(&mut self, cell: &'m Cell, align: ColumnAlign) -> Content {
        if let Some(list) = cell.list {
            return self.listed(cell, list);
        }
        let body = self.inlines(&cell.body);
        if !matches!(align, ColumnAlign::Decimal(_)) {
            return body;
        }
        let padding = cell.padding(align);
        let number = if padding.is_empty() {
            body
        } else {
            let unseen = HideElem::new(TextElem::packed(padding)).pack();
            BoxElem::new().with_body(Some(Content::sequence([body, unseen]))).pack()
        };
        number.set(TextElem::number_width, Smart::Custom(NumberWidth::Tabular))
    }

    fn listed(&mut self, cell: &'m Cell, list: CellList) -> Content {
        let items: Vec<_> = cell.lines().map(|line| self.inlines(line)).collect();
        let list = match list {
            CellList::Bullets => {
                ListElem::new(items.into_iter().map(|item| Packed::new(ListItem::new(item))).collect()).pack()
            }
            CellList::Numbers(start) => {
                EnumElem::new(items.into_iter().map(|item| Packed::new(EnumItem::new(item))).collect())
                    .with_start(start_number(start))
                    .pack()
            }
        };
        list.spanned(self.span(cell.span))
    }
}
