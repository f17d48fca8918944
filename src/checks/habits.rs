//! What a translation does as a rule is told once, with its count, and not at every place.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};

/// From how many places on something can be a habit.
const LEAST: usize = 5;

/// Places where a rule is broken, and how often it is kept, each under the name of what is done there.
pub(super) struct Habits {
    check: &'static str,
    odd: BTreeMap<String, Vec<Diagnostic>>,
    kept: BTreeMap<String, usize>,
    alone: Vec<Diagnostic>,
}

impl Habits {
    pub(super) fn of(check: &'static str) -> Self {
        Self { check, odd: BTreeMap::new(), kept: BTreeMap::new(), alone: Vec::new() }
    }

    /// Counts places where the translation does not do this.
    pub(super) fn kept(&mut self, habit: &str, places: usize) {
        *self.kept.entry(habit.to_owned()).or_default() += places;
    }

    /// Takes up a place where it does.
    pub(super) fn odd(&mut self, habit: impl Into<String>, finding: Diagnostic) {
        self.odd.entry(habit.into()).or_default().push(finding);
    }

    /// Takes up what is never a habit.
    pub(super) fn alone(&mut self, finding: Diagnostic) {
        self.alone.push(finding);
    }

    /// Tells of each habit once, and of everything else at its place.
    pub(super) fn report(self, found: &mut Vec<Diagnostic>) {
        found.extend(self.alone);
        for (habit, findings) in self.odd {
            let (odd, kept) = (findings.len(), self.kept.get(&habit).copied().unwrap_or(0));
            if odd < LEAST || odd <= kept {
                found.extend(findings);
                continue;
            }
            let first = findings.into_iter().next().expect("at least one place");
            let of = if kept > 0 { format!(" of {}", odd + kept) } else { String::new() };
            let message = format!("a habit of this translation, in {odd}{of} places: {habit}");
            found.push(Diagnostic { primary: first.primary, labels: first.labels, ..told(self.check, message) });
        }
    }
}

fn told(check: &'static str, message: String) -> Diagnostic {
    Diagnostic::new(Severity::Info, check, message)
        .hint("if it is not meant, mend every place; once it is no longer the rule, each one is reported")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(odd: usize, kept: usize) -> Vec<Diagnostic> {
        let mut habits = Habits::of("emphasis-lost");
        (0..odd).for_each(|_| habits.odd("emphasis is left out", Diagnostic::warning("emphasis-lost", "lost")));
        habits.kept("emphasis is left out", kept);
        let mut found = Vec::new();
        habits.report(&mut found);
        found
    }

    #[test]
    fn the_rule_is_told_once_and_the_exception_each_time() {
        let habit = report(7, 2);
        assert_eq!(habit.len(), 1);
        assert_eq!(habit[0].severity, Severity::Info);
        assert!(habit[0].message.ends_with("in 7 of 9 places: emphasis is left out"), "{}", habit[0].message);
        assert_eq!(report(7, 7).len(), 7);
        assert_eq!(report(4, 0).len(), 4);
    }
}
