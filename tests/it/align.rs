//! `dama-pub align` over two texts with a sentence a line.

use std::fs;

use crate::command::{dama_pub, said};

const CHINESE: &str = "春天来得很晚。\n河面上的冰还没有化，桥头的老人每天都来看一次。\n没有人相信他。\n";
const ENGLISH: &str = "Spring came very late.\nThe ice on the river had not melted yet.\n\
    The old man at the bridge came to look at it every day.\nNobody believed him.\n";

fn align(source: &str, target: &str) -> (Option<i32>, String, String) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::write(dir.path().join("a.txt"), source).expect("a file can be written");
    fs::write(dir.path().join("b.txt"), target).expect("a file can be written");
    let output = dama_pub(dir.path(), &["align", "--pair", "a.txt", "b.txt", "--lines"]);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), said(&output))
}

#[test]
fn beads_are_printed_a_line_each() {
    assert_eq!(align(CHINESE, ENGLISH).1, "[0]:[0]\n[1]:[1,2]\n[2]:[3]\n");
    assert_eq!(align(ENGLISH, CHINESE).1, "[0]:[0]\n[1,2]:[1]\n[3]:[2]\n", "the other way round");
}

#[test]
fn an_empty_text_leaves_the_other_alone() {
    assert_eq!(align(CHINESE, "").1, "[0]:[]\n[1]:[]\n[2]:[]\n");
}

#[test]
fn a_text_beside_itself_is_the_identity() {
    assert_eq!(align(CHINESE, CHINESE).1, "[0]:[0]\n[1]:[1]\n[2]:[2]\n");
}
