//! The index as XHTML: each heading with links to the places that the text marks.

use std::collections::BTreeMap;

use super::content::Content;
use super::page::Writer;
use super::plan::Plan;
use super::xml::Xml;
use crate::index::{Heading, mark};
use crate::lang::Width;
use crate::model::{Inline, InlineKind, Lang, walk};
use crate::outline::UniqueNames;
use crate::source::Span;

/// The file of an index that no chapter of the book holds.
pub(super) const OWN_FILE: &str = "index.xhtml";

/// The index of an edition.
#[derive(Default)]
pub(super) struct Index {
    /// The headings of each language that has any.
    langs: Vec<(Lang, Vec<Heading>)>,
    /// The id of each mark in the text.
    ids: BTreeMap<Span, String>,
    /// Where each name of marks stands: the part and the id, in reading order.
    places: BTreeMap<String, Vec<(usize, String)>>,
}

impl Index {
    /// Gives ids to the marks in the parts, and finds what stands under the headings of the languages.
    pub(super) fn new(plan: &Plan<'_>, langs: Vec<(Lang, Vec<Heading>)>, names: &mut UniqueNames) -> Self {
        let mut index = Self::default();
        for (at, part) in plan.parts.iter().enumerate() {
            let mut add = |inline: &Inline| {
                let InlineKind::Index(entry) = &inline.kind else { return };
                let id = names.id("index");
                index
                    .places
                    .entry(mark(plan.outline.language(inline.span.file), entry))
                    .or_default()
                    .push((at, id.clone()));
                index.ids.insert(inline.span, id);
            };
            walk::chapter_inlines(part.chapter, &mut add);
            for line in part.outlined.translation.iter().flat_map(|other| other.head()) {
                walk::inlines(&line.run, &mut add);
            }
        }
        let langs = langs.into_iter().map(|(lang, headings)| (lang, index.occurring(headings)));
        index.langs = langs.filter(|(_, headings)| !headings.is_empty()).collect();
        index
    }

    /// Whether there is anything in it.
    pub(super) fn is_empty(&self) -> bool {
        self.langs.is_empty()
    }

    /// The headings that have something under them.
    fn occurring(&self, headings: Vec<Heading>) -> Vec<Heading> {
        let mut kept = Vec::new();
        for mut heading in headings {
            heading.subs = self.occurring(std::mem::take(&mut heading.subs));
            heading.marks.retain(|mark| self.places.contains_key(mark));
            if !(heading.marks.is_empty()
                && heading.see.is_empty()
                && heading.also.is_empty()
                && heading.subs.is_empty())
            {
                kept.push(heading);
            }
        }
        kept
    }
}

/// The title of the index, in each language that it has headings in.
pub(super) fn title(content: &Content<'_>) -> String {
    let words = |lang: &Lang| lang.conventions().export_words.index;
    let titles: Vec<&str> = content.index.langs.iter().map(|(lang, _)| words(lang)).collect();
    if titles.is_empty() { content.plan.words.index.to_owned() } else { titles.join(" / ") }
}

/// Writes the index of each language, its headings under their letters.
pub(super) fn list(xml: &mut Xml, content: &Content<'_>) {
    for (lang, headings) in &content.index.langs {
        let tag = lang.bcp47();
        let foreign = lang != content.plan.lang;
        let attrs: &[_] = if foreign { &[("lang", tag), ("xml:lang", tag)] } else { &[] };
        xml.open("div", attrs);
        xml.raw("\n");
        for group in headings.chunk_by(|one, next| one.letter == next.letter) {
            xml.element("h2", &[("class", "index-letter")], &group[0].letter);
            entries(xml, content, lang, group);
        }
        xml.close_line();
    }
}

fn entries(xml: &mut Xml, content: &Content<'_>, lang: &Lang, headings: &[Heading]) {
    let words = lang.conventions().export_words;
    xml.open("ul", &[("class", "index-entries")]);
    xml.raw("\n");
    for heading in headings {
        xml.open("li", &[]);
        xml.open("span", &[("class", "index-term")]);
        xml.text(&heading.word);
        xml.close();
        places(xml, content, heading);
        let between = if lang.conventions().typography.width == Width::Full { "；" } else { "; " };
        for (word, headings) in [(words.see, &heading.see), (words.see_also, &heading.also)] {
            elsewhere(xml, word, headings, between);
        }
        if !heading.subs.is_empty() {
            xml.raw("\n");
            entries(xml, content, lang, &heading.subs);
        }
        xml.close_line();
    }
    xml.close_line();
}

/// The places of a heading: the title of the chapter for the first in it, numbers for the others.
fn places(xml: &mut Xml, content: &Content<'_>, heading: &Heading) {
    let mut all: Vec<_> = heading.marks.iter().filter_map(|mark| content.index.places.get(mark)).flatten().collect();
    all.sort_by_key(|(part, _)| *part);
    for chapter in all.chunk_by(|one, next| one.0 == next.0) {
        let part = &content.plan.parts[chapter[0].0];
        for (index, (_, id)) in chapter.iter().enumerate() {
            let href = format!("{}#{id}", part.href);
            let number = (index + 1).to_string();
            let label = format!("{} {number}", part.title);
            let mut attrs = vec![("href", href.as_str())];
            attrs.extend((index > 0).then_some(("aria-label", label.as_str())));
            xml.text(" ");
            xml.open("a", &attrs);
            xml.text(if index == 0 { &part.title } else { &number });
            xml.close();
        }
    }
}

fn elsewhere(xml: &mut Xml, word: &str, headings: &[String], between: &str) {
    if headings.is_empty() {
        return;
    }
    xml.text(" ");
    xml.open("span", &[("class", "index-see")]);
    xml.open("i", &[]);
    xml.text(word);
    xml.close();
    xml.text(" ");
    xml.text(&headings.join(between));
    xml.close();
}

impl Writer<'_, '_> {
    /// The place of a mark of the index. A list of contents shows none.
    pub(super) fn index_mark(&mut self, place: Span) {
        if let Some(id) = self.content.index.ids.get(&place).filter(|_| !self.noteless) {
            self.xml.open("span", &[("id", id)]);
            self.xml.close();
        }
    }
}
