//! Nothing is lost in silence: what a manuscript says stands on the pages and in the e-book, or a finding says where not.
//!
//! Random chapters are built. Every word of theirs must stand in the text of the PDF and of the XHTML, unless a finding
//! covers a line of its own, or an error leaves the book without either.

mod written;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use dama_pub::diagnostic::{Diagnostic, any_error};
use dama_pub::model::{EditionKind, Profile};
use dama_pub::source::{FileId, Sources};
use dama_pub::typeset::{BuildDate, Job};
use dama_pub::{epub, pdf, typeset};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

use crate::pdf_text::{find_on_path, letters, stands_in};
use written::{Written, written};

const CHAPTER: &str = "manuscript/zh/01.md";
const BOOK: &str = "title: 书\nlanguages: [zh]\ndate: 2026-03-01\nlayout: LAYOUT\n";
const NOTES: &str = "a: {type: book, title: 书, author: 甲, date: 2020}\n";

/// What became of a chapter.
struct Made {
    sources: Sources,
    found: Vec<Diagnostic>,
    /// The texts of the PDF's pages and of the e-book, by what they are called; none where there was an error.
    texts: Vec<(&'static str, Vec<String>)>,
}

#[test]
fn every_word_is_kept_or_told() {
    let Some(tool) = find_on_path("pdftotext") else {
        // Past the test runner, which would swallow it.
        let _ = writeln!(std::io::stderr(), "SKIPPED every_word_is_kept_or_told: no pdftotext (Debian: poppler-utils)");
        return;
    };
    // A fixed seed: a test that fails must fail again. PROPTEST_CASES looks further.
    let config = ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_324),
        ..ProptestConfig::with_cases(cases(96))
    };
    let (mut built, mut all) = (0, 0);
    for layout in ["report", "book"] {
        let counts = std::cell::Cell::new((built, all));
        let result = TestRunner::new(config.clone()).run(&written(), |chapter| {
            let made = make(&chapter, layout, &tool);
            let (built, all) = counts.get();
            counts.set((built + usize::from(!made.texts.is_empty()), all + 1));
            let lost = lost(&chapter, &made);
            prop_assert!(lost.is_empty(), "{layout}: lost without a word: {lost:?}\n{}", chapter.text);
            Ok(())
        });
        (built, all) = counts.get();
        if let Err(error) = result {
            panic!("{error}");
        }
    }
    assert!(built * 3 > all, "only {built} of {all} chapters could be built: the test says little");
}

fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

/// Builds a book of one chapter.
fn make(chapter: &Written, layout: &str, tool: &Path) -> Made {
    let mut files = BTreeMap::new();
    let mut write = |path: &str, text: &str| files.insert(path.to_owned(), text.as_bytes().to_vec());
    write("manuscript/book.yaml", &BOOK.replace("LAYOUT", layout));
    write("manuscript/references.yaml", NOTES);
    write(CHAPTER, &chapter.text);
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = dama_pub::load(&files, &mut sources).take(&mut found);
    let mut texts = Vec::new();
    if let Some((book, layouts)) = loaded.filter(|_| !any_error(&found)) {
        let edition = EditionKind::Single(book.source_language().clone());
        let date = BuildDate::midnight(book.meta.date);
        let (layout, files, sources) = (&layouts[&edition], &files, &sources);
        let job = Job { book: &book, edition: &edition, layout, files, sources, date, alignments: &[] };
        if let Some(e_book) = epub::epub(job, None).take(&mut found) {
            texts.push(("EPUB", vec![letters(&e_book_text(&e_book))]));
        }
        let set = typeset::set(job).take(&mut found);
        if let Some(pages) = set.and_then(|set| pdf::export(job, &set, Profile::Screen).take(&mut found)) {
            texts.push(("PDF", pdf_text(&pages, tool)));
        }
    }
    Made { sources, found, texts }
}

/// The words that are missing, each with where it is missing; not those that a finding covers.
fn lost(chapter: &Written, made: &Made) -> Vec<String> {
    let Some(file) = made.sources.find(CHAPTER) else { return Vec::new() };
    let mut lost = Vec::new();
    for (name, text) in &made.texts {
        for (word, place) in &chapter.words {
            if !stands_in(text, word) && !told(made, file, place) {
                lost.push(format!("{name}: {word}"));
            }
        }
    }
    lost
}

/// Whether a finding stands on the line of a word.
fn told(made: &Made, file: FileId, place: &Range<usize>) -> bool {
    let source = made.sources.get(file);
    let line = source.position(place.start).line;
    let covers = |found: &Diagnostic| {
        let labels = found.primary.iter().chain(&found.labels).filter(|label| label.span.file == file);
        labels
            .map(|label| label.span)
            .any(|span| (source.position(span.start).line..=source.position(span.end).line).contains(&line))
    };
    made.found.iter().any(covers)
}

fn e_book_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        if entry.name().expect("a name").ends_with(".xhtml") {
            let mut page = String::new();
            entry.read_to_string(&mut page).expect("UTF-8");
            // A piece behind `<` is a tag up to `>`; the words have no entities.
            text.extend(page.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text));
        }
    }
    text
}

fn pdf_text(bytes: &[u8], tool: &Path) -> Vec<String> {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("it can be written");
    let path: PathBuf = file.path().to_owned();
    let output = std::process::Command::new(tool).args(["-raw", "-enc", "UTF-8"]).arg(path).arg("-").output();
    let text = String::from_utf8(output.expect("pdftotext runs").stdout).expect("UTF-8 was asked for");
    text.split('\u{c}').map(letters).collect()
}
