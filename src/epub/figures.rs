//! Figures, tables and charts as XHTML.

use super::blocks::lone_image;
use super::columns::Look;
use super::page::Writer;
use super::plan::CAPTION;
use super::titles::Brief;
use crate::model::{Block, BlockKind, Cell, CellList, Chart, ColumnAlign, Figure, Inline, Lang, Table};

/// A number label and the caption after it.
pub(super) type Caption<'a> = (String, &'a [Inline]);

impl<'a> Writer<'_, 'a> {
    /// Writes a figure, with its number and caption if it has them. A lone table carries them itself.
    pub(super) fn figure(&mut self, block: &'a Block, figure: &'a Figure) {
        let label = figure.part.map(|letter| format!("({letter})")).or_else(|| self.content.plan.number(block));
        let mut caption = label.map(|label| (label, figure.caption.as_slice()));
        let beneath = std::mem::take(&mut self.beneath);
        self.open("figure", block, &[("class", if figure.part.is_some() { "part" } else { "figure" })]);
        self.xml.raw("\n");
        let (shown, notes) = figure.shown_and_notes();
        match (shown, figure.columns) {
            ([only @ Block { kind: BlockKind::Table(table), .. }], _) => self.table(only, table, caption.take()),
            (_, Some(columns)) if columns > 1 => self.beside(shown, columns),
            _ => shown.iter().for_each(|inner| self.in_figure(inner)),
        }
        self.table_notes(notes);
        if caption.is_some() || figure.rights().next().is_some() || !beneath.is_empty() {
            self.xml.open("figcaption", &[]);
            if let Some(caption) = caption {
                self.caption(caption);
            }
            self.credit(figure);
            self.beneath(block, beneath);
            self.xml.close_line();
        }
        self.xml.close_line();
    }

    /// The caption and the credit line of a translation, in its language, in the caption of the figure that it shares.
    fn beneath(&mut self, figure: &'a Block, said: &'a [Block]) {
        for block in said {
            let BlockKind::Container { name, body, .. } = &block.kind else { continue };
            let [inner] = &body[..] else { continue };
            let lang = self.content.plan.outline.language(block.span.file);
            let around = std::mem::replace(&mut self.lang, lang);
            let class = if name == CAPTION { "translation" } else { "translation credit" };
            self.xml.open("span", &[("class", class), ("lang", lang.bcp47()), ("xml:lang", lang.bcp47())]);
            match (&inner.kind, self.content.plan.number_in(figure, lang).filter(|_| name == CAPTION)) {
                (BlockKind::Paragraph(run), Some(label)) => self.caption((label, run.as_slice())),
                (BlockKind::Paragraph(run), None) => self.inlines(run),
                (BlockKind::Figure(other), _) => self.credit_words(other),
                _ => {}
            }
            self.xml.close();
            self.lang = around;
        }
    }

    fn table_notes(&mut self, notes: &'a [Block]) {
        if !notes.is_empty() {
            self.xml.open("div", &[("class", "table-notes")]);
            self.blocks(notes);
            self.xml.close_line();
        }
    }

    /// What stands in a figure.
    fn in_figure(&mut self, inner: &'a Block) {
        match (&inner.kind, lone_image(inner)) {
            (_, Some(image)) if inner.id.is_none() => self.image(image),
            (BlockKind::Chart(chart), _) => self.chart(inner, chart, true),
            _ => self.blocks(std::slice::from_ref(inner)),
        }
    }

    /// What stands in a figure, so many side by side.
    fn beside(&mut self, body: &'a [Block], columns: u8) {
        self.xml.open("div", &[("class", &super::style::columns_class(columns))]);
        self.xml.raw("\n");
        for inner in body {
            self.xml.open("div", &[("class", "cell")]);
            self.in_figure(inner);
            self.xml.close_line();
        }
        self.xml.close_line();
    }

    fn credit(&mut self, figure: &'a Figure) {
        if figure.rights().next().is_some() {
            self.xml.open("span", &[("class", "credit")]);
            self.credit_words(figure);
            self.xml.close();
        }
    }

    /// Writes the words of a credit line.
    pub(super) fn credit_words(&mut self, figure: &'a Figure) {
        for (before, run) in figure.credit_line(self.lang.export_words()) {
            self.xml.text(&before);
            self.inlines(run);
        }
    }

    fn caption(&mut self, (label, caption): Caption<'a>) {
        self.xml.open("span", &[("class", "label")]);
        self.xml.text(&label);
        self.xml.close();
        self.xml.text(self.lang.export_words().caption_gap);
        self.inlines(caption);
    }

    /// Writes a chart that stands outside a figure: numbered, its title is the caption.
    pub(super) fn chart_figure(&mut self, block: &'a Block, chart: &Chart) {
        let beneath = std::mem::take(&mut self.beneath);
        let label = self.content.plan.number(block);
        if label.is_none() && beneath.is_empty() {
            return self.chart(block, chart, true);
        }
        // The caption is in the language of the chart.
        let tag = self.mark.take().map(Lang::bcp47);
        let said = tag.map(|tag| [("lang", tag), ("xml:lang", tag)]);
        let attrs: Vec<(&str, &str)> = [("class", "figure")].into_iter().chain(said.into_iter().flatten()).collect();
        self.xml.open("figure", &attrs);
        self.chart(block, chart, label.is_none());
        self.xml.open("figcaption", &[]);
        if let Some(label) = label {
            self.xml.open("span", &[("class", "label")]);
            self.xml.text(&label);
            self.xml.close();
            if let Some(title) = &chart.title {
                self.xml.text(self.lang.export_words().caption_gap);
                self.xml.text(title);
            }
        }
        self.beneath(block, beneath);
        self.xml.close();
        self.xml.close_line();
    }

    /// Writes a chart: the drawing, where the data come from, and the data as a table.
    fn chart(&mut self, block: &'a Block, chart: &Chart, titled: bool) {
        self.svg = true;
        let words = self.lang.export_words();
        self.open("div", block, &[("class", "chart")]);
        if let Some(title) = chart.title.as_ref().filter(|_| titled) {
            self.xml.element("p", &[("class", "chart-title")], title);
        }
        if let Some(headline) = &chart.headline {
            self.xml.element("p", &[("class", "chart-headline")], headline);
        }
        let id = self.content.plan.id(block).unwrap_or("chart");
        super::chart::draw(self.xml, chart, id, (self.lang, words));
        // The drawing shows bare values; their unit stands with their source, as on paper.
        let notes = [(words.unit, &chart.unit), (words.source, &chart.source)];
        let notes: Vec<String> =
            notes.iter().filter_map(|(word, text)| Some(format!("{word}{}", text.as_ref()?))).collect();
        if !notes.is_empty() {
            self.xml.element("p", &[("class", "chart-source")], &notes.join(words.separator));
        }
        super::chart::data_table(self.xml, chart, words);
        self.xml.close_line();
    }

    /// Writes a table; the header row only if something stands in it.
    pub(super) fn table(&mut self, block: &'a Block, table: &'a Table, caption: Option<Caption<'a>>) {
        if table.head.is_empty() && table.rows.is_empty() {
            return;
        }
        let look = Look::of(table);
        let class = look.class();
        let attrs: Vec<_> = class.iter().map(|class| ("class", *class)).collect();
        self.open("table", block, &attrs);
        if let Some(caption) = caption {
            self.xml.open("caption", &[]);
            self.caption(caption);
            self.xml.close_line();
        }
        if table.has_head() {
            self.xml.open("thead", &[]);
            for row in &table.head {
                self.row((table, &look), row, true);
            }
            self.xml.close_line();
        }
        if !table.rows.is_empty() {
            self.xml.open("tbody", &[]);
            for row in &table.rows {
                self.row((table, &look), row, false);
            }
            self.xml.close();
        }
        self.xml.close_line();
    }

    fn row(&mut self, (table, look): (&Table, &Look), cells: &'a [Cell], head: bool) {
        self.xml.open("tr", &[]);
        for cell in cells {
            let align = match table.align(cell) {
                ColumnAlign::Auto => None,
                ColumnAlign::Left => Some("left"),
                ColumnAlign::Center => Some("center"),
                ColumnAlign::Decimal(_) if !head => Some("right decimal"),
                ColumnAlign::Right | ColumnAlign::Decimal(_) => Some("right"),
            };
            let width = if look.unbroken(cell) { Some("short") } else { look.brief(cell).then_some("words") };
            let class: Vec<&str> = align.into_iter().chain(width).collect();
            let class = class.join(" ");
            let mut attrs: Vec<(&str, &str)> = Vec::new();
            if !class.is_empty() {
                attrs.push(("class", &class));
            }
            attrs.extend(look.label(cell).filter(|_| !head).map(|label| ("data-label", label)));
            let reach =
                [("colspan", cell.columns), ("rowspan", cell.rows)].map(|(name, places)| (name, places.to_string()));
            attrs.extend(
                reach.iter().filter(|(_, places)| places != "1").map(|(name, places)| (*name, places.as_str())),
            );
            let heads = head && !cell.is_blank();
            if heads {
                attrs.push(("scope", "col"));
            }
            self.xml.open(if heads { "th" } else { "td" }, &attrs);
            if width == Some("words") {
                self.titled(Brief::Cell, |writer| writer.cell(cell, table.align(cell)));
            } else {
                self.cell(cell, table.align(cell));
            }
            self.xml.close();
        }
        self.xml.close_line();
    }

    /// What stands in a cell. A number is followed by spaces as wide as what it lacks.
    fn cell(&mut self, cell: &'a Cell, align: ColumnAlign) {
        let Some(list) = cell.list else {
            self.inlines(&cell.body);
            let spaces = cell.padding(align).replace('.', "\u{2008}").replace('0', "\u{2007}");
            return self.xml.text(&spaces);
        };
        let start = match list {
            CellList::Numbers(start) if start != 1 => Some(("start", start.to_string())),
            _ => None,
        };
        let attrs: Vec<_> = start.iter().map(|(name, first)| (*name, first.as_str())).collect();
        self.xml.open(if list == CellList::Bullets { "ul" } else { "ol" }, &attrs);
        for line in cell.lines() {
            self.xml.open("li", &[]);
            self.inlines(line);
            self.xml.close();
        }
        self.xml.close();
    }
}
