//! The parts of a package that a text needs: styles, numbering, notes, comments, pictures.

use std::collections::BTreeMap;

use super::xml::Word;
use crate::foreign::archive::Archive;
use crate::foreign::xml::{Doctype, Element, Node, whole};
use crate::message::Message;

/// What stands in a package.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) body: Element,
    /// Relations of the document by their ids: kind, target, whether it leads out of the package.
    pub(super) relations: BTreeMap<String, Relation>,
    pub(super) styles: Element,
    pub(super) numbering: Element,
    pub(super) footnotes: Notes,
    pub(super) endnotes: Notes,
    /// Author and paragraphs of each comment.
    pub(super) comments: BTreeMap<String, (String, String)>,
    /// What stands at the head and the foot of pages: the part, its text, whether it has pictures.
    pub(super) margins: Vec<(String, String, bool)>,
    /// What is written in charts and diagrams, by the names of their parts.
    pub(super) drawn: BTreeMap<String, String>,
    /// What the file has ready to be put in; no text of the document.
    pub(super) ready: String,
    pub(super) creator: String,
    pub(super) pictures: BTreeMap<String, Vec<u8>>,
}

/// Notes by their ids, with the relations of their part.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) notes: BTreeMap<String, Element>,
    pub(super) relations: BTreeMap<String, Relation>,
}

/// A relation.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) external: bool,
}

impl Parts {
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Self, Message> {
        let package = relations(archive, "", "_rels/.rels")?;
        let named = |relations: &BTreeMap<String, Relation>, kind: &str| {
            relations.values().find(|relation| relation.kind == kind && !relation.external).map(|r| r.target.clone())
        };
        let main = named(&package, "officeDocument").unwrap_or_else(|| "word/document.xml".to_owned());
        let Some(xml) = archive.text(&main)? else { return Err(msg!("this is no Word document (.docx)")) };
        let document = whole(&xml, Doctype::Refused)?;
        drop(xml);
        let mut parts = Parts { relations: relations_of(archive, &main)?, ..Self::default() };
        for (kind, place) in [("styles", &mut parts.styles), ("numbering", &mut parts.numbering)] {
            if let Some(path) = named(&parts.relations, kind) {
                *place = part(archive, &path)?;
            }
        }
        for (kind, place) in [("footnotes", &mut parts.footnotes), ("endnotes", &mut parts.endnotes)] {
            if let Some(path) = named(&parts.relations, kind) {
                place.notes = notes(part(archive, &path)?);
                place.relations = relations_of(archive, &path)?;
            }
        }
        if let Some(path) = named(&parts.relations, "comments") {
            parts.comments = comments(&part(archive, &path)?);
        }
        parts.related(archive)?;
        if let Some(path) = named(&package, "core-properties") {
            let creator = part(archive, &path)?.find("creator").map(Element::own_text);
            parts.creator = creator.unwrap_or_default().trim().to_owned();
        }
        parts.body = body(document);
        Ok(parts)
    }

    /// Reads what the text and its notes are related to.
    fn related(&mut self, archive: &mut Archive<'_>) -> Result<(), Message> {
        let all = [&self.relations, &self.footnotes.relations, &self.endnotes.relations];
        let inside = all.into_iter().flat_map(BTreeMap::values).filter(|relation| !relation.external);
        for Relation { kind, target, .. } in inside {
            match kind.as_str() {
                "header" | "footer" => {
                    let margin = part(archive, target)?;
                    let shows = ["blip", "imagedata"].iter().any(|name| margin.find(name).is_some());
                    self.margins.push((target.clone(), margin.all_text(), shows));
                }
                "image" => {
                    let bytes = archive.bytes(target)?.unwrap_or_default();
                    self.pictures.insert(target.clone(), bytes);
                }
                "chart" | "chartEx" | "diagramData" => {
                    let mut words = Vec::new();
                    drawn_words(&part(archive, target)?, &mut words);
                    self.drawn.insert(target.clone(), words.join(" "));
                }
                "glossaryDocument" => self.ready = part(archive, target)?.all_text(),
                _ => {}
            }
        }
        Ok(())
    }
}

fn body(document: Element) -> Element {
    let is_body = |element: &Element| element.name == "body";
    let bodies = document.children.into_iter().filter_map(Node::into_element);
    bodies.into_iter().find(is_body).unwrap_or_default()
}

/// A part that need not be there.
fn part(archive: &mut Archive<'_>, path: &str) -> Result<Element, Message> {
    archive.text(path)?.map_or_else(|| Ok(Element::default()), |xml| Ok(whole(&xml, Doctype::Refused)?))
}

/// What is written in a chart or a diagram: texts, and the numbers of which it is made.
fn drawn_words(node: &Element, words: &mut Vec<String>) {
    if matches!(node.name.as_str(), "t" | "v" | "pt") {
        words.extend(Some(node.own_text().trim().to_owned()).filter(|text| !text.is_empty()));
    }
    node.elements().for_each(|node| drawn_words(node, words));
}

/// The relations of a part.
fn relations_of(archive: &mut Archive<'_>, part: &str) -> Result<BTreeMap<String, Relation>, Message> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    relations(archive, folder, format!("{folder}/_rels/{name}.rels").trim_start_matches('/'))
}

fn relations(archive: &mut Archive<'_>, folder: &str, path: &str) -> Result<BTreeMap<String, Relation>, Message> {
    let list = part(archive, path)?;
    let one = |node: &Element| {
        let external = node.local("TargetMode") == Some("External");
        let target = node.local("Target")?;
        let whole = match target.strip_prefix('/') {
            _ if external => target.to_owned(),
            Some(whole) => whole.to_owned(),
            None => joined(folder, target),
        };
        let kind = node.local("Type")?.rsplit('/').next().unwrap_or_default().to_owned();
        Some((node.local("Id")?.to_owned(), Relation { kind, target: whole, external }))
    };
    Ok(list.elements().filter_map(one).collect())
}

/// A name in a package, from the folder of another one.
fn joined(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

fn notes(list: Element) -> BTreeMap<String, Element> {
    let mut found = BTreeMap::new();
    for note in list.children.into_iter().filter_map(Node::into_element) {
        let is_line = note.local("type").is_some_and(|kind| kind != "normal");
        if let Some(id) = note.local("id").filter(|_| !is_line) {
            found.insert(id.to_owned(), note);
        }
    }
    found
}

fn comments(list: &Element) -> BTreeMap<String, (String, String)> {
    let one = |comment: &Element| {
        let text: Vec<String> = comment.elements().map(Word::all_text).filter(|text| !text.is_empty()).collect();
        Some((
            comment.local("id")?.to_owned(),
            (comment.local("author").unwrap_or_default().to_owned(), text.join(" ")),
        ))
    };
    list.elements().filter_map(one).collect()
}
