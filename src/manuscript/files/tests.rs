//! Folders held in memory.

use std::collections::BTreeMap;

use crate::manuscript::{load_book, load_config};
use crate::model::Lang;
use crate::source::Sources;

/// The paths of the chapters of each language, and what is found: codes and messages.
fn load(languages: &str, more: &str, files: &[&str]) -> (Vec<Vec<String>>, Vec<String>) {
    let book = format!("title: T\nlanguages: {languages}\ndate: 2025-01-01\nlayout: report\n{more}");
    let mut memory = BTreeMap::from([("manuscript/book.yaml".to_owned(), book)]);
    memory.extend(files.iter().map(|path| (format!("manuscript/{path}"), "# T\n\nx\n".to_owned())));
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let config = load_config(&memory, &mut sources).take(&mut found).expect("a sound book.yaml");
    let langs: Vec<Lang> = config.languages().cloned().collect();
    let book = load_book(&memory, &mut sources, config, Some(&[])).take(&mut found);
    let paths = |lang: &Lang| {
        let paths = book.chapters(lang).iter().map(|chapter| chapter.path.trim_start_matches("manuscript/").to_owned());
        paths.collect::<Vec<_>>()
    };
    let found = found.iter().map(|found| format!("{}: {}", found.check, found.message));
    (langs.iter().map(paths).collect(), found.collect())
}

#[track_caller]
fn reads(files: &[&str], paths: &[&str]) -> Vec<String> {
    let (read, found) = load("[zh]", "", files);
    assert_eq!(read, [paths]);
    found
}

#[test]
fn markdown_is_read_whatever_its_ending_and_folder() {
    let found = reads(
        &["zh/01.md", "zh/02.MD", "zh/03.markdown", "zh/04/02.md", "zh/04/10.Md", "zh/images/a.png"],
        &["zh/01.md", "zh/02.MD", "zh/03.markdown", "zh/04/02.md", "zh/04/10.Md"],
    );
    assert_eq!(found, [""; 0]);
}

#[test]
fn chapters_are_in_the_order_of_their_numbers() {
    assert_eq!(reads(&["zh/1.md", "zh/10.md", "zh/2.md"], &["zh/1.md", "zh/2.md", "zh/10.md"]), [""; 0]);
    let chinese = ["zh/第一章.md", "zh/第三章.md", "zh/第二章.md", "zh/第十一章.md"];
    assert_eq!(reads(&chinese, &[chinese[0], chinese[2], chinese[1], chinese[3]]), [""; 0]);
}

#[test]
fn what_is_not_read_is_named() {
    let found = reads(&["zh/01.md", "zh/02.docx", "zh/a/03.txt", "zh/notes", "02.md", "README.md"], &["zh/01.md"]);
    assert_eq!(
        found,
        [
            "ignored-file: 3 files in manuscript/zh are not read: `02.docx`, `notes`, `a/03.txt`",
            "ignored-file: 1 file in manuscript is not read: `02.md`",
        ]
    );
    let left = ["zh/01.md", "zh/~$02.docx", "zh/Thumbs.db", "zh/02.md~", "zh/02.swp", "zh/a.jpg", "zh/a/data.csv"];
    assert_eq!(reads(&left, &["zh/01.md"]), [""; 0]);
    let found = reads(&["zh/01.md", "zh/01.markdown"], &["zh/01.md"]);
    assert_eq!(
        found,
        ["ignored-file: manuscript/zh/01.markdown is not read: manuscript/zh/01.md is the chapter of this name"]
    );
}

#[test]
fn a_doubtful_order_is_told() {
    let tells = |files: &[&str], what: &str| {
        let (_, found) = load("[zh]", "", files);
        assert!(found.iter().any(|found| found.starts_with("chapter-order:") && found.contains(what)), "{found:?}");
        assert_eq!(found.len(), 1, "{found:?}");
    };
    tells(&["zh/01.md", "zh/02.md", "zh/preface.md"], "`preface` has none");
    tells(&["zh/第一章.md", "zh/2.md"], "`2` and `第一章` are numbered in two ways");
    tells(&["zh/03-a.md", "zh/03-b.md"], "`03-a` and `03-b` have the same number");
    tells(&["zh/3.md", "zh/03.md"], "have the same number");
    let (_, found) = load("[zh]", "parts: [preface, '01']\n", &["zh/01.md", "zh/preface.md"]);
    assert_eq!(found, [""; 0], "the book says the order");
    for plain in [&["zh/preface.md", "zh/a.md"][..], &["zh/01-a.md", "zh/02-b/01.md", "zh/02-b/02.md"]] {
        assert_eq!(load("[zh]", "", plain).1, [""; 0]);
    }
}

#[test]
fn a_folder_may_have_another_tag_of_its_language() {
    for (languages, folders) in [
        ("[zh-CN, en]", ["zh", "en"]),
        ("[zh, en]", ["zh-CN", "en-US"]),
        ("[zh, en]", ["zh_Hans", "EN"]),
        ("[zh-Hant, en-GB]", ["zh", "en"]),
        ("[zh-CN, zh-TW]", ["zh-Hans", "zh-Hant"]),
        ("[zh-CN, zh-TW]", ["zh", "zh-TW"]),
    ] {
        let files = folders.map(|folder| format!("{folder}/01.md"));
        let (read, found) = load(languages, "", &[&files[0], &files[1]]);
        assert_eq!(read, files.map(|file| vec![file]), "{languages}");
        assert_eq!(found, [""; 0], "{languages}");
    }
}

#[test]
fn a_doubtful_folder_is_named() {
    let (_, found) = load("[zh, en]", "", &["zh/01.md", "zh-CN/01.md", "en/01.md"]);
    assert_eq!(
        found,
        ["language-folder: Chinese has more than one folder: manuscript/zh and manuscript/zh-CN"],
        "both are named"
    );
    let (_, found) = load("[zh, en]", "", &["zh/01.md", "english/01.md"]);
    assert!(found[0].starts_with("language-folder: the folder manuscript/english is not read"), "{found:?}");
    let (_, found) = load("[zh]", "", &["zh/01.md", "fr/01.md", "notes/a.md"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("manuscript/fr is not read"), "{found:?}");
}

#[test]
fn a_translation_that_has_not_begun_is_one_warning() {
    let (read, found) = load("[zh, en]", "", &["zh/01.md", "zh/02.md"]);
    assert_eq!(read[1], [""; 0]);
    assert_eq!(found, ["no-chapters: the book has no chapters in English yet: its editions are not made"]);
    let (_, found) = load("[zh, en]", "editions: [en]\n", &["zh/01.md"]);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn a_name_that_commands_a_terminal_is_refused() {
    for name in
        ["02\n::error::x.md", "02\u{1b}[31m.md", "02\u{202e}.md", "02\u{9b}.md", "02\u{2028}.txt", "02\u{7}/03.md"]
    {
        let found = reads(&["zh/01.md", &format!("zh/{name}")], &["zh/01.md"]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("ignored-file: 1 file in manuscript/zh is not read: `02"), "{found:?}");
        assert!(!found[0].contains(crate::message::is_command), "{found:?}");
    }
}

#[test]
fn a_folder_that_looks_like_a_chapter_is_named() {
    let found = reads(&["zh/01.md", "zh/02.md/a.png"], &["zh/01.md"]);
    assert_eq!(found, ["ignored-file: 1 file in manuscript/zh is not read: `02.md/`"]);
    assert_eq!(reads(&["zh/01.md", "zh/02.md/03.md"], &["zh/01.md", "zh/02.md/03.md"]), [""; 0]);
    let deep = format!("zh/{}02.md", "a/".repeat(20));
    let found = reads(&["zh/01.md", &deep], &["zh/01.md"]);
    assert!(found.len() == 1 && found[0].starts_with("ignored-file: 1 file"), "{found:?}");
}
