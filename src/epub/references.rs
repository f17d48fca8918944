//! Citations in the text and the list of references as XHTML.

use super::citations::Citations;
use super::xml::Xml;
use crate::bibliography::{Look, Piece, Shift, Target};
use crate::typeset::mathml_in_line;

/// Writes a citation by its name; each work in it is a link unless `linked` is off.
pub(super) fn citation(xml: &mut Xml, citations: &Citations, name: &str, linked: bool) {
    if let Some(pieces) = citations.worded.citations.get(name) {
        write(xml, citations, pieces, linked);
    }
}

/// Writes the list of works, each with the number that the text shows.
pub(super) fn list(xml: &mut Xml, citations: &Citations) {
    if citations.worded.list.is_empty() {
        return;
    }
    xml.open("ol", &[("class", "references")]);
    xml.raw("\n");
    for work in &citations.worded.list {
        xml.open("li", &[("id", &citations.ids[&work.key])]);
        if let Some(number) = &work.number {
            xml.open("span", &[("class", "ref-number")]);
            write(xml, citations, number, true);
            xml.close();
            xml.text(" ");
        }
        write(xml, citations, &work.text, true);
        xml.close_line();
    }
    xml.close_line();
}

/// Writes pieces; neighbours with one target are one link.
fn write(xml: &mut Xml, citations: &Citations, pieces: &[Piece], linked: bool) {
    for run in pieces.chunk_by(|one, next| one.target == next.target) {
        let opened = linked && run[0].target.as_ref().is_some_and(|target| link(xml, citations, target));
        run.iter().for_each(|piece| looking(xml, piece));
        if opened {
            xml.close();
        }
    }
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

fn looking(xml: &mut Xml, piece: &Piece) {
    if piece.look.formula
        && let Ok(markup) = mathml_in_line(&piece.text)
    {
        return xml.raw(&markup);
    }
    let tags = tags(piece.look);
    tags.iter().for_each(|(tag, class)| match class {
        Some(class) => xml.open(tag, &[("class", class)]),
        None => xml.open(tag, &[]),
    });
    xml.text(&piece.text);
    tags.iter().for_each(|_| xml.close());
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
