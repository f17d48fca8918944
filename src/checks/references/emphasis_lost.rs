use super::super::compare::inlines;
use super::super::habits::Habits;
use super::super::{Check, Context};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Inline, InlineKind, text};

pub(in crate::checks) const CHECK: Check = Check {
    name: "emphasis-lost",
    group: "references",
    summary: "words that are emphasised in the source are not in the translation",
    default_level: Severity::Info,
    docs: include_str!("emphasis_lost.md"),
    docs_zh: include_str!("emphasis_lost.zh.md"),
    run,
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (&context.alignment.source, &context.alignment.target);
    let lost_habit = format!("emphasis of {source} is left out in {target}");
    let added_habit = format!("{target} emphasises what {source} does not");
    let mut habits = Habits::of(CHECK.name);
    for (sources, targets) in context.groups() {
        // Marks that stand in the text as they are: `emphasis-markers` tells.
        if marks(sources) != marks(targets) {
            continue;
        }
        let (theirs, ours) = (emphasised(context, sources), emphasised(context, targets));
        habits.kept(&lost_habit, theirs.len().min(ours.len()));
        let differ = |message: String, place, other| {
            Diagnostic::new(Severity::Info, CHECK.name, message).at(place).label(other, format!("in {source}"))
        };
        // The title of a book is set in italics in one language and between 《 and 》 in the other.
        let titles = |units: &[Unit<'_>]| units.iter().map(|unit| unit.text.matches('《').count()).sum::<usize>();
        let spare = titles(sources).abs_diff(titles(targets));
        if theirs.len() != ours.len() && theirs.len().abs_diff(ours.len()) <= spare {
            continue;
        }
        if theirs.len() > ours.len() {
            // Which one it is can only be guessed: one whose words stand in the other text marks itself.
            let lost = theirs[ours.len()..].first().expect("one more");
            let message = format!("{} emphasised here, {} in {source}", count(ours.len()), count(theirs.len()));
            let finding =
                differ(message, targets[0].span, lost.span).hint("emphasise the same words in both languages");
            habits.odd(lost_habit.as_str(), finding);
        } else if ours.len() > theirs.len() {
            let odd = &ours[theirs.len()];
            let message = format!("{} emphasised here, {} in {source}", count(ours.len()), count(theirs.len()));
            habits.odd(added_habit.as_str(), differ(message, odd.span, sources[0].span));
        } else if theirs.is_empty() {
            habits.kept(&added_habit, 1);
        }
    }
    habits.report(found);
}

fn count(places: usize) -> String {
    match places {
        0 => "nothing is".to_owned(),
        1 => "one place is".to_owned(),
        many => format!("{many} places are"),
    }
}

/// The emphasised parts of units. A gloss in brackets, **所有权** (*ownership*), does not count: it stands beside one.
fn emphasised<'a>(context: &Context<'_>, units: &[Unit<'a>]) -> Vec<&'a Inline> {
    let mut found: Vec<&Inline> = Vec::new();
    for unit in units {
        inlines(unit, &mut |inline| {
            let (InlineKind::Emph(body) | InlineKind::Strong(body)) = &inline.kind else { return };
            let within =
                found.last().is_some_and(|last| last.span.end >= inline.span.end && last.span.file == inline.span.file);
            if !within && !context.is_excused(inline.span) && !is_gloss(context, inline, body) {
                found.push(inline);
            }
        });
    }
    found
}

fn is_gloss(context: &Context<'_>, inline: &Inline, body: &[Inline]) -> bool {
    let whole = context.sources.get(inline.span.file).text();
    let before = whole[..inline.span.start].trim_end().chars().next_back();
    let foreign = text::plain(body).is_ascii();
    foreign
        && matches!(before, Some('（' | '(' | '，' | ',' | '/' | '、'))
        && whole[..inline.span.start].chars().rev().take(60).any(|c| matches!(c, '（' | '('))
}

/// How many marks of strong emphasis stand in the text of units as they are.
fn marks(units: &[Unit<'_>]) -> usize {
    units.iter().map(|unit| unit.text.matches("**").count()).sum()
}
