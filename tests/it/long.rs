//! What is too long or too wide for its place: on the pages of every layout it breaks, goes on or is set smaller, whole and
//! with nothing added to its text.

use std::path::Path;

use dama_pub::diagnostic::Severity;
use typst::layout::{Frame, FrameItem, Size};
use typst_layout::PagedDocument;

use crate::command::{root, write_book};
use crate::layouts::{LAYOUTS, editions_in};

/// The words of tests/books/long that no line holds.
const LONG: [&str; 3] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "org.example.shop.applib.annotation.Action#domainEvent()",
    "/usr/local/share/some/very/long/path/to/a/file/that/does/not/fit.conf",
];

/// The editions of a book in a layout, none of which may have an error.
fn set(project: &Path, layout: &str) -> (Vec<PagedDocument>, Vec<String>) {
    let mut found = Vec::new();
    let made = editions_in(project, layout, &mut found);
    let (wrong, told): (Vec<_>, Vec<_>) = found.into_iter().partition(|(severity, _)| *severity == Severity::Error);
    assert!(wrong.is_empty() && !made.is_empty(), "{layout}: {wrong:?}");
    (made.into_iter().map(|(_, document)| document).collect(), told.into_iter().map(|(_, line)| line).collect())
}

/// Every text of a frame in the order in which it was set, and every picture's size.
fn walk(frame: &Frame, text: &mut String, pictures: &mut Vec<Size>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, text, pictures),
            FrameItem::Text(item) => text.extend(item.glyphs.iter().map(|glyph| &item.text[glyph.range()])),
            FrameItem::Image(_, size, _) => pictures.push(*size),
            _ => {}
        }
    }
}

fn seen(document: &PagedDocument) -> (String, Vec<Size>) {
    let (mut text, mut pictures) = (String::new(), Vec::new());
    for page in document.pages() {
        walk(&page.frame, &mut text, &mut pictures);
    }
    (text, pictures)
}

#[test]
fn long_tables_go_on_below_a_repeated_head() {
    for layout in LAYOUTS {
        for document in set(&root().join("tests/books/long"), layout).0 {
            let (text, _) = seen(&document);
            let count = |word: &str| text.matches(word).count();
            for (head, word, row) in [("序号", "续表", "照着第"), ("No.", "Continued", "it lights street number")]
            {
                if count(head) == 0 {
                    continue;
                }
                // Two tables, of 45 and of 50 rows.
                assert_eq!(count(row), 95, "{layout}");
                assert!(count(word) >= 2, "{layout}: {} of {word}", count(word));
                assert_eq!(count(head), 2 + count(word), "{layout}");
            }
        }
    }
}

#[test]
fn nothing_is_put_into_a_word_that_breaks() {
    for layout in LAYOUTS {
        for document in set(&root().join("tests/books/long"), layout).0 {
            let text: String = seen(&document).0.split_whitespace().collect();
            for word in LONG {
                // In the text, in code or in a cell, and in a listing.
                assert!(text.matches(word).count() >= 2, "{layout}: {word}");
            }
            // Soft hyphens are those of English words that Typst divides: one in these would have been found above.
            let added = ['\u{200b}', '\u{2060}'];
            assert!(!text.contains(added), "{layout}");
        }
    }
}

#[test]
fn a_picture_in_a_line_fits_the_measure_or_stays_as_it_is() {
    for layout in LAYOUTS {
        for document in set(&root().join("tests/books/long"), layout).0 {
            let pictures = seen(&document).1;
            let pictures: Vec<(f64, f64)> = pictures.iter().map(|size| (size.x.to_pt(), size.y.to_pt())).collect();
            let (icons, large): (Vec<_>, Vec<_>) = pictures.into_iter().partition(|(width, _)| *width < 20.0);
            assert!(icons.iter().all(|size| *size == (7.5, 7.5)) && !icons.is_empty(), "{layout}: {icons:?}");
            let fits = |(width, height): &(f64, f64)| *width < 500.0 && (width / height - 3.0).abs() < 0.01;
            assert!(large.iter().all(fits) && !large.is_empty(), "{layout}: {large:?}");
        }
    }
}

/// A table of so many columns with the same words in each cell.
fn table(columns: usize, cell: &str) -> String {
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
    format!("{}{}{}", row("年"), row("---"), row(cell).repeat(3))
}

#[test]
fn a_table_that_is_too_wide_is_told_at_its_place() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let tables = [table(8, "145,170"), table(14, "145,170"), table(30, "145,170"), table(4, LONG[0])];
    let chapter = format!("---\ntitle: 表\n---\n\n{}", tables.join("\n文字。\n\n"));
    let book = "title: 表\nlanguages: [zh]\ndate: 2026-01-01\nlayout: book\n";
    write_book(&dir.path().join("manuscript"), &[("book.yaml", book.as_bytes()), ("zh/01.md", chapter.as_bytes())]);
    let (made, told) = set(dir.path(), "book");
    assert_eq!(
        told,
        [
            "book: manuscript/zh/01.md:5:1: fitted-table: the table is too wide for page 7; it is set in smaller type",
            "book: manuscript/zh/01.md:13:1: fitted-table: the table is too wide for page 8; it is turned",
            "book: manuscript/zh/01.md:21:1: fitted-table: the table is too wide for page 9; words in its cells are broken",
        ]
    );
    let text: String = seen(&made[0]).0.split_whitespace().collect();
    assert_eq!(text.matches("145,170").count(), 3 * (8 + 14 + 30), "nothing is added to a cell");
    assert_eq!(text.matches(LONG[0]).count(), 12, "a hash breaks in its cell");
}
