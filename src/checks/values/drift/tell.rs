//! What is said of a drift.

use super::{Cause, Drift, Value};
use crate::checks::Context;
use crate::checks::habits::Habits;
use crate::checks::references::{added, missing};
use crate::checks::values::measure::amount;
use crate::diagnostic::{Code, Diagnostic};
use crate::message::Message;
use crate::model::Lang;
use crate::source::Span;

/// Reports the drifts of one cause.
pub(in crate::checks) fn report(context: &Context<'_>, check: Code, cause: Cause, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let drifts = context.drifts.iter().filter(|drift| drift.cause == cause);
    let mut habits = Habits::of(check);
    for drift in drifts {
        let finding = drift.finding(check, source, target);
        match (&drift.lost, &drift.extra) {
            (None, Some(extra)) => habits.deviation(reworded(extra, source, target), finding),
            _ => habits.alone(finding),
        }
    }
    habits.report(found);
}

fn reworded(extra: &Value, source: &Lang, target: &Lang) -> Message {
    msg!(
        "{target} says ‘{words}’ where {source} puts it differently",
        target = target.name(),
        words = &extra.written,
        source = source.name()
    )
}

/// What to say of a value that differs.
pub(in crate::checks) fn differing(ours: &str, theirs: &str, source: &Lang) -> Message {
    msg!("‘{ours}’ here, but ‘{theirs}’ in {language}", ours, theirs, language = source.name())
}

/// The hint for a value that is ten, a hundred or ten thousand times too large or too small.
pub(in crate::checks) fn correct_the_scale() -> Message {
    msg!("correct the one that is wrong; 万 is 10 thousand, 亿 is 100 million")
}

impl Drift {
    fn finding(&self, check: Code, source: &Lang, target: &Lang) -> Diagnostic {
        let kind = self.cause.word();
        let message = match (&self.lost, &self.extra) {
            (Some(lost), Some(extra)) => differing(&extra.written, &lost.written, source),
            (Some(lost), None) => missing(kind, &lost.written, target),
            (None, Some(extra)) => added(kind, &extra.written, source),
            (None, None) => unreachable!("invariant: a drift has a value"),
        };
        let hint = match (&self.lost, &self.extra) {
            (Some(_), Some(_)) if self.cause == Cause::Magnitude => correct_the_scale(),
            (Some(_), Some(_)) => msg!("correct the one that is wrong"),
            _ => msg!("give the same value in both languages"),
        };
        let (ours, theirs) = (place(self.extra.as_ref(), self.target), place(self.lost.as_ref(), self.source));
        Diagnostic::new(self.severity, check, message).at_with(ours.0, ours.1).label(theirs.0, theirs.1).hint(hint)
    }
}

/// The place of a value with what it says, or that of the unit that lacks it.
fn place(value: Option<&Value>, unit: Span) -> (Span, Message) {
    value.map_or((unit, msg!("not here")), |value| (value.span, amount(&value.number)))
}

impl Cause {
    /// What a value of this kind is called in a sentence.
    fn word(self) -> Message {
        match self {
            Cause::Number | Cause::Magnitude | Cause::Unit => msg!("number"),
            Cause::Percentage => msg!("percentage"),
            Cause::Currency => msg!("amount"),
            Cause::Date => msg!("date"),
            Cause::Year => msg!("year"),
            Cause::Range => msg!("range"),
            Cause::Version => msg!("version"),
        }
    }
}
