//! What a book does throughout is a habit and is reported once; what it does now and then is a slip and is reported each
//! time; of many slips of one kind the first says how many there are, and the others are information.

use crate::checks::Context;
use crate::checks::prose::Prose;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::{Book, Lang};

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

    /// Reports a habit once, slips at their places, and of many slips how many they are.
    pub(super) fn report(self, habit: Message, book: &Book, found: &mut Vec<Diagnostic>) {
        let slips = self.without_habit(habit, found);
        found.extend(counted(slips, book));
    }

    /// If the rule is broken half as often as kept or more, reports the habit at its first place; else gives the slips.
    pub(super) fn without_habit(self, habit: Message, found: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
        if self.slips.len() < HABIT || 2 * self.slips.len() < self.kept {
            return self.slips;
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
        Vec::new()
    }
}

/// Tallies what each text of a language keeps and breaks of one rule, and reports it; what is wholly in another language is
/// not looked at.
pub(super) fn tallied(
    context: &Context<'_>,
    lang: &Lang,
    habit: Message,
    found: &mut Vec<Diagnostic>,
    look: impl Fn(&Prose<'_>, &mut Tally),
) {
    let mut tally = Tally::default();
    context.own_prose(lang).for_each(|prose| look(prose, &mut tally));
    tally.report(habit, context.book, found);
}

/// Slips of one kind. Of many, the first that no comment waives says how many others there are, and those are information:
/// each keeps its place and its fix.
pub(super) fn counted(mut slips: Vec<Diagnostic>, book: &Book) -> Vec<Diagnostic> {
    if slips.len() < HABIT {
        return slips;
    }
    slips.sort_by_key(|slip| slip.primary.as_ref().map(|label| label.span));
    let others = slips.len() - 1;
    let Some(told) = slips.iter().position(|slip| !book.waives(slip)) else { return slips };
    for (at, slip) in slips.iter_mut().enumerate() {
        if at == told {
            slip.hints.push(plural!(
                others,
                "there is {others} more place like it in this book, told as information",
                "there are {others} more places like it in this book, told as information"
            ));
        } else {
            slip.severity = slip.severity.min(Severity::Info);
        }
    }
    slips
}
