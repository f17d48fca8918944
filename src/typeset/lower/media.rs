//! Pictures.

use typst::World;
use typst::diag::{At, SourceResult};
use typst::foundations::{Bytes, Content, Derived, NativeElement, Smart};
use typst::layout::Ratio;
use typst::loading::{DataSource, LoadSource, Loaded};
use typst::pdf::ArtifactKind;
use typst::syntax::{Span, Spanned};
use typst::visualize::{ExchangeFormat, ImageElem, RasterImage};

use super::Lowerer;
use crate::model::Image;
use crate::typeset::{relay, world};

impl Lowerer<'_, '_, '_> {
    /// A picture; `None` when it cannot be had.
    pub(super) fn image(&mut self, image: &Image, span: Span) -> Option<Content> {
        let bytes = self.picture_bytes(image, span);
        Some(picture(image, self.take(bytes)?, span))
    }

    fn picture_bytes(&mut self, image: &Image, span: Span) -> SourceResult<Bytes> {
        let Some(file) = world::file_id(&image.path) else {
            return Err([relay::error(span, msg!("the path of the picture leads out of the project"))].into());
        };
        let bytes = self.engine.world.file(file).at(span)?;
        // Typst decodes it when it is laid out, where it costs all pages; it remembers what it has decoded.
        if let Some(format) = ExchangeFormat::detect(&bytes) {
            RasterImage::new(bytes.clone(), format, Smart::Auto).at(span)?;
        }
        Ok(bytes)
    }
}

fn picture(image: &Image, bytes: Bytes, span: Span) -> Content {
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
