use std::collections::BTreeMap;

use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inspect::{MM, MarkKind};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("safe-area"),
    group: "print",
    summary: msg!("text so close to the trimmed edge that it may be cut off"),
    default_level: Severity::Warning,
    page: page!("safe_area"),
    look: Look::Pages(look),
};

/// The distances within which text may be cut off, and within which printers ask back; in millimetres.
const CUT: f64 = 3.0;
const ASKED: f64 = 5.0;

/// Letters of at least this size are art, which may run over the edge; in points.
const ART: f64 = 60.0;

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    // By severity and edge: the least distance in millimetres, and the places.
    let mut found: BTreeMap<(Severity, usize), (f64, Vec<Spot>)> = BTreeMap::new();
    for (spot, mark) in sheet.marks() {
        if !matches!(mark.kind, MarkKind::Text { size, .. } if size < ART) {
            continue;
        }
        let trim = sheet.facts.pages[spot.page - 1].trimmed();
        let inside = [
            mark.area.left - trim.left,
            mark.area.bottom - trim.bottom,
            trim.right - mark.area.right,
            trim.top - mark.area.top,
        ];
        for (edge, distance) in inside.into_iter().map(|points| points * MM).enumerate() {
            if let Some(severity) = judge(distance, sheet.is_print()) {
                let (least, spots) = found.entry((severity, edge)).or_insert((f64::MAX, Vec::new()));
                *least = least.min(distance);
                spots.push(spot);
            }
        }
    }
    let edges = [msg!("left edge"), msg!("bottom edge"), msg!("right edge"), msg!("top edge")];
    for ((severity, edge), (least, spots)) in found {
        let (edge, distance, places) = (&edges[edge], format!("{:.1}", least.abs()), sheet.places(&spots));
        let message = if least < 0.0 {
            msg!("text runs {distance} mm over the {edge} of the trimmed page, {places}", distance, edge, places)
        } else {
            msg!("text is {distance} mm from the {edge} of the trimmed page, {places}", distance, edge, places)
        };
        let hint = msg!("keep text 5 mm from the edge, and never closer than 3 mm");
        flaws.push(sheet.flaw(Diagnostic::new(severity, CHECK.name, message).hint(hint), spots));
    }
}

/// The severity of a distance in millimetres. On a screen nothing is cut, unless someone prints the file.
fn judge(distance: f64, print: bool) -> Option<Severity> {
    match distance {
        d if d < CUT - 0.05 => Some(if print { Severity::Warning } else { Severity::Info }),
        d if d < ASKED - 0.05 && print => Some(Severity::Info),
        _ => None,
    }
}
