//! What an SVG is and whether it keeps to itself.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{MAX_SVG_BYTES, PictureError, PictureFormat, PictureInfo};
use crate::message::Message;

/// Looks through an SVG.
pub(super) fn inspect(bytes: &[u8]) -> Result<PictureInfo, PictureError> {
    let text = std::str::from_utf8(bytes).map_err(|_| PictureError::UnknownFormat)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') || !text.contains("<svg") {
        return Err(PictureError::UnknownFormat);
    }
    if bytes.len() > MAX_SVG_BYTES {
        return Err(PictureError::TooLarge { size: bytes.len(), limit: MAX_SVG_BYTES });
    }
    let mut reader = Reader::from_str(text);
    let mut svg = Svg::default();
    loop {
        match reader.read_event().map_err(|error| PictureError::Damaged(Message::data(error.to_string())))? {
            Event::Start(tag) => svg.start(&tag)?,
            Event::Empty(tag) if svg.skipping == 0 => _ = svg.element(&tag)?,
            Event::End(_) => svg.end()?,
            Event::DocType(doctype) if doctype.contains('[') => {
                return Err(PictureError::Unsafe(msg!(
                    "the SVG picture has a document type declaration with entities, which is not allowed"
                )));
            }
            Event::PI(_) => {
                return Err(PictureError::Unsafe(msg!(
                    "the SVG picture has a processing instruction, which is not allowed"
                )));
            }
            Event::Text(text) if svg.in_style() => css(&text)?,
            Event::CData(text) if svg.in_style() => css(&text)?,
            Event::Eof => break,
            _ => {}
        }
    }
    let (width, height) = svg.size.ok_or(PictureError::UnknownFormat)?;
    Ok(PictureInfo { format: PictureFormat::Svg, width, height })
}

/// What is known of an SVG at a place in it.
#[derive(Default)]
struct Svg {
    size: Option<(u32, u32)>,
    open: Vec<Open>,
    /// Depth in foreign text that has a plain form beside it: it is never shown.
    skipping: usize,
}

/// An element that is open.
struct Open {
    name: String,
    /// Whether foreign text stands in it as one of several forms, and whether another form does.
    foreign: bool,
    plain: bool,
}

impl Svg {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), PictureError> {
        if self.skipping > 0 || self.element(tag)? {
            self.skipping += 1;
        } else {
            self.open.push(Open { name: tag.local_name().as_ref().to_owned(), foreign: false, plain: false });
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), PictureError> {
        if self.skipping > 0 {
            self.skipping -= 1;
            return Ok(());
        }
        let ended = self.open.pop();
        if ended.is_some_and(|ended| ended.foreign && !ended.plain) { Err(PictureError::ForeignText) } else { Ok(()) }
    }

    fn in_style(&self) -> bool {
        self.skipping == 0 && self.open.last().is_some_and(|open| open.name == "style")
    }

    /// Looks at an element; says whether it is foreign text beside a plain form of it.
    fn element(&mut self, tag: &BytesStart<'_>) -> Result<bool, PictureError> {
        let foreign = tag.local_name().as_ref() == "foreignObject";
        if let Some(choice) = self.open.last_mut().filter(|open| open.name == "switch") {
            if foreign {
                choice.foreign = true;
                return Ok(true);
            }
            choice.plain = true;
        }
        if foreign {
            return Err(PictureError::ForeignText);
        }
        element(tag, &mut self.size)?;
        Ok(false)
    }
}

/// Looks at one element of an SVG; the first must be `svg` and gives the size.
fn element(tag: &BytesStart<'_>, size: &mut Option<(u32, u32)>) -> Result<(), PictureError> {
    let name = tag.local_name();
    match name.as_ref() {
        "script" => return Err(PictureError::Unsafe(msg!("the SVG picture contains a script, which is not allowed"))),
        "iframe" | "object" | "embed" => {
            return Err(PictureError::Unsafe(msg!("the SVG picture contains foreign content, which is not allowed")));
        }
        "svg" => {}
        _ if size.is_none() => return Err(PictureError::UnknownFormat),
        _ => {}
    }
    let (mut width, mut height, mut view) = (None, None, None);
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| PictureError::Damaged(Message::data(error.to_string())))?;
        let key = attribute.key.local_name();
        let value = attribute.value;
        match key.as_ref() {
            // A link loads nothing.
            "href" if name.as_ref() == "a" && is_web(&value) => {}
            "href" | "src" => reference(&value)?,
            "width" => width = length(&value),
            "height" => height = length(&value),
            "viewBox" => view = view_box(&value),
            key if key.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) => {
                return Err(PictureError::Unsafe(msg!(
                    "the SVG picture contains an event handler, which is not allowed"
                )));
            }
            _ => css(&value)?,
        }
    }
    if size.is_none() {
        let (w, h) = view.unwrap_or_default();
        *size = Some((width.unwrap_or(w), height.unwrap_or(h)));
    }
    Ok(())
}

fn is_web(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.trim_start().starts_with(scheme))
}

fn reference(value: &str) -> Result<(), PictureError> {
    let value = value.trim_start();
    let picture = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"];
    if value.is_empty() || value.starts_with('#') || picture.iter().any(|p| value.starts_with(p)) {
        Ok(())
    } else {
        Err(PictureError::Unsafe(msg!("the SVG picture refers to another file, which is not allowed")))
    }
}

/// Refuses style that loads something: `@import` and `url(…)` to anything but a part of the same picture.
fn css(text: &str) -> Result<(), PictureError> {
    let lower = text.to_ascii_lowercase();
    if lower.contains("@import") {
        return Err(PictureError::Unsafe(msg!("the SVG picture refers to another file, which is not allowed")));
    }
    for part in lower.split("url(").skip(1) {
        reference(part.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']).trim_start_matches("&quot;"))?;
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie between 0 and a million")]
fn whole(value: f64) -> Option<u32> {
    (value.is_finite() && (0.0..=1_000_000.0).contains(&value)).then(|| value.ceil() as u32)
}

fn length(value: &str) -> Option<u32> {
    let number = value.trim().trim_end_matches("px");
    whole(number.parse().ok()?)
}

fn view_box(value: &str) -> Option<(u32, u32)> {
    let mut numbers = value.split([' ', ',']).filter(|n| !n.is_empty()).skip(2);
    let width = whole(numbers.next()?.parse().ok()?)?;
    Some((width, whole(numbers.next()?.parse().ok()?)?))
}
