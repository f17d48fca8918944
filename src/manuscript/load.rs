//! Reads every chapter and the references, in the order of `book.yaml`.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::config::Config;
use super::files::{self, ChapterFile, Found};
use super::remembered::{Read, Remembered};
use super::{
    comments, formulas, glossary, parse_chapter, read_chapter, read_chapter_anew, references, resolve, reviewed, tables,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported, Severity};
use crate::model::{Bibliography, Book, Chapter, EditionKind, Lang, Math, PdfWishes, Spanned};
use crate::source::{FileId, Files, SourceFile, Sources, Span};

/// The most chapters in a language.
const MAX_CHAPTERS: usize = 2_000;

/// Reads chapters and references and resolves citations, cross-references, notes and images.
/// `blocks` are the names of the building blocks that the layout adds to [`crate::model::BUILDING_BLOCKS`]; `None` where these
/// are not known, so that every name is taken.
pub fn load_book(
    files: &dyn Files,
    sources: &mut Sources,
    config: Config,
    blocks: Option<&[String]>,
) -> Reported<Book> {
    load_book_again(files, sources, config, blocks, None)
}

/// The same, with what was read of the book before: only chapters that have changed are read anew.
pub(crate) fn load_book_again(
    files: &dyn Files,
    sources: &mut Sources,
    config: Config,
    blocks: Option<&[String]>,
    mut remembered: Option<&mut Remembered>,
) -> Reported<Book> {
    let mut sink = Vec::new();
    if let Some(remembered) = &mut remembered {
        remembered.read_with(blocks, &config.meta.math);
    }
    let mut found = files::find(files, &config, &mut sink);
    for lang in &config.languages {
        sink.extend(found.chapters.get_mut(&lang.value).and_then(|chapters| bounded(lang, chapters)));
    }
    let (begun, bare): (Vec<_>, Vec<_>) =
        config.languages.iter().cloned().partition(|lang| !found.chapters[&lang.value].is_empty());
    // A book has a language, though none has a chapter.
    let languages: Vec<Lang> =
        if begun.is_empty() { &bare } else { &begun }.iter().map(|lang| lang.value.clone()).collect();
    let editions: Vec<EditionKind> =
        config.editions.iter().filter(|edition| is_begun(edition, &languages)).cloned().collect();
    sink.extend(bare.iter().map(|lang| no_chapters(lang, &found, !editions.is_empty())));
    let mut chapters = BTreeMap::new();
    for lang in &languages {
        let mut reader = Reader { lang, blocks, math: &config.meta.math, remembered: remembered.as_deref_mut() };
        let list = reader.chapters(files, sources, &found.chapters[lang]).take(&mut sink);
        chapters.insert(lang.clone(), list);
    }
    for chapter in chapters.values_mut().flatten() {
        tables::fill(chapter, files, sources, &mut sink);
    }
    if config.parts.is_none() {
        sink.extend(files::doubts(&chapters, &languages));
    }
    let bibliography =
        Bibliography { wishes: config.references.clone(), ..references::load(files, sources, &mut sink) };
    let glossary = glossary::load(files, sources, &config, &mut sink);
    let reviewed = reviewed::load(files, sources, &mut sink);
    let comments = comments::load(files, sources, &mut sink);
    let intent = config.output_intent.and_then(|intent| intent.read(files, &mut sink));
    let book = Book {
        meta: config.meta,
        languages,
        folders: found.folders,
        editions,
        pdf: PdfWishes { output_intent: intent, ..config.pdf },
        chapters,
        bibliography,
        glossary,
        check_levels: config.check_levels,
        reviewed,
        comments,
    };
    resolve::resolve(&book, files, sources, &mut sink);
    Reported::new(book, sink)
}

/// What the chapters of a language are read with.
struct Reader<'a> {
    lang: &'a Lang,
    blocks: Option<&'a [String]>,
    math: &'a Math,
    remembered: Option<&'a mut Remembered>,
}

impl Reader<'_> {
    /// The chapters: read one after another, parsed in parallel.
    fn chapters(
        &mut self,
        files: &dyn Files,
        sources: &mut Sources,
        chapters: &[ChapterFile],
    ) -> Reported<Vec<Chapter>> {
        let mut read = |ChapterFile { path, .. }: &ChapterFile| {
            let mut found = Vec::new();
            let file = read_chapter(files, sources, path, &mut found);
            // What cannot be read has a place too, so that it stops no other language.
            for found in found.iter_mut().filter(|found| found.primary.is_none()) {
                let empty = sources.find(path).unwrap_or_else(|| sources.add(SourceFile::new(path.as_str(), "")));
                *found = found.clone().at(Span::new(empty, 0..0));
            }
            (path.clone(), file, found)
        };
        let read: Vec<_> = chapters.iter().map(&mut read).collect();
        let (reader, sources) = (&*self, &*sources);
        let parse = |(path, file, found): (String, Option<FileId>, Vec<Diagnostic>)| {
            let text = |file| sources.get(file).text();
            let known = file.and_then(|file| reader.remembered.as_ref()?.find(file, &path, reader.lang, text(file)));
            let is_new = known.is_none();
            let chapter = known.or_else(|| Some(reader.parse(file?, &path, text(file?))));
            let kept = file.zip(chapter.as_ref()).filter(|_| is_new && reader.remembered.is_some());
            let kept = kept.map(|(file, chapter)| (file, Read::new(&path, reader.lang, text(file), chapter)));
            (found, chapter, kept)
        };
        let parsed: Vec<_> = read.into_par_iter().map(parse).collect();
        let (mut sink, mut chapters) = (Vec::new(), Vec::new());
        for (found, chapter, kept) in parsed {
            sink.extend(found);
            chapters.extend(chapter.map(|chapter| chapter.take(&mut sink)));
            if let (Some(remembered), Some((file, read))) = (&mut self.remembered, kept) {
                remembered.keep(file, read);
            }
        }
        Reported::new(chapters, sink)
    }

    fn parse(&self, file: FileId, path: &str, text: &str) -> Reported<Chapter> {
        let mut found = Vec::new();
        let mut chapter = parse_chapter(file, path, self.lang, text, self.blocks).take(&mut found);
        formulas::convert(&mut chapter, self.math, &mut found);
        Reported::new(chapter, found)
    }
}

/// Reads a chapter of a book again, whose text may be another one now; its file keeps its place in `sources`. `None` where it cannot
/// be read any more. What only the whole book knows, such as whether references lead somewhere, is not looked at.
pub(crate) fn reread(
    files: &dyn Files,
    sources: &mut Sources,
    before: &Chapter,
    blocks: Option<&[String]>,
    math: &Math,
) -> Reported<Option<Chapter>> {
    let mut sink = Vec::new();
    let Chapter { path, lang, .. } = before;
    let Some(file) = read_chapter_anew(files, sources, path, &mut sink) else { return Reported::new(None, sink) };
    let mut chapter = parse_chapter(file, path, lang, sources.get(file).text(), blocks).take(&mut sink);
    formulas::convert(&mut chapter, math, &mut sink);
    tables::fill(&mut chapter, files, sources, &mut sink);
    Reported::new(Some(chapter), sink)
}

/// Leaves out the chapters of a language that are too many, and says so.
fn bounded(lang: &Spanned<Lang>, chapters: &mut Vec<ChapterFile>) -> Option<Diagnostic> {
    let count = chapters.len();
    if count <= MAX_CHAPTERS {
        return None;
    }
    chapters.truncate(MAX_CHAPTERS);
    let message = msg!(
        "the book has {count} chapters in {language}; at most {limit} are allowed",
        count,
        language = lang.value.name(),
        limit = MAX_CHAPTERS
    );
    let hint = msg!("join chapters that are short, or divide the book into volumes");
    Some(Diagnostic::error(codes::TOO_LARGE, message).at(lang.span).hint(hint))
}

/// Whether every language of an edition has chapters.
fn is_begun(edition: &EditionKind, begun: &[Lang]) -> bool {
    match edition {
        EditionKind::Single(lang) => begun.contains(lang),
        EditionKind::Bilingual => begun.len() > 1,
    }
}

/// Says that a language has no chapters, and how its text is begun. This stops nothing but its own editions, unless no other
/// edition is wanted.
fn no_chapters(lang: &Spanned<Lang>, found: &Found, others: bool) -> Diagnostic {
    let language = lang.value.name();
    let folder = format!("manuscript/{}", found.folders[&lang.value]);
    let Some(first) = found.chapters.values().flatten().next() else {
        return Diagnostic::error(codes::NO_CHAPTERS, msg!("the book has no chapters in {language}", language))
            .at(lang.span)
            .hint(msg!("put each chapter in a file {folder}/NAME.md", folder));
    };
    let message = msg!("the book has no chapters in {language} yet: its editions are not made", language);
    let severity = if others { Severity::Warning } else { Severity::Error };
    let path = format!("{folder}/{}.md", first.stem);
    let hint =
        msg!("to begin, write each chapter in a file of the same name in {folder}; the first is {path}", folder, path);
    Diagnostic::new(severity, codes::NO_CHAPTERS, message).at(lang.span).hint(hint)
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
