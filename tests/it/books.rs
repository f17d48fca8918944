//! Small manuscripts and what the program must say of them.
//!
//! Each folder of `tests/books/` is built and checked in a copy, and given the further commands of its file `commands`
//! if it has one; what is said, the exit codes and the list of artifacts must be as in `tests/ref/NAME.txt`. `UPDATE_REF=1 make test` writes those files anew: read the diff.

use std::fs;
use std::path::Path;

use crate::command::{copy_dir, dama_pub, names_in, said};

#[test]
fn books_say_what_they_must() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let update = crate::command::writes_references();
    let mut names: Vec<String> = fs::read_dir(tests.join("books"))
        .expect("tests/books is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("ASCII names"))
        .collect();
    names.sort();
    assert!(names.len() >= 10, "the books are there: {names:?}");
    let mut wrong = Vec::new();
    for name in &names {
        let got = transcript(&tests.join("books").join(name));
        let golden = tests.join("ref").join(format!("{name}.txt"));
        if update {
            fs::create_dir_all(tests.join("ref")).expect("a folder can be made");
            fs::write(&golden, &got).expect("the reference can be written");
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if got != wanted {
            wrong.push(format!("== {name}\n-- wanted\n{wanted}\n-- got\n{got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn transcript(book: &Path) -> String {
    let dir = tempfile::tempdir().expect("a temporary folder");
    copy_dir(book, dir.path());
    let mut text = String::new();
    let more = fs::read_to_string(book.join("commands")).unwrap_or_default();
    for command in ["build", "check"].into_iter().chain(more.lines()) {
        let output = dama_pub(dir.path(), &command.split(' ').collect::<Vec<_>>());
        let code = output.status.code().expect("it was not killed");
        let given = String::from_utf8(output.stdout.clone()).expect("results are UTF-8");
        let said = normal(&said(&output), dir.path());
        text.push_str(&format!("$ dama-pub {command}\n{given}{said}exit code {code}\n\n"));
    }
    let artifacts = names_in(&dir.path().join("out"));
    text.push_str(&format!("out/: {}\n", if artifacts.is_empty() { "empty".to_owned() } else { artifacts.join(" ") }));
    text
}

/// Takes out what differs from run to run: the folder, sizes, times, and the order in which artifacts are done.
fn normal(said: &str, dir: &Path) -> String {
    let canonical = fs::canonicalize(dir).expect("the folder is there");
    let text = said.replace(&format!("{}/", canonical.display()), "").replace(&format!("{}", dir.display()), ".");
    let mut lines: Vec<String> = text.lines().map(|line| without_figures(line).trim_end().to_owned()).collect();
    lines.sort_by_key(
        |line| if line.trim_start().starts_with("made ") { (0, line.clone()) } else { (1, String::new()) },
    );
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn without_figures(line: &str) -> String {
    let start = line.trim_start();
    if start.starts_with("made ") {
        let (head, tail) = line.split_once(" (").unwrap_or((line, ""));
        return match tail.split_once(" pages") {
            Some((pages, _)) => format!("{head} ({pages} pages)"),
            None => head.to_owned(),
        };
    }
    if start.starts_with("built ") || start.starts_with("failed ") {
        let (head, tail) = line.split_once(" in ").unwrap_or((line, ""));
        let findings = tail.split_once(';').map_or(String::new(), |(_, findings)| format!(";{findings}"));
        return format!("{head}{findings}");
    }
    line.to_owned()
}
