use std::collections::BTreeMap;

use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inspect::MarkKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("hairline"),
    group: "print",
    summary: msg!("a line that is too thin to print reliably"),
    default_level: Severity::Warning,
    page: page!("hairline"),
    look: Look::Pages(look),
};

/// The thinnest line that prints in full ink, and in a tint, which is made of dots; in points.
const FULL: f64 = 0.25;
const TINT: f64 = 0.5;

/// Rounding of a width, in points.
const SLACK: f64 = 0.01;

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    if !sheet.is_print() {
        return;
    }
    let mut found: BTreeMap<(bool, i64), Vec<Spot>> = BTreeMap::new();
    for (spot, mark) in sheet.marks() {
        let MarkKind::Stroke { paint, width } = &mark.kind else { continue };
        let tint = paint.is_tint();
        let least = if tint { TINT } else { FULL };
        if *width < least - SLACK && !paint.is_white() {
            found.entry((tint, (width * 100.0).round() as i64)).or_default().push(spot);
        }
    }
    for ((tint, width), spots) in found {
        let (width, places) = (format!("{:.2}", width as f64 / 100.0), sheet.places(&spots));
        let (message, hint) = if tint {
            let hint = msg!("make it at least {least} pt wide, or draw it in full ink", least = TINT.to_string());
            (msg!("a line in a tint is {width} pt wide {places}", width, places), hint)
        } else {
            let hint = msg!("make it at least {least} pt wide", least = FULL.to_string());
            (msg!("a line is {width} pt wide {places}", width, places), hint)
        };
        flaws.push(Flaw::new(Diagnostic::warning(CHECK.name, message).hint(hint), spots));
    }
}
