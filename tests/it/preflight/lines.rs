//! The rules that look at the lines of a book: a manuscript that breaks each, and one that does not.

use std::path::Path;

use serde_json::Value;

use crate::command::{dama_pub, said, write_book};

/// A page of ten lines that keeps nothing together, so that a manuscript can break what better layouts avoid. Heads of the third
/// level stand in the margin beside the line that follows.
const LAYOUT: &str = r##"
#set document(title: dama.book.title)
#set page(width: 80mm, height: 68mm, margin: 10mm)
#set text(size: 10pt, lang: "zh", costs: (widow: 0%, orphan: 0%), top-edge: 0.8em, bottom-edge: -0.2em)
#set par(leading: 0.5em, spacing: 0.5em)
#show regex("[A-Za-z]{4,}"): set text(lang: "en")
#show heading: it => block(sticky: false, above: 0.5em, below: 0.5em, text(size: 10pt, it.body))
#show heading.where(level: 3): it => {
  block(sticky: true, height: 10pt, width: 100%, above: 0.5em, below: 0.5em, place(dx: 61mm, block(width: 8mm, height: 9mm, text(size: 10pt, it.body))))
  v(-1.5em)
}
#for chapter in dama.book.chapters {
  pagebreak(weak: true)
  dama.chapter(chapter.path)
}
"##;

/// Twelve Hanzi fill a line of 60 mm at 10 pt nearly: seventeen stand in it.
const LINE: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒";

pub(super) fn paragraph(lines: usize, rest: &str) -> String {
    format!("{}{rest}\n\n", LINE.repeat(lines))
}

/// Writes a book of one chapter in that layout, called `p`.
pub(super) fn write(dir: &Path, checks: &str, text: &str) {
    let config = format!("title: T\nslug: p\nlanguages: [zh]\ndate: 2026-03-01\nlayout: mine\nchecks: {checks}\n");
    let chapter = format!("---\ntitle: 起\n---\n\n{text}");
    let about = "name: mine\ntitle: Mine\nlanguages: [zh]\ntrim: {width: 80mm, height: 68mm}\nstandards: []\n";
    write_book(
        dir,
        &[
            ("manuscript/book.yaml", config.as_bytes()),
            ("manuscript/zh/01-a.md", chapter.as_bytes()),
            ("layouts/mine/layout.typ", LAYOUT.as_bytes()),
            ("layouts/mine/layout.yaml", about.as_bytes()),
            ("layouts/mine/epub.css", b""),
        ],
    );
}

/// What preflight says of a chapter: check and line of the manuscript.
fn found(text: &str) -> Vec<(String, u64)> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(dir.path(), "{}", text);
    of(dir.path())
}

fn findings(dir: &Path) -> Vec<Value> {
    let output = dama_pub(dir, &["check", "--pdf", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    report["files"][0]["findings"].as_array().expect("findings").clone()
}

fn of(dir: &Path) -> Vec<(String, u64)> {
    let of_lines = ["widow-orphan", "short-page", "runt", "stranded-heading"];
    findings(dir)
        .iter()
        .map(|finding| (finding["check"].as_str().expect("a check").to_owned(), finding["line"].as_u64().unwrap_or(0)))
        .filter(|(check, _)| of_lines.contains(&check.as_str()) || check == "typeset" || check == "layout")
        .collect()
}

fn expect(text: &str, wanted: &[(&str, u64)]) {
    let wanted: Vec<(String, u64)> = wanted.iter().map(|(check, line)| ((*check).to_owned(), *line)).collect();
    assert_eq!(found(text), wanted, "{text}");
}

#[test]
fn pages_in_order_give_nothing() {
    expect(&[paragraph(5, "，而后至于此。"), paragraph(8, "，而后又至于此。")].concat(), &[]);
}

#[test]
fn a_line_alone_is_a_widow_or_an_orphan() {
    // A page has nine lines: eight, and the first line of a paragraph.
    let orphan = [paragraph(7, "，而后至于此。"), paragraph(6, "，而后至于此。")].concat();
    expect(&orphan, &[("widow-orphan", 7)]);
    let widow =
        [paragraph(5, "，而后至于此。"), paragraph(3, "，而后至于此。"), paragraph(6, "，而后至于此。")].concat();
    expect(&widow, &[("widow-orphan", 7)]);
}

#[test]
fn a_line_beside_a_displayed_formula_is_not_alone() {
    let before = [paragraph(5, "，而后至于此。"), paragraph(3, "，而后至于此。")].concat();
    let widows = |text: &str| found(text).into_iter().filter(|(check, _)| check == "widow-orphan").count();
    assert_eq!(widows(&format!("{before}{}", paragraph(6, "，而后至于此。"))), 1);
    assert_eq!(widows(&format!("{before}$$ x = y $$\n\n{}", paragraph(5, "，而后至于此。"))), 0);
}

/// The words of the manuscript that a check marks in a chapter.
fn marked(check: &str, text: &str) -> Vec<String> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(dir.path(), "{}", text);
    let chapter = std::fs::read_to_string(dir.path().join("manuscript/zh/01-a.md")).expect("it was written");
    let built = dama_pub(dir.path(), &["build"]);
    assert!(built.status.success(), "{}", said(&built));
    let byte = |finding: &Value, key: &str| finding[key].as_u64().expect("a place") as usize;
    let own = findings(dir.path()).into_iter().filter(|finding| finding["check"] == check);
    own.map(|finding| chapter[byte(&finding, "byte_start")..byte(&finding, "byte_end")].to_owned()).collect()
}

#[test]
fn the_words_of_the_line_are_marked() {
    let filling = &LINE.repeat(3)[..3 * 44];
    let cases = [
        ("混排Latin字母与AI及Words", "而后至于此End。", "地玄黄宇宙洪荒日月而后至于此End。"),
        ("**强调Latin**与`code words`与\\*及&amp;", "而后*至于*此。", "地玄黄宇宙洪荒日月而后*至于*此。"),
        (
            "又[链接Link](https://example.org/a)",
            "至[于此End](https://example.org/b)。",
            "至[于此End](https://example.org/b)。",
        ),
    ];
    for (begin, end, last_line) in cases {
        let around = paragraph(5, "，而后至于此。");
        assert_eq!(marked("widow-orphan", &format!("{around}{begin}，{filling}{end}\n\n{around}")), [last_line]);
    }
}

#[test]
fn a_chapter_does_not_end_with_a_few_lines_on_a_page() {
    expect(&[paragraph(5, "，而后至于此。"), paragraph(6, "，而后至于此。")].concat(), &[("short-page", 7)]);
}

#[test]
fn a_last_line_of_one_character_is_a_runt() {
    expect(&paragraph(3, "甲。"), &[("runt", 5)]);
    expect(&paragraph(3, "甲乙丙。"), &[]);
    // Verse has short lines.
    expect("甲乙。\\\n丙。\n", &[]);
}

#[test]
fn a_note_is_not_left_for_the_next_page() {
    let displaced = |mark: &str| -> Vec<usize> {
        let chapter = |lines| {
            let body = format!("{mark}此处有注[^a]。\n\n[^a]: 这是注文。\n");
            paragraph(lines, "，而后至于此。") + &body
        };
        (5..9).filter(|lines| marked("displaced-note", &chapter(*lines)) == ["[^a]"]).collect()
    };
    assert_eq!(
        displaced("- "),
        [6, 7],
        "the item is one of the last lines of the page and leaves no room for its note"
    );
    assert_eq!(displaced(""), [0; 0], "a paragraph takes its note along");
}

#[test]
fn a_heading_is_not_left_behind() {
    let text = [paragraph(7, "，而后至于此。"), "## 乙\n\n".to_owned(), paragraph(5, "，而后至于此。")].concat();
    expect(&text, &[("stranded-heading", 7)]);
    let text = [paragraph(5, "，而后至于此。"), "## 乙\n\n".to_owned(), paragraph(8, "，而后至于此。")].concat();
    expect(&text, &[]);
    // Its second line stands below the one line of text beside it, the last on the page.
    let beside = "### 乙丙丁\n\n天地玄黄。\n\n".to_owned();
    let text =
        ["## 甲\n\n".to_owned(), paragraph(6, "，而后至于此。"), beside, paragraph(5, "，而后至于此。")].concat();
    expect(&text, &[]);
}
