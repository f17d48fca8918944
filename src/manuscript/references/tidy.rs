//! What every entry is given before it is worded, however it was written: names that are whole, the letters by which
//! GB/T 7714 tells kinds of works apart, and the fields in which the styles look.

use hayagriva::Entry;
use hayagriva::types::{EntryType, FormatString, Person, Publisher, QualifiedUrl};

/// Where the letters of a kind of work are kept: a field that no style prints but those of GB/T 7714 as they are amended
/// (`bibliography/amendments/gb-7714.csl`).
const MARK: &str = "printing";

/// Kinds of works that Hayagriva has no type for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnType {
    Dataset,
    Map,
    Standard,
}

impl OwnType {
    pub(super) const ALL: [Self; 3] = [Self::Dataset, Self::Map, Self::Standard];

    /// The word for it in `references.yaml`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Dataset => "dataset",
            Self::Map => "map",
            Self::Standard => "standard",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        Self::ALL.into_iter().find(|own| own.name() == word)
    }

    /// The nearest type of Hayagriva.
    pub(super) fn hayagriva(self) -> &'static str {
        match self {
            Self::Dataset | Self::Map => "misc",
            Self::Standard => "report",
        }
    }

    /// Keeps in the entry what it is.
    pub(super) fn mark(self, entry: &mut Entry) {
        let letters = match self {
            Self::Dataset => "DS",
            Self::Map => "CM",
            Self::Standard => "S",
        };
        entry.set_keyed_serial_number(MARK, letters.to_owned());
    }
}

/// Brings an entry into the form that the styles expect.
pub(super) fn tidy(entry: &mut Entry) {
    names(entry);
    proceedings(entry);
    publisher(entry);
    arxiv(entry);
    if entry.keyed_serial_number(MARK).is_none() {
        let letters = letters(entry);
        entry.set_keyed_serial_number(MARK, letters.to_owned());
    }
}

fn names(entry: &mut Entry) {
    let mended = |persons: &[Person]| persons.iter().cloned().map(whole).collect::<Vec<_>>();
    if let Some(authors) = entry.authors().map(mended) {
        entry.set_authors(authors);
    }
    if let Some(editors) = entry.editors().map(mended) {
        entry.set_editors(editors);
    }
    if let Some(mut others) = entry.affiliated().map(<[_]>::to_vec) {
        for role in &mut others {
            role.names = mended(&role.names);
        }
        entry.set_affiliated(others);
    }
    let mut parents = entry.parents().to_vec();
    parents.iter_mut().for_each(names);
    entry.set_parents(parents);
}

/// A name whose parts belong together. BibTeX's rule takes small words for particles of a family name and what stands before
/// them for its beginning: right for “van Gogh”, wrong for “Ministry of Water”.
fn whole(mut person: Person) -> Person {
    let capital = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
    if let Some(prefix) = person.prefix.take_if(|prefix| capital(prefix)) {
        person.name = format!("{} {}", prefix.trim_end(), person.name);
    }
    if person.prefix.as_deref().is_some_and(has_small_word) {
        let parts = [person.given_name.take(), person.prefix.take(), Some(person.name)];
        person.name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    let firm = person.given_name.as_deref().is_some_and(|given| FIRMS.contains(&given.trim_end_matches('.')));
    if firm || has_small_word(&person.name) {
        let parts = [Some(person.name), person.suffix.take(), person.given_name.take()];
        person.name = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    }
    person
}

/// What stands after the comma in the name of a firm.
const FIRMS: [&str; 10] = ["Inc", "Ltd", "LLC", "Corp", "GmbH", "AG", "S.A", "Co", "PLC", "Co., Ltd"];

/// Whether a name has a word that only names of institutions have.
fn has_small_word(name: &str) -> bool {
    name.split_whitespace().any(|word| matches!(word, "of" | "for" | "and" | "the" | "on" | "in" | "&"))
}

/// A paper of a conference is one in its proceedings.
fn proceedings(entry: &mut Entry) {
    let printed = |parent: &Entry| *parent.entry_type() == EntryType::Proceedings && parent.title().is_some();
    if *entry.entry_type() != EntryType::Article || entry.parents().iter().any(printed) {
        return;
    }
    let parents = entry.parents().iter().map(|parent| match parent.entry_type() {
        EntryType::Conference => retyped(parent, "proceedings"),
        _ => parent.clone(),
    });
    entry.set_parents(parents.collect());
}

/// The same entry as another type.
fn retyped(entry: &Entry, kind: &str) -> Entry {
    let retyped = || {
        let serde_yaml::Value::Mapping(mut fields) = serde_yaml::to_value(entry).ok()? else { return None };
        fields.insert("type".into(), kind.into());
        let library = serde_yaml::Mapping::from_iter([(entry.key().into(), fields.into())]);
        hayagriva::io::from_yaml_str(&serde_yaml::to_string(&library).ok()?).ok()?.into_iter().next()
    };
    retyped().unwrap_or_else(|| entry.clone())
}

/// Who issues a report, a thesis or a standard is its publisher, and where an entry says so is the place of publication.
fn publisher(entry: &mut Entry) {
    let issued = matches!(
        entry.entry_type(),
        EntryType::Report | EntryType::Thesis | EntryType::Misc | EntryType::Web | EntryType::Repository
    );
    let known = entry.publisher();
    let name = known.and_then(Publisher::name).cloned();
    let name = name.or_else(|| entry.organization().filter(|_| issued).filter(|o| !is_author(entry, o)).cloned());
    let place = known.and_then(Publisher::location).or(entry.location()).cloned();
    if name.is_some()
        && (name.is_some(), place.is_some())
            != (known.is_some_and(|p| p.name().is_some()), known.is_some_and(|p| p.location().is_some()))
    {
        entry.set_publisher(Publisher::new(name, place));
    }
}

/// Whether an institution is the author: it is not said twice.
fn is_author(entry: &Entry, organization: &FormatString) -> bool {
    let name = organization.value.to_string();
    entry.authors().unwrap_or_default().iter().any(|author| author.given_name.is_none() && author.name == name)
}

/// A preprint is published by arXiv under its number, and found there.
fn arxiv(entry: &mut Entry) {
    let Some(number) = entry.arxiv() else { return };
    let number = number.trim().trim_start_matches("arXiv:").trim_start_matches("arxiv:").to_owned();
    if entry.url().is_none()
        && let Ok(value) = format!("https://arxiv.org/abs/{number}").parse()
    {
        entry.set_url(QualifiedUrl { value, visit_date: None });
    }
    if is_preprint(entry)
        && let Ok(name) = format!("arXiv:{number}").parse::<FormatString>()
    {
        entry.set_publisher(Publisher::new(Some(name), None));
        entry.set_parents(Vec::new());
    }
}

/// Whether an article with a number of arXiv has appeared nowhere else.
fn is_preprint(entry: &Entry) -> bool {
    let preprint = |title: &FormatString| title.value.to_string().to_lowercase().contains("arxiv");
    matches!(entry.entry_type(), EntryType::Article | EntryType::Misc | EntryType::Manuscript)
        && entry.parents().iter().filter_map(Entry::title).all(preprint)
}

/// The letters by which GB/T 7714 tells kinds of works apart.
fn letters(entry: &Entry) -> &'static str {
    let within = |kind: EntryType| entry.parents().iter().any(|parent| *parent.entry_type() == kind);
    match entry.entry_type() {
        EntryType::Article if within(EntryType::Proceedings) || within(EntryType::Conference) => "C",
        EntryType::Article if within(EntryType::Newspaper) => "N",
        EntryType::Article if within(EntryType::Periodical) => "J",
        EntryType::Article if within(EntryType::Book) || within(EntryType::Reference) => "M",
        EntryType::Article | EntryType::Misc if entry.url().is_some() => "EB",
        EntryType::Chapter | EntryType::Anthos if within(EntryType::Proceedings) => "C",
        EntryType::Book
        | EntryType::Chapter
        | EntryType::Anthos
        | EntryType::Anthology
        | EntryType::Entry
        | EntryType::Reference => "M",
        EntryType::Proceedings | EntryType::Conference => "C",
        EntryType::Periodical => "J",
        EntryType::Newspaper => "N",
        EntryType::Report => "R",
        EntryType::Thesis => "D",
        EntryType::Patent => "P",
        EntryType::Repository => "CP",
        EntryType::Web | EntryType::Blog | EntryType::Post | EntryType::Thread => "EB",
        EntryType::Legislation | EntryType::Case | EntryType::Manuscript => "A",
        _ => "Z",
    }
}
