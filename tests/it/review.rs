//! `dama-pub accept`, what `check` says afterwards, `dama-pub stats`.

use std::fs;
use std::path::Path;

use dama_pub::checks::freshness::{ReviewState, sign_off, states};
use dama_pub::project::Project;
use dama_pub::source::Sources;

use crate::command::root;
use crate::command::{dama_pub, program, said, write_book};

const RECORD: &str = "manuscript/reviewed.yaml";
const CONFIG: &[u8] = b"title: {zh: \xe6\xb2\xb3, en: River}\nlanguages: [zh, en]\ndate: 2026-03-01\nlayout: report\n";
const ONE_ZH: &str = "---\ntitle: 河口\n---\n\n春天来得很晚，河面上的冰还没有化。\n\n到了四月，236条渔船下水了。\n";
const ONE_EN: &str = "---\ntitle: The mouth\n---\n\nSpring came very late, and the ice on the river had not melted.\n\n\
    In April 236 fishing boats went into the water.\n";
const TWO_ZH: &str = "---\ntitle: 灯塔\n---\n\n夜里起了风，灯塔照着空空的码头。\n\n没有人看见他走。\n";
const TWO_EN: &str =
    "---\ntitle: The lighthouse\n---\n\nAt night a wind rose, and the lighthouse shone on the empty quay.\n";

fn book() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let files: [(&str, &[u8]); 5] = [
        ("manuscript/book.yaml", CONFIG),
        ("manuscript/zh/01-mouth.md", ONE_ZH.as_bytes()),
        ("manuscript/en/01-mouth.md", ONE_EN.as_bytes()),
        ("manuscript/zh/02-light.md", TWO_ZH.as_bytes()),
        ("manuscript/en/02-light.md", TWO_EN.as_bytes()),
    ];
    write_book(dir.path(), &files);
    dir
}

/// Runs a command in a book: exit code, stdout, stderr.
fn run(dir: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = dama_pub(dir, args);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), said(&output))
}

fn record(dir: &Path) -> String {
    fs::read_to_string(dir.join(RECORD)).expect("the record is there")
}

fn replace(dir: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(dir.join(file)).expect("the file is there");
    assert!(text.contains(from), "{file} has {from}");
    fs::write(dir.join(file), text.replace(from, to)).expect("the file can be written");
}

#[test]
fn what_was_signed_off_of_a_chapter_that_cannot_be_read_stays() {
    let dir = book();
    assert_eq!(run(dir.path(), &["accept", "01-mouth", "02-light"]).0, Some(0));
    let before = record(dir.path());
    assert!(before.contains("02-light"), "{before}");
    fs::write(dir.path().join("manuscript/en/02-light.md"), b"# L\xff\n").expect("the file can be written");
    let (code, _, said) = run(dir.path(), &["accept", "--all"]);
    assert_eq!((code, record(dir.path())), (Some(1), before), "{said}");
    assert!(said.contains("02-light"), "{said}");
}

#[test]
fn the_record_of_the_publication_fits_its_manuscript() {
    let project = Project::find(root()).expect("the publication is there");
    let mut sources = Sources::default();
    let (book, _) = dama_pub::load(&project, &mut sources).value.expect("the publication is sound");
    let alignment = dama_pub::align::align(&book, &book.languages[0], &book.languages[1]);
    let mut reviewed = 0;
    for chapter in &alignment.chapters {
        let stem = &chapter.source.expect("every chapter has a source").stem;
        assert!(sign_off(chapter).refused.is_empty(), "{stem} can be signed off");
        for (pair, state) in chapter.pairs.iter().zip(states(chapter, book.reviewed.chapter(&alignment.target, stem))) {
            let text = pair.source().map(|unit| unit.text.as_str()).unwrap_or_default();
            assert!(
                matches!(state, ReviewState::Reviewed | ReviewState::Nothing),
                "{stem}: “{text}” is not as it was signed off. Read it in both languages, then renew the record: \
                 dama-pub accept {stem}",
            );
            reviewed += usize::from(state == ReviewState::Reviewed);
        }
    }
    assert!(reviewed > 300, "{reviewed} pairs");
}

#[test]
fn a_command_without_chapters_says_what_to_type() {
    let (code, _, said) = run(book().path(), &["accept"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("dama-pub accept --all") && said.contains("dama-pub accept zh/"), "{said}");
}

#[test]
fn what_is_no_chapter_is_named_with_the_nearest_one() {
    let dir = book();
    let (code, _, said) = run(dir.path(), &["accept", "en/01-mout.md", "book.yaml"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("this book has no chapter ‘en/01-mout.md’; did you mean ‘01-mouth’?"), "{said}");
    assert!(said.contains("this book has no chapter ‘book.yaml’"), "{said}");
    assert!(!dir.path().join(RECORD).exists(), "nothing was written");
}

#[test]
fn a_chapter_is_accepted_however_it_is_named() {
    let mut records = Vec::new();
    for (from, name) in [
        ("", "01-mouth"),
        ("", "01-mouth.md"),
        ("", "zh/01-mouth.md"),
        ("", "manuscript/en/01-mouth.md"),
        ("", "./manuscript/zh/../en/01-mouth.md"),
        ("manuscript/zh", "../en/01-mouth.md"),
        ("manuscript/en", "01-mouth.md"),
        ("manuscript/en", "01-mouth"),
    ] {
        let dir = book();
        let (code, _, said) = run(&dir.path().join(from), &["accept", name]);
        assert_eq!(code, Some(0), "{name}: {said}");
        records.push(record(dir.path()));
    }
    assert!(records[0].contains("  01-mouth:\n") && !records[0].contains("02-light"), "{}", records[0]);
    assert!(records.iter().all(|other| *other == records[0]), "{records:#?}");
}

#[test]
fn what_has_no_counterpart_is_listed() {
    let dir = book();
    let (code, listed, said) = run(dir.path(), &["accept", "--all"]);
    assert_eq!(code, Some(0));
    assert_eq!(listed, "manuscript/zh/02-light.md:7:1: not accepted, no counterpart in English: “没有人看见他走。”\n");
    assert_eq!(said.trim(), "accepted 5 pairs in 2 chapters, 5 new or changed; 1 not accepted");
    let first = record(dir.path());
    let (_, _, said) = run(dir.path(), &["accept", "--all"]);
    assert!(said.contains("0 new or changed"), "{said}");
    assert_eq!(record(dir.path()), first, "the same bytes");
}

#[test]
fn a_chapter_does_not_touch_the_record_of_another() {
    let dir = book();
    run(dir.path(), &["accept", "--all"]);
    replace(dir.path(), "manuscript/zh/01-mouth.md", "236", "263");
    replace(dir.path(), "manuscript/zh/02-light.md", "空空", "热闹");
    let before = record(dir.path());
    run(dir.path(), &["accept", "01-mouth"]);
    let after = record(dir.path());
    let changed: Vec<(&str, &str)> = before.lines().zip(after.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(changed.len(), 1, "one line: {changed:?}");
    assert!(changed[0].1.contains("263条渔船"), "{changed:?}");
    fs::remove_file(dir.path().join("manuscript/zh/02-light.md")).expect("the file is there");
    fs::remove_file(dir.path().join("manuscript/en/02-light.md")).expect("the file is there");
    run(dir.path(), &["accept", "01-mouth"]);
    assert!(record(dir.path()).contains("02-light"), "only what is named is touched");
    run(dir.path(), &["accept", "--all"]);
    assert!(!record(dir.path()).contains("02-light"), "what no longer exists is dropped");
}

/// A book of several chapters, each with enough paragraphs for runs to meet.
fn book_of(chapters: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write_book(dir.path(), &[("manuscript/book.yaml", CONFIG)]);
    for stem in chapters {
        for (lang, text) in [("zh", ONE_ZH), ("en", ONE_EN)] {
            let (front, body) = text.split_at(text.find("\n\n").expect("a body"));
            let path = format!("manuscript/{lang}/{stem}.md");
            write_book(dir.path(), &[(&path, (front.to_owned() + &body.repeat(20)).as_bytes())]);
        }
    }
    dir
}

#[test]
fn runs_at_the_same_time_lose_no_sign_off() {
    const CHAPTERS: [&str; 5] = ["01-a", "02-b", "03-c", "04-d", "05-e"];
    let dir = book_of(&CHAPTERS);
    for chapter in CHAPTERS {
        run(dir.path(), &["accept", chapter]);
    }
    let one_after_the_other = record(dir.path());
    for round in 0..10 {
        fs::remove_file(dir.path().join(RECORD)).expect("the record is there");
        let start = |chapter| program(dir.path(), &["accept", chapter, "--quiet"]).spawn().expect("dama-pub starts");
        for mut run in CHAPTERS.map(start) {
            assert_eq!(run.wait().expect("it ends").code(), Some(0), "round {round}");
        }
        assert_eq!(record(dir.path()), one_after_the_other, "round {round}");
    }
    let left: Vec<_> = fs::read_dir(dir.path().join("manuscript")).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 4, "book, record and two languages: {left:?}");
}

#[test]
fn a_changed_source_is_shown_word_by_word_in_both_languages() {
    let dir = book();
    run(dir.path(), &["accept", "--all"]);
    replace(dir.path(), "manuscript/zh/01-mouth.md", "很晚", "很早");
    let (_, report, _) = run(dir.path(), &["check"]);
    let shown = report.split("\n\n").find(|finding| finding.contains("[stale]")).expect("it is found");
    insta::assert_snapshot!(shown, @r"
    warning[stale]: the source has changed since this was signed off: 春天来得很[-晚-]{+早+}，河面上的冰…
     --> manuscript/en/01-mouth.md:5:1
      |
    5 | Spring came very late, and the ice on the river had not melted.
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unchanged since it was signed off
      |
     ::: manuscript/zh/01-mouth.md:5:6
      |
    5 | 春天来得很早，河面上的冰还没有化。
      |           -- was ‘晚’
      |
      = note: The author corrects a figure after the translation is done; nothing in the translation looks wrong.
      = help: update it, or leave it if it is still right; then run `dama-pub accept 01-mouth`
    ");
}

#[test]
fn an_error_in_another_chapter_is_no_matter() {
    let dir = book();
    replace(dir.path(), "manuscript/en/02-light.md", "At night", "[At night](#nowhere)");
    let (code, listed, said) = run(dir.path(), &["accept", "01-mouth"]);
    assert_eq!((code, listed.as_str()), (Some(0), ""), "{said}");
    assert_eq!(said.trim(), "accepted 3 pairs in 1 chapter, 3 new or changed");
    let (code, listed, said) = run(dir.path(), &["accept", "02-light"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("error[unknown-id]") && said.contains("1 pair in 1 chapter"), "{said}");
    assert!(listed.contains("not accepted, open at error level: unknown-id: “[At night](#nowhere)"), "{listed}");
    assert!(record(dir.path()).contains("灯塔\"") && !record(dir.path()).contains("夜里"), "the title alone");
}

#[test]
fn the_whole_book_is_signed_off_without_what_is_wrong_in_it() {
    let dir = book();
    replace(dir.path(), "manuscript/en/01-mouth.md", "236", "263");
    let (code, listed, said) = run(dir.path(), &["accept", "--all"]);
    assert_eq!(code, Some(0));
    let first =
        "manuscript/en/01-mouth.md:7:1: not accepted, open at error level: number: “In April 263 fishing boats wen”";
    assert_eq!(listed.lines().next(), Some(first));
    let told = "accepted 4 pairs in 2 chapters, 4 new or changed; 2 not accepted; mend what is open, or accept it as it is \
                with `--with-findings`";
    assert_eq!(said.trim(), told);
    assert!(!record(dir.path()).contains("236条"), "{}", record(dir.path()));
    let (_, _, said) = run(dir.path(), &["accept", "--all", "--with-findings"]);
    assert_eq!(
        said.trim(),
        "accepted 5 pairs in 2 chapters, 1 new or changed; with 1 open finding at error level; 1 not accepted"
    );
    assert!(record(dir.path()).contains("236条"), "{}", record(dir.path()));
}

#[test]
fn what_is_on_record_of_a_block_with_an_error_stays() {
    let dir = book();
    run(dir.path(), &["accept", "--all"]);
    let before = record(dir.path());
    replace(dir.path(), "manuscript/zh/01-mouth.md", "236", "263");
    let (_, listed, _) = run(dir.path(), &["accept", "--all"]);
    assert!(listed.contains("open at error level: number"), "{listed}");
    assert_eq!(record(dir.path()), before);
}

#[test]
fn names_and_all_do_not_go_together() {
    let dir = book();
    let (code, _, said) = run(dir.path(), &["accept", "--all", "01-mouth"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("--all is every chapter of the book"), "{said}");
    let (code, _, _) = run(dir.path(), &["accept", "--all", "."]);
    assert_eq!(code, Some(0), "the folder of the book may be named");
}

#[test]
fn a_book_with_errors_keeps_its_record() {
    let dir = book();
    run(dir.path(), &["accept", "--all"]);
    let conflict = format!("{}<<<<<<< ours\n=======\n>>>>>>> theirs\n", record(dir.path()));
    fs::write(dir.path().join(RECORD), &conflict).expect("the file can be written");
    let (code, _, said) = run(dir.path(), &["accept", "--all"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("a merge left a conflict here") && said.contains("keep the lines of both sides"), "{said}");
    assert_eq!(record(dir.path()), conflict);
}

#[test]
fn progress_is_counted() {
    let dir = book();
    run(dir.path(), &["accept", "--all"]);
    replace(dir.path(), "manuscript/zh/01-mouth.md", "236", "263");
    replace(dir.path(), "manuscript/en/01-mouth.md", "very late", "late");
    let (code, table, _) = run(dir.path(), &["stats", "--format", "tsv"]);
    assert_eq!(code, Some(0));
    let rows: Vec<String> = table.lines().map(|row| row.split('\t').take(9).collect::<Vec<_>>().join(" ")).collect();
    let expected = [
        "chapter language blocks translated reviewed changed stale source_han source_words",
        "01-mouth en 3 3 1 1 1 27 1",
        "02-light en 3 2 2 0 0 23 0",
    ];
    assert_eq!(rows, expected);
    let (_, table, _) = run(dir.path(), &["stats"]);
    assert!(table.contains("total") && !table.contains('░'), "bars are for terminals:\n{table}");
}
