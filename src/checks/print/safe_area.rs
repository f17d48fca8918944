use std::collections::BTreeMap;

use super::super::Check;
use super::sheet::{Flaw, Sheet, Spot};
use super::{GROUP, on_pages};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pdf::inspect::{MM, MarkKind};

pub(in crate::checks) const CHECK: Check = Check {
    name: "safe-area",
    group: GROUP,
    summary: "text so near to the trimmed edge that a cut may touch it",
    default_level: Severity::Warning,
    docs: include_str!("safe_area.md"),
    docs_zh: include_str!("safe_area.zh.md"),
    run: on_pages,
};

/// Nearer than this a cutter may take text away, and nearer than this printers ask twice; in millimetres.
const CUT: f64 = 3.0;
const ASKED: f64 = 5.0;

/// Larger letters are art, which may run over the edge; in points.
const ART: f64 = 60.0;

const EDGES: [&str; 4] = ["left", "lower", "right", "upper"];

pub(super) fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    // By how grave it is and by edge: the least distance in millimetres, and the places.
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
    for ((severity, edge), (least, spots)) in found {
        let edge = EDGES[edge];
        let what = match least < 0.0 {
            true => format!("text runs {:.1} mm over the {edge} edge where the page is cut", -least),
            false => format!("text stands {least:.1} mm from the {edge} edge where the page is cut"),
        };
        let finding = Diagnostic::new(severity, CHECK.name, format!("{what}, {}", sheet.places(&spots)));
        let hint = "keep text 5 mm from the edge; 3 mm is the least that a cutter respects";
        flaws.push(sheet.flaw(finding.hint(hint), spots));
    }
}

/// How grave a distance in millimetres is. On a screen nothing is cut, unless someone prints it.
fn judge(distance: f64, print: bool) -> Option<Severity> {
    match distance {
        d if d < CUT - 0.05 => Some(if print { Severity::Warning } else { Severity::Info }),
        d if d < ASKED - 0.05 && print => Some(Severity::Info),
        _ => None,
    }
}
