//! Boxes to tick before the items of a list: the items are numbered, and a number is shown as a sign.

use comemo::Tracked;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Args, Context, Func, IntoValue, Value};
use typst::model::Numbering;

use super::function::function;

function!(BOX, "box", "The sign before an item of a list with boxes to tick.", shown);

/// What an item with a box to tick is numbered with, and one without a box among them.
pub(super) fn number(done: Option<bool>) -> u64 {
    match done {
        Some(false) => 1,
        Some(true) => 2,
        None => 3,
    }
}

/// The sign that stands before an item of that number.
pub(super) fn sign(number: u64) -> &'static str {
    match number {
        1 => "☐",
        2 => "☑",
        _ => "•",
    }
}

/// How the items are numbered.
pub(super) fn numbering() -> Numbering {
    Numbering::Func(Func::from(&BOX))
}

fn shown(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let numbers: Vec<u64> = args.all()?;
    Ok(sign(numbers.last().copied().unwrap_or_default()).into_value())
}
