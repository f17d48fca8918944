//! The termbase without mistakes, and with the usual ones.

use super::*;
use crate::source::{SourceFile, Sources};

fn load(text: &str) -> (Glossary, Vec<(String, String)>) {
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(GLOSSARY_FILE, text));
    let langs = ["zh", "en"].map(|tag| Lang::new(tag).unwrap());
    let mut sink = Vec::new();
    let glossary = read(Area { file, text, base: 0 }, Languages::Named(&langs), &mut sink);
    let row = |d: &Diagnostic| {
        let under = d.primary.as_ref().map_or("", |l| &text[l.span.range()]);
        (format!("{} ({})", d.message, Message::list(List::Sentences, &d.hints)), under.to_owned())
    };
    (glossary, sink.iter().map(row).collect())
}

#[test]
fn every_key_reaches_the_model() {
    let text = "- {zh: 硅光芯片, en: silicon photonic chip, variants: {zh: [硅光子芯片], en: [silicon photonic chips]}, \
        forbidden: {en: [silicon chip]}, pos: noun, note: N, id: chip}\n- zh: 算力\n";
    let (glossary, found) = load(text);
    assert_eq!(found, []);
    let (zh, en) = (Lang::new("zh").unwrap(), Lang::new("en").unwrap());
    let [chip, power] = glossary.terms.as_slice() else { panic!("{glossary:?}") };
    assert_eq!((chip.id.as_str(), chip.word(&zh)), ("chip", Some("硅光芯片")));
    assert_eq!(
        chip.forms(&en).map(|f| f.value.as_str()).collect::<Vec<_>>(),
        ["silicon photonic chip", "silicon photonic chips"]
    );
    assert_eq!(chip.forbidden[&en][0].value, "silicon chip");
    assert_eq!((chip.pos.as_deref(), chip.note.as_deref()), (Some("noun"), Some("N")));
    assert_eq!((power.id.as_str(), power.word(&en), power.forms(&en).count()), ("算力", None, 0));
    assert_eq!(&text[chip.words[&en].span.range()], "silicon photonic chip");
}

#[test]
fn all_slips_are_reported_at_their_place() {
    for (text, says, under) in [
        ("- {zh: 光, eng: light}", "`eng` is neither a language of the book nor a key", "eng"),
        ("- {zh: 光, eng: light}", "mean `en`", "eng"),
        ("- {zh: 光, varients: {}}", "mean `variants`", "varients"),
        ("- {zh: 光, variants: {french: [a]}}", "keys are `zh` and `en`", "french"),
        ("- {en: light}", "no word in the source language, Chinese", "en: light"),
        ("- {zh: 光, en: light}\n- {zh: 光, en: ray}", "the term ‘光’ is listed twice", "光"),
        ("- {zh: 光, id: a}\n- {zh: 电, id: a}", "the id `a` is used twice", "a"),
        ("- {zh: 光, variants: {en: [ray]}}", "variants in English, but no word", "ray"),
        ("- {zh: 光, en: light, forbidden: {en: [light]}}", "the form ‘light’ is listed twice", "light"),
        ("- {zh: 光, en: [a]}", "must be a single value", "a"),
        ("- {zh: 光, en: \" \"}", "empty", " "),
        ("zh: 光", "must be a list", "zh: 光"),
        ("- &a {zh: 光}", "anchor", "&a"),
    ] {
        let (_, found) = load(text);
        assert!(found.iter().any(|(m, u)| m.contains(says) && u == under), "{text}: {says}: {found:#?}");
    }
}

#[test]
fn nothing_is_a_termbase_without_terms() {
    let (glossary, found) = load("# to be written\n");
    assert!(glossary.terms.is_empty() && found.is_empty(), "{found:?}");
}

/// The terms of a book of a house, each with its file, and what is said.
fn of_house(own: &str, shared: &str) -> (Vec<(String, String, bool)>, Vec<String>) {
    let book = "title: T\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: report\n";
    let files: BTreeMap<&str, &str> = [
        ("manuscript/book.yaml", book),
        ("manuscript/glossary.yaml", own),
        ("../catalogue.yaml", "books: [a]\n"),
        ("../glossary.yaml", shared),
    ]
    .into();
    let (mut sources, mut sink) = (Sources::default(), Vec::new());
    let config = super::super::load_config(&files, &mut sources).value.unwrap();
    let glossary = super::load(&files, &mut sources, &config, &mut sink);
    let en = Lang::new("en").unwrap();
    let term = |term: &Term| {
        let file = sources.get(term.span.file).path().to_owned();
        (term.word(&en).unwrap_or_default().to_owned(), file, term.shared)
    };
    let place = |found: &Diagnostic| found.primary.as_ref().map_or("", |label| sources.get(label.span.file).path());
    let said = sink.iter().map(|found| format!("{}: {}", place(found), found.message)).collect();
    (glossary.terms.iter().map(term).collect(), said)
}

#[test]
fn a_termbase_of_a_book_adds_to_that_of_its_house_and_takes_precedence() {
    let own = "extends: glossary\nterms:\n  - {zh: 灯, en: lantern}\n";
    let shared = "- {zh: 灯, en: lamp, de: Lampe}\n- {zh: 法, en: law}\n- {de: Rad}\n- {zh: 船, de: Schiff}\n";
    let (terms, said) = of_house(own, shared);
    let term = |word: &str, file: &str, shared| (word.to_owned(), file.to_owned(), shared);
    let (own, house) = ("manuscript/glossary.yaml", "../glossary.yaml");
    assert_eq!(terms, [term("lantern", own, false), term("law", house, true), term("", house, true)]);
    assert_eq!(said, [""; 0]);
    assert_eq!(of_house("extends: glossary\n", "- {zh: 法, en: law}\n").0, [term("law", house, true)]);
}

#[test]
fn what_is_wrong_with_what_is_shared_is_told_where_it_stands() {
    for (own, shared, says) in [
        ("extends: terms\n", "", "manuscript/glossary.yaml: `terms` is no name of what a house shares here"),
        (
            "extends: law-glossary\n",
            "",
            "manuscript/glossary.yaml: cannot read ../law-glossary.yaml: the file does not exist",
        ),
        ("extends: glossary\n", "- {zh: ''}\n", "../glossary.yaml: this word is empty"),
        (
            "extends: glossary\n",
            "- {zh: 灯, nte: b, pt-BR: c}\n",
            "../glossary.yaml: `nte` is neither a language of the book nor a key of a term",
        ),
        ("extends: glossary\n", "extends: glossary\n", "../glossary.yaml: a termbase that is shared extends no other"),
        ("extend: glossary\nterms: []\n", "", "manuscript/glossary.yaml: glossary.yaml has no key `extend`"),
    ] {
        let (_, said) = of_house(own, shared);
        assert_eq!(said, [says], "{own} {shared}");
    }
}

#[test]
fn terms_of_the_house_are_no_list_of_the_book() {
    let text = "- {zh: 灯, en: lamp}\n- {zh: 法, en: law, definition: {en: A rule.}}\n";
    let (mut glossary, _) = load(text);
    glossary.terms[1].shared = true;
    let en = Lang::new("en").unwrap();
    let readers = [&en];
    let listed: Vec<&str> = glossary.listed(&readers).filter_map(|term| term.word(&en)).collect();
    assert_eq!(listed, ["lamp"]);
}
