//! What stands in a paragraph: runs, fields, notes, pictures, formulas, changes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::fields::Field;
use super::gone::Gone;
use super::looks::{self, Looks};
use super::numbering::Numbering;
use super::open::Open;
use super::parts::{Parts, Relation};
use super::search::{self, referred};
use super::styles::Styles;
use super::xml::Word as _;
use super::{Changes, Settings, math, symbols};
use crate::diagnostic::Severity;
use crate::foreign::xml::Element;
use crate::import::write::plain;
use crate::import::{Block, Entry, Inline, Kind, Report};
use crate::message::Message;

/// What reads a document.
pub(super) struct Reader<'a> {
    pub(super) parts: &'a Parts,
    /// The relations of the part that is read now.
    pub(super) relations: &'a BTreeMap<String, Relation>,
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
    /// How the sections begin that have not ended yet.
    pub(super) sections: VecDeque<String>,
    /// How many captions of each kind there are.
    pub(super) captions: BTreeMap<&'static str, usize>,
    /// The last number of each level of each kind of list.
    pub(super) counters: BTreeMap<(String, usize), usize>,
    /// Levels of lists that have begun.
    pub(super) begun: BTreeSet<(String, usize)>,
    pub(super) pictures: BTreeSet<String>,
    /// Which styles the text has, with how many paragraphs of each.
    pub(super) used: BTreeMap<String, usize>,
    pub(super) fields: Vec<Open>,
    /// The font of signs in which the run stands that is read now.
    signs: Option<String>,
    /// Comments that were told.
    pub(super) commented: BTreeSet<String>,
    /// A paragraph whose end was deleted: the next one goes on with it.
    pub(super) held: Option<Para>,
    pub(super) gone: Gone,
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
    pub(super) parted: usize,
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
            relations: &parts.relations,
            styles: Styles::read(&parts.styles, settings.styles.roles()),
            numbering: Numbering::read(&parts.numbering),
            settings,
            report: Report::default(),
            paragraph: 0,
            wanted,
            places: BTreeMap::new(),
            sections: search::sections(&parts.body),
            captions: BTreeMap::new(),
            counters: BTreeMap::new(),
            begun: BTreeSet::new(),
            pictures: BTreeSet::new(),
            used: BTreeMap::new(),
            fields: Vec::new(),
            signs: None,
            commented: BTreeSet::new(),
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
                    let field = self.leading(child);
                    self.wrap(&field, start, para);
                }
                "ins" | "moveTo" => self.inserted(child, para),
                "del" | "moveFrom" => self.deleted(child, para),
                "fldSimple" => self.simple_field(child, para),
                "oMath" => self.formula(child, para),
                "oMathPara" => {
                    para.display = true;
                    child.elements().filter(|node| node.name == "oMath").for_each(|node| self.formula(node, para));
                }
                "bookmarkStart" => para.bookmarks.extend(child.local("name").map(str::to_owned)),
                "sdt" if self.is_hint(child) => {}
                "sdt" => child.child("sdtContent").into_iter().for_each(|node| self.content(node, para)),
                "AlternateContent" => self.alternatives(child, para),
                "subDoc" => self.outside(child),
                "p" => self.inner_paragraph(child, para),
                name if name.ends_with("Pr") => {}
                _ => self.content(child, para),
            }
        }
    }

    /// Where a link leads.
    fn leading(&self, link: &Element) -> Field {
        let anchor = link.local("anchor");
        match (link.local("id").map(|id| self.relations.get(id)), anchor) {
            (Some(Some(to)), Some(anchor)) if !to.target.contains('#') => {
                Field::Link(format!("{}#{anchor}", to.target))
            }
            (Some(Some(to)), _) => Field::Link(to.target.clone()),
            (None, Some(anchor)) => Field::Anchor(anchor.to_owned()),
            _ => Field::Text,
        }
    }

    /// A paragraph inside of another one is a line of it.
    fn inner_paragraph(&mut self, node: &Element, para: &mut Para) {
        if !para.items.is_empty() {
            self.push(Inline::Break, 0, para);
        }
        self.content(node, para);
    }

    fn formula(&mut self, node: &Element, para: &mut Para) {
        let rejected = self.settings.changes == Changes::Reject;
        let formula = math::tex(node, rejected);
        let at = self.at();
        let place = if rejected { &mut self.gone.inserted } else { &mut self.gone.deleted };
        place.extend(formula.gone.into_iter().map(|(author, text)| (at.clone(), author, text)));
        for name in formula.unknown {
            let message = msg!("this part of a formula is not known, its text is kept: {name}", name);
            self.tell(Kind::Changed, Severity::Warning, message, "");
        }
        if !formula.tex.is_empty() {
            para.items.push((Inline::Formula(formula.tex), 0));
        }
    }

    fn run(&mut self, node: &Element, para: &mut Para) {
        self.odd_looks(node.child("rPr"));
        let (looks, hidden) = looks::of(node, &self.styles);
        if hidden {
            self.gone.hidden.push_str(&node.all_text());
            self.without(node);
            // What is hidden of a field is a part of it all the same.
            for child in node.elements() {
                match child.name.as_str() {
                    "fldChar" => self.field(child, para),
                    "instrText" => self.instruct(&child.own_text()),
                    _ => {}
                }
            }
            return;
        }
        let signs = node.child("rPr").and_then(symbols::font);
        let outer = std::mem::replace(&mut self.signs, signs);
        self.run_content(node, looks, para);
        self.signs = outer;
    }

    pub(super) fn run_content(&mut self, node: &Element, looks: Looks, para: &mut Para) {
        for child in node.elements() {
            match child.name.as_str() {
                "t" | "delText" => self.words(&child.own_text(), looks, para),
                "tab" | "ptab" => self.text(" ", looks, para),
                "br" if child.local("type") == Some("page") => {
                    // Text behind it is not joined to that before it.
                    para.parted = para.items.len();
                    self.page_break(para);
                }
                "br" if child.local("type") == Some("column") => self.column_break(looks, para),
                "br" | "cr" => self.push(Inline::Break, looks, para),
                "noBreakHyphen" => self.text("\u{2011}", looks, para),
                "softHyphen" => self.text("\u{ad}", looks, para),
                "sym" => {
                    let code = child.local("char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or(0);
                    self.symbol(child.local("font").unwrap_or_default(), code, looks, para);
                }
                "oMath" => self.formula(child, para),
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
                "drawing" | "pict" | "object" | "contentPart" => self.drawing(child, para),
                "AlternateContent" => self.alternatives(child, para),
                "fldChar" => self.field(child, para),
                "instrText" | "delInstrText" => self.instruct(&child.own_text()),
                "r" => self.run(child, para),
                "p" => self.inner_paragraph(child, para),
                name if name.ends_with("Pr") => {}
                _ => self.run_content(child, looks, para),
            }
        }
    }

    /// Text of a run, in whichever font it stands.
    fn words(&mut self, text: &str, looks: Looks, para: &mut Para) {
        let Some(font) = self.signs.clone() else { return self.text(text, looks, para) };
        for c in text.chars() {
            match u32::from(c) {
                code @ (0x21..=0xff | 0xf021..=0xf0ff) => {
                    if symbols::of(&font, code).is_some_and(|sign| sign != c) && c.is_alphanumeric() {
                        self.gone.typed.push(c);
                    }
                    self.symbol(&font, code, looks, para);
                }
                _ => self.text(&c.to_string(), looks, para),
            }
        }
    }

    pub(super) fn text(&mut self, text: &str, looks: Looks, para: &mut Para) {
        if self.unseen(text) {
            return;
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

    pub(super) fn push(&mut self, inline: Inline, looks: Looks, para: &mut Para) {
        if !self.unseen(&plain(std::slice::from_ref(&inline))) {
            para.items.push((inline, looks));
        }
    }

    pub(super) fn symbol(&mut self, font: &str, code: u32, looks: Looks, para: &mut Para) {
        match symbols::of(font, code) {
            Some(c) => self.text(&c.to_string(), looks, para),
            None => {
                let message = msg!(
                    "this sign of the font {font} has no form elsewhere, and is left out: {code}; type what it shows",
                    font,
                    code = format!("U+{code:04X}")
                );
                let lost: String = char::from_u32(code).into_iter().collect();
                self.tell(Kind::Dropped, Severity::Error, message, &lost);
            }
        }
    }

    fn comment(&mut self, id: &str) {
        let Some((author, text)) = self.parts.comments.get(id).cloned() else { return };
        self.commented.insert(id.to_owned());
        let message = msg!("comment of {author}: {text}", author, text = &text);
        self.tell(Kind::Dropped, Severity::Info, message, &text);
    }

    /// Whether this is a control that nobody filled in: what stands in it is no text. It is told.
    pub(super) fn is_hint(&mut self, control: &Element) -> bool {
        let hint = control.child("sdtPr").and_then(|node| node.toggle("showingPlcHdr")) == Some(true);
        let text = if hint { control.all_text() } else { String::new() };
        if !text.trim().is_empty() {
            let message =
                msg!("nobody filled in this field of the file, and its hint is left out: {text}", text = &text);
            self.tell(Kind::Dropped, Severity::Warning, message, &text);
        }
        hint
    }
}
