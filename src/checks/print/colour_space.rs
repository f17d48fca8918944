use std::collections::BTreeMap;

use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inspect::{MarkKind, Space};
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("colour-space"),
    group: "print",
    summary: msg!("colours that the press or the screen has to convert"),
    default_level: Severity::Warning,
    page: page!("colour_space"),
    look: Look::Pages(look),
};

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let mut found: BTreeMap<_, Vec<Spot>> = BTreeMap::new();
    for (spot, mark) in sheet.marks() {
        let Some((what, space)) = painted(&mark.kind) else { continue };
        if alien(space, sheet.is_print()) {
            found.entry((what, space.name())).or_default().push(spot);
        }
    }
    for ((what, space), spots) in found {
        let (severity, hint) = if sheet.is_print() {
            let hint = msg!(
                "ask for a proof where the colour matters: the press converts it, or prints it with the ink it names"
            );
            (Severity::Info, hint)
        } else {
            (Severity::Warning, msg!("use RGB in a file for the screen: screens can only approximate these inks"))
        };
        let message = msg!("{what} in {space} {places}", what, space, places = sheet.places(&spots));
        flaws.push(Flaw::new(Diagnostic::new(severity, CHECK.name, message).hint(hint), spots));
    }
}

/// What a mark paints, and in which space.
fn painted(kind: &MarkKind) -> Option<(Message, &Space)> {
    match kind {
        MarkKind::Text { paint, .. } if !paint.is_white() => Some((msg!("text"), &paint.space)),
        MarkKind::Fill(paint) if !paint.is_white() => Some((msg!("areas"), &paint.space)),
        MarkKind::Stroke { paint, .. } if !paint.is_white() => Some((msg!("lines"), &paint.space)),
        MarkKind::Image(image) => Some((msg!("a picture"), &image.space)),
        MarkKind::Shading(space) => Some((msg!("a gradient"), space)),
        _ => None,
    }
}

/// Whether a space does not suit the use of the file.
fn alien(space: &Space, print: bool) -> bool {
    match (space.plates(), print) {
        (Some(3), true) | (Some(4), false) => true,
        (None, true) => matches!(space, Space::Lab | Space::Separation(_) | Space::DeviceN(_)),
        _ => false,
    }
}
