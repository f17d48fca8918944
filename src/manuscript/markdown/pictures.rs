//! Pictures: their paths, and what their attributes say.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::{Attributes, NodeValue};

use super::{Lower, attrs, paths};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::message::Message;
use crate::model::{Crop, Extent, Figure, Image, Inline};
use crate::source::Span;

/// The class of a picture or a figure that is held in its place.
pub(super) const HERE: &str = "here";

/// How to write the width of a picture.
pub(super) const WIDTHS: Message = msg!(
    "write it as a percentage of the text width, from `1%` to `100%`, or as a length such as `80mm`, `8cm` or `12em`"
);

/// A picture, and what its attributes say of the figure that it may be.
pub(super) struct Picture {
    pub(super) image: Image,
    /// Whether it is held in its place.
    pub(super) here: bool,
    /// What is said of whose it is, and where that stands.
    pub(super) rights: Vec<(Right, String, Range<usize>)>,
}

/// The attributes that say whose a picture is.
#[derive(Clone, Copy)]
pub(super) enum Right {
    Credit,
    Source,
    Licence,
}

impl Right {
    pub(super) const ALL: [Right; 3] = [Right::Credit, Right::Source, Right::Licence];

    /// The attribute of a name; `license` is how the United States spell it.
    pub(super) fn named(key: &str) -> Option<Self> {
        Some(match key {
            "credit" => Right::Credit,
            "source" => Right::Source,
            "licence" | "license" => Right::Licence,
            _ => return None,
        })
    }

    /// Where a figure has it.
    pub(super) fn of(self, figure: &mut Figure) -> &mut Vec<Inline> {
        match self {
            Right::Credit => &mut figure.credit,
            Right::Source => &mut figure.source,
            Right::Licence => &mut figure.licence,
        }
    }
}

impl Lower<'_, '_> {
    /// A picture in a line of text.
    pub(super) fn image(&mut self, node: Node<'_>, url: &str, range: &Range<usize>) -> Image {
        let picture = self.picture(node, url, range);
        if let Some((.., place)) = picture.rights.into_iter().next() {
            let hint = msg!("put the picture in a paragraph of its own");
            self.error(place, msg!("a picture in a line of text has no room for a credit line"), hint);
        }
        picture.image
    }

    /// A picture's path, alternative text and attributes.
    pub(super) fn picture(&mut self, node: Node<'_>, url: &str, range: &Range<usize>) -> Picture {
        let found = self.input.text[range.clone()].rfind(url).filter(|_| !url.is_empty());
        let place = found.map_or(range.clone(), |n| range.start + n..range.start + n + url.len());
        let written = found.and_then(|_| self.written_attributes(place.end, range.end));
        let path = self.picture_path(url, place);
        let image = Image { path, written: url.to_owned(), alt: alt(node), ..Image::default() };
        let mut picture = Picture { image, here: false, rights: Vec::new() };
        let (attributes, unread) = attributes(node);
        let place_of = |key: &str, value: &str| {
            let pairs = written.iter().flat_map(|written| &written.pairs);
            let mut same = pairs.filter(|(other, said, _)| other == key && said == value);
            same.next().map_or(range.clone(), |(.., place)| place.clone())
        };
        for class in &attributes.classes {
            self.class(class, place_of("class", class), &mut picture);
        }
        for (key, value) in &attributes.pairs {
            self.attribute(key, value, place_of(key, value), &mut picture);
        }
        if let Some(id) = attributes.id.as_ref().filter(|id| !attrs::is_id(id)) {
            self.error(range.clone(), msg!("`{id}` is not a valid id", id), attrs::ID);
        }
        if unread == 0 {
            self.odd_attributes(range);
        }
        picture
    }

    /// The attributes of the picture whose path ends at byte `at`, as they stand in the file: they begin no later than where
    /// the picture ends.
    fn written_attributes(&self, at: usize, end: usize) -> Option<attrs::Attrs> {
        let rest = self.input.text.get(at..self.boundary((end.max(at) + 1).min(self.input.text.len())))?;
        let paragraph = rest.find("\n\n").map_or(rest, |end| &rest[..end]);
        attrs::read(self.input.text, at + paragraph.find("){")? + 1).ok()
    }

    /// The path of a picture in the project; what cannot be one is reported at `place`.
    pub(super) fn picture_path(&mut self, url: &str, place: Range<usize>) -> String {
        let span = self.span(place);
        path_of(self.input.path, url, span, self.sink)
    }

    fn class(&mut self, class: &str, place: Range<usize>, picture: &mut Picture) {
        match class {
            "decorative" => picture.image.decorative = true,
            HERE => picture.here = true,
            _ => {
                let hint = msg!("the classes are `.decorative` and `.here`");
                self.error(place, msg!("a picture has no class `{class}`", class), hint);
            }
        }
    }

    fn attribute(&mut self, key: &str, value: &str, place: Range<usize>, picture: &mut Picture) {
        let image = &mut picture.image;
        match key {
            "width" => {
                image.width = Extent::read(value).or(image.width);
                if Extent::read(value).is_none() {
                    self.error(place, msg!("`{value}` is not a valid width", value), WIDTHS);
                }
            }
            "height" => {
                let height = Extent::read(value).filter(|height| height.percent().is_none());
                image.height = height.or(image.height);
                if height.is_none() {
                    let hint = msg!("write it as a length such as `80mm`, `8cm` or `12em`");
                    self.error(place, msg!("`{value}` is not a valid height", value), hint);
                }
            }
            "crop" => {
                image.crop = Crop::read(value).or(image.crop);
                if Crop::read(value).is_none() {
                    let hint = msg!(
                        "write how much is cut off at the top, right, bottom and left: `crop=\"10% 0 20% 0\"`; something must be left"
                    );
                    self.error(place, msg!("`{value}` does not say how a picture is cropped", value), hint);
                }
            }
            _ => match Right::named(key) {
                Some(_) if value.trim().is_empty() => {}
                Some(right) => picture.rights.push((right, value.to_owned(), place)),
                None => {
                    let hint = msg!("the attributes are `width`, `height`, `crop`, `credit`, `source` and `licence`");
                    self.error(place, msg!("a picture has no attribute `{key}`", key), hint);
                }
            },
        }
    }
}

/// The path in the project of a picture of a chapter; empty where `url` cannot be one, which is reported.
pub(in crate::manuscript) fn path_of(chapter: &str, url: &str, span: Span, sink: &mut Vec<Diagnostic>) -> String {
    paths::resolve(chapter, url).unwrap_or_else(|reason| {
        let message = msg!("the picture `{path}` cannot be used: {reason}", path = url, reason);
        let hint = msg!("put the file in manuscript/images and write its path as `../images/name.png`");
        sink.push(Diagnostic::error(codes::BAD_IMAGE_PATH, message).at(span).hint(hint));
        String::new()
    })
}

/// The attributes of a picture. Those that comrak does not read, because the id has other letters than ASCII, begin the text
/// after it: they come with their length in bytes.
pub(super) fn attributes(picture: Node<'_>) -> (Attributes, usize) {
    if let Some(attrs) = &picture.data().attrs {
        return ((**attrs).clone(), 0);
    }
    let none = (Attributes::default(), 0);
    let Some(next) = picture.next_sibling() else { return none };
    let data = next.data();
    let NodeValue::Text(text) = &data.value else { return none };
    if !text.starts_with('{') {
        return none;
    }
    let Ok(found) = attrs::read(text, 0) else { return none };
    let (classes, pairs): (Vec<_>, Vec<_>) = found.pairs.into_iter().partition(|(key, ..)| key == "class");
    let attributes = Attributes {
        id: found.id.map(|(id, _)| id),
        classes: classes.into_iter().map(|(_, class, _)| class).collect(),
        pairs: pairs.into_iter().map(|(key, value, _)| (key, value)).collect(),
    };
    (attributes, found.end)
}

/// The text of a picture's brackets.
fn alt(node: Node<'_>) -> String {
    let mut alt = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(text) => alt.push_str(text),
            NodeValue::Code(code) => alt.push_str(&code.literal),
            NodeValue::Math(math) => alt.push_str(&math.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => alt.push(' '),
            _ => {}
        }
    }
    alt.trim().to_owned()
}
