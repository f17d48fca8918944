//! What a book says, block by block: enough to tell later what has changed.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::align::{Unit, UnitKind, units_of};
use crate::checks::freshness::says;
use crate::message::Locale;
use crate::model::{Book, Chapter, Inline, InlineKind, Lang, LinkTarget, Meta, Term, Work, walk};

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What it is, in the language of the text.
    pub kind: String,
    /// The heading above it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub under: String,
    /// Its words.
    pub text: String,
}

/// What a book says.
pub fn wording(book: &Book, version: &str) -> Wording {
    let languages = book.languages.iter().map(|lang| LanguageText {
        language: lang.tag().to_owned(),
        chapters: of_book(book, lang)
            .into_iter()
            .chain(book.chapters(lang).iter().map(chapter))
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
    let mut places: Vec<Place> = texts
        .into_iter()
        .filter_map(|(kind, text)| Some(Place { kind, under: String::new(), text: text.get(lang)?.clone() }))
        .collect();
    let names = book.meta.people.iter().filter_map(|person| person.name.get(lang));
    places.extend(names.map(|name| Place { kind: say(msg!("name")), under: String::new(), text: name.clone() }));
    let titles = book.meta.divisions.iter().map(|division| &division.title);
    let titles = titles.chain(book.meta.themes.iter().map(|theme| &theme.title));
    let titles = titles.filter_map(|title| title.get(lang).cloned());
    places.extend(titles.map(|text| Place { kind: say(msg!("title")), under: String::new(), text }));
    Some(ChapterText { name: "book.yaml".to_owned(), title: say(msg!("About the book")), places })
}

fn chapter(chapter: &Chapter) -> ChapterText {
    let mut places = Vec::new();
    let mut under = String::new();
    let locale = Locale::of(chapter.lang.tag());
    for unit in units_of(chapter) {
        gather(&unit, locale, &mut under, &mut places);
    }
    ChapterText { name: chapter.stem.clone(), title: chapter.meta.title.value.clone(), places }
}

fn gather(unit: &Unit<'_>, locale: Locale, under: &mut String, places: &mut Vec<Place>) {
    let heads = matches!(unit.kind, UnitKind::Heading(_));
    if let Some(text) = text_of(unit).filter(|_| unit.written) {
        if heads {
            under.clone_from(&text);
        }
        let under = if heads { String::new() } else { under.clone() };
        places.push(Place { kind: locale.say(&unit.kind.word()), under, text });
    }
    for child in &unit.children {
        gather(child, locale, under, places);
    }
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
        InlineKind::Image(image) => also.push(format!("({})", image.path.rsplit('/').next().unwrap_or_default())),
        _ => {}
    });
    for word in also {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word);
    }
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
        Some(Place { kind: locale.say(&msg!("term")), under: String::new(), text })
    };
    let places = book.glossary.terms.iter().filter_map(entry).collect();
    ChapterText { name: "glossary.yaml".to_owned(), title: locale.say(&msg!("Glossary")), places }
}

/// What the works that can be cited are called, who wrote them and when.
fn references(book: &Book, lang: &Lang) -> ChapterText {
    let locale = Locale::of(lang.tag());
    let place = |text| Place { kind: locale.say(&msg!("reference")), under: String::new(), text };
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
