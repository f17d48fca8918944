//! XLIFF 2.0, and what is read of 2.1 and 2.2.

use super::super::inline::{self, Mark, Side, Token};
use super::codes::Inside;
use super::{Content, Options, add, nameless, notes, outgoing, word};
use crate::exchange::forms::known;
use crate::exchange::returned::{Refusal, Returned, ReturnedUnit};
use crate::exchange::unit::{Code, CodeKind, Coded, File, Package, Sentence, State, Unit};
use crate::foreign::xml::{self, Element, attribute};
use crate::message::Message;

/// The package as XLIFF 2.0. Ids have only the letters that it allows, so that a unit's is its name as a token.
pub(super) fn write(package: &Package, options: &Options) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"2.0\"".to_owned();
    attribute(&mut out, "xmlns", "urn:oasis:names:tc:xliff:document:2.0");
    attribute(&mut out, "srcLang", package.langs[0].bcp47());
    attribute(&mut out, "trgLang", package.langs[1].bcp47());
    attribute(&mut out, "xml:space", "preserve");
    out.push_str(">\n");
    for file in package.files.iter().filter(|file| !file.units.is_empty()) {
        out.push_str("<file");
        attribute(&mut out, "id", &known::token(&file.stem));
        attribute(&mut out, "original", &file.source);
        out.push_str(">\n");
        for unit in &file.units {
            write_unit(&mut out, file, unit, options);
        }
        out.push_str("</file>\n");
    }
    out.push_str("</xliff>\n");
    out
}

fn write_unit(out: &mut String, file: &File, unit: &Unit, options: &Options) {
    out.push_str("<unit");
    attribute(out, "id", &known::token(&known::name(file, unit)));
    attribute(out, "name", &format!("{}:{}", file.source, unit.line));
    attribute(out, "type", &format!("dama-pub:{}", word(unit.kind)));
    out.push_str(">\n<notes>\n");
    for (author, text) in notes::outgoing(unit, options) {
        out.push_str("<note");
        attribute(out, "category", &author);
        out.push('>');
        xml::text(out, &text);
        out.push_str("</note>\n");
    }
    out.push_str("</notes>\n");
    let (target, state) = outgoing(unit);
    let mut sides = (Side::new(&mark), Side::new(&mark));
    if options.sentences && target.is_some() && !unit.sentences.is_empty() {
        write_sentences(out, &mut sides, &unit.sentences, state);
    } else {
        let filled = Some(&unit.source).filter(|_| options.fill_source);
        write_segment(out, &mut sides, "", state, &unit.source, target.or(filled));
    }
    out.push_str("</unit>\n");
}

/// Sentences as segments; the space between them is said to be none of them.
fn write_sentences(out: &mut String, sides: &mut (Side<'_>, Side<'_>), sentences: &[Sentence], state: &State) {
    for (at, sentence) in sentences.iter().enumerate() {
        let (source, space) = inline::without_last_space(&sentence.source);
        let (target, target_space) = inline::without_last_space(&sentence.target);
        write_segment(out, sides, &format!("s{}", at + 1), state, &source, Some(&target));
        if !space.is_empty() || !target_space.is_empty() {
            out.push_str("<ignorable><source>");
            xml::text(out, &space);
            out.push_str("</source><target>");
            xml::text(out, &target_space);
            out.push_str("</target></ignorable>\n");
        }
    }
}

fn write_segment(
    out: &mut String,
    sides: &mut (Side<'_>, Side<'_>),
    id: &str,
    state: &State,
    source: &Coded,
    target: Option<&Coded>,
) {
    out.push_str("<segment");
    if !id.is_empty() {
        attribute(out, "id", id);
    }
    attribute(
        out,
        "state",
        match state {
            State::Missing | State::Draft | State::Stale { .. } => "initial",
            State::Translated => "translated",
            State::Signed => "final",
        },
    );
    out.push_str(">\n<source>");
    sides.0.write(out, source);
    out.push_str("</source>\n");
    if let Some(target) = target {
        out.push_str("<target>");
        sides.1.write(out, target);
        out.push_str("</target>\n");
    }
    out.push_str("</segment>\n");
}

fn mark(out: &mut String, mark: Mark<'_>) {
    match mark {
        Mark::Open(code) => tag(out, "<pc", code, "dispStart", ">"),
        Mark::Close(_) => out.push_str("</pc>"),
        Mark::Single(code) => tag(out, "<ph", code, "disp", "/>"),
        Mark::Character(id, c) => {
            out.push_str("<ph");
            attribute(out, "id", &id);
            attribute(out, "disp", &format!("U+{:04X}", u32::from(c)));
            out.push_str("/>");
        }
    }
}

fn tag(out: &mut String, begin: &str, code: &Code, shown: &str, end: &str) {
    out.push_str(begin);
    attribute(out, "id", &code.id);
    attribute(out, "canCopy", "no");
    if !code.kind.is_optional() {
        attribute(out, "canDelete", "no");
    }
    let (kind, more) = match code.kind {
        CodeKind::Strong => ("fmt", "xlf:b"),
        CodeKind::Emphasis => ("fmt", "xlf:i"),
        CodeKind::Underline => ("fmt", "xlf:u"),
        CodeKind::Break => ("fmt", "xlf:lb"),
        CodeKind::Strike | CodeKind::Subscript | CodeKind::Superscript | CodeKind::Highlight => ("fmt", ""),
        CodeKind::Link => ("link", ""),
        CodeKind::Picture => ("image", ""),
        _ => ("other", ""),
    };
    attribute(out, "type", kind);
    let own = format!("dama-pub:{}", code.kind.word());
    attribute(out, "subType", if more.is_empty() { &own } else { more });
    if !code.shown.is_empty() {
        attribute(out, shown, &code.shown);
    }
    out.push_str(end);
}

/// What is read of XLIFF 2.
///
/// # Errors
/// Says that there is too much of it, or too much wrong with it.
pub(super) fn read(root: &Element) -> Result<Returned, Refusal> {
    let langs = ["srcLang", "trgLang"].map(|name| root.attribute(name).map(str::to_owned));
    let mut returned = Returned { langs, ..Returned::default() };
    for element in root.within("unit", &["file", "group"]) {
        known::bounded(&returned)?;
        let Some(id) = element.attribute("id") else {
            nameless(&mut returned, element);
            continue;
        };
        let [stem, id] = known::of(&known::of_token(id));
        let mut unit = ReturnedUnit { stem, id, ..ReturnedUnit::default() };
        notes::incoming(element, &mut unit.remarks);
        let segments: Vec<Segment> = element.own().filter_map(Segment::of).collect();
        let source = joined(&mut unit, segments.iter().map(|segment| segment.source));
        let target = target(&mut unit, &segments);
        unit.state = state(&segments, &source, &target);
        let is_begun = unit.state != Some(State::Missing);
        add(&mut returned, element, unit, source, if is_begun { target } else { Ok(Vec::new()) });
    }
    known::bounded(&returned)?;
    Ok(returned)
}

/// A part of a unit.
struct Segment<'a> {
    /// Whether it is text between sentences.
    is_between: bool,
    state: Option<&'a str>,
    source: Option<&'a Element>,
    target: Option<&'a Element>,
    /// Its place in the translation, where it is another than in the source.
    order: Option<u32>,
}

impl<'a> Segment<'a> {
    fn of(element: &'a Element) -> Option<Self> {
        let is_between = element.name == "ignorable";
        let target = element.own_child("target");
        (is_between || element.name == "segment").then(|| Segment {
            is_between,
            state: element.attribute("state"),
            source: element.own_child("source"),
            target,
            order: target.and_then(|target| target.attribute("order")?.parse().ok()),
        })
    }

    /// What stands for it in the translation: between sentences what the source has, where nothing else is said.
    fn translation(&self) -> Option<&'a Element> {
        self.target.or(self.source.filter(|_| self.is_between))
    }

    fn says(side: Option<&Element>) -> bool {
        side.is_some_and(|side| side.own().next().is_some() || !side.text().trim().is_empty())
    }
}

/// Parts one after another. A code may begin in one of them and end in another.
fn joined<'a>(unit: &mut ReturnedUnit, parts: impl Iterator<Item = Option<&'a Element>>) -> Content {
    let mut tokens: Vec<Token> = Vec::new();
    let mut fault: Option<Message> = None;
    for part in parts.flatten() {
        let mut inside = Inside::default();
        if let Err(reason) = inside.take(part) {
            fault.get_or_insert(reason);
        }
        unit.remarks.append(&mut inside.remarks);
        tokens.append(&mut inside.tokens);
    }
    fault.map_or_else(|| inline::nest(tokens), Err)
}

/// The translation: every sentence of it, or none.
fn target(unit: &mut ReturnedUnit, segments: &[Segment<'_>]) -> Content {
    let wanted = segments.iter().filter(|one| !one.is_between && Segment::says(one.source));
    let (all, count) = wanted.fold((0, 0), |(all, done), one| (all + 1, done + usize::from(Segment::says(one.target))));
    if count == 0 && !segments.iter().any(|one| !one.is_between && Segment::says(one.target)) {
        return Ok(Vec::new());
    }
    if count < all {
        return Err(msg!("only {count} of its {all} sentences are translated", count, all));
    }
    let mut placed: Vec<(u32, &Segment<'_>)> =
        (1..).zip(segments).map(|(at, segment)| (segment.order.unwrap_or(at), segment)).collect();
    placed.sort_by_key(|(at, _)| *at);
    joined(unit, placed.iter().map(|(_, segment)| segment.translation()))
}

/// The state that a tool gave a unit; [`State::Missing`] where its target is only the source that it was given.
fn state(segments: &[Segment<'_>], source: &Content, target: &Content) -> Option<State> {
    let words: Vec<&str> = segments.iter().filter(|one| !one.is_between).filter_map(|one| one.state).collect();
    let is_filled = matches!((source, target), (Ok(source), Ok(target)) if source == target);
    if words.contains(&"initial") {
        return Some(if is_filled { State::Missing } else { State::Stale { was: None } });
    }
    match words.as_slice() {
        [] => None,
        words if words.iter().all(|word| *word == "final") => Some(State::Signed),
        _ => Some(State::Translated),
    }
}
