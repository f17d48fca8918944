//! The pages of the checks are their tests: the blocks `zh` and `en` are checked against each other and must give
//! exactly the block `findings`, a line each: language, line, check.

use std::collections::BTreeMap;

use super::CHECKS;
use crate::manuscript;
use crate::source::{Files, ReadError, Sources};

struct Memory(BTreeMap<String, String>);

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or(ReadError::NotFound)
    }

    fn list(&self, dir: &str) -> Vec<String> {
        let prefix = format!("{dir}/");
        self.0
            .keys()
            .filter_map(|path| path.strip_prefix(&prefix))
            .filter(|n| !n.contains('/'))
            .map(str::to_owned)
            .collect()
    }
}

/// Checks that look at each language alone.
const ALONE: [&str; 11] = [
    "leftover-chinese",
    "leftover-english",
    "wrong-script",
    "half-width-punctuation",
    "full-width-punctuation",
    "straight-quotes",
    "spaces",
    "ellipsis-and-dash",
    "unpaired-marks",
    "cjk-latin-space",
    "emphasis-markers",
];

const TITLE: &str = "---\ntitle: T\n---\n";

#[test]
fn pages_have_the_fixed_headings() {
    for check in CHECKS {
        let mut inside = false;
        let prose = check.docs.lines().filter(|line| {
            let fence = line.starts_with("```");
            inside ^= fence;
            !inside && !fence
        });
        let headings: Vec<&str> = prose.filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, ["What it does", "Why it matters", "Example", "How to fix", "Limits"], "{}", check.name);
        assert_eq!(check.docs.lines().next(), Some(format!("# {}", check.name).as_str()));
    }
}

#[test]
fn examples_give_their_findings() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for check in CHECKS {
        let Some(expected) = fenced(check.docs, "findings") else { continue };
        tried += 1;
        let zh = fenced(check.docs, "zh").expect("a page with findings has a zh example");
        let en = fenced(check.docs, "en").expect("a page with findings has an en example");
        let glossary = fenced(check.docs, "glossary");
        let found = findings(&zh, &en, "en", glossary.as_deref());
        if found != expected.trim() {
            wrong.push(format!("{}: {found:?} and not {:?}", check.name, expected.trim()));
        }
        // What a text shows without its translation it shows again.
        let alone = findings(&zh, &zh, "zh-Hans", None);
        if let Some(line) = alone.lines().find(|line| !ALONE.iter().any(|name| line.ends_with(name))) {
            wrong.push(format!("{}: a text does not agree with itself: {line}", check.name));
        }
    }
    assert!(tried >= 5);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn findings(zh: &str, target: &str, lang: &str, glossary: Option<&str>) -> String {
    let mut files = BTreeMap::from([
        (
            "manuscript/book.yaml".to_owned(),
            format!("title: T\nlanguages: [zh, {lang}]\ndate: 2026-01-01\nlayout: report\n"),
        ),
        ("manuscript/zh/a.md".to_owned(), format!("{TITLE}{zh}")),
        (format!("manuscript/{lang}/a.md"), format!("{TITLE}{target}")),
    ]);
    files.extend(glossary.map(|terms| ("manuscript/glossary.yaml".to_owned(), terms.to_owned())));
    let files = Memory(files);
    let mut sources = Sources::default();
    let config = manuscript::load_config(&files, &mut sources);
    assert!(config.diagnostics.is_empty(), "{:?}", config.diagnostics);
    let book = manuscript::load_book(&files, &mut sources, config.value.expect("the book is sound"), &[]);
    assert!(book.diagnostics.is_empty(), "{:?}", book.diagnostics);
    let lines: Vec<String> = crate::check(&book.value, &sources)
        .iter()
        .map(|finding| {
            let span = finding.primary.as_ref().expect("every finding has a place").span;
            let file = sources.get(span.file);
            let lang = file.path().split('/').nth(1).unwrap_or_default();
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
