//! What a book says, block by block: enough to tell later what has changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::align::{Unit, UnitKind, units_of};
use crate::checks::freshness::says;
use crate::message::Locale;
use crate::model::{Book, Chapter, Inline, InlineKind, Lang, LinkTarget, Meta, Term, Work, walk};
use crate::release::sums::sha256;

/// The file of a release that holds the wording.
pub const WORDING: &str = "wording.json";

/// What a book says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Which version says it.
    pub version: String,
    /// Each language, the source first.
    pub languages: Vec<LanguageText>,
}

impl Wording {
    /// The file.
    pub fn to_json(&self) -> String {
        crate::release::json(self)
    }
}

/// What a book says in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageText {
    /// Its tag.
    pub language: String,
    /// Its chapters in reading order; before them what `book.yaml` says, after them what the glossary and the references say.
    pub chapters: Vec<ChapterText>,
}

/// What a chapter says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterText {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it says, in reading order.
    pub places: Vec<Place>,
}

/// A block that says something, or a part of one that is read by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What it is, in the language of the text.
    pub kind: String,
    /// The heading above it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub under: String,
    /// Its words.
    pub text: String,
    /// For a cell the number of its table in the chapter, from 1 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<usize>,
    /// The pictures that it shows by the names of their files, with [`picture`] of their bytes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pictures: BTreeMap<String, String>,
}

impl Place {
    fn of(kind: String, text: String) -> Self {
        Self { kind, under: String::new(), text, table: None, pictures: BTreeMap::new() }
    }
}

/// What tells a picture from another one: the SHA-256 of its bytes, of a drawing that is text without the line ends that git may change.
pub fn picture(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => sha256(text.replace("\r\n", "\n").as_bytes()),
        Err(_) => sha256(bytes),
    }
}

/// Gives [`picture`] of the file of a path, where there is one.
pub type Pictures<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What a book says.
pub fn wording(book: &Book, version: &str, pictures: Pictures<'_>) -> Wording {
    let languages = book.languages.iter().map(|lang| LanguageText {
        language: lang.tag().to_owned(),
        chapters: of_book(book, lang)
            .into_iter()
            .chain(book.chapters(lang).iter().map(|one| chapter(one, pictures)))
            .chain([glossary(book, lang), references(book, lang)])
            .filter(|chapter| !chapter.places.is_empty())
            .collect(),
    });
    Wording { version: version.to_owned(), languages: languages.collect() }
}

/// What `book.yaml` says to readers.
fn of_book(book: &Book, lang: &Lang) -> Option<ChapterText> {
    let Meta { title, subtitle, description, publisher, rights, .. } = &book.meta;
    let say = |message| Locale::of(lang.tag()).say(&message);
    let texts = [
        (say(msg!("title")), title),
        (say(msg!("subtitle")), subtitle),
        (say(msg!("description")), description),
        (say(msg!("publisher")), publisher),
        (say(msg!("rights")), rights),
    ];
    let mut places: Vec<Place> =
        texts.into_iter().filter_map(|(kind, text)| Some(Place::of(kind, text.get(lang)?.clone()))).collect();
    let names = book.meta.people.iter().filter_map(|person| person.name.get(lang));
    places.extend(names.map(|name| Place::of(say(msg!("name")), name.clone())));
    let titles = book.meta.divisions.iter().map(|division| &division.title);
    let titles = titles.chain(book.meta.themes.iter().map(|theme| &theme.title));
    let titles = titles.filter_map(|title| title.get(lang).cloned());
    places.extend(titles.map(|text| Place::of(say(msg!("title")), text)));
    Some(ChapterText { name: "book.yaml".to_owned(), title: say(msg!("About the book")), places })
}

fn chapter(chapter: &Chapter, pictures: Pictures<'_>) -> ChapterText {
    let locale = Locale::of(chapter.lang.tag());
    let mut reader = Reader { locale, pictures, under: String::new(), tables: 0, places: Vec::new() };
    for unit in units_of(chapter) {
        reader.unit(&unit, None);
    }
    ChapterText { name: chapter.stem.clone(), title: chapter.meta.title.value.clone(), places: reader.places }
}

/// Whoever reads a chapter from its first unit to its last.
struct Reader<'a> {
    locale: Locale,
    pictures: Pictures<'a>,
    /// The heading above.
    under: String,
    /// How many tables there were.
    tables: usize,
    places: Vec<Place>,
}

impl Reader<'_> {
    fn unit(&mut self, unit: &Unit<'_>, table: Option<usize>) {
        let heads = matches!(unit.kind, UnitKind::Heading(_));
        if let Some(text) = text_of(unit).filter(|_| unit.written) {
            if heads {
                self.under.clone_from(&text);
            }
            let under = if heads { String::new() } else { self.under.clone() };
            let pictures = self.pictures_of(unit);
            let table = table.filter(|_| matches!(unit.kind, UnitKind::Cell));
            self.places.push(Place { under, table, pictures, ..Place::of(self.locale.say(&unit.kind.word()), text) });
        }
        let table = match unit.kind {
            UnitKind::Table => {
                self.tables += 1;
                Some(self.tables)
            }
            _ => table,
        };
        for child in &unit.children {
            self.unit(child, table);
        }
    }

    fn pictures_of(&self, unit: &Unit<'_>) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for run in &unit.runs {
            walk::inlines(run, &mut |inline| {
                if let InlineKind::Image(image) = &inline.kind
                    && let Some(told) = (self.pictures)(&image.path)
                {
                    found.insert(name_of(&image.path).to_owned(), told);
                }
            });
        }
        found
    }
}

/// The name of a file without its folders.
fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// What a unit itself says, with what it cites and where it leads.
fn text_of(unit: &Unit<'_>) -> Option<String> {
    let mut text = says(unit).unwrap_or_default();
    for run in &unit.runs {
        leads(run, &mut text);
    }
    (!text.is_empty()).then_some(text)
}

fn leads(run: &[Inline], text: &mut String) {
    let mut also = Vec::new();
    walk::inlines(run, &mut |inline| match &inline.kind {
        InlineKind::Cite(items) => also.extend(items.iter().map(|item| match &item.locator {
            Some(locator) => format!("[{}, {locator}]", item.key),
            None => format!("[{}]", item.key),
        })),
        InlineKind::Ref { target, .. } => also.push(format!("→{target}")),
        InlineKind::Link { target, .. } => match target {
            LinkTarget::Url(address) => also.push(format!("<{address}>")),
            other => also.extend(other.place().map(|place| format!("→{place}"))),
        },
        InlineKind::Image(image) => also.push(shown(name_of(&image.path))),
        _ => {}
    });
    for word in also {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word);
    }
}

/// How a text says that it shows the picture of a file.
pub(super) fn shown(name: &str) -> String {
    format!("({name})")
}

/// What the glossary says to the readers of a language.
fn glossary(book: &Book, lang: &Lang) -> ChapterText {
    let locale = Locale::of(lang.tag());
    let entry = |term: &Term| {
        let word = term.words.get(lang)?;
        let text = match term.definition(lang) {
            Some(definition) => format!("{}: {definition}", word.value),
            None => word.value.clone(),
        };
        Some(Place::of(locale.say(&msg!("term")), text))
    };
    let places = book.glossary.terms.iter().filter_map(entry).collect();
    ChapterText { name: "glossary.yaml".to_owned(), title: locale.say(&msg!("Glossary")), places }
}

/// What the works that can be cited are called, who wrote them and when.
fn references(book: &Book, lang: &Lang) -> ChapterText {
    let locale = Locale::of(lang.tag());
    let place = |text| Place::of(locale.say(&msg!("reference")), text);
    let places = book.bibliography.works.iter().map(|work| place(said_of(work))).collect();
    ChapterText { name: "references".to_owned(), title: locale.say(&msg!("References")), places }
}

fn said_of(work: &Work) -> String {
    if let Some(text) = &work.text {
        return format!("[{}] {text}", work.key());
    }
    let mut parts = Vec::new();
    leaves(&serde_json::to_value(&work.entry).unwrap_or_default(), &mut parts);
    format!("[{}] {}", work.key(), parts.join(", "))
}

/// The words and numbers of an entry, in its order.
fn leaves(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Number(number) => out.push(number.to_string()),
        Value::Array(all) => all.iter().for_each(|one| leaves(one, out)),
        Value::Object(all) => all.values().for_each(|one| leaves(one, out)),
        Value::Null | Value::Bool(_) => {}
    }
}
