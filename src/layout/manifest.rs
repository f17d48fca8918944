//! `layout.yaml`: what a layout says of itself.

use std::collections::BTreeMap;

use super::EpubFonts;
use super::options::{self, texts};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::typed;
use crate::manuscript::yaml::{self, Area, Entry, Fields};
use crate::message::Message;

/// What `layout.yaml` says. Keys that this version does not use are for people.
pub(super) struct Manifest {
    pub(super) title: Option<String>,
    pub(super) languages: Vec<String>,
    pub(super) editions: Vec<String>,
    pub(super) blocks: Vec<String>,
    pub(super) attributes: Vec<String>,
    pub(super) front_matter: Vec<String>,
    pub(super) asks_for: Vec<String>,
    pub(super) standards: Option<Vec<String>>,
    pub(super) epub_fonts: EpubFonts,
    pub(super) cover_ratio: f64,
    pub(super) options: BTreeMap<String, options::Declared>,
}

/// Reads a manifest; whatever is wrong with it is reported, and then there is none.
pub(super) fn read(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let mut found = Vec::new();
    let manifest = manifest(area, &mut found);
    yaml::explain(area, &mut found);
    let broken = crate::diagnostic::any_error(&found);
    sink.extend(found);
    manifest.filter(|_| !broken)
}

fn manifest(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let node = yaml::parse(area, sink)?;
    let mut fields = Fields::open(node, Message::data("layout.yaml"), sink)?;
    Some(Manifest {
        title: fields.text("title", sink).map(|title| title.value),
        languages: texts(fields.take("languages"), "languages", sink),
        editions: texts(fields.take("editions"), "editions", sink),
        blocks: texts(fields.take("blocks"), "blocks", sink),
        attributes: texts(fields.take("attributes"), "attributes", sink),
        front_matter: texts(fields.take("front-matter"), "front-matter", sink),
        asks_for: texts(fields.take("asks-for"), "asks-for", sink),
        standards: fields.take("standards").map(|entry| texts(Some(entry), "standards", sink)),
        epub_fonts: epub_fonts(fields.take("epub-fonts"), sink),
        cover_ratio: cover_ratio(&mut fields, sink),
        options: declared(fields.take("options"), sink),
    })
}

/// The proportions of covers that all shops take, and how far another may be from them.
const COVER_RATIO: f64 = 1.6;
const COVER_RATIOS: std::ops::RangeInclusive<f64> = 1.0..=2.0;

fn cover_ratio(fields: &mut Fields, sink: &mut Vec<Diagnostic>) -> f64 {
    let Some(written) = fields.text("cover-ratio", sink) else { return COVER_RATIO };
    let ratio = written.value.parse().ok().filter(|ratio| COVER_RATIOS.contains(ratio));
    if ratio.is_none() {
        let message = msg!("`cover-ratio` cannot be `{value}`", value = written.value);
        let hint = msg!("write how much higher than wide the cover for shops is, from 1 to 2, such as `1.6`");
        sink.push(Diagnostic::error(codes::LAYOUT, message).at(written.span).hint(hint));
    }
    ratio.unwrap_or(COVER_RATIO)
}

fn epub_fonts(entry: Option<Entry>, sink: &mut Vec<Diagnostic>) -> EpubFonts {
    let Some(mut fields) = entry.and_then(|entry| Fields::open(entry.node, typed("epub-fonts"), sink)) else {
        return EpubFonts::default();
    };
    let fonts = EpubFonts {
        zh: texts(fields.take("zh"), "zh", sink),
        latin: texts(fields.take("latin"), "latin", sink),
        code: texts(fields.take("code"), "code", sink),
    };
    fields.finish(&typed("epub-fonts"), sink);
    fonts
}

fn declared(entry: Option<Entry>, sink: &mut Vec<Diagnostic>) -> BTreeMap<String, options::Declared> {
    let Some(fields) = entry.and_then(|entry| Fields::open(entry.node, typed("options"), sink)) else {
        return BTreeMap::new();
    };
    let mut declared = BTreeMap::new();
    for (name, span, node) in fields.rest() {
        if let Some(option) = options::Declared::read(&name, span, node, sink) {
            declared.insert(name, option);
        }
    }
    declared
}
