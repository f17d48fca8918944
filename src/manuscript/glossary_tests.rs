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
