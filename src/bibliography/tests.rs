use std::collections::BTreeMap;

use super::*;
use crate::manuscript::{load_book, load_config};
use crate::source::Sources;

/// The words of a book in Chinese with a text and its references.
fn words(settings: &str, references: &str, text: &str) -> Arc<Worded> {
    let config = format!("title: T\nlanguages: [zh]\ndate: 2025-01-01\nlayout: report\n{settings}");
    let text = format!("# 章\n\n{text}\n");
    let files = BTreeMap::from([
        ("manuscript/book.yaml", config.into_bytes()),
        ("manuscript/references.yaml", references.as_bytes().to_vec()),
        ("manuscript/zh/a.md", text.into_bytes()),
    ]);
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let config = load_config(&files, &mut sources).take(&mut found).expect("book.yaml is sound");
    let book = load_book(&files, &mut sources, config, Some(&[])).take(&mut found);
    found.retain(|one| one.check != "uncited");
    assert_eq!(found, []);
    let languages: Vec<&Lang> = book.languages.iter().collect();
    worded(&book, &languages)
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn list(worded: &Worded) -> Vec<String> {
    let line = |work: &ListedWork| [work.number.as_deref().map(plain).unwrap_or_default(), plain(&work.text)].join(" ");
    worded.list.iter().map(|work| line(work).trim().to_owned()).collect()
}

fn cited(worded: &Worded) -> Vec<String> {
    worded.citations.values().map(|pieces| plain(pieces)).collect()
}

const WORKS: &str = "\
a: {type: book, title: Rivers, author: ['Ash, A.', 'Birch, B.', 'Cedar, C.', 'Elm, E.'], date: 2019}
b: {type: book, title: 河流, author: [甲一, 乙二, 丙三, 丁四], date: 2020}
c: 丙. 湖泊[M]. 北京, 2021.
";

#[test]
fn each_work_is_worded_in_its_own_language() {
    let made = words("", WORKS, "引[@b; @a]");
    assert_eq!(
        list(&made),
        ["[1] 甲一, 乙二, 丙三, 等. 河流[M]. 2020.", "[2] ASH A, BIRCH B, CEDAR C, et al. Rivers[M]. 2019."]
    );
    let made = words("references: {style: author-date}\n", WORKS, "引[@b; @a]、[@a]");
    assert_eq!(cited(&made), ["(Ash et al., 2019)", "(甲一等, 2020; Ash et al., 2019)"]);
}

#[test]
fn the_language_of_an_entry_is_believed() {
    let works = "a: {type: book, title: Rivers, language: zh, author: ['Ash, A.', 'Birch, B.', 'Cedar, C.', 'Elm, E.'], date: 2019}\n";
    assert_eq!(list(&words("", works, "引[@a]")), ["[1] ASH A, BIRCH B, CEDAR C, 等. Rivers[M]. 2019."]);
}

#[test]
fn all_works_are_listed_in_the_order_of_the_file_if_asked_for() {
    let made = words("references: {list: all}\n", WORKS, "引[@b]");
    let keys: Vec<&str> = made.list.iter().map(|work| work.key.as_str()).collect();
    assert_eq!(keys, ["a", "b", "c"]);
    assert_eq!(cited(&made), ["[2]"]);
    assert_eq!(list(&made)[2], "[3] 丙. 湖泊[M]. 北京, 2021.");
    assert_eq!(words("references: {list: all}\n", WORKS, "无").list.len(), 3);
    assert_eq!(words("", WORKS, "无").list.len(), 0);
}

#[test]
fn places_in_works_are_shown() {
    let made = words("", WORKS, "引[@a, 第3页]、[@b, 5; @a]、[@a; @b]");
    assert_eq!(cited(&made), ["[1,2]", "[1]第3页", "[2]5[1]"]);
    let made = words("references: {style: ieee}\n", WORKS, "引[@a, p. 3]");
    assert_eq!(cited(&made), ["[1, p. 3]"]);
}

#[test]
fn ready_made_text_is_printed_as_it_is_and_its_addresses_lead_on() {
    let works = "c: 水利部. 公报[EB/OL]. 2021. https://example.org/%E6%B2%B3.\n";
    let made = words("", works, "引[@c]");
    assert_eq!(list(&made), ["[1] 水利部. 公报[EB/OL]. 2021. https://example.org/河."]);
    let target = made.list[0].text.iter().find_map(|piece| piece.target.clone());
    assert_eq!(target, Some(Target::Url("https://example.org/%E6%B2%B3".to_owned())));
    let made = words("references: {style: author-date}\n", works, "引[@c]");
    assert_eq!(cited(&made), ["(水利部, 2021)"]);
}

#[test]
fn every_style_words_a_list() {
    let names = [
        "apa",
        "ieee",
        "chicago-author-date",
        "vancouver",
        "gb-7714-2015-author-date",
        "gb-7714-2005-numeric",
        "mla",
        "nature",
    ];
    for name in names {
        let made = words(&format!("references: {{style: {name}}}\n"), WORKS, "引[@a; @b; @c]");
        assert_eq!(made.list.len(), 3, "{name}");
        assert!(cited(&made).iter().all(|citation| !citation.is_empty()), "{name}");
    }
}

#[test]
fn addresses_are_shown_as_people_read_them() {
    for (written, shown) in [
        ("https://example.org/%E6%B2%B3/a%20b", "https://example.org/河/a%20b"),
        ("https://example.org/%E6%B2", "https://example.org/%E6%B2"),
        ("https://example.org/100%", "https://example.org/100%"),
        ("https://example.org/%E2%80%8B", "https://example.org/%E2%80%8B"),
    ] {
        assert_eq!(address::readable(written), shown);
    }
}
