//! `release:` of `book.yaml` without mistakes, and with the usual ones.

use super::tests::load;
use crate::model::release::{
    Audience, Binding, Gate, Number, PriceValue, ProductForm, Protection, Region, Relation, Status, Unpriced,
};
use crate::model::{EditionKind, Lang, Release, Sample};

const BOOK: &str = "title: T\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: book\n";

fn release(text: &str) -> (Option<Release>, Vec<(String, String)>) {
    let (config, found) = load(&format!("{BOOK}{text}"));
    (config.and_then(|config| config.meta.release), found)
}

#[test]
fn every_key_of_a_release_reaches_the_model() {
    let (release, found) = release(
        "release:\n  gates: [check, signed-off, qpdf]\n  sample: {chapters: 2}\n  sender: {name: 社, email: a@example.org}\n  \
        domain: example.org\n  status: forthcoming\n  country: CN\n  city: {zh: 北京, en: Beijing}\n  website: https://example.org/t\n  \
        files: https://example.org/t/\n  audience: [general, university]\n  \
        subjects: {thema: [UYQ, 1FPC], bisac: TEC000000, clc: [TP18]}\n  \
        texts: {short: {zh: 短, en: short}, long: l, headline: h, cover: c}\n  \
        territories: {exclusive: [CN, HK], non-exclusive: world, not-for-sale: US}\n  \
        prices:\n    - {amount: 49.00, currency: CNY, tax-included: true, forms: [print], editions: zh, countries: CN}\n    - {unpriced: free, forms: epub}\n  \
        binding: hardback\n  protection: none\n  license: https://example.org/l\n  doi: {zh: https://doi.org/10.1000/182}\n  \
        related: [{relation: replaces, isbn: 978-0-306-40615-7}, {relation: companion, doi: 10.1000/1}]\n",
    );
    assert_eq!(found, []);
    let release = release.expect("it is there");
    let gates: Vec<Gate> = release.gates.iter().flatten().map(|gate| gate.value).collect();
    assert_eq!(gates, [Gate::Check, Gate::SignedOff, Gate::Qpdf]);
    assert_eq!(release.sample, Some(Sample { chapters: 2 }));
    let shop = release.shop;
    let zh = Lang::new("zh").expect("a good tag");
    assert_eq!(shop.sender.and_then(|sender| sender.email).as_deref(), Some("a@example.org"));
    assert_eq!((shop.status, shop.binding), (Some(Status::Forthcoming), Some(Binding::Hardback)));
    assert_eq!((shop.country.as_deref(), shop.city[&zh].as_str()), (Some("CN"), "北京"));
    assert_eq!(shop.website.len(), 2);
    assert_eq!(shop.audience, [Audience::General, Audience::University]);
    assert_eq!((shop.subjects.thema.len(), shop.subjects.bisac[0].as_str()), (2, "TEC000000"));
    assert_eq!(shop.texts.short[&zh], "短");
    assert_eq!(shop.territories.non_exclusive, Some(Region::World));
    assert_eq!(shop.territories.not_for_sale, Some(Region::Countries(vec!["US".into()])));
    let amount = PriceValue::Amount { amount: "49.00".into(), currency: "CNY".into(), tax_included: Some(true) };
    assert_eq!((&shop.prices[0].value, &shop.prices[1].value), (&amount, &PriceValue::None(Unpriced::Free)));
    assert!(shop.prices[0].is_of(&EditionKind::Single(zh.clone()), ProductForm::Print));
    assert!(!shop.prices[0].is_of(&EditionKind::Bilingual, ProductForm::Print));
    assert!(shop.prices[1].is_of(&EditionKind::Bilingual, ProductForm::Epub));
    assert_eq!(shop.protection, Some(Protection::None));
    assert_eq!(shop.doi["zh"].value, "10.1000/182");
    assert_eq!(shop.related[0].relation, Relation::Replaces);
    assert_eq!(shop.related[1].number, Number::Doi("10.1000/1".into()));
}

#[test]
fn each_slip_of_a_release_is_told_at_its_place_and_costs_no_more() {
    for (text, message, under) in [
        ("gates: [check, signedoff]", "not a condition", "signedoff"),
        ("sample: {chapters: 0}", "`chapters` cannot be `0`", "0"),
        ("sample: {pages: 1}", "no key `pages`", "pages"),
        ("sender: {email: a@example.org}", "no name", ""),
        ("sender: {name: a, email: a}", "`email` cannot be", "a"),
        ("domain: example", "`domain` cannot be", "example"),
        ("status: sold", "`status` cannot be `sold`", "sold"),
        ("country: China", "`country` cannot be", "China"),
        ("website: example.org", "no address", "example.org"),
        ("files: https://example.org/t", "`files` cannot be", "https://example.org/t"),
        ("audience: all", "`audience` cannot be", "all"),
        ("subjects: {thema: uyq}", "`thema` cannot be", "uyq"),
        ("subjects: {bisac: [TEC0]}", "`bisac` cannot be", "TEC0"),
        ("subjects: {clc: 18}", "`clc` cannot be", "18"),
        ("subjects: {ddc: 1}", "no key `ddc`", "ddc"),
        ("territories: {exclusive: CN, not-for-sale: [CN]}", "two kinds of rights", ""),
        ("prices: gratis", "`prices` cannot be", "gratis"),
        ("prices: [{amount: 0, currency: CNY}]", "`amount` cannot be `0`", "0"),
        ("prices: [{amount: 1, currency: RMB¥}]", "`currency` cannot be", "RMB¥"),
        ("prices: [{amount: 1}]", "either an amount", ""),
        ("prices: [{amount: 1, currency: CNY, unpriced: free}]", "either an amount", ""),
        ("prices: [{unpriced: free, forms: [mobi]}]", "`forms` cannot be", "mobi"),
        ("doi: 11.1/1", "`doi` cannot be", "11.1/1"),
        ("related: [{relation: replaces}]", "needs `relation`", ""),
        ("related: [{relation: replaces, isbn: 978-0-306-40615-8}]", "`isbn` cannot be", "978-0-306-40615-8"),
    ] {
        let (release, found) = release(&format!("release:\n  {text}\n  binding: hardback\n"));
        assert_eq!(release.and_then(|release| release.shop.binding), Some(Binding::Hardback), "{text}");
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].0.contains(message), "{text}: {found:?}");
        assert!(under.is_empty() || found[0].1 == under, "{text}: {found:?}");
    }
}

#[test]
fn what_is_known_of_a_person_reaches_the_model() {
    let person = "people:\n  - {name: {zh: 香农, en: Claude E. Shannon}, sort: {zh: 香农, en: \"Shannon, Claude E.\"}, biography: b, orcid: https://orcid.org/0000-0002-1825-0097}\n  - {name: 组, group: true, orcid: 1}\n";
    let (config, found) = load(&format!("{BOOK}{person}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0.contains("not an ORCID iD"), "{found:?}");
    let people = config.expect("a book").meta.people;
    assert_eq!(people[0].orcid.as_deref(), Some("0000-0002-1825-0097"));
    assert_eq!((people[0].sort.len(), people[0].biography.len(), people[0].group), (2, 2, false));
    assert!(people[1].group);
}
