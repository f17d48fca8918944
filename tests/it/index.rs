//! The book `tests/books/index` on its pages and in its e-books: the index, the glossary, references with pages.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use crate::command::{copy_dir, dama_pub, golden, root, said};
use crate::pdf_text::find_on_path;

/// Builds the book in a layout and gives the folder of what was made.
fn built(layout: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    copy_dir(&root().join("tests/books/index"), dir.path());
    let config = dir.path().join("manuscript/book.yaml");
    let text = fs::read_to_string(&config).expect("book.yaml").replace("layout: book", &format!("layout: {layout}"));
    fs::write(&config, text).expect("it can be written");
    let output = dama_pub(dir.path(), &["build"]);
    assert!(output.status.success(), "{layout}: {}", said(&output));
    dir
}

/// The text of a page of an e-book, a line for each element that ends one.
fn text_of(epub: &Path, page: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(epub).expect("the e-book"))).expect("a zip");
    let mut xhtml = String::new();
    archive.by_name(&format!("OEBPS/{page}")).expect("the page").read_to_string(&mut xhtml).expect("UTF-8");
    let body = xhtml.split_once("<body>").expect("a body").1;
    let mut text = String::new();
    for piece in body.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').expect("a tag ends");
        match tag.strip_prefix("a href=\"") {
            Some(link) => text.push_str(&format!("→{} ", link.split('"').next().unwrap_or_default())),
            None if tag.starts_with("/h") || tag.starts_with("/d") || tag.starts_with("/p") => text.push('\n'),
            None => {}
        }
        text.push_str(after);
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

#[test]
fn an_e_book_has_an_index_and_a_glossary() {
    let dir = built("book");
    let mut said = String::new();
    for (edition, page) in [
        ("zh", "ch-01.xhtml"),
        ("zh", "ch-03.xhtml"),
        ("zh", "index.xhtml"),
        ("en", "index.xhtml"),
        ("bilingual", "ch-03.xhtml"),
        ("bilingual", "index.xhtml"),
    ] {
        let text = text_of(&dir.path().join(format!("out/index-{edition}.epub")), page);
        said.push_str(&format!("==== {edition} {page}\n{text}"));
    }
    golden("index-epub.txt", &said);
}

#[test]
fn pages_have_an_index_a_glossary_and_their_numbers_in_references() {
    let Some(tool) = find_on_path("pdftotext") else { return };
    for layout in ["book", "handbook", "report"] {
        let dir = built(layout);
        for (edition, wanted) in [
            (
                "zh",
                ["样子见图1（第", "索引", "重庆", "灯盏见油灯", "另见油灯；蜡烛", "油灯oillamp烧植物油的灯", "铜灯"],
            ),
            (
                "en",
                [
                    "Figure1(page",
                    "Index",
                    "Chongqing",
                    "lanternseeoillamp",
                    "seealsocandle;oillamp",
                    "oillamp油灯",
                    "bronzelamp",
                ],
            ),
            ("bilingual", ["（第", "索引", "Index", "灯盏见油灯", "lanternseeoillamp", "吸油的线", "Thethread"]),
        ] {
            let pdf = dir.path().join(format!("out/index-{edition}.pdf"));
            let output = Command::new(&tool).args(["-raw", "-enc", "UTF-8"]).arg(&pdf).arg("-").output();
            let text = String::from_utf8(output.expect("pdftotext runs").stdout).expect("UTF-8 was asked for");
            let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{2060}').collect();
            for words in wanted {
                assert!(text.contains(words), "{layout} {edition}: no {words} in\n{text}");
            }
        }
    }
}
