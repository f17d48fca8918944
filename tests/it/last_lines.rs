//! The last line of every command, in both languages, for none, one and several of what it counts.
//!
//! Files, folders and editions have names that are words of the program, such as `note` and `error`: what is the user's is
//! never translated. `UPDATE_REF=1 make test` writes the references anew: read the diff.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Output, Stdio};

use crate::command::{dama_pub, golden, program, write_book};

/// A folder, what is done in it before, and the command whose last line counts.
struct Case {
    /// What the case is about.
    about: &'static str,
    /// Files below the folder.
    files: Vec<(String, Vec<u8>)>,
    /// Commands before it.
    before: &'static [&'static [&'static str]],
    args: &'static [&'static str],
}

impl Case {
    fn new(about: &'static str, files: &[(&str, &str)], args: &'static [&'static str]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Self { about, files: files.collect(), before: &[], args }
    }

    fn after(mut self, before: &'static [&'static [&'static str]]) -> Self {
        self.before = before;
        self
    }
}

const CONFIG: &str = "title: {zh: 书, en: Book}\nslug: error\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: report\n";

/// A book of chapters in both languages.
fn book(chapters: &[(&'static str, &'static str, &'static str)]) -> Vec<(String, String)> {
    let mut files = vec![("manuscript/book.yaml".to_owned(), CONFIG.to_owned())];
    for (name, zh, en) in chapters {
        files.push((format!("manuscript/zh/{name}.md"), format!("---\ntitle: 题\n---\n\n{zh}\n")));
        files.push((format!("manuscript/en/{name}.md"), format!("---\ntitle: Title\n---\n\n{en}\n")));
    }
    files
}

fn case(
    about: &'static str,
    chapters: &[(&'static str, &'static str, &'static str)],
    args: &'static [&'static str],
) -> Case {
    let files = book(chapters);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Case::new(about, &files, args)
}

const CLEAN: [(&str, &str, &str); 1] = [("note", "共有12章。", "There are 12 chapters.")];
const TWO: [(&str, &str, &str); 2] =
    [("note", "共有12章。", "There are 12 chapters."), ("book", "共有3章。", "There are 3 chapters.")];
const ONE_ERROR: [(&str, &str, &str); 1] = [("note", "共有12章。", "There are 13 chapters.")];
const TWO_ERRORS: [(&str, &str, &str); 2] =
    [("note", "共有12章。", "There are 13 chapters."), ("book", "共有3章。", "There are 4 chapters.")];
const WAIVED: [(&str, &str, &str); 1] =
    [("note", "共有12章。", "<!-- dama: allow number: the source is wrong -->\n\nThere are 13 chapters.")];
const ONE_FIX: [(&str, &str, &str); 1] = [("note", "甲,乙都有12章。", "There are 12 chapters in both, A and B.")];
const TWO_FIXES: [(&str, &str, &str); 2] = [
    ("note", "甲,乙都有12章。", "There are 12 chapters in both, A and B."),
    ("book", "丙,丁都有3章。", "There are 3 chapters in both, C and D."),
];
const ONE_PICTURE: [(&str, &str, &str); 1] = [("note", "![图](error.png)", "Text.")];
const TWO_PICTURES: [(&str, &str, &str); 1] = [("note", "![图](error.png)\n\n![图](note.png)", "Text.")];
const UNUSED_NOTE: [(&str, &str, &str); 1] = [("note", "文。\n\n[^a]: 注。", "Text.")];

fn cases() -> Vec<Case> {
    let one_language = "title: {zh: 书}\nslug: note\nlanguages: [zh]\ndate: 2026-01-01\nlayout: report\n";
    let terms = "- {id: error, zh: 章, en: chapter}\n";
    let mut with_terms = case("a termbase", &CLEAN, &["terms"]);
    with_terms.files.push(("manuscript/glossary.yaml".to_owned(), terms.as_bytes().to_vec()));
    vec![
        case("one artifact", &CLEAN, &["build", "--edition", "zh", "--format", "epub"]),
        case("several artifacts", &CLEAN, &["build", "--format", "epub"]),
        case("an error", &ONE_PICTURE, &["build", "--edition", "zh", "--format", "epub"]),
        case("errors", &TWO_PICTURES, &["build", "--edition", "zh", "--format", "epub"]),
        case("a warning", &UNUSED_NOTE, &["build", "--edition", "zh", "--format", "epub"]),
        case("an edition that the book does not have", &CLEAN, &["build", "--edition", "note"]),
        case("a slip in the name of an edition", &CLEAN, &["build", "--edition", "bilingal"]),
        Case::new("no book", &[], &["build"]),
        Case::new(
            "one chapter file",
            &[("manuscript/book.yaml", one_language), ("manuscript/zh/note.md", "---\ntitle: 题\n---\n\n文。\n")],
            &["check"],
        ),
        case("nothing found", &CLEAN, &["check"]),
        case("an error", &ONE_ERROR, &["check"]),
        case("errors", &TWO_ERRORS, &["check"]),
        case("a finding is waived", &WAIVED, &["check"]),
        case("a finding is held back", &ONE_ERROR, &["check"]).after(&[&["check", "--baseline"]]),
        case("findings are held back", &TWO_ERRORS, &["check"]).after(&[&["check", "--baseline"]]),
        case("no finding", &CLEAN, &["check", "--baseline"]),
        case("a finding", &ONE_ERROR, &["check", "--baseline"]),
        case("findings", &TWO_ERRORS, &["check", "--baseline"]),
        case("nothing to fix", &ONE_ERROR, &["check", "--fix"]),
        case("a fix", &ONE_FIX, &["check", "--fix"]),
        case("fixes", &TWO_FIXES, &["check", "--fix"]),
        case("a fix is written", &ONE_FIX, &["check", "--fix=write"]),
        case("fixes are written", &TWO_FIXES, &["check", "--fix=write"]),
        Case::new("a file that is not a PDF", &[("note", "x")], &["check", "--pdf", "note"]),
        Case::new(
            "two files that are not PDFs",
            &[("note", "x"), ("error", "x")],
            &["check", "--pdf", "note", "error"],
        ),
        case("the PDFs of a book", &CLEAN, &["check", "--pdf"]),
        case("no chapter is named", &CLEAN, &["accept"]),
        case("a chapter", &CLEAN, &["accept", "note"]),
        case("all chapters", &TWO, &["accept", "--all"]),
        case("all chapters again", &TWO, &["accept", "--all"]).after(&[&["accept", "--all"]]),
        case("a slip in the name of a chapter", &CLEAN, &["accept", "notes"]),
        case(
            "a chapter with a block that has no counterpart",
            &[("note", "共有12章。\n\n第二段说明方法，它不能丢。", "There are 12 chapters.")],
            &["accept", "note"],
        ),
        case("a table", &TWO, &["align"]),
        case("a place without a block", &CLEAN, &["align", "--explain", "note.md:99"]),
        case("a word that is not a place", &CLEAN, &["align", "--explain", "note"]),
        case("no termbase", &CLEAN, &["terms"]),
        with_terms,
        case("a table", &CLEAN, &["stats"]),
        Case::new("no book", &[], &["doctor"]),
        Case::new("every code", &[], &["explain"]),
        Case::new("a slip in a code", &[], &["explain", "mising-image"]),
        Case::new("a book", &[], &["new", "error"]),
        Case::new("a book that is there", &[("error/note", "x")], &["new", "error"]),
        case("one edition", &CLEAN, &["proof", "--edition", "zh"]),
        Case::new("a slip in a command", &[], &["bild"]),
        Case::new("an unknown option", &[], &["build", "--note"]),
        Case::new("a value that is not possible", &[], &["build", "--format", "note"]),
        Case::new("no port", &[], &["watch", "--port", "error"]),
    ]
}

#[test]
fn last_lines_are_as_they_must_be() {
    for lang in ["en", "zh"] {
        let mut text = String::new();
        for case in cases() {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let files: Vec<(&str, &[u8])> =
                case.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
            write_book(dir.path(), &files);
            for args in case.before {
                dama_pub(dir.path(), args);
            }
            let output = dama_pub(dir.path(), &[case.args, &["--lang", lang]].concat());
            let line = last_line(&output, dir.path());
            let _ = writeln!(text, "# {}\n$ dama-pub {}\n{line}\n", case.about, case.args.join(" "));
        }
        golden(&format!("last-lines.{lang}.txt"), &text);
    }
}

/// The last line that a person sees, without what differs from run to run.
fn last_line(output: &Output, dir: &Path) -> String {
    let said = String::from_utf8(output.stderr.clone()).expect("messages are UTF-8");
    let given = String::from_utf8(output.stdout.clone()).expect("results are UTF-8");
    let last = |text: &str| text.lines().rfind(|line| !line.trim().is_empty()).map(str::to_owned);
    normal(&last(&said).or_else(|| last(&given)).unwrap_or_default(), dir)
}

fn normal(line: &str, dir: &Path) -> String {
    let canonical = dir.canonicalize().expect("the folder is there");
    let line = line.replace(&canonical.display().to_string(), "DIR").replace(&dir.display().to_string(), "DIR");
    let units = [" s", " ms", " KiB", " MiB"];
    units.iter().fold(line, |line, unit| without_figures(&line, unit))
}

/// Takes the number before a unit out.
fn without_figures(line: &str, unit: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(unit) {
        let ends = rest[at + unit.len()..].chars().next().is_none_or(|c| !c.is_ascii_alphanumeric());
        let number = rest[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        if ends && number.len() < at {
            let _ = write!(out, "{number}…{unit}");
        } else {
            out.push_str(&rest[..at + unit.len()]);
        }
        rest = &rest[at + unit.len()..];
    }
    out + rest
}

#[test]
fn a_preview_says_where_it_is_and_calls_the_book_by_the_name_of_its_folder() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let root = dir.path().join("book");
    let files = book(&CLEAN);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    write_book(&root, &files);
    for (lang, start) in [("en", " watching book: the pages are at "), ("zh", "预览 book：页面在")] {
        let mut child =
            program(&root, &["watch", "--lang", lang]).stderr(Stdio::piped()).spawn().expect("dama-pub starts");
        let mut line = String::new();
        BufReader::new(child.stderr.take().expect("it was piped")).read_line(&mut line).expect("a line");
        child.kill().expect("it can be ended");
        child.wait().expect("it ends");
        assert!(line.contains(start), "{line}");
    }
}
