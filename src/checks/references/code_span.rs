use super::super::compare::changes;
use super::super::{Check, Context};
use crate::diagnostic::{Diagnostic, Severity, edit_distance};
use crate::model::{InlineKind, Lang};

pub(in crate::checks) const CHECK: Check = Check {
    name: "code-span",
    group: "references",
    summary: "code in a line differs in the translation",
    default_level: Severity::Warning,
    docs: include_str!("code_span.md"),
    docs_zh: include_str!("code_span.zh.md"),
    run,
};

use super::super::compare::{Change, alike};
use super::super::habits::Habits;
use crate::align::Unit;

/// By how many letters code differs that was mistyped.
const SLIP: usize = 2;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let read = |inline: &crate::model::Inline| match &inline.kind {
        InlineKind::Code(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        _ => None,
    };
    let mut habits = Habits::of(CHECK.name);
    let compared = changes(context, &|unit| super::items(unit, read), false);
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    for (code, kept) in &compared.kept {
        habits.kept(&unmarked(code, target), *kept);
        habits.kept(&unmarked(code, source), *kept);
    }
    habits.kept(&left_out(source, target), compared.all_kept());
    for change in compared.changes {
        match (&change.lost, &change.odd) {
            (Some(lost), Some(odd)) if alike(&lost.key, &odd.key) => {
                found.push(changed(context, &change, &lost.key, &odd.key))
            }
            (Some(lost), _) => one_sided(context, &change, &lost.key, true, &mut habits),
            (None, Some(odd)) => one_sided(context, &change, &odd.key, false, &mut habits),
            (None, None) => {}
        }
    }
    habits.report(found);
}

fn changed(context: &Context<'_>, change: &Change<'_>, lost: &str, odd: &str) -> Diagnostic {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    super::finding(CHECK.name, severity(lost, odd), "the code", change, source, target)
}

/// A letter more or less is a slip. More or less of a name, a plural or other signs around it are a matter of style.
fn severity(a: &str, b: &str) -> Severity {
    let letters = |code: &str| code.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (x, y) = (letters(a), letters(b));
    match () {
        () if x == y => Severity::Info,
        () if x.contains(&y) || y.contains(&x) || edit_distance(&x, &y) > SLIP => Severity::Warning,
        () => Severity::Error,
    }
}

fn one_sided(context: &Context<'_>, change: &Change<'_>, code: &str, lost: bool, habits: &mut Habits) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let (with, without) = if lost { (source, target) } else { (target, source) };
    let others: &[Unit<'_>] = if lost { change.targets } else { change.sources };
    let there = others.iter().any(|unit| context.sources.snippet(unit.span).contains(code));
    let (finding, habit) = if there {
        let message = format!("‘{code}’ is marked as code in {with} and not in {without}");
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message).hint("mark it with ` in both languages");
        (finding, unmarked(code, without))
    } else if lost {
        let message = format!("the code ‘{code}’ is missing in {target}");
        let finding = Diagnostic::new(Severity::Warning, CHECK.name, message).hint("write it in both languages");
        (finding, left_out(source, target))
    } else {
        let message = format!("the code ‘{code}’ is not in {source}");
        let finding = Diagnostic::new(Severity::Info, CHECK.name, message).hint("write it in both languages");
        (finding, format!("{with} names code where {without} does not"))
    };
    habits.odd(habit, finding.at(change.place()).label(change.other(), ""));
}

fn unmarked(code: &str, without: &Lang) -> String {
    format!("‘{code}’ stands unmarked in {without}")
}

fn left_out(source: &Lang, target: &Lang) -> String {
    format!("code of {source} is left out in {target}")
}
