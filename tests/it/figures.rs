//! Where figures stand and which of them bear a number, on the pages of layout `book` and in the e-book.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use dama_pub::inspect::{MarkKind, Rect, inspect};
use image::ImageFormat;

use crate::command::{dama_pub, said, write_book};

const BOOK: &str =
    "title: 图\nslug: t\nlanguages: [zh]\ndate: 2026-03-01\nlayout: {name: book, options: {trim: 16k}}\n";

/// A chapter with pictures in it, built.
fn built(text: &str) -> tempfile::TempDir {
    chapter(&format!("---\ntitle: 章\n---\n\n{text}"))
}

/// The same with a front matter of its own.
fn chapter(chapter: &str) -> tempfile::TempDir {
    built_from(&[("zh/01.md", chapter)])
}

/// The same of several chapters.
fn built_from(chapters: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut picture = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(60, 40, image::Rgb([90, 90, 90]))
        .write_to(&mut picture, ImageFormat::Png)
        .expect("a PNG");
    let picture = picture.into_inner();
    let mut files = vec![("book.yaml", BOOK.as_bytes()), ("images/a.png", &picture[..])];
    files.extend(chapters.iter().map(|(name, text)| (*name, text.as_bytes())));
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

/// The places of the pictures on the last page, from left to right.
fn pictures(dir: &Path) -> Vec<Rect> {
    let facts = inspect(&fs::read(dir.join("out/t-zh.pdf")).expect("the PDF")).expect("a good PDF");
    let page = facts.pages.last().expect("a page");
    let pictures = page.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Image(_)));
    let mut areas: Vec<Rect> = pictures.map(|mark| mark.area).collect();
    areas.sort_by(|a, b| a.left.total_cmp(&b.left));
    areas
}

fn e_book(dir: &Path) -> zip::ZipArchive<Cursor<Vec<u8>>> {
    let bytes = fs::read(dir.join("out/t-zh.epub")).expect("the e-book");
    zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip")
}

fn page_of_the_e_book(dir: &Path) -> String {
    let mut archive = e_book(dir);
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
    assert_eq!(last_page(dir.path()), "tttittt", "near the end of its chapter any other stays as well");
}

#[test]
fn pictures_side_by_side_have_letters() {
    let dir = built(
        ":::figure {#fig:two .here columns=2 credit=\"摄影：王一\"}\n![一](../images/a.png \"甲\"){#fig:a}\n\n![二](../images/a.png \"乙\"){#fig:b}\n\n题\n:::\n\n见[](#fig:b)和@fig:two。\n",
    );
    let page = page_of_the_e_book(dir.path());
    for part in [
        "<div class=\"beside beside-2\">",
        "<span class=\"label\">(a)</span>　甲</figcaption>",
        "<span class=\"label\">(b)</span>　乙</figcaption>",
        "<span class=\"label\">图 1</span>　题<span class=\"credit\">摄影：王一</span></figcaption>",
        "class=\"ref\">图 1(b)</a>和",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let [left, right] = pictures(dir.path())[..] else { panic!("two pictures") };
    assert!((left.bottom - right.bottom).abs() < 0.1 && left.right < right.left, "{left:?} {right:?}");
}

#[test]
fn a_picture_is_as_large_as_it_is_said() {
    let shown = |attributes: &str| {
        let dir = built(&format!("甲。\n\n![一](../images/a.png){{{attributes}}}\n"));
        let [picture] = pictures(dir.path())[..] else { panic!("one picture") };
        [picture.right - picture.left, picture.top - picture.bottom].map(|points| (points * 25.4 / 72.0).round())
    };
    assert_eq!(shown("width=45mm"), [45.0, 30.0]);
    assert_eq!(shown("height=2cm"), [30.0, 20.0]);
    assert_eq!(shown("width=45mm height=2cm"), [30.0, 20.0], "as large as fits in both");
    assert_eq!(shown("width=45mm crop=\"25% 0\""), [45.0, 15.0], "what is left of it is so wide");
    let [width, height] = shown("width=900mm");
    assert!(width < 185.0 && (width / height - 1.5).abs() < 0.05, "{width} × {height}: no wider than its place");
}

#[test]
fn a_cropped_picture_is_cut_for_the_e_book() {
    let dir = built("甲。\n\n![一](../images/a.png){crop=\"25% 0\"}\n\n![二](../images/a.png)\n");
    let mut archive = e_book(dir.path());
    let mut sizes = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        if entry.name().expect("a name").ends_with(".png") {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("the picture");
            let picture = image::load_from_memory(&bytes).expect("a PNG");
            sizes.push((picture.width(), picture.height()));
        }
    }
    sizes.sort_unstable();
    assert_eq!(sizes, [(60, 20), (60, 40)]);
}

#[test]
fn a_picture_at_the_opening_stands_above_the_title() {
    let dir = chapter("---\ntitle: 章\nimage: {src: ../images/a.png, alt: 一, credit: 摄影：王一}\n---\n\n甲。\n");
    let page = page_of_the_e_book(dir.path());
    let places = ["<header class=\"chapter-head\">", "alt=\"一\"", "摄影：王一", "<h1"].map(|part| page.find(part));
    assert!(places.is_sorted() && places[0].is_some(), "{places:?} in {page}");
    assert!(last_page(dir.path()).starts_with("it"), "{}", last_page(dir.path()));
}

#[test]
fn whose_a_picture_is_stands_in_one_line_and_in_a_list() {
    let opening = "---\ntitle: 章\nimage: {src: ../images/a.png, alt: 一, place: half, focus: 0 100%, credit: 摄影：王一。, licence: CC BY 4.0}\n---\n\n";
    let dir = built_from(&[
        ("zh/01.md", &format!("{opening}![二](../images/a.png \"题\"){{#fig:a source=市档案馆 license=公有领域}}\n")),
        ("zh/02.md", "---\ntitle: 图片来源\nrole: credits\n---\n"),
    ]);
    let book = dir.path().join("out/t-zh.epub");
    let page = crate::titles::files_of(&book, "ch-01.xhtml");
    for line in ["摄影：王一。CC BY 4.0</span>", "来源：市档案馆；公有领域</span>"] {
        assert!(page.contains(line), "{line} in {page}");
    }
    let list = crate::titles::files_of(&book, "ch-02.xhtml");
    for line in [
        "<a href=\"ch-01.xhtml\">章</a><span class=\"credit\">摄影：王一。CC BY 4.0</span>",
        "<a href=\"ch-01.xhtml#fig-a\">图 1　题</a><span class=\"credit\">来源：市档案馆；公有领域</span>",
    ] {
        assert!(list.contains(line), "{line} in {list}");
    }
    let lines = last_page(dir.path());
    assert!(lines.matches('t').count() >= 5, "a title, and two lines for each of two pictures: {lines}");
}

#[test]
fn the_edition_of_both_languages_shows_a_shared_opening_once_and_two_that_differ_both() {
    let book = "title: {zh: 图, en: Pictures}\nslug: t\nlanguages: [zh, en]\neditions: [bilingual]\ndate: 2026-03-01\nlayout: parallel\n";
    let picture = |grey: u8| {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbImage::from_pixel(60, 40, image::Rgb([grey; 3]))
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("a PNG");
        bytes.into_inner()
    };
    for (english, shown) in [("a", 1), ("b", 2)] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let zh = "---\ntitle: 章\nimage: {src: ../images/a.png, alt: 一, credit: 摄影：王一}\n---\n\n甲。\n";
        let en =
            format!("---\ntitle: One\nimage: {{src: ../images/{english}.png, alt: Uno, credit: By Wang}}\n---\n\nA.\n");
        let files = [
            ("book.yaml", book.as_bytes()),
            ("zh/01.md", zh.as_bytes()),
            ("en/01.md", en.as_bytes()),
            ("images/a.png", &picture(90)),
            ("images/b.png", &picture(160)),
        ];
        write_book(&dir.path().join("manuscript"), &files);
        let output = dama_pub(dir.path(), &["build"]);
        assert!(output.status.success(), "{}", said(&output));
        let page = crate::titles::files_of(&dir.path().join("out/t-bilingual.epub"), "ch-01.xhtml");
        assert_eq!(page.matches("<img ").count(), shown, "{page}");
        assert!(page.contains("摄影：王一") && page.contains("By Wang"), "{page}");
        let facts = inspect(&fs::read(dir.path().join("out/t-bilingual.pdf")).expect("the PDF")).expect("a good PDF");
        let images =
            facts.pages.iter().flat_map(|page| &page.marks).filter(|mark| matches!(mark.kind, MarkKind::Image(_)));
        assert_eq!(images.count(), shown);
    }
}
