//! A text brought into the form in which it can be written: looks end where words end, neighbours of one look are one, ids are
//! those of a book, and what a manuscript cannot hold is taken out and told.

use std::collections::BTreeMap;

use super::super::{Block, BlockKind, Cell, Document, Entry, Inline, Kind, Report};
use super::ends::{cut_end, cut_start, push_joined, push_text, trim};
use super::looks::looks;
use super::names::{Ids, Pictures, Taken};
use super::table;
use crate::diagnostic::Severity;
use crate::manuscript;
use crate::message::Message;

/// Deepest nesting of blocks and of looks that is kept; what lies deeper is brought up to it.
const DEEPEST: usize = 24;

/// What brings a document into form.
pub(super) struct Tidy<'a> {
    /// The file of the source.
    pub(super) file: &'a str,
    pub(super) ids: Ids,
    /// By their names in the document.
    pub(super) pictures: BTreeMap<String, Taken>,
    pub(super) report: &'a mut Report,
    at: String,
}

impl<'a> Tidy<'a> {
    pub(super) fn new(document: &Document, file: &'a str, store: &mut Pictures, report: &'a mut Report) -> Self {
        let mut pictures = BTreeMap::new();
        for picture in &document.pictures {
            let taken = store.take(picture);
            if taken.replaced {
                report.entries.push(Entry {
                    kind: Kind::Dropped,
                    severity: Severity::Error,
                    file: file.to_owned(),
                    at: picture.name.clone(),
                    message: msg!(
                        "this picture is in no form that a book shows; save it as PNG or SVG in place of images/{name}",
                        name = &taken.name
                    ),
                    lost: String::new(),
                });
            }
            pictures.insert(picture.name.clone(), taken);
        }
        let mut ids = Ids::default();
        let mut names = Vec::new();
        each_id(&document.blocks, &mut names);
        document.notes.iter().for_each(|note| each_id(&note.blocks, &mut names));
        names.into_iter().for_each(|name| drop(ids.give(name)));
        for name in absent(document) {
            pictures.entry(name.clone()).or_insert_with(|| store.absent(&name));
        }
        Self { file, ids, pictures, report, at: String::new() }
    }

    /// Tells what became of something where the text now is.
    pub(super) fn tell(&mut self, kind: Kind, severity: Severity, message: Message, lost: &str) {
        let (file, at) = (self.file.to_owned(), self.at.clone());
        self.report.entries.push(Entry { kind, severity, file, at, message, lost: lost.to_owned() });
    }

    /// As [`Self::tell`], of what is kept as plain text at a place.
    pub(super) fn tell_at(&mut self, at: &str, message: Message) {
        self.at = at.to_owned();
        self.tell(Kind::Changed, Severity::Warning, message, "");
    }

    pub(super) fn blocks(&mut self, blocks: &[Block], depth: usize) -> Vec<Block> {
        let mut out = Vec::new();
        for block in blocks {
            if !block.at.is_empty() {
                self.at.clone_from(&block.at);
            }
            // One whose content is gone leaves its id to nothing: whoever refers to it is told.
            let id = block.id.as_deref().and_then(|id| self.ids.of(id)).map(str::to_owned);
            match self.kind(&block.kind, depth) {
                Shape::One(kind) => out.push(Block { at: self.at.clone(), id, kind }),
                Shape::Many(mut blocks) => {
                    if let Some(first) = blocks.first_mut().filter(|first| first.id.is_none()) {
                        first.id = id;
                    }
                    out.append(&mut blocks);
                }
            }
        }
        out
    }

    fn kind(&mut self, kind: &BlockKind, depth: usize) -> Shape {
        let body = |tidy: &mut Self, blocks: &[Block]| tidy.blocks(blocks, depth + 1);
        let holds = |blocks: Vec<Block>, make: &dyn Fn(Vec<Block>) -> BlockKind| match blocks.is_empty() {
            _ if depth >= DEEPEST => Shape::Many(blocks),
            true => Shape::none(),
            false => Shape::One(make(blocks)),
        };
        match kind {
            BlockKind::Heading(level, run) => match self.run(run) {
                run if run.is_empty() => Shape::none(),
                run => Shape::One(BlockKind::Heading((*level).clamp(if depth > 0 { 2 } else { 1 }, 6), run)),
            },
            BlockKind::Paragraph(run) => match self.run(run) {
                run if run.is_empty() => Shape::none(),
                run => Shape::One(BlockKind::Paragraph(run)),
            },
            BlockKind::List(start, items) => {
                let items: Vec<Vec<Block>> =
                    items.iter().map(|item| body(self, item)).filter(|item| !item.is_empty()).collect();
                match items.is_empty() {
                    true => Shape::none(),
                    false if depth >= DEEPEST => Shape::Many(items.into_iter().flatten().collect()),
                    false => Shape::One(BlockKind::List(start.map(|start| start.min(999_999_999)), items)),
                }
            }
            BlockKind::Quote(blocks) => holds(body(self, blocks), &BlockKind::Quote),
            BlockKind::Code(lang, text) => {
                let text = self.clean(text.trim_end_matches('\n').to_owned(), true);
                Shape::One(BlockKind::Code(lang.clone(), text))
            }
            BlockKind::Formula(text) => match formula(text) {
                text if text.is_empty() => Shape::none(),
                text => Shape::One(BlockKind::Formula(self.clean(text, false))),
            },
            BlockKind::Table { head, rows, caption } => self.table(head, rows, caption),
            BlockKind::Figure(blocks, caption) => {
                let caption = self.run(caption);
                let blocks = body(self, blocks);
                match (blocks.is_empty(), caption.is_empty()) {
                    (true, true) => Shape::none(),
                    (true, false) => Shape::One(BlockKind::Paragraph(caption)),
                    (false, true) => Shape::Many(blocks),
                    _ => Shape::One(BlockKind::Figure(blocks, caption)),
                }
            }
            BlockKind::Callout(word, title, blocks) => {
                let (word, title) = (word.clone(), self.run(title));
                holds(body(self, blocks), &|blocks| BlockKind::Callout(word.clone(), title.clone(), blocks))
            }
            BlockKind::Container(name, blocks) => {
                let name = name.clone();
                holds(body(self, blocks), &|blocks| BlockKind::Container(name.clone(), blocks))
            }
            BlockKind::Definitions(list) => {
                let list: Vec<_> = list.iter().map(|(term, blocks)| (self.run(term), body(self, blocks))).collect();
                Shape::One(BlockKind::Definitions(list))
            }
            BlockKind::Rule => Shape::One(BlockKind::Rule),
            BlockKind::PageBreak if depth == 0 => Shape::One(BlockKind::PageBreak),
            BlockKind::PageBreak => Shape::none(),
        }
    }

    fn table(&mut self, head: &[Vec<Cell>], rows: &[Vec<Cell>], caption: &[Inline]) -> Shape {
        let mut tidied = |rows: &[Vec<Cell>]| -> Vec<Vec<Cell>> {
            let cell = |tidy: &mut Self, cell: &Cell| Cell { body: tidy.run(&cell.body), ..*cell };
            rows.iter().map(|row| row.iter().map(|one| cell(self, one)).collect()).collect()
        };
        let (mut head, mut rows) = (tidied(head), tidied(rows));
        table::whole(&mut head, &mut rows);
        let caption = self.run(caption);
        if head.iter().chain(&rows).all(Vec::is_empty) {
            return if caption.is_empty() { Shape::none() } else { Shape::One(BlockKind::Paragraph(caption)) };
        }
        Shape::One(BlockKind::Table { head, rows, caption })
    }

    /// A run of a block: nothing blank at its ends.
    pub(super) fn run(&mut self, run: &[Inline]) -> Vec<Inline> {
        let mut out = Vec::new();
        self.inlines(run, &mut out, 0);
        trim(&mut out);
        out
    }

    fn inlines(&mut self, run: &[Inline], out: &mut Vec<Inline>, depth: usize) {
        for inline in run {
            match inline {
                Inline::Text(text) => {
                    let text = self.clean(text.replace(['\n', '\r', '\t'], " "), false);
                    push_text(out, &text);
                }
                Inline::Code(text) => match self.clean(text.replace(['\n', '\r', '\t'], " "), false) {
                    text if text.trim().is_empty() => push_text(out, &text),
                    text => push_code(out, text.trim()),
                },
                Inline::Formula(text) => match formula(text) {
                    text if text.is_empty() => {}
                    text => out.push(Inline::Formula(self.clean(text, false))),
                },
                Inline::Picture(name, alt) => {
                    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
                    let name = self.pictures.get(name).map_or_else(|| name.clone(), |taken| taken.name.clone());
                    out.push(Inline::Picture(name, self.clean(alt, false)));
                }
                Inline::Reference(id) => self.reference(id, out),
                Inline::Place(id, words) => match self.ids.of(id).map(str::to_owned) {
                    Some(id) => self.marked(words, out, depth, &|words| Inline::Place(id.clone(), words)),
                    None => {
                        let message = msg!("the link to ‘{id}’ leads nowhere; its words are kept", id);
                        self.tell(Kind::Changed, Severity::Warning, message, "");
                        self.inlines(words, out, depth + 1);
                    }
                },
                Inline::Link(address, words) => self.link(address, words, out, depth),
                Inline::Ruby(pairs) => self.ruby(pairs, out),
                Inline::Note(_) | Inline::Citation(_) | Inline::Break => out.push(inline.clone()),
                _ => match looks(inline) {
                    Some((body, make)) => self.marked(body, out, depth, &make),
                    None => out.push(inline.clone()),
                },
            }
        }
    }

    fn reference(&mut self, id: &str, out: &mut Vec<Inline>) {
        match self.ids.of(id) {
            Some(id) => out.push(Inline::Reference(id.to_owned())),
            None => {
                let message = msg!("the reference to ‘{id}’ leads nowhere", id);
                self.tell(Kind::Dropped, Severity::Error, message, "");
            }
        }
    }

    fn link(&mut self, address: &str, words: &[Inline], out: &mut Vec<Inline>, depth: usize) {
        let address = encoded(address.trim());
        let known = ["http://", "https://", "mailto:"];
        let lower = address.to_ascii_lowercase();
        if known.iter().any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len()) {
            return self.marked(words, out, depth, &|words| Inline::Link(address.clone(), words));
        }
        let message = msg!("a book cannot lead to ‘{address}’; the words of the link are kept", address);
        self.tell(Kind::Changed, Severity::Warning, message, "");
        self.inlines(words, out, depth + 1);
    }

    /// Readings stand above Chinese characters; elsewhere they follow in brackets.
    fn ruby(&mut self, pairs: &[(String, String)], out: &mut Vec<Inline>) {
        let bad = |reading: &str| reading.contains(['{', '}', '|', '｜']);
        let fits = |(base, reading): &(String, String)| {
            !base.is_empty()
                && base.chars().all(crate::lang::cjk::is_han)
                && !reading.trim().is_empty()
                && !bad(reading)
        };
        for pair in pairs {
            let [base, reading] = [&pair.0, &pair.1].map(|text| self.clean(text.trim().to_owned(), false));
            if fits(&(base.clone(), reading.clone())) {
                out.push(Inline::Ruby(vec![(base, reading)]));
                continue;
            }
            push_text(out, &base);
            if !reading.is_empty() {
                push_text(out, &format!("（{reading}）"));
                let message = msg!("‘{base}’ cannot bear a reading; ‘{reading}’ follows it in brackets", base, reading);
                self.tell(Kind::Changed, Severity::Warning, message, "");
            }
        }
    }

    /// Text with a look: spaces at its ends stand outside of it, and a look of nothing is none.
    fn marked(&mut self, body: &[Inline], out: &mut Vec<Inline>, depth: usize, make: &dyn Fn(Vec<Inline>) -> Inline) {
        let mut inner = Vec::new();
        self.inlines(body, &mut inner, depth + 1);
        if depth >= DEEPEST {
            return out.append(&mut inner);
        }
        let before = cut_start(&mut inner);
        let after = cut_end(&mut inner);
        push_text(out, &before);
        if !inner.is_empty() {
            let made = make(inner);
            push_joined(out, made);
        }
        push_text(out, &after);
    }

    /// Takes characters out that a manuscript cannot hold.
    fn clean(&mut self, text: String, lines: bool) -> String {
        let (kept, lost) = manuscript::without_unseen(&text);
        if kept.len() == text.len() {
            return text;
        }
        let kept = if lines { kept } else { kept.replace('\n', " ") };
        if !lost.is_empty() {
            let list = lost.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ");
            let message = msg!(
                "these characters have a form in one font alone, or none; type what they show: {list}",
                list = Message::data(list)
            );
            self.tell(Kind::Dropped, Severity::Error, message, &lost);
        }
        kept
    }
}

/// Puts code behind others: two pieces beside each other are one, for nothing could stand between them.
fn push_code(out: &mut Vec<Inline>, text: &str) {
    match out.last_mut() {
        Some(Inline::Code(before)) => before.push_str(text),
        _ => out.push(Inline::Code(text.to_owned())),
    }
}

/// What becomes of a block.
enum Shape {
    One(BlockKind),
    Many(Vec<Block>),
}

impl Shape {
    fn none() -> Self {
        Shape::Many(Vec::new())
    }
}

/// A formula on one line.
fn formula(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('$', "\\$")
}

/// An address without the signs that would end it.
fn encoded(address: &str) -> String {
    let mut out = String::new();
    for c in address.chars() {
        match c {
            c if c.is_control() || c.is_whitespace() => out.push_str("%20"),
            '(' | ')' | '<' | '>' | '\\' | '`' | '"' | '*' | '_' | '|' if c != '_' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

fn each_id<'d>(blocks: &'d [Block], names: &mut Vec<&'d str>) {
    for block in blocks {
        names.extend(block.id.as_deref());
        super::inside(block).into_iter().for_each(|blocks| each_id(blocks, names));
    }
}

/// The pictures that the text names and that are not there, in order.
fn absent(document: &Document) -> Vec<String> {
    let mut names = Vec::new();
    let mut see = |inline: &Inline| {
        if let Inline::Picture(name, _) = inline
            && !document.pictures.iter().any(|picture| picture.name == *name)
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    };
    super::each_inline(&document.blocks, &mut see);
    document.notes.iter().for_each(|note| super::each_inline(&note.blocks, &mut see));
    names
}
