//! What an edition numbers and what can be referred to in it, computed once for all outputs.
//!
//! An [`Outline`] is made from the model alone. It says in which order the parts of an edition stand, which number a
//! chapter, a figure, a table, a listing or a note bears, how a place is named by others ([`Entry::label`],
//! [`Entry::anchor`]), and what a reference to it says ([`Reference`]). Pages, e-book, editor and checks of references
//! ask here, and so does every output to come: none of them counts by itself. It knows of no output: which file of an
//! e-book or which page holds a place is the output's own concern.
//!
//! # Rules
//!
//! - Figures, tables and listings are counted through the whole edition, or in each chapter and appendix by itself as
//!   `numbering` of book.yaml has it ([`Count`]), each kind by itself ([`Series`]). The parts of a figure have letters, a
//!   reference to one says both: 3(a). A chart that
//!   stands alone is a figure, its title the caption; one inside a figure has the figure's number. What has no caption
//!   bears no number and is not counted.
//! - In the bilingual edition a translation's figure bears the number of the one that it translates; one that only
//!   the translation has gets the next.
//! - Chapters of the role `chapter` are counted through all parts of the book ([`Titled`]), appendices apart from them; one that only the
//!   translation has bears no number. Notes are counted in each part, those of the translation after those of the source.
//! - Display formulas with an id are counted. Headings are where `numbering` says so, in chapters and appendices ([`Entry::section`]). A reference to what has no number
//!   says the title of the heading, or of the chapter around it.
//! - An id is unique in its chapter. A target without the name of a chapter means the id in its own chapter, else the one
//!   place of the book that has it: a block, a chapter by the name of its file, at last a heading by its slug. Headings
//!   without an id have slugs as GitHub makes them; no slug is a given id, so that the translation check anchors on none.
//! - A label is unique in the edition: the id, or `CHAPTER#ID` where an earlier place has that label, and for slugs. In an
//!   edition of two languages the labels of the second end in `.TAG`.

mod build;
mod counts;
mod names;
mod numbered;
mod places;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

pub use counts::{Count, Ordinal, Titled};
pub use names::{UniqueNames, place_label, suffix};
pub use numbered::{Series, levels, numbered};
pub use places::{Meaning, slug, slugs};
pub use words::{Reference, words};

use places::Places;

use crate::model::{Block, Book, Chapter, Lang, Note, Numbering, Row};
use crate::source::{FileId, Span};

/// Tells the blocks of a book apart: two kinds may share a span, such as a figure and the paragraph it was made from.
pub type Key = (Span, &'static str);

/// The key of a block.
pub fn key(block: &Block) -> Key {
    (block.span, block.kind.name())
}

/// What pairs the blocks of a chapter with those of its translation.
pub type Pairing<'p, 'a> = dyn Fn(&'a Chapter, &'a Chapter) -> Vec<Row<'a>> + 'p;

/// A part of an edition: a chapter, in the bilingual edition with its translation.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// The chapter; in the bilingual edition that of the source, or one that only the translation has.
    pub chapter: &'a Chapter,
    /// Its translation.
    pub translation: Option<&'a Chapter>,
    /// Its number among the chapters of the body, or among the appendices.
    pub ordinal: Option<Ordinal>,
    /// The part of the book that it stands in, as an index into [`Outline::divisions`].
    pub division: Option<usize>,
    /// The anchor of its title.
    pub anchor: String,
    /// The numbers of its notes.
    note_numbers: BTreeMap<(FileId, &'a str), usize>,
}

impl<'a> Part<'a> {
    fn new(chapter: &'a Chapter, translation: Option<&'a Chapter>, anchor: String) -> Self {
        let mut part =
            Self { chapter, translation, ordinal: None, division: None, anchor, note_numbers: BTreeMap::new() };
        for (note, number) in part.notes().zip(1..) {
            part.note_numbers.entry((note.span.file, note.name.as_str())).or_insert(number);
        }
        part
    }

    /// Its number, if it is one of the chapters.
    pub fn number(&self) -> Option<usize> {
        self.ordinal.filter(|ordinal| !ordinal.appendix).map(|ordinal| ordinal.number)
    }

    /// The chapter and its translation.
    pub fn chapters(&self) -> impl Iterator<Item = &'a Chapter> + use<'a> {
        [self.chapter].into_iter().chain(self.translation)
    }

    /// The notes of the part. A note's number is its place in this order, from 1.
    pub fn notes(&self) -> impl Iterator<Item = &'a Note> + use<'a> {
        self.chapters().flat_map(|chapter| &chapter.notes)
    }

    /// The number of the note of a name that is defined in a file.
    pub fn note(&self, file: FileId, name: &str) -> Option<usize> {
        self.note_numbers.get(&(file, name)).copied()
    }
}

/// What a place is, as far as numbers and references go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title of a chapter.
    Chapter,
    /// A heading.
    Heading {
        /// Its level as shown: 2 to 6, never more than one below the heading before it.
        level: u8,
    },
    /// A figure, a table or a listing with a number.
    Numbered {
        /// What it is counted with.
        series: Series,
        /// Its number.
        count: Count,
    },
    /// A part of a figure with a number.
    Part {
        /// What the figure is counted with.
        series: Series,
        /// The number of the figure.
        count: Count,
        /// The letter of the part.
        letter: char,
    },
    /// A formula that gives itself a number, which is counted with nothing.
    Tagged,
    /// A figure or a chart without a caption, which bears no number: nothing can refer to it by one.
    Uncaptioned,
    /// Any other block that has an id or an anchor.
    Place,
}

/// A place that has a number, or that can be referred to.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// What it is.
    pub kind: Kind,
    /// Where it stands in the manuscript.
    pub span: Span,
    /// Its language.
    pub lang: &'a Lang,
    /// The part that it stands in, as an index.
    pub part: usize,
    /// Its own words: the text of a heading, a caption, the title of a chapter or chart; empty where there are none.
    pub title: String,
    /// The number of a heading, such as `1.2`.
    pub section: Option<String>,
    /// The number that a formula gives itself, such as `(3.1)`.
    pub tag: Option<&'a str>,
    /// The id that the author gave; of a chapter the name of its file.
    pub id: Option<&'a str>,
    /// The slug of a heading without an id.
    pub slug: Option<String>,
    /// The id or slug as it is unique in the edition: that of a second language with its suffix.
    pub label: Option<String>,
    /// A name in ASCII letters, digits, `-` and `_` that is unique in the edition. Where both languages share a block it is
    /// that of the block that is shown. A figure without an id has none.
    pub anchor: Option<String>,
}

impl Entry<'_> {
    /// Its number among the figures, tables or listings.
    pub fn count(&self) -> Option<Count> {
        match self.kind {
            Kind::Numbered { count, .. } => Some(count),
            _ => None,
        }
    }

    /// The same as it stands beside the figure, in the entry's language.
    pub fn counted(&self) -> Option<String> {
        match self.kind {
            Kind::Numbered { series, count } => Some(count.text(series, words(self.lang))),
            _ => self.tag.map(str::to_owned),
        }
    }
}

/// The outline of an edition.
#[derive(Debug)]
pub struct Outline<'a> {
    /// The leading language and, if it has chapters, the language of the translation.
    languages: Vec<&'a Lang>,
    parts: Vec<Part<'a>>,
    divisions: Vec<Titled<'a>>,
    numbering: Numbering,
    entries: Vec<Entry<'a>>,
    /// The entries of the titles of chapters.
    titles: Vec<usize>,
    /// The same by the names of their files, without folders.
    titles_by_name: BTreeMap<&'a str, Vec<usize>>,
    /// The entries of blocks.
    of_blocks: BTreeMap<Key, usize>,
    /// The entries by their labels.
    labelled: BTreeMap<String, usize>,
    /// Entries whose id an earlier one of the chapter has already, each with that one.
    repeated: Vec<(usize, usize)>,
    /// What names mean in each file.
    places: BTreeMap<FileId, Places>,
    /// The language of every file that is not in the leading language.
    seconds: BTreeMap<FileId, &'a Lang>,
    names: UniqueNames,
}

impl<'a> Outline<'a> {
    /// The outline of the edition in one language.
    pub fn single(book: &'a Book, lang: &'a Lang) -> Self {
        let parts = book.chapters(lang).iter().map(|chapter| (chapter, None));
        build::build(&book.meta, vec![lang], parts.collect(), &|_, _| Vec::new())
    }

    /// The outline of the bilingual edition. `pairing` is asked only for chapters that have something to number or to
    /// refer to in both languages.
    pub fn bilingual(book: &'a Book, pairing: &Pairing<'_, 'a>) -> Self {
        let source = book.source_language();
        match book.languages.get(1).filter(|lang| !book.chapters(lang).is_empty()) {
            None => Self::single(book, source),
            Some(target) => {
                let parts = build::reading_order(book.chapters(source), book.chapters(target));
                build::build(&book.meta, vec![source, target], parts, pairing)
            }
        }
    }

    /// The parts in reading order.
    pub fn parts(&self) -> &[Part<'a>] {
        &self.parts
    }

    /// The parts of the book in its readers' sense, those without a chapter too.
    pub fn divisions(&self) -> &[Titled<'a>] {
        &self.divisions
    }

    /// The part of the book that begins with a part of the outline.
    pub fn opened_by(&self, part: &Part<'a>) -> Option<usize> {
        let at = self.parts.iter().position(|other| other.chapter.file == part.chapter.file)?;
        let before = at.checked_sub(1).and_then(|before| self.parts[before].division);
        part.division.filter(|division| Some(*division) != before)
    }

    /// The number that goes with a chapter's title wherever that is named; appendices have one always.
    pub fn ordinal_named(&self, part: &Part<'a>) -> Option<Ordinal> {
        part.ordinal.filter(|ordinal| ordinal.appendix || self.numbering.names_chapters())
    }

    /// The part that a chapter belongs to.
    pub fn part(&self, chapter: &Chapter) -> Option<&Part<'a>> {
        self.parts.iter().find(|part| part.chapters().any(|other| other.file == chapter.file))
    }

    /// Every entry: part by part, of each the titles first, then what stands in the source, then in the translation.
    pub fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    /// The entry of a block.
    pub fn of(&self, block: &Block) -> Option<&Entry<'a>> {
        self.of_blocks.get(&key(block)).map(|at| &self.entries[*at])
    }

    /// The entry of a label.
    pub fn labelled(&self, label: &str) -> Option<&Entry<'a>> {
        self.labelled.get(label).map(|at| &self.entries[*at])
    }

    /// Every label with its entry.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &Entry<'a>)> {
        self.labelled.iter().map(|(label, at)| (label.as_str(), &self.entries[*at]))
    }

    /// Entries whose id another one of the chapter has before them, each with that one.
    pub fn repeated(&self) -> impl Iterator<Item = (&Entry<'a>, &Entry<'a>)> {
        self.repeated.iter().map(|(entry, first)| (&self.entries[*entry], &self.entries[*first]))
    }

    /// What a reference to an entry says, in the entry's language.
    pub fn reference<'o>(&'o self, entry: &'o Entry<'a>) -> Reference<'o> {
        match entry.kind {
            Kind::Numbered { series, count } => Reference::Number { series, count },
            Kind::Part { series, count, letter } => Reference::Part { series, count, letter },
            Kind::Tagged => Reference::Tag(entry.tag.unwrap_or_default()),
            Kind::Chapter => match self.ordinal_named(&self.parts[entry.part]) {
                Some(ordinal) => Reference::Chapter(ordinal),
                None => Reference::Title(&entry.title),
            },
            Kind::Heading { .. } => match &entry.section {
                Some(number) => Reference::Section(number),
                None => Reference::Title(&entry.title),
            },
            // A callout goes by its own title.
            Kind::Place if !entry.title.is_empty() => Reference::Title(&entry.title),
            Kind::Uncaptioned | Kind::Place => {
                let part = &self.parts[entry.part];
                let own = part.chapters().find(|chapter| chapter.lang == *entry.lang);
                Reference::Title(title(own.unwrap_or(part.chapter)))
            }
        }
    }

    /// The number alone of what a target in a file leads to, if it bears one: that of a formula as it stands beside it.
    pub fn number(&self, target: &str, file: FileId) -> Option<String> {
        let entry = self.named(target, file)?;
        entry.counted().or_else(|| entry.section.clone())
    }

    /// The number of each numbered block of a chapter as it stands beside it, in the order of [`numbered()`].
    pub fn numbers(&self, chapter: &Chapter) -> Vec<String> {
        numbered(chapter).into_iter().filter_map(|(block, _)| self.of(block)?.counted()).collect()
    }

    /// The number of each heading of a chapter, in the order of [`levels`]; empty where none has one.
    pub fn sections(&self, chapter: &Chapter) -> Vec<Option<String>> {
        if self.numbering.headings == 0 {
            return Vec::new();
        }
        let mut found: BTreeMap<Span, Option<String>> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| entry.span.file == chapter.file) {
            if matches!(entry.kind, Kind::Heading { .. }) {
                found.insert(entry.span, entry.section.clone());
            }
        }
        if found.values().all(Option::is_none) { Vec::new() } else { found.into_values().collect() }
    }

    /// The languages of the edition, the leading one first.
    pub fn languages(&self) -> &[&'a Lang] {
        &self.languages
    }

    /// The language of the translation.
    pub fn second_language(&self) -> Option<&'a Lang> {
        self.languages.get(1).copied()
    }

    /// The language of what stands in a file.
    pub fn language(&self, file: FileId) -> &'a Lang {
        self.seconds.get(&file).copied().unwrap_or(self.languages[0])
    }

    /// Whether a file is in the second language.
    pub fn is_translation(&self, file: FileId) -> bool {
        self.seconds.contains_key(&file)
    }

    /// The names of all anchors, for an output that needs more.
    pub fn names(&self) -> UniqueNames {
        self.names.clone()
    }
}

/// What a reference to a chapter says: its title, or for want of one the name of its file.
pub fn title(chapter: &Chapter) -> &str {
    let known = [chapter.meta.title.value.trim(), chapter.stem.trim()];
    known.into_iter().find(|text| !text.is_empty()).unwrap_or("—")
}
