//! Foreign text (XHTML in SVG) is not drawn on pages and not shown by all reading systems: where drawing programs put a plain
//! form beside it, that is shown everywhere.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The feature of SVG 1.1 that is foreign text.
const FOREIGN: &str = "http://www.w3.org/TR/SVG11/feature#Extensibility";

/// An SVG as it is shown everywhere: without the foreign text that has a plain form beside it, and without the words “Text
/// is not SVG – cannot display”. draw.io writes them, in a `switch` after an empty group, for viewers without foreign text;
/// they are not true where the plain forms are shown.
pub(crate) fn left_out(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut cuts = match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("<switch") => cuts(text).unwrap_or_default(),
        _ => Vec::new(),
    };
    if cuts.is_empty() {
        return Cow::Borrowed(bytes);
    }
    cuts.push(bytes.len()..bytes.len());
    let mut at = 0;
    let kept = cuts.into_iter().map(|cut| &bytes[std::mem::replace(&mut at, cut.end)..cut.start]);
    Cow::Owned(kept.collect::<Vec<_>>().concat())
}

/// An element that is open.
struct Form {
    start: usize,
    is_switch: bool,
    /// Whether it is left out.
    cut: bool,
}

/// The parts of an SVG to leave out, in order; `None` if it cannot be read.
fn cuts(text: &str) -> Option<Vec<Range<usize>>> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Form> = Vec::new();
    let mut cuts: Vec<Range<usize>> = Vec::new();
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(tag) => {
                let name = tag.local_name();
                let cut = name.as_ref() == "foreignObject" && open.last().is_some_and(|open| open.is_switch);
                open.push(Form { start, is_switch: name.as_ref() == "switch", cut });
            }
            Event::Empty(tag) => match open.last_mut().filter(|open| open.is_switch) {
                Some(_) if tag.local_name().as_ref() == "foreignObject" => cuts.push(start..end),
                Some(switch) => switch.cut |= is_excused(&tag),
                None => {}
            },
            Event::End(_) => {
                let ended = open.pop()?;
                // What lies in a part that is cut goes with it.
                if ended.cut && !open.iter().any(|open| open.cut) {
                    cuts.retain(|cut| cut.start < ended.start);
                    cuts.push(ended.start..end);
                }
            }
            Event::Eof => return Some(cuts),
            _ => {}
        }
    }
}

/// Whether an empty element is the form for viewers with foreign text.
fn is_excused(tag: &BytesStart<'_>) -> bool {
    tag.local_name().as_ref() == "g"
        && tag.attributes().flatten().any(|a| a.key.as_ref() == "requiredFeatures" && a.value == FOREIGN)
}

#[cfg(test)]
mod tests {
    use super::left_out;

    #[test]
    fn foreign_text_and_its_excuse_are_left_out() {
        let feature = "requiredFeatures=\"http://www.w3.org/TR/SVG11/feature#Extensibility\"";
        let foreign = format!("<foreignObject {feature}><div><foreignObject/>a</div></foreignObject><foreignObject/>");
        let excuse = format!("<switch><g {feature}/><a href=\"https://e.org\"><text>not SVG</text></a></switch>");
        let drawing = |foreign: &str, excuse: &str| {
            format!("<svg><g><switch>{foreign}<text>甲</text></switch></g>{excuse}<g/>{excuse}</svg>").into_bytes()
        };
        assert_eq!(left_out(&drawing(&foreign, &excuse)).as_ref(), drawing("", ""));
        assert_eq!(left_out(&drawing("", "")).as_ref(), drawing("", ""));
        for odd in [&b"\xff"[..], b"<svg><switch>", b"<svg><switch></g></svg>"] {
            assert_eq!(left_out(odd).as_ref(), odd);
        }
    }
}
