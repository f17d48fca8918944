//! XLIFF, the form that all tools of translators read.
//!
//! Written are 1.2 with `g` and `x` alone, which is what every reader keeps, and 2.0 with `pc` and `ph` alone. Read is what
//! tools make of it: all inline elements of both, notes wherever they stand, 2.1 and 2.2.

mod codes;
mod first;
mod notes;
mod second;

use super::known;
use crate::exchange::returned::{Refusal, Returned, ReturnedUnit};
use crate::exchange::unit::{Coded, Package, State, Tagged, Unit};
use crate::foreign::xml::{self, Doctype, Element};
use crate::message::{Locale, Message};

/// Which XLIFF is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Version {
    /// XLIFF 1.2, which every tool reads.
    #[default]
    First,
    /// XLIFF 2.0, and no later one: some tools refuse them.
    Second,
}

/// How XLIFF is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Which XLIFF.
    pub version: Version,
    /// Whether units without a translation are given their source as one, for tools that show no others.
    pub fill_source: bool,
    /// Whether sentences are segments, where both sides have the same number of them.
    pub sentences: bool,
    /// The language of notes.
    pub locale: Locale,
}

/// What stands for units of a package in XLIFF.
pub fn write(package: &Package, options: &Options) -> String {
    match options.version {
        Version::First => first::write(package, options),
        Version::Second => second::write(package, options),
    }
}

/// Reads what came back.
///
/// # Errors
/// Says why nothing of the file can be read.
pub fn read(text: &str) -> Result<Returned, Refusal> {
    let root = xml::whole(text, Doctype::Refused)?;
    if root.name != "xliff" {
        let message = msg!("it is no XLIFF: its first element is <{name}>", name = &root.name);
        return Err(Refusal { message, hint: None, at: Some(root.at) });
    }
    let version = root.attribute("version").unwrap_or_default();
    let returned = match version.split('.').next() {
        Some("1") => first::read(&root)?,
        Some("2") => second::read(&root)?,
        _ => {
            let message = msg!("its version of XLIFF is “{version}”; 1.0 to 1.2 and 2.0 to 2.2 are read", version);
            let hint = Some(msg!("let the program that it comes from save it as XLIFF 1.2 or 2.0"));
            return Err(Refusal { message, hint, at: Some(root.at) });
        }
    };
    Ok(known::once_each(returned))
}

/// The translation that goes out, and its state. One with codes that the source has not stays here, for tools may spoil them.
fn outgoing(unit: &Unit) -> (Option<&Coded>, &State) {
    match &unit.target {
        Some(target) if !unit.extra_codes => (Some(target), &unit.state),
        _ => (None, &State::Missing),
    }
}

/// A kind of unit as a word of XML: `list-item`.
fn word(kind: &str) -> String {
    kind.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

/// One side of a unit as it is read: what it says, or why it cannot be read.
type Content = Result<Tagged, Message>;

/// Adds a unit to what came back. A side that cannot be read is refused; the other one stays.
fn add(returned: &mut Returned, element: &Element, mut unit: ReturnedUnit, source: Content, target: Content) {
    let id = known::said(&unit);
    let id = if id.is_empty() { element.attribute("id").unwrap_or_default().to_owned() } else { id };
    for (content, side) in [(source, &mut unit.source), (target, &mut unit.target)] {
        match content {
            Ok(tagged) => *side = (!tagged.is_empty()).then_some(tagged),
            Err(reason) => {
                let message = msg!("the unit {id} cannot be read: {reason}", id = &id, reason);
                let hint = Some(msg!(
                    "put its codes as they are in the source, or take the translation into the chapter by hand"
                ));
                returned.refused.push(Refusal { message, hint, at: Some(element.at.clone()) });
            }
        }
    }
    unit.at = Some(element.at.clone());
    if unit.target.is_none() {
        unit.state = None;
    }
    returned.units.push(unit);
}

/// Tells that a unit has no id.
fn nameless(returned: &mut Returned, element: &Element) {
    let message = msg!("a unit has no id, so that it cannot be said where it belongs");
    returned.refused.push(Refusal { message, hint: None, at: Some(element.at.clone()) });
}

#[cfg(test)]
mod tests;
