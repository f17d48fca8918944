//! The picture at the opening of a chapter: `image: {src: …, alt: …}` in its front matter.

use super::markdown::picture_path;
use super::yaml::{Fields, Kind, Node};
use super::{choices, typed};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::{Block, BlockKind, Figure, Focus, Image, Inline, InlineKind, Place, Spanned};
use crate::source::Span;

/// The key of front matter.
pub(super) const KEY: &str = "image";

/// What the front matter says of the picture.
#[derive(Debug)]
pub(super) struct Opening {
    src: Spanned<String>,
    /// Empty for a decoration.
    alt: String,
    /// Credit, source and licence.
    rights: [Option<Spanned<String>>; 3],
    place: Place,
    focus: Focus,
}

/// Whether a value is that of a picture: other programs have addresses and other keys here.
pub(super) fn is_picture(node: &Node) -> bool {
    matches!(&node.kind, Kind::Map(entries) if entries.iter().any(|(key, ..)| key == "src"))
}

impl Opening {
    pub(super) fn read(node: Node, sink: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut fields = Fields::open(node, typed(KEY), sink)?;
        let src = fields.text("src", sink);
        let alt = fields.text("alt", sink);
        let rights = ["credit", "source", "licence"]
            .map(|key| fields.text(key, sink).filter(|written| !written.value.trim().is_empty()));
        let place = fields.text("place", sink).map(|written| place(&written, sink)).unwrap_or_default();
        let focus = fields.text("focus", sink).map(|written| focus(&written, sink)).unwrap_or_default();
        let span = fields.span();
        fields.finish(&typed(KEY), sink);
        if alt.is_none() {
            let hint = msg!("describe what it shows: `alt: …`; `alt: \"\"` says that it is a decoration");
            let missing = Diagnostic::error(codes::MISSING_ALT, msg!("this picture has no alternative text"));
            sink.push(missing.at(span).hint(hint));
        }
        let alt = alt.map(|alt| alt.value.trim().to_owned()).unwrap_or_default();
        Some(Self { src: src?, alt, rights, place, focus })
    }

    /// The figure of a chapter by its path.
    pub(super) fn figure(self, chapter: &str, sink: &mut Vec<Diagnostic>) -> Block {
        let Self { src: Spanned { value: written, span }, alt, rights, place, focus } = self;
        let path = picture_path(chapter, &written, span, sink);
        let image = Image { path, written, decorative: alt.is_empty(), alt, place, focus, ..Image::default() };
        let shown = block(span, BlockKind::Paragraph(vec![Inline { span, kind: InlineKind::Image(image) }]));
        let said = |text: Spanned<String>| Inline { span: text.span, kind: InlineKind::Text(text.value) };
        let [credit, source, licence] = rights.map(|right| right.into_iter().map(said).collect());
        let figure = Figure { body: vec![shown], credit, source, licence, ..Figure::default() };
        block(span, BlockKind::Figure(figure))
    }
}

fn place(written: &Spanned<String>, sink: &mut Vec<Diagnostic>) -> Place {
    let said = written.value.trim();
    if let Some(place) = Place::ALL.into_iter().find(|place| place.name() == said) {
        return place;
    }
    let names = Place::ALL.map(Place::name);
    let hint = match nearest(said, names) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("use {choices}", choices = choices(names)),
    };
    let message = msg!("`{place}` is not a place for the picture of a chapter", place = said);
    sink.push(Diagnostic::error(codes::FRONT_MATTER, message).at(written.span).hint(hint));
    Place::default()
}

fn focus(written: &Spanned<String>, sink: &mut Vec<Diagnostic>) -> Focus {
    Focus::read(&written.value).unwrap_or_else(|| {
        let message = msg!("`{focus}` is not a point of a picture", focus = written.value.trim());
        let hint = msg!("write how far it lies from the left and from the top, such as `30% 60%`");
        sink.push(Diagnostic::error(codes::FRONT_MATTER, message).at(written.span).hint(hint));
        Focus::default()
    })
}

fn block(span: Span, kind: BlockKind) -> Block {
    Block { id: None, span, kind }
}
