//! Pairs of paragraphs whose values agree or differ: what the checks of values say of each.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dama_pub::checks::named;
use dama_pub::diagnostic::Severity;
use dama_pub::source::Sources;

const BOOK: &str = "title: 书\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: book\n";

/// The checks of values that find something, each with its level.
fn found(zh: &str, en: &str) -> Vec<(String, Severity)> {
    let chapter = |text: &str| format!("---\ntitle: 1\n---\n\n{text}\n");
    let files = BTreeMap::from([
        ("manuscript/book.yaml".to_owned(), BOOK.to_owned()),
        ("manuscript/zh/01.md".to_owned(), chapter(zh)),
        ("manuscript/en/01.md".to_owned(), chapter(en)),
    ]);
    let mut sources = Sources::default();
    let (book, _) = dama_pub::load(&files, &mut sources).take(&mut Vec::new()).expect("a book");
    let open = dama_pub::check(&book, &sources).open.into_iter();
    let values = open.filter(|found| named(found.check.as_str()).is_some_and(|check| check.group == "values"));
    values.map(|found| (found.check.as_str().to_owned(), found.severity)).collect()
}

#[test]
fn pairs_of_values_are_judged_as_an_editor_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/values/drift.tsv");
    let text = fs::read_to_string(path).expect("the pairs");
    let mut wrong = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let [expected, zh, en] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("no pair: {line}") };
        let found = found(zh, en);
        let right = match expected {
            "ok" => found.iter().all(|(_, severity)| *severity < Severity::Warning),
            checks => found.iter().any(|(check, _)| checks.split('|').any(|wanted| wanted == check)),
        };
        if !right {
            wrong.push(format!("{line}\n  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
