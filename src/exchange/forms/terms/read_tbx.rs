//! Reads TBX of every kind: `martif`, TBX 3 with its categories as attributes or as elements.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::tbx::MADE_UP;
use super::{TermFile, language, refusal};
use crate::exchange::Refusal;
use crate::foreign::xml::Doctype;
use crate::foreign::xml::stream::{self, Part, attribute};
use crate::lang::Lang;
use crate::manuscript::TermEntry;

/// Longest text of an element that is read, in bytes.
const LONGEST: usize = 100_000;

/// Reads TBX.
pub(super) fn read(text: &str, langs: &[Lang], ids: &BTreeSet<&str>) -> Result<TermFile, Refusal> {
    let mut reader = TbxReader { langs, ids: ids.clone(), ..TbxReader::default() };
    let read = stream::read(text, Doctype::Named, &mut |part, _| {
        match part {
            Part::Open(tag) => reader.open(tag),
            Part::Close => reader.close(),
            Part::Text(text) if reader.text.len() < LONGEST => reader.text.push_str(&text),
            Part::Text(_) => {}
        }
        Ok(())
    });
    let hint = || msg!("export the termbase as TBX again");
    read.map_err(|fault| refusal(fault.message, hint()))?;
    if reader.entries == 0 {
        return Err(refusal(
            msg!("there is no term in this file: it has neither `termEntry` nor `conceptEntry`"),
            hint(),
        ));
    }
    for (tag, count) in reader.unknown {
        reader.file.left.push(plural!(
            count,
            "{count} term in ‘{tag}’ is not taken, which is no language of the book",
            "{count} terms in ‘{tag}’ are not taken, which is no language of the book",
            tag
        ));
    }
    Ok(reader.file)
}

/// What is said of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Preferred,
    Admitted,
    Deprecated,
}

impl Status {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.strip_suffix("-admn-sts").unwrap_or(text) {
            "preferredTerm" | "preferred" => Some(Self::Preferred),
            "admittedTerm" | "admitted" => Some(Self::Admitted),
            "deprecatedTerm" | "supersededTerm" | "deprecated" | "superseded" | "forbidden" => Some(Self::Deprecated),
            _ => None,
        }
    }
}

#[derive(Default)]
struct TbxReader<'a> {
    langs: &'a [Lang],
    ids: BTreeSet<&'a str>,
    file: TermFile,
    /// How many entries there were.
    entries: usize,
    /// Terms of languages that the book does not have.
    unknown: BTreeMap<String, usize>,
    /// Elements that are open: what each says, by its name or its type.
    open: Vec<String>,
    /// The text of the element that is read.
    text: String,
    entry: TermEntry,
    /// The language that is read, as the file writes it.
    tag: String,
    lang: Option<Lang>,
    /// The terms of the language with their statuses.
    terms: Vec<(String, Option<Status>)>,
}

impl TbxReader<'_> {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name().as_ref().to_owned();
        self.text.clear();
        match name.as_str() {
            "termEntry" | "conceptEntry" => {
                self.entries += 1;
                let id = attribute(tag, "id").filter(|id| !id.starts_with(MADE_UP) && self.ids.contains(id.as_str()));
                self.entry = TermEntry { id, place: self.entries, ..TermEntry::default() };
            }
            "langSet" | "langSec" => {
                self.tag = attribute(tag, "lang").unwrap_or_default();
                self.lang = language(&self.tag, self.langs).cloned();
            }
            "term" => self.terms.push((String::new(), None)),
            _ => {}
        }
        let says = match name.as_str() {
            "termNote" | "descrip" | "admin" => attribute(tag, "type").unwrap_or_default(),
            _ => name,
        };
        self.open.push(says);
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.open.pop().as_deref().unwrap_or_default() {
            "term" => {
                if let Some(last) = self.terms.last_mut() {
                    last.0 = text;
                }
            }
            "administrativeStatus" | "normativeAuthorization" => {
                if let (Some(last), Some(status)) = (self.terms.last_mut(), Status::of(&text)) {
                    last.1 = Some(status);
                }
            }
            "partOfSpeech" if !text.is_empty() && text != "other" => drop(self.entry.pos.get_or_insert(text)),
            "definition" if !text.is_empty() => self.define(text),
            "note" if !text.is_empty() && self.entries > 0 => match &mut self.entry.note {
                Some(note) if !note.contains(&text) => *note = format!("{note}; {text}"),
                Some(_) => {}
                none => *none = Some(text),
            },
            "langSet" | "langSec" => self.close_language(),
            "termEntry" | "conceptEntry" => self.file.entries.push(std::mem::take(&mut self.entry)),
            _ => {}
        }
    }

    /// A definition, of the language that is read or of the whole entry.
    fn define(&mut self, text: String) {
        let source = self.langs.first().filter(|_| self.tag.is_empty());
        if let Some(lang) = self.lang.as_ref().or(source) {
            self.entry.definitions.entry(lang.clone()).or_insert(text);
        }
    }

    /// The first term that is preferred is the word, or the first of which nothing is said; the others are variants.
    fn close_language(&mut self) {
        let terms = std::mem::take(&mut self.terms);
        let tag = std::mem::take(&mut self.tag);
        let Some(lang) = self.lang.take() else {
            *self.unknown.entry(tag).or_default() += terms.len();
            return;
        };
        let preferred = terms.iter().position(|(_, status)| *status == Some(Status::Preferred));
        let word = preferred.or_else(|| terms.iter().position(|(_, status)| *status != Some(Status::Deprecated)));
        for (at, (text, status)) in terms.into_iter().enumerate() {
            let lists = match status {
                _ if Some(at) == word && !self.entry.words.contains_key(&lang) => {
                    self.entry.words.insert(lang.clone(), text);
                    continue;
                }
                Some(Status::Deprecated) => &mut self.entry.forbidden,
                _ => &mut self.entry.variants,
            };
            lists.entry(lang.clone()).or_default().push(text);
        }
    }
}
