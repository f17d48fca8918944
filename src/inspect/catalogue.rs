//! What the catalogue, the information dictionary and the XMP packet tell.

use lopdf::{Dictionary, Object};

use super::facts::Catalogue;
use super::objects::ObjectReader;
use crate::model::risky_scheme;

/// Bytes of an XMP packet that are looked at.
const PACKET: usize = 1 << 20;

/// Objects lie in each other no deeper where actions are looked for.
const DEPTH: usize = 6;

/// Most actions that are kept, and most characters of each.
const RISKS: usize = 1000;
const SHOWN: usize = 200;

/// Reads the facts of the whole file.
pub(super) fn read(reader: ObjectReader<'_>) -> Catalogue {
    let empty = Dictionary::new();
    let catalogue = reader.0.catalog().unwrap_or(&empty);
    let info = reader.dict(&reader.0.trailer, b"Info").unwrap_or(&empty);
    let packet = packet(reader, catalogue);
    let labels = reader.dict(catalogue, b"PageLabels");
    Catalogue {
        title: reader.text(info, b"Title").or_else(|| title(&packet)),
        language: reader.text(catalogue, b"Lang"),
        marked: reader
            .dict(catalogue, b"MarkInfo")
            .is_some_and(|marks| matches!(reader.get(marks, b"Marked"), Some(Object::Boolean(true)))),
        structure: reader.dict(catalogue, b"StructTreeRoot").is_some(),
        outline: reader.dict(catalogue, b"Outlines").is_some_and(|root| reader.get(root, b"First").is_some()),
        page_labels: labels.is_some(),
        output_intents: intents(reader, catalogue),
        claims: claims(&packet, reader, info),
        encrypted: reader.0.is_encrypted() || reader.0.was_encrypted(),
        // What the empty password opens has been opened.
        locked: reader.0.is_encrypted(),
        scripts: scripts(reader),
        risky: risky(reader),
        producer: reader.text(info, b"Producer").or_else(|| reader.text(info, b"Creator")),
    }
}

fn packet(reader: ObjectReader<'_>, catalogue: &Dictionary) -> String {
    let Some(Object::Stream(stream)) = reader.get(catalogue, b"Metadata") else { return String::new() };
    let bytes = if stream.dict.has(b"Filter") {
        stream.decompressed_content_with_limit(PACKET).unwrap_or_default()
    } else {
        stream.content.get(..stream.content.len().min(PACKET)).unwrap_or_default().to_vec()
    };
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text of `dc:title` in an XMP packet.
fn title(packet: &str) -> Option<String> {
    let (_, rest) = packet.split_once("<dc:title")?;
    let (element, _) = rest.split_once("</dc:title>")?;
    let text = element.rsplit_once("</rdf:li>")?.0;
    let text = text.rsplit_once('>')?.1.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn intents(reader: ObjectReader<'_>, catalogue: &Dictionary) -> Vec<String> {
    let list = reader.array(catalogue, b"OutputIntents").unwrap_or_default();
    let dicts = list.iter().take(16).filter_map(|intent| reader.as_dict(intent));
    dicts
        .map(|intent| {
            let kind = reader.name_at(intent, b"S").unwrap_or_default();
            let condition = reader.text(intent, b"OutputConditionIdentifier");
            condition.map_or(kind.clone(), |condition| format!("{kind}: {condition}"))
        })
        .collect()
}

/// Standards named in an XMP packet, or for PDF/X in the information dictionary.
fn claims(packet: &str, reader: ObjectReader<'_>, info: &Dictionary) -> Vec<String> {
    let archive = value(packet, "pdfaid:part").map(|part| {
        let conformance = value(packet, "pdfaid:conformance").unwrap_or_default().to_lowercase();
        format!("PDF/A-{part}{conformance}")
    });
    let access = value(packet, "pdfuaid:part").map(|part| format!("PDF/UA-{part}"));
    let exchange = value(packet, "pdfxid:GTS_PDFXVersion").map(str::to_owned);
    let exchange = exchange.or_else(|| reader.text(info, b"GTS_PDFXVersion"));
    archive.into_iter().chain(access).chain(exchange).collect()
}

/// The value of an XMP property, written as an attribute or as an element.
fn value<'p>(packet: &'p str, key: &str) -> Option<&'p str> {
    let (_, rest) = packet.split_once(key)?;
    let value = rest.trim_start_matches(['>', '=', '"', '\'']).split(['<', '"', '\'']).next()?;
    (!value.is_empty()).then_some(value)
}

/// How many dictionaries are scripts (ISO 32000-2, 12.6.4.17).
fn scripts(reader: ObjectReader<'_>) -> usize {
    let mut count = 0;
    let is_script = |dict: &Dictionary| reader.name_at(dict, b"S").as_deref() == Some("JavaScript") && dict.has(b"JS");
    every_dict(reader, &mut |dict| count += usize::from(is_script(dict)));
    count
}

/// Actions that could run a program or open a file, wherever they stand: in annotations, bookmarks, at the opening of a page.
fn risky(reader: ObjectReader<'_>) -> Vec<String> {
    let mut found = Vec::new();
    every_dict(reader, &mut |dict| {
        let risk = match reader.name_at(dict, b"S").as_deref() {
            Some("URI") => reader.text(dict, b"URI").filter(|address| risky_scheme(address).is_some()),
            Some(kind @ ("Launch" | "ImportData")) => Some(kind.to_owned()),
            _ => None,
        };
        if let Some(risk) = risk.filter(|_| found.len() < RISKS) {
            found.push(risk.chars().take(SHOWN).collect());
        }
    });
    found
}

/// Shows every dictionary of a file.
fn every_dict(reader: ObjectReader<'_>, show: &mut dyn FnMut(&Dictionary)) {
    reader.0.objects.values().for_each(|object| dicts_in(object, DEPTH, show));
}

fn dicts_in(object: &Object, depth: usize, show: &mut dyn FnMut(&Dictionary)) {
    let dict = match object {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        Object::Array(list) if depth > 0 => return list.iter().for_each(|item| dicts_in(item, depth - 1, show)),
        _ => return,
    };
    show(dict);
    if depth > 0 {
        dict.iter().for_each(|(_, value)| dicts_in(value, depth - 1, show));
    }
}
