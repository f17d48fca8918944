use super::super::{Check, Context};
use crate::align::{Number, Unit, numbers};
use crate::diagnostic::{Diagnostic, Severity};

pub(in crate::checks) const CHECK: Check = Check {
    name: "number",
    group: "values",
    summary: "a number has another value in the translation, or none",
    default_level: Severity::Error,
    docs: include_str!("number.md"),
    run,
};

/// A number and the unit that it stands in.
type Found<'a> = (&'a Unit<'a>, Number);

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (sources, targets) in context.groups() {
        let (theirs, ours) = (all(sources), all(targets));
        let lost: Vec<&Found<'_>> = without_counterpart(&theirs, &ours);
        let odd: Vec<&Found<'_>> = without_counterpart(&ours, &theirs);
        // One number of each side left over is one number that changed.
        for at in 0..lost.len().max(odd.len()) {
            found.push(match (lost.get(at), odd.get(at)) {
                (Some((source, lost)), Some((target, odd))) => changed(source, lost, target, odd),
                (Some((source, lost)), None) => dropped(source, lost, &targets[0]),
                (None, odd) => {
                    let (target, odd) = odd.expect("one of the two is there");
                    added(&sources[0], target, odd)
                }
            });
        }
    }
}

fn all<'a>(units: &'a [Unit<'a>]) -> Vec<Found<'a>> {
    units.iter().flat_map(|unit| numbers(&unit.text, unit.lang).into_iter().map(move |number| (unit, number))).collect()
}

fn without_counterpart<'f, 'a>(numbers: &'f [Found<'a>], others: &[Found<'_>]) -> Vec<&'f Found<'a>> {
    numbers.iter().filter(|(_, n)| n.accuses() && !others.iter().any(|(_, other)| n.same_value(other))).collect()
}

fn changed(source: &Unit<'_>, lost: &Number, target: &Unit<'_>, odd: &Number) -> Diagnostic {
    let (theirs, ours) = (written(source, lost), written(target, odd));
    Diagnostic::error(CHECK.name, format!("{ours} here, {theirs} in {}", source.lang))
        .at_with(target.place(odd.range.clone()), value(odd))
        .label(source.place(lost.range.clone()), value(lost))
        .hint("correct the one that is wrong; 万 is 10 thousand, 亿 is 100 million")
}

fn dropped(source: &Unit<'_>, lost: &Number, target: &Unit<'_>) -> Diagnostic {
    Diagnostic::error(CHECK.name, format!("the number {} is missing in {}", written(source, lost), target.lang))
        .at_with(target.span, "not here")
        .label(source.place(lost.range.clone()), value(lost))
        .hint("give the number in both languages")
}

fn added(source: &Unit<'_>, target: &Unit<'_>, odd: &Number) -> Diagnostic {
    Diagnostic::error(CHECK.name, format!("the number {} is not in {}", written(target, odd), source.lang))
        .at_with(target.place(odd.range.clone()), value(odd))
        .label(source.span, "not here")
        .hint("give the number in both languages")
}

fn written(unit: &Unit<'_>, number: &Number) -> String {
    unit.text[number.range.clone()].to_owned()
}

/// The value in digits, groups of three apart from 10,000 on: years have none.
fn value(number: &Number) -> String {
    let text = number.value.to_string();
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(w, d)| (w, Some(d)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len() > 4 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    decimals.map_or(out.clone(), |decimals| format!("{out}.{decimals}"))
}
