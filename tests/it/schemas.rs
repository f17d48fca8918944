//! The published schemas: the same as the program prints, as its parsers read, and as its output is.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{copy_dir, dama_pub, said};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema(subject: &str) -> (String, Value) {
    let output = dama_pub(root(), &["schema", subject]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let value = serde_json::from_str(&text).expect("JSON");
    (text, value)
}

#[test]
fn what_is_published_is_what_the_program_prints() {
    for subject in ["book", "glossary", "diagnostics"] {
        let (text, value) = schema(subject);
        jsonschema::meta::validate(&value).expect("a schema of its draft");
        let path = root().join(format!("docs/schemas/{subject}.schema.json"));
        if std::env::var_os("UPDATE_REF").is_some() {
            fs::write(&path, &text).expect("it can be written");
        }
        let published = fs::read_to_string(&path).unwrap_or_default();
        assert!(published == text, "{} is out of date: UPDATE_REF=1 make test writes it anew", path.display());
    }
}

/// Every `book.yaml` of the project.
fn books() -> Vec<PathBuf> {
    let tests = fs::read_dir(root().join("tests/books")).expect("books").flatten().map(|entry| entry.path());
    tests.chain([root().to_owned()]).map(|dir| dir.join("manuscript/book.yaml")).filter(|path| path.is_file()).collect()
}

fn errors(schema: &Value, text: &str) -> Vec<String> {
    let yaml: Value = serde_yaml::from_str(text).expect("YAML");
    let validator = jsonschema::validator_for(schema).expect("a sound schema");
    validator.iter_errors(&yaml).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_good_book_fits_the_schema() {
    let (_, schema) = schema("book");
    let mut fit = 0;
    for path in books() {
        let text = fs::read_to_string(&path).expect("it is there");
        let bad = path
            .parent()
            .and_then(Path::parent)
            .is_some_and(|book| ["bad-yaml", "unknown-key", "forms"].iter().any(|name| book.ends_with(name)));
        if bad {
            continue;
        }
        assert_eq!(errors(&schema, &text), [""; 0], "{}", path.display());
        fit += 1;
    }
    assert!(fit > 10, "{fit} books");
    for layout in ["book", "report", "parallel"] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        assert!(dama_pub(dir.path(), &["new", "x", "--layout", layout]).status.success());
        let text = fs::read_to_string(dir.path().join("x/manuscript/book.yaml")).expect("it was written");
        assert_eq!(errors(&schema, &text), [""; 0], "{layout}");
    }
}

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

/// The keys that the parsers of `book.yaml` take, by their source.
#[test]
fn the_schema_knows_the_keys_of_the_parser() {
    let (text, _) = schema("book");
    let mut keys = 0;
    for entry in fs::read_dir(root().join("src/manuscript")).expect("sources").flatten() {
        let name = entry.file_name().into_string().expect("ASCII");
        if !name.starts_with("config") || name.contains("tests") {
            continue;
        }
        let source = fs::read_to_string(entry.path()).expect("text");
        for call in ["fields.take(\"", "fields.text(\"", "&mut fields, \"", "length(\"", "number(\""] {
            for rest in source.split(call).skip(1) {
                let key = rest.split('"').next().expect("a key");
                assert!(text.contains(&format!("\"{key}\":")), "{name} reads ‘{key}’, the schema does not know it");
                keys += 1;
            }
        }
    }
    assert!(keys > 35, "{keys} keys");
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

#[test]
fn completions_and_pages_of_the_manual_are_whole() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = dama_pub(root(), &["completions", shell]);
        let script = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(script.contains("message-format") && script.contains("watch"), "{shell}");
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    assert!(dama_pub(dir.path(), &["man", "--out", "man1"]).status.success());
    let help = dama_pub(dir.path(), &["help"]);
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for command in listed.filter_map(|line| line.split_whitespace().next()).filter(|command| *command != "help") {
        let page = fs::read_to_string(dir.path().join(format!("man1/dama-pub-{command}.1"))).unwrap_or_default();
        assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{command}: {page}");
    }
}
