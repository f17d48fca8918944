//! What a translation does as a rule is reported once, with its count, and not at every place.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::Message;

/// The fewest places that make a habit.
const LEAST: usize = 5;

/// Places where a rule is broken, and how often it is kept, each under the description of what is done there.
pub(super) struct Habits {
    check: Code,
    deviations: BTreeMap<Message, Vec<Diagnostic>>,
    kept: BTreeMap<Message, usize>,
    alone: Vec<Diagnostic>,
}

impl Habits {
    pub(super) fn of(check: Code) -> Self {
        Self { check, deviations: BTreeMap::new(), kept: BTreeMap::new(), alone: Vec::new() }
    }

    /// Counts places where the translation does not do this.
    pub(super) fn kept(&mut self, habit: &Message, places: usize) {
        *self.kept.entry(habit.clone()).or_default() += places;
    }

    /// Adds a place where it does.
    pub(super) fn deviation(&mut self, habit: Message, finding: Diagnostic) {
        self.deviations.entry(habit).or_default().push(finding);
    }

    /// Adds what is never a habit.
    pub(super) fn alone(&mut self, finding: Diagnostic) {
        self.alone.push(finding);
    }

    /// Reports each habit once, and everything else at its place.
    pub(super) fn report(self, found: &mut Vec<Diagnostic>) {
        found.extend(self.alone);
        for (habit, findings) in self.deviations {
            let (deviating, kept) = (findings.len(), self.kept.get(&habit).copied().unwrap_or(0));
            if deviating < LEAST || deviating <= kept {
                found.extend(findings);
                continue;
            }
            let first = findings.into_iter().next().expect("at least one place");
            let message =
                msg!("a habit of this translation ({places}): {habit}", places = places(deviating, kept), habit);
            found.push(Diagnostic { primary: first.primary, labels: first.labels, ..reported(self.check, message) });
        }
    }
}

fn places(deviating: usize, kept: usize) -> Message {
    if kept == 0 {
        plural!(places = deviating, "{places} place", "{places} places")
    } else {
        plural!(places = deviating + kept, "{deviating} of {places} place", "{deviating} of {places} places", deviating)
    }
}

fn reported(check: Code, message: Message) -> Diagnostic {
    Diagnostic::new(Severity::Info, check, message)
        .hint(msg!("if it is not intended, fix every place; once it is no longer the rule, each place is reported"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(deviating: usize, kept: usize) -> Vec<Diagnostic> {
        let mut habits = Habits::of("emphasis-lost".into());
        let habit = Message::data("emphasis is left out");
        let finding = Diagnostic::warning("emphasis-lost".into(), Message::data("lost"));
        for _ in 0..deviating {
            habits.deviation(habit.clone(), finding.clone());
        }
        habits.kept(&habit, kept);
        let mut found = Vec::new();
        habits.report(&mut found);
        found
    }

    #[test]
    fn the_rule_is_reported_once_and_the_exception_each_time() {
        let habit = report(7, 2);
        assert_eq!(habit.len(), 1);
        assert_eq!(habit[0].severity, Severity::Info);
        assert_eq!(habit[0].message.to_string(), "a habit of this translation (7 of 9 places): emphasis is left out");
        assert_eq!(report(7, 7).len(), 7);
        assert_eq!(report(4, 0).len(), 4);
    }
}
