//! `dama-pub terms`: how often a translation keeps to the termbase.

use std::fs;

use crate::command::{dama_pub, said, write_book};

const CHINESE: &str = "---\ntitle: 网\n---\n\n算力是基础。\n\n神经网络需要参数。\n\n算力决定神经网络的上限。\n";
const ENGLISH: &str = "---\ntitle: The net\n---\n\nCompute power is the base.\n\nNeural networks need parameters.\n\n\
    Computing power decides the limit of a neural network.\n";
const GLOSSARY: &str = "- {zh: 神经网络, en: neural network}\n- {zh: 网络, en: network}\n- {zh: 参数, en: parameter}\n\
    - {zh: 算力, en: computing power, forbidden: {en: [compute power]}}\n";

fn terms(args: &[&str]) -> (Option<i32>, String, String) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in [("zh.md", CHINESE), ("en.md", ENGLISH), ("terms.yaml", GLOSSARY)] {
        fs::write(dir.path().join(name), text).expect("a file can be written");
    }
    let output = dama_pub(dir.path(), &[&["terms"], args].concat());
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), said(&output))
}

const PAIR: [&str; 5] = ["--pair", "zh.md", "en.md", "--glossary", "terms.yaml"];

#[test]
fn every_term_is_counted_where_it_stands_by_itself() {
    let (code, tsv, said) = terms(&[&PAIR[..], &["--format", "tsv"]].concat());
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let rows: Vec<&str> = tsv.lines().skip(1).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0], "zh\ten\t神经网络\tneural network\t2\t2\t2\t2\t0\t");
    assert!(rows[1].starts_with("zh\ten\t网络\tnetwork\t0\t"), "{}", rows[1]);
    assert_eq!(rows[3], "zh\ten\t算力\tcomputing power\t2\t1\t2\t1\t1\t");
}

#[test]
fn the_table_marks_what_is_not_kept() {
    let (_, table, _) = terms(&PAIR);
    let marked: Vec<&str> = table.lines().filter(|line| line.starts_with('!')).collect();
    assert_eq!(marked.len(), 1, "{table}");
    let head = table.lines().find(|line| line.contains("forbidden")).expect("a head");
    let column = marked[0].split_whitespace().rev().any(|cell| cell == "1");
    assert!(marked[0].contains("算力") && column && head.contains("kept"), "{table}");
}

#[test]
fn without_a_termbase_there_is_nothing_to_show() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir_all(dir.path().join("manuscript/zh")).expect("a folder");
    fs::write(dir.path().join("manuscript/book.yaml"), "title: T\nlanguages: [zh]\ndate: 2026-01-01\nlayout: report\n")
        .expect("a file can be written");
    fs::write(dir.path().join("manuscript/zh/a.md"), CHINESE).expect("a file can be written");
    let output = dama_pub(dir.path(), &["terms"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("there is no termbase"), "{}", said(&output));
}

#[test]
fn every_term_that_is_counted_stands_in_the_index() {
    const GLOSSARY: &str = "- {zh: 依赖, en: dependency}\n- {zh: 数据集, en: data set}\n- {zh: 网络, en: network}\n\
        - {zh: 指数, en: index}\n- {zh: 图形处理器, en: GPU}\n";
    const LAYOUT: &str = "#set document(title: dama.book.title)\n#set text(font: (\"Source Serif 4\", \"Noto Serif CJK SC\"))\n\
        #for chapter in dama.book.chapters { dama.chapter(chapter.path, terms: true) }\n\
        #let marks = query.with(<dama-term>)\n\
        #context assert.eq(marks().map(mark => mark.value).sorted(), dama.glossary.map(term => term.id).sorted())\n";
    let dir = tempfile::tempdir().expect("a temporary folder");
    write_book(
        dir.path(),
        &[
            ("manuscript/book.yaml", b"title: T\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: plain\n"),
            ("manuscript/glossary.yaml", GLOSSARY.as_bytes()),
            ("manuscript/zh/a.md", "---\ntitle: 一\n---\n\n依赖、图形处理器、指数、**数**据\n集、网络。\n".as_bytes()),
            (
                "manuscript/en/a.md",
                "---\ntitle: One\n---\n\n*Dependencies*, GPUs, indices, *data*-sets, the network’s end; \
                 `data set`, it.\n"
                    .as_bytes(),
            ),
            ("layouts/plain/layout.yaml", b"name: plain\n"),
            ("layouts/plain/layout.typ", LAYOUT.as_bytes()),
            ("layouts/plain/epub.css", b""),
        ],
    );
    let output = dama_pub(dir.path(), &["terms", "--format", "tsv"]);
    let tsv = String::from_utf8_lossy(&output.stdout).into_owned();
    let counts: Vec<&str> = tsv.lines().skip(1).filter_map(|row| row.splitn(5, '\t').nth(4)).collect();
    assert_eq!(counts, ["1\t1\t1\t1\t0\t"; 5], "{tsv}{}", said(&output));
    if cfg!(feature = "pages") {
        let output = dama_pub(dir.path(), &["build"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
}

#[test]
fn the_termbase_goes_out_and_what_comes_back_changes_its_own_lines() {
    const TERMS: &str = "# Terms\n- {zh: 算力, en: computing power, forbidden: {en: [compute power]}} # of machines\n\
        - {zh: 参数, en: parameter}\n";
    let dir = tempfile::tempdir().expect("a temporary folder");
    let book = b"title: T\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: report\n";
    let files: [(&str, &[u8]); 4] = [
        ("manuscript/book.yaml", book),
        ("manuscript/glossary.yaml", TERMS.as_bytes()),
        ("manuscript/zh/a.md", CHINESE.as_bytes()),
        ("manuscript/en/a.md", ENGLISH.as_bytes()),
    ];
    write_book(dir.path(), &files);
    let run = |args: &[&str]| dama_pub(dir.path(), &[&["terms"], args].concat());
    let now = || fs::read_to_string(dir.path().join("manuscript/glossary.yaml")).expect("the termbase");
    for form in ["tsv", "tbx", "tbx3"] {
        let output = run(&["--export", form, "--out", "terms"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let output = run(&["--import", "terms"]);
        assert_eq!((output.status.code(), now().as_str()), (Some(0), TERMS), "{form}: {}", said(&output));
    }
    let table = "zh\ten\ten-variants\n参数\tparam: a\t\n网络\tnetwork\tnet|nets\n算力\tcompute power\t\n";
    fs::write(dir.path().join("back.tsv"), table).expect("a file can be written");
    let changed =
        TERMS.replace("en: parameter", "en: \"param: a\"") + "- {zh: 网络, en: network, variants: {en: [net, nets]}}\n";
    let shown = run(&["--import", "back.tsv", "--dry-run"]);
    assert_eq!(now(), TERMS, "nothing is written");
    let diff = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(diff.contains("+- {zh: 参数, en: \"param: a\"}") && !diff.contains("-# Terms"), "{diff}");
    let output = run(&["--import", "back.tsv"]);
    assert_eq!((output.status.code(), now()), (Some(1), changed), "{}", said(&output));
    assert!(said(&output).contains("‘compute power’ is forbidden for ‘算力’"), "{}", said(&output));
}
