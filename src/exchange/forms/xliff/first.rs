//! XLIFF 1.2, and what is read of 1.0 and 1.1.

use std::collections::BTreeSet;

use super::super::inline::{self, Mark, Side};
use super::codes::Inside;
use super::{Content, Options, add, nameless, notes, outgoing, word};
use crate::exchange::forms::known;
use crate::exchange::returned::{Refusal, Returned, ReturnedUnit};
use crate::exchange::unit::{Code, CodeKind, Coded, File, Package, Sentence, State, Unit};
use crate::foreign::xml::{self, Element, attribute};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                    <xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n";

/// The package as XLIFF 1.2.
pub(super) fn write(package: &Package, options: &Options) -> String {
    let mut out = HEAD.to_owned();
    for file in package.files.iter().filter(|file| !file.units.is_empty()) {
        write_file(&mut out, package, file, options);
    }
    out.push_str("</xliff>\n");
    out
}

fn write_file(out: &mut String, package: &Package, file: &File, options: &Options) {
    out.push_str("<file");
    attribute(out, "original", &file.source);
    attribute(out, "source-language", package.langs[0].bcp47());
    attribute(out, "target-language", package.langs[1].bcp47());
    attribute(out, "datatype", "plaintext");
    attribute(out, "xml:space", "preserve");
    attribute(out, "tool-id", "dama-pub");
    if !package.title.is_empty() {
        attribute(out, "product-name", &package.title);
    }
    out.push_str(">\n<header><tool tool-id=\"dama-pub\" tool-name=\"dama-pub\"");
    attribute(out, "tool-version", env!("CARGO_PKG_VERSION"));
    out.push_str("/></header>\n<body>\n");
    for unit in &file.units {
        write_unit(out, file, unit, options);
    }
    out.push_str("</body>\n</file>\n");
}

fn write_unit(out: &mut String, file: &File, unit: &Unit, options: &Options) {
    let (target, state) = outgoing(unit);
    out.push_str("<trans-unit");
    attribute(out, "id", &known::name(file, unit));
    attribute(out, "restype", &format!("x-{}", word(unit.kind)));
    if *state == State::Signed {
        attribute(out, "approved", "yes");
    }
    out.push_str(">\n<source>");
    Side::new(&mark).write(out, &unit.source);
    out.push_str("</source>\n");
    let in_sentences = options.sentences && target.is_some() && !unit.sentences.is_empty();
    if in_sentences {
        out.push_str("<seg-source>");
        write_sentences(out, &unit.sentences, |sentence| &sentence.source);
        out.push_str("</seg-source>\n");
    }
    match (target, state_word(state)) {
        (Some(target), word) => {
            out.push_str("<target");
            word.inspect(|word| attribute(out, "state", word));
            out.push('>');
            if in_sentences {
                write_sentences(out, &unit.sentences, |sentence| &sentence.target);
            } else {
                Side::new(&mark).write(out, target);
            }
            out.push_str("</target>\n");
        }
        (None, _) if options.fill_source => {
            out.push_str("<target state=\"needs-translation\">");
            Side::new(&mark).write(out, &unit.source);
            out.push_str("</target>\n");
        }
        (None, _) => {}
    }
    write_about(out, file, unit, options);
    out.push_str("</trans-unit>\n");
}

fn state_word(state: &State) -> Option<&'static str> {
    match state {
        State::Missing => None,
        State::Draft => Some("needs-translation"),
        State::Translated => Some("translated"),
        State::Stale { .. } => Some("needs-review-translation"),
        State::Signed => Some("final"),
    }
}

/// Sentences as segments; the space between them belongs to none.
fn write_sentences(out: &mut String, sentences: &[Sentence], side_of: impl Fn(&Sentence) -> &Coded) {
    let mut side = Side::new(&mark);
    for (at, sentence) in sentences.iter().enumerate() {
        let (said, space) = inline::without_last_space(side_of(sentence));
        out.push_str("<mrk mtype=\"seg\"");
        attribute(out, "mid", &(at + 1).to_string());
        out.push('>');
        side.write(out, &said);
        out.push_str("</mrk>");
        xml::text(out, &space);
    }
}

/// Where a unit stands, and what a translator should know of it.
fn write_about(out: &mut String, file: &File, unit: &Unit, options: &Options) {
    out.push_str("<context-group purpose=\"location\"><context context-type=\"sourcefile\">");
    xml::text(out, &file.source);
    out.push_str("</context><context context-type=\"linenumber\">");
    out.push_str(&unit.line.to_string());
    out.push_str("</context></context-group>\n");
    for (author, text) in notes::outgoing(unit, options) {
        out.push_str("<note");
        attribute(out, "from", &author);
        out.push('>');
        xml::text(out, &text);
        out.push_str("</note>\n");
    }
}

fn mark(out: &mut String, mark: Mark<'_>) {
    match mark {
        Mark::Open(code) => tag(out, "<g", code, ">"),
        Mark::Close(_) => out.push_str("</g>"),
        Mark::Single(code) => tag(out, "<x", code, "/>"),
        Mark::Character(id, c) => {
            out.push_str("<x");
            attribute(out, "id", &id);
            attribute(out, "ctype", "x-character");
            attribute(out, "equiv-text", &format!("U+{:04X}", u32::from(c)));
            out.push_str("/>");
        }
    }
}

fn tag(out: &mut String, begin: &str, code: &Code, end: &str) {
    out.push_str(begin);
    attribute(out, "id", &code.id);
    let ctype = match code.kind {
        CodeKind::Emphasis | CodeKind::Strong | CodeKind::Link | CodeKind::Picture => code.kind.word().to_owned(),
        CodeKind::Underline => "underlined".to_owned(),
        CodeKind::Break => "lb".to_owned(),
        kind => format!("x-{}", kind.word()),
    };
    attribute(out, "ctype", &ctype);
    if !code.shown.is_empty() {
        attribute(out, "equiv-text", &code.shown);
    }
    out.push_str(end);
}

/// What is read of XLIFF 1.
///
/// # Errors
/// Says that there is too much of it, or too much wrong with it.
pub(super) fn read(root: &Element) -> Result<Returned, Refusal> {
    let mut returned = Returned::default();
    for file in root.own().filter(|element| element.name == "file") {
        let langs = ["source-language", "target-language"].map(|name| file.attribute(name).map(str::to_owned));
        let is_other =
            |at: usize| langs[at].is_some() && returned.langs[at].is_some() && langs[at] != returned.langs[at];
        if is_other(0) || is_other(1) {
            returned.refused.push(of_other_languages(file));
            continue;
        }
        for (known, lang) in returned.langs.iter_mut().zip(langs) {
            *known = known.take().or(lang);
        }
        for element in file.within("trans-unit", &["body", "group"]) {
            read_unit(&mut returned, element);
            known::bounded(&returned)?;
        }
        known::bounded(&returned)?;
    }
    Ok(returned)
}

fn of_other_languages(file: &Element) -> Refusal {
    let name = file.attribute("original").unwrap_or_default();
    let message = msg!("the part “{name}” of the file is of other languages than those before it", name);
    Refusal {
        message,
        hint: Some(msg!("bring each pair of languages back in a file of its own")),
        at: Some(file.at.clone()),
    }
}

fn read_unit(returned: &mut Returned, element: &Element) {
    let Some(id) = element.attribute("id") else { return nameless(returned, element) };
    let [stem, id] = known::of(id);
    let mut unit = ReturnedUnit { stem, id, ..ReturnedUnit::default() };
    notes::incoming(element, &mut unit.remarks);
    let side = |name: &str, unit: &mut ReturnedUnit| {
        let mut inside = Inside::default();
        let read = element.own_child(name).map_or(Ok(()), |side| inside.take(side));
        unit.remarks.append(&mut inside.remarks);
        (read.and_then(|()| inline::nest(inside.tokens)), inside.sentences)
    };
    let (source, _) = side("source", &mut unit);
    let (parted, wanted) = side("seg-source", &mut unit);
    let (target, done) = side("target", &mut unit);
    let target = target.and_then(|target| whole(target, &wanted, &done));
    unit.state = state(element, &source, &target);
    let is_begun = unit.state != Some(State::Missing);
    let target = if is_begun { target } else { Ok(Vec::new()) };
    let source = if element.own_child("source").is_some() { source } else { parted };
    add(returned, element, unit, source, target);
}

/// A target of which every sentence is translated, or none.
fn whole(target: crate::exchange::unit::Tagged, wanted: &[(String, bool)], done: &[(String, bool)]) -> Content {
    let ids = |sentences: &[(String, bool)]| -> BTreeSet<String> {
        sentences.iter().filter(|(_, says)| *says).map(|(id, _)| id.clone()).collect()
    };
    let (wanted, done) = (ids(wanted), ids(done));
    if done.is_empty() || wanted.is_subset(&done) {
        return Ok(if inline::says(&target) { target } else { Vec::new() });
    }
    let count = wanted.intersection(&done).count();
    Err(msg!("only {count} of its {all} sentences are translated", count, all = wanted.len()))
}

/// The state that a tool gave a unit; [`State::Missing`] where its target is only the source that it was given.
fn state(element: &Element, source: &Content, target: &Content) -> Option<State> {
    let word = element.own_child("target").and_then(|target| target.attribute("state")).unwrap_or_default();
    let is_filled = matches!((source, target), (Ok(source), Ok(target)) if source == target);
    match word {
        "new" | "needs-translation" if is_filled => Some(State::Missing),
        "new" => Some(State::Stale { was: None }),
        _ if word.starts_with("needs-") => Some(State::Stale { was: None }),
        "final" | "signed-off" => Some(State::Signed),
        _ if element.attribute("approved") == Some("yes") => Some(State::Signed),
        "translated" => Some(State::Translated),
        _ => None,
    }
}
