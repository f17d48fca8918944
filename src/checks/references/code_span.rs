use super::super::compare::{Change, Item, alike, changes};
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use super::{added, missing};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::{InlineKind, Lang};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("code-span"),
    group: "references",
    summary: msg!("inline code differs in the translation"),
    default_level: Severity::Warning,
    page: page!("code_span"),
    look: Look::Text(run),
};

/// The most letters by which mistyped code differs.
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
        match (&change.lost, &change.extra) {
            (Some(lost), Some(extra)) if alike(&lost.key, &extra.key) => {
                let severity = severity(&lost.key, &extra.key);
                found.push(super::finding(CHECK.name, severity, msg!("code"), &change, source, target));
            }
            (Some(lost), _) => one_sided(context, &change, lost, true, &mut habits),
            (None, Some(extra)) => one_sided(context, &change, extra, false, &mut habits),
            (None, None) => {}
        }
    }
    habits.report(found);
}

/// A letter more or less is a slip. Other signs, a plural, or more or less of a name are a matter of style.
fn severity(a: &str, b: &str) -> Severity {
    let letters = |code: &str| code.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (x, y) = (letters(a), letters(b));
    if x == y {
        Severity::Info
    } else if x.contains(&y) || y.contains(&x) || strsim::levenshtein(&x, &y) > SLIP {
        Severity::Warning
    } else {
        Severity::Error
    }
}

fn one_sided(context: &Context<'_>, change: &Change<'_>, item: &Item, lost: bool, habits: &mut Habits) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let (with, without) = if lost { (source, target) } else { (target, source) };
    let others: &[Unit<'_>] = if lost { change.targets } else { change.sources };
    let there = others.iter().any(|unit| context.sources.snippet(unit.span).contains(&item.key));
    let (severity, message, hint, habit) = if there {
        let message = msg!(
            "‘{code}’ is marked as code in {with}, but not in {without}",
            code = &item.key,
            with = with.name(),
            without = without.name()
        );
        let hint = msg!("put it between backticks in both languages");
        (Severity::Info, message, hint, unmarked(&item.key, without))
    } else if lost {
        let message = missing(msg!("code"), &item.key, target);
        (Severity::Warning, message, msg!("write it in both languages"), left_out(source, target))
    } else {
        let message = added(msg!("code"), &item.key, source);
        let habit = msg!("{target} has code where {source} has none", target = target.name(), source = source.name());
        (Severity::Info, message, msg!("write it in both languages"), habit)
    };
    let finding = Diagnostic::new(severity, CHECK.name, message).hint(hint);
    habits.deviation(habit, finding.at(change.place()).label(change.other(), Message::empty()));
}

fn unmarked(code: &str, without: &Lang) -> Message {
    msg!("‘{code}’ is not marked as code in {language}", code, language = without.name())
}

fn left_out(source: &Lang, target: &Lang) -> Message {
    msg!("{target} leaves out the code of {source}", target = target.name(), source = source.name())
}
