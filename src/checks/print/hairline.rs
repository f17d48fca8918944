use std::collections::BTreeMap;

use super::super::Check;
use super::sheet::{Flaw, Sheet, Spot};
use super::{GROUP, on_pages};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pdf::inspect::MarkKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: "hairline",
    group: GROUP,
    summary: "a line too thin to be printed for sure",
    default_level: Severity::Warning,
    docs: include_str!("hairline.md"),
    docs_zh: include_str!("hairline.zh.md"),
    run: on_pages,
};

/// The thinnest line that prints in full ink, and in a tint, which is made of dots; in points.
const FULL: f64 = 0.25;
const TINT: f64 = 0.5;

/// Rounding of a width, in points.
const SLACK: f64 = 0.01;

pub(super) fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
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
        let (kind, least) = if tint { ("a line in a tint", TINT) } else { ("a line", FULL) };
        let width = width as f64 / 100.0;
        let message = format!("{kind} is {width:.2} pt wide {}", sheet.places(&spots));
        let hint = format!("make it {least} pt wide at least{}", if tint { ", or draw it in full ink" } else { "" });
        flaws.push(Flaw::new(Diagnostic::warning(CHECK.name, message).hint(hint), spots));
    }
}
