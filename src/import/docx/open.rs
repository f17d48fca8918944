//! Fields that have begun.

use super::fields::Field;
use super::xml::Word as _;
use crate::foreign::xml::Element;

/// A field that has begun.
#[derive(Default)]
pub(super) struct Open {
    pub(super) instruction: String,
    /// Its kind, once its result begins.
    pub(super) result: Option<Field>,
    /// Where in its paragraph the result begins.
    pub(super) start: usize,
    /// What a box to be ticked or a list to choose from shows.
    pub(super) form: Option<String>,
}

impl Open {
    /// Whether it is an old formula, whose result is empty.
    pub(super) fn is_old(&self) -> bool {
        matches!(self.result, Some(Field::Old(_)))
    }
}

/// What a control of a form shows.
pub(super) fn form(data: &Element) -> Option<String> {
    if let Some(tick) = data.child("checkBox") {
        let on = tick.toggle("checked").or_else(|| tick.toggle("default")).unwrap_or(false);
        return Some(if on { "☒" } else { "☐" }.to_owned());
    }
    let list = data.child("ddList")?;
    let chosen = list.val("result").or_else(|| list.val("default")).and_then(|at| at.parse().ok()).unwrap_or(0);
    let mut entries = list.elements().filter(|node| node.name == "listEntry");
    Some(entries.nth(chosen)?.local("val")?.to_owned())
}
