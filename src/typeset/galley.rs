//! Matter that is set once: a layout asks how large it is, and then puts what was set where it decides to.
//!
//! What `measure` has laid out is thrown away, and is laid out again where it is shown; its places in the document are guessed from the
//! round before, so the guess of the first round costs another layout in the second. A galley has places of its own, and both times
//! the same work is asked for, which Typst remembers.

use comemo::Tracked;
use typst::diag::{At, SourceResult};
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, Content, Context, IntoValue, NativeElement, Packed, Resolve, Smart, StyleChain, Styles, Value,
};
use typst::introspection::{Location, Locator, MetadataElem};
use typst::layout::{Abs, Axes, BlockElem, Frame, Length, Region, Size};
use typst::utils::{Numeric, hash128};

use super::convert;

/// Gives the size of some matter and, as content, the matter itself as it was set for that. Where it comes to stand in another width than that, it is set anew.
pub(super) fn galley(engine: &mut Engine, context: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let span = args.span;
    let body: Content = args.expect("body")?;
    let width = args.named::<Smart<Length>>("width")?.unwrap_or(Smart::Auto);
    let fill = args.named::<bool>("fill")?.unwrap_or(true);
    let styles = context.styles().at(span)?;
    let place = context.location().at(span)?;
    let galley =
        Galley { body, styles: whole(styles), width: width.resolve(styles).unwrap_or(Abs::inf()), fill, place };
    let size = galley.set(engine)?.size();
    let [width, height] = [size.x, size.y].map(IntoValue::into_value);
    let shown = BlockElem::single_layouter(Packed::new(galley.captured()), shown).pack().spanned(span);
    Ok(convert::dict([("width", width), ("height", height), ("body", shown.into_value())]).into_value())
}

/// Matter with all that its look depends on.
struct Galley {
    body: Content,
    styles: Styles,
    width: Abs,
    /// Whether it is as wide as that though its matter takes less.
    fill: bool,
    /// Where the layout asked for it.
    place: Location,
}

impl Galley {
    /// Typst remembers the frame: to set a galley again costs nothing.
    fn set(&self, engine: &mut Engine) -> SourceResult<Frame> {
        let key = (hash128(&self.body), self.width, self.fill);
        let locator = Locator::synthesize(self.place).split().next(&key);
        let region =
            Region::new(Size::new(self.width, Abs::inf()), Axes::new(self.fill && self.width.is_finite(), false));
        typst_layout::layout_frame(engine, &self.body, locator, StyleChain::new(&self.styles), region)
    }

    /// As an element that Typst's callbacks can keep.
    fn captured(self) -> MetadataElem {
        let Self { body, styles, width, fill, place } = self;
        let parts = [body.into_value(), styles.into_value(), width.into_value(), fill.into_value(), place.into_value()];
        MetadataElem::new(Value::Array(parts.into_iter().collect()))
    }

    fn of(captured: &MetadataElem) -> Option<Self> {
        let parts = captured.value.clone().cast::<Array>().ok()?;
        let [body, styles, width, fill, place] = <[Value; 5]>::try_from(parts.into_iter().collect::<Vec<_>>()).ok()?;
        Some(Self {
            body: body.cast().ok()?,
            styles: styles.cast().ok()?,
            width: width.cast::<Length>().ok()?.abs,
            fill: fill.cast().ok()?,
            place: place.cast().ok()?,
        })
    }
}

/// A galley where it stands on the page.
fn shown(
    captured: &Packed<MetadataElem>,
    engine: &mut Engine,
    _: Locator,
    _: StyleChain,
    region: Region,
) -> SourceResult<Frame> {
    let mut galley = Galley::of(captured).expect("`galley` made it");
    if galley.width.is_finite() && !galley.width.approx_eq(region.size.x) {
        galley.width = region.size.x;
    }
    galley.set(engine)
}

/// All styles that hold at a place, each list of them once.
#[comemo::memoize]
fn whole(styles: StyleChain) -> Styles {
    styles.to_map()
}
