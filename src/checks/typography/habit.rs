//! What a book does throughout is a habit and is reported once; what it does now and then is a slip and is reported each
//! time.

use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;

/// The fewest times that make a habit.
const HABIT: usize = 8;

/// Places of a language that break one rule, and how often the rule is kept.
#[derive(Default)]
pub(super) struct Tally {
    slips: Vec<Diagnostic>,
    kept: usize,
}

impl Tally {
    pub(super) fn slip(&mut self, finding: Diagnostic) {
        self.slips.push(finding);
    }

    pub(super) fn keep(&mut self, times: usize) {
        self.kept += times;
    }

    /// Reports every slip; or, if the rule is broken half as often as kept or more, the habit at its first place.
    pub(super) fn report(self, habit: Message, found: &mut Vec<Diagnostic>) {
        if self.slips.len() < HABIT || 2 * self.slips.len() < self.kept {
            found.extend(self.slips);
            return;
        }
        let count = self.slips.len();
        let mut finding = self.slips.into_iter().next().expect("there are several");
        finding.severity = Severity::Info;
        finding.message = plural!(
            count,
            "{habit}: {count} time, against {kept} in the usual form; reported once",
            "{habit}: {count} times, against {kept} in the usual form; reported once",
            habit,
            kept = self.kept
        );
        finding.edits.clear();
        found.push(finding);
    }
}
