//! TMX 1.4b: memories of what was translated before.
//!
//! Inline elements are empty, for some tools take their contents for text. A memory has only what may be used again as it
//! stands: translations that are neither stale nor unfinished.

use std::collections::BTreeMap;

use super::inline::{self, Mark, Side, Token};
use super::known;
use crate::exchange::returned::{Refusal, Returned, ReturnedUnit};
use crate::exchange::unit::{Coded, File, Package, State, Tagged, Unit};
use crate::foreign::xml::{self, Doctype, Element, Node, attribute};
use crate::message::{Locale, Message};
use crate::model::Lang;

/// How a memory is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether inline codes are in it. Without them it is words alone, which more tools find again.
    pub codes: bool,
}

/// The translations of a package as a memory: sentences where they are paired, else whole units.
pub fn write(package: &Package, options: &Options) -> String {
    let [source, _] = &package.langs;
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n<header".to_owned();
    let head = [
        ("creationtool", "dama-pub"),
        ("creationtoolversion", env!("CARGO_PKG_VERSION")),
        ("segtype", "sentence"),
        ("o-tmf", "dama-pub"),
        ("adminlang", Locale::English.tag()),
        ("srclang", source.bcp47()),
        ("datatype", "plaintext"),
    ];
    for (name, value) in head {
        attribute(&mut out, name, value);
    }
    out.push_str("/>\n<body>\n");
    for file in &package.files {
        for unit in file.units.iter().filter(|unit| is_kept(unit, options)) {
            write_unit(&mut out, package, file, unit, options);
        }
    }
    out.push_str("</body>\n</tmx>\n");
    out
}

/// Whether a memory holds a unit.
pub fn is_kept(unit: &Unit, options: &Options) -> bool {
    let is_good = matches!(unit.state, State::Translated | State::Signed);
    is_good && unit.target.is_some() && !(options.codes && unit.extra_codes)
}

fn write_unit(out: &mut String, package: &Package, file: &File, unit: &Unit, options: &Options) {
    let name = known::name(file, unit);
    let Some(target) = &unit.target else { return };
    if unit.sentences.is_empty() {
        let kind = if unit.kind == "paragraph" { "paragraph" } else { "block" };
        return write_pair(out, package, unit, (&name, kind), [&unit.source, target], options);
    }
    for (at, sentence) in unit.sentences.iter().enumerate() {
        let name = format!("{name}.s{}", at + 1);
        let sides = [&sentence.source, &sentence.target].map(|side| inline::without_last_space(side).0);
        write_pair(out, package, unit, (&name, "sentence"), [&sides[0], &sides[1]], options);
    }
}

fn write_pair(
    out: &mut String,
    package: &Package,
    unit: &Unit,
    (name, segtype): (&str, &str),
    sides: [&Coded; 2],
    options: &Options,
) {
    out.push_str("<tu");
    attribute(out, "tuid", name);
    attribute(out, "segtype", segtype);
    out.push_str(">\n<prop type=\"x-dama-state\">");
    out.push_str(if unit.state == State::Signed { "signed" } else { "translated" });
    out.push_str("</prop>\n");
    for (lang, side) in package.langs.iter().zip(sides) {
        out.push_str("<tuv");
        attribute(out, "xml:lang", lang.bcp47());
        out.push_str("><seg>");
        if options.codes {
            Side::new(&mark).write(out, side);
        } else {
            let words: String = inline::plain(side).chars().filter(|c| xml::can_carry(*c)).collect();
            xml::text(out, &words);
        }
        out.push_str("</seg></tuv>\n");
    }
    out.push_str("</tu>\n");
}

fn mark(out: &mut String, mark: Mark<'_>) {
    match mark {
        Mark::Open(code) => {
            out.push_str("<bpt");
            attribute(out, "i", &code.id);
            attribute(out, "x", &code.id);
            attribute(out, "type", code.kind.word());
        }
        Mark::Close(code) => {
            out.push_str("<ept");
            attribute(out, "i", &code.id);
        }
        Mark::Single(code) => {
            out.push_str("<ph");
            attribute(out, "x", &code.id);
            attribute(out, "type", &format!("x-{}", code.kind.word()));
        }
        Mark::Character(id, _) => {
            out.push_str("<ph");
            attribute(out, "type", &id);
        }
    }
    out.push_str("/>");
}

/// Reads the pairs of two languages that a memory has. A sentence of a unit has no id: it is a suggestion by its words.
///
/// # Errors
/// Says why nothing of the file can be read.
pub fn read(text: &str, langs: &[Lang; 2]) -> Result<Returned, Refusal> {
    // Tools name the type of document, of which nothing is fetched.
    let root = xml::whole(text, Doctype::Named)?;
    if root.name != "tmx" {
        let message = msg!("it is no TMX: its first element is <{name}>", name = &root.name);
        return Err(Refusal { message, hint: None, at: Some(root.at) });
    }
    let mut returned = Returned { langs: [None, None], ..Returned::default() };
    let mut lacking = 0_usize;
    for entry in root.within("tu", &["body"]) {
        let sides = langs.each_ref().map(|lang| variant(entry, lang));
        let [Some(source), Some(target)] = sides else {
            lacking += 1;
            continue;
        };
        for (known, variant) in returned.langs.iter_mut().zip([source, target]) {
            *known = known.take().or_else(|| lang_of(variant).map(str::to_owned));
        }
        read_pair(&mut returned, entry, [source, target]);
        known::bounded(&returned)?;
    }
    if lacking > 0 {
        let message = plural!(
            lacking,
            "{lacking} entry has no text in {source} and {target}",
            "{lacking} entries have no text in {source} and {target}",
            source = langs[0].name(),
            target = langs[1].name(),
        );
        returned.refused.push(Refusal { message, hint: None, at: Some(root.at) });
    }
    Ok(returned)
}

fn lang_of(variant: &Element) -> Option<&str> {
    variant.attribute("xml:lang").or_else(|| variant.attribute("lang"))
}

/// The text of an entry in a language: by its whole tag, or else the first in a form of it.
fn variant<'a>(entry: &'a Element, lang: &Lang) -> Option<&'a Element> {
    let tag = |variant: &Element| lang_of(variant).unwrap_or_default().replace('_', "-").to_ascii_lowercase();
    let variants = || entry.own().filter(|element| element.name == "tuv");
    let exact = variants().find(|one| tag(one) == lang.bcp47().to_ascii_lowercase());
    exact.or_else(|| variants().find(|one| tag(one).split('-').next() == Some(lang.primary())))
}

fn read_pair(returned: &mut Returned, entry: &Element, variants: [&Element; 2]) {
    let mut sides: Vec<Tagged> = Vec::new();
    for variant in variants {
        match side(variant) {
            Ok(tagged) => sides.push(tagged),
            Err(reason) => {
                let id = entry.attribute("tuid").unwrap_or_default();
                let message = msg!("the unit {id} cannot be read: {reason}", id, reason);
                returned.refused.push(Refusal { message, hint: None, at: Some(variant.at.clone()) });
                return;
            }
        }
    }
    let [stem, id] = known::of(entry.attribute("tuid").unwrap_or_default());
    let id = id.filter(|id| !is_sentence(id));
    let [source, target] = <[Tagged; 2]>::try_from(sides).unwrap_or_default();
    let unit = ReturnedUnit {
        stem,
        id,
        source: (!source.is_empty()).then_some(source),
        target: (!target.is_empty()).then_some(target),
        at: Some(entry.at.clone()),
        ..ReturnedUnit::default()
    };
    returned.units.push(unit);
}

/// Whether an id is that of a sentence in a unit: `abcdefghij.s2`.
fn is_sentence(id: &str) -> bool {
    let number = id.rsplit_once(".s").map(|(_, number)| number);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// One side of a pair.
fn side(variant: &Element) -> Result<Tagged, Message> {
    let mut reading = Reading::default();
    if let Some(segment) = variant.own_child("seg") {
        reading.take(segment)?;
    }
    inline::nest(reading.tokens)
}

/// What is read of a segment.
#[derive(Default)]
struct Reading {
    tokens: Vec<Token>,
    /// Codes without a number so far.
    nameless: usize,
    /// The ids of pairs by what joins their sides.
    pairs: BTreeMap<String, String>,
}

impl Reading {
    fn take(&mut self, element: &Element) -> Result<(), Message> {
        for node in &element.children {
            match node {
                Node::Text(text) => self.tokens.push(Token::Text(text.clone())),
                Node::Element(inner) => self.element(inner)?,
            }
        }
        Ok(())
    }

    /// What stands in a code is markup of another program, and no text.
    fn element(&mut self, element: &Element) -> Result<(), Message> {
        let key = element.attribute("i").unwrap_or_default().to_owned();
        match (element.name.as_str(), element.attribute("pos")) {
            ("hi", _) => return self.take(element),
            ("bpt", _) | ("it", Some("begin")) => {
                let id = self.id(element);
                self.pairs.insert(key.clone(), id.clone());
                self.tokens.push(Token::Open { key, id });
            }
            ("ept", _) | ("it", Some("end")) => self.tokens.push(Token::Close { key }),
            ("ph" | "it" | "ut", _) => {
                let character = element.attribute("type").filter(|id| xml::of_id(id).is_some()).map(str::to_owned);
                let id = character.unwrap_or_else(|| self.id(element));
                self.tokens.push(Token::Single(id));
            }
            _ => return Err(msg!("it is not known what <{name}> in it is", name = &element.name)),
        }
        Ok(())
    }

    /// The number by which both languages know a code; those without one are counted.
    fn id(&mut self, element: &Element) -> String {
        let given = element.attribute("x").or_else(|| element.attribute("i")).map(str::to_owned);
        given.unwrap_or_else(|| {
            self.nameless += 1;
            format!("n{}", self.nameless)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn langs() -> [Lang; 2] {
        sample::package().langs
    }

    fn pairs(text: &str) -> Vec<[String; 2]> {
        let said = |side: &Option<Tagged>| format!("{:?}", side.clone().unwrap_or_default());
        let returned = read(text, &langs()).expect("a memory");
        returned.units.iter().map(|unit| [said(&unit.source), said(&unit.target)]).collect()
    }

    fn memory(entries: &str) -> String {
        format!("<!DOCTYPE tmx SYSTEM \"tmx11.dtd\">\n<tmx version='1.1'><header/><body>{entries}</body></tmx>")
    }

    #[test]
    fn a_memory_holds_what_may_be_used_again() {
        let package = sample::package();
        for (codes, count) in [(true, 6), (false, 7)] {
            let written = write(&package, &Options { codes });
            assert_eq!(read(&written, &langs()).expect("a memory").units.len(), count);
            assert!(!written.contains("11 chapters") && !written.contains("A dra"));
            assert_eq!(written.contains("<bpt"), codes);
        }
    }

    #[test]
    fn codes_are_empty_and_come_back() {
        let package = sample::package();
        let written = write(&package, &Options { codes: true });
        assert!(written.contains("<bpt i=\"1\" x=\"1\" type=\"bold\"/>") && written.contains("<ept i=\"1\"/>"));
        let returned = read(&written, &langs()).expect("a memory");
        let kept = package.files[0].units.iter().filter(|unit| is_kept(unit, &Options { codes: true }));
        let mut back = returned.units.iter();
        for unit in kept {
            let whole = [&unit.source, unit.target.as_ref().expect("a translation")].map(sample::tagged);
            let sentence = unit
                .sentences
                .iter()
                .map(|one| [&one.source, &one.target].map(|side| sample::tagged(&inline::without_last_space(side).0)));
            let wanted: Vec<_> = if unit.sentences.is_empty() { vec![whole] } else { sentence.collect() };
            for [source, target] in wanted {
                let found = back.next().expect("as many pairs");
                assert_eq!((&found.source, &found.target), (&Some(source), &Some(target)));
                assert_eq!(found.id.is_some(), unit.sentences.is_empty());
            }
        }
        assert!(back.next().is_none());
    }

    #[test]
    fn memories_of_other_programs_are_read() {
        let entry = |lang: &str, zh: &str, en: &str| {
            format!("<tu><tuv {lang}='ZH-CN'><seg>{zh}</seg></tuv><tuv {lang}='EN-US'><seg>{en}</seg></tuv></tu>")
        };
        let old = entry("lang", "a<bpt i='3'>**</bpt>b<ept i='3'>**</ept>", "<hi>c</hi><ph>[^1]</ph>");
        let new = entry("xml:lang", "甲", "A");
        assert_eq!(
            pairs(&memory(&(old + &new))),
            [
                [r#"[Text("a"), Pair("3", [Text("b")])]"#, r#"[Text("c"), Single("n1")]"#],
                [r#"[Text("甲")]"#, r#"[Text("A")]"#]
            ]
        );
    }

    #[test]
    fn what_is_no_pair_is_told() {
        let one = "<tu tuid='a'><tuv xml:lang='zh'><seg>甲</seg></tuv><tuv xml:lang='de'><seg>A</seg></tuv></tu>";
        let open =
            "<tu tuid='b'><tuv xml:lang='zh'><seg>甲<bpt i='1'/></seg></tuv><tuv xml:lang='en'><seg>A</seg></tuv></tu>";
        let returned = read(&memory(&format!("{one}{open}")), &langs()).expect("a memory");
        let said: Vec<String> = returned.refused.iter().map(|refusal| refusal.message.to_string()).collect();
        let reason = "the unit b cannot be read: the code 1 begins and does not end";
        assert_eq!(said, [reason, "1 entry has no text in Chinese and English"]);
        assert!(returned.units.is_empty());
    }
}
