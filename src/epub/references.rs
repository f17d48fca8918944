//! Citations in the text and the list of references as XHTML.

use super::citations::Citations;
use super::xml::Xml;
use crate::bibliography::{Look, Piece, Shift, Target};
use crate::lang::en::English;
use crate::lang::zh::is_han;
use crate::lang::{Language, Script};
use crate::model::Lang;
use crate::typeset::mathml_in_line;

/// Writes a citation by its name; each work in it is a link unless `linked` is off. Gives whether it has a formula.
pub(super) fn citation(xml: &mut Xml, citations: &Citations, name: &str, linked: bool) -> bool {
    let pieces = citations.worded.citations.get(name);
    pieces.is_some_and(|pieces| write(xml, citations, pieces, linked))
}

/// Writes the list of works, each with the number that the text shows; `around` is the language of the page. Gives whether it
/// has a formula.
pub(super) fn list(xml: &mut Xml, citations: &Citations, around: &Lang) -> bool {
    if citations.worded.list.is_empty() {
        return false;
    }
    let mut math = false;
    xml.open("ol", &[("class", "references")]);
    xml.raw("\n");
    for work in &citations.worded.list {
        let mut attrs = vec![("id", citations.ids[&work.key].as_str())];
        let english = English.tag();
        if around.script() == Script::Han && !work.text.iter().any(|piece| piece.text.contains(is_han)) {
            attrs.extend([("lang", english), ("xml:lang", english)]);
        }
        xml.open("li", &attrs);
        if let Some(number) = &work.number {
            xml.open("span", &[("class", "ref-number")]);
            math |= write(xml, citations, number, true);
            xml.close();
            xml.text(" ");
        }
        math |= write(xml, citations, &work.text, true);
        xml.close_line();
    }
    xml.close_line();
    math
}

/// Writes pieces; neighbours with one target are one link. Gives whether there is a formula among them.
fn write(xml: &mut Xml, citations: &Citations, pieces: &[Piece], linked: bool) -> bool {
    let mut math = false;
    for run in pieces.chunk_by(|one, next| one.target == next.target) {
        let opened = linked && run[0].target.as_ref().is_some_and(|target| link(xml, citations, target));
        run.iter().for_each(|piece| math |= looking(xml, piece));
        if opened {
            xml.close();
        }
    }
    math
}

/// Opens a link, if its target can be reached.
fn link(xml: &mut Xml, citations: &Citations, target: &Target) -> bool {
    match target {
        Target::Work(key) => {
            let Some(id) = citations.ids.get(key) else { return false };
            let href = format!("{}#{id}", citations.href);
            xml.open("a", &[("href", &href), ("epub:type", "biblioref"), ("role", "doc-biblioref")]);
        }
        Target::Url(url) => {
            let Some(href) = super::url::href(url) else { return false };
            xml.open("a", &[("href", &href)]);
        }
    }
    true
}

/// Writes a piece. Gives whether it is a formula.
fn looking(xml: &mut Xml, piece: &Piece) -> bool {
    if piece.look.formula
        && let Ok(markup) = mathml_in_line(&piece.text)
    {
        xml.raw(&markup);
        return true;
    }
    let tags = tags(piece.look);
    tags.iter().for_each(|(tag, class)| match class {
        Some(class) => xml.open(tag, &[("class", class)]),
        None => xml.open(tag, &[]),
    });
    xml.text(&piece.text);
    tags.iter().for_each(|_| xml.close());
    false
}

fn tags(look: Look) -> Vec<(&'static str, Option<&'static str>)> {
    let mut tags = Vec::new();
    match look.shift {
        Some(Shift::Up) => tags.push(("sup", None)),
        Some(Shift::Down) => tags.push(("sub", None)),
        None => {}
    }
    if look.italic {
        tags.push(("i", None));
    }
    if look.bold {
        tags.push(("b", None));
    }
    if look.small_caps {
        tags.push(("span", Some("small-caps")));
    }
    if look.underlined {
        tags.push(("span", Some("underline")));
    }
    tags
}
