//! Pictures.

use typst::World;
use typst::diag::{At, SourceResult};
use typst::foundations::{Bytes, Content, Derived, NativeElement, Smart};
use typst::layout::Ratio;
use typst::loading::{DataSource, LoadSource, Loaded};
use typst::pdf::ArtifactKind;
use typst::syntax::{Span, Spanned};
use typst::visualize::ImageElem;

use super::Lowerer;
use crate::manuscript::picture;
use crate::model::{Image, Inline, InlineKind};
use crate::typeset::{relay, world};

/// From which part of the measure on a picture in a line has a line of its own.
const LARGE_PERCENT: u8 = 40;

/// The width up to which a picture in a line stays there, in pixels, which are points if the file says nothing else.
const LARGE_WIDTH: u32 = 160;

/// Its height likewise: some lines of text.
const LARGE_HEIGHT: u32 = 72;

impl Lowerer<'_, '_, '_> {
    pub(super) fn image(&mut self, image: &Image, span: Span) -> Content {
        match self.picture_bytes(image, span) {
            Ok(bytes) => element(image, bytes, span),
            Err(errors) => self.take(Err(errors)),
        }
    }

    /// Whether an inline is a picture that is no part of a line of text: it stands on a line of its own.
    pub(super) fn stands_alone(&self, inline: &Inline) -> bool {
        match &inline.kind {
            InlineKind::Image(image) => self.is_large(image),
            InlineKind::Link { body, .. } | InlineKind::Emph(body) | InlineKind::Strong(body) => {
                matches!(&body[..], [only] if self.stands_alone(only))
            }
            _ => false,
        }
    }

    /// A picture larger than a sign in the text. Layouts have lines of many widths, and none is narrower than this but
    /// those of cells.
    fn is_large(&self, image: &Image) -> bool {
        if let Some(percent) = image.width_percent {
            return percent >= LARGE_PERCENT;
        }
        let bytes = world::file_id(&image.path).and_then(|file| self.engine.world.file(file).ok());
        let info = bytes.and_then(|bytes| picture::inspect(&bytes).ok());
        info.is_some_and(|info| info.width == 0 || info.width > LARGE_WIDTH || info.height > LARGE_HEIGHT)
    }

    fn picture_bytes(&mut self, image: &Image, span: Span) -> SourceResult<Bytes> {
        let Some(file) = world::file_id(&image.path) else {
            return Err([relay::error(span, msg!("the path of the picture leads out of the project"))].into());
        };
        self.engine.world.file(file).at(span)
    }
}

fn element(image: &Image, bytes: Bytes, span: Span) -> Content {
    let loaded = Loaded::new(Spanned::new(LoadSource::Bytes, span), bytes.clone());
    let mut element = ImageElem::new(Derived::new(DataSource::Bytes(bytes), loaded));
    if !image.alt.is_empty() {
        element = element.with_alt(Some(image.alt.as_str().into()));
    }
    if let Some(percent) = image.width_percent {
        element = element.with_width(Smart::Custom(Ratio::new(f64::from(percent) / 100.0).into()));
    }
    let content = element.pack().spanned(span);
    if image.decorative { content.artifact(ArtifactKind::Other) } else { content }
}
