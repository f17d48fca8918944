//! The page that opens a part of the book, and the lists of its figures and tables.

use super::content::Content;
use super::page::{Page, Writer, ordinal_before};
use super::plan::Opening;
use super::xml::{Xml, xhtml};
use crate::lang::Lang;
use crate::outline::{self, Entry, Kind, Series};

/// Writes the page of a part of the book: its number and its title.
pub(super) fn page(content: &Content<'_>, opening: &Opening<'_>) -> Page {
    let outline = content.plan.outline;
    let division = opening.division;
    let bytes = xhtml(content.plan.lang.bcp47(), &opening.title.line(), |xml| {
        let anchor = division.anchor.as_str();
        let kind = [("epub:type", "part"), ("role", "doc-part"), ("class", "part"), ("aria-labelledby", anchor)];
        xml.open("section", &kind);
        xml.open("header", &[("class", "chapter-head")]);
        xml.open("h1", &[("id", anchor), ("class", "chapter-title")]);
        let title = |xml: &mut Xml, lang: &Lang| {
            ordinal_before(xml, division.name(outline::words(lang)));
            xml.text(division.title(lang));
        };
        title(xml, content.plan.lang);
        if let Some(second) = outline.second_language() {
            xml.text(" ");
            let tag = second.bcp47();
            xml.open("span", &[("class", "translation"), ("lang", tag), ("xml:lang", tag)]);
            title(xml, second);
            xml.close();
        }
        xml.close();
        xml.close();
        xml.close_line();
    });
    Page { bytes, svg: false, math: false }
}

impl Writer<'_, '_> {
    /// Writes a list of all that is counted as one series, with links.
    pub(super) fn list_of(&mut self, series: Series) {
        let outline = self.content.plan.outline;
        let numbered =
            |entry: &&Entry<'_>| matches!(entry.kind, Kind::Numbered { series: other, .. } if other == series);
        let all = outline.entries().iter().filter(numbered);
        let (first, second): (Vec<&Entry<'_>>, Vec<&Entry<'_>>) =
            all.partition(|entry| entry.lang == outline.languages()[0]);
        if first.is_empty() {
            return;
        }
        self.xml.open("ol", &[("class", "list-of-figures")]);
        self.xml.raw("\n");
        for entry in first {
            let (Some(part), Some(anchor)) = (self.content.plan.parts.get(entry.part), &entry.anchor) else { continue };
            self.xml.open("li", &[]);
            self.xml.open("a", &[("href", &format!("{}#{anchor}", part.href))]);
            self.xml.text(&listed(entry, series));
            if let Some(other) = second.iter().find(|other| other.count() == entry.count()) {
                self.xml.text(" / ");
                let tag = other.lang.bcp47();
                self.xml.element("span", &[("lang", tag), ("xml:lang", tag)], &listed(other, series));
            }
            self.xml.close();
            self.xml.close_line();
        }
        self.xml.close_line();
    }
}

/// The number and the caption of a figure.
fn listed(entry: &Entry<'_>, series: Series) -> String {
    let gap = entry.lang.export_words().caption_gap;
    let word = series.word(outline::words(entry.lang));
    format!("{word} {}{gap}{}", entry.counted().unwrap_or_default(), entry.title)
}
