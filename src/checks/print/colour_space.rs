use std::collections::BTreeMap;

use super::super::Check;
use super::sheet::{Flaw, Sheet, Spot};
use super::{GROUP, on_pages};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pdf::inspect::{MarkKind, Space};

pub(in crate::checks) const CHECK: Check = Check {
    name: "colour-space",
    group: GROUP,
    summary: "colours that the press or the screen has to convert",
    default_level: Severity::Warning,
    docs: include_str!("colour_space.md"),
    docs_zh: include_str!("colour_space.zh.md"),
    run: on_pages,
};

pub(super) fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let mut found: BTreeMap<(&str, String), Vec<Spot>> = BTreeMap::new();
    for (spot, mark) in sheet.marks() {
        let Some((what, space)) = painted(&mark.kind) else { continue };
        if alien(space, sheet.is_print()) {
            found.entry((what, space.name())).or_default().push(spot);
        }
    }
    for ((what, space), spots) in found {
        let (severity, hint) = match sheet.is_print() {
            true => (
                Severity::Info,
                "the press converts it, or prints the ink it names: ask for a proof where the colour matters",
            ),
            false => (Severity::Warning, "screens show these inks only by guessing: use RGB in a file for the screen"),
        };
        let message = format!("{what} in {space} {}", sheet.places(&spots));
        flaws.push(Flaw::new(Diagnostic::new(severity, CHECK.name, message).hint(hint), spots));
    }
}

fn painted(kind: &MarkKind) -> Option<(&'static str, &Space)> {
    match kind {
        MarkKind::Text { paint, .. } if !paint.is_white() => Some(("text", &paint.space)),
        MarkKind::Fill(paint) if !paint.is_white() => Some(("areas", &paint.space)),
        MarkKind::Stroke { paint, .. } if !paint.is_white() => Some(("lines", &paint.space)),
        MarkKind::Image(image) => Some(("a picture", &image.space)),
        MarkKind::Shading(space) => Some(("a gradient", space)),
        _ => None,
    }
}

/// Whether a space is none of those that the file's use wants.
fn alien(space: &Space, print: bool) -> bool {
    match (space.plates(), print) {
        (Some(3), true) | (Some(4), false) => true,
        (None, true) => matches!(space, Space::Lab | Space::Separation(_) | Space::DeviceN(_)),
        _ => false,
    }
}
