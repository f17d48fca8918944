//! What a book says of findings: the levels under `checks:` in `book.yaml`, and the waivers in its chapters.

use super::{Book, Waiver};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};

impl Book {
    /// Every waiver of its chapters.
    pub fn waivers(&self) -> impl Iterator<Item = &Waiver> {
        self.chapters.values().flatten().flat_map(|chapter| &chapter.waivers)
    }

    /// Whether a comment in a chapter waives a finding.
    pub fn waives(&self, finding: &Diagnostic) -> bool {
        let names = |waiver: &Waiver| waiver.checks.iter().any(|name| finding.check == name.value.as_str());
        self.waivers().any(|waiver| names(waiver) && waiver.applies_to(finding))
    }

    /// Gives findings that no check made the levels of `book.yaml`, and takes out those that are off there or waived in a
    /// chapter; only of the codes that [have a level](codes::is_levelled).
    pub fn settle(&self, found: &mut Vec<Diagnostic>) {
        found.retain_mut(|finding| {
            let Some(entry) = codes::named(finding.check.as_str()).filter(|entry| codes::is_levelled(entry.code))
            else {
                return true;
            };
            match self.check_levels.get(finding.check.as_str()).map(|level| level.value) {
                Some(None) => return false,
                Some(Some(level)) => finding.raise(entry.severity, level),
                None => {}
            }
            !self.waives(finding)
        });
    }
}

impl Waiver {
    /// Whether a place of a finding lies in the block that it stands for.
    pub fn applies_to(&self, finding: &Diagnostic) -> bool {
        let mut places = finding.primary.iter().chain(&finding.labels);
        self.target.is_some_and(|block| places.any(|label| block.encloses(label.span)))
    }
}

impl Diagnostic {
    /// Gives a finding the level that is set for findings whose usual level is `usual`. What is less grave than usual stays so.
    pub fn raise(&mut self, usual: Severity, level: Severity) {
        self.severity = if self.severity >= usual { level } else { self.severity.min(level) };
    }
}
