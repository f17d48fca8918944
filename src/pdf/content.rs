//! Where a PDF draws: its content streams, each with the resources that it names.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Content that is drawn in one go: the streams of a page, or that of a form or a tiling pattern.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// Its streams in order; operators keep their effect from one to the next.
    pub streams: Vec<ObjectId>,
    /// Its resources.
    pub resources: Dictionary,
}

/// Every drawing of a document but those that only shape a soft mask: there colours mean opacity.
pub fn drawings(doc: &Document) -> Vec<Drawing> {
    let masks = mask_forms(doc);
    let pages = doc
        .page_iter()
        .map(|page| Drawing { streams: doc.get_page_contents(page), resources: page_resources(doc, page) });
    let inner = doc.objects.iter().filter(|(id, _)| !masks.contains(id)).filter_map(|(id, object)| {
        let dict = &object.as_stream().ok().filter(|stream| is_form(&stream.dict) || is_tiling(&stream.dict))?.dict;
        Some(Drawing { streams: vec![*id], resources: entry(doc, dict, b"Resources") })
    });
    pages.chain(inner).collect()
}

/// The resources of a page, its own or inherited.
pub fn page_resources(doc: &Document, page: ObjectId) -> Dictionary {
    match doc.get_page_resources(page) {
        Ok((Some(own), _)) => own.clone(),
        Ok((None, inherited)) => {
            inherited.first().and_then(|id| doc.get_dictionary(*id).ok()).cloned().unwrap_or_default()
        }
        Err(_) => Dictionary::new(),
    }
}

/// A dictionary in a dictionary, followed through a reference; empty if there is none.
pub fn entry(doc: &Document, dict: &Dictionary, key: &[u8]) -> Dictionary {
    dict.get_deref(key, doc).ok().and_then(|object| object.as_dict().ok()).cloned().unwrap_or_default()
}

/// The forms that soft masks are made of, with all forms in them.
pub fn mask_forms(doc: &Document) -> BTreeSet<ObjectId> {
    let mut open: Vec<ObjectId> = doc
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.get(b"S").is_ok_and(|kind| is_name(kind, &[b"Luminosity", b"Alpha"])))
        .filter_map(|mask| mask.get(b"G").ok()?.as_reference().ok())
        .collect();
    open.extend(doc.objects.values().filter_map(|object| {
        let mask = object.as_dict().ok()?.get(b"SMask").ok()?.as_dict().ok()?;
        mask.get(b"G").ok()?.as_reference().ok()
    }));
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Some(stream) = doc.get_object(id).ok().and_then(|object| object.as_stream().ok()) else { continue };
        let resources = entry(doc, &stream.dict, b"Resources");
        for kind in [b"XObject".as_slice(), b"Pattern"] {
            open.extend(entry(doc, &resources, kind).iter().filter_map(|(_, object)| object.as_reference().ok()));
        }
    }
    seen
}

/// Whether a stream is a form XObject.
pub fn is_form(dict: &Dictionary) -> bool {
    dict.get(b"Subtype").is_ok_and(|kind| is_name(kind, &[b"Form"]))
}

fn is_tiling(dict: &Dictionary) -> bool {
    dict.get(b"PatternType").is_ok_and(|kind| kind.as_i64().is_ok_and(|kind| kind == 1))
}

fn is_name(object: &Object, names: &[&[u8]]) -> bool {
    object.as_name().is_ok_and(|name| names.contains(&name))
}
