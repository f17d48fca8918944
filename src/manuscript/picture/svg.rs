//! What an SVG is, whether it keeps to itself, and whether it can be drawn within reason.

mod css;
mod data;
mod filters;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::{MAX_PIXELS, MAX_SVG_BYTES, PictureError, PictureFormat, PictureInfo};
use crate::manuscript::combining;
use crate::manuscript::xml::Bounds;
use crate::manuscript::xml::parts::{Part, Parts};
use crate::message::Message;
use filters::Filters;

/// Most characters of text.
const MAX_TEXT: usize = 100_000;
/// Most elements that are drawn, each counted as often as it is used.
const MAX_DRAWN: u64 = 250_000;
/// Most steps of filters that are drawn.
const MAX_STEPS: u64 = 256;
/// Most elements of a picture whose style sheet has filters, for it may mean all of them.
const MAX_STYLED: u64 = 2_000;
/// Most rules of style sheets times elements, which are looked at one by one.
const MAX_MATCHES: u64 = 20_000_000;
/// How many pixels of a picture inside count like an element.
const PIXELS_PER_ELEMENT: u64 = 1_000;
/// How many characters of text count like an element.
const LETTERS_PER_ELEMENT: u64 = 16;

/// Looks through an SVG.
pub(super) fn inspect(bytes: &[u8]) -> Result<PictureInfo, PictureError> {
    let text = std::str::from_utf8(bytes).map_err(|_| PictureError::UnknownFormat)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') || !(text.contains("<svg") || text.contains(":svg")) {
        return Err(PictureError::UnknownFormat);
    }
    if bytes.len() > MAX_SVG_BYTES {
        return Err(PictureError::TooLarge { size: bytes.len(), limit: MAX_SVG_BYTES });
    }
    let mut reader = Reader::from_str(text);
    let mut svg = Svg::default();
    loop {
        let event = reader.read_event().map_err(|error| PictureError::Damaged(Message::data(error.to_string())))?;
        svg.bounds.see(&event).map_err(|reason| {
            PictureError::Costly(msg!("the SVG picture cannot be drawn within reason: {reason}", reason))
        })?;
        match event {
            Event::Start(tag) => svg.start(&tag)?,
            Event::Empty(tag) if svg.skipping == 0 => svg.empty(&tag)?,
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
            Event::Text(text) => svg.text(&text)?,
            Event::CData(text) => svg.text(&text)?,
            // One that is not defined is told by those who draw the picture.
            Event::GeneralRef(name) => svg.text(&unescape(&format!("&{};", &*name)).unwrap_or_default())?,
            Event::Eof => break,
            _ => {}
        }
    }
    let (width, height) = svg.size.ok_or(PictureError::UnknownFormat)?;
    svg.drawn()?;
    Ok(PictureInfo { format: PictureFormat::Svg, width, height })
}

/// Whether a style sheet or attribute loads nothing from elsewhere.
#[cfg_attr(not(feature = "pages"), expect(dead_code, reason = "only what writes pictures needs it"))]
pub(crate) fn loads_nothing(text: &str) -> bool {
    css::addresses(text).is_ok_and(|addresses| addresses.iter().all(|address| is_inside(address)))
}

/// What is known of an SVG at a place in it.
#[derive(Default)]
struct Svg {
    size: Option<(u32, u32)>,
    open: Vec<Open>,
    /// Depth in foreign text that has a plain form beside it: it is never shown.
    skipping: usize,
    bounds: Bounds,
    parts: Parts,
    filters: Filters,
    /// The style sheet that is open.
    sheet: String,
    rules: u64,
    /// Whether a style sheet has filters.
    styled: bool,
    elements: u64,
    letters: usize,
    marks: combining::Run,
    pixels: u64,
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
        self.parts.close();
        match self.open.pop() {
            Some(ended) if ended.foreign && !ended.plain => Err(PictureError::ForeignText),
            Some(ended) if ended.name == "style" => self.style_sheet(),
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), PictureError> {
        if self.skipping > 0 {
            return Ok(());
        }
        if self.open.last().is_some_and(|open| open.name == "style") {
            self.sheet.push_str(text);
            return Ok(());
        }
        let mut letters = 0;
        for c in text.chars() {
            letters += usize::from(!c.is_whitespace());
            if self.marks.is_over(c) {
                return Err(PictureError::Costly(msg!(
                    "more than {limit} combining marks stand on one letter of the SVG picture",
                    limit = combining::MOST
                )));
            }
        }
        self.letters += letters;
        if self.letters > MAX_TEXT {
            return Err(PictureError::Costly(msg!(
                "the SVG picture has more than {limit} characters of text",
                limit = MAX_TEXT
            )));
        }
        self.parts.add(u64::try_from(letters).unwrap_or(u64::MAX) / LETTERS_PER_ELEMENT);
        Ok(())
    }

    /// Looks at a style sheet when it is whole: pieces of it may be written as entities or in CDATA.
    fn style_sheet(&mut self) -> Result<(), PictureError> {
        let sheet = std::mem::take(&mut self.sheet);
        for address in css::addresses(&sheet)? {
            self.reference(&address)?;
        }
        let plain = css::plain(&sheet);
        self.styled |= plain.contains("filter:");
        self.rules += u64::try_from(plain.matches('{').count()).unwrap_or(u64::MAX);
        if plain.contains("marker-mid:") || plain.contains("marker:") {
            return Err(PictureError::Costly(msg!(
                "a style sheet of the SVG picture puts markers on every point of a line, which is not allowed"
            )));
        }
        Ok(())
    }

    /// Looks at an element that holds nothing.
    fn empty(&mut self, tag: &BytesStart<'_>) -> Result<(), PictureError> {
        if !self.element(tag)? {
            self.parts.close();
        }
        Ok(())
    }

    /// Looks at an element; says whether it is foreign text beside a plain form of it. Any other is open among the parts.
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
        refuse_programs(tag, self.size.is_some())?;
        let part = self.part(tag)?;
        self.parts.open(part);
        self.elements += 1;
        Ok(false)
    }

    /// Looks at the attributes of an element; the first element gives the size.
    fn part(&mut self, tag: &BytesStart<'_>) -> Result<Part, PictureError> {
        let name = tag.local_name();
        let attributes = attributes(tag)?;
        if self.size.is_none() {
            let (width, height) = value(&attributes, "viewBox").and_then(view_box).unwrap_or_default();
            let side = |key: &str, other: u32| value(&attributes, key).and_then(length).unwrap_or(other);
            self.size = Some((side("width", width), side("height", height)));
        }
        let mut part = Part { name: value(&attributes, "id").map(str::to_owned), weight: 1, ..Part::default() };
        let is_step = self.filters.see(name.as_ref(), &attributes, self.size.unwrap_or_default())?;
        part.steps += u64::from(is_step);
        for (key, value) in &attributes {
            match key.as_str() {
                // A link loads nothing and draws nothing.
                "href" if name.as_ref() == "a" && (is_web(value) || value.starts_with('#')) => {}
                "href" | "src" => {
                    part.weight += self.reference(value)?;
                    part.uses.extend(target(value).map(|target| (target, 1)));
                }
                key if key.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) => {
                    return Err(PictureError::Unsafe(msg!(
                        "the SVG picture contains an event handler, which is not allowed"
                    )));
                }
                _ => self.property(key, value, points(&attributes), &mut part)?,
            }
        }
        Ok(part)
    }

    /// Looks at an attribute that may be CSS.
    fn property(&mut self, key: &str, value: &str, points: u64, part: &mut Part) -> Result<(), PictureError> {
        let addresses = css::addresses(value)?;
        if matches!(key, "filter" | "style") {
            part.steps += filters::functions(&css::plain(value));
        }
        if addresses.is_empty() {
            return Ok(());
        }
        let plain = css::plain(value);
        let marked = matches!(key, "marker" | "marker-mid")
            || key == "style" && (plain.contains("marker:") || plain.contains("marker-mid:"));
        for address in addresses {
            part.weight += self.reference(&address)?;
            part.uses.extend(target(&address).map(|target| (target, if marked { points } else { 1 })));
        }
        Ok(())
    }

    /// Looks at a reference, to a part of the same picture or to a picture inside; says what it adds to the element.
    fn reference(&mut self, address: &str) -> Result<u64, PictureError> {
        let address = address.trim();
        if !is_inside(address) {
            return Err(foreign());
        }
        if !data::is_picture(address) {
            return Ok(0);
        }
        let pixels = data::inspect(address)?;
        self.pixels += pixels;
        if self.pixels > MAX_PIXELS {
            return Err(PictureError::Costly(msg!(
                "the pictures inside the SVG picture have more than {limit} million pixels together",
                limit = MAX_PIXELS / 1_000_000
            )));
        }
        Ok(pixels / PIXELS_PER_ELEMENT)
    }

    /// Refuses what grows beyond reason where its parts are used.
    fn drawn(&self) -> Result<(), PictureError> {
        let Some(drawn) = self.parts.unfolded(|part| part.weight, MAX_DRAWN) else {
            return Err(PictureError::Costly(msg!(
                "the SVG picture uses its own parts too often: more than {limit} elements would be drawn",
                limit = MAX_DRAWN
            )));
        };
        let filtered = self.parts.unfolded(|part| part.steps, MAX_STEPS).is_some();
        if !filtered || (self.styled && drawn > MAX_STYLED) {
            return Err(PictureError::Costly(msg!("the SVG picture has too many elements with filters")));
        }
        if self.rules.saturating_mul(self.elements) > MAX_MATCHES {
            return Err(PictureError::Costly(msg!("the SVG picture has too many rules in its style sheets")));
        }
        Ok(())
    }
}

/// Refuses elements that run something or show foreign content; the first element is `svg`.
fn refuse_programs(tag: &BytesStart<'_>, begun: bool) -> Result<(), PictureError> {
    match tag.local_name().as_ref() {
        "script" => Err(PictureError::Unsafe(msg!("the SVG picture contains a script, which is not allowed"))),
        "iframe" | "object" | "embed" => {
            Err(PictureError::Unsafe(msg!("the SVG picture contains foreign content, which is not allowed")))
        }
        "svg" => Ok(()),
        _ if !begun => Err(PictureError::UnknownFormat),
        _ => Ok(()),
    }
}

/// The attributes of an element by their names without prefix.
type Attributes = [(String, String)];

/// The attributes of an element. Entities are resolved as far as they are known.
fn attributes(tag: &BytesStart<'_>) -> Result<Vec<(String, String)>, PictureError> {
    let mut all = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| PictureError::Damaged(Message::data(error.to_string())))?;
        let value = unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
        all.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(all)
}

/// The value of an attribute.
fn value<'a>(attributes: &'a Attributes, key: &str) -> Option<&'a str> {
    attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
}

/// At most how many points a line has.
fn points(attributes: &Attributes) -> u64 {
    let longest = ["d", "points"].iter().filter_map(|key| value(attributes, key)).map(str::len).max().unwrap_or(0);
    u64::try_from(longest).unwrap_or(u64::MAX) / 2 + 1
}

fn is_web(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.trim_start().starts_with(scheme))
}

/// Whether an address leads to a part of the same picture, or to a picture inside.
fn is_inside(address: &str) -> bool {
    let address = address.trim();
    address.is_empty() || address.starts_with('#') || data::is_picture(address)
}

/// The part that an address leads to.
fn target(address: &str) -> Option<String> {
    address.trim().strip_prefix('#').map(str::to_owned)
}

/// Why an SVG with an address that leads elsewhere is refused.
fn foreign() -> PictureError {
    PictureError::Unsafe(msg!("the SVG picture refers to another file, which is not allowed"))
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
