//! Preflight: what a press, a screen or a screen reader would stumble over in a finished PDF.
//!
//! The rules are in the list of checks, so that levels, pages and waivers work as for every other check. They look at the
//! facts of a PDF and, where the book is available, at the lines that were set.

pub(super) mod active_content;
pub(super) mod colour_space;
pub(super) mod encryption;
pub(super) mod font_embedding;
pub(super) mod hairline;
pub(super) mod image_resolution;
mod lines;
pub(super) mod missing_bleed;
pub(super) mod page_boxes;
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

use sheet::Sheet;
pub use sheet::{Flaw, Origin, Spot};

use super::{Check, Context, levels, waivers};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::inspect::Facts;
use crate::message::Message;
use crate::model::Profile;

/// The group of these checks.
pub(super) const GROUP: &str = "print";

/// A rule: its check, and what looks for it.
type Rule = (&'static Check, fn(&Sheet<'_>, &mut Vec<Flaw>));

const RULES: &[Rule] = &[
    (&page_boxes::CHECK, page_boxes::look),
    (&missing_bleed::CHECK, missing_bleed::look),
    (&font_embedding::CHECK, font_embedding::look),
    (&type3_font::CHECK, type3_font::look),
    (&unmapped_text::CHECK, unmapped_text::look),
    (&image_resolution::CHECK, image_resolution::look),
    (&colour_space::CHECK, colour_space::look),
    (&rich_black::CHECK, rich_black::look),
    (&safe_area::CHECK, safe_area::look),
    (&hairline::CHECK, hairline::look),
    (&pdf_tags::CHECK, pdf_tags::look),
    (&pdf_navigation::CHECK, pdf_navigation::look),
    (&encryption::CHECK, encryption::look),
    (&active_content::CHECK, active_content::look),
    (&widow_orphan::CHECK, widow_orphan::look),
    (&short_page::CHECK, short_page::look),
    (&runt::CHECK, runt::look),
    (&river::CHECK, river::look),
    (&stranded_heading::CHECK, stranded_heading::look),
];

/// A manuscript alone shows none of this: [`preflight`] looks at its pages.
fn on_pages(_: &Context<'_>, _: &mut Vec<Diagnostic>) {}

/// Checks a PDF. Where it comes from a book, findings are shown in the manuscript, and the levels and waivers of the book
/// apply. Findings are in the order of their rules.
pub fn preflight(facts: &Facts, profile: Profile, origin: Option<Origin<'_>>) -> Vec<Flaw> {
    let sheet = Sheet::new(facts, profile, origin);
    let mut flaws = Vec::new();
    for (check, look) in RULES {
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
    if facts.partial {
        let message = msg!("part of the file could not be checked: it is damaged, or exceeds the limits");
        flaws.push(Flaw::new(Diagnostic::warning(codes::PARTIAL_PREFLIGHT, message), Vec::new()));
    }
    flaws.retain(|flaw| !origin.is_some_and(|origin| waivers::waives(origin.book, &flaw.finding)));
    flaws
}

/// The finding for a file that is not a PDF, or is too damaged to be read.
pub fn unreadable(name: &str, why: &Message) -> Diagnostic {
    Diagnostic::error(codes::UNREADABLE_PDF, msg!("{name} cannot be read as a PDF: {why}", name, why))
        .hint(msg!("export the file again, or open and save it with another program"))
}

/// The profile of a PDF for which none is given: print if it has a BleedBox or its name ends in `-print`, else screen.
pub fn profile_of(file_stem: &str, facts: &Facts) -> Profile {
    let bleeds = facts.pages.iter().any(|page| page.bleed.is_some());
    if bleeds || file_stem.ends_with("-print") { Profile::Print } else { Profile::Screen }
}

#[cfg(test)]
mod tests {
    use super::{GROUP, RULES};
    use crate::checks::CHECKS;
    use crate::diagnostic::Code;

    #[test]
    fn every_check_of_the_group_is_a_rule_that_runs() {
        let listed: Vec<Code> = CHECKS.iter().filter(|check| check.group == GROUP).map(|check| check.name).collect();
        let ruled: Vec<Code> = RULES.iter().map(|(check, _)| check.name).collect();
        assert_eq!(listed, ruled);
    }
}
