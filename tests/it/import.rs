//! Manuscripts of other programs become books.

use std::fs;
use std::path::Path;

use dama_pub::import::docx;

use crate::command::{dama_pub, printed, said};

/// A Word document of paragraphs; those that begin with `#` are headings.
fn word(path: &Path, paragraphs: &[&str]) {
    let paragraph = |text: &&str| match text.strip_prefix("# ") {
        Some(title) => {
            format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>")
        }
        None => format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"),
    };
    let body: String = paragraphs.iter().map(paragraph).collect();
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    fs::write(path, docx::packed(&xml)).expect("a file");
}

#[test]
fn a_missing_paragraph_and_a_wrong_number_of_two_word_files_are_found() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let zh = [
        "# 油灯",
        "城里有12盏油灯，每盏灯每晚用油很少。",
        "灯油有两种：菜油和茶油。",
        "全城的人都来看，有人以为着了火。",
    ];
    let en = [
        "# Oil lamps",
        "There are 21 oil lamps in the city, and each of them uses little oil a night.",
        "There are two kinds of lamp oil: rapeseed oil and tea-seed oil.",
    ];
    word(&dir.path().join("zh.docx"), &zh);
    word(&dir.path().join("en.docx"), &en);
    let args = ["import", "zh.docx", "--translation", "en.docx", "--as", "lamps", "--report", "report.json"];
    let imported = dama_pub(dir.path(), &args);
    assert_eq!(imported.status.code(), Some(0), "{}", said(&imported));
    assert!(dir.path().join("lamps/manuscript/zh/01-油灯.md").is_file());
    assert!(dir.path().join("lamps/manuscript/en/01-油灯.md").is_file());
    let report = fs::read_to_string(dir.path().join("report.json")).expect("a report");
    assert!(report.contains("\"pairs\": 3"), "{report}");
    let checked = dama_pub(&dir.path().join("lamps"), &["check", "--format", "short"]);
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(text.contains("missing-block") && text.contains("[number]"), "{text}");
}

#[test]
fn a_book_that_is_there_is_not_written_over() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    word(&dir.path().join("zh.docx"), &["# 灯", "城里有灯。"]);
    let run = |args: &[&str]| dama_pub(dir.path(), args).status.code();
    assert_eq!(run(&["import", "zh.docx"]), Some(0));
    assert_eq!(run(&["import", "zh.docx"]), Some(2));
    let book = dir.path().join("zh/manuscript/book.yaml");
    fs::write(&book, "title: 灯\n").expect("a file");
    assert_eq!(run(&["import", "zh.docx", "--into", "zh"]), Some(0));
    assert_eq!(fs::read_to_string(book).expect("the book"), "title: 灯\n");
}

#[test]
fn what_is_no_word_document_is_refused_with_what_helps() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::write(dir.path().join("old.doc"), [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]).expect("a file");
    fs::write(dir.path().join("text.xyz"), "text").expect("a file");
    let run = |name: &str| dama_pub(dir.path(), &["import", name]);
    let (old, other) = (run("old.doc"), run("text.xyz"));
    assert_eq!((old.status.code(), other.status.code()), (Some(2), Some(2)));
    assert!(said(&old).contains("save it as a Word document"), "{}", said(&old));
    assert!(said(&other).contains("in no form that is read"), "{}", said(&other));
}

#[test]
fn a_trial_run_writes_nothing_and_prints_the_style_map_alone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    word(&dir.path().join("zh.docx"), &["# 第一章　灯", "城里有灯。"]);
    let tried = dama_pub(dir.path(), &["import", "zh.docx", "--dry-run"]);
    fs::write(dir.path().join("styles.yaml"), &tried.stdout).expect("a file");
    assert!(!dir.path().join("zh").exists());
    let mapped = dama_pub(dir.path(), &["import", "zh.docx", "--style-map", "styles.yaml"]);
    assert_eq!(mapped.status.code(), Some(0), "{}", said(&mapped));
}

#[test]
fn a_book_of_mdbook_and_its_translation_become_one_book() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("lamps/book.toml", "[book]\ntitle = \"Lamps\"\nlanguage = \"en\"\n");
    write("lamps/src/SUMMARY.md", "# Light\n\n- [Oil](oil.md)\n");
    write("lamps/src/oil.md", "# Oil\n\nA lamp burns 25 grams an hour.\n\nA clean wick gives a steady flame.\n");
    write("lamps-zh/book.toml", "[book]\ntitle = \"灯火\"\nlanguage = \"zh\"\n");
    write("lamps-zh/src/SUMMARY.md", "# 光\n\n- [灯油](oil.md)\n");
    write("lamps-zh/src/oil.md", "# 灯油\n\n一盏灯每小时烧26克。\n\n<script>x</script>\n");
    let imported = dama_pub(dir.path(), &["import", "lamps", "--translation", "lamps-zh"]);
    assert_eq!(imported.status.code(), Some(0), "{}", said(&imported));
    assert!(printed(&imported).contains("src/oil.md:5"), "{}", printed(&imported));
    let checked = dama_pub(&dir.path().join("lamps-book"), &["check", "--format", "short"]);
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(text.contains("missing-block") && text.contains("[number]"), "{text}");
}
