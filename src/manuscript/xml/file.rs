//! XML that a layout reads, such as a citation style (CSL).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Bounds;
use super::parts::{Part, Parts};
use crate::message::Message;

/// Largest citation style, in bytes; the longest that are published have 200,000.
const MAX_STYLE: usize = 512 * 1024;
/// Most elements of a citation style, each macro counted as often as it is used.
const MAX_UNFOLDED: u64 = 1_000_000;

/// Looks at a file that may be XML, such as a citation style (CSL). What is not XML is not looked at.
///
/// # Errors
/// Says why the file is refused.
pub(crate) fn inspect(path: &str, bytes: &[u8]) -> Result<(), Message> {
    let name = path.to_ascii_lowercase();
    let is_style = name.ends_with(".csl");
    if is_style && bytes.len() > MAX_STYLE {
        return Err(msg!(
            "the file has {size} bytes; at most {limit} are allowed",
            size = bytes.len(),
            limit = MAX_STYLE
        ));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return Ok(());
    }
    let mut reader = Reader::from_str(text);
    let (mut bounds, mut parts) = (Bounds::default(), Parts::default());
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            // Another reader may go on behind what this one does not understand.
            Err(error) if is_style || name.ends_with(".xml") => {
                return Err(msg!("its XML is malformed: {reason}", reason = error.to_string()));
            }
            Err(_) => break,
        };
        bounds.see(&event)?;
        match event {
            Event::Start(tag) => parts.open(part(&tag)),
            Event::Empty(tag) => {
                parts.open(part(&tag));
                parts.close();
            }
            Event::End(_) => parts.close(),
            Event::Eof => break,
            _ => {}
        }
    }
    if parts.unfolded(|part| part.weight, MAX_UNFOLDED).is_none() {
        return Err(msg!("its macros use each other too often"));
    }
    Ok(())
}

/// An element, by what citation styles name and use: macros.
fn part(tag: &BytesStart<'_>) -> Part {
    let mut part = Part { weight: 1, ..Part::default() };
    let is_macro = tag.local_name().as_ref() == "macro";
    for attribute in tag.attributes().with_checks(false).flatten() {
        match attribute.key.as_ref() {
            "name" if is_macro => part.name = Some(attribute.value.into_owned()),
            "macro" => part.uses.push((attribute.value.into_owned(), 1)),
            _ => {}
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(inner: &str) -> String {
        format!("<style xmlns=\"http://purl.org/net/xbiblio/csl\">{inner}</style>")
    }

    #[test]
    fn what_is_in_bounds_is_admitted() {
        let usual = style("<macro name=\"a\"><text value=\"x\"/></macro><layout><text macro=\"a\"/></layout>");
        for (path, text) in
            [("a.csl", usual.as_str()), ("a.txt", "<p>not closed"), ("a.txt", "plain"), ("a.xml", "<a/>")]
        {
            assert!(inspect(path, text.as_bytes()).is_ok(), "{text}");
        }
        assert!(inspect("a.bin", b"<\xff").is_ok());
    }

    #[test]
    fn bombs_are_refused() {
        let attributes: String = (0..300).map(|n| format!(" a{n}=\"1\"")).collect();
        let spaces: String = (0..2_100).map(|n| format!("<a xmlns:a{n}=\"b\"/>")).collect();
        let laughs: String = (1..12)
            .map(|n| format!("<macro name=\"m{n}\">{}</macro>", format!("<text macro=\"m{}\"/>", n - 1).repeat(10)))
            .collect();
        for (bomb, reason) in [
            (format!("<style{attributes}/>"), "one of its elements has more than 256 attributes"),
            (style(&spaces), "it declares more than 2000 namespaces"),
            (style(&"<group>".repeat(200)), "its elements are nested more than 128 deep"),
            (style(&"<a/>".repeat(100_001)), "it has more than 100000 elements"),
            (
                style(&format!("<macro name=\"m0\"><text value=\"a\"/></macro>{laughs}")),
                "its macros use each other too often",
            ),
            (style("<macro name=\"m\"><text macro=\"m\"/></macro>"), "its macros use each other too often"),
            (style(&" ".repeat(MAX_STYLE)), "at most 524288 are allowed"),
            (style("<a></b>"), "its XML is malformed"),
        ] {
            let message = inspect("layouts/own/x.csl", bomb.as_bytes()).expect_err(reason).to_string();
            assert!(message.contains(reason), "{message}, not: {reason}");
        }
    }
}
