//! The places of a chapter that carry words: what one unit says, and where it is written.

use crate::align::{MetaField, Unit, UnitKind};
use crate::checks::freshness::fingerprint_of;
use crate::model::{Attr, Fingerprint, Inline, InlineKind, walk};
use crate::source::Span;

use super::marks::{self, Marked};

/// Words at one place.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) place: Place,
    /// What it is: `paragraph`, `heading`, `caption`.
    pub(super) kind: &'static str,
    /// What it says.
    pub(super) marked: Marked,
    /// What stands for its wording.
    pub(super) print: Fingerprint,
    /// Whether it is marked as unfinished.
    pub(super) draft: bool,
}

/// How words are written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// As Markdown.
    Run(Span),
    /// As a value of front matter.
    Line(Span),
    /// As the value of an attribute: its key, and the place of both.
    Attribute(String, Span),
    /// As the alternative text of a picture, which stands there.
    Alternative(Span),
}

impl Place {
    pub(super) fn span(&self) -> Span {
        match self {
            Place::Run(span) | Place::Line(span) | Place::Attribute(_, span) | Place::Alternative(span) => *span,
        }
    }
}

impl Slot {
    /// Whether there is a letter in it, so that it can be translated.
    pub(super) fn has_words(&self) -> bool {
        let mut words = false;
        text_of(&self.marked, &mut |text| words |= text.contains(char::is_alphabetic));
        words
    }
}

impl Slot {
    /// Whether it has the dots of a skeleton in place of words.
    pub(super) fn is_dots(&self) -> bool {
        let mut dots = false;
        text_of(&self.marked, &mut |text| dots |= text.trim() == DOTS);
        dots && !self.has_words()
    }
}

/// What a skeleton has where words are to come.
pub(super) const DOTS: &str = "…";

fn text_of(marked: &Marked, visit: &mut dyn FnMut(&str)) {
    for piece in marked {
        match piece {
            super::Piece::Text(text) => visit(text),
            super::Piece::Pair(_, body) => text_of(body, visit),
            super::Piece::Single(_) => {}
        }
    }
}

/// The slots of a unit.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// Its own text: mostly one.
    pub(super) runs: Vec<Slot>,
    /// Attributes and alternative texts.
    pub(super) others: Vec<Slot>,
}

/// The slots of a unit itself, not of those inside it. All of what can be written is there, words or not.
pub(super) fn of_unit(unit: &Unit<'_>) -> Slots {
    let mut slots = Slots::default();
    // A title that nobody gave is the name of the file.
    if !unit.written {
        return slots;
    }
    for run in unit.runs.iter().filter(|run| !run.is_empty()) {
        let place = match unit.kind {
            // What was read of front matter has the place of its whole value.
            UnitKind::Meta(_) if unit.in_front_matter => Place::Line(unit.span),
            _ => Place::Run(run[0].span.to(run[run.len() - 1].span)),
        };
        let marked = marks::of_run(run);
        let print =
            fingerprint_of(unit).unwrap_or_else(|| Fingerprint::of(&marks::plain(&marked, &|mark| mark.key.clone())));
        slots.runs.push(Slot { place, kind: word(unit), marked, print, draft: unit.draft });
        walk::inlines(run, &mut |inline| slots.others.extend(alternative(inline, unit)));
    }
    if let UnitKind::Container(_, attrs) = unit.kind {
        slots.others.extend(attrs.iter().filter_map(|attr| attribute(attr, unit)));
    }
    slots
}

/// A word for what a unit is, the same in every language of the user.
fn word(unit: &Unit<'_>) -> &'static str {
    match unit.kind {
        UnitKind::Meta(MetaField::Title) => "title",
        UnitKind::Meta(MetaField::Subtitle) => "subtitle",
        UnitKind::Meta(MetaField::Byline) => "byline",
        UnitKind::Item => "item",
        UnitKind::Cell => "cell",
        UnitKind::Caption => "caption",
        UnitKind::Credit => "credit",
        UnitKind::Note => "note",
        _ => unit.block.map_or("text", |block| block.kind.name()),
    }
}

fn alternative(inline: &Inline, unit: &Unit<'_>) -> Option<Slot> {
    let InlineKind::Image(image) = &inline.kind else { return None };
    let kind = "alternative text";
    (!image.alt.trim().is_empty()).then(|| slot(Place::Alternative(inline.span), kind, &image.alt, unit))
}

/// The attributes that say how something looks, and not what it says.
const LOOKS: [&str; 8] = ["class", "form", "open", "columns", "width", "height", "theme", "lang"];

fn attribute(attr: &Attr, unit: &Unit<'_>) -> Option<Slot> {
    let says = !LOOKS.contains(&attr.key.as_str()) && !attr.value.trim().is_empty();
    let place = Place::Attribute(attr.key.clone(), attr.whole);
    says.then(|| slot(place, "attribute", &attr.value, unit))
}

fn slot(place: Place, kind: &'static str, text: &str, unit: &Unit<'_>) -> Slot {
    Slot { place, kind, marked: marks::of_text(text), print: Fingerprint::of(text.trim()), draft: unit.draft }
}

/// All slots of units and of those inside them, in reading order: what must not change by accident.
pub(super) fn all(units: &[Unit<'_>], found: &mut Vec<Slot>) {
    for unit in units {
        let Slots { runs, others } = of_unit(unit);
        found.extend(runs);
        found.extend(others);
        all(&unit.children, found);
    }
}
