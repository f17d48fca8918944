//! Pictures.

use typst::World;
use typst::diag::{At, SourceResult};
use typst::foundations::{Bytes, Content, Derived, NativeElement, Smart};
use typst::layout::{Abs, BoxElem, Ratio, Sizing};
use typst::loading::{DataSource, LoadSource, Loaded};
use typst::pdf::ArtifactKind;
use typst::syntax::{Span, Spanned};
use typst::visualize::{ExchangeFormat, ImageElem, ImageFormat, RasterImage, VectorFormat};

use super::Lowerer;
use crate::manuscript::picture::{self, PictureInfo};
use crate::model::{Extent, Image, Inline, InlineKind};
use crate::typeset::{frame, relay, standin, world};

/// From which part of the measure on a picture in a line has a line of its own.
const LARGE_PERCENT: f64 = 40.0;

/// The width up to which a picture in a line stays there, in pixels, which are points if the file says nothing else.
const LARGE_WIDTH: u32 = 160;

/// Its height likewise: some lines of text.
const LARGE_HEIGHT: u32 = 72;

/// The height from which a narrow picture in a line is tall, in pixels; also the height that it gets, in points: a page
/// has room for lines of text besides.
const TALL: u32 = 284;

impl Lowerer<'_, '_, '_> {
    /// A picture; `None` when it cannot be had.
    pub(super) fn image(&mut self, image: &Image, span: Span) -> Option<Content> {
        let bytes = self.picture_bytes(image, span);
        let bytes = self.take(bytes)?;
        let natural = if frame::is_plain(image) { None } else { frame::natural(&bytes) };
        let picture = element(image, bytes, span);
        Some(match natural {
            Some(natural) => frame::framed(image, picture, natural, span),
            None => picture,
        })
    }

    /// How many times as wide as high a picture is shown.
    pub(super) fn ratio(&self, image: &Image) -> Option<f64> {
        let bytes = world::picture_id(&image.path).and_then(|file| self.engine.world.file(file).ok())?;
        Some(frame::ratio(image, frame::natural(&bytes)?))
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
        let limits = [(image.width, LARGE_WIDTH), (image.height, LARGE_HEIGHT)];
        let given = limits.into_iter().find_map(|(side, limit)| Some((side?, limit)));
        if let Some((side, limit)) = given {
            return side.points().map_or_else(|| side.amount() >= LARGE_PERCENT, |points| points > f64::from(limit));
        }
        let info = self.inspect(image);
        info.is_some_and(|info| info.width == 0 || info.width > LARGE_WIDTH || info.height > LARGE_HEIGHT)
    }

    /// A picture in a line of text. One that is tall and narrow is held low enough for its page to take text besides.
    pub(super) fn picture_in_line(&mut self, image: &Image, span: Span) -> Content {
        let Some(picture) = self.image(image, span) else { return self.mark(span) };
        let height = Sizing::Rel(Abs::pt(f64::from(TALL)).into());
        let picture = if self.is_tall(image) { picture.set(ImageElem::height, height) } else { picture };
        BoxElem::new().with_body(Some(picture)).pack().spanned(span)
    }

    fn is_tall(&self, image: &Image) -> bool {
        let narrow = |info: PictureInfo| info.height > TALL && info.height > info.width.saturating_mul(3) / 2;
        image.width.is_none() && frame::is_plain(image) && self.inspect(image).is_some_and(narrow)
    }

    fn inspect(&self, image: &Image) -> Option<PictureInfo> {
        let bytes = world::picture_id(&image.path).and_then(|file| self.engine.world.file(file).ok())?;
        standin::stood_for(&bytes).map(|standin| standin.info).or_else(|| picture::inspect(&bytes).ok())
    }

    fn picture_bytes(&mut self, image: &Image, span: Span) -> SourceResult<Bytes> {
        let Some(file) = world::picture_id(&image.path) else {
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

fn element(image: &Image, bytes: Bytes, span: Span) -> Content {
    let is_stood_for = standin::stood_for(&bytes).is_some();
    let loaded = Loaded::new(Spanned::new(LoadSource::Bytes, span), bytes.clone());
    let mut element = ImageElem::new(Derived::new(DataSource::Bytes(bytes), loaded));
    if is_stood_for {
        element = element.with_format(Smart::Custom(ImageFormat::Vector(VectorFormat::Pdf)));
    }
    if !image.alt.is_empty() {
        element = element.with_alt(Some(image.alt.as_str().into()));
    }
    if let Some(percent) = image.width.and_then(Extent::percent).filter(|_| frame::is_plain(image)) {
        element = element.with_width(Smart::Custom(Ratio::new(percent / 100.0).into()));
    }
    let content = element.pack().spanned(span);
    if image.decorative { content.artifact(ArtifactKind::Other) } else { content }
}
