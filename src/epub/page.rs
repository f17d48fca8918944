//! One chapter as an XHTML document.

use std::collections::BTreeMap;

use super::content::Content;
use super::pagelist::Breaks;
use super::plan::Part;
use super::titles::{Brief, by_words};
use super::xml::{Xml, xhtml};
use crate::lang::Script;
use crate::model::{Block, Chapter, HeadLine, Lang, Role};
use crate::outline::{self, Series};

/// A written page.
pub(super) struct Page {
    /// The document.
    pub(super) bytes: Vec<u8>,
    /// Whether it holds inline SVG.
    pub(super) svg: bool,
    /// Whether it holds MathML.
    pub(super) math: bool,
}

/// The state of writing one page.
pub(super) struct Writer<'w, 'a> {
    pub(super) xml: &'w mut Xml,
    pub(super) content: &'w Content<'a>,
    pub(super) part: &'w Part<'a>,
    /// The language of the text around.
    pub(super) lang: &'a Lang,
    /// The language that the next element must say, because it differs from that of the text around.
    pub(super) mark: Option<&'a Lang>,
    /// Ids of the references to each note, by its number, in the order written.
    pub(super) note_refs: BTreeMap<usize, Vec<String>>,
    /// Level of the heading written last, so that levels never skip.
    pub(super) level: u8,
    /// Pages of the printed edition that begin in what is yet to be written.
    pub(super) breaks: Breaks,
    /// Where notes are left out.
    pub(super) noteless: bool,
    /// The box to tick that the next paragraph begins with.
    pub(super) sign: Option<bool>,
    /// What the text at hand stands in, if it breaks between words.
    pub(super) brief: Option<Brief>,
    /// Inside a link, where no other link may stand.
    pub(super) in_link: bool,
    /// What the translation says of the figure that is written next.
    pub(super) beneath: &'a [Block],
    pub(super) svg: bool,
    pub(super) math: bool,
}

/// Writes the page of a part.
pub(super) fn page(content: &Content<'_>, part: &Part<'_>) -> Page {
    let (mut svg, mut math) = (false, false);
    let lang = content.plan.outline.language(part.chapter.file);
    let bytes = xhtml(lang.bcp47(), &part.title.line(), |xml| {
        let mut writer = Writer {
            xml,
            content,
            part,
            lang,
            mark: None,
            note_refs: BTreeMap::new(),
            level: 1,
            breaks: content.pages.of_files(part.chapter.file, part.outlined.translation),
            noteless: false,
            sign: None,
            brief: None,
            in_link: false,
            beneath: &[],
            svg: false,
            math: false,
        };
        writer.chapter();
        (svg, math) = (writer.svg, writer.math);
    });
    Page { bytes, svg, math }
}

/// The word of the EPUB structural vocabulary and the DPUB-ARIA role of a part.
fn semantics(role: Role) -> (Option<&'static str>, Option<&'static str>) {
    match role {
        Role::Cover => (Some("titlepage"), None),
        Role::Colophon => (Some("colophon"), Some("doc-colophon")),
        Role::Contents | Role::BackCover => (None, None),
        Role::Frontmatter => (Some("foreword"), Some("doc-foreword")),
        Role::Preface => (Some("preface"), Some("doc-preface")),
        Role::Figures => (Some("loi"), None),
        Role::Tables => (Some("lot"), None),
        Role::Credits => (None, Some("doc-credits")),
        Role::Chapter => (Some("chapter"), Some("doc-chapter")),
        Role::References => (Some("bibliography"), Some("doc-bibliography")),
        Role::Glossary => (Some("glossary"), Some("doc-glossary")),
        Role::Index => (Some("index"), Some("doc-index")),
        Role::Acknowledgements => (Some("acknowledgments"), Some("doc-acknowledgments")),
        Role::Appendix | Role::Backmatter => (Some("appendix"), Some("doc-appendix")),
    }
}

impl<'a> Writer<'_, 'a> {
    fn chapter(&mut self) {
        let meta = &self.part.chapter.meta;
        let (kind, role) = semantics(meta.role);
        let class = meta.role.name();
        let mut attrs = vec![("class", class), ("aria-labelledby", self.part.outlined.anchor.as_str())];
        attrs.extend(kind.map(|k| ("epub:type", k)));
        attrs.extend(role.map(|r| ("role", r)));
        attrs.extend(meta.theme.as_ref().map(|t| ("data-theme", t.value.as_str())));
        self.xml.open("section", &attrs);
        self.xml.raw("\n");
        self.breaks_at_head();
        self.head();
        let part = self.part;
        self.blocks(&part.chapter.blocks);
        match meta.role {
            Role::Colophon => self.edition_statement(),
            Role::Contents => self.contents(),
            Role::Figures => self.list_of(Series::Figure),
            Role::Tables => self.list_of(Series::Table),
            Role::Credits => self.list_of_credits(),
            Role::References => self.math |= super::references::list(self.xml, &self.content.citations, self.lang),
            Role::Glossary => super::glossary::list(self.xml, &self.content.glossary, self.lang),
            Role::Index => super::index_list::list(self.xml, self.content),
            _ => {}
        }
        self.breaks_left();
        self.notes();
        self.xml.close_line();
    }

    /// Which edition it is, as `book.yaml` says it.
    fn edition_statement(&mut self) {
        for (lang, statement) in &self.content.edition {
            let mut attrs = vec![("class", "edition-statement")];
            if *lang != self.lang {
                attrs.extend([("lang", lang.bcp47()), ("xml:lang", lang.bcp47())]);
            }
            self.xml.element("p", &attrs, statement);
        }
    }

    fn head(&mut self) {
        let meta = &self.part.chapter.meta;
        self.xml.open("header", &[("class", "chapter-head")]);
        self.blocks(meta.image.as_slice());
        if let Some(theme) = meta.theme.as_ref().and_then(|t| self.content.themes.get(&t.value)) {
            self.xml.open("p", &[("class", "theme")]);
            theme.write(self.xml);
            self.xml.close_line();
        }
        let part = self.part;
        if let Some(sign) = self.content.plan.sign(part) {
            self.xml.element("p", &[("class", "sign")], &sign);
        }
        let other = part.outlined.translation;
        self.xml.open("h1", &[("id", &part.outlined.anchor), ("class", "chapter-title")]);
        // A title that both languages share is said once.
        let said = other.filter(|other| other.meta.title.value != meta.title.value);
        let ordinal = self.content.plan.outline.ordinal_named(part.outlined);
        ordinal_before(self.xml, ordinal.map(|ordinal| ordinal.name(outline::words(&part.chapter.lang))));
        self.titled(Brief::Title, |writer| match meta.title.is_plain() {
            true => writer.own_words(outline::title(part.chapter)),
            false => writer.inlines(&meta.title.run),
        });
        if let Some(other) = said {
            self.xml.text(" ");
            let name = ordinal.map(|ordinal| ordinal.name(outline::words(&other.lang)));
            self.translated("span", "translation", other, &other.meta.title, name);
        }
        self.xml.close_line();
        let lines = [
            ("subtitle", &meta.subtitle, other.map(|o| &o.meta.subtitle)),
            ("byline", &meta.byline, other.map(|o| &o.meta.byline)),
        ];
        for (class, own, translation) in lines {
            if let Some(own) = own {
                self.xml.open("p", &[("class", class)]);
                self.line(own);
                self.xml.close_line();
            }
            if let (Some(other), Some(Some(line))) = (other, translation) {
                self.translated("p", class, other, line, None);
            }
        }
        self.xml.close_line();
    }

    /// A line of a chapter's head.
    fn line(&mut self, line: &'a HeadLine) {
        self.titled(Brief::Title, |writer| {
            if line.is_plain() { writer.own_words(&line.value) } else { writer.inlines(&line.run) }
        });
    }

    /// A line of a chapter's head in the language of its translation, after the number of the chapter.
    fn translated(
        &mut self,
        tag: &str,
        class: &str,
        chapter: &'a Chapter,
        line: &'a HeadLine,
        ordinal: Option<String>,
    ) {
        let lang = chapter.lang.bcp47();
        self.xml.open(tag, &[("class", class), ("lang", lang), ("xml:lang", lang)]);
        ordinal_before(self.xml, ordinal);
        let around = std::mem::replace(&mut self.lang, &chapter.lang);
        self.line(line);
        self.lang = around;
        self.xml.close_line();
    }

    /// Notes at the end of the chapter: pop-ups where the reader can, a list where it cannot.
    fn notes(&mut self) {
        let part = self.part;
        if part.outlined.notes().next().is_none() {
            return;
        }
        self.xml.open("section", &[("class", "footnotes"), ("aria-label", self.content.plan.words.notes)]);
        self.xml.raw("\n");
        for (note, number) in part.outlined.notes().zip(1_usize..) {
            let id = format!("note-{number}");
            self.xml.open("aside", &[("id", &id), ("epub:type", "footnote"), ("role", "doc-footnote")]);
            let back = self.note_refs.get(&number).and_then(|r| r.first());
            let target = back.map_or_else(|| format!("#{}", part.outlined.anchor), |id| format!("#{id}"));
            let attrs =
                [("href", target.as_str()), ("role", "doc-backlink"), ("aria-label", self.content.plan.words.back)];
            self.xml.open("p", &[("class", "note-number")]);
            self.xml.open("a", &attrs);
            self.xml.text(&number.to_string());
            self.xml.close();
            self.xml.close();
            self.blocks(&note.blocks);
            self.xml.close_line();
        }
        self.xml.close_line();
    }
}

/// Writes the number of a chapter or a part before its title.
pub(super) fn ordinal_before(xml: &mut Xml, name: Option<String>) {
    if let Some(name) = name {
        xml.open("span", &[("class", "ordinal")]);
        xml.text(&name);
        xml.close();
        xml.text(" ");
    }
}

/// Writes the index of a book that has one but no chapter for it.
pub(super) fn index(content: &Content<'_>) -> Page {
    let title = super::index_list::title(content);
    let bytes = xhtml(content.plan.lang.bcp47(), &title, |xml| {
        let (kind, role) = semantics(Role::Index);
        let mut attrs = vec![("class", "index"), ("aria-labelledby", "index-title")];
        attrs.extend(kind.map(|k| ("epub:type", k)));
        attrs.extend(role.map(|r| ("role", r)));
        xml.open("section", &attrs);
        xml.element("h1", &[("id", "index-title"), ("class", "chapter-title")], &title);
        super::index_list::list(xml, content);
        xml.close_line();
    });
    Page { bytes, svg: false, math: false }
}

/// Writes the list of references for a book that has citations but no chapter for it.
pub(super) fn references(content: &Content<'_>) -> Page {
    let words = content.plan.words;
    let mut math = false;
    let bytes = xhtml(content.plan.lang.bcp47(), words.references, |xml| {
        let (kind, role) = semantics(Role::References);
        let mut attrs = vec![("class", "references"), ("aria-labelledby", "references-title")];
        attrs.extend(kind.map(|k| ("epub:type", k)));
        attrs.extend(role.map(|r| ("role", r)));
        xml.open("section", &attrs);
        xml.element("h1", &[("id", "references-title"), ("class", "chapter-title")], words.references);
        math = super::references::list(xml, &content.citations, content.plan.lang);
        xml.close_line();
    });
    Page { bytes, svg: false, math }
}

impl Writer<'_, '_> {
    /// Writes what stands in a title or a short cell. What is in it knows its words from here.
    pub(super) fn titled(&mut self, brief: Brief, write: impl FnOnce(&mut Self)) {
        let own = (self.lang.script() == Script::Han).then_some(brief);
        let around = std::mem::replace(&mut self.brief, own);
        write(self);
        self.brief = around;
    }

    /// Writes text in the language of the text around.
    pub(super) fn own_words(&mut self, text: &str) {
        match self.brief {
            Some(brief) => by_words(self.xml, text, brief),
            None => self.xml.text(text),
        }
    }
}
