//! Where links lead, and which of them are notes.
//!
//! A note is known by what it says it is (`epub:type`, `role`), by its mark saying so, or by two links that lead to each other: the
//! mark to the note, the note back to the paragraph of the mark. So older programs write them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::inlines::percent_decoded;
use super::package::path_from;
use super::xhtml::Xhtml as _;
use super::{Page, Pages};
use crate::foreign::xml::{Element, Node};

/// An element of a page: the number of the page, and where the element begins in it.
pub(super) type Place = (usize, usize);

/// What is known of the links of an e-book.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// The places that are linked to: page and id, or the page alone.
    pub(super) wanted: BTreeSet<(usize, String)>,
    /// The marks of notes, with the names of the notes.
    pub(super) marks: BTreeMap<Place, String>,
    /// The elements that hold notes, with their names.
    pub(super) notes: BTreeMap<Place, String>,
    /// The links from notes back to their marks.
    pub(super) back: BTreeSet<Place>,
    /// Where the notes end, in the order of their places.
    ends: BTreeMap<Place, usize>,
    /// The notes whose number is only text.
    pub(super) numbered: BTreeMap<Place, String>,
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A page, and a place in it by its id, which may be empty.
    Page(usize, String),
    /// An address.
    Address(String),
    /// Nothing that is there.
    Nothing,
}

/// What an address means in a page.
pub(super) fn target(href: &str, page: usize, pages: &[Page], by_path: &BTreeMap<String, usize>) -> Target {
    let (file, id) = href.split_once('#').unwrap_or((href, ""));
    let id = percent_decoded(id);
    if file.is_empty() {
        return Target::Page(page, id);
    }
    let own = pages.get(page).map_or("", |page| page.path.as_str());
    let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto") => return Target::Address(href.trim().to_owned()),
        Some(scheme) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => return Target::Nothing,
        _ => {}
    }
    let found = path_from(own, file).and_then(|path| by_path.get(&path).copied());
    found.map_or(Target::Nothing, |page| Target::Page(page, id))
}

/// A link.
struct Link {
    place: Place,
    to: (usize, String),
    text: String,
    /// The block in which it stands.
    block: Place,
    is_mark: bool,
    /// Whether it leads to a work in a list, whose number it shows as notes do.
    is_citation: bool,
    is_raised: bool,
}

/// A place with an id.
struct Named<'a> {
    /// The block in which it stands.
    block: &'a Element,
    /// What holds the block.
    outer: Option<&'a Element>,
    /// The element itself.
    own: &'a Element,
}

#[derive(Default)]
struct Survey<'a> {
    links: Vec<Link>,
    named: BTreeMap<(usize, String), Named<'a>>,
}

/// Looks over all pages.
pub(super) fn survey(pages: &Pages) -> Links {
    let mut survey = Survey::default();
    for (nth, page) in pages.all.iter().enumerate() {
        survey.walk(&page.tree.root, nth, &mut Vec::new(), pages);
    }
    let mut links = Links::default();
    survey.find_notes(&mut links);
    let others =
        survey.links.iter().filter(|link| !links.marks.contains_key(&link.place) && !links.back.contains(&link.place));
    links.wanted = others.map(|link| link.to.clone()).collect();
    links
}

const BLOCKS: [&str; 15] =
    ["p", "li", "div", "aside", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"];
const NOTES: [&str; 4] = ["footnote", "endnote", "rearnote", "note"];

impl<'a> Survey<'a> {
    fn walk(&mut self, element: &'a Element, page: usize, outer: &mut Vec<&'a Element>, pages: &Pages) {
        outer.push(element);
        let block = outer.iter().rposition(|one| BLOCKS.contains(&one.name.as_str())).unwrap_or(0);
        if let (Some(id), Some(&holder)) = (element.id(), outer.get(block)) {
            let around = block.checked_sub(1).and_then(|at| outer.get(at)).copied();
            let named = Named { block: holder, outer: around, own: element };
            self.named.entry((page, id.to_owned())).or_insert(named);
        }
        if let Some(href) = element.attribute("href").filter(|_| element.name == "a")
            && let Target::Page(to, id) = target(href, page, &pages.all, &pages.by_path)
        {
            let block = outer.get(block).map_or(0, |block| block.at.start);
            let parent = outer.iter().rev().nth(1).map_or("", |parent| parent.name.as_str());
            self.links.push(Link {
                place: (page, element.at.start),
                to: (to, id),
                text: element.text().trim().to_owned(),
                block: (page, block),
                is_mark: element.is(&["noteref"]),
                is_citation: element.is(&["biblioref"]),
                is_raised: parent == "sup" || element.find("sup").is_some(),
            });
        }
        for child in element.elements() {
            self.walk(child, page, outer, pages);
        }
        outer.pop();
    }

    fn find_notes(&self, links: &mut Links) {
        let mut of_block: BTreeMap<Place, Vec<&Link>> = BTreeMap::new();
        for link in &self.links {
            of_block.entry(link.block).or_default().push(link);
        }
        for link in &self.links {
            let Some(named) = self.named.get(&link.to).filter(|_| !link.is_citation) else { continue };
            let own_type =
                [Some(named.own), Some(named.block), named.outer].into_iter().flatten().find(|one| one.is(&NOTES));
            let block = (link.to.0, named.block.at.start);
            let back = self.back_link(link, of_block.get(&block));
            let holder = match own_type {
                Some(typed) if !link.is_back(typed) => typed,
                Some(_) => continue,
                None if link.is_mark || back.is_some() => named.holder(),
                None if link.is_raised && link.numbers(named.block) => {
                    links.numbered.insert((link.to.0, named.holder().at.start), link.text.clone());
                    named.holder()
                }
                None => continue,
            };
            let end = holder.at.end;
            let holder = (link.to.0, holder.at.start);
            links.ends.insert(holder, end);
            let next = format!("n{}", links.notes.len() + 1);
            let name = links.notes.entry(holder).or_insert(next).clone();
            links.marks.insert(link.place, name);
        }
        self.find_back(links);
    }

    /// The link of a block back to where a link stands, if the two are mark and note.
    fn back_link(&self, link: &Link, others: Option<&Vec<&Link>>) -> Option<Place> {
        let is_short = link.text.chars().count() <= 6 && !link.text.contains(char::is_whitespace);
        let block = self.named.get(&link.to)?.block;
        let goes_on = link.place < (link.to.0, block.at.start);
        if !is_short || !goes_on || block.name.starts_with('h') {
            return None;
        }
        let leads_back = |other: &&&Link| {
            let back = self.named.get(&other.to).map(|named| (other.to.0, named.block.at.start));
            back == Some(link.block) && stands_at_an_end(block, other)
        };
        // A block with more links than that is no note.
        others.filter(|others| others.len() <= 64)?.iter().find(leads_back).map(|other| other.place)
    }

    /// Links out of notes to the blocks of their marks, and those that say that they lead back.
    fn find_back(&self, links: &mut Links) {
        let marks: BTreeSet<Place> =
            self.links.iter().filter(|link| links.marks.contains_key(&link.place)).map(|link| link.block).collect();
        for link in &self.links {
            let note = links.ends.range(..=link.place).next_back();
            let is_in_note = note.is_some_and(|(start, end)| start.0 == link.place.0 && link.place.1 < *end);
            let block = self.named.get(&link.to).map(|named| (link.to.0, named.block.at.start));
            let leads_to_mark = block.is_some_and(|block| marks.contains(&block));
            let is_short = link.text.chars().count() <= 8;
            if is_in_note && leads_to_mark && is_short && !links.marks.contains_key(&link.place) {
                links.back.insert(link.place);
            }
        }
    }
}

/// Whether nothing but signs stands before a link in its block, or nothing behind it.
fn stands_at_an_end(block: &Element, link: &Link) -> bool {
    let mut sides = [String::new(), String::new()];
    sort_text(block, link.place.1, &mut sides, &mut false);
    sides.iter().any(|side| !side.contains(char::is_alphanumeric))
}

/// Sorts the text of an element into what stands before and behind another one in it.
fn sort_text(element: &Element, other: usize, sides: &mut [String; 2], is_behind: &mut bool) {
    for node in &element.children {
        match node {
            Node::Element(inner) if inner.name == "a" && inner.at.start == other => *is_behind = true,
            Node::Element(inner) => sort_text(inner, other, sides, is_behind),
            Node::Text(text) => {
                if let Some(side) = sides.get_mut(usize::from(*is_behind)) {
                    side.push_str(text);
                }
            }
        }
    }
}

impl Link {
    /// Whether it stands in a note, and so leads elsewhere than to it.
    fn is_back(&self, note: &Element) -> bool {
        note.at.contains(&self.place.1) && self.place.0 == self.to.0
    }

    /// Whether a block begins with the number that this link shows.
    fn numbers(&self, block: &Element) -> bool {
        let number = self.text.trim_matches(['[', ']', '(', ')']);
        let is_number = !number.is_empty() && number.len() < 6 && number.bytes().all(|byte| byte.is_ascii_digit());
        let text = block.text();
        let text = text.trim_start().trim_start_matches(['[', '(']);
        is_number && text.strip_prefix(number).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    }
}

impl<'a> Named<'a> {
    /// What holds a note: its block, or the item that begins with it.
    fn holder(&self) -> &'a Element {
        match self.outer {
            Some(outer) if is_item(outer) && outer.elements().next().is_some_and(|first| first.at == self.block.at) => {
                outer
            }
            _ => self.block,
        }
    }
}

/// Whether an element holds one note and nothing else.
fn is_item(element: &Element) -> bool {
    let classes = element.attribute("class").unwrap_or_default();
    let is_note = classes.split_ascii_whitespace().any(|class| class.contains("note") && !class.contains("notes"));
    matches!(element.name.as_str(), "li" | "aside" | "dd") || element.name == "div" && is_note
}
