//! Pictures written as `<img>`.

use std::ops::Range;

use comrak::Node;
use comrak::nodes::NodeValue;

use super::elements::{Meaning, meaning};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::markdown::figures::only_comments_after;
use crate::manuscript::markdown::tag::{self, Tag};
use crate::manuscript::markdown::{Lower, pictures};
use crate::model::{Block, BlockKind, Extent, Figure, Image, Inline, InlineKind};

impl Lower<'_, '_> {
    /// The figure that replaces a paragraph with nothing but an `<img>`.
    pub(in crate::manuscript::markdown) fn lone_html_image(
        &mut self,
        paragraph: Node<'_>,
        range: &Range<usize>,
    ) -> Option<Block> {
        let node = paragraph.first_child()?;
        let NodeValue::HtmlInline(html) = &node.data().value else { return None };
        let tag = tag::read(html).filter(|tag| meaning(&tag.name) == Some(Meaning::Picture))?;
        if !only_comments_after(node, 0) {
            return None;
        }
        (self.cursor, self.fresh, self.last) = (range.start, true, None);
        let hint = self.lines.hint(node.data().sourcepos, range);
        let place = self.html_place(html, &hint, range);
        let image = self.html_image(html, &tag, &place);
        let caption = self.html_caption(html, &tag, &place);
        let id = self.anchored(None);
        self.comments_after(node, range);
        let span = self.span(range.clone());
        let picture = Inline { span, kind: InlineKind::Image(image) };
        let body = vec![Block { id: None, span, kind: BlockKind::Paragraph(vec![picture]) }];
        Some(Block { id, span, kind: BlockKind::Figure(Figure { body, caption, ..Figure::default() }) })
    }

    /// The caption in the title of an `<img>`.
    fn html_caption(&mut self, html: &str, tag: &Tag, place: &Range<usize>) -> Vec<Inline> {
        let mut caption = Vec::new();
        if let Some(title) = tag.attribute("title").filter(|title| !title.value.trim().is_empty()) {
            let inner = self.part(html, place, &title.inner);
            self.cursor = inner.start;
            self.text(title.value.trim(), inner, place, &mut caption);
            self.cursor = place.end;
        }
        caption
    }

    /// What an `<img>` shows.
    pub(super) fn html_image(&mut self, html: &str, tag: &Tag, place: &Range<usize>) -> Image {
        self.anchor(html, tag, place);
        let styled = tag.value("style").and_then(width_of_style);
        if styled.is_none() {
            self.left_out_attributes(html, tag, Meaning::Picture, place);
        }
        let url = tag.value("src").unwrap_or_default();
        let at = tag.attribute("src").map_or(place.clone(), |src| self.part(html, place, &src.inner));
        let path = self.picture_path(url, at);
        let alt = tag.value("alt").map(str::trim);
        if alt.is_none() {
            let span = self.span(place.clone());
            let hint = msg!("describe what it shows: `alt=\"…\"`; `alt=\"\"` says that it is a decoration");
            let found = Diagnostic::error(codes::MISSING_ALT, msg!("this picture has no alternative text"));
            self.sink.push(found.at(span).hint(hint));
        }
        let alt = alt.unwrap_or_default().to_owned();
        let width = self.html_width(html, tag, place).or(styled);
        Image { path, written: url.to_owned(), decorative: alt.is_empty(), alt, width, ..Image::default() }
    }

    fn html_width(&mut self, html: &str, tag: &Tag, place: &Range<usize>) -> Option<Extent> {
        let width = tag.attribute("width")?;
        let value = width.value.trim();
        if let Some(width) = Extent::read(value) {
            return Some(width);
        }
        let at = self.part(html, place, &width.place);
        let hint = pictures::WIDTHS;
        if value.trim_end_matches("px").trim_end().parse::<f64>().is_ok() {
            let message = msg!("a width in pixels is left out: `{value}`", value);
            self.left_out("img px", at, message, hint);
        } else {
            self.error(at, msg!("`{value}` is not a valid width", value), hint);
        }
        None
    }
}

/// The width of a picture whose style says nothing else.
fn width_of_style(style: &str) -> Option<Extent> {
    let (name, value) = style.trim().trim_end_matches(';').split_once(':')?;
    Extent::read(value).filter(|_| name.trim().eq_ignore_ascii_case("width"))
}
