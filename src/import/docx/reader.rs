//! What stands in a paragraph: runs, fields, notes, pictures, formulas, changes.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{self, Field};
use super::looks::{self, Looks};
use super::numbering::Numbering;
use super::oddity::Odd;
use super::parts::Parts;
use super::search::{all, referred};
use super::styles::Styles;
use super::xml::Word as _;
use super::{Settings, math, symbols};
use crate::diagnostic::Severity;
use crate::foreign::xml::Element;
use crate::import::{Block, BlockKind, Entry, Inline, Kind, Report};
use crate::message::Message;

/// What reads a document.
pub(super) struct Reader<'a> {
    pub(super) parts: &'a Parts,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) settings: &'a Settings,
    pub(super) report: Report,
    /// How many paragraphs were read.
    pub(super) paragraph: usize,
    /// Bookmarks that something refers to.
    pub(super) wanted: BTreeSet<String>,
    /// The ids of blocks by the bookmarks in them.
    pub(super) places: BTreeMap<String, String>,
    /// How many captions of each kind there are.
    pub(super) captions: BTreeMap<&'static str, usize>,
    /// The last number of each level of each list.
    pub(super) counters: BTreeMap<(String, usize), usize>,
    pub(super) pictures: BTreeSet<String>,
    /// Which styles the text has, with how many paragraphs of each.
    pub(super) used: BTreeMap<String, usize>,
    fields: Vec<Open>,
    /// A paragraph whose end was deleted: the next one goes on with it.
    pub(super) held: Option<Para>,
    pub(super) gone: Gone,
}

/// Text that is left out wherever it stands, told once for each kind.
#[derive(Default)]
pub(super) struct Gone {
    pub(super) contents: String,
    pub(super) hidden: String,
    pub(super) deleted: Vec<(String, String, String)>,
    pub(super) inserted: Vec<(String, String, String)>,
    pub(super) labels: String,
    pub(super) numbers: String,
    /// Looks of Word that no book has: where each is first, and how often it is.
    pub(super) odd: BTreeMap<Odd, (String, usize)>,
}

/// A field that has begun.
struct Open {
    instruction: String,
    /// Its kind, once its result begins.
    result: Option<Field>,
    /// Where in its paragraph the result begins.
    start: usize,
}

/// A paragraph as it is read.
#[derive(Default)]
pub(super) struct Para {
    pub(super) items: Vec<(Inline, Looks)>,
    /// What stands in boxes at it.
    pub(super) boxes: Vec<Vec<Block>>,
    pub(super) bookmarks: Vec<String>,
    /// The number of its caption: how many items stand before and with it, and the word that is counted.
    pub(super) sequence: Option<(usize, String)>,
    /// How many items no text is joined to: a link or a field begins behind them, or ends.
    parted: usize,
    /// Whether its formula stands by itself.
    pub(super) display: bool,
    /// How many items stand before a new page that begins in it.
    pub(super) page_at: Option<usize>,
}

impl Para {
    /// This paragraph and the one behind it as one.
    pub(super) fn joined(mut self, mut next: Self) -> Self {
        let before = self.items.len();
        self.items.append(&mut next.items);
        self.boxes.append(&mut next.boxes);
        self.bookmarks.append(&mut next.bookmarks);
        self.sequence = self.sequence.or(next.sequence.map(|(at, word)| (at + before, word)));
        self.page_at = self.page_at.or(next.page_at.map(|at| at + before));
        self.display &= next.display;
        self
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(parts: &'a Parts, settings: &'a Settings) -> Self {
        let mut wanted = BTreeSet::new();
        let notes = parts.footnotes.notes.values().chain(parts.endnotes.notes.values());
        for node in notes.chain([&parts.body]) {
            referred(node, &mut wanted);
        }
        Self {
            parts,
            styles: Styles::read(&parts.styles, settings.styles.roles()),
            numbering: Numbering::read(&parts.numbering),
            settings,
            report: Report::default(),
            paragraph: 0,
            wanted,
            places: BTreeMap::new(),
            captions: BTreeMap::new(),
            counters: BTreeMap::new(),
            pictures: BTreeSet::new(),
            used: BTreeMap::new(),
            fields: Vec::new(),
            held: None,
            gone: Gone::default(),
        }
    }

    pub(super) fn at(&self) -> String {
        format!("paragraph {}", self.paragraph)
    }

    pub(super) fn tell(&mut self, kind: Kind, severity: Severity, message: Message, lost: &str) {
        let at = if self.paragraph == 0 { String::new() } else { self.at() };
        self.tell_at(at, (kind, severity), message, lost);
    }

    pub(super) fn tell_at(&mut self, at: String, (kind, severity): (Kind, Severity), message: Message, lost: &str) {
        let file = self.settings.file.clone();
        self.report.entries.push(Entry { kind, severity, file, at, message, lost: lost.to_owned() });
    }

    /// Reads what stands in a paragraph.
    pub(super) fn para(&mut self, node: &Element) -> Para {
        let mut para = Para::default();
        for field in &mut self.fields {
            field.start = 0;
        }
        self.content(node, &mut para);
        // A field that goes on in the next paragraph is what it is in each of them.
        for at in (0..self.fields.len()).rev() {
            if let Some(field) = self.fields[at].result.clone() {
                let start = self.fields[at].start;
                self.wrap(&field, start, &mut para);
            }
        }
        // An instruction ends with its paragraph: without an end it would take the rest of the text.
        let (open, unfinished): (Vec<Open>, Vec<Open>) =
            std::mem::take(&mut self.fields).into_iter().partition(|open| open.result.is_some());
        self.fields = open;
        unfinished.iter().for_each(|open| self.without_result(&open.instruction, &mut para));
        para
    }

    /// Contents that have begun end here.
    pub(super) fn end_contents(&mut self) {
        self.fields.retain(|open| open.result != Some(Field::Made));
    }

    pub(super) fn content(&mut self, node: &Element, para: &mut Para) {
        for child in node.elements() {
            let start = para.items.len();
            if matches!(child.name.as_str(), "hyperlink" | "fldSimple") {
                para.parted = start;
            }
            match child.name.as_str() {
                "r" => self.run(child, para),
                "hyperlink" => {
                    self.content(child, para);
                    let field = match (child.local("id"), child.local("anchor")) {
                        (Some(id), _) => self.parts.relations.get(id).map(|to| Field::Link(to.target.clone())),
                        (None, Some(anchor)) => Some(Field::Anchor(anchor.to_owned())),
                        _ => None,
                    };
                    self.wrap(&field.unwrap_or(Field::Text), start, para);
                }
                "ins" | "moveTo" => self.inserted(child, para),
                "del" | "moveFrom" => self.deleted(child, para),
                "fldSimple" => {
                    let field = fields::read(child.local("instr").unwrap_or_default());
                    if field == Field::Made {
                        self.gone.contents.push_str(&child.all_text());
                    } else {
                        self.content(child, para);
                        self.wrap(&field, start, para);
                    }
                }
                "oMath" => self.formula(child, para),
                "oMathPara" => {
                    para.display = true;
                    child.elements().filter(|node| node.name == "oMath").for_each(|node| self.formula(node, para));
                }
                "bookmarkStart" => para.bookmarks.extend(child.local("name").map(str::to_owned)),
                "sdt" => child.child("sdtContent").into_iter().for_each(|node| self.content(node, para)),
                "AlternateContent" => self.alternatives(child, para),
                "subDoc" => self.outside(child),
                "p" | "tbl" => {}
                name if name.ends_with("Pr") => {}
                _ => self.content(child, para),
            }
        }
    }

    fn formula(&mut self, node: &Element, para: &mut Para) {
        let formula = math::tex(node);
        for name in formula.unknown {
            let message = msg!("this part of a formula is not known, its text is kept: {name}", name);
            self.tell(Kind::Changed, Severity::Warning, message, "");
        }
        if !formula.tex.is_empty() {
            para.items.push((Inline::Formula(formula.tex), 0));
        }
    }

    /// Of several forms of the same thing one is read: the first in which there is something.
    fn alternatives(&mut self, node: &Element, para: &mut Para) {
        let says = |node: &Element| {
            ["txbxContent", "blip", "imagedata", "t", "chart"].iter().any(|name| node.find(name).is_some())
        };
        let forms = || node.elements().filter(|node| matches!(node.name.as_str(), "Choice" | "Fallback"));
        if let Some(form) = forms().find(|form| says(form)).or_else(|| forms().next()) {
            self.run_content(form, 0, para);
        }
    }

    fn run(&mut self, node: &Element, para: &mut Para) {
        self.odd_looks(node.child("rPr"));
        let (looks, hidden) = looks::of(node, &self.styles);
        if hidden {
            self.gone.hidden.push_str(&node.all_text());
            return node.elements().filter(|node| node.name == "fldChar").for_each(|node| self.field(node, para));
        }
        self.run_content(node, looks, para);
    }

    fn run_content(&mut self, node: &Element, looks: Looks, para: &mut Para) {
        for child in node.elements() {
            match child.name.as_str() {
                "t" | "delText" => self.text(&child.own_text(), looks, para),
                "tab" | "ptab" => self.text(" ", looks, para),
                "br" if child.local("type") == Some("page") => {
                    // Text behind it is not joined to that before it.
                    para.parted = para.items.len();
                    self.page_break(para);
                }
                "br" if child.local("type").is_none_or(|kind| kind == "textWrapping") => {
                    self.push(Inline::Break, looks, para)
                }
                "cr" => self.push(Inline::Break, looks, para),
                "noBreakHyphen" => self.text("\u{2011}", looks, para),
                "softHyphen" => self.text("\u{ad}", looks, para),
                "sym" => self.symbol(child, looks, para),
                "ruby" => {
                    let text = |name: &str| child.child(name).map(Element::all_text).unwrap_or_default();
                    let pair = (text("rubyBase"), text("rt"));
                    self.push(Inline::Ruby(vec![pair]), looks, para);
                }
                "footnoteReference" | "endnoteReference" => {
                    let prefix = if child.name.starts_with('f') { 'f' } else { 'e' };
                    if let Some(id) = child.local("id") {
                        self.push(Inline::Note(format!("{prefix}{id}")), 0, para);
                    }
                }
                "commentReference" => self.comment(child.local("id").unwrap_or_default()),
                "drawing" | "pict" | "object" => self.drawing(child, para),
                "AlternateContent" => self.alternatives(child, para),
                "fldChar" => self.field(child, para),
                "instrText" | "delInstrText" => {
                    if let Some(open) = self.fields.last_mut().filter(|open| open.result.is_none()) {
                        open.instruction.push_str(&child.own_text());
                    }
                }
                "r" => self.run(child, para),
                "p" | "tbl" => {}
                name if name.ends_with("Pr") => {}
                _ => self.run_content(child, looks, para),
            }
        }
    }

    /// Whether what is read now is made anew by the book, or no result of a field.
    pub(super) fn is_made(&self) -> bool {
        self.fields.iter().any(|open| open.result == Some(Field::Made))
    }

    fn text(&mut self, text: &str, looks: Looks, para: &mut Para) {
        if self.is_made() {
            return self.gone.contents.push_str(text);
        }
        if self.fields.last().is_some_and(|open| open.result.is_none()) {
            return self.gone.hidden.push_str(text);
        }
        let count = para.items.len();
        if let Some((Inline::Text(before), same)) = para.items.last_mut()
            && *same == looks
            && para.parted < count
        {
            return before.push_str(text);
        }
        para.items.push((Inline::Text(text.to_owned()), looks));
    }

    fn push(&mut self, inline: Inline, looks: Looks, para: &mut Para) {
        if !self.is_made() {
            para.items.push((inline, looks));
        }
    }

    fn symbol(&mut self, node: &Element, looks: Looks, para: &mut Para) {
        let font = node.local("font").unwrap_or_default();
        let code = node.local("char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or(0);
        match symbols::of(font, code) {
            Some(c) => self.text(&c.to_string(), looks, para),
            None => {
                let message = msg!(
                    "this sign of the font {font} has no form elsewhere, and is left out: {code}; type what it shows",
                    font,
                    code = format!("U+{code:04X}")
                );
                self.tell(Kind::Dropped, Severity::Error, message, "");
            }
        }
    }

    fn comment(&mut self, id: &str) {
        let Some((author, text)) = self.parts.comments.get(id).cloned() else { return };
        let message = msg!("comment of {author}: {text}", author, text = &text);
        self.tell(Kind::Dropped, Severity::Info, message, &text);
    }

    fn drawing(&mut self, node: &Element, para: &mut Para) {
        let mut boxes = Vec::new();
        all(node, "txbxContent", &mut boxes);
        for one in &boxes {
            let fields = std::mem::take(&mut self.fields);
            let blocks = self.blocks(one);
            self.fields = fields;
            if !blocks.is_empty() {
                para.boxes.push(blocks);
            }
        }
        let mut pictures = Vec::new();
        all(node, "blip", &mut pictures);
        all(node, "imagedata", &mut pictures);
        let about = node.find("docPr").or_else(|| node.find("shape"));
        let said =
            ["descr", "alt", "title"].iter().find_map(|key| about?.local(key).filter(|text| !text.trim().is_empty()));
        let alt = said.unwrap_or_default().to_owned();
        for picture in &pictures {
            let id = picture.local("embed").or_else(|| picture.local("id")).or_else(|| picture.local("link"));
            let Some(to) = id.and_then(|id| self.parts.relations.get(id)) else { continue };
            if to.external {
                let message =
                    msg!("the picture is not in the file, only its address is: {address}", address = &to.target);
                self.tell(Kind::Dropped, Severity::Error, message, "");
                continue;
            }
            self.pictures.insert(to.target.clone());
            para.items.push((Inline::Picture(to.target.clone(), alt.clone()), 0));
        }
        if boxes.is_empty() && pictures.is_empty() {
            let words = node.all_text();
            let graphic = node.find("chart").is_some() || node.find("relIds").is_some();
            let severity = if graphic || !words.is_empty() { Severity::Error } else { Severity::Info };
            let message = match graphic {
                true => msg!("a chart or diagram of Word is left out; save it as a picture and put it in"),
                false => msg!("a drawing of lines and shapes is left out; save it as a picture if it says something"),
            };
            self.tell(Kind::Dropped, severity, message, &words);
        }
    }

    fn field(&mut self, node: &Element, para: &mut Para) {
        match node.local("fldCharType") {
            Some("begin") => self.fields.push(Open { instruction: String::new(), result: None, start: 0 }),
            Some("separate") => {
                if let Some(open) = self.fields.last_mut() {
                    open.result = Some(fields::read(&open.instruction));
                    open.start = para.items.len();
                    para.parted = open.start;
                }
            }
            _ => {
                let Some(open) = self.fields.pop() else { return };
                match open.result {
                    Some(field) => self.wrap(&field, open.start, para),
                    None => self.without_result(&open.instruction, para),
                }
            }
        }
    }

    fn without_result(&mut self, instruction: &str, para: &mut Para) {
        let Field::Old(text) = fields::read(instruction) else { return };
        match fields::old_ruby(&text) {
            Some(pair) => self.push(Inline::Ruby(vec![pair]), 0, para),
            None => {
                let message = msg!("an old formula field is left out; type it anew: {text}", text = text.trim());
                self.tell(Kind::Dropped, Severity::Error, message, "");
            }
        }
    }

    /// Makes what a field is of the items from `start` on.
    fn wrap(&mut self, field: &Field, start: usize, para: &mut Para) {
        let start = start.min(para.items.len());
        para.parted = para.items.len();
        if let Field::Sequence(word) = field {
            para.sequence.get_or_insert((para.items.len(), word.clone()));
            return;
        }
        let make: Box<dyn Fn(Vec<Inline>) -> Inline> = match field {
            Field::Reference(name) | Field::Anchor(name) if !name.is_empty() => {
                let name = name.clone();
                Box::new(move |body| Inline::Place(name.clone(), body))
            }
            Field::Link(address) => {
                let address = address.clone();
                Box::new(move |body| Inline::Link(address.clone(), body))
            }
            _ => return,
        };
        let items = para.items.split_off(start);
        if !items.is_empty() {
            para.items.push((make(looks::run(&items)), 0));
        }
    }

    /// A box behind the paragraph at which it is anchored.
    pub(super) fn boxed(&mut self, blocks: Vec<Block>) -> Block {
        let message = msg!("a text box stands in the text, as an aside behind the paragraph that it is anchored at");
        self.tell(Kind::Changed, Severity::Info, message, "");
        Block { at: self.at(), id: None, kind: BlockKind::Container("aside".to_owned(), blocks) }
    }
}
