//! Fonts: whether they are embedded and mapped to characters, and how wide their glyphs are.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object};

use super::facts::Font;
use super::objects::ObjectReader;

/// Codes of a font whose widths are kept; no character set has more.
const CODES: usize = 70_000;

/// A font as text is measured with it.
#[derive(Debug, Clone)]
pub(super) struct Face {
    /// Index into the list of fonts.
    pub(super) index: usize,
    /// Bytes of a character code.
    pub(super) bytes: usize,
    /// Whether it is set downwards.
    pub(super) vertical: bool,
    widths: BTreeMap<u32, f64>,
    other: f64,
    /// Text space units of a unit of width.
    unit: f64,
}

impl Face {
    /// The width of a code in multiples of the size.
    pub(super) fn width(&self, code: u32) -> f64 {
        self.widths.get(&code).copied().unwrap_or(self.other) * self.unit
    }
}

/// Reads a font dictionary.
pub(super) fn read(reader: ObjectReader<'_>, dict: &Dictionary, index: usize) -> (Font, Face) {
    let kind = reader.name_at(dict, b"Subtype").unwrap_or_default();
    let own = reader.array(dict, b"DescendantFonts").and_then(|fonts| reader.as_dict(fonts.first()?));
    let program = own.unwrap_or(dict);
    let name = reader.name_at(dict, b"BaseFont").or_else(|| reader.name_at(dict, b"Name")).unwrap_or_default();
    let descriptor = reader.dict(program, b"FontDescriptor");
    let files: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
    let embedded = descriptor.is_some_and(|descriptor| files.iter().any(|key| reader.get(descriptor, key).is_some()));
    let font = Font {
        // The glyphs of a Type 3 font are drawings in the file.
        embedded: embedded || kind == "Type3",
        unicode: reader.get(dict, b"ToUnicode").is_some() || own.is_none() && speaks(reader, dict, descriptor),
        kind: own.and_then(|own| reader.name_at(own, b"Subtype")).unwrap_or_else(|| kind.clone()),
        name,
    };
    let face = if own.is_some() { composite(reader, dict, program, index) } else { simple(reader, dict, &kind, index) };
    (font, face)
}

/// Whether the codes of a simple font can be read without a map: by a named encoding of Latin text, or the font's own
/// where it is no font of symbols.
fn speaks(reader: ObjectReader<'_>, dict: &Dictionary, descriptor: Option<&Dictionary>) -> bool {
    const SYMBOLIC: i64 = 1 << 2;
    let flags = descriptor.and_then(|descriptor| reader.integer(descriptor, b"Flags")).unwrap_or(0);
    match reader.get(dict, b"Encoding") {
        Some(Object::Name(name)) => matches!(&name[..], b"WinAnsiEncoding" | b"MacRomanEncoding" | b"StandardEncoding"),
        Some(Object::Dictionary(_)) => true,
        _ => flags & SYMBOLIC == 0 && reader.name_at(dict, b"Subtype").as_deref() != Some("Type3"),
    }
}

fn simple(reader: ObjectReader<'_>, dict: &Dictionary, kind: &str, index: usize) -> Face {
    let first = reader.integer(dict, b"FirstChar").and_then(|code| u32::try_from(code).ok()).unwrap_or(0);
    let list = reader.array(dict, b"Widths").unwrap_or_default();
    let widths = list.iter().take(256).map(|width| reader.number(width).unwrap_or(0.0));
    let descriptor = reader.dict(dict, b"FontDescriptor");
    let missing = descriptor.and_then(|descriptor| reader.number(reader.get(descriptor, b"MissingWidth")?));
    // The widths of a Type 3 font count in its own space.
    let unit = if kind == "Type3" { reader.matrix(dict, b"FontMatrix").scale()[0] } else { 0.001 };
    // A standard font may leave its widths out; half an em is about right.
    let other = missing.unwrap_or(if list.is_empty() { 500.0 } else { 0.0 });
    Face { index, bytes: 1, vertical: false, widths: (first..=u32::MAX).zip(widths).collect(), other, unit }
}

fn composite(reader: ObjectReader<'_>, dict: &Dictionary, program: &Dictionary, index: usize) -> Face {
    let encoding = reader.name_at(dict, b"Encoding").unwrap_or_default();
    let other = reader.get(program, b"DW").and_then(|width| reader.number(width)).unwrap_or(1000.0);
    let widths = reader.array(program, b"W").map_or_else(BTreeMap::new, |list| cid_widths(reader, list));
    Face { index, bytes: 2, vertical: encoding.ends_with("-V"), widths, other, unit: 0.001 }
}

/// `c [w1 w2 …]` and `c_first c_last w` in turn (ISO 32000-2, 9.7.4.3).
fn cid_widths(reader: ObjectReader<'_>, list: &[Object]) -> BTreeMap<u32, f64> {
    let code = |object: &Object| reader.number(object).filter(|n| (0.0..65_536.0).contains(n)).map(|n| n as u32);
    let (mut widths, mut at) = (BTreeMap::new(), 0);
    while at + 1 < list.len() && widths.len() < CODES {
        let Some(first) = code(&list[at]) else { break };
        if let Ok(several) = reader.follow(&list[at + 1]).as_array() {
            let several = several.iter().take(CODES).filter_map(|width| reader.number(width));
            widths.extend((first..=u32::MAX).zip(several));
            at += 2;
        } else {
            let (Some(last), Some(width)) = (code(&list[at + 1]), list.get(at + 2).and_then(|w| reader.number(w)))
            else {
                break;
            };
            widths.extend((first..=last).map(|code| (code, width)));
            at += 3;
        }
    }
    widths
}
