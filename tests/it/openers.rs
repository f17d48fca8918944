//! The openers of `report`: drawings of their own that keep clear of words, and pictures in their places.

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use dama_pub::inspect::{Facts, Mark, MarkKind, Page, Rect, inspect};

use crate::command::{dama_pub, said, write_book};

const BOOK: &str = "title: T\nslug: t\nlanguages: [en]\ndate: 2026-03-01\nthemes: [{id: a, title: A, color: \"#1f4e8c\"}]\n\
                    layout: {name: report, options: {openers: next}}\n";
/// As many as there are families of drawings.
const CHAPTERS: usize = 12;

/// The PDF of a report whose chapters have these keys besides a long title.
fn built(keys: &[String], book: &str) -> Facts {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut picture = Cursor::new(Vec::new());
    let drawn = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([(x * 4) as u8, (y * 5) as u8, 90]));
    drawn.write_to(&mut picture, image::ImageFormat::Png).expect("a PNG");
    let manuscript = dir.path().join("manuscript");
    write_book(&manuscript, &[("book.yaml", book.as_bytes()), ("images/a.png", &picture.into_inner())]);
    let summary = "The river runs down from the hills, passes fields and villages, and at last flows into the sea. ";
    for (number, keys) in keys.iter().enumerate() {
        let mut text = String::from("---\ntitle: High Rivers and the Navigation of Boats\n");
        write!(
            text,
            "subtitle: {}\ntheme: a\n{keys}---\n\n",
            "Boats and rivers carry goods. ".repeat(number % 4 + 1).trim()
        )
        .expect("text");
        write!(text, ":::opener\n{}\n:::\n\nText.\n", summary.repeat(2 + number % 5)).expect("text");
        write_book(&manuscript, &[(&format!("en/{:02}.md", number + 1), text.as_bytes())]);
    }
    let output = dama_pub(dir.path(), &["build", "--format", "pdf"]);
    assert!(output.status.success(), "{}", said(&output));
    read(&dir.path().join("out/t-en.pdf"))
}

fn read(path: &Path) -> Facts {
    inspect(&fs::read(path).expect("the PDF")).expect("a good PDF")
}

fn covers(area: Rect, page: &Page) -> bool {
    let trim = page.trimmed();
    area.width() > 0.98 * trim.width() && area.height() > 0.98 * trim.height()
}

/// The pages in the colour of their theme that have a summary: openers.
fn openers(facts: &Facts) -> Vec<&Page> {
    let is_opener = |page: &&Page| {
        let ground = page.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Fill(_)) && covers(mark.area, page));
        let large = |mark: &Mark| matches!(mark.kind, MarkKind::Text { size, .. } if size > 50.0);
        ground && page.marks.iter().any(large)
    };
    facts.pages.iter().filter(is_opener).collect()
}

fn is_text(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Text { .. })
}

/// What is drawn on an opener, its ground apart.
fn drawing(page: &Page) -> Vec<Rect> {
    let drawn = page.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Fill(_) | MarkKind::Stroke { .. }));
    drawn.map(|mark| mark.area).filter(|area| !covers(*area, page)).collect()
}

#[test]
fn each_chapter_has_a_drawing_of_its_own_that_keeps_clear_of_the_words() {
    let facts = built(&vec![String::new(); CHAPTERS], BOOK);
    let pages = openers(&facts);
    assert_eq!(pages.len(), CHAPTERS);
    let mut seen: Vec<Vec<Rect>> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let drawn = drawing(page);
        for text in page.marks.iter().filter(|mark| is_text(mark)) {
            let through = drawn.iter().find(|area| area.meet(text.area).is_some_and(|both| both.height() > 0.5));
            assert!(through.is_none(), "opener {}: {through:?} runs through {:?}", number + 1, text.area);
        }
        assert!(!seen.contains(&drawn), "opener {} is drawn like another one", number + 1);
        seen.push(drawn);
    }
}

#[test]
fn a_chapter_may_choose_its_drawing_or_none() {
    let keys: Vec<String> = ["art: none\n", "art: orbits\n", ""].map(str::to_owned).into();
    let facts = built(&keys, BOOK);
    let counts: Vec<usize> = openers(&facts).iter().map(|page| drawing(page).len()).collect();
    assert!(counts.len() == 3 && counts[0] <= 1 && counts[1] > 10 && counts[2] > 1, "{counts:?}");
    let plain = built(&vec![String::new(); 3], &BOOK.replace("{openers: next}", "{openers: next, art: none}"));
    assert!(openers(&plain).iter().all(|page| drawing(page).len() <= 1), "the option leaves the colour alone");
}

#[test]
fn a_picture_takes_the_upper_part_half_or_all_of_the_opener() {
    let keys = ["opener", "half", "full"].map(|place| {
        format!("image: {{src: ../images/a.png, alt: A, place: {place}, focus: 0 100%, credit: By Wang}}\n")
    });
    let facts = built(&keys, BOOK);
    let mut shares = Vec::new();
    for page in &facts.pages {
        let trim = page.trimmed();
        let images = page.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Image(_)));
        shares.extend(images.filter_map(|mark| mark.area.meet(trim)).map(|area| area.height() / trim.height()));
    }
    let [opener, half, full] = shares[..] else { panic!("three pictures: {shares:?}") };
    assert!(opener > 0.3 && opener < 0.9 && (0.3..=0.501).contains(&half) && full > 0.999, "{shares:?}");
}
