//! Blocks as XHTML.

use super::page::Writer;
use super::plan::{CAPTION, CREDIT, PAIR};
use super::titles::Brief;
use crate::model::{Attr, Block, BlockKind, Definition, Inline, InlineKind, ListItem, Qr, block_attributes};

/// Attributes of containers that are read before the body, and those read after it. Each becomes a paragraph of
/// class `NAME-KEY`, if the container has such an attribute; other attributes stay on the element as `data-KEY`.
const BEFORE: [&str; 6] = ["value", "unit", "kicker", "number", "label", "title"];
const AFTER: [&str; 6] = ["by", "source", "name", "place", "date", "note"];

impl<'a> Writer<'_, 'a> {
    /// Writes blocks in order.
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// The `id` attribute of a block, if it has one.
    pub(super) fn id(&self, block: &Block) -> Option<(&'static str, String)> {
        self.content.plan.id(block).map(|id| ("id", id.to_owned()))
    }

    /// Opens the element of a block with its id.
    pub(super) fn open(&mut self, tag: &str, block: &Block, attrs: &[(&str, &str)]) {
        let id = self.id(block);
        let mut all: Vec<(&str, &str)> = id.iter().map(|(k, v)| (*k, v.as_str())).collect();
        all.extend_from_slice(attrs);
        if let Some(lang) = self.mark.take() {
            all.extend([("lang", lang.bcp47()), ("xml:lang", lang.bcp47())]);
        }
        self.xml.open(tag, &all);
    }

    fn block(&mut self, block: &'a Block) {
        let around = self.lang;
        self.lang = self.content.plan.outline.language(block.span.file);
        self.mark = (self.lang != around).then_some(self.lang);
        if is_whole(&block.kind) {
            self.breaks_until(block.span.file, block.span.end);
        }
        self.written(block);
        self.mark = None;
        self.lang = around;
    }

    fn written(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Heading { body, .. } => self.heading(block, body),
            BlockKind::Paragraph(body) => {
                self.open("p", block, &[]);
                self.box_to_tick(block);
                self.inlines(body);
                self.counterpart(block);
                self.xml.close_line();
            }
            BlockKind::List { start, tight, items } => self.list(block, *start, *tight, items),
            BlockKind::Quote(body) => {
                self.open("blockquote", block, &[]);
                self.blocks(body);
                self.xml.close_line();
            }
            BlockKind::Code { lang, text, fence, .. } => self.listing(block, lang.as_deref(), text, fence),
            BlockKind::Math { text, span, .. } => {
                self.open("div", block, &[("class", "math")]);
                self.formula(*span, text);
                if let Some(number) = self.content.plan.count(block) {
                    self.xml.element("span", &[("class", "formula-number")], &number);
                }
                self.xml.close_line();
            }
            BlockKind::Table(table) => self.table(block, table, None),
            BlockKind::Figure(figure) => self.figure(block, figure),
            BlockKind::Chart(chart) => self.chart_figure(block, chart),
            BlockKind::Qr(qr) => self.qr(block, qr),
            BlockKind::Container { name, attrs, body } => self.container(block, name, attrs, body),
            BlockKind::Callout(callout) => self.callout(block, callout),
            BlockKind::Definitions(list) => self.definitions(block, list),
            BlockKind::Rule => self.xml.empty("hr", &[]),
            BlockKind::PageBreak => {
                self.xml.open("div", &[("class", "page-break")]);
                self.xml.close_line();
            }
        }
    }

    /// Writes a heading. In each language levels do not skip; where two stand in one order, a level that does is brought to
    /// the next below the heading before it.
    fn heading(&mut self, block: &'a Block, body: &'a [Inline]) {
        let level = self.content.plan.level(block).unwrap_or(2).min(self.level + 1);
        self.level = level;
        self.open(&format!("h{level}"), block, &[]);
        if let Some(number) = self.content.plan.section(block) {
            self.xml.open("span", &[("class", "number")]);
            self.xml.text(number);
            self.xml.close();
            self.xml.text(" ");
        }
        self.titled(Brief::Title, |writer| writer.inlines(body));
        self.xml.close_line();
    }

    fn list(&mut self, block: &'a Block, start: Option<usize>, tight: bool, items: &'a [ListItem]) {
        let first = start.filter(|n| *n != 1).map(|n| n.min(i32::MAX as usize).to_string());
        let mut attrs: Vec<_> = first.iter().map(|n| ("start", n.as_str())).collect();
        if items.iter().any(|item| item.done.is_some()) {
            attrs.push(("class", "tasks"));
        }
        self.open(if start.is_some() { "ol" } else { "ul" }, block, &attrs);
        self.xml.raw("\n");
        for item in items {
            let class: &[_] = if item.done.is_some() { &[("class", "task")] } else { &[] };
            self.xml.open("li", class);
            self.sign = item.done;
            for inner in &item.blocks {
                match &inner.kind {
                    BlockKind::Paragraph(body) if tight && inner.id.is_none() => {
                        self.box_to_tick(inner);
                        self.inlines(body);
                    }
                    _ => self.block(inner),
                }
            }
            self.sign = None;
            self.xml.close_line();
        }
        self.xml.close_line();
    }

    /// The box before an item, with a word for screen readers, where one is still to be written.
    fn box_to_tick(&mut self, block: &Block) {
        let words = self.content.plan.words_of(block.span.file);
        let (sign, label) = match self.sign.take() {
            Some(true) => ("☑", words.done),
            Some(false) => ("☐", words.to_do),
            None => return,
        };
        self.xml.open("span", &[("class", "box"), ("role", "img"), ("aria-label", label)]);
        self.xml.text(sign);
        self.xml.close();
        self.xml.text(" ");
    }

    fn qr(&mut self, block: &'a Block, qr: &Qr) {
        self.open("div", block, &[("class", "qr")]);
        match super::qr::svg(qr) {
            Some(svg) => {
                self.svg = true;
                self.xml.raw(&svg);
            }
            None => self.xml.element("p", &[], &qr.data),
        }
        self.xml.close_line();
    }

    fn container(&mut self, block: &'a Block, name: &str, attrs: &'a [Attr], body: &'a [Block]) {
        if let (PAIR, Some((shared, beneath))) = (name, shared(body)) {
            self.open("div", block, &[("class", PAIR)]);
            self.xml.raw("\n");
            self.beneath = beneath;
            self.block(shared);
            return self.xml.close_line();
        }
        let data: Vec<(String, &str)> = attrs.iter().filter_map(data_attribute).collect();
        let mut all = vec![("class", name)];
        let tag = match name {
            "aside" => {
                all.push(("role", "note"));
                "aside"
            }
            "pullquote" => {
                all.push(("role", "doc-pullquote"));
                "aside"
            }
            "epigraph" => {
                all.extend([("epub:type", "epigraph"), ("role", "doc-epigraph")]);
                "div"
            }
            _ => "div",
        };
        all.extend(data.iter().map(|(k, v)| (k.as_str(), *v)));
        if attrs.iter().any(|attr| BEFORE.contains(&attr.key.as_str())) {
            self.breaks_before(body);
        }
        self.open(tag, block, &all);
        self.xml.raw("\n");
        self.shown(name, attrs, &BEFORE);
        self.blocks(body);
        self.shown(name, attrs, &AFTER);
        self.xml.close_line();
    }

    fn shown(&mut self, name: &str, attrs: &[Attr], keys: &[&str]) {
        let added = self.content.attributes;
        let known = |key: &str| {
            block_attributes(name).is_none_or(|own| own.contains(&key)) || added.iter().any(|other| other == key)
        };
        let shown = |attr: &&Attr| keys.contains(&attr.key.as_str()) && known(&attr.key);
        for attr in attrs.iter().filter(shown).filter(|attr| !attr.value.trim().is_empty()) {
            self.xml.element("p", &[("class", &format!("{name}-{}", attr.key))], &attr.value);
        }
    }

    fn definitions(&mut self, block: &'a Block, list: &'a [Definition]) {
        if list.is_empty() {
            return;
        }
        self.open("dl", block, &[]);
        self.xml.raw("\n");
        for definition in list {
            for term in &definition.terms {
                self.xml.open("dt", &[]);
                self.inlines(term);
                self.xml.close_line();
            }
            for details in &definition.details {
                self.xml.open("dd", &[]);
                self.blocks(details);
                self.xml.close_line();
            }
        }
        self.xml.close_line();
    }
}

/// What both languages share, and what the translation says of it.
fn shared(body: &[Block]) -> Option<(&Block, &[Block])> {
    let says =
        |block: &Block| matches!(&block.kind, BlockKind::Container { name, .. } if name == CAPTION || name == CREDIT);
    body.split_first().filter(|(_, beneath)| beneath.first().is_some_and(says))
}

/// Whether a page that begins in a block is marked before it: a heading is read as one name, and the rest is not
/// running text.
fn is_whole(kind: &BlockKind) -> bool {
    use BlockKind::{Chart, Code, Figure, Heading, Math, Qr, Table};
    matches!(kind, Heading { .. } | Code { .. } | Math { .. } | Table(_) | Figure(_) | Chart(_) | Qr(_))
}

/// An attribute that is neither shown nor unfit for a `data-` name.
fn data_attribute(attr: &Attr) -> Option<(String, &str)> {
    let shown = BEFORE.contains(&attr.key.as_str()) || AFTER.contains(&attr.key.as_str());
    let fit = attr.key.starts_with(|c: char| c.is_ascii_lowercase())
        && attr.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (fit && !shown).then(|| (format!("data-{}", attr.key), attr.value.as_str()))
}

/// The only picture of a paragraph that holds nothing else.
pub(super) fn lone_image(block: &Block) -> Option<&crate::model::Image> {
    let BlockKind::Paragraph(body) = &block.kind else { return None };
    let [Inline { kind: InlineKind::Image(image), .. }] = body.as_slice() else { return None };
    Some(image)
}
