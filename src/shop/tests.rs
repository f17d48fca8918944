//! Records of small books.

use super::{Artifact, Form, Kind, Record, expected, records};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Book;
use crate::source::Sources;

const BOOK: &str = "title: {zh: 灯火, en: Lamps & Lights}\nlanguages: [zh, en]\neditions: [zh, en, bilingual]\ndate: 2026-03-01\nlayout: book\n\
    publisher: {zh: 灯塔社, en: Lighthouse Press}\ndescription: {zh: 简介, en: About}\npdf: {profiles: [screen, print]}\n\
    keywords: {zh: [灯, 火], en: [lamp]}\n\
    people:\n  - {name: {zh: 香农, en: Claude Shannon}, sort: {en: \"Shannon, Claude\"}, orcid: 0000-0002-1825-0097}\n  - {name: 组, role: trl, group: true}\n\
    identifier: {zh: {epub: 978-0-306-40615-7, print: 978-3-16-148410-0}}\n";

const RELEASE: &str = "release:\n  sender: {name: Lighthouse Press, email: a@example.org}\n  domain: example.org\n  files: https://example.org/f/\n  website: https://example.org/\n  audience: general\n  \
    subjects: {thema: [UYQ, 1FPC], bisac: [TEC000000], clc: [TP18]}\n  territories: {exclusive: [CN], non-exclusive: world, not-for-sale: [US]}\n  \
    prices: [{amount: 49.00, currency: CNY, forms: print, tax-included: true}, {unpriced: free, forms: [epub, pdf]}]\n  \
    doi: {zh: 10.1000/1, en: 10.1000/2}\n";

fn made(text: &str) -> (Vec<Record>, Vec<Diagnostic>) {
    let (records, found, read) = made_with_slips(text);
    assert!(read.iter().all(|finding| finding.severity < Severity::Error), "{read:?}");
    (records, found)
}

/// The records, what is said of them, and what was said when the book was read.
fn made_with_slips(text: &str) -> (Vec<Record>, Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut files = std::collections::BTreeMap::new();
    files.insert("manuscript/book.yaml".to_owned(), text.as_bytes().to_vec());
    files.insert("manuscript/zh/01.md".to_owned(), "# 起点\n\n文。\n".as_bytes().to_vec());
    files.insert("manuscript/en/01.md".to_owned(), b"# Start\n\nText.\n".to_vec());
    let (mut read, mut found) = (Vec::new(), Vec::new());
    let loaded = crate::load(&files, &mut Sources::default()).take(&mut read);
    let book: Book = loaded.expect("a book").0;
    let mut artifacts = expected(&book);
    let zh = artifacts[0].edition.clone();
    artifacts.push(Artifact::planned("lamps-zh-cover.jpg", zh, Kind::Cover));
    let records = records(&book, &artifacts, 1_772_323_200).take(&mut found);
    (records, found, read)
}

fn text(records: &[Record], form: Form) -> &str {
    records.iter().find(|record| record.form == form).map_or("", |record| record.text.as_str())
}

#[test]
fn every_product_has_a_record_and_knows_the_others() {
    let (records, found) = made(&format!("{BOOK}{RELEASE}"));
    assert!(found.iter().all(|finding| finding.severity == Severity::Info), "{found:?}");
    let onix = text(&records, Form::Onix31);
    assert_eq!(onix.matches("<Product>").count(), 9);
    let of = |reference: &str| {
        let start = onix.find(&format!("<RecordReference>{reference}<")).expect("it has a record");
        onix[start..].split("</Product>").next().expect("a record").to_owned()
    };
    let epub = of("example.org.lamps-lights-zh-epub");
    assert_eq!(epub.matches("<ProductRelationCode>06<").count(), 2, "its PDF and the printed book");
    assert_eq!(epub.matches("<ProductRelationCode>11<").count(), 2, "English and both");
    assert!(epub.contains("<IDValue>9780306406157<") && epub.contains("<WorkRelationCode>49<"));
    assert!(!epub.contains("B06"), "nobody translated the source");
    assert!(epub.contains("<ResourceLink>https://example.org/f/lamps-zh-cover.jpg<"));
    let english = of("example.org.lamps-lights-en-epub");
    assert!(english.contains("<WorkRelationCode>29<") && english.contains("Lamps &amp; Lights"));
    assert!(english.contains("<LanguageRole>02<") && english.contains("<ContributorRole>B06<"));
    let both = of("example.org.lamps-lights-bilingual-print");
    assert_eq!(both.matches("<LanguageRole>01<").count(), 2);
    assert!(both.contains("<PriceAmount>49.00<") && !both.contains("UnpricedItemType"));
    assert!(both.contains("<CountriesExcluded>CN US<"), "the world is what is named nowhere else");
}

#[test]
fn both_releases_of_onix_say_the_same() {
    let (records, _) = made(&format!("{BOOK}{RELEASE}"));
    let [newer, older] = [Form::Onix31, Form::Onix30].map(|form| text(&records, form));
    let head = |text: &str, number: &str| {
        text.replace(&format!("onix/{number}/"), "onix/").replace(&format!("release=\"{number}\""), "")
    };
    assert_eq!(head(newer, "3.1"), head(older, "3.0"));
}

#[test]
fn what_has_a_doi_has_deposits() {
    let (records, _) = made(&format!("{BOOK}{RELEASE}"));
    let deposit = text(&records, Form::Crossref);
    assert!(deposit.contains("<surname>Shannon<") && deposit.contains("<given_name>Claude<"));
    let names: Vec<&str> = records.iter().map(|record| record.name.as_str()).collect();
    let wanted = ["onix-3.1.xml", "onix-3.0.xml", "book.jsonld", "crossref.xml", "datacite-zh.xml", "datacite-en.xml"];
    assert_eq!(names, wanted);
    assert!(records[4].text.contains("relationType=\"HasTranslation\">10.1000/2<"));
    let (records, _) = made(&format!("{BOOK}{}", RELEASE.replace("doi:", "related: [] #")));
    assert_eq!(records.len(), 3);
}

#[test]
fn each_thing_that_is_missing_is_told_once_at_the_block() {
    let told = |text: &str, message: &str| {
        let (records, found) = made(text);
        assert!(records.len() > 2, "the rest is written all the same");
        let of: Vec<_> = found.iter().filter(|finding| finding.message.to_string().contains(message)).collect();
        assert!(!of.is_empty() && of.iter().all(|finding| finding.primary.is_some()), "{message}: {found:?}");
        of.len()
    };
    let all = format!("{BOOK}{RELEASE}");
    for (line, message) in [
        ("territories: {exclusive: [CN], non-exclusive: world, not-for-sale: [US]}", "may be sold"),
        ("domain: example.org", "no `domain`"),
        ("subjects: {thema: [UYQ, 1FPC], bisac: [TEC000000], clc: [TP18]}", "no `subjects`"),
        ("files: https://example.org/f/", "no cover"),
        ("audience: general", "whom the book is for"),
    ] {
        assert_eq!(told(&all.replace(line, "gates: [check]"), message), 1, "{message}");
    }
    assert_eq!(told(&all.replace("forms: [epub, pdf]", "forms: [epub]"), "no price is given"), 1);
    assert_eq!(told(&all.replace("print: 978-3-16-148410-0", "print: 978-0-306-40615-7"), "ISBN of another"), 1);
    assert_eq!(told(&all.replace("description: {zh: 简介, en: About}\n", ""), "no description"), 2);
}

#[test]
fn what_was_refused_is_not_missing_as_well() {
    let all = format!("{BOOK}{RELEASE}");
    for (line, slip, message) in [
        ("domain: example.org", "domain: no domain", "no `domain`"),
        ("audience: general", "audience: everybody", "whom the book is for"),
        ("files: https://example.org/f/", "files: ftp://example.org", "no cover"),
        ("currency: CNY", "currency: RMB", "no price is given"),
    ] {
        let text = all.replace(line, slip);
        assert_ne!(text, all, "{slip}");
        let (_, found, read) = made_with_slips(&text);
        assert_eq!(read.iter().filter(|finding| finding.severity == Severity::Error).count(), 1, "{read:?}");
        assert!(found.iter().all(|finding| !finding.message.to_string().contains(message)), "{slip}: {found:?}");
    }
}

#[test]
fn without_a_release_there_is_one_finding_and_no_record() {
    let (records, found) = made(BOOK);
    assert_eq!((records.len(), found.len()), (0, 1));
}
