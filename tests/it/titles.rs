//! Markup and notes in titles: on the pages, in the e-book, and in bookmarks and lists, where there is only text.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use lopdf::{Dictionary, Document, Object, decode_text_string};

use crate::command::{dama_pub, said, write_book};

const BOOK: &str = "title: 书\nslug: t\nlanguages: [zh]\ndate: 2026-03-01\nlayout: book\n";
const FRONT: &str = "---\ntitle: 使用 **新** 的 `code` 与 $x/2$，{甲|jiǎ}[^h]\nsubtitle: 关于*提要*\n---\n\n## 标题[^h]\n\n## {乙|yǐ}与 $y^2$\n\n\
    文[^h]。\n\n[^h]: 脚注的全文。\n";
const HASH: &str = "# 用 `code` 与 **粗**[^1] {#名}\n\n见[](#名)。\n\n[^1]: 注一。\n";
const CONTENTS: &str = "---\ntitle: 目录\nrole: contents\n---\n";

fn built() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let files = [("book.yaml", BOOK), ("zh/01.md", FRONT), ("zh/02.md", HASH), ("zh/00.md", CONTENTS)];
    write_book(&dir.path().join("manuscript"), &files.map(|(path, text)| (path, text.as_bytes())));
    let output = dama_pub(dir.path(), &["build"]);
    assert!(output.status.success(), "{}", said(&output));
    dir
}

/// The bookmarks of a PDF in order.
fn bookmarks(pdf: &Path) -> Vec<String> {
    bookmark_tree(pdf).into_iter().map(|(_, title)| title).collect()
}

/// The bookmarks of a PDF in order, each with how many stand above it.
pub(crate) fn bookmark_tree(pdf: &Path) -> Vec<(usize, String)> {
    let document = Document::load_mem(&fs::read(pdf).expect("the PDF")).expect("a good PDF");
    let outlines = document.catalog().expect("a catalogue").get(b"Outlines").expect("bookmarks");
    let mut titles = Vec::new();
    below(&document, dictionary(&document, outlines), 0, &mut titles);
    titles
}

fn below(document: &Document, node: &Dictionary, depth: usize, titles: &mut Vec<(usize, String)>) {
    let mut next = node.get(b"First").ok();
    while let Some(object) = next {
        let child = dictionary(document, object);
        let title = decode_text_string(child.get(b"Title").expect("a title")).expect("text");
        titles.push((depth, title));
        below(document, child, depth + 1, titles);
        next = child.get(b"Next").ok();
    }
}

fn dictionary<'d>(document: &'d Document, object: &'d Object) -> &'d Dictionary {
    document.dereference(object).expect("an object").1.as_dict().expect("a dictionary")
}

/// The pages of the e-book whose names end so.
fn page(dir: &Path, name: &str) -> String {
    files_of(&dir.join("out/t-zh.epub"), name)
}

/// The files of an e-book whose names end so.
pub(crate) fn files_of(book: &Path, name: &str) -> String {
    let bytes = fs::read(book).expect("the e-book");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        if entry.name().expect("a name").ends_with(name) {
            entry.read_to_string(&mut text).expect("UTF-8");
        }
    }
    text
}

#[test]
fn bookmarks_are_the_words_of_titles() {
    let dir = built();
    let found = bookmarks(&dir.path().join("out/t-zh.pdf"));
    assert_eq!(found, ["目录", "使用 新 的 code 与 x/2，甲", "标题", "乙与 y^2", "用 code 与 粗"]);
}

#[test]
fn titles_have_their_markup_in_the_e_book() {
    let dir = built();
    let first = page(dir.path(), "ch-01.xhtml");
    for wanted in [
        "使用 <strong>新</strong> 的 <code>code</code> 与 <math",
        "<ruby>甲<rt",
        "<p class=\"subtitle\">关于<em>提要</em></p>",
    ] {
        assert!(first.contains(wanted), "‘{wanted}’ is not in {first}");
    }
    assert!(first.contains("href=\"#note-1\" id=\"note-ref-1\""), "the note is referred to from the title: {first}");
    let second = page(dir.path(), "ch-02.xhtml");
    for wanted in
        ["用 <code>code</code> 与 <strong>粗</strong><sup", "<a href=\"ch-02.xhtml\" class=\"ref\">“用 code 与 粗”</a>"]
    {
        assert!(second.contains(wanted), "‘{wanted}’ is not in {second}");
    }
    let contents = page(dir.path(), "ch-00.xhtml");
    let title = "<span class=\"contents-title\">用 <code>code</code> 与 <strong>粗</strong></span></a>";
    assert!(contents.contains(title), "{contents}");
    let nav = page(dir.path(), "nav.xhtml");
    for wanted in [">使用 新 的 code 与 x/2，甲</a>", ">标题</a>", ">用 code 与 粗</a>"] {
        assert!(nav.contains(wanted), "‘{wanted}’ is not in {nav}");
    }
}
