//! What is said of a drift.

use super::value::Value;
use super::{Cause, Drift, What};
use crate::checks::Context;
use crate::checks::habits::Habits;
use crate::checks::references::{added, missing};
use crate::checks::values::measure::amount;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::model::Lang;
use crate::source::Span;

/// Reports the drifts of one cause.
pub(in crate::checks) fn report(context: &Context<'_>, check: Code, cause: Cause, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let of_cause = || context.drifts.iter().filter(move |drift| drift.cause == cause);
    let converted: Vec<&Drift> = of_cause().filter(|drift| drift.what == What::Converted).collect();
    found.extend(conversions(&converted, check, source));
    let drifts = of_cause().filter(|drift| drift.what != What::Converted);
    let mut habits = Habits::of(check);
    for drift in drifts {
        let finding = drift.finding(check, source, target);
        match (&drift.lost, &drift.extra) {
            (None, Some(extra)) => habits.deviation(reworded(extra, target, source), finding),
            (Some(lost), None) if drift.what != What::Repeated => {
                habits.deviation(reworded(lost, source, target), finding)
            }
            _ => habits.alone(finding),
        }
    }
    habits.report(found);
}

/// Units that the translation converts are told once.
fn conversions(drifts: &[&Drift], check: Code, source: &Lang) -> Option<Diagnostic> {
    let first = drifts.first()?;
    let (theirs, ours) = (first.lost.as_ref()?, first.extra.as_ref()?);
    let (there, here) = (theirs.shown.as_str(), ours.shown.as_str());
    let message = plural!(
        places = drifts.len(),
        "this translation converts units, in {places} place: ‘{here}’ for ‘{there}’",
        "this translation converts units, in {places} places: ‘{here}’ for ‘{there}’, for one",
        here,
        there
    );
    let label = msg!("in {language}", language = source.name());
    Some(Diagnostic::new(Severity::Info, check, message).at(ours.span).label(theirs.span, label))
}

/// What a language says in numbers that the other one puts differently.
fn reworded(value: &Value, language: &Lang, other: &Lang) -> Message {
    msg!(
        "{language} says ‘{words}’ where {other} puts it differently",
        language = language.name(),
        words = &value.shown,
        other = other.name()
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
            (Some(one), Some(other)) if self.what == What::Exchanged => msg!(
                "‘{one}’ and ‘{other}’ have changed places, compared with {language}",
                one = &one.shown,
                other = &other.shown,
                language = source.name()
            ),
            (Some(lost), Some(extra)) => differing(&extra.shown, &lost.shown, source),
            (Some(lost), None) if self.what == What::Repeated => {
                msg!("{language} says ‘{words}’ more often here", language = source.name(), words = &lost.shown)
            }
            (Some(lost), None) => missing(kind, &lost.shown, target),
            (None, Some(extra)) => added(kind, &extra.shown, source),
            (None, None) => unreachable!("invariant: a drift has a value"),
        };
        let hint = match (&self.lost, &self.extra) {
            (Some(_), Some(_)) if self.cause == Cause::Magnitude => correct_the_scale(),
            (Some(_), Some(_)) => msg!("correct the one that is wrong"),
            _ => msg!("give the same value in both languages"),
        };
        if let (Some(one), Some(other), What::Exchanged) = (&self.lost, &self.extra, self.what) {
            return Diagnostic::new(self.severity, check, message)
                .at(self.target)
                .label(one.span, Message::empty())
                .label(other.span, Message::empty())
                .hint(msg!("put each number in its place"));
        }
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
