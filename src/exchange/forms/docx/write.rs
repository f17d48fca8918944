//! Writes the table.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::anchor::{Anchor, Heading, bookmark, text_bookmark};
use super::looks::Looks;
use super::marks::{Run, clean, decode, encode};
use super::parts::{self, IDENTIFIER, Proofing, WORD};
use super::{Options, codes::Codes};
use crate::exchange::{Code, CodeKind, File, Package, Piece, Side, State, Unit};
use crate::foreign::archive::pack;
use crate::lang::en::English;
use crate::lang::zh::Chinese;
use crate::lang::{Lang, Language, Script};
use crate::message::Message;

/// A4 across, in twentieths of a point.
const PAGE: [u32; 2] = [16_838, 11_906];
const MARGIN: u32 = 850;
/// Number, source, translation, remark; together the width between the margins.
const COLUMNS: [u32; 4] = [1_000, 5_600, 5_938, 2_600];
const _: () = assert!(COLUMNS[0] + COLUMNS[1] + COLUMNS[2] + COLUMNS[3] == PAGE[0] - 2 * MARGIN);
/// Most characters of a row that stays on one page.
const SHORT: usize = 900;
/// Where a language of letters has no region: Word has no spelling without one.
const REGION: &str = "US";

/// Writes a table for each chapter.
pub(super) fn write(package: &Package, options: &Options) -> Vec<u8> {
    let say = |message: Message| options.locale.say(&message);
    let [source, target] = &package.langs;
    let proofing = proofing(&package.langs);
    let title = match clean(&package.title) {
        title if title.is_empty() => say(msg!("Review")),
        title => title,
    };
    let identifier = format!("{IDENTIFIER} {source} {target} {}", clean(&package.title));
    let mut writer =
        Writer { out: String::new(), options, langs: &package.langs, proofing: &proofing, bookmarks: 0, texts: 0 };
    writer.document(package, &title);
    let core = parts::core(&title, identifier.trim_end(), options.locale.tag());
    pack(&[
        ("[Content_Types].xml", parts::content_types()),
        ("_rels/.rels", parts::package_relations()),
        ("docProps/core.xml", core),
        ("word/_rels/document.xml.rels", parts::document_relations()),
        ("word/document.xml", writer.out),
        ("word/footer.xml", parts::footer(&title)),
        ("word/settings.xml", parts::settings(options.track)),
        ("word/styles.xml", parts::styles(&proofing)),
    ])
}

/// The languages of spelling, as Word names them: with a region.
fn proofing(langs: &[Lang; 2]) -> Proofing {
    let tag = |lang: &Lang| {
        let region = lang.region().map_or_else(|| REGION.to_owned(), |region| region.to_ascii_uppercase());
        format!("{}-{region}", lang.primary())
    };
    let of = |script: Script| langs.iter().find(|lang| lang.script() == script).map(tag);
    let [latin, east_asian] = [(Script::Latin, English.lang()), (Script::Han, Chinese.lang())]
        .map(|(script, usual)| of(script).unwrap_or_else(|| tag(&usual)));
    Proofing { latin, east_asian }
}

struct Writer<'a> {
    out: String,
    options: &'a Options,
    langs: &'a [Lang; 2],
    proofing: &'a Proofing,
    /// How many bookmarks there are so far.
    bookmarks: usize,
    /// How many of them are around texts outside of the tables.
    texts: usize,
}

impl Writer<'_> {
    fn say(&self, message: &Message) -> String {
        self.options.locale.say(message)
    }

    fn document(&mut self, package: &Package, title: &str) {
        let _ = write!(
            self.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{WORD}\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>"
        );
        self.text("Title", title);
        for line in guide(&package.langs) {
            let line = self.say(&line);
            self.text("DamaGuide", &line);
        }
        for (number, file) in package.files.iter().enumerate() {
            self.text("Heading1", if file.title.trim().is_empty() { &file.stem } else { &file.title });
            self.table(number + 1, file);
        }
        let _ = write!(
            self.out,
            "<w:p/><w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
             <w:pgSz w:w=\"{}\" w:h=\"{}\" w:orient=\"landscape\"/>\
             <w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"425\" \
             w:footer=\"425\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
            PAGE[0], PAGE[1]
        );
    }

    /// A text outside of the tables. A bookmark tells it from what others write there.
    fn text(&mut self, style: &str, text: &str) {
        self.texts += 1;
        let name = text_bookmark(self.texts);
        self.paragraph(style, |writer| {
            writer.bookmarked(&name, |writer| writer.plain(&clean(text), ""));
        });
    }

    fn table(&mut self, number: usize, file: &File) {
        self.out += "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>";
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(self.out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>");
        }
        self.out += "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>";
        for width in COLUMNS {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out += "</w:tblGrid>";
        self.head(&Heading { stem: clean(&file.stem), table: number, rows: file.units.len() });
        for (at, unit) in file.units.iter().enumerate() {
            self.row(number, at + 1, &file.stem, unit);
        }
        self.out += "</w:tbl>";
    }

    fn head(&mut self, heading: &Heading) {
        self.out += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
        let names = [
            "#".to_owned(),
            self.say(&self.langs[0].name()),
            self.say(&self.langs[1].name()),
            self.say(&msg!("Remark")),
        ];
        for (column, name) in names.iter().enumerate() {
            self.cell(column, Some("D9D9D9"), |writer| {
                writer.paragraph("DamaCell", |writer| {
                    if column == 0 {
                        writer.hidden(&heading.written());
                    }
                    writer.plain(&upper(name), "<w:b/><w:bCs/>");
                });
            });
        }
        self.out += "</w:tr>";
    }

    fn row(&mut self, table: usize, row: usize, stem: &str, unit: &Unit) {
        let [source, target] = [Some(&unit.source), unit.target.as_ref()];
        let runs = [
            encode(source.map_or(&[], Vec::as_slice), Side::Source),
            encode(target.map_or(&[], Vec::as_slice), Side::Target),
        ];
        let length: usize = runs.iter().flatten().map(|run| run.text.chars().count()).sum();
        self.out += if length <= SHORT { "<w:tr><w:trPr><w:cantSplit/></w:trPr>" } else { "<w:tr>" };
        let anchor = Anchor::of(unit, &clean(stem), row, &shown(&runs[1], target));
        let is_heading = matches!(unit.kind, "heading" | "title");
        self.cell(0, None, |writer| writer.number(&anchor, row, unit));
        self.cell(1, Some("F2F2F2"), |writer| {
            writer.paragraph("DamaCell", |writer| writer.runs(&runs[0], Side::Source, is_heading));
            writer.notes(unit);
        });
        let name = bookmark(table, &unit.id, row);
        self.cell(2, None, |writer| {
            writer.paragraph("DamaCell", |writer| {
                writer.bookmarked(&name, |writer| writer.runs(&runs[1], Side::Target, is_heading));
            });
        });
        self.cell(3, None, |writer| writer.paragraph("DamaCell", |_| {}));
        self.out += "</w:tr>";
    }

    /// The first cell: the hidden text, the number, what the unit is and how far.
    fn number(&mut self, anchor: &Anchor, row: usize, unit: &Unit) {
        self.paragraph("DamaCell", |writer| {
            writer.hidden(&anchor.written());
            writer.plain(&row.to_string(), "<w:color w:val=\"7F7F7F\"/>");
        });
        let kind = (unit.kind != "paragraph").then(|| self.options.locale.text(unit.kind).into_owned());
        let state = state(&unit.state).map(|state| self.say(&state));
        for line in kind.iter().chain(&state) {
            self.paragraph("DamaNote", |writer| writer.plain(&clean(line), ""));
        }
    }

    /// Below the source: what it said before, terms, findings.
    fn notes(&mut self, unit: &Unit) {
        let was = match &unit.state {
            State::Stale { was: Some(was) } => Some(self.say(&msg!("before: {text}", text = was.as_str()))),
            _ => None,
        };
        for line in was.iter().chain(unit.notes.iter().map(|note| &note.text)) {
            self.paragraph("DamaNote", |writer| writer.plain(&clean(line), ""));
        }
    }

    fn cell(&mut self, column: usize, shade: Option<&str>, fill: impl FnOnce(&mut Self)) {
        let _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", COLUMNS[column]);
        if let Some(shade) = shade {
            let _ = write!(self.out, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{shade}\"/>");
        }
        self.out += "</w:tcPr>";
        fill(self);
        self.out += "</w:tc>";
    }

    fn paragraph(&mut self, style: &str, fill: impl FnOnce(&mut Self)) {
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
        fill(self);
        self.out += "</w:p>";
    }

    fn bookmarked(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        let id = self.bookmarks;
        self.bookmarks += 1;
        let _ = write!(self.out, "<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>");
        fill(self);
        let _ = write!(self.out, "<w:bookmarkEnd w:id=\"{id}\"/>");
    }

    fn hidden(&mut self, text: &str) {
        self.plain(text, "<w:noProof/><w:vanish/>");
    }

    fn plain(&mut self, text: &str, properties: &str) {
        if !text.is_empty() {
            let _ = write!(self.out, "<w:r><w:rPr>{properties}</w:rPr>");
            self.characters(text);
            self.out += "</w:r>";
        }
    }

    fn runs(&mut self, runs: &[Run], side: Side, is_heading: bool) {
        for run in runs {
            let properties = self.properties(run, side, is_heading);
            let _ = write!(self.out, "<w:r><w:rPr>{properties}</w:rPr>");
            self.characters(&run.text);
            self.out += "</w:r>";
        }
    }

    fn characters(&mut self, text: &str) {
        for (at, part) in text.split('\t').enumerate() {
            if at > 0 {
                self.out += "<w:tab/>";
            }
            if !part.is_empty() {
                let _ = write!(self.out, "<w:t xml:space=\"preserve\">{}</w:t>", escape(part));
            }
        }
    }

    /// The properties of a run, in the order that the schema wants.
    fn properties(&self, run: &Run, side: Side, is_heading: bool) -> String {
        let lang = &self.langs[usize::from(side == Side::Target)];
        let mut out = String::new();
        if lang.script() == Script::Han {
            out += "<w:rFonts w:hint=\"eastAsia\"/>";
        }
        let on = |kind: CodeKind, xml: &'static str| if run.looks.has(kind) { xml } else { "" };
        out += on(CodeKind::Strong, "<w:b/><w:bCs/>");
        out += on(CodeKind::Emphasis, "<w:i/><w:iCs/>");
        out += on(CodeKind::Strike, "<w:strike/>");
        if run.mark {
            out += "<w:noProof/><w:color w:val=\"7F7F7F\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>";
        } else if is_heading {
            out += "<w:sz w:val=\"25\"/><w:szCs w:val=\"25\"/>";
        }
        out += on(CodeKind::Highlight, "<w:highlight w:val=\"yellow\"/>");
        out += on(CodeKind::Underline, "<w:u w:val=\"single\"/>");
        out += on(CodeKind::Subscript, "<w:vertAlign w:val=\"subscript\"/>");
        out += on(CodeKind::Superscript, "<w:vertAlign w:val=\"superscript\"/>");
        let Proofing { latin, east_asian } = self.proofing;
        let _ = write!(out, "<w:lang w:val=\"{latin}\" w:eastAsia=\"{east_asian}\"/>");
        out
    }
}

/// What the marks of a translation show, as a reader of the table finds it.
fn shown(runs: &[Run], target: Option<&Vec<Piece<Code>>>) -> Vec<(String, String)> {
    let codes = Codes::of(target.map_or(&[], Vec::as_slice));
    let chars: Vec<(char, Looks)> = runs.iter().flat_map(|run| run.text.chars().map(|c| (c, run.looks))).collect();
    decode(&chars, &codes).map(|decoded| decoded.shown).unwrap_or_default()
}

/// What a reader of the table must know.
fn guide(langs: &[Lang; 2]) -> [Message; 2] {
    [
        msg!(
            "Change the third column ({language}) only. Write what you want to say into the last column, or as comments.",
            language = langs[1].name()
        ),
        msg!(
            "Marks such as ⟦1⟧ stand for links, notes, citations, code and formulas: move them with their words, and leave none out. Bold and italics are as they look. Delete and add no rows."
        ),
    ]
}

/// A word for how far a unit is; none for the usual.
fn state(state: &State) -> Option<Message> {
    match state {
        State::Missing => Some(msg!("not translated")),
        State::Draft => Some(msg!("draft")),
        State::Translated => None,
        State::Stale { .. } => Some(msg!("changed since")),
        State::Signed => Some(msg!("signed off")),
    }
}

/// A word with a capital at its head.
fn upper(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
