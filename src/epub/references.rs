//! hayagriva's wording as XHTML: citations in the text and the list of references.

use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{ElemChild, ElemMeta, Formatted, Formatting};

use super::citations::Citations;
use super::xml::Xml;
use crate::source::Span;

/// Writes the citation that stands at `span`; each source in it is a link unless `linked` is off.
pub(super) fn citation(xml: &mut Xml, citations: &Citations, span: Span, linked: bool) {
    let Some((wording, keys)) = citations.cited.get(&span) else { return };
    let mut out = Wording { xml, citations, keys, linked, in_link: false };
    wording.0.iter().for_each(|child| out.child(child));
}

/// Writes the list of every source cited, with the number that the text shows.
pub(super) fn list(xml: &mut Xml, citations: &Citations) {
    if citations.list.is_empty() {
        return;
    }
    xml.open("ol", &[("class", "references")]);
    xml.raw("\n");
    for item in &citations.list {
        xml.open("li", &[("id", &citations.ids[&item.key])]);
        let mut out = Wording { xml, citations, keys: &[], linked: true, in_link: false };
        if let Some(first) = &item.first_field {
            out.xml.open("span", &[("class", "ref-number")]);
            out.child(first);
            out.xml.close();
            out.xml.text(" ");
        }
        item.content.0.iter().for_each(|child| out.child(child));
        xml.close_line();
    }
    xml.close_line();
}

struct Wording<'x, 'c> {
    xml: &'x mut Xml,
    citations: &'c Citations,
    keys: &'c [String],
    linked: bool,
    in_link: bool,
}

impl Wording<'_, '_> {
    fn child(&mut self, child: &ElemChild) {
        match child {
            ElemChild::Text(text) => self.formatted(text),
            ElemChild::Elem(elem) => {
                let target = match elem.meta {
                    Some(ElemMeta::Entry(index)) => self.keys.get(index).and_then(|k| self.citations.ids.get(k)),
                    _ => None,
                };
                match target.filter(|_| self.linked && !self.in_link) {
                    Some(id) => {
                        let href = format!("{}#{id}", self.citations.href);
                        let attrs = [("href", href.as_str()), ("epub:type", "biblioref"), ("role", "doc-biblioref")];
                        self.within_link(&attrs, |out| elem.children.0.iter().for_each(|c| out.child(c)));
                    }
                    None => elem.children.0.iter().for_each(|c| self.child(c)),
                }
            }
            ElemChild::Markup(text) => self.xml.text(text),
            ElemChild::Link { text, url } => match super::url::href(url).filter(|_| self.linked && !self.in_link) {
                Some(href) => self.within_link(&[("href", &href)], |out| out.formatted(text)),
                None => self.formatted(text),
            },
            ElemChild::Transparent { .. } => {}
        }
    }

    fn within_link(&mut self, attrs: &[(&str, &str)], body: impl FnOnce(&mut Self)) {
        self.xml.open("a", attrs);
        self.in_link = true;
        body(self);
        self.in_link = false;
        self.xml.close();
    }

    fn formatted(&mut self, text: &Formatted) {
        let tags = tags(&text.formatting);
        tags.iter().for_each(|(tag, class)| match class {
            Some(class) => self.xml.open(tag, &[("class", class)]),
            None => self.xml.open(tag, &[]),
        });
        self.xml.text(&text.text);
        tags.iter().for_each(|_| self.xml.close());
    }
}

fn tags(format: &Formatting) -> Vec<(&'static str, Option<&'static str>)> {
    let mut tags = Vec::new();
    match format.vertical_align {
        VerticalAlign::Sup => tags.push(("sup", None)),
        VerticalAlign::Sub => tags.push(("sub", None)),
        _ => {}
    }
    if format.font_style == FontStyle::Italic {
        tags.push(("i", None));
    }
    if format.font_weight == FontWeight::Bold {
        tags.push(("b", None));
    }
    if format.font_variant == FontVariant::SmallCaps {
        tags.push(("span", Some("small-caps")));
    }
    if format.text_decoration == TextDecoration::Underline {
        tags.push(("span", Some("underline")));
    }
    tags
}
