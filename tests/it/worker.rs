//! Work on a book is done by a process that is held back, and what becomes of it is told.

use std::fs;
use std::path::Path;

use crate::command::{dama_pub, names_in, printed, said, write_book};

const BOOK: &[u8] = "title: 书\nlanguages: [zh]\ndate: 2026-03-01\nlayout: own\n".as_bytes();
const CHAPTER: &[u8] = "# 起\n\n文。\n".as_bytes();

/// A book whose layout is this piece of Typst, with a PDF from an earlier run.
fn book(layout: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    write_book(
        dir.path(),
        &[
            ("manuscript/book.yaml", BOOK),
            ("manuscript/zh/01.md", CHAPTER),
            ("layouts/own/layout.typ", layout.as_bytes()),
            ("layouts/own/layout.yaml", b"title: own\nstandards: []\n"),
            ("out/书-zh.pdf", b"earlier"),
        ],
    );
    dir
}

/// Builds the PDF; gives what was said.
fn fails(dir: &Path, args: &[&str]) -> String {
    let output = dama_pub(dir, &[&["build", "--format", "pdf"], args].concat());
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(!said.contains("backtrace") && !said.contains("panicked"), "{said}");
    let left: Vec<String> = fs::read_dir(dir.join("out"))
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(left, ["书-zh.pdf"], "{said}");
    assert_eq!(fs::read(dir.join("out/书-zh.pdf")).expect("it is there"), b"earlier");
    said
}

const NEVER_ENDS: &str = "#for a in range(100000) { for b in range(100000) {} }";

#[test]
fn what_never_ends_is_stopped_in_its_time() {
    let dir = book(NEVER_ENDS);
    let said = fails(dir.path(), &["--time-limit", "1"]);
    assert!(said.contains("error[resource-limit]: the work took more than 1 second and was stopped"), "{said}");
}

#[test]
fn programs_are_told_of_it_in_their_form() {
    let dir = book(NEVER_ENDS);
    let output = dama_pub(dir.path(), &["build", "--time-limit", "1", "--message-format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&printed(&output)).expect("JSON");
    assert_eq!(report["findings"][0]["check"], "resource-limit", "{report}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_takes_all_memory_is_stopped_in_its_bounds() {
    let dir = book("#let all = range(400000000)\n#all.len()");
    let said = fails(dir.path(), &["--memory-limit", "400"]);
    assert!(said.contains("needed more than 400 MiB of memory and was stopped"), "{said}");
}

/// What a worker says that may read no more than these paths.
#[cfg(target_os = "linux")]
fn worker(dir: &Path, reads: &[&Path], args: &[&str]) -> String {
    let reads: Vec<_> = reads.iter().map(|path| path.to_str().expect("UTF-8").as_bytes()).collect();
    let order = serde_json::json!({
        "memory": null, "cpu": null, "reads": reads,
        "view": {"columns": [null, null], "terminals": [false, false], "styles": [false, false]},
    });
    let mut program = crate::command::program(dir, args);
    let output = program.env("DAMA_PUB_WORKER", order.to_string()).output().expect("dama-pub starts");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Whether this kernel has Landlock; a test that is skipped says so.
#[cfg(target_os = "linux")]
fn has_landlock(test: &str) -> bool {
    use std::io::Write as _;

    let dir = book("");
    let said = worker(dir.path(), &[dir.path()], &["stats", "--verbose"]);
    let has = said.contains("Landlock") && !said.contains("has no Landlock");
    if !has {
        let _ = writeln!(std::io::stderr(), "SKIPPED {test}: this kernel has no Landlock");
    }
    has
}

/// A worker has its limits from the kernel: one that may read another folder alone cannot read the book, though nothing else in the
/// program keeps it from that.
#[cfg(target_os = "linux")]
#[test]
fn a_worker_reads_only_what_it_may() {
    if !has_landlock("a_worker_reads_only_what_it_may") {
        return;
    }
    let (dir, elsewhere) = (book(""), tempfile::tempdir().expect("a folder"));
    let inside = worker(dir.path(), &[dir.path()], &["stats", "--verbose"]);
    assert!(inside.contains("01"), "{inside}");
    assert!(!inside.contains("cannot be read") && !inside.contains("permission"), "{inside}");
    let outside = worker(dir.path(), &[elsewhere.path()], &["stats", "--verbose"]);
    assert!(outside.contains("permission"), "{outside}");
}

/// The gate lets a layout read any layout's files. What it lets through is stopped by the system all the same: a gate with a hole would be no way out.
#[cfg(target_os = "linux")]
#[test]
fn a_layout_reads_no_more_than_its_worker_may() {
    if !has_landlock("a_layout_reads_no_more_than_its_worker_may") {
        return;
    }
    let dir = book("#read(\"/layouts/other/secret.txt\")");
    let [manuscript, own, other] = ["manuscript", "layouts/own", "layouts/other"].map(|folder| dir.path().join(folder));
    fs::create_dir(&other).expect("a folder");
    fs::write(other.join("secret.txt"), "kept").expect("a file");
    let build = ["build", "--format", "pdf", "--verbose"];
    let all = worker(dir.path(), &[&manuscript, &own, &other], &build);
    assert!(all.contains("%PDF") && !all.contains("permission"), "{all}");
    let some = worker(dir.path(), &[&manuscript, &own], &build);
    assert!(!some.contains("%PDF") && some.contains("permission"), "{some}");
}

#[test]
fn builds_at_the_same_time_leave_one_whole_set() {
    let dir = tempfile::tempdir().expect("a folder");
    let book = b"title: Book\nlanguages: [en]\ndate: 2026-03-01\nlayout: book\n";
    write_book(dir.path(), &[("manuscript/book.yaml", book), ("manuscript/en/01.md", b"# One\n\nText.\n")]);
    let start = |_| crate::command::program(dir.path(), &["build"]).spawn().expect("dama-pub starts");
    let runs: Vec<_> = (0..3).map(start).collect();
    for mut run in runs {
        assert!(run.wait().expect("it ends").success());
    }
    assert_eq!(names_in(&dir.path().join("out")), ["book-en.epub", "book-en.pdf"]);
}

#[test]
fn a_device_is_not_replaced() {
    let dir = book("");
    let output = dama_pub(dir.path(), &["build", "--format", "pdf", "--timings", "/dev/null"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("not a regular file"), "{}", said(&output));
}
