//! What is laid out again after an edit, and what is not.

use super::*;
use crate::typeset::broken::Broken;
use crate::typeset::staging::{Main, world};
use typst::utils::hash128;

/// The pages of a book, laid out from those of an earlier state or without any: where each glyph stands.
fn places(files: &Memory, earlier: Option<&Set>) -> (Vec<Vec<(u16, Point)>>, Option<Set>) {
    let (made, ..) = set(files, |job| set_to_look_at(job, earlier));
    assert!(made.diagnostics.is_empty(), "{:?}", made.diagnostics);
    let set = made.value.expect("the layout is good");
    let pages = set.document.pages().iter().map(|page| {
        let mut found = Vec::new();
        glyphs(&page.frame, Point::zero(), &mut found);
        found
    });
    (pages.collect(), Some(set))
}

/// A contents and a head on each page: both need to know the pages.
const HEADS: &str =
    "#set page(header: context counter(heading).display() + [ of ] + str(counter(page).final().first()))\n#outline()\n";

fn chapters(first: usize) -> Memory {
    let mut files = memory(&LAYOUT.replace("#let blocks", &format!("{HEADS}#let blocks")), "");
    for (name, lines) in [("01-one", first), ("02-two", 30), ("03-three", 10)] {
        let text = format!("---\ntitle: {name}\n---\n\n{}", "A line of text.\n\n".repeat(lines));
        files.insert(format!("manuscript/en/{name}.md"), text.into());
    }
    files
}

#[test]
fn pages_from_those_of_an_earlier_state_are_those_of_a_build() {
    let (_, mut earlier) = places(&chapters(5), None);
    for lines in [6, 60, 200, 1] {
        let files = chapters(lines);
        let (alone, _) = places(&files, None);
        let (resumed, set) = places(&files, earlier.as_ref());
        assert!(alone == resumed, "{lines} lines: {} and {} pages", alone.len(), resumed.len());
        earlier = set;
    }
}

#[test]
fn what_was_wrong_is_told_from_an_earlier_state_too() {
    let (_, earlier) = places(&chapters(5), None);
    let mut files = chapters(5);
    files.insert("manuscript/en/04-four.md".into(), "---\ntitle: Four\n---\n\n芯\u{33cf3}\n".into());
    let told = |earlier: Option<&Set>| {
        let (made, sources, _) = set(&files, |job| set_to_look_at(job, earlier));
        made.diagnostics.iter().map(|finding| line(&sources, finding)).collect::<Vec<_>>()
    };
    assert!(!told(None).is_empty());
    assert_eq!(told(None), told(earlier.as_ref()));
}

/// What Typst is given besides the files.
fn library(manifest: &str, head: &str) -> u128 {
    let mut files = memory(LAYOUT, &format!("---\n{head}\n---\n\nText.\n"));
    files.insert("layouts/test/layout.yaml".into(), format!("{MANIFEST}{manifest}").into());
    set(&files, |job| hash128(&world(&job, &Main::pages(&job), &Broken::default(), &mut Vec::new()).library)).0
}

#[test]
fn a_layout_is_handed_what_it_reads() {
    let before = "title: One\nsink: 3";
    let edits = ["title: Two\nsink: 3", "title: One\nsink: 4", "title: One\nsink: 3\nnobody-reads: 5"];
    let changed = |manifest: &str| edits.map(|edit| library(manifest, edit) != library(manifest, before));
    assert_eq!(changed("front-matter: [sink]\n"), [true, true, false]);
    assert_eq!(changed("front-matter: [sink]\nasks-for: [title]\n"), [false, true, false]);
}

#[test]
fn a_title_that_a_layout_asks_for_is_not_handed_to_it() {
    let mut files = memory(LAYOUT, "---\ntitle: One\n---\n\nText.\n");
    files.insert("layouts/test/layout.yaml".into(), format!("{MANIFEST}asks-for: [title]\n").into());
    let lines = make_from(&files).lines();
    assert!(lines.iter().any(|line| line.contains("title")), "{lines:?}");
    let asks = LAYOUT.replace("chapter.title", "dama.title(chapter.path)");
    files.insert("layouts/test/layout.typ".into(), asks.into());
    assert_eq!(make_from(&files).lines(), Vec::<String>::new());
}
