//! Reads the XML of a document into its [`Content`].

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::content::{Cell, Char, Content, Odd, Paragraph, Range, Revision, Row};
use super::looks::Looks;
use super::parts::WORD;
use crate::exchange::CodeKind;
use crate::foreign::xml::Doctype;
use crate::foreign::xml::stream::{self, Part, attribute};
use crate::message::Message;

/// The namespace of Word's text in the strict form of the standard.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
/// Most characters that are read, of a document all together.
const MAX_CHARS: usize = 20_000_000;
/// Most tables, rows, cells and paragraphs that are read.
const MAX_PARTS: usize = 2_000_000;

/// Reads a document.
pub(super) fn read(xml: &str) -> Result<Content, Message> {
    let mut reader = DocumentReader::default();
    stream::read(xml, Doctype::Refused, &mut |part, _| {
        match part {
            Part::Open(tag) => reader.open(tag),
            Part::Close => reader.close(),
            Part::Text(text) => reader.text(&text),
        }
        if reader.chars > MAX_CHARS || reader.parts > MAX_PARTS {
            return Err(msg!("it holds more than a book: over {limit} characters", limit = MAX_CHARS));
        }
        Ok(())
    })?;
    Ok(reader.content)
}

/// An element that is open, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    Paragraph,
    ParagraphProperties,
    Run,
    RunProperties,
    /// Text, of a deletion too.
    Text,
    Inserted,
    Deleted,
    /// One that changes nothing.
    Other,
}

#[derive(Default)]
struct DocumentReader {
    content: Content,
    /// The prefix of Word's elements.
    prefix: Option<String>,
    open: Vec<Element>,
    /// How many elements are open whose content is passed over.
    skipped: usize,
    inserted: usize,
    deleted: usize,
    looks: Looks,
    /// How much was read so far.
    chars: usize,
    parts: usize,
    rows: usize,
    /// Where comments began whose end has not come, and in which row.
    comments: BTreeMap<String, (usize, Range)>,
    /// Bookmarks between paragraphs.
    waiting: Vec<String>,
}

impl DocumentReader {
    fn open(&mut self, tag: &BytesStart<'_>) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        if self.prefix.is_none() {
            self.prefix = Some(prefix_of_word(tag));
        }
        let (name, prefix) = tag.name().decompose();
        let is_word = prefix.map_or("", |prefix| prefix.into_inner()) == self.prefix.as_deref().unwrap_or("w");
        let element = if is_word { self.word(name.as_ref(), tag) } else { self.foreign(name.as_ref()) };
        match element {
            Some(element) => self.open.push(element),
            None => self.skipped = 1,
        }
    }

    fn close(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match self.open.pop() {
            Some(Element::Inserted) => self.inserted -= 1,
            Some(Element::Deleted) => self.deleted -= 1,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0 && self.open.last() == Some(&Element::Text) {
            self.push(text);
        }
    }

    fn inside(&self, element: Element) -> bool {
        self.open.last() == Some(&element)
    }

    /// Whether what comes belongs to the mark at the end of a paragraph.
    fn at_end_mark(&self) -> bool {
        matches!(self.open.as_slice(), [.., Element::ParagraphProperties, Element::RunProperties])
    }

    fn row(&mut self) -> Option<&mut Row> {
        if !self.open.contains(&Element::Row) {
            return None;
        }
        self.content.tables.last_mut()?.last_mut()
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        if !self.open.contains(&Element::Cell) {
            return None;
        }
        self.row()?.cells.last_mut()
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        if !self.open.contains(&Element::Paragraph) {
            return None;
        }
        if self.open.contains(&Element::Table) {
            return self.cell()?.paragraphs.last_mut();
        }
        self.content.outside.last_mut()
    }

    fn push(&mut self, text: &str) {
        let revision = Revision { is_inserted: self.inserted > 0, is_deleted: self.deleted > 0 };
        let looks = self.looks;
        self.chars += text.len();
        if let Some(paragraph) = self.paragraph() {
            paragraph.chars.extend(text.chars().map(|c| Char { c, looks, revision }));
        }
    }

    fn odd(&mut self, odd: Odd) -> Option<Element> {
        if self.deleted == 0
            && let Some(cell) = self.cell()
            && !cell.odd.contains(&odd)
        {
            cell.odd.push(odd);
        }
        None
    }

    /// An element that is not Word's own; `None` if what is in it is passed over.
    fn foreign(&mut self, name: &str) -> Option<Element> {
        match name {
            // The alternative that is written first is meant for whoever understands more.
            "AlternateContent" | "Choice" => Some(Element::Other),
            "oMath" | "oMathPara" => self.odd(Odd::Formula),
            _ => None,
        }
    }

    /// An element of Word's; `None` if what is in it is passed over.
    fn word(&mut self, name: &str, tag: &BytesStart<'_>) -> Option<Element> {
        match name {
            "tbl" | "tr" | "tc" | "p" => self.part(name),
            "tcPr" => Some(Element::CellProperties),
            "trPr" => Some(Element::RowProperties),
            "pPr" => Some(Element::ParagraphProperties),
            "rPr" => Some(Element::RunProperties),
            "r" => {
                self.looks = Looks::default();
                Some(Element::Run)
            }
            "t" | "delText" => Some(Element::Text),
            "ins" | "moveTo" | "del" | "moveFrom" => self.revision(matches!(name, "ins" | "moveTo")),
            "bookmarkStart" => self.bookmark(attribute(tag, "name")),
            "commentRangeStart" | "commentRangeEnd" | "commentReference" => self.comment(name, attribute(tag, "id")),
            "drawing" | "pict" | "object" => self.odd(Odd::Picture),
            "footnoteReference" | "endnoteReference" => self.odd(Odd::Note),
            "sym" => self.odd(Odd::Symbol),
            "rt" => self.odd(Odd::Reading),
            "sdtPr" | "instrText" | "delInstrText" | "fldData" | "sectPr" | "tblPr" | "tblGrid" | "customXmlPr"
            | "smartTagPr" => None,
            _ if name.ends_with("Change") => None,
            _ if self.inside(Element::Run) => self.character(name),
            // So LibreOffice writes a highlight that was in OpenDocument.
            "shd" if self.inside(Element::RunProperties) => {
                let fill = attribute(tag, "fill").filter(|fill| !matches!(fill.as_str(), "auto" | "FFFFFF"));
                self.look("highlight", fill.as_deref())
            }
            _ if self.inside(Element::RunProperties) => self.look(name, attribute(tag, "val").as_deref()),
            _ if self.inside(Element::CellProperties) => self.cell_property(name, attribute(tag, "val").as_deref()),
            "tblHeader" if self.inside(Element::RowProperties) => {
                let is_head = is_on(attribute(tag, "val").as_deref());
                if let Some(row) = self.row() {
                    row.is_head = is_head;
                }
                Some(Element::Other)
            }
            _ => Some(Element::Other),
        }
    }

    /// A table, or a part of one.
    fn part(&mut self, name: &str) -> Option<Element> {
        let waiting = std::mem::take(&mut self.waiting);
        self.parts += 1;
        match name {
            "tbl" if self.open.contains(&Element::Table) => return self.odd(Odd::Table),
            "tbl" => self.content.tables.push(Vec::new()),
            "tr" => {
                self.rows += 1;
                self.content.tables.last_mut()?.push(Row::default());
            }
            "tc" => self.row()?.cells.push(Cell { columns: 1, ..Cell::default() }),
            _ => {
                let paragraph = Paragraph { bookmarks: waiting, ..Paragraph::default() };
                match self.cell() {
                    Some(cell) => cell.paragraphs.push(paragraph),
                    None => self.content.outside.push(paragraph),
                }
            }
        }
        Some(match name {
            "tbl" => Element::Table,
            "tr" => Element::Row,
            "tc" => Element::Cell,
            _ => Element::Paragraph,
        })
    }

    /// A recorded change: of a row, of the end of a paragraph, or of what is in it.
    fn revision(&mut self, is_insertion: bool) -> Option<Element> {
        if self.inside(Element::RowProperties) {
            if let Some(row) = self.row() {
                row.is_deleted |= !is_insertion;
            }
        } else if self.at_end_mark() {
            if let Some(paragraph) = self.paragraph() {
                *(if is_insertion { &mut paragraph.end.is_inserted } else { &mut paragraph.end.is_deleted }) = true;
            }
        } else {
            *(if is_insertion { &mut self.inserted } else { &mut self.deleted }) += 1;
            return Some(if is_insertion { Element::Inserted } else { Element::Deleted });
        }
        Some(Element::Other)
    }

    /// A character that is written as an element.
    fn character(&mut self, name: &str) -> Option<Element> {
        match name {
            "tab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{ad}"),
            _ => {}
        }
        Some(Element::Other)
    }

    fn look(&mut self, name: &str, value: Option<&str>) -> Option<Element> {
        if self.open.contains(&Element::Run) {
            match name {
                "b" => self.looks.set(CodeKind::Strong, is_on(value)),
                "i" => self.looks.set(CodeKind::Emphasis, is_on(value)),
                "strike" | "dstrike" if is_on(value) => self.looks.set(CodeKind::Strike, true),
                "u" => self.looks.set(CodeKind::Underline, value.is_some_and(|value| value != "none")),
                "highlight" => self.looks.set(CodeKind::Highlight, value.is_some_and(|value| value != "none")),
                "vertAlign" => {
                    self.looks.set(CodeKind::Subscript, value == Some("subscript"));
                    self.looks.set(CodeKind::Superscript, value == Some("superscript"));
                }
                _ => {}
            }
        }
        Some(Element::Other)
    }

    fn cell_property(&mut self, name: &str, value: Option<&str>) -> Option<Element> {
        if let Some(cell) = self.cell() {
            match name {
                "gridSpan" => cell.columns = value.and_then(|value| value.parse().ok()).unwrap_or(1),
                "cellDel" => cell.is_deleted = true,
                _ => {}
            }
        }
        Some(Element::Other)
    }

    fn bookmark(&mut self, name: Option<String>) -> Option<Element> {
        let name = name.unwrap_or_default();
        if let Some(row) = self.row() {
            row.bookmarks.push(name);
        } else if let Some(paragraph) = self.paragraph() {
            paragraph.bookmarks.push(name);
        } else {
            self.waiting.push(name);
        }
        Some(Element::Other)
    }

    fn comment(&mut self, name: &str, id: Option<String>) -> Option<Element> {
        let id = id.unwrap_or_default();
        let here = self.place();
        let row = self.rows;
        let Some(known) = self.row().map(|row| &mut row.comments) else {
            if name != "commentRangeEnd" {
                self.content.comments.insert(id);
            }
            return Some(Element::Other);
        };
        match name {
            "commentRangeStart" => drop(self.comments.insert(id, (row, here))),
            "commentRangeEnd" => {
                let began = self.comments.remove(&id).filter(|(began_in, _)| *began_in == row).map(|(_, began)| began);
                let range = began.filter(|began| began.paragraph == here.paragraph);
                let range = range.map(|began| Range { to: here.from, ..began });
                self.row()?.comments.insert(id, range);
            }
            _ => drop(known.entry(id).or_default()),
        }
        Some(Element::Other)
    }

    /// The place in the row that is read.
    fn place(&mut self) -> Range {
        let cells = self.row().map_or(0, |row| row.cells.len());
        let paragraphs = self.cell().map_or(0, |cell| cell.paragraphs.len());
        let chars = self.paragraph().map_or(0, |paragraph| paragraph.chars.len());
        Range { paragraph: [cells, paragraphs], from: chars, to: chars }
    }
}

fn is_on(value: Option<&str>) -> bool {
    !value.is_some_and(|value| matches!(value, "0" | "false" | "off" | "none"))
}

/// The prefix that the root of a document declares for Word's namespace.
fn prefix_of_word(root: &BytesStart<'_>) -> String {
    let mut attributes = root.attributes();
    let declared = attributes.with_checks(false).flatten().find(|attribute| {
        attribute.key.as_ref().starts_with("xmlns") && matches!(attribute.value.as_ref(), WORD | STRICT)
    });
    declared.map_or("w".to_owned(), |found| {
        found.key.as_ref().trim_start_matches("xmlns").trim_start_matches(':').to_owned()
    })
}
