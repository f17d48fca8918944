//! What a fault stops: the editions that hold it, and no other.

use std::path::Path;

use serde_json::Value;

use crate::command::{dama_pub, names_in, said, write_book};

const BOOK: &str = "title: T\nslug: b\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: report\n";
const GOOD: &str = "---\ntitle: T\n---\n\n文。\n";
const BAD: &str = "---\ntitle: T\n---\n\nSee [](#nowhere).\n";

/// A book of these files beside its `book.yaml`.
fn book(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let files = [("book.yaml", BOOK)].into_iter().chain(files.iter().copied());
    let files: Vec<(String, &[u8])> =
        files.map(|(path, text)| (format!("manuscript/{path}"), text.as_bytes())).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    write_book(dir.path(), &files);
    dir
}

/// The exit code of a command, what it said, and the artifacts that are there.
fn run(dir: &Path, args: &[&str]) -> (Option<i32>, String, Vec<String>) {
    let output = dama_pub(dir, args);
    (output.status.code(), said(&output), names_in(&dir.join("out")))
}

/// The codes that `check` gives.
fn codes(dir: &Path) -> Vec<String> {
    let output = dama_pub(dir, &["check", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().map(|found| found["check"].as_str().expect("a code").to_owned()).collect()
}

#[test]
fn an_error_in_one_language_stops_only_its_editions() {
    let dir = book(&[("zh/01.md", GOOD), ("en/01.md", BAD)]);
    let (code, said, made) = run(dir.path(), &["build"]);
    assert_eq!((code, made), (Some(1), vec!["b-zh.epub".to_owned(), "b-zh.pdf".to_owned()]), "{said}");
    assert!(said.contains("b-en.pdf: errors in English") && said.contains("b-en.epub: errors in English"), "{said}");
    let (code, said, _) = run(dir.path(), &["build", "--edition", "zh"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("error"), "what no edition of the run shows is none of its business: {said}");
    let (code, said, _) = run(dir.path(), &["build", "--edition", "bilingual"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("unknown-id") && said.contains("nothing was built"), "{said}");
}

#[test]
fn a_file_that_cannot_be_read_stops_only_its_language() {
    let dir = book(&[("zh/01.md", GOOD), ("zh/02.md", GOOD), ("en/01.md", GOOD)]);
    write_book(dir.path(), &[("manuscript/en/02.md", b"---\ntitle: \xb5\xda\n---\n\nx\n")]);
    let (code, said, made) = run(dir.path(), &["build", "--format", "epub"]);
    assert_eq!((code, made), (Some(1), vec!["b-zh.epub".to_owned()]), "{said}");
    assert!(said.contains("not-utf8") && !said.contains("missing-chapter"), "{said}");
    assert!(!codes(dir.path()).contains(&"missing-chapter".to_owned()), "the chapter is there");
}

#[test]
fn a_book_lives_before_its_translation() {
    let dir = book(&[("zh/01.md", GOOD), ("zh/02.md", GOOD)]);
    let (code, said, made) = run(dir.path(), &["build"]);
    assert_eq!((code, made), (Some(0), vec!["b-zh.epub".to_owned(), "b-zh.pdf".to_owned()]), "{said}");
    assert!(said.contains("manuscript/en/01.md") && said.contains("built 2 of 2"), "{said}");
    assert_eq!(run(dir.path(), &["build", "--edition", "zh"]).0, Some(0));
    assert_eq!(codes(dir.path()), ["no-chapters"], "nothing else is said of the missing text");
    for edition in ["en", "bilingual"] {
        let (code, said, _) = run(dir.path(), &["build", "--edition", edition]);
        assert_eq!(code, Some(2));
        assert!(said.contains("no chapters in English yet; write them in manuscript/en"), "{said}");
    }
}

#[test]
fn a_chapter_of_one_language_is_told_by_a_build() {
    let dir = book(&[("zh/01.md", GOOD), ("zh/02.md", GOOD), ("en/01.md", GOOD)]);
    let (code, said, _) = run(dir.path(), &["build"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("warning[missing-chapter]") && said.contains("manuscript/en/02.md"), "{said}");
    assert!(!run(dir.path(), &["build", "--edition", "zh"]).1.contains("missing-chapter"), "it lacks nothing");
}

#[test]
fn a_misspelt_layout_is_one_error() {
    let dir = book(&[("zh/01.md", GOOD), ("en/01.md", "---\ntitle: T\n---\n\nText.\n")]);
    let config = BOOK.replace("layout: report", "layout: reprot");
    write_book(dir.path(), &[("manuscript/book.yaml", config.as_bytes())]);
    assert_eq!(codes(dir.path()), ["layout"]);
    let own = format!("{BOOK}layouts: {{en: reprot}}\n");
    write_book(dir.path(), &[("manuscript/book.yaml", own.as_bytes())]);
    let (code, said, made) = run(dir.path(), &["build", "--format", "epub"]);
    assert_eq!((code, made), (Some(1), vec!["b-zh.epub".to_owned()]), "{said}");
    assert!(said.contains("b-en.epub: an error of its layout"), "{said}");
    assert_eq!(run(dir.path(), &["build", "--edition", "zh"]).0, Some(0), "it has its layout");
}
