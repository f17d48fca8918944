//! Trim sizes, covers in one piece and the numbers that a printed book bears.

use std::path::{Path, PathBuf};

use dama_pub::pdf::content;
use lopdf::{Document, Object};

use crate::command::{dama_pub, said, write_book};

/// Points of a millimetre.
const MM: f64 = 72.0 / 25.4;

/// A small book of some pages, with more lines in its `book.yaml`.
fn book(extra: &str, pages: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config = format!("title: {{zh: 灯}}\nslug: lamp\nlanguages: [zh]\ndate: 2026-03-01\npublisher: 灯社\n{extra}");
    let text = format!("---\ntitle: 灯\n---\n{}", "一段话，说的是灯。\n\n".repeat(pages * 26));
    let colophon = "---\ntitle: 版权\nrole: colophon\n---\nISBN 978-7-302-00001-3\n";
    let files = [("book.yaml", config.as_str()), ("zh/00-c.md", colophon), ("zh/01-a.md", &text)];
    write_book(&dir.path().join("manuscript"), &files.map(|(path, text)| (path, text.as_bytes())));
    dir
}

fn built(dir: &Path, args: &[&str]) -> PathBuf {
    let output = dama_pub(dir, &[&["build"], args].concat());
    assert!(output.status.success(), "{}", said(&output));
    dir.join("out")
}

/// Width and height of the trimmed first page, in millimetres to a tenth.
fn trim(pdf: &Path) -> [f64; 2] {
    let document = Document::load(pdf).expect("a PDF");
    let (_, page) = document.get_pages().into_iter().next().expect("a page");
    let page = document.get_dictionary(page).expect("a page");
    let found = page.get(b"TrimBox").or_else(|_| page.get(b"MediaBox")).and_then(Object::as_array).expect("a box");
    let sides: Vec<f64> = found.iter().map(|side| f64::from(side.as_float().expect("a number"))).collect();
    [sides[2] - sides[0], sides[3] - sides[1]].map(|side| (side / MM * 10.0).round() / 10.0)
}

/// Where the trimmed first page begins on the left, in millimetres.
fn box_left(pdf: &Path) -> f64 {
    let document = Document::load(pdf).expect("a PDF");
    let page = document.page_iter().next().expect("a page");
    let trim = document.get_dictionary(page).and_then(|page| page.get(b"TrimBox")).and_then(Object::as_array);
    f64::from(trim.expect("a TrimBox")[0].as_float().expect("a number")) / MM
}

fn text(pdf: &Path) -> String {
    let document = Document::load(pdf).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).expect("text").split_whitespace().collect()
}

#[test]
fn a_page_is_as_large_as_the_book_says() {
    for layout in ["book", "handbook", "report"] {
        for (size, wanted) in
            [("16k", [185.0, 260.0]), ("d16k", [210.0, 285.0]), ("b5", [176.0, 250.0]), ("175x240", [175.0, 240.0])]
        {
            let dir = book(&format!("layout: {{name: {layout}, options: {{trim: {size}}}}}\n"), 1);
            let out = built(dir.path(), &["--format", "pdf"]);
            assert_eq!(trim(&out.join("lamp-zh.pdf")), wanted, "{layout} {size}");
        }
    }
}

#[test]
fn a_size_that_nobody_prints_is_refused_at_its_line() {
    let dir = book("layout: {name: book, options: {trim: 17k}}\n", 1);
    let output = dama_pub(dir.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.contains("`trim` must be a size in millimetres such as 170x240") && said.contains("book.yaml:6"),
        "{said}"
    );
}

/// The x of both ends of every line that the operators of a form draw while a dash is set.
fn broken_lines(document: &Document, form: lopdf::ObjectId) -> Vec<f64> {
    let stream = document.get_object(form).and_then(Object::as_stream).expect("a form");
    let content = stream.decompressed_content().expect("it unpacks");
    let (mut dashed, mut found) = (false, Vec::new());
    for operation in lopdf::content::Content::decode(&content).expect("operators").operations {
        match operation.operator.as_str() {
            "d" => dashed = true,
            "Q" => dashed = false,
            "m" | "l" if dashed => found.push(f64::from(operation.operands[0].as_float().expect("a number"))),
            _ => {}
        }
    }
    found
}

#[test]
fn a_cover_is_folded_at_its_spine() {
    let dir = book("layout: book\ncover: {spine: 12}\n", 1);
    let out = built(dir.path(), &["--format", "pdf,cover", "--profile", "print"]);
    let folds = |name: &str| -> Vec<f64> {
        let document = Document::load(out.join(name)).expect("a PDF");
        let page = document.page_iter().next().expect("a page");
        let named = content::entry(&document, &content::page_resources(&document, page), b"XObject");
        let marks = named.get(b"DamaMarks").and_then(Object::as_reference).expect("it has marks");
        let tenths = |x: f64| (x / MM * 10.0).round() / 10.0;
        let mut all: Vec<f64> = broken_lines(&document, marks).into_iter().map(tenths).collect();
        all.sort_by(f64::total_cmp);
        all.dedup();
        all
    };
    let trimmed = trim(&out.join("lamp-zh-cover.pdf"));
    let left = box_left(&out.join("lamp-zh-cover.pdf"));
    let middle = left + trimmed[0] / 2.0;
    assert_eq!(folds("lamp-zh-cover.pdf"), [middle - 6.0, middle + 6.0].map(|x| (x * 10.0).round() / 10.0));
    assert_eq!(folds("lamp-zh-print.pdf"), [0.0; 0], "pages are not folded");
}

#[test]
fn a_cover_is_as_wide_as_its_book_is_thick() {
    let mut widths = Vec::new();
    for pages in [1, 60] {
        let dir = book("layout: book\ncover: {leaf: 0.1, board: 0.3}\n", pages);
        let out = built(dir.path(), &[]);
        let inside = Document::load(out.join("lamp-zh.pdf")).expect("a PDF").get_pages().len();
        let spine = (inside.div_ceil(2) as f64 * 0.1 + 0.6) * 10.0;
        let [width, height] = trim(&out.join("lamp-zh-cover.pdf"));
        assert_eq!([width, height], [296.0 + spine.round() / 10.0, 210.0], "{inside} pages");
        widths.push(width);
    }
    assert!(widths[0] + 2.0 < widths[1], "{widths:?}");
}

#[test]
fn a_book_without_a_cover_of_its_own_gets_none_unless_asked() {
    let dir = book("layout: book\n", 1);
    let out = built(dir.path(), &["--format", "pdf"]);
    assert!(!out.join("lamp-zh-cover.pdf").exists());
    built(dir.path(), &["--format", "cover"]);
    assert!(out.join("lamp-zh-cover.pdf").is_file());
}

#[test]
fn one_number_stands_on_colophon_cover_and_record() {
    let extra = "identifier: 978-7-302-00001-3\ncover: {}\n\
        cip: {zh: {record: \"灯/甲著.-- 北京: 灯社, 2026.3\", subjects: \"Ⅰ.①灯…\", number: 第2026000001号}}\n";
    for layout in ["book", "handbook", "report"] {
        let dir = book(&format!("layout: {layout}\n{extra}"), 1);
        let out = built(dir.path(), &[]);
        assert!(text(&out.join("lamp-zh-cover.pdf")).contains("ISBN978-7-302-00001-3"), "{layout}: the cover");
        let inside = text(&out.join("lamp-zh.pdf"));
        assert_eq!(inside.matches("ISBN978-7-302-00001-3").count(), 2, "{layout}: colophon and record");
        for line in [
            "图书在版编目（CIP）数据",
            "灯/甲著.--北京:灯社,2026.3",
            "Ⅰ.①灯…",
            "中国国家版本馆CIP数据核字第2026000001号",
        ] {
            assert!(inside.contains(line), "{layout}: {line}");
        }
    }
}

#[test]
fn a_block_whose_cover_is_printed_apart_opens_with_a_title_page() {
    let first_page = |covers: bool| {
        let dir = book(&format!("layout: {{name: report, options: {{covers: {covers}}}}}\n"), 1);
        let out = built(dir.path(), &["--format", "pdf", "--profile", "screen"]);
        let bytes = std::fs::read(out.join("lamp-zh.pdf")).expect("it was made");
        let facts = dama_pub::inspect::inspect(&bytes).expect("a PDF");
        let text = |mark: &dama_pub::inspect::Mark| matches!(mark.kind, dama_pub::inspect::MarkKind::Text { .. });
        let (words, art): (Vec<_>, Vec<_>) = facts.pages[0].marks.iter().partition(|mark| text(mark));
        (words.len(), art.len())
    };
    let (cover, title) = (first_page(true), first_page(false));
    assert_eq!(cover.0, title.0, "the same words");
    assert!(cover.1 > 0 && title.1 == 0, "{cover:?} {title:?}");
}
