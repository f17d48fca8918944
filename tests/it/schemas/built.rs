//! What `build` takes and prints.

use std::fs;

use serde_json::Value;

use super::{errors, schema};
use crate::command::{copy_dir, dama_pub, root, said};

#[test]
fn what_the_program_refuses_the_schema_refuses() {
    let (_, schema) = schema("book");
    let good = "title: T\nlanguages: [zh]\ndate: 2026-03-01\nlayout: book\n";
    assert_eq!(errors(&schema, good), [""; 0]);
    for (line, wanted) in [
        ("titel: x", "titel"),
        ("pdf: {profiles: [paper]}", "paper"),
        ("checks: {nummber: off}", "nummber"),
        ("slug: A B", "A B"),
        ("cover: {leaf: thick}", "thick"),
        ("epub: {accessibility: {conforms-to: wcag-9, certified-by: x}}", "wcag-9"),
        ("editions: [zh, zh]", "unique"),
        ("subtitle: {ja: x}", "ja"),
    ] {
        let text = format!("{good}{line}\n");
        let said = errors(&schema, &text).join("\n");
        assert!(said.contains(wanted), "{line}: {said}");
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(dir.path().join("manuscript/zh")).expect("a folder");
        fs::write(dir.path().join("manuscript/book.yaml"), &text).expect("a file");
        fs::write(dir.path().join("manuscript/zh/01-a.md"), "---\ntitle: 起\n---\n文。\n").expect("a file");
        let output = dama_pub(dir.path(), &["build", "--format", "epub"]);
        // A name that no check has is a warning of `check`; an edition named twice is made once.
        let taken = ["nummber", "unique"].iter().any(|lenient| said.contains(lenient));
        assert!(!output.status.success() || taken, "the program takes {line}");
    }
    let options = format!("{}layout: {{name: book, options: {{trimm: a5}}}}\n", good.replace("layout: book\n", ""));
    assert!(!errors(&schema, &options).is_empty(), "an option that the layout does not have");
}

#[test]
fn a_termbase_fits_its_schema_where_the_program_takes_it() {
    let (_, schema) = schema("glossary");
    let of_publication = fs::read_to_string(root().join("manuscript/glossary.yaml")).expect("a termbase");
    assert_eq!(errors(&schema, &of_publication), [""; 0]);
    for (text, good) in [
        (
            "- {zh: 油灯, en: oil lamp, variants: {en: [oil lamps]}, forbidden: {en: [gas lamp]}, note: x, pos: n, id: lamp}\n",
            true,
        ),
        ("- zh: 三\n  en: 3\n", true),
        ("# none yet\n", true),
        ("- {zh: 灯, en: lamp, variant: {en: [lamps]}}\n", false),
        ("- {zh: 灯, en: lamp, variants: {en: lamps}}\n", false),
        ("- {zh: 灯, en: lamp, forbidden: [gas lamp]}\n", false),
        ("zh: 灯\nen: lamp\n", false),
    ] {
        assert_eq!(errors(&schema, text).is_empty(), good, "{text}");
        let dir = tempfile::tempdir().expect("a temporary folder");
        copy_dir(&root().join("tests/books/minimal"), dir.path());
        fs::write(dir.path().join("manuscript/glossary.yaml"), text).expect("a file");
        let output = dama_pub(dir.path(), &["build", "--format", "epub"]);
        assert_eq!(output.status.success(), good, "{text}: {}", said(&output));
    }
}

#[test]
fn findings_of_build_and_check_fit_their_schema() {
    let (_, schema) = schema("diagnostics");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    let mut findings = 0;
    for (name, args) in [
        ("drift", &["check", "--format", "json"][..]),
        ("unknown-key", &["build", "--message-format", "json"]),
        ("tofu", &["build", "--message-format", "json"]),
        ("minimal", &["build", "--message-format", "json"]),
    ] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        copy_dir(&root().join("tests/books").join(name), dir.path());
        let output = dama_pub(dir.path(), args);
        let value: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
        let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(wrong, [""; 0], "{name}");
        findings += value["findings"].as_array().expect("findings").len();
    }
    assert!(findings > 3, "{findings}");
}

#[test]
fn build_speaks_the_forms_of_check() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    copy_dir(&root().join("tests/books/tofu"), dir.path());
    let output = dama_pub(dir.path(), &["build", "--message-format", "sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).expect("SARIF is JSON");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "missing-glyph", "{log}");
    let output = dama_pub(dir.path(), &["build", "--message-format", "github"]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("::error file=manuscript/"), "{text}");
    assert_eq!(output.status.code(), Some(1));
}
