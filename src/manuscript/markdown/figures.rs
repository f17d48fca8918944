//! Pictures, in a line or alone in their paragraph.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::{Attributes, NodeValue};

use super::{Lower, attrs, paths};
use crate::model::{Block, BlockKind, Figure, Image, Inline, InlineKind};

/// The class of a figure that is held in its place.
pub(super) const HERE: &str = "here";

impl Lower<'_, '_> {
    /// The figure that replaces a paragraph with nothing but a picture.
    pub(super) fn lone_image(&mut self, paragraph: Node<'_>, range: &Range<usize>) -> Option<Block> {
        let node = paragraph.first_child()?;
        let NodeValue::Image(link) = &node.data().value else { return None };
        let (attributes, unread) = attributes(node);
        if !only_comments_after(node, unread) {
            return None;
        }
        self.comments_after(node, range);
        let (url, title) = (link.url.clone(), link.title.clone());
        let image = self.image(node, &url, range);
        let id = self.anchored(attributes.id);
        let here = attributes.classes.iter().any(|class| class == HERE);
        let span = self.span(range.clone());
        let picture = Inline { span, kind: InlineKind::Image(image) };
        let body = vec![Block { id: None, span, kind: BlockKind::Paragraph(vec![picture]) }];
        let caption = if title.is_empty() { Vec::new() } else { self.caption(&title, &url, range) };
        Some(Block { id, span, kind: BlockKind::Figure(Figure { body, caption, here }) })
    }

    /// The waivers after a picture that is alone in its paragraph.
    pub(super) fn comments_after(&mut self, picture: Node<'_>, range: &Range<usize>) {
        (self.cursor, self.fresh) = (range.start, true);
        let waivers = self.waivers.len();
        for next in picture.following_siblings().skip(1) {
            let hint = self.lines.hint(next.data().sourcepos, range);
            if let NodeValue::HtmlInline(html) = &next.data().value {
                self.html_inline(html, &hint, range, &mut Vec::new());
            }
        }
        self.aim(waivers, range);
    }

    /// The caption in a picture's title, found in the file.
    fn caption(&mut self, title: &str, url: &str, range: &Range<usize>) -> Vec<Inline> {
        let slice = &self.input.text[range.clone()];
        let after = slice.rfind(url).map_or(0, |n| n + url.len());
        let quote = slice[after..].find(['"', '\'', '(']).map_or(after, |n| after + n + 1);
        let start = range.start + quote;
        self.cursor = start;
        self.fresh = true;
        self.last = None;
        let mut out = Vec::new();
        let mut lines = title.split(['\n', '\r']).filter(|l| !l.trim().is_empty());
        if let Some(first) = lines.next() {
            self.text(first, start..range.end, range, &mut out);
        }
        for line in lines {
            self.fresh = true;
            let joined = crate::lang::cjk::joins(self.last, line.trim().chars().next(), self.input.lang);
            if !joined {
                let at = self.cursor;
                self.push(at..at, InlineKind::Text(" ".to_owned()), &mut out);
            }
            self.text(line.trim(), self.cursor..range.end, range, &mut out);
        }
        self.spans(&mut out);
        out
    }

    /// A picture's path, alternative text and attributes.
    pub(super) fn image(&mut self, node: Node<'_>, url: &str, range: &Range<usize>) -> Image {
        let place = self.input.text[range.clone()].rfind(url).filter(|_| !url.is_empty());
        let place = place.map_or(range.clone(), |n| range.start + n..range.start + n + url.len());
        let path = self.picture_path(url, place);
        let mut image = Image { path, written: url.to_owned(), alt: alt(node), decorative: false, width_percent: None };
        let (attributes, unread) = attributes(node);
        self.image_attributes(&attributes, range, &mut image);
        if unread == 0 {
            self.odd_attributes(range);
        }
        image
    }

    /// The path of a picture in the project; empty where `url` cannot be one, which is reported at `place`.
    pub(super) fn picture_path(&mut self, url: &str, place: Range<usize>) -> String {
        match paths::resolve(self.input.path, url) {
            Ok(path) => path,
            Err(reason) => {
                let span = self.span(place);
                let message = msg!("the picture `{path}` cannot be used: {reason}", path = url, reason);
                self.sink.push(
                    crate::diagnostic::Diagnostic::error(crate::codes::BAD_IMAGE_PATH, message)
                        .at(span)
                        .hint(msg!("put the file in manuscript/images and write its path as `../images/name.png`")),
                );
                String::new()
            }
        }
    }

    fn image_attributes(&mut self, attrs: &Attributes, range: &Range<usize>, image: &mut Image) {
        for class in &attrs.classes {
            if class == "decorative" {
                image.decorative = true;
            } else if class != HERE {
                let hint = msg!("the classes are `.decorative` and `.here`");
                self.error(range.clone(), msg!("a picture has no class `{class}`", class), hint);
            }
        }
        for (key, value) in &attrs.pairs {
            let percent = value.strip_suffix('%').and_then(|n| n.parse().ok()).filter(|n| (1..=100).contains(n));
            if key != "width" {
                let hint = msg!("write attributes as in `{{#id width=60% .decorative}}`");
                self.error(range.clone(), msg!("a picture has no attribute `{key}`", key), hint);
            } else if percent.is_none() {
                let hint = msg!("write it as a percentage of the text width, from `1%` to `100%`");
                self.error(range.clone(), msg!("`{value}` is not a valid width", value), hint);
            }
            image.width_percent = percent.or(image.width_percent);
        }
        if let Some(id) = attrs.id.as_ref().filter(|id| !attrs::is_id(id)) {
            self.error(range.clone(), msg!("`{id}` is not a valid id", id), attrs::ID);
        }
    }
}

/// Whether nothing but comments follows a picture in its paragraph, after attributes of `unread` bytes.
pub(super) fn only_comments_after(picture: Node<'_>, mut unread: usize) -> bool {
    picture.following_siblings().skip(1).all(|next| match &next.data().value {
        NodeValue::Text(text) => text[std::mem::take(&mut unread)..].trim().is_empty(),
        NodeValue::HtmlInline(html) => html.starts_with("<!--"),
        _ => false,
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
