//! `dama-pub doctor` on books that are well and on books that are not.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::command::{copy_dir, dama_pub, said};

fn items(dir: &Path) -> (Option<i32>, Vec<(String, String, String)>) {
    let output = dama_pub(dir, &["doctor", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    assert_eq!(report["schema"], "dama-pub/health/1");
    let text = |item: &Value, key: &str| item[key].as_str().expect("text").to_owned();
    let items = report["items"].as_array().expect("items");
    assert!(
        items.iter().all(|item| (item["state"] == "good") == text(item, "mend").is_empty()),
        "each flaw says how to fix it"
    );
    (
        output.status.code(),
        items.iter().map(|item| (text(item, "area"), text(item, "state"), text(item, "text"))).collect(),
    )
}

fn book(name: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    copy_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books").join(name), dir.path());
    dir
}

fn has(items: &[(String, String, String)], area: &str, state: &str, words: &str) -> bool {
    items.iter().any(|(a, s, text)| a == area && s == state && text.contains(words))
}

#[test]
fn a_book_in_order_is_well() {
    let dir = book("minimal");
    let (code, items) = items(dir.path());
    assert_eq!(code, Some(0), "{items:?}");
    for (area, words) in
        [("book", "no errors"), ("fonts", "every character"), ("layouts", "built in"), ("output", "out can be written")]
    {
        assert!(has(&items, area, "good", words), "{area}: {words} not in {items:?}");
    }
}

#[test]
fn characters_without_a_glyph_and_broken_books_are_told() {
    let dir = book("tofu");
    let (code, found) = items(dir.path());
    assert_eq!(code, Some(1));
    assert!(has(&found, "fonts", "bad", "no glyph, first at manuscript/"), "{found:?}");
    let dir = book("unknown-key");
    let (code, found) = items(dir.path());
    assert_eq!(code, Some(1));
    assert!(has(&found, "book", "bad", "cannot be built"), "{found:?}");
}

#[test]
fn names_that_differ_between_systems_and_own_layouts_are_noted() {
    let dir = book("minimal");
    for name in ["Bild.txt", "bild.txt", "e\u{301}.txt"] {
        fs::create_dir_all(dir.path().join("manuscript/images")).expect("a folder");
        fs::write(dir.path().join("manuscript/images").join(name), "x").expect("a file");
    }
    fs::create_dir_all(dir.path().join("layouts/kit")).expect("a folder");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("layouts/kit/words.typ");
    let changed = fs::read_to_string(own).expect("a file") + "// mine\n";
    fs::write(dir.path().join("layouts/kit/words.typ"), changed).expect("a file");
    let (code, found) = items(dir.path());
    assert_eq!(code, Some(0), "notes break nothing");
    assert!(
        has(&found, "book", "note", "separate accents") && has(&found, "book", "note", "only in capitals"),
        "{found:?}"
    );
    assert!(has(&found, "layouts", "note", "layouts/kit/words.typ"), "{found:?}");
}

#[test]
fn outside_of_a_book_it_says_how_to_begin() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (code, found) = items(dir.path());
    assert_eq!(code, Some(0));
    assert!(has(&found, "book", "note", "no book in this folder"), "{found:?}");
}

#[test]
fn what_is_missing_for_a_job_is_told_and_a_bundle_has_no_text() {
    let dir = book("minimal");
    fs::create_dir_all(dir.path().join("fonts")).expect("a folder");
    fs::write(dir.path().join("fonts/Own.otf"), "x").expect("a file");
    let (code, found) = items(dir.path());
    assert_eq!(code, Some(0), "{found:?}");
    assert!(has(&found, "jobs", "note", "for the press: no PDF for print"), "{found:?}");
    assert!(has(&found, "fonts", "note", "fonts/Own.otf is not used"), "{found:?}");
    let secret = fs::read_to_string(dir.path().join("manuscript/book.yaml")).expect("a file");
    let title = secret.lines().next().expect("a line").to_owned();
    for (more, has_text) in [(None, false), (Some("--with-text"), true)] {
        let args: Vec<&str> = ["doctor", "--bundle", "report.zip"].into_iter().chain(more).collect();
        let output = dama_pub(dir.path(), &args);
        assert!(output.status.success(), "{}", said(&output));
        let file = fs::File::open(dir.path().join("report.zip")).expect("it was made");
        let mut archive = zip::ZipArchive::new(file).expect("a zip");
        let mut all = String::new();
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).expect("an entry");
            all += &format!("{}\n", entry.name().expect("a name"));
            let _ = std::io::Read::read_to_string(&mut entry, &mut all);
        }
        assert!(all.contains("report.txt") && all.contains("manuscript/book.yaml"), "{all}");
        assert_eq!(all.contains(&title), has_text, "{all}");
    }
}

#[test]
fn a_bundle_has_what_the_house_shares_with_the_book() {
    let house = tempfile::tempdir().expect("a folder");
    copy_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/minimal"), &house.path().join("book"));
    fs::write(house.path().join("catalogue.yaml"), "books: [book]\n").expect("a file");
    fs::write(house.path().join("glossary.yaml"), "- {zh: 灯, en: lamp}\n").expect("a file");
    let dir = house.path().join("book");
    fs::write(dir.join("manuscript/glossary.yaml"), "extends: glossary\nterms: []\n").expect("a file");
    let output = dama_pub(&dir, &["doctor", "--bundle", "report.zip", "--with-text"]);
    assert!(output.status.success(), "{}", said(&output));
    let file = fs::File::open(dir.join("report.zip")).expect("it was made");
    let mut archive = zip::ZipArchive::new(file).expect("a zip");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    assert!(names.iter().any(|name| name == "shared/glossary.yaml"), "{names:?}");
    assert!(names.iter().all(|name| !name.contains("..")), "{names:?}");
    let mut list = String::new();
    let mut entry = archive.by_name("files.txt").expect("the list");
    std::io::Read::read_to_string(&mut entry, &mut list).expect("text");
    assert!(list.contains("../glossary.yaml"), "{list}");
}
