//! Of what `check` reports, and where it says it.

use std::path::Path;

use crate::command::{dama_pub, printed, program, said, write_book};

const CONFIG: &str =
    "title: {zh: 书, en: Book}\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: report\nchecks: {CHECKS}\n";

/// Three chapters: a number that differs and a comma of the wrong kind, a percentage that differs, and one without a fault.
fn book(checks: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config = CONFIG.replace("CHECKS", checks);
    let chapter = |title: &str, text: &str| format!("---\ntitle: {title}\n---\n\n{text}\n");
    let files = [
        ("manuscript/book.yaml", config),
        ("manuscript/zh/01-a.md", chapter("起", "共有12章,每章都不长。")),
        ("manuscript/en/01-a.md", chapter("Start", "There are 13 chapters, none of which is long.")),
        ("manuscript/zh/02-b.md", chapter("中", "其中18%是新的。")),
        ("manuscript/en/02-b.md", chapter("Middle", "Of these 81% are new.")),
        ("manuscript/zh/03-c.md", chapter("终", "到此为止。")),
        ("manuscript/en/03-c.md", chapter("End", "This is the end.")),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    write_book(dir.path(), &files);
    dir
}

/// The code and the file of each finding.
fn found(dir: &Path, args: &[&str]) -> Vec<String> {
    let output = dama_pub(dir, &[&["check", "--format", "short"], args].concat());
    let text = printed(&output);
    assert!(output.status.code() < Some(2), "{args:?}: {}", said(&output));
    let line = |line: &str| {
        let code = line.split_once('[')?.1.split_once(']')?.0;
        let file = line.split(':').next()?.rsplit_once("manuscript/")?.1;
        Some(format!("{code} {file}"))
    };
    text.lines().map(|text| line(text).unwrap_or_else(|| panic!("{text}"))).collect()
}

const COMMA: &str = "half-width-punctuation zh/01-a.md";
const NUMBER: &str = "number en/01-a.md";
const PERCENTAGE: &str = "percentage en/02-b.md";

#[test]
fn the_chapters_that_are_named_are_reported() {
    let dir = book("");
    assert_eq!(found(dir.path(), &[]), [COMMA, NUMBER, PERCENTAGE]);
    for named in ["01-a", "01-a.md", "zh/01-a.md", "zh/01-a", "manuscript/en/01-a.md", "./manuscript/zh/../en/01-a.md"]
    {
        assert_eq!(found(dir.path(), &[named]), [COMMA, NUMBER], "{named}");
    }
    assert_eq!(found(dir.path(), &["02-b", "zh/03-c.md"]), [PERCENTAGE]);
    assert_eq!(found(dir.path(), &["manuscript/en"]).len(), 3, "the chapters in a folder");
    assert_eq!(found(dir.path(), &["."]).len(), 3, "the folder of the book");
    assert_eq!(found(&dir.path().join("manuscript/zh"), &["02-b.md"]), [PERCENTAGE], "from where one stands");
    let above = dir.path().parent().expect("a folder above");
    let whole = dir.path().to_str().expect("UTF-8");
    assert_eq!(found(above, &[whole, "02-b"]), [PERCENTAGE]);
    assert_eq!(found(above, &[&format!("{whole}/manuscript/zh/02-b.md")]), [PERCENTAGE]);
    assert_eq!(found(dir.path(), &["book.yaml"]), [""; 0]);
}

#[test]
fn what_is_no_chapter_is_told() {
    let dir = book("");
    for (typed, why) in [
        ("02-c", "this book has no chapter ‘02-c’; did you mean ‘0"),
        ("02", "no chapter ‘02’; did you mean ‘02-b’?"),
        ("manuscript/xyzzyx.md", "no chapter ‘manuscript/xyzzyx.md’\n"),
        ("out/book-zh.pdf", "dama-pub check --pdf out/book-zh.pdf"),
    ] {
        let output = dama_pub(dir.path(), &["check", typed]);
        assert_eq!(output.status.code(), Some(2), "{typed}");
        assert!(said(&output).contains(why), "{typed}: {}", said(&output));
    }
}

#[test]
fn a_language_by_itself_is_compared_with_nothing() {
    let dir = book("");
    assert_eq!(found(dir.path(), &["--edition", "zh"]), [COMMA]);
    assert_eq!(found(dir.path(), &["--edition", "en"]), [""; 0]);
    for both in ["zh,en", "bilingual"] {
        assert_eq!(found(dir.path(), &["--edition", both]), [COMMA, NUMBER, PERCENTAGE]);
    }
    assert_eq!(found(dir.path(), &["--edition", "zh", "02-b"]), [""; 0]);
    let output = dama_pub(dir.path(), &["check", "--edition", "zhh"]);
    assert!(said(&output).contains("no edition `zhh`; did you mean `zh`?"), "{}", said(&output));
}

#[test]
fn a_language_without_text_is_no_matter_to_another() {
    let dir = book("");
    std::fs::remove_dir_all(dir.path().join("manuscript/en")).expect("the folder is there");
    let output = dama_pub(dir.path(), &["check", "--format", "short"]);
    assert!(printed(&output).contains("[no-chapters]"), "{}", printed(&output));
    assert_eq!(found(dir.path(), &["--edition", "zh"]), [COMMA]);
}

#[test]
fn a_waiver_for_the_other_language_is_not_called_unused() {
    let dir = book("");
    let zh = "---\ntitle: 起\n---\n\n<!-- dama: allow number: 原文如此 -->\n\n共有12章。\n";
    let en = "---\ntitle: Start\n---\n\nThere are 13 chapters.\n";
    let files = [("manuscript/zh/01-a.md", zh.as_bytes()), ("manuscript/en/01-a.md", en.as_bytes())];
    write_book(dir.path(), &files);
    assert_eq!(found(dir.path(), &["--edition", "zh"]), [""; 0]);
    assert_eq!(found(dir.path(), &["01-a"]), [""; 0]);
}

#[test]
fn codes_and_groups_are_selected_and_ignored() {
    let dir = book("percentage: off");
    assert_eq!(found(dir.path(), &[]), [COMMA, NUMBER]);
    assert_eq!(found(dir.path(), &["--select", "typography"]), [COMMA]);
    assert_eq!(found(dir.path(), &["--select", "number", "--select", "spaces"]), [NUMBER]);
    assert_eq!(found(dir.path(), &["--select", "number,percentage"]), [NUMBER, PERCENTAGE], "what is off is put on");
    assert_eq!(found(dir.path(), &["--ignore", "values"]), [COMMA]);
    assert_eq!(found(dir.path(), &["--select", "values", "--ignore", "number"]), [PERCENTAGE]);
    let output = dama_pub(dir.path(), &["check", "--select", "numbr", "--ignore", "valeus"]);
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(said.contains("`numbr`; did you mean `number`?") && said.contains("did you mean `values`?"), "{said}");
}

#[test]
fn every_form_reports_the_same() {
    let dir = book("");
    for form in ["human", "short", "json", "sarif", "github", "html"] {
        let output = dama_pub(dir.path(), &["check", "--format", form, "--select", "values", "02-b"]);
        let text = printed(&output);
        assert!(text.contains("81"), "{form}: {text}");
        assert!(!text.contains("01-a"), "{form}: {text}");
        assert_eq!(output.status.code(), Some(1), "{form}");
    }
}

#[test]
fn what_was_not_looked_at_stays_in_the_baseline() {
    let dir = book("");
    dama_pub(dir.path(), &["check", "--baseline", "01-a"]);
    assert_eq!(found(dir.path(), &[]), [PERCENTAGE]);
    dama_pub(dir.path(), &["check", "--baseline", "--select", "percentage"]);
    assert_eq!(found(dir.path(), &[]), [""; 0]);
    assert_eq!(found(dir.path(), &["--edition", "zh"]), [""; 0], "what one language cannot show is not called gone");
    assert_eq!(found(dir.path(), &["--no-baseline", "--ignore", "values"]), [COMMA]);
}

#[test]
fn only_what_is_reported_is_fixed() {
    let dir = book("");
    let text = || std::fs::read_to_string(dir.path().join("manuscript/zh/01-a.md")).expect("a chapter");
    dama_pub(dir.path(), &["check", "--fix=write", "02-b"]);
    dama_pub(dir.path(), &["check", "--fix=write", "--ignore", "typography"]);
    assert!(text().contains("12章,每章"), "{}", text());
    dama_pub(dir.path(), &["check", "--fix=write", "01-a", "--select", "half-width-punctuation"]);
    assert!(text().contains("12章，每章"), "{}", text());
}

#[test]
fn findings_are_the_result_and_how_it_went_is_not() {
    let dir = book("");
    let output = dama_pub(dir.path(), &["check"]);
    let text = printed(&output);
    assert!(text.contains("error[number]") && text.contains("by chapter"), "{text}");
    assert_eq!(said(&output).trim(), "checked 2 errors, 1 warning in 6 chapter files");
    let output = dama_pub(dir.path(), &["check", "--quiet"]);
    let text = printed(&output);
    assert!(text.contains("error[number]") && !text.contains("by chapter"), "{text}");
    assert_eq!(said(&output), "");
}

#[test]
fn a_report_is_as_wide_as_the_terminal() {
    let dir = book("");
    let long = format!("---\ntitle: 终\n---\n\n{}\n", "没有译文的长段落，它很长。".repeat(20));
    write_book(dir.path(), &[("manuscript/zh/03-c.md", long.as_bytes())]);
    for columns in ["60", "80"] {
        let width: usize = columns.parse().expect("a number");
        let output = program(dir.path(), &["check"]).env("COLUMNS", columns).output().expect("dama-pub starts");
        let text = printed(&output);
        let wide = |line: &&str| textwrap::core::display_width(line) > width;
        let wide: Vec<&str> = text.lines().filter(wide).collect();
        assert!(wide.is_empty(), "{columns}: {wide:#?}");
    }
}
