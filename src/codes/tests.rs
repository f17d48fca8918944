//! The pages have one form, so that every report finds in them what it shows.

#![expect(clippy::disallowed_methods, reason = "a test reads the files of the repository")]

use std::collections::BTreeSet;

use super::{ALL, Entry, named};
use crate::message::Locale;

/// The headings of a page, without those in its examples.
fn headings(page: &str) -> Vec<&str> {
    let mut fence: Option<&str> = None;
    let mut found = Vec::new();
    for line in page.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => found.extend(line.strip_prefix("## ")),
            Some(open) if line == open => fence = None,
            Some(_) => {}
        }
    }
    found
}

fn title(entry: &Entry) -> String {
    format!("# {}", entry.code)
}

#[test]
fn english_pages_have_the_fixed_headings() {
    for entry in ALL {
        let page = entry.page.english;
        let fixed = ["What it means", "Why it matters", "Example", "How to fix"];
        assert_eq!(headings(page), fixed, "{}", entry.code);
        assert_eq!(page.lines().next(), Some(title(entry).as_str()));
        let why = entry.page.why(Locale::English);
        assert!(why.ends_with('.') && why.len() > 20, "{}: {why}", entry.code);
    }
}

#[test]
fn chinese_pages_have_the_fixed_headings() {
    for entry in ALL {
        let page = entry.page.chinese;
        assert_eq!(headings(page), ["什么问题", "为什么要紧", "怎样改"], "{}", entry.code);
        assert_eq!(page.lines().next(), Some(title(entry).as_str()));
        let why = entry.page.why(Locale::Chinese);
        assert!(why.ends_with('。'), "{}: {why}", entry.code);
    }
}

#[test]
fn the_chinese_page_has_the_examples_of_the_english_one() {
    for entry in ALL {
        let shown = entry.page.text(Locale::Chinese);
        let example = entry.page.example();
        // An example may hold headings, at which a section ends.
        let first = example.lines().next().expect("a page has an example");
        assert!(shown.contains(&format!("## 例子\n\n{first}\n")), "{shown}");
        assert_eq!(shown.matches("```findings").count(), entry.page.english.matches("```findings").count());
    }
}

#[test]
fn each_code_is_registered_once_and_beside_its_page() {
    let codes: BTreeSet<&str> = crate::checks::entries().map(|entry| entry.code.as_str()).collect();
    assert_eq!(codes.len(), crate::checks::entries().count(), "a code is used twice");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/codes");
    let mut pages: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("ASCII"))
        .filter(|name| name.ends_with(".md"))
        .collect();
    let mut wanted: Vec<String> = ALL
        .iter()
        .map(|entry| entry.code.as_str().replace('-', "_"))
        .flat_map(|stem| [format!("{stem}.md"), format!("{stem}.zh.md")])
        .collect();
    pages.sort();
    wanted.sort();
    assert_eq!(pages, wanted);
    assert!(named("missing-image").is_some() && named("number").is_none());
}
