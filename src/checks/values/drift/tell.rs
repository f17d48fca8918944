//! What is said about a drift.

use super::{Cause, Drift, Value};
use crate::align::{Kind, Number};
use crate::checks::Context;
use crate::checks::habits::Habits;
use crate::diagnostic::Diagnostic;
use crate::model::Lang;
use crate::source::Span;

/// Tells of the drifts of one cause.
pub(in crate::checks) fn report(context: &Context<'_>, check: &'static str, cause: Cause, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let drifts = context.drifts.iter().filter(|drift| drift.cause == cause);
    let mut habits = Habits::of(check);
    for drift in drifts {
        let finding = drift.finding(check, source, target);
        match (&drift.lost, &drift.odd) {
            (None, Some(odd)) => {
                habits.odd(format!("{target} says {} where {source} says it in another way", odd.written), finding);
            }
            _ => habits.alone(finding),
        }
    }
    habits.report(found);
}

impl Drift {
    fn finding(&self, check: &'static str, source: &Lang, target: &Lang) -> Diagnostic {
        let message = match (&self.lost, &self.odd) {
            (Some(lost), Some(odd)) => format!("{} here, {} in {source}", odd.written, lost.written),
            (Some(lost), None) => format!("the {} {} is missing in {target}", name(self.cause), lost.written),
            (None, odd) => {
                format!("the {} {} is not in {source}", name(self.cause), odd.as_ref().map_or("", |odd| &odd.written))
            }
        };
        let hint = match (&self.lost, &self.odd) {
            (Some(_), Some(_)) if self.cause == Cause::Magnitude => {
                "correct the one that is wrong; 万 is 10 thousand, 亿 is 100 million"
            }
            (Some(_), Some(_)) => "correct the one that is wrong",
            _ => "give the same in both languages",
        };
        let place = |value: &Option<Value>, unit: Span| match value {
            Some(value) => (value.span, shown(&value.number)),
            None => (unit, "not here".to_owned()),
        };
        let (ours, theirs) = (place(&self.odd, self.target), place(&self.lost, self.source));
        Diagnostic::new(self.severity, check, message).at_with(ours.0, ours.1).label(theirs.0, theirs.1).hint(hint)
    }
}

fn name(cause: Cause) -> &'static str {
    match cause {
        Cause::Number | Cause::Magnitude | Cause::Unit => "number",
        Cause::Percentage => "percentage",
        Cause::Currency => "sum",
        Cause::Date => "date",
        Cause::Year => "year",
        Cause::Range => "range",
        Cause::Version => "version",
    }
}

/// The value in digits with its unit, groups of three apart from 10,000 on: years have none.
fn shown(number: &Number) -> String {
    let text = number.value.to_string();
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(w, d)| (w, Some(d)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len() > 4 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out = format!("{out}.{decimals}");
    }
    match (number.kind, number.unit) {
        (Kind::Percent, _) => format!("{out} %"),
        (_, Some(unit)) => format!("{out} {unit}"),
        _ => out,
    }
}
