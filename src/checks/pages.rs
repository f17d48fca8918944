//! The pages of the checks are their tests: the blocks `zh` and `en` are checked against each other and must give
//! exactly the block `findings`, a line each: language, line, check. A block `reviewed` is the record of sign-offs, a block
//! `comments` what reviewers said, a block `glossary` the termbase. Blocks `zh-file` and `en-file` are two files outside a book, for what would need more files
//! there, such as pictures.

#![expect(clippy::disallowed_methods, reason = "a test reads the files of the repository")]

use std::collections::BTreeMap;

use super::CHECKS;
use crate::diagnostic::{Diagnostic, Severity};
use crate::manuscript;
use crate::message::Locale;
use crate::model::{Book, Lang};
use crate::source::Sources;

/// Checks that look at each language alone.
const ALONE: [&str; 18] = [
    "isbn",
    "decorative-figure",
    "table-header",
    "wide-table",
    "table-caption",
    "long-note",
    "leftover-chinese",
    "leftover-english",
    "wrong-script",
    "half-width-punctuation",
    "full-width-punctuation",
    "full-width-letters",
    "straight-quotes",
    "spaces",
    "ellipsis-and-dash",
    "unpaired-marks",
    "cjk-latin-space",
    "full-width-indent",
];

const TITLE: &str = "---\ntitle: T\n---\n";

#[test]
fn pages_have_the_fixed_headings() {
    for check in CHECKS {
        let mut inside = false;
        let prose = check.page.english.lines().filter(|line| {
            let fence = line.starts_with("```");
            inside ^= fence;
            !inside && !fence
        });
        let headings: Vec<&str> = prose.filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, ["What it does", "Why it matters", "Example", "How to fix", "Limits"], "{}", check.name);
        assert_eq!(check.page.english.lines().next(), Some(format!("# {}", check.name).as_str()));
    }
}

#[test]
fn chinese_pages_have_the_fixed_headings() {
    for check in CHECKS {
        let headings: Vec<&str> = check.page.chinese.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, ["查什么", "为什么要紧", "怎样改", "局限"], "{}", check.name);
        assert_eq!(check.page.chinese.lines().next(), check.page.english.lines().next());
        let why = check.page.why(Locale::Chinese);
        assert!(why.ends_with('。'), "{}: {why}", check.name);
        let page = check.page.text(Locale::Chinese);
        assert_eq!(
            page.matches("```findings").count(),
            check.page.english.matches("```findings").count(),
            "{}",
            check.name
        );
    }
}

#[test]
fn a_group_is_a_folder() {
    let checks = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks");
    for check in CHECKS {
        let page = checks.join(check.group).join(format!("{}.md", check.name.as_str().replace('-', "_")));
        assert!(page.is_file(), "{} is there", page.display());
    }
}

#[test]
fn examples_give_their_findings() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for check in CHECKS {
        let Some(expected) = fenced(check.page.english, "findings") else { continue };
        tried += 1;
        let example = |info: &str| fenced(check.page.english, info);
        // Beside its own findings an example must give the errors of other checks, and what else it names.
        let shown = |found: &Diagnostic| {
            found.check == check.name || found.severity == Severity::Error || expected.contains(found.check.as_str())
        };
        let found = if let (Some(zh), Some(en)) = (example("zh-file"), example("en-file")) {
            of_files(&zh, &en, &shown)
        } else {
            let zh = example("zh").expect("a page with findings has a zh example");
            let en = example("en").expect("a page with findings has an en example");
            // What a text shows without its translation it shows again.
            let alone = findings([&zh, &zh], "zh-Hans", [None, None, None], &|_| true);
            if let Some(line) = alone.lines().find(|line| !ALONE.iter().any(|name| line.ends_with(name))) {
                wrong.push(format!("{}: a text does not agree with itself: {line}", check.name));
            }
            findings([&zh, &en], "en", [example("reviewed"), example("comments"), example("glossary")], &shown)
        };
        if found != expected.trim() {
            wrong.push(format!("{}: expected\n{}\nand not\n{found}\n", check.name, expected.trim()));
        }
    }
    assert!(tried >= 50, "{tried} examples");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Which findings count.
type Shown<'s> = &'s dyn Fn(&Diagnostic) -> bool;

fn findings(
    [zh, target]: [&str; 2],
    lang: &str,
    [reviewed, comments, glossary]: [Option<String>; 3],
    shown: Shown<'_>,
) -> String {
    let mut files = BTreeMap::from([
        (
            "manuscript/book.yaml".to_owned(),
            format!("title: T\nlanguages: [zh, {lang}]\ndate: 2026-01-01\nlayout: report\n"),
        ),
        ("manuscript/zh/a.md".to_owned(), format!("{TITLE}{zh}")),
        (format!("manuscript/{lang}/a.md"), format!("{TITLE}{target}")),
        ("manuscript/images/a.svg".to_owned(), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned()),
    ]);
    files.extend(reviewed.map(|record| (manuscript::REVIEWED_FILE.to_owned(), record)));
    files.extend(comments.map(|comments| (manuscript::COMMENTS_FILE.to_owned(), comments)));
    files.extend(glossary.map(|terms| ("manuscript/glossary.yaml".to_owned(), terms)));
    let mut sources = Sources::default();
    let config = manuscript::load_config(&files, &mut sources);
    assert!(config.diagnostics.is_empty(), "{:?}", config.diagnostics);
    let book = manuscript::load_book(&files, &mut sources, config.value.expect("the book is sound"), Some(&[]));
    assert!(book.diagnostics.is_empty(), "{:?}", book.diagnostics);
    said(&book.value, &sources, shown)
}

fn of_files(zh: &str, en: &str, shown: Shown<'_>) -> String {
    let mut sources = Sources::default();
    let lang = |tag| Lang::new(tag).expect("a good tag");
    let files =
        [("text/zh/a.md", zh), ("text/en/a.md", en)].map(|(path, text)| (path.to_owned(), format!("{TITLE}{text}")));
    let book = manuscript::load_pair(&mut sources, files, [lang("zh"), lang("en")], None);
    said(&book.value, &sources, shown)
}

fn said(book: &Book, sources: &Sources, shown: Shown<'_>) -> String {
    let lines: Vec<String> = crate::checks::check(book, sources)
        .open
        .iter()
        .filter(|finding| shown(finding))
        .map(|finding| {
            let span = finding.primary.as_ref().expect("every finding has a place").span;
            let file = sources.get(span.file);
            let name = file.path().split('/').nth(1).unwrap_or_default();
            if let Some(name) = name.strip_suffix(".yaml") {
                return format!("{name}:{} {}", file.position(span.start).line, finding.check);
            }
            let lang = name;
            format!("{lang}:{} {}", file.position(span.start).line - TITLE.lines().count(), finding.check)
        })
        .collect();
    lines.join("\n")
}

/// The text of the first fenced block with an info word.
fn fenced(page: &str, info: &str) -> Option<String> {
    let mut lines = page.lines();
    let fence = lines.find_map(|line| {
        let ticks = line.len() - line.trim_start_matches('`').len();
        (ticks >= 3 && &line[ticks..] == info).then(|| "`".repeat(ticks))
    })?;
    Some(lines.take_while(|line| **line != fence).map(|line| format!("{line}\n")).collect())
}
