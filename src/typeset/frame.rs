//! Pictures whose size only their place on the page tells: those with a length that may be wider than it, and those of which
//! only a part is shown.

use comemo::Tracked;
use typst::diag::{At, SourceResult};
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, Bytes, Content, Context, Dict, Func, IntoValue, NativeElement, Resolve, Smart, StyleChain, Value,
};
use typst::layout::{
    Abs, Alignment, BlockBody, BlockElem, Em, HAlignment, LayoutElem, Length, MoveElem, Ratio, Rel, Size, Sizing,
    VAlignment,
};
use typst::syntax::Span;
use typst::utils::Numeric;
use typst::visualize::{ExchangeFormat, ImageElem, ImageFit, RasterImage, SvgImage};

use super::function::function;
use super::standin;
use crate::model::{Crop, Extent, Image, Unit};

function!(FRAME, "frame", "A picture of the size that fits its place.", frame);

/// The resolutions that Typst takes where a file says none.
const RASTER_DPI: f64 = 72.0;
const SVG_DPI: f64 = 96.0;

/// Whether Typst's own element shows a picture as it is wanted.
pub(super) fn is_plain(image: &Image) -> bool {
    let width = image.width.is_none_or(|width| width.percent().is_some());
    width && image.height.is_none() && image.crop.is_none()
}

/// The size of a picture as its file says.
pub(super) fn natural(bytes: &Bytes) -> Option<Size> {
    if let Some(standin) = standin::stood_for(bytes) {
        return Some(standin.natural);
    }
    let (width, height, dpi) = match ExchangeFormat::detect(bytes) {
        Some(format) => {
            let raster = RasterImage::new(bytes.clone(), format, Smart::Auto).ok()?;
            (f64::from(raster.width()), f64::from(raster.height()), raster.dpi().unwrap_or(RASTER_DPI))
        }
        None => {
            let svg = SvgImage::new(bytes.clone()).ok()?;
            (svg.width(), svg.height(), SVG_DPI)
        }
    };
    (width > 0.0 && height > 0.0).then(|| Size::new(Abs::inches(width / dpi), Abs::inches(height / dpi)))
}

/// How many times as wide as high a picture is shown.
pub(super) fn ratio(image: &Image, natural: Size) -> f64 {
    let (wide, high) = image.crop.map_or((1.0, 1.0), Crop::left_over);
    natural.x.to_pt() * wide / (natural.y.to_pt() * high)
}

/// A picture as wide, high and cropped as its attributes say.
pub(super) fn framed(image: &Image, picture: Content, natural: Size, span: Span) -> Content {
    let crop = image.crop.unwrap_or(Crop { top: 0, right: 0, bottom: 0, left: 0 });
    let (wide, high) = crop.left_over();
    let natural = [natural.x.to_pt() * wide, natural.y.to_pt() * high];
    let cut = [wide, high, f64::from(crop.left) / 1000.0, f64::from(crop.top) / 1000.0];
    let numbers: Array = natural.into_iter().chain(cut).map(IntoValue::into_value).collect();
    let wanted = [image.width, image.height].map(|side| side.map_or(Value::None, |side| rel(side).into_value()));
    let [width, height] = wanted;
    let values = [picture.into_value(), numbers.into_value(), width, height];
    let function = Func::from(&FRAME).spanned(span).with(&mut Args::new(span, values));
    LayoutElem::new(function).pack().spanned(span)
}

fn rel(side: Extent) -> Rel<Length> {
    let amount = side.amount();
    match (side.unit, side.points()) {
        (Unit::Em, _) => Length::from(Em::new(amount)).into(),
        (_, Some(points)) => Length::from(Abs::pt(points)).into(),
        (_, None) => Ratio::new(amount / 100.0).into(),
    }
}

/// Draws a picture in the room that its place has.
fn frame(_: &mut Engine, context: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let span = args.span;
    let styles = context.styles().at(span)?;
    let picture: Content = args.expect("picture")?;
    let numbers: Array = args.expect("numbers")?;
    let (width, height): (Option<Rel<Length>>, Option<Rel<Length>>) = (args.expect("width")?, args.expect("height")?);
    let room: Dict = args.expect("room")?;
    let side = |key: &str| room.get(key).ok().and_then(|side| side.clone().cast::<Length>().ok()).map(|side| side.abs);
    let room = Size::new(side("width").unwrap_or_default(), side("height").unwrap_or_default());
    let numbers: Vec<f64> = numbers.into_iter().filter_map(|number| number.cast().ok()).collect();
    let &[x, y, wide, high, left, top] = &numbers[..] else { return Ok(picture.into_value()) };
    let natural = Size::new(Abs::pt(x), Abs::pt(y));
    let shown = shown(natural, [width, height], room, styles);
    if wide >= 1.0 && high >= 1.0 {
        return Ok(sized(picture, shown).into_value());
    }
    let whole = Size::new(shown.x / wide, shown.y / high);
    let moved = MoveElem::new(sized(picture, whole)).with_dx((whole.x * -left).into()).with_dy((whole.y * -top).into());
    let block = BlockElem::new()
        .with_width(Smart::Custom(shown.x.into()))
        .with_height(Sizing::Rel(shown.y.into()))
        .with_clip(true)
        .with_body(Some(BlockBody::Content(moved.pack().aligned(Alignment::Both(HAlignment::Left, VAlignment::Top)))));
    Ok(block.pack().into_value())
}

/// The size of what is shown: as wanted, never wider or higher than its place, and never distorted.
fn shown(natural: Size, [width, height]: [Option<Rel<Length>>; 2], room: Size, styles: StyleChain) -> Size {
    let ratio = natural.x / natural.y;
    let resolved = |side: Rel<Length>, whole: Abs| side.resolve(styles).relative_to(whole);
    let width = width.map(|width| resolved(width, if room.x.is_finite() { room.x } else { natural.x }));
    let height = height.map(|height| resolved(height, Abs::zero()));
    let wanted = match (width, height) {
        (Some(width), Some(height)) => width.min(height * ratio),
        (Some(width), None) => width,
        (None, Some(height)) => height * ratio,
        (None, None) => natural.x,
    };
    let mut limit = wanted;
    for room in [room.x, room.y * ratio].into_iter().filter(|room| room.is_finite() && *room > Abs::zero()) {
        limit = limit.min(room);
    }
    Size::new(limit, limit / ratio)
}

fn sized(picture: Content, size: Size) -> Content {
    picture
        .set(ImageElem::width, Smart::Custom(size.x.into()))
        .set(ImageElem::height, Sizing::Rel(size.y.into()))
        .set(ImageElem::fit, ImageFit::Stretch)
}
