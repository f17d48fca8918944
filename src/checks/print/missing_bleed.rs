use super::super::{Check, Look};
use super::sheet::{Flaw, Sheet, Spot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inspect::{MarkKind, Page, Rect};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("missing-bleed"),
    group: "print",
    summary: msg!("a picture or an area of colour that ends at the trimmed edge"),
    default_level: Severity::Error,
    page: page!("missing_bleed"),
    look: Look::Pages(look),
};

/// The bleed that presses ask for: 3 mm in points.
const BLEED: f64 = 8.504;

/// A file may choose its bleed, but not less than 2 mm; in points.
const LEAST: f64 = 5.669;

/// Art this near to the trimmed edge was meant to reach it; in points.
const TOUCHES: f64 = 0.75;

fn look(sheet: &Sheet<'_>, flaws: &mut Vec<Flaw>) {
    if !sheet.is_print() {
        return;
    }
    let mut found: Vec<(Art, Vec<Spot>)> = Vec::new();
    for (spot, mark) in sheet.marks() {
        let Some(art) = art(&mark.kind) else { continue };
        if !falls_short(&sheet.facts.pages[spot.page - 1], mark.area) {
            continue;
        }
        match found.iter_mut().find(|(known, _)| *known == art) {
            Some((_, spots)) => spots.push(spot),
            None => found.push((art, vec![spot])),
        }
    }
    for (art, spots) in found {
        let places = sheet.places(&spots);
        let message = match art {
            Art::Picture => msg!("a picture reaches the trimmed edge but does not fill the bleed {places}", places),
            Art::Area => {
                msg!("an area of colour reaches the trimmed edge but does not fill the bleed {places}", places)
            }
        };
        let finding = Diagnostic::error(CHECK.name, message).hint(msg!(
            "let it run 3 mm over the edge, or end it 3 mm inside: a cut that is half a millimetre off shows white"
        ));
        // An area of colour comes from the layout.
        flaws.push(if art == Art::Picture { sheet.flaw(finding, spots) } else { Flaw::new(finding, spots) });
    }
}

/// What shows white where it lacks bleed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Art {
    Picture,
    Area,
}

fn art(kind: &MarkKind) -> Option<Art> {
    match kind {
        MarkKind::Fill(paint) if !paint.is_white() => Some(Art::Area),
        MarkKind::Image(_) => Some(Art::Picture),
        _ => None,
    }
}

/// Whether an area touches an edge of the trimmed page from inside and ends before that edge's bleed.
fn falls_short(page: &Page, area: Rect) -> bool {
    let (trim, bleed) = (page.trimmed(), page.bled());
    // How far the bleed and the area extend beyond each edge.
    let over = |outer: Rect| {
        [trim.left - outer.left, trim.bottom - outer.bottom, outer.right - trim.right, outer.top - trim.top]
    };
    let lies = [area.right > trim.left, area.top > trim.bottom, area.left < trim.right, area.bottom < trim.top];
    // A sliver along the edge is not an area.
    let solid = area.width() > 2.0 * TOUCHES && area.height() > 2.0 * TOUCHES;
    let edges = over(bleed).into_iter().zip(over(area)).zip(lies);
    solid
        && edges.into_iter().any(|((wanted, has), lies)| {
            let wanted = if wanted < LEAST { BLEED } else { wanted.min(BLEED) };
            lies && has > -TOUCHES && has < wanted - TOUCHES
        })
}
