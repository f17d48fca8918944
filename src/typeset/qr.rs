//! QR codes as vector images.

use std::fmt::Write;

use fast_qr::qr::QRBuilder;
use typst::foundations::{Bytes, Content, Derived, NativeElement, Smart};
use typst::layout::Ratio;
use typst::loading::{DataSource, LoadSource, Loaded};
use typst::syntax::{Span, Spanned};
use typst::visualize::ImageElem;

/// Empty modules around the code, as the standard demands.
const QUIET: usize = 4;

/// A QR code of a text as a square image of full width; `None` when the text is too long.
pub(super) fn image(data: &str, alt: &str, span: Span) -> Option<Content> {
    let bytes = Bytes::from_string(svg(data)?);
    let loaded = Loaded::new(Spanned::new(LoadSource::Bytes, span), bytes.clone());
    let image = ImageElem::new(Derived::new(DataSource::Bytes(bytes), loaded))
        .with_alt(Some(alt.into()))
        .with_width(Smart::Custom(Ratio::one().into()));
    Some(image.pack().spanned(span))
}

/// One path of unit squares, a run of dark modules at a time.
fn svg(data: &str) -> Option<String> {
    let code = QRBuilder::new(data).build().ok()?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for row in 0..code.size {
        let dark: Vec<bool> = code[row].iter().map(|module| module.value()).collect();
        let mut from = 0;
        while from < dark.len() {
            let run = dark[from..].iter().take_while(|d| **d).count();
            if run > 0 {
                let (x, y) = (from + QUIET, row + QUIET);
                write!(path, "M{x} {y}h{run}v1h-{run}z").expect("a string takes any text");
            }
            from += run.max(1);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\">\
         <path d=\"{path}\" fill=\"#000\" shape-rendering=\"crispEdges\"/></svg>"
    ))
}
