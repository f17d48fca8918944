//! Same input, same bytes; and a failed build leaves the last good artifact.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command::{copy_dir, dama_pub, names_in, root, said};
use crate::publication;

#[test]
fn two_builds_give_the_same_bytes() {
    let first = artifacts(publication::out());
    assert_eq!(first.len(), 9, "two PDFs and an EPUB of two languages and of both together");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let elsewhere = dir.path().join("another place");
    copy_dir(&root().join("manuscript"), &elsewhere.join("manuscript"));
    let output = Command::new(env!("CARGO_BIN_EXE_dama-pub"))
        .args(["build", "-q"])
        .current_dir(&elsewhere)
        .envs([
            ("TZ", "Asia/Shanghai"),
            ("LC_ALL", "zh_CN.UTF-8"),
            ("HOME", "/nonexistent"),
            ("RAYON_NUM_THREADS", "1"),
        ])
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("dama-pub starts");
    assert!(output.status.success(), "{}", said(&output));
    for (name, bytes) in artifacts(&elsewhere.join("out")) {
        assert!(first.get(&name) == Some(&bytes), "{name} has other bytes in another folder, time zone and locale");
    }
}

#[test]
fn a_failed_build_leaves_the_last_good_artifact() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    copy_dir(&root().join("tests/books/minimal"), dir.path());
    assert!(dama_pub(dir.path(), &["build"]).status.success());
    let good = artifacts(&dir.path().join("out"));
    let chapter = dir.path().join("manuscript/zh/01-start.md");
    let text = fs::read_to_string(&chapter).expect("the chapter is there");
    fs::write(&chapter, format!("{text}\n\n公式$foobar$错了。\n")).expect("the chapter can be written");
    let output = dama_pub(dir.path(), &["build", "--edition", "zh"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(artifacts(&dir.path().join("out")), good);
}

fn artifacts(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |name: String| {
        let bytes = fs::read(out.join(&name)).expect("a file");
        (name, bytes)
    };
    names_in(out).into_iter().map(read).collect()
}
