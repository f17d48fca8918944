//! Filters, which are drawn dot by dot: those that books need, shadows and blurs, and no larger than the picture.

use super::{Attributes, value};
use crate::manuscript::picture::PictureError;

/// The steps of filters that take time and memory by the dots of the picture alone.
const STEPS: [&str; 9] = [
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feGaussianBlur",
    "feMerge",
    "feOffset",
];
/// What stands in such a step.
const PARTS: [&str; 5] = ["feFuncR", "feFuncG", "feFuncB", "feFuncA", "feMergeNode"];
/// Most steps of one filter: each keeps a picture until the last is drawn.
const MAX_STEPS: usize = 16;
/// Most user units that a blur reaches.
const MAX_BLUR: f64 = 1_000.0;
/// How much wider or higher the region of a filter may be than what it is drawn around.
const MAX_REGION: f64 = 10.0;

/// The filter that was begun last.
#[derive(Default)]
pub(super) struct Filters {
    steps: usize,
}

impl Filters {
    /// Looks at an element by its name and attributes; says whether it is a step of a filter.
    pub(super) fn see(
        &mut self,
        name: &str,
        attributes: &Attributes,
        picture: (u32, u32),
    ) -> Result<bool, PictureError> {
        if name == "filter" {
            self.steps = 0;
            region(attributes, picture)?;
        }
        if !name.starts_with("fe") || PARTS.contains(&name) {
            return Ok(false);
        }
        if !STEPS.contains(&name) {
            return Err(PictureError::Costly(msg!(
                "the SVG picture has the filter `{name}`, which is not allowed",
                name
            )));
        }
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err(PictureError::Costly(msg!(
                "a filter of the SVG picture has more than {limit} steps",
                limit = MAX_STEPS
            )));
        }
        let blur = value(attributes, "stdDeviation").unwrap_or_default();
        if numbers(blur).any(|blur| blur > MAX_BLUR) {
            return Err(PictureError::Costly(msg!(
                "a blur of the SVG picture reaches over more than {limit} units",
                limit = MAX_BLUR.to_string()
            )));
        }
        Ok(true)
    }
}

/// Refuses a filter that is drawn far beyond what it is for.
fn region(attributes: &Attributes, picture: (u32, u32)) -> Result<(), PictureError> {
    let in_units = value(attributes, "filterUnits").is_some_and(|units| units.trim() == "userSpaceOnUse");
    let sides = if in_units { picture } else { (1, 1) };
    let is_wide = |key: &str, side: u32| {
        let Some(written) = value(attributes, key).map(str::trim) else { return false };
        let number = match written.strip_suffix('%') {
            Some(share) => {
                share.trim().parse::<f64>().map(|share| share / 100.0 * if in_units { f64::from(side) } else { 1.0 })
            }
            None => written.trim_end_matches(char::is_alphabetic).parse::<f64>(),
        };
        number.is_ok_and(|number| number > MAX_REGION * f64::from(side.max(1)))
    };
    if is_wide("width", sides.0) || is_wide("height", sides.1) {
        return Err(PictureError::Costly(msg!(
            "a filter of the SVG picture covers more than {limit} times what it is for",
            limit = MAX_REGION.to_string()
        )));
    }
    Ok(())
}

fn numbers(text: &str) -> impl Iterator<Item = f64> + '_ {
    text.split([' ', ',', '\t', '\n', '\r']).filter_map(|number| number.parse().ok())
}

/// How many filters are written as functions, as in `drop-shadow(…) blur(…)`.
pub(super) fn functions(value: &str) -> u64 {
    let written = [
        "blur(",
        "drop-shadow(",
        "brightness(",
        "contrast(",
        "grayscale(",
        "hue-rotate(",
        "invert(",
        "opacity(",
        "saturate(",
        "sepia(",
    ];
    let count: usize = written.iter().map(|function| value.matches(function).count()).sum();
    count.try_into().unwrap_or(u64::MAX)
}
