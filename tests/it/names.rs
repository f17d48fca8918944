//! Proper names and titles of works: marked below in Chinese, titles in italics in English, 《》 where a layout is told so.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use crate::clreq::{Line, lines_of};
use crate::command::{dama_pub, said, write_book};
use crate::layouts::{LAYOUTS, editions_in};
use crate::titles::bookmark_tree;

const CHINESE: &str = "# 读[史记]{.work}\n\n[司马光]{.name}撰<cite>通鉴</cite>。\n";
const ENGLISH: &str = "# On the [Records]{.work}\n\n[Sima Guang]{.name} wrote the <cite>Mirror</cite>.\n";

fn write(dir: &Path, layout: &str) {
    let book = format!("title: 书\nslug: t\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: {layout}\n");
    let files = [("book.yaml", book.as_str()), ("zh/01.md", CHINESE), ("en/01.md", ENGLISH)];
    write_book(&dir.join("manuscript"), &files.map(|(path, text)| (path, text.as_bytes())));
}

/// The text of the Chinese edition in a layout, with how many findings there are.
fn set(layout: &str) -> (String, usize) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(dir.path(), layout);
    let mut found = Vec::new();
    let made = editions_in(dir.path(), layout, &mut found);
    let pages = made[0].1.pages().iter();
    (pages.flat_map(|page| lines_of(&page.frame)).map(|line: Line| line.text() + "\n").collect(), found.len())
}

#[test]
fn marks_of_names_and_works_add_nothing_to_the_text() {
    for layout in LAYOUTS {
        let (text, found) = set(layout);
        assert!(text.contains("司马光撰通鉴。") && text.contains("读史记") && found == 0, "{layout}: {text}");
    }
}

#[test]
fn bookmarks_have_the_words_of_names_and_works() {
    for (option, title) in [("true", "读史记"), ("false", "读《史记》")] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        write(dir.path(), &format!("{{name: book, options: {{name-marks: {option}}}}}"));
        let output = dama_pub(dir.path(), &["build", "--format", "pdf"]);
        assert!(output.status.success() && !said(&output).contains("warning["), "{}", said(&output));
        let marks = bookmark_tree(&dir.path().join("out/t-zh.pdf"));
        assert!(marks.iter().any(|(_, words)| words == title), "{option}: {marks:?}");
    }
}

#[test]
fn the_e_book_says_what_is_a_name_and_what_a_work() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(dir.path(), "book");
    let output = dama_pub(dir.path(), &["build", "--format", "epub"]);
    assert!(output.status.success(), "{}", said(&output));
    for (file, name, work) in [("t-zh", "司马光", "通鉴"), ("t-en", "Sima Guang", "Mirror")] {
        let book = fs::read(dir.path().join(format!("out/{file}.epub"))).expect("the e-book");
        let mut archive = zip::ZipArchive::new(Cursor::new(book)).expect("a package");
        let mut all = String::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("a file");
            // Pictures are no text.
            let _ = file.read_to_string(&mut all);
        }
        assert!(all.contains(&format!("<u class=\"name\">{name}</u>")), "{file}");
        assert!(all.contains(&format!("<cite class=\"work\">{work}</cite>")), "{file}");
    }
}

#[test]
fn without_marks_the_e_book_has_no_lines_below_names_either() {
    for (option, text) in
        [("true", "<u class=\"name\">司马光</u>撰<cite class=\"work\">通鉴</cite>。"), ("false", "司马光撰《通鉴》。")]
    {
        let dir = tempfile::tempdir().expect("a temporary folder");
        write(dir.path(), &format!("{{name: book, options: {{name-marks: {option}}}}}"));
        let output = dama_pub(dir.path(), &["build", "--format", "epub"]);
        assert!(output.status.success(), "{}", said(&output));
        let page = crate::titles::files_of(&dir.path().join("out/t-zh.epub"), "ch-01.xhtml");
        assert!(page.contains(text), "{option}: {page}");
        let english = crate::titles::files_of(&dir.path().join("out/t-en.epub"), "ch-01.xhtml");
        assert!(english.contains("<cite class=\"work\">Mirror</cite>"), "{english}");
    }
}
