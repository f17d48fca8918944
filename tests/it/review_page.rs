//! `dama-pub review`, the comments that come back from it, and what git knows of a book.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command::{dama_pub, said, write_book};

const COMMENTS: &str = "manuscript/comments.yaml";

fn book() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let files: [(&str, &[u8]); 5] = [
        ("manuscript/book.yaml", b"title: River\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: report\nslug: river\n"),
        ("manuscript/zh/01-mouth.md", "---\ntitle: 河口\n---\n\n到了四月，236条渔船下水了。\n".as_bytes()),
        (
            "manuscript/en/01-mouth.md",
            b"---\ntitle: The mouth\n---\n\nIn April 263 fishing boats went into the water.\n",
        ),
        ("manuscript/zh/02-light.md", "---\ntitle: 灯塔\n---\n\n夜里起了风，灯塔照着空空的码头。\n".as_bytes()),
        (
            "manuscript/en/02-light.md",
            b"---\ntitle: The light\n---\n\nA wind rose, and the light shone on the empty quay.\n",
        ),
    ];
    write_book(dir.path(), &files);
    dir
}

fn run(dir: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = dama_pub(dir, args);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned() + &said(&output))
}

/// What the attribute of a row has, by a word of the row.
fn attribute<'p>(page: &'p str, words: &str, name: &str) -> &'p str {
    let row = page.lines().find(|line| line.contains(words)).expect("the row is there");
    row.split(&format!("data-{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).expect("the attribute")
}

#[test]
fn a_comment_goes_out_with_the_page_and_stays_until_it_is_dealt_with() {
    let dir = book();
    assert_eq!(run(dir.path(), &["review"]).0, Some(0));
    let page = fs::read_to_string(dir.path().join("out/river-review-en.html")).expect("the page");
    assert!(page.contains(">263</mark>") && page.contains(">236</mark>"), "{page}");
    let (unit, target) = (attribute(&page, "empty quay", "u"), attribute(&page, "empty quay", "t"));
    let comment = format!(
        "{{\"chapter\":\"02-light\",\"unit\":\"{unit}\",\"source\":\"{unit}\",\"target\":\"{target}\",\"of\":\"夜里\",\"text\":\"quay or pier?\"}}"
    );
    let file = format!("{{\"form\":\"dama-pub/comments/1\",\"target\":\"en\",\"by\":\"Li\",\"comments\":[{comment}]}}");
    fs::write(dir.path().join("back.json"), file).expect("a file");
    for times in ["1 new comment", "0 new comments; 1 known already"] {
        let (code, said) = run(dir.path(), &["import-review", "back.json"]);
        assert!(code == Some(0) && said.contains(times), "{said}");
    }
    let (_, said) = run(dir.path(), &["check", "--format", "short", "--select", "review-comment"]);
    assert!(said.contains("manuscript/en/02-light.md:5:1") && said.contains("Li says: quay or pier?"), "{said}");
    let (_, said) = run(dir.path(), &["accept", "--all"]);
    assert!(said.contains("a reviewer's comment is open"), "{said}");
    let (_, said) = run(dir.path(), &["accept", "02-light"]);
    assert!(said.contains("1 comment dealt with"), "{said}");
    assert!(!fs::read_to_string(dir.path().join(COMMENTS)).expect("the file").contains("quay"));
    assert!(!run(dir.path(), &["check", "--format", "short"]).1.contains("review-comment"));
}

#[test]
fn a_file_that_is_none_of_comments_changes_nothing() {
    let dir = book();
    for text in ["{", "[]", "{\"form\":\"dama-pub/comments/9\"}"] {
        fs::write(dir.path().join("back.json"), text).expect("a file");
        let (code, said) = run(dir.path(), &["import-review", "back.json"]);
        assert!(code == Some(1) && said.contains("import-refused"), "{said}");
    }
    assert!(!dir.path().join(COMMENTS).exists());
}

#[test]
fn the_page_goes_where_it_is_asked_for_and_shows_what_is_asked_for() {
    let dir = book();
    let (code, said) =
        run(dir.path(), &["review", "--chapter", "02-light", "--edition", "zh,en", "--out", "light.html"]);
    assert_eq!(code, Some(0), "{said}");
    let page = fs::read_to_string(dir.path().join("light.html")).expect("the page");
    assert!(page.contains("data-stem=\"02-light\"") && !page.contains("data-stem=\"01-mouth\""));
    assert!(!dir.path().join("out").exists());
    assert_eq!(run(dir.path(), &["review", "--chapter", "03-none"]).0, Some(2));
}

#[test]
fn chapters_that_did_not_change_since_a_revision_are_left_out() {
    let dir = book();
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(dir.path()).args(["-c", "user.name=Li", "-c", "user.email=l@example.org"]).args(args);
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "--quiet"]) {
        return;
    }
    assert!(git(&["add", "--all"]) && git(&["-c", "commit.gpgSign=false", "commit", "--quiet", "-m", "first"]));
    let (code, said) = run(dir.path(), &["check", "--changed-since", "HEAD"]);
    assert!(code == Some(0) && said.contains("in 0 chapter files"), "{said}");
    let path = dir.path().join("manuscript/zh/01-mouth.md");
    fs::write(&path, fs::read_to_string(&path).expect("the chapter") + "\n完。\n").expect("it can be written");
    let (code, said) = run(dir.path(), &["check", "--changed-since", "HEAD"]);
    assert!(code == Some(1) && said.contains("263") && said.contains("in 2 chapter files"), "{said}");
    let (_, said) = run(dir.path(), &["check", "--changed-since", "HEAD", "02-light"]);
    assert!(said.contains("in 0 chapter files"), "{said}");
    let (code, said) = run(dir.path(), &["check", "--changed-since", "none"]);
    assert!(code == Some(2) && said.contains("git knows no revision ‘none’"), "{said}");
}
