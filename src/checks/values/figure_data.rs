use super::super::{Check, Context, Look};
use super::chart::{self, Drawn};
use super::drift::differing;
use super::drift::kinds::Class;
use crate::align::{Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::number::{Number, numbers};
use crate::message::Message;
use crate::model::Attr;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("figure-data"),
    group: "values",
    summary: msg!("a chart or key figure has different values in the translation"),
    default_level: Severity::Error,
    page: page!("figure_data"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (source, target) in context.translations() {
        match (source.kind, target.kind) {
            (UnitKind::Chart(theirs), UnitKind::Chart(ours)) => {
                let differences = chart::differences(Drawn::of(source, theirs), Drawn::of(target, ours));
                let findings = differences.into_iter();
                found.extend(findings.map(|(severity, message)| finding(severity, source, target, message)));
            }
            (UnitKind::Container(..), UnitKind::Container(..)) => figures_of_note(source, target, found),
            _ => {}
        }
    }
}

fn figures_of_note(source: &Unit<'_>, target: &Unit<'_>, found: &mut Vec<Diagnostic>) {
    let (theirs, ours) = match (value(source), value(target)) {
        (None, None) => return,
        (Some(theirs), Some(ours)) => (theirs, ours),
        _ => {
            let message = msg!("only one language gives this figure");
            return found.push(finding(Severity::Error, source, target, message));
        }
    };
    if theirs.value.trim() == ours.value.trim() {
        return;
    }
    if !agree(&numbers(&theirs.value, source.lang), &numbers(&ours.value, target.lang)) {
        found.push(
            Diagnostic::error(CHECK.name, differing(&ours.value, &theirs.value, source.lang))
                .at(ours.span)
                .label(theirs.span, msg!("in {language}", language = source.lang.name()))
                .hint(msg!("correct the one that is wrong")),
        );
    }
}

/// The figure of a building block.
fn value<'a>(unit: &Unit<'a>) -> Option<&'a Attr> {
    match unit.kind {
        UnitKind::Container(_, attrs) => attrs.iter().find(|attr| attr.key == "value"),
        _ => None,
    }
}

/// Whether two figures have the same values with the same units, in any order. What is said in words may be said by the text
/// around the figure.
fn agree(theirs: &[Number], ours: &[Number]) -> bool {
    let mut rest: Vec<&Number> = ours.iter().collect();
    for number in theirs {
        match rest.iter().position(|other| is_one(number, other)) {
            Some(at) => _ = rest.remove(at),
            None if number.accuses() => return false,
            None => {}
        }
    }
    !rest.iter().any(|number| number.accuses())
}

/// Whether two numbers say the same; a unit can be left to the text around the figure.
fn is_one(a: &Number, b: &Number) -> bool {
    let units = a.unit.is_none() || b.unit.is_none() || a.unit == b.unit;
    a.same_value(b) && units && !Class::of(a).contradicts(Class::of(b))
}

fn finding(severity: Severity, source: &Unit<'_>, target: &Unit<'_>, message: Message) -> Diagnostic {
    Diagnostic::new(severity, CHECK.name, message)
        .at(target.span)
        .label(source.span, msg!("in {language}", language = source.lang.name()))
        .hint(msg!("give the same data in both languages"))
}
