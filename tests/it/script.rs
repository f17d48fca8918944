//! Traditional Chinese beside English.

use std::fs;
use std::path::Path;

use crate::command::{dama_pub, said};

const ENGLISH: &str = "# Bridges\n\nWe did not see the old bridge.\n\nThe engineers measured the depth of the river.\n";
const TRADITIONAL: &str = "# 橋樑\n\n我們沒有看見那座舊橋。\n\n工程師測量了河流的深度。\n";

fn checked(dir: &Path, chinese: &str, args: &[&str]) -> String {
    fs::write(dir.join("zh.md"), chinese).expect("a temporary file");
    fs::write(dir.join("en.md"), ENGLISH).expect("a temporary file");
    let command = [&["check", "--pair", "zh.md", "en.md", "--format", "short"], args].concat();
    let output = dama_pub(dir, &command);
    String::from_utf8_lossy(&output.stdout).into_owned() + &said(&output)
}

#[test]
fn a_traditional_text_is_recognised() {
    let dir = tempfile::tempdir().expect("a temporary file");
    for args in [&[][..], &["--languages", "zh-Hant,en"], &["--languages", "zh-TW"], &["--lang", "zh-Hant"]] {
        let found = checked(dir.path(), TRADITIONAL, args);
        assert!(!found.contains("[wrong-script]") && !found.contains("[negation-lost]"), "{args:?} {found}");
    }
}

#[test]
fn characters_of_the_other_script_are_found() {
    let dir = tempfile::tempdir().expect("a temporary file");
    let leak = checked(dir.path(), &TRADITIONAL.replace("測量", "测量"), &[]);
    assert!(leak.contains("zh.md:5") && leak.contains("[wrong-script]"), "{leak}");
    let found = checked(dir.path(), TRADITIONAL, &["--languages", "zh,en"]);
    assert_eq!(found.matches("[wrong-script]").count(), 3, "{found}");
}

#[test]
fn a_whole_text_in_the_other_script_is_told_once() {
    let dir = tempfile::tempdir().expect("a temporary file");
    let found = checked(dir.path(), &TRADITIONAL.repeat(20), &["--languages", "zh,en", "--select", "wrong-script"]);
    assert_eq!(found.matches("[wrong-script]").count(), 1, "{found}");
}

#[test]
fn languages_that_are_none_or_one_are_refused() {
    let dir = tempfile::tempdir().expect("a temporary file");
    for tags in ["xx", "zh,zh"] {
        let found = checked(dir.path(), TRADITIONAL, &["--languages", tags]);
        assert!(found.starts_with("error"), "{tags} {found}");
    }
}
