use super::super::compare::inlines;
use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use crate::align::Unit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Message;
use crate::model::{Inline, InlineKind, text};

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("emphasis-lost"),
    group: "references",
    summary: msg!("words emphasised in the source are not emphasised in the translation"),
    default_level: Severity::Info,
    page: page!("emphasis_lost"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (context.alignment.source.name(), context.alignment.target.name());
    let lost_habit = msg!("{target} leaves out the emphasis of {source}", target = &target, source = &source);
    let added_habit = msg!("{target} emphasises what {source} does not", target, source = &source);
    let mut habits = Habits::of(CHECK.name);
    for (sources, targets) in context.groups() {
        // Unpaired marks count as text; `literal-markup` reports them.
        if marks(sources) != marks(targets) {
            continue;
        }
        let (theirs, ours) = (emphasised(context, sources), emphasised(context, targets));
        habits.kept(&lost_habit, theirs.len().min(ours.len()));
        let differ = |place, other| {
            let message = msg!(
                "different emphasis: {here} here, {there} in {language}",
                here = count(ours.len()),
                there = count(theirs.len()),
                language = &source
            );
            let label = msg!("in {language}", language = &source);
            Diagnostic::new(Severity::Info, CHECK.name, message).at(place).label(other, label)
        };
        // The title of a book is set in italics in one language and between 《 and 》 in the other.
        let titles = |units: &[Unit<'_>]| units.iter().map(|unit| unit.text.matches('《').count()).sum::<usize>();
        let spare = titles(sources).abs_diff(titles(targets));
        if theirs.len() != ours.len() && theirs.len().abs_diff(ours.len()) <= spare {
            continue;
        }
        if theirs.len() > ours.len() {
            // Which one is lost can only be guessed.
            let lost = theirs[ours.len()];
            let finding = differ(targets[0].span, lost.span).hint(msg!("emphasise the same words in both languages"));
            habits.deviation(lost_habit.clone(), finding);
        } else if ours.len() > theirs.len() {
            let extra = &ours[theirs.len()];
            habits.deviation(added_habit.clone(), differ(extra.span, sources[0].span));
        } else if theirs.is_empty() {
            habits.kept(&added_habit, 1);
        }
    }
    habits.report(found);
}

fn count(places: usize) -> Message {
    if places == 0 { msg!("none") } else { plural!(places, "{places} place", "{places} places") }
}

/// The emphasised parts of units. A gloss in brackets, as in **所有权** (*ownership*), does not count.
fn emphasised<'a>(context: &Context<'_>, units: &[Unit<'a>]) -> Vec<&'a Inline> {
    let mut found: Vec<&Inline> = Vec::new();
    for unit in units {
        inlines(unit, &mut |inline| {
            let (InlineKind::Emph(body) | InlineKind::Strong(body)) = &inline.kind else { return };
            let within = found.last().is_some_and(|last| last.span.encloses(inline.span));
            if !within && !context.is_excused(inline.span) && !is_gloss(context, inline, body) {
                found.push(inline);
            }
        });
    }
    found
}

fn is_gloss(context: &Context<'_>, inline: &Inline, body: &[Inline]) -> bool {
    let upto = context.sources.get(inline.span.file).slice(0..inline.span.start);
    let before = upto.trim_end().chars().next_back();
    let foreign = text::plain(body).is_ascii();
    foreign
        && matches!(before, Some('（' | '(' | '，' | ',' | '/' | '、'))
        && upto.chars().rev().take(60).any(|c| matches!(c, '（' | '('))
}

/// The number of marks of strong emphasis that the text of units has as they are.
fn marks(units: &[Unit<'_>]) -> usize {
    units.iter().map(|unit| unit.text.matches("**").count()).sum()
}
