use std::collections::BTreeMap;

use super::super::Check;
use super::sheet::{Flaw, Sheet, Spot};
use super::{GROUP, on_pages};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pdf::inspect::{MarkKind, Paint, Space};

pub(in crate::checks) const CHECK: Check = Check {
    name: "rich-black",
    group: GROUP,
    summary: "black text that is printed with more than the black ink",
    default_level: Severity::Error,
    docs: include_str!("rich_black.md"),
    docs_zh: include_str!("rich_black.zh.md"),
    run: on_pages,
};

/// Text of at least this size in points may be printed with several inks: a misfit does not show.
const LARGE: f32 = 18.0;

/// A colour this dark is taken for black.
const DARK: f32 = 0.25;

/// Numbers that differ by no more are taken for grey.
const NEUTRAL: f32 = 0.06;

/// Inks beside black, together, that are more than a slip of rounding.
const BESIDE: f32 = 0.1;

pub(super) fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    if !sheet.is_print() {
        return;
    }
    let mut found: BTreeMap<(Severity, String), Vec<Spot>> = BTreeMap::new();
    for (spot, mark) in sheet.marks() {
        let MarkKind::Text { paint, size, .. } = &mark.kind else { continue };
        if let Some(severity) = judge(paint, *size as f32) {
            found.entry((severity, paint.space.name())).or_default().push(spot);
        }
    }
    for ((severity, space), spots) in found {
        let message = format!("black text in {space} {}", sheet.places(&spots));
        let hint = match severity {
            Severity::Error => "set black text in the black ink alone (0, 0, 0, 100 %)",
            _ => {
                "a press may mix a calibrated grey from four inks: set black text in the black ink alone (0, 0, 0, 100 %)"
            }
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
