//! Reading every chapter and the references, in the order of `book.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::config::Config;
use super::yaml::{self, Area};
use super::{MAX_CHAPTER, glossary, parse_chapter, read_text, resolve, reviewed};
use crate::diagnostic::{Diagnostic, Reported, nearest};
use crate::model::{Book, Chapter, Lang, PdfWishes};
use crate::source::{FileId, Files, Sources, Span};

const REFERENCES_FILE: &str = "manuscript/references.yaml";

/// Reads chapters and references and resolves citations, cross-references, notes and images.
/// `blocks` are the names of the building blocks that the layout adds to [`crate::model::BUILDING_BLOCKS`].
pub fn load_book(files: &dyn Files, sources: &mut Sources, config: Config, blocks: &[String]) -> Reported<Book> {
    let mut sink = Vec::new();
    let stems = stems(files, &config, &mut sink);
    let mut chapters = BTreeMap::new();
    for lang in config.languages() {
        let list = language(files, sources, lang, &stems[lang], blocks).take(&mut sink);
        if list.is_empty() {
            let span = config.languages.iter().find(|l| l.value == *lang).map(|l| l.span);
            let mut found = Diagnostic::error("no-chapters", format!("there is no chapter in ‘{lang}’"))
                .hint(format!("write chapters as manuscript/{lang}/NAME.md"));
            found = span.into_iter().fold(found, Diagnostic::at);
            sink.push(found);
        }
        chapters.insert(lang.clone(), list);
    }
    let (references, reference_keys) = references(files, sources, &mut sink);
    let glossary = glossary::load(files, sources, &config, &mut sink);
    let reviewed = reviewed::load(files, sources, &mut sink);
    let intent = config.output_intent.and_then(|intent| intent.read(files, &mut sink));
    let book = Book {
        meta: config.meta,
        languages: config.languages.into_iter().map(|l| l.value).collect(),
        editions: config.editions,
        pdf: PdfWishes { output_intent: intent, ..config.pdf },
        chapters,
        references,
        reference_keys,
        glossary,
        check_levels: config.check_levels,
        reviewed,
    };
    resolve::resolve(&book, files, &mut sink);
    Reported::new(book, sink)
}

/// The chapters of a language: read one after the other, parsed side by side.
fn language(
    files: &dyn Files,
    sources: &mut Sources,
    lang: &Lang,
    stems: &[String],
    blocks: &[String],
) -> Reported<Vec<Chapter>> {
    let mut read = |stem: &String| {
        let path = format!("manuscript/{lang}/{stem}.md");
        let mut found = Vec::new();
        let file = read_text(files, sources, &path, MAX_CHAPTER, &mut found);
        (path, file, found)
    };
    let read: Vec<_> = stems.iter().map(&mut read).collect();
    let sources = &*sources;
    let parse = |(path, file, mut found): (String, Option<FileId>, Vec<Diagnostic>)| {
        let parse = |file| parse_chapter(file, &path, lang, sources.get(file).text(), Some(blocks));
        let chapter = file.map(|file| parse(file).take(&mut found));
        Reported::new(chapter, found)
    };
    let parsed: Vec<Reported<Option<Chapter>>> = read.into_par_iter().map(parse).collect();
    let mut sink = Vec::new();
    let chapters = parsed.into_iter().filter_map(|chapter| chapter.take(&mut sink)).collect();
    Reported::new(chapters, sink)
}

/// The chapters of each language in reading order.
fn stems(files: &dyn Files, config: &Config, sink: &mut Vec<Diagnostic>) -> BTreeMap<Lang, Vec<String>> {
    let present: BTreeMap<Lang, BTreeSet<String>> = config
        .languages()
        .map(|lang| {
            let names = files.list(&format!("manuscript/{lang}"));
            let stems = names.iter().filter_map(|n| n.strip_suffix(".md")).filter(|s| !s.starts_with('.'));
            (lang.clone(), stems.map(str::to_owned).collect())
        })
        .collect();
    let Some(parts) = &config.parts else {
        return present.into_iter().map(|(lang, stems)| (lang, stems.into_iter().collect())).collect();
    };
    let mut listed = BTreeSet::new();
    let mut order = Vec::new();
    for part in parts {
        if !listed.insert(part.value.as_str()) {
            let found = Diagnostic::error("book-yaml", format!("the part ‘{}’ is listed twice", part.value));
            sink.push(found.at(part.span).hint("remove one of the lines"));
            continue;
        }
        order.push(part);
    }
    let everywhere: BTreeSet<&str> = present.values().flatten().map(String::as_str).collect();
    for part in &order {
        if !everywhere.contains(part.value.as_str()) {
            let free = everywhere.iter().copied().filter(|s| !listed.contains(s));
            let hint = match nearest(&part.value, free) {
                Some(near) => format!("did you mean ‘{near}’?"),
                None => format!("write manuscript/{}/{}.md, or remove the line", config.languages[0].value, part.value),
            };
            let message = format!("no language has a file for the part ‘{}’", part.value);
            sink.push(Diagnostic::error("missing-part", message).at(part.span).hint(hint));
        }
    }
    for (lang, stems) in &present {
        for stem in stems.iter().filter(|s| !listed.contains(s.as_str())) {
            let message = format!("manuscript/{lang}/{stem}.md is not listed in ‘parts’ and is left out");
            let whole = Span::new(config.file, 0..0);
            let at = parts.first().map_or(whole, |p| p.span);
            sink.push(Diagnostic::warning("unlisted-part", message).at(at).hint("list it, or move it elsewhere"));
        }
    }
    let in_order = |stems: &BTreeSet<String>| {
        order.iter().map(|p| p.value.clone()).filter(|s| stems.contains(s)).collect::<Vec<_>>()
    };
    present.iter().map(|(lang, stems)| (lang.clone(), in_order(stems))).collect()
}

/// The bibliography, if there is one.
fn references(files: &dyn Files, sources: &mut Sources, sink: &mut Vec<Diagnostic>) -> (Option<FileId>, Vec<String>) {
    let there = files.list("manuscript").iter().any(|n| n == "references.yaml");
    if !there {
        return (None, Vec::new());
    }
    let Some(file) = read_text(files, sources, REFERENCES_FILE, yaml::MAX_BYTES, sink) else {
        return (None, Vec::new());
    };
    let text = sources.get(file).text();
    let area = Area { file, text, base: 0 };
    if text.trim().is_empty() || !yaml::admit(area, sink) {
        return (None, Vec::new());
    }
    match hayagriva::io::from_yaml_str(text) {
        Ok(library) => (Some(file), library.keys().map(str::to_owned).collect()),
        Err(error) => {
            sink.push(yaml::reference_error(&error, area));
            (None, Vec::new())
        }
    }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
