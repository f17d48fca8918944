//! An e-book that is made alone takes its page list from the run that set the pages, and only while nothing of them has changed.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::command::{dama_pub, said, write_book};

const RECORD: &str = "out/.dama-pub.json";

/// A book in two languages whose chapters take several pages.
fn book(layout: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let config = format!(
        "title: {{zh: 灯, en: Lamps}}\nslug: b\nlanguages: [zh, en]\neditions: [zh, en, bilingual]\ndate: 2026-01-01\n\
         layout: {layout}\nlayouts: {{bilingual: parallel}}\n"
    );
    let chapter = |title: &str, sentence: &str| {
        let paragraphs: Vec<String> = (0..30).map(|n| format!("{n} {}", sentence.repeat(9))).collect();
        format!("---\ntitle: {title}\n---\n\n## {title}一\n\n{}\n", paragraphs.join("\n\n"))
    };
    let files = [
        ("manuscript/book.yaml", config),
        ("manuscript/zh/01.md", chapter("灯", "城里有许多灯，一盏一盏地亮起来。")),
        ("manuscript/zh/02.md", chapter("桥", "桥下的水慢慢地流，没有人说话。")),
        ("manuscript/en/01.md", chapter("Lamps", "There are many lamps in the city, and one by one they are lit. ")),
        ("manuscript/en/02.md", chapter("Bridges", "The water below the bridge is slow, and nobody speaks. ")),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    write_book(dir.path(), &files);
    dir
}

fn build(dir: &Path, args: &[&str]) {
    let output = dama_pub(dir, &[&["build"], args].concat());
    assert!(output.status.success(), "{}", said(&output));
}

/// The e-books, made alone.
fn e_books(dir: &Path) -> Vec<Vec<u8>> {
    let names = ["zh", "en", "bilingual"].map(|edition| format!("out/b-{edition}.epub"));
    names.iter().for_each(|name| drop(fs::remove_file(dir.join(name))));
    build(dir, &["--format", "epub"]);
    names.iter().map(|name| fs::read(dir.join(name)).expect("an e-book")).collect()
}

/// The same, where nothing is known of earlier runs.
fn e_books_anew(dir: &Path) -> Vec<Vec<u8>> {
    fs::remove_dir_all(dir.join("out")).expect("artifacts");
    e_books(dir)
}

/// Has the record say that the pages have other numbers: who uses it shows them.
fn renumber(dir: &Path) {
    let mut record: Value = serde_json::from_slice(&fs::read(dir.join(RECORD)).expect("a record")).expect("JSON");
    let editions = record["pages"].as_object_mut().expect("pages of editions");
    assert_eq!(editions.len(), 3);
    for edition in editions.values_mut() {
        let labels = edition["labels"].as_array_mut().expect("numbers");
        labels
            .iter_mut()
            .filter(|label| !label.is_null())
            .enumerate()
            .for_each(|(n, label)| *label = format!("x{n}").into());
    }
    // What was made from them is not to be found as it is.
    record["made"] = Value::Object(serde_json::Map::new());
    record["runs"] = Value::Array(Vec::new());
    fs::write(dir.join(RECORD), record.to_string()).expect("the record");
}

fn edit(dir: &Path, path: &str, from: &str, to: &str) {
    let path = dir.join(path);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from));
    fs::write(path, text.replacen(from, to, 1)).expect("a file");
}

#[test]
fn the_list_of_an_earlier_run_gives_the_bytes_of_a_run_from_nothing() {
    for layout in ["report", "book", "handbook"] {
        let dir = book(layout);
        build(dir.path(), &["--format", "pdf"]);
        let after_pages = e_books(dir.path());
        assert!(after_pages == e_books_anew(dir.path()), "{layout}: after PDFs");
        assert!(after_pages == e_books(dir.path()), "{layout}: after e-books");
        renumber(dir.path());
        let renumbered = e_books(dir.path());
        assert!(
            after_pages.iter().zip(&renumbered).all(|(one, other)| one != other),
            "{layout}: nobody read the record"
        );
    }
}

#[test]
fn an_edit_that_pages_could_show_makes_the_list_anew() {
    let edits = [
        ("manuscript/zh/02.md", "慢慢", "漫漫"),
        ("manuscript/book.yaml", "date: 2026-01-01", "date: 2026-01-02"),
        ("manuscript/book.yaml", "slug: b\n", "slug: b\nsubtitle: {zh: 一, en: One}\n"),
    ];
    for (path, from, to) in edits {
        let dir = book("report");
        build(dir.path(), &["--format", "pdf"]);
        renumber(dir.path());
        edit(dir.path(), path, from, to);
        let [zh, _, both] = &e_books(dir.path())[..] else { panic!("three e-books") };
        let anew = e_books_anew(dir.path());
        assert!(*zh == anew[0] && *both == anew[2], "{path}: {to}");
    }
}

#[test]
fn a_layout_of_the_project_has_its_pages_set_each_time() {
    let dir = book("own");
    let layout = "#set document(title: dama.book.title)\n#set page(width: 100mm, height: 120mm, numbering: \"1\")\n\
                  #set text(font: \"Noto Serif CJK SC\", lang: dama.book.lang)\n\
                  #for it in dama.book.chapters [ = #it.title #it.label\n #dama.chapter(it.path) ]\n";
    let files = [("layout.yaml", "name: own\n"), ("layout.typ", layout), ("epub.css", "")]
        .map(|(name, text)| (format!("layouts/own/{name}"), text));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    write_book(dir.path(), &files);
    build(dir.path(), &["--format", "pdf"]);
    let record: Value = serde_json::from_slice(&fs::read(dir.path().join(RECORD)).expect("a record")).expect("JSON");
    assert!(record["made"].get("b-zh.pdf").is_some(), "the pages were set");
    assert!(record.get("pages").is_none(), "its front may show what only the pages tell");
}
