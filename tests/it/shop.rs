//! What shops are told of a book, from the command line.

use std::fs;
use std::path::Path;

use crate::command::{copy_dir, dama_pub, printed, root, said, write_book};

const BOOK: &str = "title: {zh: 灯, en: Lamps}\nslug: lamps\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: book\n\
                    publisher: {zh: 灯塔社, en: Lighthouse Press}\ndescription: {zh: 关于灯。, en: On lamps.}\n\
                    release:\n  domain: lamps.example\n  prices: free\n";

fn book(yaml: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    write_book(
        dir.path(),
        &[
            ("manuscript/book.yaml", yaml.as_bytes()),
            ("manuscript/zh/01.md", "# 光\n\n城里有12盏灯。\n".as_bytes()),
            ("manuscript/en/01.md", b"# Light\n\nThere are 12 lamps in the city.\n"),
        ],
    );
    dir
}

fn records(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let output = dama_pub(dir, &["metadata", "--out", "records"]);
    let mut files: Vec<_> = fs::read_dir(dir.join("records"))
        .unwrap_or_else(|why| panic!("{why}: {}", said(&output)))
        .flatten()
        .map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).expect("a file")))
        .collect();
    files.sort();
    files
}

#[test]
fn what_must_be_there_is_told_at_its_line_and_the_rest_is_written() {
    let dir = book(BOOK);
    let output = dama_pub(dir.path(), &["metadata", "--format", "short"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let told = printed(&output);
    assert!(told.contains("manuscript/book.yaml:8:1: error[release-metadata]: `release` does not say where"), "{told}");
    let written = records(dir.path());
    let names: Vec<&str> = written.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["book.jsonld", "onix-3.0.xml", "onix-3.1.xml"]);
    assert_eq!(records(dir.path()), written, "the same bytes");
}

#[test]
fn a_whole_record_is_printed_and_one_that_is_not_there_is_refused() {
    let dir = book(&format!("{BOOK}  territories: {{non-exclusive: world}}\n"));
    let output = dama_pub(dir.path(), &["metadata", "--record", "onix-3.1"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = printed(&output);
    assert!(told.contains("<RecordReference>lamps.example.lamps-en-epub<"), "{told}");
    let output = dama_pub(dir.path(), &["metadata", "--record", "crossref"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

#[test]
fn the_publication_lacks_nothing() {
    let output = dama_pub(root(), &["metadata"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = printed(&output);
    assert!(!told.contains("warning["), "{told}");
}

/// Editors on Windows end lines with two characters, and begin files with a byte-order mark.
#[test]
fn a_book_that_was_written_on_windows_says_the_same() {
    let (dir, from) = (tempfile::tempdir().expect("a folder"), root().join("tests/books/lamplight"));
    for name in ["unix", "windows"] {
        copy_dir(&from, &dir.path().join(name));
    }
    rewrite(&dir.path().join("windows/manuscript"));
    for args in [&["check", "--format", "short"][..], &["stats", "--format", "tsv"], &["align", "--format", "tsv"]] {
        let of = |name: &str| {
            let output = dama_pub(&dir.path().join(name), args);
            (output.status.code(), printed(&output))
        };
        assert_eq!(of("windows"), of("unix"), "{args:?}");
    }
}

fn rewrite(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            rewrite(&path);
        } else if path.extension().is_some_and(|ending| ending == "md" || ending == "yaml") {
            let text = fs::read_to_string(&path).expect("UTF-8");
            let changed = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            fs::write(&path, changed).expect("it can be written");
        }
    }
}
