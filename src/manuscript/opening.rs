//! The picture at the opening of a chapter: `image: {src: …, alt: …}` in its front matter.

use super::markdown::picture_path;
use super::typed;
use super::yaml::{Fields, Kind, Node};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, BlockKind, Figure, Image, Inline, InlineKind, Spanned};
use crate::source::Span;

/// The key of front matter.
pub(super) const KEY: &str = "image";

/// What the front matter says of the picture.
#[derive(Debug)]
pub(super) struct Opening {
    src: Spanned<String>,
    /// Empty for a decoration.
    alt: String,
    credit: Option<Spanned<String>>,
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
        let credit = fields.text("credit", sink).filter(|credit| !credit.value.trim().is_empty());
        let span = fields.span();
        fields.finish(&typed(KEY), sink);
        if alt.is_none() {
            let hint = msg!("describe what it shows: `alt: …`; `alt: \"\"` says that it is a decoration");
            let missing = Diagnostic::error(codes::MISSING_ALT, msg!("this picture has no alternative text"));
            sink.push(missing.at(span).hint(hint));
        }
        let alt = alt.map(|alt| alt.value.trim().to_owned()).unwrap_or_default();
        Some(Self { src: src?, alt, credit })
    }

    /// The figure of a chapter by its path.
    pub(super) fn figure(self, chapter: &str, sink: &mut Vec<Diagnostic>) -> Block {
        let Self { src: Spanned { value: written, span }, alt, credit } = self;
        let path = picture_path(chapter, &written, span, sink);
        let image = Image { path, written, decorative: alt.is_empty(), alt, ..Image::default() };
        let shown = block(span, BlockKind::Paragraph(vec![Inline { span, kind: InlineKind::Image(image) }]));
        let credit = credit.map(|credit| Inline { span: credit.span, kind: InlineKind::Text(credit.value) });
        let figure = Figure { body: vec![shown], credit: credit.into_iter().collect(), ..Figure::default() };
        block(span, BlockKind::Figure(figure))
    }
}

fn block(span: Span, kind: BlockKind) -> Block {
    Block { id: None, span, kind }
}
