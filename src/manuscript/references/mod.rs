//! The bibliography: `references.yaml` in Hayagriva's form, `references.bib` (BibTeX, BibLaTeX) or `references.json`
//! (CSL-JSON, what Zotero and Mendeley export).
//!
//! Each entry is read by itself, so that one that cannot be used costs no other. What cites it is not wrong besides.

mod bibtex;
mod csl_json;
mod entries;
mod ready;
mod stray;
#[cfg(test)]
mod tests;
mod tex;
mod tidy;

use std::collections::BTreeSet;

use super::read_text;
use super::yaml::{self, Area};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::model::{Bibliography, Work, risky_scheme};
use crate::source::{FileId, Files, Sources, Span};

/// Longest bibliography accepted that is not YAML, in bytes.
const MAX_EXPORT: usize = 8 * 1024 * 1024;

/// The names that a bibliography can have, with what reads each.
const FORMS: [(&str, Form); 4] = [
    ("references.yaml", Form::Hayagriva),
    ("references.yml", Form::Hayagriva),
    ("references.bib", Form::Bibtex),
    ("references.json", Form::CslJson),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Hayagriva,
    Bibtex,
    CslJson,
}

/// What comes of the entries of a file.
#[derive(Debug, Default)]
struct Entries {
    works: Vec<Work>,
    refused: Vec<String>,
    /// The keys that were seen.
    seen: BTreeSet<String>,
    /// Whether the file as a whole cannot be read.
    unread: bool,
}

impl Entries {
    fn unread() -> Self {
        Self { unread: true, ..Self::default() }
    }

    /// Whether no entry of this key was seen before.
    fn is_first(&mut self, key: &str) -> bool {
        self.seen.insert(key.to_owned())
    }
}

/// Reads the bibliography, if there is one.
pub(crate) fn load(files: &dyn Files, sources: &mut Sources, sink: &mut Vec<Diagnostic>) -> Bibliography {
    let names = files.list("manuscript");
    let mut present = FORMS.iter().filter(|(name, _)| names.iter().any(|found| found == name));
    let Some(&(name, form)) = present.next() else {
        let found = stray::meant(&names, files, sources, sink);
        return Bibliography { unread: found, ..Bibliography::default() };
    };
    let limit = if form == Form::Hayagriva { yaml::MAX_BYTES } else { MAX_EXPORT };
    let Some(file) = read_text(files, sources, &path(name), limit, sink) else {
        return Bibliography { unread: true, ..Bibliography::default() };
    };
    for (other, _) in present {
        second(name, other, files, sources, sink);
    }
    stray::beside(name, &names, files, sources, sink);
    let entries = read(form, Area { file, text: sources.get(file).text(), base: 0 }, sink);
    Bibliography {
        file: Some(file),
        refused: entries.refused,
        unread: entries.unread,
        ..Bibliography::of(entries.works)
    }
}

fn path(name: &str) -> String {
    format!("manuscript/{name}")
}

fn read(form: Form, area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Entries {
    let mut entries = match form {
        Form::Hayagriva => entries::read(area, sink),
        Form::Bibtex => bibtex::read(area, sink),
        Form::CslJson => csl_json::read(area, sink),
    };
    for work in &mut entries.works {
        tidy::tidy(&mut work.entry);
        addresses(&work.entry, work.span, sink);
    }
    entries
}

/// Refuses addresses of an entry and of what it is a part of that could run a program or open a file.
fn addresses(entry: &hayagriva::Entry, at: Span, sink: &mut Vec<Diagnostic>) {
    if let Some(url) = entry.url()
        && risky_scheme(url.value.as_str()).is_some()
    {
        let message = msg!("a reference cannot lead to `{url}`", url = url.value.as_str());
        sink.push(error(message).at(at).hint(msg!("write the https or http address of a page")));
    }
    entry.parents().iter().for_each(|parent| addresses(parent, at, sink));
}

/// Says that there are two bibliographies.
fn second(name: &str, other: &str, files: &dyn Files, sources: &mut Sources, sink: &mut Vec<Diagnostic>) {
    let Some(file) = read_text(files, sources, &path(other), MAX_EXPORT, sink) else { return };
    let message = msg!("there are two bibliographies, {one} and {other}", one = name, other);
    let hint = msg!("keep one of the two: an entry must stand in one place");
    sink.push(error(message).at(first_line(file, sources)).hint(hint));
}

fn first_line(file: FileId, sources: &Sources) -> Span {
    Area { file, text: sources.get(file).text(), base: 0 }.whole()
}

fn error(message: Message) -> Diagnostic {
    Diagnostic::error(codes::REFERENCES_YAML, message)
}

/// Says that a key was used before.
fn repeated(key: &str, span: Span) -> Diagnostic {
    error(msg!("the key `{key}` is used twice", key)).at(span).hint(msg!("give each entry its own key"))
}

/// Says that a work's TeX is printed as it is written.
fn as_written(tex: &str, span: Span) -> Diagnostic {
    let message = msg!("the TeX `{tex}` is not understood and is printed as it is written", tex);
    let hint = msg!("write the characters themselves, or the formula in simpler TeX");
    Diagnostic::warning(codes::REFERENCES_YAML, message).at(span).hint(hint)
}
