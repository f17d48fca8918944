//! The levels of headings in bookmarks and in the structure of the file, where these are not the levels of the layout.
//!
//! A layout draws chapters and titles of parts as headings of the first level, so that it may set both as it likes. What
//! belongs to a part is known by labels: of its title, and of the chapters that it holds. No level is skipped in the order of
//! the pages, as PDF/UA asks: of two languages side by side one may have headings that the other lacks.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use rustc_hash::FxHashMap;
use typst::foundations::{Content, NativeElement, Selector, Smart, StyleChain};
use typst::introspection::{Introspector, Location};
use typst::model::HeadingElem;
use typst_layout::PagedDocument;

use super::Job;
use super::values::outlines;
use crate::model::Role;
use crate::outline::{Outline, Part, suffix};

/// What the label of a part's title begins with; `part-heading` of the kit makes it.
const PART: &str = "part:";

/// The levels of the headings that are not those of the layout.
#[derive(Default)]
pub(super) struct Levels(FxHashMap<Location, NonZeroUsize>);

impl Levels {
    /// Reads them from finished pages.
    pub(super) fn of(job: &Job<'_>, document: &PagedDocument) -> Self {
        let headings = document.introspector().query(&Selector::Elem(HeadingElem::ELEM, None));
        let labelled = |heading: &Content| heading.label().map(|label| label.resolve().to_string());
        let has_parts = headings.iter().filter_map(labelled).any(|label| label.starts_with(PART));
        let held = if has_parts { held(job) } else { BTreeSet::new() };
        let (mut levels, mut inside, mut last) = (FxHashMap::default(), false, 0);
        for heading in &headings {
            let Some(element) = heading.to_packed::<HeadingElem>() else { continue };
            let level = element.resolve_level(StyleChain::default());
            let label = labelled(heading).unwrap_or_default();
            let begins = level.get() == 1 && label.starts_with(PART);
            if level.get() == 1 {
                inside = begins || inside && held.contains(&label);
            }
            let wanted = if inside && !begins { level.saturating_add(1) } else { level };
            let shown = wanted.min(NonZeroUsize::MIN.saturating_add(last));
            last = shown.get();
            if let Some(location) = heading.location().filter(|_| shown != level) {
                levels.insert(location, shown);
            }
        }
        Self(levels)
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets the level of a heading.
    pub(super) fn set(&self, element: &mut Content) {
        let Some(level) = element.location().and_then(|location| self.0.get(&location)) else { return };
        if let Some(heading) = element.to_packed_mut::<HeadingElem>() {
            heading.level.set(Smart::Custom(*level));
        }
    }
}

/// The labels of the chapters that stand in a part of the book; without parts those of a theme, for a layout that makes parts
/// of themes.
fn held(job: &Job<'_>) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for (outline, end) in &outlines(job) {
        for part in outline.parts().iter().filter(|part| is_held(part, outline)) {
            let own = |lang| suffix(outline.languages()[0], lang);
            labels.extend(part.chapters().map(|chapter| format!("{}{}{end}", chapter.stem, own(&chapter.lang))));
        }
    }
    labels
}

fn is_held(part: &Part<'_>, outline: &Outline<'_>) -> bool {
    if !outline.divisions().is_empty() {
        return part.division.is_some();
    }
    let meta = &part.chapter.meta;
    matches!(meta.role, Role::Chapter | Role::Appendix) && meta.theme.is_some()
}
