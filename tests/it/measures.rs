//! What the measures of the layouts do to the pages: lines of whole characters leave their marks alone, every trim holds as
//! much, and what is a little too long is drawn in.

use std::fs;
use std::path::Path;

use dama_pub::diagnostic::Severity;
use typst_layout::PagedDocument;

use crate::clreq::{Line, lines_of};
use crate::command::{copy_dir, root, write_book};
use crate::layouts::{LAYOUTS, editions_in};

/// Marks that take a square, of which the right half is empty.
const MARKS: &str = "，。；：、";

/// Parts of an em from which a mark counts as full, and below which as squeezed.
const FULL: f64 = 0.95;
const SQUEEZED: f64 = 0.6;

/// How many marks there are between two characters of a line, how many of them are full and how many squeezed.
#[derive(Debug, Default, Clone, Copy)]
struct Widths {
    all: usize,
    full: usize,
    squeezed: usize,
}

impl Widths {
    fn of(lines: &[Line]) -> Self {
        let mut widths = Self::default();
        for pair in lines.iter().flat_map(|line| line.marks.windows(2)) {
            let [mark, next] = pair else { continue };
            let beside_han = next.text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && !next.text.is_empty();
            let taken = (next.left - mark.left) / mark.size;

            // What is further away stands in another column.
            if !mark.text.is_empty() && MARKS.contains(mark.text.as_str()) && beside_han && taken < 1.3 {
                widths.all += 1;
                widths.full += usize::from(taken >= FULL);
                widths.squeezed += usize::from(taken < SQUEEZED);
            }
        }
        widths
    }
}

/// The editions of a book with Chinese text in a layout, none of which may have a finding that is graver than a note.
fn set(project: &Path, layout: &str) -> Vec<(String, PagedDocument)> {
    let mut found = Vec::new();
    let made = editions_in(project, layout, &mut found);
    let wrong: Vec<_> = found.iter().filter(|(severity, _)| *severity > Severity::Info).collect();
    assert!(wrong.is_empty() && !made.is_empty(), "{layout}: {wrong:?}");
    made
}

/// At least three quarters of the marks of an edition keep their square, and hardly any on a page is squeezed.
fn marks_are_whole(what: &str, document: &PagedDocument) {
    let pages: Vec<Widths> = document.pages().iter().map(|page| Widths::of(&lines_of(&page.frame))).collect();
    for (page, widths) in pages.iter().enumerate() {
        let allowed = (widths.all / 20).max(3);
        assert!(widths.squeezed <= allowed, "{what}, page {}: {widths:?}", page + 1);
    }
    let sum = |of: fn(&Widths) -> usize| pages.iter().map(of).sum::<usize>();
    let (all, full, squeezed) = (sum(|w| w.all), sum(|w| w.full), sum(|w| w.squeezed));
    assert!(squeezed * 50 <= all, "{what}: of {all} marks {squeezed} are squeezed");
    assert!(all > 500, "{what}: there are marks to be measured: {all}");
    assert!(full * 4 >= all * 3, "{what}: of {all} marks {full} are full");
}

#[test]
fn marks_inside_of_lines_keep_their_square() {
    for layout in LAYOUTS {
        for (edition, document) in set(root(), layout).iter().filter(|(edition, _)| edition != "en") {
            marks_are_whole(&format!("{layout}, {edition}"), document);
        }
    }
}

#[test]
fn every_trim_of_a_report_holds_as_much() {
    let usual = set(root(), "report").iter().map(|(_, document)| document.pages().len()).collect::<Vec<_>>();
    let dir = tempfile::tempdir().expect("a temporary folder");
    copy_dir(&root().join("manuscript"), &dir.path().join("manuscript"));
    copy_dir(&root().join("layouts"), &dir.path().join("layouts"));
    let settings = dir.path().join("layouts/report/layout.yaml");
    let written = fs::read_to_string(&settings).expect("the layout has its settings");
    for trim in ["170x240", "b5", "16k", "a4"] {
        let other = written.replace("default: d16k", &format!("default: {trim}"));
        assert_ne!(other, written, "the trim has a default");
        fs::write(&settings, other).expect("the settings can be written");
        let made = set(dir.path(), "report");
        assert_eq!(made.iter().map(|(_, document)| document.pages().len()).collect::<Vec<_>>(), usual, "{trim}");
        for (edition, document) in made.iter().filter(|(edition, _)| edition != "en") {
            marks_are_whole(&format!("{trim}, {edition}"), document);
        }
    }
}

/// A report of one chapter that opens on a page of its own and has so many paragraphs.
fn pages_of_report(dir: &Path, paragraphs: usize, key: &str) -> usize {
    let text = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水。\n\n";
    let chapter =
        format!("---\ntitle: 长\n{key}---\n\n:::opener\n提要。\n:::\n\n:::columns\n\n{}:::\n", text.repeat(paragraphs));
    let book = "title: 长\nlanguages: [zh]\ndate: 2026-01-01\nlayout: report\n";
    write_book(&dir.join("manuscript"), &[("book.yaml", book.as_bytes()), ("zh/01.md", chapter.as_bytes())]);
    set(dir, "report")[0].1.pages().len()
}

#[test]
fn a_chapter_that_spills_few_lines_is_drawn_in() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let let_alone = |paragraphs| pages_of_report(dir.path(), paragraphs, "draw-in: 0\n");
    let short = let_alone(15);
    let first_over = (16..40).find(|paragraphs| let_alone(*paragraphs) > short).expect("a page is full at some time");
    assert_eq!(pages_of_report(dir.path(), first_over, ""), short, "a line or two are brought back");
    assert_eq!(pages_of_report(dir.path(), first_over + 6, ""), short + 1, "but not a quarter of a page");
    assert_eq!(pages_of_report(dir.path(), first_over + 2, "draw-in: 6\n"), short, "an editor may ask for more");
}

/// The lines of the page on which a table begins, and of all pages after it, by a word of its head.
fn table_pages(dir: &Path, layout: &str, table: &str, head: &str) -> Vec<Vec<String>> {
    let chapter = format!("---\ntitle: One\n---\n\n:::figure {{#tab:a}}\n{table}\nBoats\n:::\n");
    let book = format!("title: T\nlanguages: [en]\ndate: 2026-01-01\nlayout: {layout}\n");
    write_book(&dir.join("manuscript"), &[("book.yaml", book.as_bytes()), ("en/01.md", chapter.as_bytes())]);
    let made = set(dir, layout);
    let pages = made[0].1.pages().iter();
    let lines = pages.map(|page| lines_of(&page.frame).iter().map(Line::text).collect::<Vec<_>>());
    lines.skip_while(|page| !page.iter().any(|line| line.contains(head))).collect()
}

#[test]
fn a_column_of_prose_is_not_squeezed_by_short_ones() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let table = "| Boat | Length (m) | Beam (m) | Load (t) | Crew | Use |\n|:---|---:|---:|---:|---:|:---|\n\
                 | Grain boat | 23.9 | 4.6 | 30 | 12 | carried the tax grain: north with a full load, south empty, \
                 two tenths of private goods allowed |\n| Skiff | 4.1 | 1.1 | 0.4 | 1 | letters, medicine, brides |\n";
    let page = &table_pages(dir.path(), "book", table, "Crew")[0];
    let at = |word: &str| page.iter().position(|line| line.contains(word)).expect("the word stands on the page");
    assert!(at("brides") - at("carried") <= 7, "{page:#?}");
}

#[test]
fn a_row_of_a_table_is_not_divided() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let meaning =
        "a sentence that explains what the term means and takes several lines of its narrow column to the end";
    let row = |n: usize| format!("| TERM{n} | {meaning}, LAST{n} | an example of it which is long, too |\n");
    let table = format!("| Term | Definition | Example |\n|---|---|---|\n{}", (10..50).map(row).collect::<String>());
    for layout in ["book", "report"] {
        let pages = table_pages(dir.path(), layout, &table, "Definition");
        assert!(pages.len() > 1, "{layout}: the table goes on");
        for n in 10..50 {
            let page_of = |word: String| pages.iter().position(|page| page.iter().any(|line| line.contains(&word)));
            assert_eq!(page_of(format!("TERM{n}")), page_of(format!("LAST{n}")), "{layout}: row {n}");
        }
    }
}
