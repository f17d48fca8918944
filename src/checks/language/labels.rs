//! What is written on charts and figures of note: titles, labels, units.

use super::foreign::is_foreign;
use super::kept::Kept;
use crate::align::{Unit, UnitKind};
use crate::lang::Script;
use crate::lang::cjk::is_han;
use crate::lang::en::function::words;
use crate::message::{List, Message};

/// The attributes of building blocks that hold words.
const WORDED: [&str; 3] = ["value", "title", "source"];

/// The words on a unit, each with its place among them.
fn written<'u>(unit: &'u Unit<'_>) -> Vec<(String, &'u str)> {
    match unit.kind {
        UnitKind::Chart(chart) => {
            let labels = chart.data.iter().enumerate().map(|(at, row)| (format!("label {at}"), row.label.as_str()));
            chart.texts().into_iter().chain(labels).collect()
        }
        UnitKind::Container(_, attrs) => {
            let worded = attrs.iter().filter(|attr| WORDED.contains(&attr.key.as_str()));
            worded.map(|attr| (attr.key.clone(), attr.value.as_str())).collect()
        }
        _ => Vec::new(),
    }
}

/// The words on a unit that were left in the language of its counterpart.
pub(super) fn left(unit: &Unit<'_>, other: &Unit<'_>, kept: &Kept<'_>) -> Option<Message> {
    let theirs = written(other);
    let ours = written(unit);
    let labels = ours.iter().filter(|(key, _)| key.starts_with("label"));
    let own = labels.clone().filter(|(_, text)| text.contains(is_han)).count();
    // Where most labels are translated, the others ought to be.
    let most = 3 * own >= 2 * labels.count();
    let is_left = |(key, text): &&(String, &str)| {
        let same = theirs.iter().any(|(name, there)| name == key && there.trim().eq_ignore_ascii_case(text.trim()));
        if unit.lang.script() == Script::Latin {
            return is_han_alone(text) || is_foreign(text, unit.lang);
        }
        // A label of several words with capitals is a name.
        let single = words(text).count() == 1;
        let small = words(text).any(|(_, word)| word.starts_with(|c: char| c.is_ascii_lowercase()));
        let told = small || key == "title" || key.starts_with("label") && most && single;
        same && (is_foreign(text, unit.lang) || told && kept.is_left(text, unit.lang))
    };
    let found: Vec<Message> = ours.iter().filter(is_left).map(|(_, text)| Message::data(format!("‘{text}’"))).collect();
    (!found.is_empty()).then(|| Message::list(List::Items, found))
}

/// Whether all letters of a text are Chinese.
fn is_han_alone(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(is_han)
}
