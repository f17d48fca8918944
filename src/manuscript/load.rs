//! Reads every chapter and the references, in the order of `book.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::config::Config;
use super::{MAX_CHAPTER, glossary, parse_chapter, read_text, references, resolve, reviewed};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported, nearest};
use crate::model::{Bibliography, Book, Chapter, Lang, PdfWishes};
use crate::source::{FileId, Files, Sources, Span};

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
            let mut found = Diagnostic::error(
                codes::NO_CHAPTERS,
                msg!("the book has no chapters in {language}", language = lang.name()),
            )
            .hint(msg!("put each chapter in a file manuscript/{tag}/NAME.md", tag = lang.tag()));
            found = span.into_iter().fold(found, Diagnostic::at);
            sink.push(found);
        }
        chapters.insert(lang.clone(), list);
    }
    let bibliography =
        Bibliography { wishes: config.references.clone(), ..references::load(files, sources, &mut sink) };
    let glossary = glossary::load(files, sources, &config, &mut sink);
    let reviewed = reviewed::load(files, sources, &mut sink);
    let intent = config.output_intent.and_then(|intent| intent.read(files, &mut sink));
    let book = Book {
        meta: config.meta,
        languages: config.languages.into_iter().map(|l| l.value).collect(),
        editions: config.editions,
        pdf: PdfWishes { output_intent: intent, ..config.pdf },
        chapters,
        bibliography,
        glossary,
        check_levels: config.check_levels,
        reviewed,
    };
    resolve::resolve(&book, files, sources, &mut sink);
    Reported::new(book, sink)
}

fn chapter_path(lang: &Lang, stem: &str) -> String {
    format!("manuscript/{lang}/{stem}.md")
}

/// The chapters of a language: read one after another, parsed in parallel.
fn language(
    files: &dyn Files,
    sources: &mut Sources,
    lang: &Lang,
    stems: &[String],
    blocks: &[String],
) -> Reported<Vec<Chapter>> {
    let mut read = |stem: &String| {
        let path = chapter_path(lang, stem);
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
            let message = msg!("the chapter `{stem}` is listed twice in `parts`", stem = &part.value);
            sink.push(Diagnostic::error(codes::BOOK_YAML, message).at(part.span).hint(msg!("remove one of the two")));
            continue;
        }
        order.push(part);
    }
    let everywhere: BTreeSet<&str> = present.values().flatten().map(String::as_str).collect();
    for part in &order {
        if !everywhere.contains(part.value.as_str()) {
            let free = everywhere.iter().copied().filter(|s| !listed.contains(s));
            let hint = match nearest(&part.value, free) {
                Some(near) => msg!("did you mean `{near}`?", near),
                None => {
                    let path = chapter_path(&config.languages[0].value, &part.value);
                    msg!("create {path}, or remove the entry", path)
                }
            };
            let message = msg!("the chapter `{stem}` has no file in any language", stem = &part.value);
            sink.push(Diagnostic::error(codes::MISSING_PART, message).at(part.span).hint(hint));
        }
    }
    for (lang, stems) in &present {
        for stem in stems.iter().filter(|s| !listed.contains(s.as_str())) {
            let message = msg!("{path} is not listed in `parts` and is left out", path = chapter_path(lang, stem));
            let whole = Span::new(config.file, 0..0);
            let at = parts.first().map_or(whole, |p| p.span);
            let hint = msg!("list it, or move it out of the folder");
            sink.push(Diagnostic::warning(codes::UNLISTED_PART, message).at(at).hint(hint));
        }
    }
    let in_order = |stems: &BTreeSet<String>| {
        order.iter().map(|p| p.value.clone()).filter(|s| stems.contains(s)).collect::<Vec<_>>()
    };
    present.iter().map(|(lang, stems)| (lang.clone(), in_order(stems))).collect()
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
