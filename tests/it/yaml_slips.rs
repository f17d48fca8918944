//! Slips in the YAML of a manuscript, and what is said of each: where, what, and how to fix it, in both languages.
//!
//! A case of `tests/yaml/slips.txt` is a file of a small book with one slip, or a few of a kind, and below it all that is
//! found in the file. `UPDATE_REF=1 make test` writes what is found anew: read the diff.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use dama_pub::diagnostic::Diagnostic;
use dama_pub::message::Locale;
use dama_pub::source::Sources;

/// How signs are written in the file that would not be seen there, or would change it.
const HIDDEN: [(&str, &str); 10] = [
    ("⟨tab⟩", "\t"),
    ("⟨cr⟩", "\r"),
    ("⟨bom⟩", "\u{feff}"),
    ("⟨nul⟩", "\0"),
    ("⟨U+0001⟩", "\u{1}"),
    ("⟨U+00A0⟩", "\u{a0}"),
    ("⟨U+200B⟩", "\u{200b}"),
    ("⟨U+2028⟩", "\u{2028}"),
    ("⟨U+3000⟩", "\u{3000}"),
    ("⟨deep⟩", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"),
];

const BOOK: &str = "title: 书\nlanguages: [zh]\ndate: 2026-03-01\nlayout: book\n";

struct Case<'t> {
    name: &'t str,
    path: &'t str,
    /// The file as `slips.txt` has it.
    shown: &'t str,
    said: &'t str,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let case = |case| -> Option<Case<'_>> {
        let (head, rest): (&str, &str) = str::split_once(case, '\n')?;
        let (path, name) = head.split_once(": ")?;
        let (shown, said) = rest.split_once("----\n")?;
        Some(Case { name, path, shown, said: said.trim_end() })
    };
    text.split("\n==== ").skip(1).map(|text| case(text).unwrap_or_else(|| panic!("no case: {text}"))).collect()
}

/// All that is found in the file of a case.
fn said(case: &Case<'_>) -> String {
    let text = HIDDEN.iter().fold(case.shown.to_owned(), |text, (shown, sign)| text.replace(shown, sign));
    let mut files = BTreeMap::from([
        ("manuscript/book.yaml".to_owned(), BOOK.to_owned()),
        ("manuscript/zh/01.md".to_owned(), "---\ntitle: 章\n---\n文。\n".to_owned()),
    ]);
    if let Some(name) = case.path.strip_prefix("layouts/").and_then(|path| path.strip_suffix("/layout.yaml")) {
        files.insert("manuscript/book.yaml".to_owned(), BOOK.replace("book", name));
        files.insert(format!("layouts/{name}/layout.typ"), String::new());
    }
    files.insert(case.path.to_owned(), text);
    let mut sources = Sources::default();
    let mut found = dama_pub::load(&files, &mut sources).diagnostics;
    dama_pub::diagnostic::sort(&mut found);
    let here = |found: &&Diagnostic| {
        let place = found.primary.as_ref().map(|label| sources.get(label.span.file).path());
        place == Some(case.path)
    };
    let said: Vec<String> = found.iter().filter(here).map(|found| report(found, &sources)).collect();
    if said.is_empty() { "nothing".to_owned() } else { said.join("\n") }
}

fn report(found: &Diagnostic, sources: &Sources) -> String {
    let span = found.primary.as_ref().expect("it has a place").span;
    let file = sources.get(span.file);
    let marked = &file.text()[span.range()];
    let marked = HIDDEN.iter().fold(marked.to_owned(), |text, (shown, sign)| text.replace(sign, shown));
    let mut text = format!("{} |{marked}| {}\n", file.position(span.start), found.severity.name());
    for locale in [Locale::English, Locale::Chinese] {
        text.push_str(&format!("  {}\n", locale.say(&found.message)));
        for label in &found.labels {
            text.push_str(&format!("    {} {}\n", file.position(label.span.start), locale.say(&label.text)));
        }
        for hint in &found.hints {
            text.push_str(&format!("    = {}\n", locale.say(hint)));
        }
    }
    text.trim_end().to_owned()
}

#[test]
fn each_slip_is_told_where_it_is_and_how_to_fix_it() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/yaml/slips.txt");
    let text = fs::read_to_string(&path).expect("the slips");
    let head = text.split("\n==== ").next().expect("a text has a beginning");
    let cases = cases(&text);
    assert!(cases.len() > 60, "{} cases", cases.len());
    let mut written = format!("{head}\n");
    let mut wrong = Vec::new();
    for case in &cases {
        let said = said(case);
        written.push_str(&format!("==== {}: {}\n{}----\n{said}\n\n", case.path, case.name, case.shown));
        if said != case.said {
            wrong.push(format!("{}\n-- wanted\n{}\n-- got\n{said}", case.name, case.said));
        }
    }
    if std::env::var_os("UPDATE_REF").is_some() {
        fs::write(&path, written.trim_end().to_owned() + "\n").expect("the file can be written");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn no_sentence_of_a_parser_is_said() {
    let text =
        fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/yaml/slips.txt")).expect("the slips");
    for foreign in
        ["mapping values", "did not find", "could not find", "while ", "expected key", "invalid type", "block mapping"]
    {
        assert!(!text.contains(foreign), "{foreign}");
    }
}
