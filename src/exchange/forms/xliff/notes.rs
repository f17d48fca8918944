//! Notes, out and in.

use super::super::inline;
use super::Options;
use crate::exchange::returned::Remark;
use crate::exchange::unit::{NoteKind, State, Unit};
use crate::foreign::xml::Element;

/// What begins the name of whoever wrote a note, where it was this program.
const OWN: &str = "dama-pub";

/// What a translator is told of a unit: the name of the note's author, and the text.
pub(super) fn outgoing(unit: &Unit, options: &Options) -> Vec<(String, String)> {
    let say = |message| options.locale.say(&message);
    let mut notes = vec![("kind", options.locale.text(unit.kind).into_owned())];
    notes.extend(unit.notes.iter().map(|note| (word(note.kind), note.text.clone())));
    if let State::Stale { was: Some(was) } = &unit.state {
        notes.push(("source", say(msg!("when it was signed off, the source said: {was}", was))));
    }
    if let Some(target) = unit.target.as_ref().filter(|_| unit.extra_codes) {
        let text = inline::plain(target);
        notes.push((
            word(NoteKind::Form),
            say(msg!(
                "there is a translation; it has codes that the source has not, and is not taken out: {text}",
                text
            )),
        ));
    }
    notes.into_iter().map(|(kind, text)| (format!("{OWN}: {kind}"), text)).collect()
}

fn word(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Term => "term",
        NoteKind::Waiver => "waiver",
        NoteKind::Finding => "finding",
        NoteKind::Form => "form",
    }
}

/// The remarks of others in a unit, wherever in it they stand.
pub(super) fn incoming(unit: &Element, found: &mut Vec<Remark>) {
    for element in unit.own() {
        match element.name.as_str() {
            "note" => {
                let author = ["from", "category"].into_iter().find_map(|name| element.attribute(name));
                let text = element.text();
                let is_own = author.is_some_and(|author| author.starts_with(OWN));
                if !is_own && !text.trim().is_empty() {
                    let author = element.attribute("from").filter(|author| !author.is_empty()).map(str::to_owned);
                    found.push(Remark { author, text: text.trim().to_owned() });
                }
            }
            // What others suggest is no remark.
            "alt-trans" => {}
            _ => incoming(element, found),
        }
    }
}
