//! The cover page: the cover picture, or the title drawn as SVG where no pages were set that it could be taken from.

use super::resource::Resource;
use super::xml::xhtml;
use crate::lang::ExportWords;
use crate::model::{Lang, Meta};

/// The file of the cover page.
pub(super) const FILE: &str = "cover.xhtml";

/// Writes the cover page.
pub(super) fn page(meta: &Meta, lang: &Lang, words: &ExportWords, picture: Option<&Resource>) -> Vec<u8> {
    let title = meta.title_in(lang);
    xhtml(lang.bcp47(), words.cover, |xml| {
        xml.open("section", &[("class", "cover"), ("aria-label", words.cover)]);
        match picture {
            Some(picture) => {
                let alt = format!("{}: {title}", words.cover);
                let attrs = [("src", picture.href.as_str()), ("alt", &alt), ("role", "doc-cover")];
                xml.empty("img", &attrs);
            }
            None => drawn(xml, meta, lang, title),
        }
        xml.close_line();
    })
}

fn drawn(xml: &mut super::xml::Xml, meta: &Meta, lang: &Lang, title: &str) {
    let attrs = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", "0 0 600 800"),
        ("role", "img"),
        ("aria-label", title),
        ("fill", "currentColor"),
        ("text-anchor", "middle"),
    ];
    xml.open("svg", &attrs);
    let frame = [("x", "10"), ("y", "10"), ("width", "580"), ("height", "780")];
    let stroke = [("fill", "none"), ("stroke", "currentColor"), ("stroke-width", "4")];
    xml.empty("rect", &[frame.as_slice(), stroke.as_slice()].concat());
    let mut y = 240.0;
    for (text, scale) in [(Some(title), 3.0), (meta.subtitle.get(lang).map(String::as_str), 1.75)] {
        for line in super::ems::lines(text.unwrap_or(""), 500.0 / 16.0 / scale) {
            label(xml, y, scale * 16.0, &line);
            y += scale * 24.0;
        }
        y += 30.0;
    }
    for line in meta.publisher.get(lang).iter().flat_map(|p| super::ems::lines(p, 300.0 / 16.0)).take(1) {
        label(xml, 740.0, 24.0, &line);
    }
    xml.close_line();
}

fn label(xml: &mut super::xml::Xml, y: f64, size: f64, text: &str) {
    let [y, size] = [y, size].map(|n| format!("{n:.0}"));
    xml.element("text", &[("x", "300"), ("y", &y), ("font-size", &size)], text);
}
