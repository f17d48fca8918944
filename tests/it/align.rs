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
fn scores_are_a_third_field() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::write(dir.path().join("a.txt"), CHINESE).expect("a file can be written");
    fs::write(dir.path().join("b.txt"), ENGLISH).expect("a file can be written");
    let output = dama_pub(dir.path(), &["align", "--pair", "a.txt", "b.txt", "--lines", "--scores"]);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let scores: Vec<f32> =
        printed.lines().map(|line| line.splitn(3, ':').nth(2).and_then(|s| s.parse().ok()).expect("a score")).collect();
    assert_eq!(scores.len(), 3, "{printed}");
    assert!(scores.iter().all(|score| (0.5..=1.0).contains(score)), "a plain text is aligned surely: {printed}");
    let alone = dama_pub(dir.path(), &["align", "--scores"]);
    assert_eq!(alone.status.code(), Some(2), "scores go with --lines: {}", said(&alone));
}

#[test]
fn an_empty_text_leaves_the_other_alone() {
    assert_eq!(align(CHINESE, "").1, "[0]:[]\n[1]:[]\n[2]:[]\n");
}

#[test]
fn a_text_beside_itself_is_the_identity() {
    assert_eq!(align(CHINESE, CHINESE).1, "[0]:[0]\n[1]:[1]\n[2]:[2]\n");
}

const CHINESE_PAGE: &str = "---\ntitle: 河\n---\n\n春天来得很晚。河面上的冰还没有化。没有人相信他。\n\n## 渡口\n\n\
    到了四月，渔船一条接一条地下水。\n\n老人把网晾在门口，一句话也不说。\n";
const ENGLISH_PAGE: &str = "---\ntitle: The river\n---\n\nSpring came very late. Nobody believed him.\n\n## The ferry\n\n\
    In April one fishing boat after another went into the water. The old man hung his nets by the door and did not say a \
    word.\n";

/// Runs `align --pair zh.md en.md` with more arguments; gives stdout.
fn pages(args: &[&str]) -> String {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::write(dir.path().join("zh.md"), CHINESE_PAGE).expect("a file can be written");
    fs::write(dir.path().join("en.md"), ENGLISH_PAGE).expect("a file can be written");
    let output = dama_pub(dir.path(), &[&["align", "--pair", "zh.md", "en.md"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    String::from_utf8(output.stdout).expect("tables are UTF-8")
}

/// Level, places and relation of every line.
fn rows(tsv: &str) -> Vec<String> {
    let columns = |line: &str| line.split('\t').skip(1).take(4).collect::<Vec<_>>().join(" ");
    tsv.lines().skip(1).map(columns).collect()
}

#[test]
fn blocks_and_sentences_of_two_files_are_listed() {
    let expected = [
        "block 2 2 equal",
        "sentence 2:8 2:8 equal",
        "block 5 5 equal",
        "sentence 5:1 5:1 equal",
        "sentence 5:8  missing",
        "sentence 5:18 5:24 equal",
        "block 7 7 equal",
        "sentence 7:4 7:4 equal",
        "block 9,11 9 merged",
        "sentence 9:1 9:1 equal",
        "sentence 11:1 9:62 equal",
    ];
    assert_eq!(rows(&pages(&["--format", "tsv"])), expected);
}

#[test]
fn the_forms_agree() {
    let value: serde_json::Value = serde_json::from_str(&pages(&["--format", "json"])).expect("JSON");
    let pairs = value["chapters"][0]["pairs"].as_array().expect("a list of pairs").len();
    assert_eq!(pairs, rows(&pages(&["--format", "tsv"])).len());
    let table = pages(&[]);
    assert!(table.contains("blocks: 3 equal, 1 merged"), "{table}");
    assert!(table.contains("sentences: 6 equal, 1 missing"), "{table}");
}

#[test]
fn a_pair_is_explained_by_its_words() {
    let why = pages(&["--explain", "zh.md:9"]);
    assert!(why.contains("merged, by wording"), "{why}");
    assert!(why.contains("boat ← 船"), "{why}");
}

#[test]
fn two_folders_are_a_book() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    write("zh/one.md", "# 河口\n\n春天来得很晚，共有236条渔船。\n");
    write("zh/more/two.md", "# 冬天\n\n老人把网晾在门口，一句话也不说。\n");
    write("en/one.md", "# The mouth\n\nSpring came very late, and there were 263 fishing boats.\n");
    write("en/more/two.md", "# Winter\n\nThe old man hung his nets by the door and did not say a word.\n");
    fs::create_dir(dir.path().join("empty")).expect("a folder can be made");
    let check = dama_pub(dir.path(), &["check", "--pair", "zh", "en", "--format", "short"]);
    let printed = String::from_utf8_lossy(&check.stdout).into_owned() + &said(&check);
    assert_eq!(check.status.code(), Some(1), "{printed}");
    assert!(printed.contains("en/one.md:3:39: error[number]: ‘263’ here, but ‘236’ in Chinese"), "{printed}");
    assert!(!printed.contains("two.md"), "the other texts agree: {printed}");
    let align = dama_pub(dir.path(), &["align", "--pair", "zh", "en", "--format", "tsv"]);
    let pairs = String::from_utf8_lossy(&align.stdout).into_owned();
    assert!(pairs.contains("zh/more/two.md\tblock\t3\t3\tequal"), "{pairs}");
    for (pair, why) in [(["zh", "en/one.md"], "a file and a folder"), (["zh", "empty"], "no Markdown file")] {
        let refused = dama_pub(dir.path(), &["check", "--pair", pair[0], pair[1]]);
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(said(&refused).contains(why), "{}", said(&refused));
    }
}

#[test]
fn names_pair_with_their_pinyin() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let names = [
        ("王明", "Wang Ming"),
        ("李婷", "Li Ting"),
        ("周婷婷", "Zhou Tingting"),
        ("吴佩", "Wu Pei"),
        ("徐晓", "Xu Xiao"),
        ("孙洋", "Sun Yang"),
        ("马建国", "Ma Jianguo"),
        ("黄非", "Huang Fei"),
        ("莫言", "Mo Yan"),
        ("欧阳平", "Ouyang Ping"),
    ];
    let list = |items: &[&str]| items.iter().map(|item| format!("- {item}\n")).collect::<String>();
    let chinese: Vec<&str> = names.iter().map(|(chinese, _)| *chinese).collect();
    let mut english: Vec<&str> = names.iter().map(|(_, english)| *english).collect();
    fs::write(dir.path().join("zh.md"), format!("# 编委\n\n{}", list(&chinese))).expect("a file can be written");
    for (lost, count) in [(None, 0), (Some(4), 1)] {
        if let Some(at) = lost {
            english.remove(at);
        }
        fs::write(dir.path().join("en.md"), format!("# Board\n\n{}", list(&english))).expect("a file can be written");
        let args = ["check", "--pair", "zh.md", "en.md", "--format", "short", "--select", "alignment,language,values"];
        let output = dama_pub(dir.path(), &args);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned() + &said(&output);
        let found: Vec<&str> =
            printed.lines().filter(|line| line.contains("[missing-") || line.contains("[extra-")).collect();
        assert_eq!(found.len(), count, "{printed}");
        assert!(found.iter().all(|line| line.starts_with("zh.md:7:")), "{printed}");
    }
}
