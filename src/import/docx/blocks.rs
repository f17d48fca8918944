//! Paragraphs and tables of a document, in order.

use super::assemble::{self, Held, Item};
use super::captions;
use super::looks::{self, STRONG};
use super::numbering::LEVELS;
use super::reader::{Para, Reader};
use super::styles::{self, Role};
use super::xml::Word as _;
use crate::diagnostic::Severity;
use crate::foreign::xml::Element;
use crate::import::write::plain;
use crate::import::{Block, BlockKind, Cell, Inline, Kind};

/// Most columns of a table, as in Word.
const MOST_COLUMNS: usize = 63;

impl Reader<'_> {
    /// The blocks of a body, a cell, a box or a note.
    pub(super) fn blocks(&mut self, node: &Element) -> Vec<Block> {
        let mut items = Vec::new();
        let outer = self.held.take();
        self.items(node, &mut items);
        self.release(&mut items);
        self.held = outer;
        assemble::blocks(self, items)
    }

    fn items(&mut self, node: &Element, items: &mut Vec<Item>) {
        for child in node.elements() {
            match child.name.as_str() {
                "p" => self.paragraph_items(child, items),
                "tbl" => {
                    self.release(items);
                    self.table(child, items);
                }
                "altChunk" | "subDoc" => self.outside(child),
                "AlternateContent" => {
                    let says = child.elements().find(|form| !form.all_text().is_empty());
                    says.or_else(|| child.elements().next()).into_iter().for_each(|form| self.items(form, items));
                }
                "sdt" if self.is_hint(child) => {}
                "sectPr" => self.odd_section(child),
                name if name.ends_with("Pr") => {}
                _ => self.items(child, items),
            }
        }
    }

    fn paragraph_items(&mut self, node: &Element, items: &mut Vec<Item>) {
        self.paragraph += 1;
        let properties = node.child("pPr");
        let ends = properties.and_then(|node| node.child("sectPr"));
        ends.into_iter().for_each(|section| self.odd_section(section));
        self.odd_paragraph(properties);
        let style = properties.and_then(|node| node.val("pStyle"));
        let mut role = self.styles.role(style);
        match properties.and_then(styles::outline) {
            Some(level) if level < 9 => role = Role::Heading(level.min(5) + 1),
            Some(_) if matches!(role, Role::Heading(_)) => role = Role::Paragraph,
            _ => {}
        }
        if let Some(style) = style {
            *self.used.entry(self.styles.name(style)).or_default() += 1;
        }
        // Where a heading stands, a list of contents has ended, whatever the file says.
        if matches!(role, Role::Heading(_)) {
            self.end_contents();
        }
        let mut para = self.para(node);
        if let Some(before) = self.held.take() {
            para = before.joined(para);
        }
        let goes_on = self.mark_is_gone(properties) || goes_on(properties, role);
        if goes_on && !is_blank(&para) {
            self.held = Some(para);
            return;
        }
        self.put(para, (role, style, properties), items);
    }

    /// Writes a paragraph that waits for one to be joined to, where none comes.
    fn release(&mut self, items: &mut Vec<Item>) {
        if let Some(para) = self.held.take() {
            self.put(para, (Role::Paragraph, None, None), items);
        }
    }

    fn put(
        &mut self,
        mut para: Para,
        (role, style, properties): (Role, Option<&str>, Option<&Element>),
        items: &mut Vec<Item>,
    ) {
        let boxes = std::mem::take(&mut para.boxes);
        let (before, behind) = self.pages(&para, properties);
        let page = Block { at: self.at(), id: None, kind: BlockKind::PageBreak };
        items.extend(before.then(|| Item::Block(page.clone())));
        if !is_blank(&para) {
            let item = self.item(para, role, style, properties);
            items.extend(item);
        }
        items.extend(behind.then_some(Item::Block(page)));
        for blocks in boxes {
            let block = self.boxed(blocks);
            items.push(Item::Block(block));
        }
    }

    fn item(&mut self, mut para: Para, role: Role, style: Option<&str>, properties: Option<&Element>) -> Option<Item> {
        let marked = matches!(role, Role::Heading(_) | Role::Title | Role::Caption | Role::Subtitle);
        let text = |(inline, _): &&(Inline, u8)| matches!(inline, Inline::Text(text) if !text.trim().is_empty());
        if marked && para.items.iter().filter(text).all(|(_, looks)| looks & STRONG != 0) {
            para.items.iter_mut().for_each(|(_, looks)| *looks &= !STRONG);
        }
        if role == Role::Caption || para.sequence.is_some() {
            match captions::read(self, para, role) {
                Ok(caption) => return Some(caption),
                Err(whole) => para = whole,
            }
        }
        let id = self.place(&para.bookmarks);
        let run = looks::run(&para.items);
        let at = self.at();
        let block = |kind| Block { at: at.clone(), id: id.clone(), kind };
        if para.display
            && let [Inline::Formula(tex)] = run.as_slice()
        {
            return Some(Item::Block(block(BlockKind::Formula(tex.clone()))));
        }
        let held = match role {
            Role::Heading(level) => {
                self.numbered_heading(level, style, properties);
                return Some(Item::Block(block(BlockKind::Heading(level, run))));
            }
            Role::Title => return Some(Item::Title(block(BlockKind::Paragraph(run)))),
            Role::Author => return Some(Item::Author(plain(&run).trim().to_owned())),
            Role::Contents => {
                self.gone.contents.push_str(&plain(&run));
                return None;
            }
            Role::Drop => {
                let text = plain(&run);
                let message = msg!("left out, as the style map says: {text}", text = &text);
                self.tell(Kind::Dropped, Severity::Info, message, &text);
                return None;
            }
            Role::Code => return Some(Item::Code(block(BlockKind::Code(None, lines(&run))))),
            Role::Quote => Some(Held::Quote),
            Role::Aside => Some(Held::Container("aside")),
            Role::Epigraph => Some(Held::Container("epigraph")),
            Role::Poem => Some(Held::Container("poem")),
            Role::Paragraph | Role::Subtitle | Role::Caption => None,
        };
        let block = block(BlockKind::Paragraph(run));
        if let Some(held) = held {
            return Some(Item::Held(held, block));
        }
        Some(self.list_item(block, style, properties))
    }

    /// The id of a block with these bookmarks; `None` where nothing refers to it.
    pub(super) fn place(&mut self, bookmarks: &[String]) -> Option<String> {
        let id = bookmarks.iter().find(|name| self.wanted.contains(*name))?.clone();
        for name in bookmarks {
            self.places.entry(name.clone()).or_insert_with(|| id.clone());
        }
        Some(id)
    }

    /// The list that a paragraph is in, by itself or by its style, and its level there.
    fn list_of(&self, style: Option<&str>, properties: Option<&Element>) -> Option<(String, usize)> {
        let direct = properties.and_then(|node| node.child("numPr"));
        let of_style = style.map(|style| self.styles.numbering(style)).unwrap_or_default();
        let list = direct.and_then(|node| node.val("numId")).map(str::to_owned).or(of_style.0)?;
        let level = direct.and_then(|node| node.val("ilvl")).and_then(|level| level.parse().ok()).or(of_style.1);
        let level = level.unwrap_or(0).min(LEVELS - 1);
        self.numbering.level(&list, level).is_some().then_some((list, level))
    }

    /// Notes how Word numbers a heading.
    fn numbered_heading(&mut self, heading: u8, style: Option<&str>, properties: Option<&Element>) {
        let Some((list, level)) = self.list_of(style, properties) else { return };
        let known = self.numbering.level(&list, level).filter(|level| level.start.is_some());
        if let Some(format) = known.map(|level| level.format.clone()).filter(|format| format.contains('%')) {
            self.gone.headings.entry(heading).or_insert(format);
        }
    }

    fn list_item(&mut self, block: Block, style: Option<&str>, properties: Option<&Element>) -> Item {
        let Some((list, level)) = self.list_of(style, properties) else { return Item::Block(block) };
        let Some(known) = self.numbering.level(&list, level).cloned() else { return Item::Block(block) };
        if known.has_words() {
            let at = self.at();
            self.gone.formats.entry(known.format.clone()).or_insert(at);
        }
        let kind = self.numbering.kind(&list).to_owned();
        let anew = self.numbering.anew(&list, level);
        let begins = self.begun.insert((list.clone(), level));
        let number = known.start.map(|start| {
            let before = self.counters.entry((kind.clone(), level)).or_insert(start.saturating_sub(1));
            if let Some(anew) = anew.filter(|_| begins) {
                *before = anew.saturating_sub(1);
            }
            *before = before.saturating_add(1);
            *before
        });
        for deeper in level + 1..LEVELS {
            self.counters.remove(&(kind.clone(), deeper));
        }
        let depth = style.map_or(0, |style| self.styles.depth(style));
        Item::Listed { list, level: level.max(depth), number, block }
    }

    fn table(&mut self, node: &Element, items: &mut Vec<Item>) {
        let mut rows = Vec::new();
        rows_of(node, &mut rows);
        rows.retain(|row| !self.row_is_gone(row));
        self.described(node);
        if rows.is_empty() {
            return;
        }
        if let [row] = rows.as_slice() {
            let mut cells = Vec::new();
            cells_of(row, &mut cells);
            if let [cell] = cells.as_slice() {
                let blocks = self.blocks(cell);
                if !blocks.is_empty() {
                    let message = msg!("a frame of one cell is an aside");
                    self.tell(Kind::Changed, Severity::Info, message, "");
                    let kind = BlockKind::Container("aside".to_owned(), blocks);
                    items.push(Item::Block(Block { at: self.at(), id: None, kind }));
                }
                return;
            }
        }
        let at = format!("paragraph {}", self.paragraph + 1);
        let (mut head, mut body): (Vec<Vec<Cell>>, Vec<Vec<Cell>>) = (Vec::new(), Vec::new());
        // Where the cell begins that reaches down to here, by column.
        let mut above: Vec<Option<(usize, usize)>> = vec![None; MOST_COLUMNS];
        let mut all: Vec<Vec<Cell>> = Vec::new();
        let mut heads = 0;
        for row in &rows {
            let is_head = row.child("trPr").and_then(|node| node.toggle("tblHeader")) == Some(true);
            if is_head && heads == all.len() {
                heads += 1;
            }
            let cells = self.row(row, &mut above, &mut all);
            all.push(cells);
        }
        for (index, row) in all.into_iter().enumerate() {
            if index < heads { head.push(row) } else { body.push(row) }
        }
        // A head alone is no table.
        if body.is_empty() {
            std::mem::swap(&mut head, &mut body);
        }
        let kind = BlockKind::Table { head, rows: body, caption: Vec::new() };
        items.push(Item::Block(Block { at, id: None, kind }));
    }

    /// What is said of a table to who cannot see it.
    fn described(&mut self, table: &Element) {
        let Some(properties) = table.child("tblPr") else { return };
        let said = ["tblCaption", "tblDescription"].iter().filter_map(|name| properties.val(name));
        let text = said.collect::<Vec<_>>().join(" ");
        if !text.trim().is_empty() {
            let message = msg!("the description of a table is left out; a caption may say it: {text}", text = &text);
            self.tell(Kind::Dropped, Severity::Info, message, &text);
        }
    }

    fn row(&mut self, row: &Element, above: &mut [Option<(usize, usize)>], all: &mut [Vec<Cell>]) -> Vec<Cell> {
        let number = |node: Option<&Element>, name: &str| -> usize {
            node.and_then(|node| node.val(name)).and_then(|text| text.parse().ok()).unwrap_or(0)
        };
        let mut cells = Vec::new();
        let blank = || Cell { body: Vec::new(), columns: 1, rows: 1 };
        let mut column = number(row.child("trPr"), "gridBefore").min(MOST_COLUMNS);
        cells.extend((0..column).map(|_| blank()));
        let mut nodes = Vec::new();
        cells_of(row, &mut nodes);
        for cell in nodes {
            if column >= MOST_COLUMNS {
                let text = cell.all_text();
                let message = msg!(
                    "a table has at most {limit} columns; this is left out: {text}",
                    limit = MOST_COLUMNS,
                    text = &text
                );
                self.tell(Kind::Dropped, Severity::Error, message, &text);
                continue;
            }
            let properties = cell.child("tcPr");
            self.odd_direction(properties);
            let columns = number(properties, "gridSpan").clamp(1, MOST_COLUMNS - column);
            let joined = properties.and_then(|node| node.child("hMerge"));
            if let Some(before) = cells.last_mut().filter(|_| joined.is_some_and(is_continued)) {
                before.columns += columns;
                column += columns;
                self.gone.hidden.push_str(&cell.all_text());
                self.without(cell);
                continue;
            }
            let merge = properties.and_then(|node| node.child("vMerge"));
            let continues = merge.is_some_and(is_continued);
            if let Some((r, c)) = above[column].filter(|_| continues) {
                let hidden = cell.all_text();
                self.gone.hidden.push_str(&hidden);
                self.without(cell);
                if let Some(top) = all.get_mut(r).and_then(|row| row.get_mut(c)) {
                    top.rows = top.rows.saturating_add(1);
                }
            } else {
                let body = self.cell(cell);
                above[column] = merge.is_some().then_some((all.len(), cells.len()));
                cells.push(Cell { body, columns, rows: 1 });
            }
            column += columns;
        }
        cells
    }

    /// What a cell says on its lines.
    fn cell(&mut self, node: &Element) -> Vec<Inline> {
        let blocks = self.blocks(node);
        let mut out = Vec::new();
        let simple = |block: &Block| {
            matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Formula(_) | BlockKind::Heading(..))
        };
        if !blocks.iter().all(simple) {
            let message = msg!("a cell holds lines of text alone: a list, a table or a box in it is written as lines");
            self.tell(Kind::Changed, Severity::Warning, message, "");
        }
        flat(&blocks, &mut out);
        out
    }
}

/// Whether a paragraph and the next one are one for the reader: a large first letter is a paragraph of its own in Word, and so are the
/// first words of one that bear a style of their own.
fn goes_on(properties: Option<&Element>, role: Role) -> bool {
    let Some(properties) = properties.filter(|_| !matches!(role, Role::Heading(_))) else { return false };
    let drops = properties.child("framePr").and_then(|frame| frame.local("dropCap"));
    drops.is_some_and(|drops| drops != "none")
        || properties.child("rPr").and_then(|mark| mark.toggle("specVanish")) == Some(true)
}

/// The lines of blocks.
fn flat(blocks: &[Block], out: &mut Vec<Inline>) {
    let mut line = |run: &[Inline]| {
        if !run.is_empty() {
            if !out.is_empty() {
                out.push(Inline::Break);
            }
            out.extend_from_slice(run);
        }
    };
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(_, run) | BlockKind::Paragraph(run) => line(run),
            BlockKind::Formula(tex) => line(&[Inline::Formula(tex.clone())]),
            BlockKind::Code(_, text) => text.lines().for_each(|text| line(&[Inline::Code(text.to_owned())])),
            BlockKind::List(start, items) => {
                for (at, item) in items.iter().enumerate() {
                    let mut inner =
                        vec![Inline::Text(start.map_or("• ".to_owned(), |start| format!("{}. ", start + at)))];
                    let mut lines = Vec::new();
                    flat(item, &mut lines);
                    inner.append(&mut lines);
                    line(&inner);
                }
            }
            BlockKind::Table { head, rows, caption } => {
                for row in head.iter().chain(rows) {
                    let cells: Vec<&[Inline]> = row.iter().map(|cell| cell.body.as_slice()).collect();
                    line(&cells.join(&Inline::Text(" / ".to_owned())));
                }
                line(caption);
            }
            BlockKind::Figure(body, caption) | BlockKind::Callout(_, caption, body) => {
                let mut lines = Vec::new();
                flat(body, &mut lines);
                line(&lines);
                line(caption);
            }
            BlockKind::Quote(body) | BlockKind::Container(_, body) => {
                let mut lines = Vec::new();
                flat(body, &mut lines);
                line(&lines);
            }
            BlockKind::Definitions(_) | BlockKind::Rule | BlockKind::PageBreak => {}
        }
    }
}

/// Whether a cell is a part of the one before or above it.
fn is_continued(merge: &Element) -> bool {
    merge.local("val") != Some("restart")
}

fn rows_of<'n>(node: &'n Element, rows: &mut Vec<&'n Element>) {
    for child in node.elements() {
        match child.name.as_str() {
            "tr" => rows.push(child),
            "tbl" => {}
            _ => rows_of(child, rows),
        }
    }
}

fn cells_of<'n>(node: &'n Element, cells: &mut Vec<&'n Element>) {
    for child in node.elements() {
        match child.name.as_str() {
            "tc" => cells.push(child),
            "tbl" => {}
            _ => cells_of(child, cells),
        }
    }
}

fn is_blank(para: &Para) -> bool {
    para.items.iter().all(|(inline, _)| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    })
}

/// The lines of code.
fn lines(run: &[Inline]) -> String {
    let mut out = String::new();
    for inline in run {
        match inline {
            Inline::Break => out.push('\n'),
            other => out.push_str(&plain(std::slice::from_ref(other))),
        }
    }
    out
}
