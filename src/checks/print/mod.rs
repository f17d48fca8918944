//! Preflight: what a press, a screen or a screen reader would stumble over in a finished PDF.
//!
//! The rules are checks like every other, with levels, pages and waivers; but they look at the facts of a PDF and, where the
//! book is available, at the lines that were set.

pub(super) mod active_content;
pub(super) mod colour_space;
pub(super) mod displaced_note;
pub(super) mod encryption;
pub(super) mod font_embedding;
pub(super) mod fractional_measure;
pub(super) mod hairline;
pub(super) mod image_resolution;
mod lines;
pub(super) mod missing_bleed;
mod origin;
pub(super) mod page_boxes;
pub(super) mod page_count;
pub(super) mod pdf_navigation;
pub(super) mod pdf_tags;
pub(super) mod rich_black;
pub(super) mod river;
pub(super) mod runt;
pub(super) mod safe_area;
mod sheet;
pub(super) mod short_page;
pub(super) mod stranded_heading;
pub(super) mod type3_font;
pub(super) mod unmapped_text;
pub(super) mod widow_orphan;

pub use origin::Origin;
pub(super) use sheet::Sheet;
pub use sheet::{Flaw, Spot};

use super::{CHECKS, Look, levels};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::inspect::{Facts, Unreadable};
use crate::model::Profile;

/// Checks a PDF. Where it comes from a book, findings are shown in the manuscript, and the levels and waivers of the book
/// apply. Findings are in the order of their rules.
pub fn preflight(facts: &Facts, profile: Profile, origin: Option<Origin<'_>>) -> Vec<Flaw> {
    let sheet = Sheet::new(facts, profile, origin);
    let mut flaws = Vec::new();
    for check in CHECKS {
        let Look::Pages(look) = check.look else { continue };
        // Of what cannot be read nothing is known, and nothing is missed in it.
        if facts.catalogue.locked && check.name != encryption::CHECK.name {
            continue;
        }
        let wanted = origin.and_then(|origin| levels::set(check, origin.book));
        if wanted == Some(None) {
            continue;
        }
        let first = flaws.len();
        look(&sheet, &mut flaws);
        for flaw in &mut flaws[first..] {
            levels::raise(check, wanted, &mut flaw.finding);
        }
    }
    if facts.partial && !facts.catalogue.locked {
        let message = msg!("part of the file could not be checked: it is damaged, or exceeds the limits");
        flaws.push(Flaw::new(Diagnostic::warning(codes::PARTIAL_PREFLIGHT, message), Vec::new()));
    }
    flaws.retain(|flaw| !origin.is_some_and(|origin| origin.book.waives(&flaw.finding)));
    flaws
}

/// The finding for a file that is not a PDF, or is too damaged to be read.
pub fn unreadable(name: &str, why: Unreadable) -> Diagnostic {
    Diagnostic::error(codes::UNREADABLE_PDF, msg!("{name} cannot be read as a PDF: {why}", name, why))
        .hint(msg!("export the file again, or open and save it with another program"))
}

/// The profile of a PDF for which none is given: print if it has a BleedBox or its name ends in `-print`, else screen.
pub fn profile_of(file_stem: &str, facts: &Facts) -> Profile {
    let bleeds = facts.pages.iter().any(|page| page.bleed.is_some());
    if bleeds || file_stem.ends_with("-print") { Profile::Print } else { Profile::Screen }
}
