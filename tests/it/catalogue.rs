//! What need not be made again, what a cache keeps, and many books at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::command::{copy_dir, dama_pub, names_in, printed, said, write_book};

const CONFIG: &[u8] = "title: {zh: 灯, en: Lamps}\nlanguages: [zh, en]\neditions: [zh, en, bilingual]\nslug: lamps\n\
                       date: 2026-01-01\nlayout: book\n"
    .as_bytes();

/// A book in two languages whose English text has this sentence.
fn book(root: &Path, english: &str) {
    let english = format!("# Lamps\n\n{english}\n");
    let files: [(&str, &[u8]); 3] = [
        ("manuscript/book.yaml", CONFIG),
        ("manuscript/zh/01.md", "# 灯\n\n城里有12盏灯。\n".as_bytes()),
        ("manuscript/en/01.md", english.as_bytes()),
    ];
    write_book(root, &files);
}

/// Builds; gives what was said.
fn build(root: &Path, args: &[&str]) -> String {
    let output = dama_pub(root, &[&["build"], args].concat());
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

/// The artifacts, and which file each of them is on the disk.
fn artifacts(out: &Path) -> BTreeMap<String, Vec<u8>> {
    names_in(out).into_iter().map(|name| (name.clone(), fs::read(out.join(name)).expect("a file"))).collect()
}

/// The names of the artifacts that a run said it made.
fn made(said: &str) -> Vec<&str> {
    let lines = said.lines().filter_map(|line| line.trim().strip_prefix("made out/"));
    let mut names: Vec<&str> = lines.filter_map(|line| line.split(' ').next()).collect();
    names.sort_unstable();
    names
}

#[test]
fn what_is_unchanged_is_not_made_and_an_edit_makes_its_own_editions_anew() {
    let dir = tempfile::tempdir().expect("a folder");
    book(dir.path(), "There are 12 lamps.");
    assert_eq!(made(&build(dir.path(), &[])).len(), 6);
    let whole = artifacts(&dir.path().join("out"));
    let again = build(dir.path(), &[]);
    assert!(again.contains("unchanged") && made(&again).is_empty(), "{again}");
    book(dir.path(), "There are 12 lamps in town.");
    let english = build(dir.path(), &[]);
    let wanted = ["lamps-bilingual.epub", "lamps-bilingual.pdf", "lamps-en.epub", "lamps-en.pdf"];
    assert_eq!(made(&english), wanted, "{english}");
    fs::remove_file(dir.path().join("out/lamps-zh.pdf")).expect("it was made");
    assert_eq!(made(&build(dir.path(), &[])), ["lamps-zh.pdf"]);
    fs::write(dir.path().join("out/lamps-zh.pdf"), "of somebody else").expect("it can be written");
    assert_eq!(made(&build(dir.path(), &[])), ["lamps-zh.pdf"]);
    assert_eq!(made(&build(dir.path(), &["--force"])).len(), 6);
    book(dir.path(), "There are 12 lamps.");
    build(dir.path(), &[]);
    assert_eq!(artifacts(&dir.path().join("out")), whole);
}

#[test]
fn whatever_changes_bytes_makes_anew() {
    let dir = tempfile::tempdir().expect("a folder");
    book(dir.path(), "There are 12 lamps.");
    let only = ["--edition", "zh", "--format", "pdf"];
    build(dir.path(), &only);
    let changes: [(&str, &[u8]); 3] = [
        ("manuscript/glossary.yaml", "- zh: 灯\n  en: lamp\n".as_bytes()),
        ("layouts/book/epub.css", b"p { color: black }\n"),
        ("manuscript/zh/02.md", "# 河\n\n河很长。\n".as_bytes()),
    ];
    for (path, bytes) in changes {
        write_book(dir.path(), &[(path, bytes)]);
        assert_eq!(made(&build(dir.path(), &only)), ["lamps-zh.pdf"], "{path}");
    }
    let mut later = crate::command::program(dir.path(), &[&["build"][..], &only].concat());
    let output = later.env("SOURCE_DATE_EPOCH", "86400").output().expect("dama-pub starts");
    assert_eq!(made(&said(&output)), ["lamps-zh.pdf"], "another date");
    // What was signed off is printed nowhere.
    assert!(dama_pub(dir.path(), &["accept", "--all"]).status.code().is_some());
    build(dir.path(), &only);
    assert!(made(&build(dir.path(), &only)).is_empty());
}

#[test]
fn what_was_said_is_said_again_and_errors_are_never_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    book(dir.path(), "There are 12 lamps.");
    write_book(dir.path(), &[("manuscript/zh/notes.txt", b"of no use")]);
    let first = build(dir.path(), &[]);
    let end = |line: &&str| !["built", "unchanged"].iter().any(|word| line.trim_start().starts_with(word));
    let told = |said: &str| {
        let lines = said.lines().skip_while(|line| !line.starts_with("warning["));
        lines.take_while(end).map(str::to_owned).collect::<Vec<String>>()
    };
    let again = build(dir.path(), &[]);
    assert!(!told(&first).is_empty(), "{first}");
    assert_eq!(told(&again), told(&first), "{again}");
    let json = |args: &[&str]| printed(&dama_pub(dir.path(), &[&["build", "--message-format", "json"], args].concat()));
    assert_eq!(json(&[]), json(&["--force"]));
    book(dir.path(), "![Nothing](../images/none.png)");
    for _ in 0..2 {
        let output = dama_pub(dir.path(), &["build"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(said(&output).contains("error[missing-image]"), "{}", said(&output));
    }
}

#[test]
fn a_cache_serves_a_copy_elsewhere_and_no_broken_entry_does() {
    let dir = tempfile::tempdir().expect("a folder");
    let [one, two] = ["一", "two"].map(|name| dir.path().join(name));
    let cache = dir.path().join("cache");
    let with = ["--cache", cache.to_str().expect("UTF-8"), "--edition", "zh"];
    book(&one, "There are 12 lamps.");
    build(&one, &["--edition", "zh"]);
    let kept = build(&one, &with);
    assert!(made(&kept).is_empty(), "what is in its place is kept too: {kept}");
    copy_dir(&one.join("manuscript"), &two.join("manuscript"));
    let taken = build(&two, &with);
    assert!(taken.contains("cached") && made(&taken).is_empty(), "{taken}");
    assert_eq!(artifacts(&one.join("out")), artifacts(&two.join("out")));
    assert!(build(&two, &with).contains("unchanged"));
    let entries: Vec<_> = walk(&cache).into_iter().filter(|path| path.ends_with("artifact")).collect();
    assert_eq!(entries.len(), 2);
    for entry in &entries {
        // Another name of the file in out/ is not to be spoilt with it.
        fs::remove_file(entry).expect("it is there");
        fs::write(entry, "spoilt").expect("it can be written");
    }
    fs::remove_dir_all(two.join("out")).expect("it was made");
    assert_eq!(made(&build(&two, &with)).len(), 2);
    assert_eq!(artifacts(&one.join("out")), artifacts(&two.join("out")));
    let verified = dama_pub(dir.path(), &["cache", "verify", "cache"]);
    assert!(verified.status.success(), "{}", said(&verified));
    assert_eq!(walk(&cache.join("1/aside")).len(), 0);
    let swept = dama_pub(dir.path(), &["cache", "gc", "cache", "--max-size", "0"]);
    assert!(said(&swept).contains("0 are left"), "{}", said(&swept));
}

#[test]
fn a_depfile_names_what_was_read() {
    let dir = tempfile::tempdir().expect("a folder");
    book(&dir.path().join("我的 书"), "There are 12 lamps.");
    let args = ["build", "我的 书", "--edition", "zh", "--format", "epub", "--depfile", "mark.d"];
    for _ in 0..2 {
        assert!(dama_pub(dir.path(), &args).status.success());
        let text = fs::read_to_string(dir.path().join("mark.d")).expect("it was written");
        assert!(text.starts_with("mark: \\\n"), "{text}");
        assert!(text.contains("  我的\\ 书/manuscript/zh/01.md"), "{text}");
        fs::remove_file(dir.path().join("mark.d")).expect("it is there");
    }
}

#[test]
fn what_goes_wrong_in_one_book_costs_that_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let books = dir.path().join("books");
    for name in ["a", "b", "c"] {
        book(&books.join(name), "There are 12 lamps.");
    }
    book(&books.join("b"), "![Nothing](../images/none.png)");
    write_book(&books.join("c"), &[("layouts/book/layout.typ", b"#panic(\"no\")")]);
    let args = ["catalogue", "build", "books", "--keep-going", "--message-format", "jsonl"];
    let output = dama_pub(dir.path(), &args);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let lines = lines(&printed(&output));
    let status = |book: &str| lines.iter().find(|line| line["book"] == book).map(|line| line["status"].clone());
    assert_eq!(
        (status("a"), status("b"), status("c")),
        (Some("done".into()), Some("failed".into()), Some("failed".into()))
    );
    assert_eq!(names_in(&books.join("a/out")).len(), 6);
    assert_eq!(names_in(&books.join("b/out")), ["lamps-zh.epub", "lamps-zh.pdf"]);
    let again = dama_pub(dir.path(), &["catalogue", "build", "books", "--shard", "1/1", "--message-format", "jsonl"]);
    assert!(printed(&again).contains(r#""book":"a","status":"unchanged""#), "{}", printed(&again));
    let listed = dama_pub(dir.path(), &["catalogue", "books", "--format", "jsonl"]);
    let states: Vec<Value> = self::lines(&printed(&listed)).iter().map(|line| line["state"].clone()).collect();
    assert_eq!(states, ["current", "new", "new"]);
}

#[test]
fn a_picture_of_one_language_makes_no_edition_of_the_other_anew() {
    const PICTURE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#;
    let dir = tempfile::tempdir().expect("a folder");
    let picture = |name: &str, text: &str| write_book(dir.path(), &[(name, text.as_bytes())]);
    picture("manuscript/images/map.svg", PICTURE);
    book(dir.path(), "There are 12 lamps.\n\n![A map](../images/map.svg)");
    build(dir.path(), &[]);
    picture("manuscript/images/unnamed.svg", PICTURE);
    assert!(made(&build(dir.path(), &[])).is_empty(), "no text names it");
    picture("manuscript/images/map.svg", &PICTURE.replace("\"9\"", "\"8\""));
    let anew = build(dir.path(), &[]);
    assert!(made(&anew).len() == 4 && made(&anew).iter().all(|name| !name.contains("-zh")), "{anew}");
}

/// Two books of a house that shares a termbase.
fn house(root: &Path, terms: &str) {
    write_book(root, &[("catalogue.yaml", b"books: [a, b]\n"), ("glossary.yaml", terms.as_bytes())]);
    for name in ["a", "b"] {
        book(&root.join(name), "There are 12 lanterns.");
        write_book(&root.join(name), &[("manuscript/glossary.yaml", b"extends: glossary\n")]);
    }
}

#[test]
fn books_of_a_house_keep_to_its_terms() {
    let dir = tempfile::tempdir().expect("a folder");
    house(dir.path(), "- {zh: 灯, en: lamp, forbidden: {en: [lantern, lanterns]}}\n");
    let check = |book: &str| printed(&dama_pub(dir.path(), &["check", book, "--format", "json"]));
    assert!(check("a").contains("forbidden-rendering"), "{}", check("a"));
    write_book(
        &dir.path().join("b"),
        &[(
            "manuscript/glossary.yaml",
            "extends: glossary\nterms:\n- {zh: 灯, en: lantern, variants: {en: [lanterns]}}\n".as_bytes(),
        )],
    );
    assert!(!check("b").contains("forbidden-rendering"), "{}", check("b"));
    let slip = "- {zh: 灯 en: lamp}\n";
    write_book(&dir.path().join("c"), &[("manuscript/glossary.yaml", b"extends: law-glossary\n")]);
    book(&dir.path().join("c"), "There are 12 lamps.");
    write_book(dir.path(), &[("law-glossary.yaml", slip.as_bytes())]);
    assert!(check("c").contains("../law-glossary.yaml"), "a slip is told where it is: {}", check("c"));
    let terms = printed(&dama_pub(dir.path(), &["catalogue", "terms", "."]));
    assert!(terms.contains("lamp") && terms.contains("lantern"), "{terms}");
}

#[test]
fn what_a_house_shares_is_an_input_of_its_books() {
    let dir = tempfile::tempdir().expect("a folder");
    house(dir.path(), "- {zh: 灯, en: lamp}\n");
    let args = ["build", "a", "--edition", "zh", "--format", "pdf", "--depfile", "mark.d"];
    let run = || {
        let output = dama_pub(dir.path(), &args);
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    run();
    let rule = fs::read_to_string(dir.path().join("mark.d")).expect("it was written");
    assert!(rule.contains("a/../glossary.yaml"), "{rule}");
    assert!(run().contains("unchanged"));
    house(dir.path(), "- {zh: 灯, en: light}\n");
    assert!(!run().contains("unchanged"), "another term");
    assert!(run().contains("unchanged"));
    write_book(dir.path(), &[("a/../catalogue.yaml", b"books: [a]\n")]);
    assert!(run().contains("unchanged"), "what the catalogue lists is of no concern to a book");
    fs::remove_file(dir.path().join("catalogue.yaml")).expect("it is there");
    let alone = dama_pub(dir.path(), &args);
    assert!(said(&alone).contains("error[glossary]"), "{}", said(&alone));
}

#[test]
fn commands_for_a_book_take_several() {
    let dir = tempfile::tempdir().expect("a folder");
    for name in ["a", "b", "c"] {
        book(&dir.path().join(name), "There are 12 lamps.");
    }
    book(&dir.path().join("b"), "![Nothing](../images/none.png)");
    let run = |args: &[&str]| {
        let output = dama_pub(dir.path(), args);
        let lines = lines(&printed(&output));
        let status = |line: &Value| format!("{} {}", line["book"].as_str().unwrap(), line["status"].as_str().unwrap());
        let mut statuses: Vec<String> = lines.iter().map(status).collect();
        statuses.sort_unstable();
        (output.status.code(), statuses)
    };
    let told = ["--keep-going", "--message-format", "jsonl"];
    let all = |words: &[&str]| run(&[words, &told].concat());
    let (code, statuses) = all(&["build", "a", "b", "c", "--edition", "en", "--format", "pdf"]);
    assert_eq!((code, statuses.join(", ").as_str()), (Some(1), "a done, b failed, c done"));
    let (code, statuses) = all(&["check", "."]);
    assert_eq!((code, statuses.join(", ").as_str()), (Some(1), "a done, b failed, c done"));
    let (code, statuses) = all(&["catalogue", "release", ".", "1.0", "--allow", "signed-off"]);
    assert_eq!((code, statuses.join(", ").as_str()), (Some(1), "a done, b failed, c done"));
    assert!(dir.path().join("c/release/1.0/release.json").is_file() && !dir.path().join("b/release").exists());
    let (code, statuses) = all(&["release", "1.0", "--book", "a", "--book", "c", "--allow", "signed-off"]);
    assert_eq!((code, statuses.join(", ").as_str()), (Some(0), "a unchanged, c unchanged"));
    let refused = dama_pub(dir.path(), &["build", "a", "b", "--out", "x"]);
    assert!(refused.status.code() == Some(2) && said(&refused).contains("`--out`"), "{}", said(&refused));
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("an object in a line")).collect()
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.flat_map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { vec![entry.path()] }).collect()
}
