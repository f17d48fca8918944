//! Where figures stand and which of them bear a number, on the pages of layout `book` and in the e-book.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use dama_pub::inspect::{MarkKind, inspect};
use image::ImageFormat;

use crate::command::{dama_pub, said, write_book};

const BOOK: &str =
    "title: 图\nslug: t\nlanguages: [zh]\ndate: 2026-03-01\nlayout: {name: book, options: {trim: 16k}}\n";

/// A chapter with pictures in it, built.
fn built(text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut picture = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(60, 40, image::Rgb([90, 90, 90]))
        .write_to(&mut picture, ImageFormat::Png)
        .expect("a PNG");
    let picture = picture.into_inner();
    let chapter = format!("---\ntitle: 章\n---\n\n{text}");
    let files = [("book.yaml", BOOK.as_bytes()), ("zh/01.md", chapter.as_bytes()), ("images/a.png", &picture)];
    write_book(&dir.path().join("manuscript"), &files);
    let output = dama_pub(dir.path(), &["build"]);
    assert!(output.status.success(), "{}", said(&output));
    dir
}

/// What stands on the last page from its head to its foot: `t` for a line of text, `i` for a picture.
fn last_page(dir: &Path) -> String {
    let facts = inspect(&fs::read(dir.join("out/t-zh.pdf")).expect("the PDF")).expect("a good PDF");
    let page = facts.pages.last().expect("a page");
    let mut seen: Vec<(i64, char)> = Vec::new();
    for mark in &page.marks {
        let what = match mark.kind {
            MarkKind::Text { .. } => 't',
            MarkKind::Image(_) => 'i',
            _ => continue,
        };
        #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
        let down = -mark.area.bottom.round() as i64;
        seen.push((down, what));
    }
    seen.sort_unstable();
    seen.dedup();
    seen.into_iter().map(|(_, what)| what).collect()
}

fn page_of_the_e_book(dir: &Path) -> String {
    let bytes = fs::read(dir.join("out/t-zh.epub")).expect("the e-book");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        if entry.name().expect("a name").ends_with("ch-01.xhtml") {
            entry.read_to_string(&mut text).expect("UTF-8");
        }
    }
    text
}

#[test]
fn only_a_figure_with_a_caption_is_counted() {
    let dir = built(
        "甲。\n\n![一](../images/a.png)\n\n![二](../images/a.png){.decorative}\n\n![三](../images/a.png \"题\"){#fig:三}\n\n见[](#fig:三)。\n",
    );
    let page = page_of_the_e_book(dir.path());
    assert_eq!(page.matches("<figcaption>").count(), 1, "{page}");
    assert!(page.contains("<span class=\"label\">图 1</span>　题</figcaption>"), "{page}");
    assert!(page.contains("class=\"ref\">图 1</a>。"), "{page}");
}

#[test]
fn a_figure_stays_where_it_is_held() {
    // The number of the chapter, its title, the text and the folio are lines, and so are captions.
    let small = "{width=10%}";
    let dir = built(&format!("甲。\n\n![一](../images/a.png){small}\n\n乙。\n"));
    assert_eq!(last_page(dir.path()), "tttitt", "one without a caption");
    let dir = built("甲。\n\n![一](../images/a.png \"题\"){.here width=10%}\n\n乙。\n");
    assert_eq!(last_page(dir.path()), "tttittt", "one that is marked");
    let dir = built("甲。\n\n:::figure {.here}\n![一](../images/a.png){width=10%}\n\n题\n:::\n\n乙。\n");
    assert_eq!(last_page(dir.path()), "tttittt", "a building block that is marked");
    let dir = built("- 甲。\n\n  ![一](../images/a.png \"题\"){width=10%}\n\n  乙。\n");
    assert_eq!(last_page(dir.path()), "tttittt", "one in a list");
    let dir = built(":::aside\n甲。\n\n![一](../images/a.png \"题\"){width=10%}\n\n乙。\n:::\n");
    assert_eq!(last_page(dir.path()), "tttittt", "one in an aside");
    let dir = built("甲。\n\n![一](../images/a.png \"题\"){width=10%}\n\n乙。\n");
    assert_eq!(last_page(dir.path()), "ttitttt", "any other goes to the edge of the page");
}
