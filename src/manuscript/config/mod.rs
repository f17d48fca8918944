//! `manuscript/book.yaml`: what the author says about the whole publication.

mod checks;
mod divisions;
mod epub;
mod languages;
mod layout;
mod math;
mod numbers;
mod pdf;
mod people;
mod prices;
mod press;
mod references;
mod release;
mod shop_codes;
mod texts;

use std::collections::BTreeMap;

use super::yaml::{Area, Entry, Fields, Node, explain, parse};
use super::{choices, typed};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported};
use crate::lang;
use crate::message::Message;
use crate::model::{
    EditionKind, Lacking, Lang, LayoutChoice, Meta, PdfWishes, ReferenceWishes, Series, Spanned, Theme,
};
use crate::source::{FileId, Files, ReadError, Sources, Span};
pub(crate) use checks::Levels;
use checks::{Checks, add_those_of_house};

/// Where the publication is described.
pub(crate) const BOOK_FILE: &str = "manuscript/book.yaml";

/// What `book.yaml` says, before any chapter is read.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file.
    pub(crate) file: FileId,
    /// The publication.
    pub(crate) meta: Meta,
    /// Languages with their places; the first is the source. Never empty.
    pub(crate) languages: Vec<Spanned<Lang>>,
    /// Tags that are listed as languages and were refused.
    pub(crate) refused: Vec<String>,
    /// Editions that a plain build makes.
    pub(crate) editions: Vec<EditionKind>,
    /// The options of the PDFs, without the output intent.
    pub(crate) pdf: PdfWishes,
    /// The output intent, whose ICC profile is not read yet.
    pub(crate) output_intent: Option<pdf::WrittenIntent>,
    /// The layout.
    pub(crate) layout: LayoutChoice,
    /// Layouts of single editions, by the edition's name.
    pub(crate) layouts: BTreeMap<String, LayoutChoice>,
    /// What the list of references is to be.
    pub(crate) references: ReferenceWishes,
    /// Stems of the chapters in reading order, when listed.
    pub(crate) parts: Option<Vec<Spanned<String>>>,
    /// Levels set for checks and groups of checks, each with the place of its name.
    pub(crate) check_levels: Levels,
    /// The levels of the house that these add to.
    house_checks: Option<Spanned<String>>,
}

/// The layout that comes with the program for the bilingual edition.
const PARALLEL: &str = "parallel";

impl Config {
    /// The layout of an edition: its own, or that of the book. The bilingual edition of a book that does not choose
    /// one is set by `parallel`, with the options of the book's layout if that is the same.
    pub fn layout(&self, edition: &EditionKind) -> LayoutChoice {
        match self.layouts.get(edition.name()) {
            Some(own) => own.clone(),
            None if *edition == EditionKind::Bilingual && self.layout.name != PARALLEL => LayoutChoice::named(PARALLEL),
            None => self.layout.clone(),
        }
    }

    /// Every edition that can be made: each language, and for several languages the bilingual one.
    pub fn possible_editions(&self) -> Vec<EditionKind> {
        let single = self.languages().cloned().map(EditionKind::Single);
        let both = (self.languages.len() > 1).then_some(EditionKind::Bilingual);
        single.chain(both).collect()
    }

    /// The languages, the source first. Never empty.
    pub fn languages(&self) -> impl Iterator<Item = &Lang> {
        self.languages.iter().map(|l| &l.value)
    }

    /// The editions that a plain build makes.
    pub fn editions(&self) -> &[EditionKind] {
        &self.editions
    }
}

/// Reads `manuscript/book.yaml`. The value is absent when it is missing or too broken to go on.
pub fn load_config(files: &dyn Files, sources: &mut Sources) -> Reported<Option<Config>> {
    let mut sink = Vec::new();
    let Some(file) = super::read_text(files, sources, BOOK_FILE, super::yaml::MAX_BYTES, &mut sink) else {
        return Reported::new(None, sink);
    };
    let area = Area { file, text: sources.get(file).text(), base: 0 };
    let mut config = read(area, &mut sink);
    explain(area, &mut sink);
    if let Some(config) = &mut config {
        add_those_of_house(config, files, sources, &mut sink);
    }
    Reported::new(config, sink)
}

/// Says that a file cannot be read.
pub(crate) fn missing(path: &str, reason: &ReadError) -> Diagnostic {
    let found = Diagnostic::error(codes::UNREADABLE_FILE, msg!("cannot read {path}: {reason}", path, reason));
    if path == BOOK_FILE {
        return found.hint(msg!("create a book.yaml with `title`, `languages`, `date` and `layout`"));
    }
    found
}

fn read(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Option<Config> {
    let mut fields = Fields::open(parse(area, sink)?, Message::data("book.yaml"), sink)?;
    let whole = area.whole();
    let (languages, refused) = languages::languages(&mut fields, whole, sink)?;
    let tags: Vec<Lang> = languages.iter().map(|l| l.value.clone()).collect();
    let mut reader =
        ConfigReader { langs: &tags, refused: &refused, lacking: Vec::new(), breaks: BTreeMap::new(), sink };
    let order = reader.order(fields.take("parts"));
    let layout = reader.layout(&mut fields, whole);
    let meta = Meta { divisions: order.divisions, layout: layout.name.clone(), ..reader.meta(&mut fields, whole) };
    let (pdf, output_intent) = reader.pdf(fields.take("pdf"));
    let checks = Checks::of(fields.take("checks"), reader.sink);
    let config = Config {
        file: area.file,
        meta,
        pdf,
        output_intent,
        editions: reader.editions(fields.take("editions")),
        layout,
        layouts: reader.layouts(fields.take("layouts")),
        references: reader.references(fields.take("references")),
        parts: order.chapters,
        check_levels: checks.levels,
        house_checks: checks.extends,
        languages,
        refused,
    };
    fields.finish(&Message::data("book.yaml"), sink);
    Some(config)
}

struct ConfigReader<'a> {
    langs: &'a [Lang],
    /// Tags that are listed as languages and were refused.
    refused: &'a [String],
    /// Texts that some languages lack, so far.
    lacking: Vec<Lacking>,
    /// Where lines of titles end, so far.
    breaks: BTreeMap<String, Vec<usize>>,
    sink: &'a mut Vec<Diagnostic>,
}

impl ConfigReader<'_> {
    fn error(&mut self, span: Span, message: Message, hint: Message) {
        self.sink.push(Diagnostic::error(codes::BOOK_YAML, message).at(span).hint(hint));
    }

    /// Says that a key is missing, or that it has no value.
    fn absent(&mut self, fields: &Fields, key: &str, span: Span, message: Message, hint: Message) {
        self.sink.push(fields.absent(key, Diagnostic::error(codes::BOOK_YAML, message).at(span).hint(hint)));
    }

    fn meta(&mut self, fields: &mut Fields, whole: Span) -> Meta {
        let before = self.sink.len();
        let title = self.titles(fields.take("title"), "title");
        if title.is_empty() && self.sink.len() == before {
            let hint = msg!("add `title:` with one title, or with one for each language");
            self.absent(fields, "title", whole, msg!("book.yaml has no title"), hint);
        }
        let date = match fields.text("date", self.sink) {
            Some(text) => self.date(&text),
            None => {
                let hint = msg!("add `date: YYYY-MM-DD`, the date of publication");
                self.absent(fields, "date", whole, msg!("book.yaml has no date"), hint);
                None
            }
        };
        let slug = fields.text("slug", self.sink);
        Meta {
            slug: self.slug(slug, &title),
            title,
            subtitle: self.titles(fields.take("subtitle"), "subtitle"),
            description: self.per_lang(fields.take("description"), "description"),
            people: self.people(fields.take("people")),
            publisher: self.per_lang(fields.take("publisher"), "publisher"),
            rights: self.per_lang(fields.take("rights"), "rights"),
            logo: self.logo(fields.take("logo")),
            date: date.unwrap_or((1970, 1, 1)),
            version: fields.text("version", self.sink).map(|v| v.value),
            edition: self.per_lang(fields.take("edition"), "edition"),
            identifier: self.identifiers(fields.take("identifier")),
            keywords: self.keywords(fields.take("keywords")),
            themes: self.themes(fields.take("themes")),
            series: self.series(fields.take("series")),
            cip: self.cip(fields.take("cip")),
            cover: self.cover(fields.take("cover")),
            release: self.release(fields.take("release")),
            ebook: self.ebook(fields.take("epub")),
            math: self.math(fields.take("math")),
            numbering: self.numbering(fields.take("numbering")),
            divisions: Vec::new(),
            layout: String::new(),
            lacking: std::mem::take(&mut self.lacking),
            breaks: std::mem::take(&mut self.breaks),
        }
    }

    fn unknown_language(&mut self, key: &str, span: Span) {
        if self.refused.iter().any(|tag| tag == key) {
            return;
        }
        let tags = || self.langs.iter().map(Lang::tag);
        let hint = match lang::meant(key, tags()) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("use {choices}", choices = choices(tags())),
        };
        self.error(span, msg!("`{key}` is not a language of the book", key), hint);
    }

    fn date(&mut self, text: &Spanned<String>) -> Option<(i32, u8, u8)> {
        let date = parse_date(&text.value);
        if date.is_none() {
            self.error(
                text.span,
                msg!("`{date}` is not a valid date", date = &text.value),
                msg!("write it as `YYYY-MM-DD`"),
            );
        }
        date
    }

    fn slug(&mut self, written: Option<Spanned<String>>, title: &BTreeMap<Lang, String>) -> String {
        if let Some(slug) = written {
            let good = !slug.value.is_empty()
                && slug.value.len() <= 64
                && slug.value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if good {
                return slug.value;
            }
            let hint = msg!("use at most 64 characters: lower-case letters a to z, digits and hyphens");
            self.error(
                slug.span,
                msg!("`{slug}` cannot be part of a file name on every system", slug = slug.value),
                hint,
            );
        }
        let slugs = self.langs.iter().filter_map(|l| title.get(l)).map(|t| slugify(t));
        slugs.into_iter().find(|s| s.len() > 2).unwrap_or_else(|| "book".into())
    }

    fn keywords(&mut self, entry: Option<Entry>) -> BTreeMap<Lang, Vec<String>> {
        let Some(Entry { node, .. }) = entry else { return BTreeMap::new() };
        let mut out = BTreeMap::new();
        let span = node.span;
        for (lang, node) in self.by_lang(node, "keywords") {
            let words = self.texts(node, "keywords").into_iter().map(|w| w.value).collect();
            out.insert(lang, words);
        }
        self.note_lacking("keywords", span, &out);
        out
    }

    fn series(&mut self, entry: Option<Entry>) -> Option<Series> {
        let mut fields = Fields::open(entry?.node, typed("series"), self.sink)?;
        let name = self.per_lang(fields.take("name"), "name");
        let number = fields.text("number", self.sink);
        if name.is_empty() {
            self.absent(&fields, "name", fields.span(), msg!("this series has no name"), msg!("add `name:`"));
        }
        // EPUB 3.3, `group-position`: whole numbers, separated by full stops.
        let counts = |number: &str| number.split('.').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        if let Some(number) = number.as_ref().filter(|number| !counts(&number.value)) {
            let hint = msg!("use digits, such as `3` or `2.1`");
            self.error(number.span, msg!("`{number}` is not a valid series number", number = &number.value), hint);
        }
        fields.finish(&typed("series"), self.sink);
        (!name.is_empty()).then(|| Series { name, number: number.map(|number| number.value) })
    }

    fn themes(&mut self, entry: Option<Entry>) -> Vec<Theme> {
        let Some(entry) = entry else { return Vec::new() };
        let mut themes: Vec<Theme> = Vec::new();
        for node in entry.node.list(typed("themes"), self.sink) {
            let Some(mut fields) = Fields::open(node, msg!("a theme"), self.sink) else { continue };
            let id = fields.text("id", self.sink);
            let title = self.per_lang(fields.take("title"), "title");
            let color = fields.text("color", self.sink);
            if let Some(color) = color.as_ref().filter(|c| !is_color(&c.value)) {
                let hint = msg!("write it as `\"#rrggbb\"`, with the quotes");
                self.error(color.span, msg!("`{color}` is not a colour", color = &color.value), hint);
            }
            match id {
                None => self.absent(&fields, "id", fields.span(), msg!("this theme has no id"), msg!("add `id:`")),
                Some(id) if themes.iter().any(|t| t.id == id.value) => {
                    let hint = msg!("give each theme its own id");
                    self.error(id.span, msg!("the theme `{id}` is listed twice", id = id.value), hint);
                }
                Some(id) => {
                    let color = color.map(|c| c.value).filter(|c| is_color(c));
                    themes.push(Theme { id: id.value, title, color });
                }
            }
            fields.finish(&msg!("a theme"), self.sink);
        }
        themes
    }

    fn editions(&mut self, entry: Option<Entry>) -> Vec<EditionKind> {
        let all = || self.langs.iter().cloned().map(EditionKind::Single).collect::<Vec<_>>();
        let Some(entry) = entry else { return all() };
        let default = all();
        let mut editions = Vec::new();
        for name in self.texts(entry.node, "editions") {
            let edition = match self.langs.iter().find(|l| l.tag() == name.value) {
                Some(lang) => EditionKind::Single(lang.clone()),
                None if name.value == "bilingual" && self.langs.len() > 1 => EditionKind::Bilingual,
                None => {
                    self.unknown_language(&name.value, name.span);
                    continue;
                }
            };
            if !editions.contains(&edition) {
                editions.push(edition);
            }
        }
        if editions.is_empty() { default } else { editions }
    }

    /// The texts in the list of a key.
    fn texts(&mut self, node: Node, key: &str) -> Vec<Spanned<String>> {
        let nodes = node.list(typed(key), self.sink);
        nodes.into_iter().filter_map(|n| n.text(typed(key), self.sink)).collect()
    }
}

fn parse_date(text: &str) -> Option<(i32, u8, u8)> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !shape {
        return None;
    }
    let (year, month, day) = (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
    chrono::NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)).filter(|_| year > 0)?;
    Some((year, month, day))
}

fn slugify(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let slug = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    slug.get(..slug.len().min(64)).unwrap_or_default().trim_end_matches('-').to_owned()
}

fn is_color(color: &str) -> bool {
    color.len() == 7 && color.starts_with('#') && color[1..].bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod release_tests;
#[cfg(test)]
mod tests;
