//! Slips in a manuscript as people type it, and what is said of each: where, what, and how to fix it, in both languages.
//!
//! A case of `tests/slips/*.txt` is a file of a small book with one slip, or a few of a kind, and below it all that is
//! found in the book. Further files of the book stand after lines `++++ PATH`. `UPDATE_REF=1 make test` writes what is
//! found anew: read the diff.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dama_pub::diagnostic::{Diagnostic, Label};
use dama_pub::message::Locale;
use dama_pub::source::Sources;

/// How signs are written in the file that would not be seen there, or would change it.
const HIDDEN: [(&str, &str); 11] = [
    ("⟨tab⟩", "\t"),
    ("⟨cr⟩", "\r"),
    ("⟨bom⟩", "\u{feff}"),
    ("⟨nul⟩", "\0"),
    ("⟨U+0001⟩", "\u{1}"),
    ("⟨U+00A0⟩", "\u{a0}"),
    ("⟨U+200B⟩", "\u{200b}"),
    ("⟨U+2028⟩", "\u{2028}"),
    ("⟨U+3000⟩", "\u{3000}"),
    ("⟨U+F0B7⟩", "\u{f0b7}"),
    ("⟨deep⟩", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"),
];

const BOOK: &str = "title: 书\nlanguages: [zh]\ndate: 2026-03-01\nlayout: book\n";

struct Case<'t> {
    name: &'t str,
    path: &'t str,
    /// The files as they are shown: the one with the slip, and further ones.
    shown: &'t str,
    said: &'t str,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let case = |case| -> Option<Case<'_>> {
        let (head, rest): (&str, &str) = str::split_once(case, '\n')?;
        let (path, name) = head.split_once(": ")?;
        let (shown, said) = rest.split_once("\n----")?;
        Some(Case { name, path, shown, said: said.trim() })
    };
    text.split("\n==== ").skip(1).map(|text| case(text).unwrap_or_else(|| panic!("no case: {text}"))).collect()
}

impl Case<'_> {
    /// The small book with the slip in it. A case may replace every file of the book.
    fn book(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::from([
            ("manuscript/book.yaml".to_owned(), BOOK.to_owned()),
            ("manuscript/zh/01.md".to_owned(), "---\ntitle: 章\n---\n文。\n".to_owned()),
        ]);
        if let Some(name) = self.path.strip_prefix("layouts/").and_then(|path| path.strip_suffix("/layout.yaml")) {
            files.insert("manuscript/book.yaml".to_owned(), BOOK.replace("book", name));
            files.insert(format!("layouts/{name}/layout.typ"), String::new());
        }
        let text = HIDDEN.iter().fold(self.shown.to_owned(), |text, (shown, sign)| text.replace(shown, sign));
        let mut path = self.path;
        for (number, part) in text.split("\n++++ ").enumerate() {
            let mut body = part;
            if number > 0 {
                (path, body) = part.split_once('\n').expect("a path, and its text");
            }
            files.insert(path.to_owned(), format!("{body}\n"));
        }
        files
    }

    /// All that is found when the book is read, and when what could be read is checked.
    fn said(&self) -> String {
        let files = self.book();
        let mut sources = Sources::default();
        let mut found = Vec::new();
        let loaded = dama_pub::load(&files, &mut sources).take(&mut found);
        if let Some((book, _)) = loaded {
            found.extend(dama_pub::check(&book, &sources).open);
        }
        dama_pub::diagnostic::sort(&mut found);
        let said: Vec<String> = found.iter().map(|found| self.report(found, &sources)).collect();
        if said.is_empty() { "nothing".to_owned() } else { said.join("\n") }
    }

    fn report(&self, found: &Diagnostic, sources: &Sources) -> String {
        let mut text = match &found.primary {
            Some(label) => self.place(label, sources),
            None => "nowhere".to_owned(),
        };
        text.push_str(&format!(" {}[{}]\n", found.severity.name(), found.check.as_str()));
        for locale in [Locale::English, Locale::Chinese] {
            text.push_str(&format!("  {}\n", locale.say(&found.message)));
            for label in &found.labels {
                let at = sources.get(label.span.file).position(label.span.start);
                text.push_str(&format!("    {at} {}\n", locale.say(&label.text)));
            }
            for hint in &found.hints {
                text.push_str(&format!("    = {}\n", locale.say(hint)));
            }
        }
        text.trim_end().to_owned()
    }

    /// Where a finding stands, with the marked text; the path only where it is not the file with the slip.
    fn place(&self, label: &Label, sources: &Sources) -> String {
        let file = sources.get(label.span.file);
        let path = if file.path() == self.path { String::new() } else { format!("{}:", file.path()) };
        let marked = &file.text()[label.span.range()];
        let marked = HIDDEN.iter().fold(marked.to_owned(), |text, (shown, sign)| text.replace(sign, shown));
        format!("{path}{} |{marked}|", file.position(label.span.start))
    }
}

/// The files with slips, in order of name.
fn files() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/slips");
    let mut files: Vec<PathBuf> =
        fs::read_dir(dir).expect("tests/slips is there").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// What a file of slips says now, and the cases where that is not what it should say.
fn renew(text: &str) -> (String, Vec<String>) {
    let head = text.split("\n==== ").next().expect("a text has a beginning");
    let mut written = format!("{head}\n");
    let mut wrong = Vec::new();
    for case in cases(text) {
        let said = case.said();
        written.push_str(&format!("==== {}: {}\n{}\n----\n{said}\n\n", case.path, case.name, case.shown));
        if said != case.said {
            wrong.push(format!("{}\n-- wanted\n{}\n-- got\n{said}", case.name, case.said));
        }
    }
    (written.trim_end().to_owned() + "\n", wrong)
}

#[test]
fn each_slip_is_told_where_it_is_and_how_to_fix_it() {
    let mut wrong = Vec::new();
    let mut number = 0;
    for path in files() {
        let text = fs::read_to_string(&path).expect("the slips");
        number += cases(&text).len();
        let (written, bad) = renew(&text);
        wrong.extend(bad);
        if crate::command::writes_references() {
            fs::write(&path, written).expect("the file can be written");
        }
    }
    assert!(number > 120, "{number} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn no_sentence_of_a_parser_is_said() {
    let text: String = files().iter().map(|path| fs::read_to_string(path).expect("the slips")).collect();
    for foreign in
        ["mapping values", "did not find", "could not find", "while ", "expected key", "invalid type", "block mapping"]
    {
        assert!(!text.contains(foreign), "{foreign}");
    }
}
