use std::collections::BTreeMap;

use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inspect::{MarkKind, Paint, Space};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("rich-black"),
    group: "print",
    summary: msg!("black text that is not printed in black ink alone"),
    default_level: Severity::Error,
    page: page!("rich_black"),
    look: Look::Pages(look),
};

/// Text of at least this size in points may be printed with several inks: misregistration does not show.
const LARGE: f32 = 18.0;

/// A colour this dark counts as black.
const DARK: f32 = 0.25;

/// Components that differ by no more than this are grey.
const NEUTRAL: f32 = 0.06;

/// The sum of the inks beside black that is more than a rounding error.
const BESIDE: f32 = 0.1;

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    if !sheet.is_print() {
        return;
    }
    let mut found: BTreeMap<(Severity, _), Vec<Spot>> = BTreeMap::new();
    for (spot, mark) in sheet.marks() {
        let MarkKind::Text { paint, size, .. } = &mark.kind else { continue };
        if let Some(severity) = judge(paint, *size as f32) {
            found.entry((severity, paint.space.name())).or_default().push(spot);
        }
    }
    for ((severity, space), spots) in found {
        let message = msg!("black text in {space} {places}", space, places = sheet.places(&spots));
        let hint = if severity == Severity::Error {
            msg!("set black text in black ink alone (0, 0, 0, 100 %)")
        } else {
            msg!("set black text in black ink alone (0, 0, 0, 100 %): a press may mix a calibrated grey from four inks")
        };
        flaws.push(Flaw::new(Diagnostic::new(severity, CHECK.name, message).hint(hint), spots));
    }
}

fn judge(paint: &Paint, size: f32) -> Option<Severity> {
    let [a, b, c, d] = paint.values;
    let neutral = a.max(b).max(c) - a.min(b).min(c) <= NEUTRAL;
    match (paint.space.plates(), &*paint.space) {
        (Some(3), _) if neutral && a <= DARK => Some(Severity::Error),
        (Some(4), _) if size < LARGE && d >= 0.5 && a + b + c > BESIDE => Some(Severity::Error),
        (Some(4), _) if size < LARGE && neutral && a >= 0.6 => Some(Severity::Error),
        (Some(1), Space::Icc(_) | Space::CalGray) if a <= DARK => Some(Severity::Warning),
        _ => None,
    }
}
