//! The index as XHTML: each heading with links to the places that the text marks.

use super::content::Content;
use super::xml::Xml;
use crate::index::Heading;
use crate::lang::Width;
use crate::model::Lang;

/// The title of the index, in each language that it has headings in.
pub(super) fn title(content: &Content<'_>) -> String {
    let words = |lang: &Lang| lang.export_words().index;
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
            entries(xml, content, lang, group, true);
        }
        xml.close_line();
    }
}

fn entries(xml: &mut Xml, content: &Content<'_>, lang: &Lang, headings: &[Heading], top: bool) {
    let words = lang.export_words();
    xml.open("ul", &[("class", "index-entries")]);
    xml.raw("\n");
    for heading in headings {
        xml.open("li", &[]);
        let id = if top { content.index.heading(lang, &heading.word) } else { None };
        let mut attrs = vec![("class", "index-term")];
        attrs.extend(id.map(|id| ("id", id)));
        xml.open("span", &attrs);
        xml.text(&heading.word);
        xml.close();
        places(xml, content, lang, heading);
        for (word, headings) in [(words.see, &heading.see), (words.see_also, &heading.also)] {
            let leads = headings.iter().map(|heading| (heading.as_str(), content.index.heading(lang, heading)));
            elsewhere(xml, word, &leads.collect::<Vec<_>>(), between(lang));
        }
        if !heading.subs.is_empty() {
            xml.raw("\n");
            entries(xml, content, lang, &heading.subs, false);
        }
        xml.close_line();
    }
    xml.close_line();
}

/// The places of a heading: the number or else the title of the chapter for the first in it, numbers for the others.
fn places(xml: &mut Xml, content: &Content<'_>, lang: &Lang, heading: &Heading) {
    let mut all: Vec<_> = heading.marks.iter().filter_map(|mark| content.index.places.get(mark)).flatten().collect();
    all.sort_by_key(|(part, _)| *part);
    for (nth, chapter) in all.chunk_by(|one, next| one.0 == next.0).enumerate() {
        let part = &content.plan.parts[chapter[0].0];
        let title = content.plan.title_in(part, lang);
        let name = content.plan.name_in(part, lang);
        for (index, (_, id)) in chapter.iter().enumerate() {
            let href = format!("{}#{id}", part.href);
            let number = (index + 1).to_string();
            let label = if index > 0 { format!("{title} {number}") } else { title.clone() };
            let mut attrs = vec![("href", href.as_str())];
            attrs.extend((index > 0 || name.is_some()).then_some(("aria-label", label.as_str())));
            xml.text(if nth > 0 && index == 0 { between(lang) } else { " " });
            xml.open("a", &attrs);
            xml.text(if index > 0 { &number } else { name.as_ref().unwrap_or(&title) });
            xml.close();
        }
    }
}

/// What stands between two places or headings.
fn between(lang: &Lang) -> &'static str {
    if lang.conventions().typography.width == Width::Full { "；" } else { "; " }
}

/// Other headings, each with its id if the index has it.
fn elsewhere(xml: &mut Xml, word: &str, headings: &[(&str, Option<&str>)], between: &str) {
    if headings.is_empty() {
        return;
    }
    xml.text(" ");
    xml.open("span", &[("class", "index-see")]);
    xml.open("i", &[]);
    xml.text(word);
    xml.close();
    xml.text(" ");
    for (index, (heading, id)) in headings.iter().enumerate() {
        if index > 0 {
            xml.text(between);
        }
        match id {
            Some(id) => {
                xml.open("a", &[("href", &format!("#{id}"))]);
                xml.text(heading);
                xml.close();
            }
            None => xml.text(heading),
        }
    }
    xml.close();
}
