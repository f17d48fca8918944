//! Inline elements as XHTML.

use super::page::Writer;
use crate::bibliography;
use crate::lang::Script;
use crate::lang::zh::PINYIN;
use crate::model::{self, CiteItem, Image, Inline, InlineKind, LinkTarget, Shows, TextStyle};
use crate::source::{FileId, Span};

/// The language of a reading.
const READING: [(&str, &str); 2] = [("lang", PINYIN), ("xml:lang", PINYIN)];

/// The element of a style, and its class. `u` is HTML's element for the mark of a Chinese name.
fn element(style: TextStyle) -> (&'static str, Option<&'static str>) {
    match style {
        TextStyle::Subscript => ("sub", None),
        TextStyle::Superscript => ("sup", None),
        TextStyle::Underline => ("u", None),
        TextStyle::Highlight => ("mark", None),
        TextStyle::Keys => ("kbd", None),
        TextStyle::Name => ("u", Some("name")),
        TextStyle::Work => ("cite", Some("work")),
    }
}

impl<'a> Writer<'_, 'a> {
    /// Writes a run of inlines.
    pub(super) fn inlines(&mut self, run: &'a [Inline]) {
        for (index, inline) in run.iter().enumerate() {
            if model::is_between_notes(run, index) {
                continue;
            }
            match (&inline.kind, run.get(index + 1)) {
                // The mark of a note stands close to what it is about, as on paper.
                (InlineKind::Text(text), Some(Inline { kind: InlineKind::Note { .. }, .. })) => {
                    self.text(text.trim_end(), inline.span);
                }
                _ => self.inline(inline),
            }
            if model::notes_meet(run, index) {
                self.xml.open("sup", &[("class", "note-ref")]);
                self.xml.text(",");
                self.xml.close();
            }
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text, inline.span),
            InlineKind::Emph(body) => self.marked(("em", None), body),
            InlineKind::Strong(body) => self.marked(("strong", None), body),
            InlineKind::Strike(body) => self.marked(("s", None), body),
            InlineKind::Styled { style, body } => self.styled(*style, body),
            InlineKind::Ruby { body, readings } => self.ruby(body, readings),
            InlineKind::Code(text) => {
                self.xml.open("code", &[]);
                self.xml.text(text);
                self.xml.close();
            }
            InlineKind::Math { text, span, .. } => self.formula(*span, text),
            InlineKind::Link { target, body } => self.link(target, body, inline.span.file),
            InlineKind::Image(image) => self.image(image),
            InlineKind::Cite(items) => self.cite(items, inline.span.file),
            // An e-book has no pages that hold: what is named without a page says enough.
            InlineKind::Ref { shows: Shows::PageInBrackets, .. } => {}
            InlineKind::Ref { target, .. } => self.reference(target, inline.span.file),
            InlineKind::Index(_) => self.index_mark(inline.span),
            InlineKind::Note { name } => self.note_reference(name, inline.span.file),
            InlineKind::LineBreak => self.xml.empty("br", &[]),
        }
    }

    /// Where names and titles of works bear no marks, names are text as any other and titles stand in 《》, as on paper.
    fn styled(&mut self, style: TextStyle, body: &'a [Inline]) {
        let bare = !self.content.name_marks && self.lang.script() == Script::Han;
        match style {
            TextStyle::Name if bare => self.inlines(body),
            TextStyle::Work if bare => {
                self.xml.text("《");
                self.inlines(body);
                self.xml.text("》");
            }
            _ => self.marked(element(style), body),
        }
    }

    fn marked(&mut self, (tag, class): (&str, Option<&str>), body: &'a [Inline]) {
        let class = class.map(|class| ("class", class));
        self.xml.open(tag, class.as_slice());
        self.inlines(body);
        self.xml.close();
    }

    /// Writes characters with their reading above them. EPUBCheck advises against `rp`, the brackets of old browsers.
    fn ruby(&mut self, body: &'a [Inline], readings: &[String]) {
        self.xml.open("ruby", &[]);
        for (base, reading) in body.iter().zip(readings) {
            self.inline(base);
            self.xml.open("rt", &READING);
            self.xml.text(reading);
            self.xml.close();
        }
        self.xml.close();
    }

    /// Writes a formula as MathML, or its text as code when it could not be set (which was reported).
    pub(super) fn formula(&mut self, span: Span, text: &str) {
        if let Some(markup) = self.content.formulas.get(&span) {
            self.math = true;
            self.xml.raw(markup);
        } else {
            self.xml.open("code", &[("class", "math")]);
            self.xml.text(text);
            self.xml.close();
        }
    }

    fn link(&mut self, target: &LinkTarget, body: &'a [Inline], file: FileId) {
        let href = match target {
            LinkTarget::Url(url) => super::url::href(url),
            LinkTarget::Refused(_) => None,
            LinkTarget::Id(id) | LinkTarget::File { target: id, .. } => {
                self.content.plan.anchor(id, file).map(|anchor| anchor.href)
            }
        };
        match href {
            Some(href) if !self.in_link => {
                self.xml.open("a", &[("href", &href)]);
                self.in_link = true;
                self.inlines(body);
                self.in_link = false;
                self.xml.close();
            }
            _ => self.inlines(body),
        }
    }

    /// Writes a picture; one that could not be read (which was reported) leaves its alternative text.
    pub(super) fn image(&mut self, image: &Image) {
        let Some(href) = self.content.pictures.href(image) else {
            self.xml.text(&image.alt);
            return;
        };
        let class = super::style::size_classes(image);
        let mut attrs = vec![("src", href), ("alt", if image.decorative { "" } else { &image.alt })];
        if image.decorative {
            attrs.push(("role", "presentation"));
        }
        attrs.extend(class.as_deref().map(|c| ("class", c)));
        self.xml.empty("img", &attrs);
    }

    fn cite(&mut self, items: &[CiteItem], file: FileId) {
        let linked = !self.in_link;
        let plan = &self.content.plan;
        let second = plan.outline.second_language().filter(|_| plan.outline.is_translation(file));
        let name = bibliography::name(second.unwrap_or(plan.lang), items);
        self.math |= super::references::citation(self.xml, &self.content.citations, &name, linked);
    }

    fn reference(&mut self, target: &str, file: FileId) {
        let Some(anchor) = self.content.plan.anchor(target, file) else { return };
        if self.in_link {
            self.xml.text(&anchor.label);
            return;
        }
        self.xml.open("a", &[("href", &anchor.href), ("class", "ref")]);
        self.xml.text(&anchor.label);
        self.xml.close();
    }

    fn note_reference(&mut self, name: &str, file: FileId) {
        let Some(own) = self.part.outlined.note(file, name).filter(|_| !self.noteless) else { return };
        let number = own.to_string();
        self.xml.open("sup", &[("class", "note-ref")]);
        if self.in_link {
            self.xml.text(&number);
        } else {
            let seen = self.note_refs.entry(own).or_default();
            let id = match seen.len() {
                0 => format!("note-ref-{number}"),
                n => format!("note-ref-{number}-{}", n + 1),
            };
            seen.push(id.clone());
            let href = format!("#note-{number}");
            let attrs = [("href", href.as_str()), ("id", &id), ("epub:type", "noteref"), ("role", "doc-noteref")];
            self.xml.open("a", &attrs);
            self.xml.text(&number);
            self.xml.close();
        }
        self.xml.close();
    }

    /// The place of a mark of the index. A list of contents shows none.
    pub(super) fn index_mark(&mut self, place: Span) {
        if let Some(id) = self.content.index.ids.get(&place).filter(|_| !self.noteless) {
            self.xml.open("span", &[("id", id)]);
            self.xml.close();
        }
    }
}
