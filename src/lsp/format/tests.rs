#![expect(clippy::disallowed_methods, reason = "a test reads the files of the repository")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::diagnostic::anywhere::config;

fn formatted(tag: &str, text: &str, sentences: bool) -> String {
    format("manuscript/x/a.md", &Lang::new(tag).expect("a language"), text, Wishes { sentences })
}

/// Formatting leaves what a text says, and what is formatted.
fn keeps_the_law(tag: &str, text: &str, sentences: bool) -> Result<(), String> {
    let lang = Lang::new(tag).expect("a language");
    let once = formatted(tag, text, sentences);
    let says = |of: &str| Reader::new("manuscript/x/a.md", &lang, of).says;
    if says(&once) != says(text) {
        return Err(format!("it says another thing: {text:?} → {once:?}"));
    }
    let twice = formatted(tag, &once, sentences);
    if twice == once { Ok(()) } else { Err(format!("it is not done: {once:?} → {twice:?}")) }
}

#[test]
fn lines_are_brought_into_order() {
    for (text, wanted) in [
        ("## A\ntext  \n\n\n\n* one\n* two \n", "## A\n\ntext\n\n- one\n- two\n"),
        ("text\n## B\n\nmore", "text\n\n## B\n\nmore\n"),
        // A break that the author wants stays.
        ("one   \ntwo\n", "one  \ntwo\n"),
        // What stands in listings, data, verses and formulas stays.
        ("```text\na  \n\n\n* b\n```\n", "```text\na  \n\n\n* b\n```\n"),
        ("---\ntitle: x  \n\n\nrole: chapter\n---\n\ntext\n", "---\ntitle: x  \n\n\nrole: chapter\n---\n\ntext\n"),
        ("$$\na  \n\n\n= b\n$$\n", "$$\na  \n\n\n= b\n$$\n"),
        // Two lists of other marks are two lists, and stay so.
        ("* a\n\n- b\n", "* a\n\n- b\n"),
        ("", ""),
    ] {
        assert_eq!(formatted("en", text, false), wanted, "{text:?}");
    }
}

#[test]
fn each_sentence_has_a_line() {
    let zh = "灯在桌上亮了十二年。没有人\n把它熄灭。\n\n- 第一。第二。\n";
    assert_eq!(formatted("zh", zh, true), "灯在桌上亮了十二年。\n没有人把它熄灭。\n\n- 第一。第二。\n");
    let en =
        "The lamp burned. Nobody [put\nit out](https://a.example/b. c). It rained.  \nA break.\n\nOne line. Two.\n";
    assert_eq!(formatted("en", "One\nline. Two.\n", true), "One line.\nTwo.\n");
    keeps_the_law("en", en, true).expect("the law");
    assert_eq!(formatted("zh", zh, false), zh);
}

fn chapters(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            chapters(&path, found);
        } else if path.extension().is_some_and(|end| end == "md") {
            found.push(path);
        }
    }
}

#[test]
fn every_manuscript_of_the_repository_says_what_it_said() {
    let mut all = Vec::new();
    for folder in ["manuscript", "examples", "tests/books"] {
        chapters(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut all);
    }
    assert!(all.len() > 40, "{}", all.len());
    for path in all {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let tag = if path.components().any(|part| part.as_os_str() == "en") { "en" } else { "zh" };
        for sentences in [false, true] {
            keeps_the_law(tag, &text, sentences).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        }
    }
}

/// Pieces of chapters in any order.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "灯在桌上亮了十二年。",
        "没有人把它熄灭。",
        "The lamp burned for twelve years. ",
        "Dr. Ash saw it (p. 3). ",
        "word",
        "**bold. text**",
        "[a. b](#x)",
        "`a. b`",
        "$a. b$",
        "[^n]",
        "\n[^n]: A note.\n",
        "  ",
        " ",
        "\n",
        "\n\n",
        "\n\n\n",
        "  \n",
        "\\\n",
        "# T\n",
        "## H\n",
        "* ",
        "+ ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "---\n",
        "***\n",
        "```\n",
        "$$\n",
        ":::tip\n",
        ":::poem\n",
        ":::\n",
        "| a | b |\n|---|---|\n| c. d | e |\n",
        "<!-- dama: allow number: x -->\n",
        "<!--\n",
        "-->\n",
        "\u{3000}",
        "\r\n",
        "\t",
    ]);
    proptest::collection::vec(known, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_says_what_it_said(text in pieces(), chinese in any::<bool>(), sentences in any::<bool>()) {
        let tag = if chinese { "zh" } else { "en" };
        keeps_the_law(tag, &text, sentences).map_err(TestCaseError::fail)?;
    }
}
