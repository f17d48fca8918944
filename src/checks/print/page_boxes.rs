use std::collections::BTreeMap;

use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot, page_list};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inspect::Page;
use crate::message::Message;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("page-boxes"),
    group: "print",
    summary: msg!("a page whose boxes are not nested, or whose size differs from the others"),
    default_level: Severity::Error,
    page: page!("page_boxes"),
    look: Look::Pages(look),
};

/// Rounding, in points.
const SLACK: f64 = 0.5;

/// What is wrong with boxes, and how to fix it.
type Fault = (Severity, Message, Message);

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    let mut faults: Vec<(Fault, Vec<Spot>)> = Vec::new();
    let usual = usual_size(sheet);
    for (index, page) in sheet.facts.pages.iter().enumerate() {
        let of_size = if sheet.is_print() { other_size(page, usual) } else { None };
        let found = nesting(page).into_iter().chain(of_size).chain(untrimmed(sheet, page));
        let spot = Spot { page: index + 1, area: None };
        for fault in found {
            match faults.iter_mut().find(|(known, _)| *known == fault) {
                Some((_, spots)) => spots.push(spot),
                None => faults.push((fault, vec![spot])),
            }
        }
    }
    for ((severity, fault, hint), spots) in faults {
        let severity = if sheet.is_print() { severity } else { severity.min(Severity::Warning) };
        let pages: Vec<usize> = spots.iter().map(|spot| spot.page).collect();
        let message = msg!("{fault} on {pages}", fault, pages = page_list(&pages));
        flaws.push(Flaw::new(Diagnostic::new(severity, CHECK.name, message).hint(hint), spots));
    }
}

fn nesting(page: &Page) -> Vec<Fault> {
    let boxes = [("CropBox", page.crop), ("BleedBox", page.bleed), ("TrimBox", page.trim)];
    let mut faults = Vec::new();
    for (name, area) in boxes.iter().filter_map(|(name, area)| Some((*name, (*area)?))) {
        if area.width() < 1.0 || area.height() < 1.0 {
            faults.push(msg!("the {name} is empty", name));
        } else if !page.media.holds(area, SLACK) {
            faults.push(beyond(name, "MediaBox"));
        }
    }
    if let (Some(bleed), Some(trim)) = (page.bleed, page.trim)
        && !bleed.holds(trim, SLACK)
    {
        faults.push(beyond("TrimBox", "BleedBox"));
    }
    let hint = msg!("nest the boxes: TrimBox inside BleedBox inside MediaBox");
    faults.into_iter().map(|fault| (Severity::Error, fault, hint.clone())).collect()
}

fn beyond(inner: &str, outer: &str) -> Message {
    msg!("the {inner} extends beyond the {outer}", inner, outer)
}

fn untrimmed(sheet: &Sheet<'_>, page: &Page) -> Option<Fault> {
    if !sheet.is_print() || page.trim.is_some() {
        return None;
    }
    let hint = msg!("export the pages with their trim size: without it the press does not know where to cut");
    Some((Severity::Warning, msg!("there is no TrimBox"), hint))
}

fn size(page: &Page) -> [i64; 2] {
    page.trimmed().size_mm().map(|side| side.round() as i64)
}

/// The size of most pages, in whole millimetres.
fn usual_size(sheet: &Sheet<'_>) -> Option<[i64; 2]> {
    let mut counts: BTreeMap<[i64; 2], usize> = BTreeMap::new();
    for page in &sheet.facts.pages {
        *counts.entry(size(page)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(size, _)| size)
}

fn other_size(page: &Page, usual: Option<[i64; 2]>) -> Option<Fault> {
    let ([width, height], [usual_width, usual_height]) = (size(page), usual?);
    // A millimetre may come from rounding.
    let differs = width.abs_diff(usual_width) > 1 || height.abs_diff(usual_height) > 1;
    differs.then(|| {
        let fault = msg!(
            "the trimmed page is {width} × {height} mm instead of {usual_width} × {usual_height} mm",
            width,
            height,
            usual_width,
            usual_height
        );
        let hint = msg!("supply a cover or a fold-out as a separate file: a book block has one trim size");
        (Severity::Error, fault, hint)
    })
}
