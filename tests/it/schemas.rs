//! The published schemas: the same as the program prints, as its parsers read, and as its output is.

#[cfg(feature = "pages")]
mod built;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{dama_pub, root};

fn schema(subject: &str) -> (String, Value) {
    let output = dama_pub(root(), &["schema", subject]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let value = serde_json::from_str(&text).expect("JSON");
    (text, value)
}

#[test]
fn what_is_published_is_what_the_program_prints() {
    for subject in ["book", "glossary", "diagnostics", "release", "verification"] {
        let (text, value) = schema(subject);
        jsonschema::meta::validate(&value).expect("a schema of its draft");
        let path = root().join(format!("docs/schemas/{subject}.schema.json"));
        if crate::command::writes_references() {
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
    for layout in ["book", "handbook", "report", "parallel"] {
        let dir = tempfile::tempdir().expect("a temporary folder");
        assert!(dama_pub(dir.path(), &["new", "x", "--layout", layout]).status.success());
        let text = fs::read_to_string(dir.path().join("x/manuscript/book.yaml")).expect("it was written");
        assert_eq!(errors(&schema, &text), [""; 0], "{layout}");
    }
}

/// The keys that the parsers of `book.yaml` take, by their source.
#[test]
fn the_schema_knows_the_keys_of_the_parser() {
    let (text, _) = schema("book");
    let mut keys = 0;
    for entry in fs::read_dir(root().join("src/manuscript/config")).expect("sources").flatten() {
        let name = entry.file_name().into_string().expect("ASCII");
        if name.ends_with("tests.rs") {
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
