//! The book and its chapters.

use std::collections::BTreeMap;

use super::{
    Bibliography, Block, Cip, Comments, Cover, Division, Draft, Ebook, EditionKind, Glossary, Inline, InlineKind, Lang,
    Math, Numbering, Numbers, PdfWishes, Release, Reviewed, Spanned, Waiver,
};
use crate::source::{FileId, Span};

/// One publication in all its languages.
#[derive(Debug, Clone)]
pub struct Book {
    /// What `book.yaml` says of the publication.
    pub meta: Meta,
    /// The languages that have chapters, in the order of `book.yaml`; the first is the source. Never empty.
    pub languages: Vec<Lang>,
    /// The folder in `manuscript/` of every language that `book.yaml` lists, of those without a chapter too.
    pub folders: BTreeMap<Lang, String>,
    /// The editions that a plain build makes.
    pub editions: Vec<EditionKind>,
    /// What is asked of the PDFs.
    pub pdf: PdfWishes,
    /// Chapters of each language in reading order; a key for every language.
    pub chapters: BTreeMap<Lang, Vec<Chapter>>,
    /// The works that can be cited.
    pub bibliography: Bibliography,
    /// The termbase.
    pub glossary: Glossary,
    /// Levels from `checks:` in `book.yaml`, each with the place of its name: check or group → `off` (`None`), `info`,
    /// `warning` or `error`.
    pub check_levels: BTreeMap<String, Spanned<Option<crate::diagnostic::Severity>>>,
    /// What was signed off, from `manuscript/reviewed.yaml`.
    pub reviewed: Reviewed,
    /// What reviewers said and nobody has dealt with yet, from `manuscript/comments.yaml`.
    pub comments: Comments,
}

impl Book {
    /// The language that the others are translated from.
    pub fn source_language(&self) -> &Lang {
        &self.languages[0]
    }

    /// Chapters of a language in reading order.
    pub fn chapters(&self, lang: &Lang) -> &[Chapter] {
        self.chapters.get(lang).map_or(&[], Vec::as_slice)
    }

    /// The languages that `book.yaml` lists and that have no chapter yet.
    pub fn without_chapters(&self) -> impl Iterator<Item = &Lang> {
        self.folders.keys().filter(|lang| !self.languages.contains(lang))
    }

    /// The project-relative path of a language's folder.
    pub fn folder(&self, lang: &Lang) -> String {
        format!("manuscript/{}", self.folders.get(lang).map_or(lang.tag(), String::as_str))
    }

    /// The language whose folder a file lies in, by its project-relative path.
    pub fn language_of(&self, path: &str) -> Option<&Lang> {
        let inside = |lang: &&Lang| path.strip_prefix(&self.folder(lang)).is_some_and(|rest| rest.starts_with('/'));
        self.languages.iter().find(inside)
    }

    /// The languages that an edition shows, the leading one first: the bilingual edition has the source and the first
    /// translation.
    pub fn languages_of<'a>(&'a self, edition: &'a EditionKind) -> Vec<&'a Lang> {
        match edition {
            EditionKind::Single(lang) => vec![lang],
            EditionKind::Bilingual => self.languages.iter().take(2).collect(),
        }
    }

    /// The file-name stem of a language's artifacts: the slug and the edition.
    pub fn artifact_stem(&self, edition: &EditionKind) -> String {
        format!("{}-{}", self.meta.slug, edition.name())
    }
}

/// What `book.yaml` says of the publication as a whole.
#[derive(Debug, Clone, Default)]
pub struct Meta {
    /// How formulas are written.
    pub math: Math,
    /// Stem of artifact names: lower-case ASCII letters, digits and hyphens.
    pub slug: String,
    /// Title per language.
    pub title: BTreeMap<Lang, String>,
    /// Subtitle per language.
    pub subtitle: BTreeMap<Lang, String>,
    /// Where the author wants lines of these titles and of those of the parts to end: bytes, in order, by their words.
    pub breaks: BTreeMap<String, Vec<usize>>,
    /// A sentence or two per language, for catalogues.
    pub description: BTreeMap<Lang, String>,
    /// Authors, editors, translators.
    pub people: Vec<Person>,
    /// Publisher per language.
    pub publisher: BTreeMap<Lang, String>,
    /// Rights line per language.
    pub rights: BTreeMap<Lang, String>,
    /// The publisher's mark or another sign of who issues it.
    pub logo: Option<Logo>,
    /// Publication date, `YYYY-MM-DD`. Dates the artifacts too, unless `SOURCE_DATE_EPOCH` is set.
    pub date: (i32, u8, u8),
    /// The name of the version, such as `1.0`.
    pub version: Option<String>,
    /// Edition statement per language, such as `Second edition` or `2026年3月第2次印刷`.
    pub edition: BTreeMap<Lang, String>,
    /// ISBN or other standard numbers per edition name (`zh`, `en`, `bilingual`).
    pub identifier: BTreeMap<String, Numbers>,
    /// Keywords per language.
    pub keywords: BTreeMap<Lang, Vec<String>>,
    /// The parts that hold its chapters; chapters may stand outside of them.
    pub divisions: Vec<Division>,
    /// What is numbered.
    pub numbering: Numbering,
    /// The groups that chapters belong to through their `theme` key.
    pub themes: Vec<Theme>,
    /// The series that it belongs to.
    pub series: Option<Series>,
    /// Cataloguing in publication per edition name.
    pub cip: BTreeMap<String, Cip>,
    /// The name of the book's own layout, whatever sets its single editions.
    pub layout: String,
    /// What the cover is made for, for a book that has one of its own.
    pub cover: Option<Cover>,
    /// What is chosen for its e-books.
    pub ebook: Ebook,
    /// When it may go out, and what shops are told of it.
    pub release: Option<Release>,
    /// Its texts that are given in some of the languages that are listed, and not in others.
    pub lacking: Vec<Lacking>,
}

/// A text of `book.yaml` that some languages lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// Its key.
    pub key: String,
    /// Where it stands.
    pub span: Span,
    /// The languages that lack it.
    pub langs: Vec<Lang>,
}

/// A picture that stands for who issues a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Project-relative path.
    pub path: String,
    /// Where it is written.
    pub span: Span,
    /// What it shows, per language; without it the name of the publisher.
    pub alt: BTreeMap<Lang, String>,
}

/// A series of publications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Name per language.
    pub name: BTreeMap<Lang, String>,
    /// Place of the publication in it, such as `3` or `2.1`.
    pub number: Option<String>,
}

impl Meta {
    /// Title in a language, or in any language at all.
    pub fn title_in(&self, lang: &Lang) -> &str {
        self.title.get(lang).or_else(|| self.title.values().next()).map_or("", String::as_str)
    }
}

/// A contributor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Name per language.
    pub name: BTreeMap<Lang, String>,
    /// MARC relator code, such as `aut`, `edt` or `trl`.
    pub role: String,
    /// Whether it is a group or an institution and not one person.
    pub group: bool,
    /// The name as lists sort it, such as `Shannon, Claude E.`, per language.
    pub sort: BTreeMap<Lang, String>,
    /// A few sentences on the person, per language.
    pub biography: BTreeMap<Lang, String>,
    /// The ORCID iD, as `0000-0000-0000-0000`.
    pub orcid: Option<String>,
}

/// A named group of chapters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// What a chapter's `theme` key says.
    pub id: String,
    /// Title per language.
    pub title: BTreeMap<Lang, String>,
    /// Colour as `#rrggbb`, if given.
    pub color: Option<String>,
}

/// The layout's name and the options that `book.yaml` sets.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutChoice {
    /// Folder name under `layouts/`.
    pub name: String,
    /// Options as written; `layout.yaml` gives their types and defaults.
    pub options: BTreeMap<String, WrittenOption>,
    /// Where the name stands in `book.yaml`, if it is written there.
    pub span: Option<Span>,
}

/// A value for a layout as it is written: an option, or a key of front matter.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenOption {
    /// Where its name stands.
    pub key: Span,
    /// Its value.
    pub value: Spanned<serde_yaml::Value>,
}

impl LayoutChoice {
    /// A layout that nobody wrote down, without options.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), options: BTreeMap::new(), span: None }
    }
}

/// One Markdown file: a chapter or another part of the book.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The file.
    pub file: FileId,
    /// Project-relative path, such as `manuscript/zh/03-preface.md`.
    pub path: String,
    /// Its name, the same in every language: the path in the language's folder without `.md`, such as `03-preface` or
    /// `part/03`.
    pub stem: String,
    /// Its language.
    pub lang: Lang,
    /// Front matter.
    pub meta: ChapterMeta,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// Footnotes in order of their first reference.
    pub notes: Vec<Note>,
    /// Comments that waive findings, in the order of the file.
    pub waivers: Vec<Waiver>,
    /// Blocks that a comment, or `draft: head` in the front matter, marks as unfinished, in the order of the file.
    pub drafts: Vec<Draft>,
}

impl Chapter {
    /// The lines of its head that it has: title, subtitle, author line.
    pub fn head(&self) -> impl Iterator<Item = &HeadLine> {
        [Some(&self.meta.title), self.meta.subtitle.as_ref(), self.meta.byline.as_ref()].into_iter().flatten()
    }

    /// The footnotes by their names.
    pub fn notes_by_name(&self) -> BTreeMap<&str, &Note> {
        self.notes.iter().rev().map(|note| (note.name.as_str(), note)).collect()
    }
}

/// A line of a chapter's head: its title, its subtitle, its author line.
#[derive(Debug, Clone)]
pub struct HeadLine {
    /// Its words without markup and notes, for all that can show nothing else.
    pub value: String,
    /// Where it stands.
    pub span: Span,
    /// The line as it is set. Never empty.
    pub run: Vec<Inline>,
    /// Where the author wants its lines to end, in bytes of `value`, in order.
    pub breaks: Vec<usize>,
}

impl HeadLine {
    /// Whether it is words alone, without markup.
    pub fn is_plain(&self) -> bool {
        matches!(self.run.as_slice(), [Inline { kind: InlineKind::Text(_), .. }])
    }
}

/// A chapter's front matter.
#[derive(Debug, Clone)]
pub struct ChapterMeta {
    /// Title; every chapter has one (its absence is reported and the stem stands in).
    pub title: HeadLine,
    /// The id that the author gave to the title.
    pub id: Option<String>,
    /// Whether the author gave that title.
    pub titled: bool,
    /// Whether it stands in the front matter, and not as a heading at the beginning of the text.
    pub in_front_matter: bool,
    /// Subtitle.
    pub subtitle: Option<HeadLine>,
    /// Id of a [`Theme`].
    pub theme: Option<Spanned<String>>,
    /// Author line.
    pub byline: Option<HeadLine>,
    /// The picture at its opening: a figure without a caption.
    pub image: Option<Block>,
    /// What part of the book it is.
    pub role: Role,
    /// Where the author says so.
    pub role_span: Option<Span>,
    /// All other keys, handed to the layout as they are.
    pub extra: BTreeMap<String, WrittenOption>,
}

/// What part of a book a file is; names follow the EPUB structural vocabulary where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Title page text; the layout may draw it.
    Cover,
    /// Copyright page.
    Colophon,
    /// Table of contents; its list is made by the layout.
    Contents,
    /// Foreword, opening message and other parts before the body.
    Frontmatter,
    /// Preface.
    Preface,
    /// A list of the figures; it is made from their captions.
    Figures,
    /// A list of the tables, likewise.
    Tables,
    /// A chapter of the body.
    Chapter,
    /// An appendix, counted apart from the chapters.
    Appendix,
    /// List of references; its list is made from the citations.
    References,
    /// Glossary; its list is made from `glossary.yaml`.
    Glossary,
    /// Index; its list is made from the marks in the text.
    Index,
    /// Whose the pictures are; the list is made from their credits.
    Credits,
    /// Acknowledgements.
    Acknowledgements,
    /// Other parts after the body.
    Backmatter,
    /// Outer back of the book.
    BackCover,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 16] = [
        Role::Cover,
        Role::Colophon,
        Role::Contents,
        Role::Frontmatter,
        Role::Preface,
        Role::Figures,
        Role::Tables,
        Role::Chapter,
        Role::Appendix,
        Role::References,
        Role::Glossary,
        Role::Index,
        Role::Credits,
        Role::Acknowledgements,
        Role::Backmatter,
        Role::BackCover,
    ];

    /// The word used in front matter and handed to layouts.
    pub fn name(self) -> &'static str {
        match self {
            Role::Cover => "cover",
            Role::Colophon => "colophon",
            Role::Contents => "contents",
            Role::Frontmatter => "frontmatter",
            Role::Preface => "preface",
            Role::Figures => "figures",
            Role::Tables => "tables",
            Role::Chapter => "chapter",
            Role::Appendix => "appendix",
            Role::References => "references",
            Role::Glossary => "glossary",
            Role::Index => "index",
            Role::Credits => "credits",
            Role::Acknowledgements => "acknowledgements",
            Role::Backmatter => "backmatter",
            Role::BackCover => "back-cover",
        }
    }
}

/// A footnote's text.
#[derive(Debug, Clone)]
pub struct Note {
    /// The name in `[^name]`.
    pub name: String,
    /// Where it is defined.
    pub span: Span,
    /// Its blocks.
    pub blocks: Vec<Block>,
}
