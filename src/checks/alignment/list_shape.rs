use super::super::habits::Habits;
use super::super::{Check, Context, Look, tags};
use crate::align::{Basis, ChapterPair, Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;
use crate::message::Message;
use crate::model::BlockKind;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("list-shape"),
    group: "alignment",
    summary: msg!("a list has a different form in the translation"),
    default_level: Severity::Warning,
    page: page!("list_shape"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    for (chapter, at, pair) in context.pairs() {
        if let (Some(source), Some(target)) = (pair.source(), pair.target()) {
            lists(source, target, &mut habits);
            found.extend(boxes(source, target));
            if !source.kind.matches(&target.kind) || is_other_callout(source, target) {
                other_form(context, source, target, &mut habits);
            }
        } else if let Some((source, target)) = opened(chapter, at) {
            other_form(context, source, target, &mut habits);
        } else if let Some((source, target)) = reshaped(chapter, at).filter(|_| pair.targets.is_empty()) {
            other_form(context, source, target, &mut habits);
        }
    }
    habits.report(found);
}

/// Whether two callouts say something of other weight: a warning that became a tip.
fn is_other_callout(source: &Unit<'_>, target: &Unit<'_>) -> bool {
    matches!((source.kind, target.kind), (UnitKind::Callout(theirs), UnitKind::Callout(ours)) if theirs != ours)
}

fn other_form(context: &Context<'_>, source: &Unit<'_>, target: &Unit<'_>, habits: &mut Habits) {
    if is_table_too(context, source, target) || is_table_too(context, target, source) {
        return;
    }
    let (theirs, ours) = (source.kind.word(), target.kind.word());
    let finding = differing(source, &theirs, target, &ours).hint(msg!("write it in the same form in both languages"));
    habits.deviation(habit(source, theirs, target, ours), finding);
}

/// Whether a text stands in a table of HTML, and its counterpart in one of Markdown.
fn is_table_too(context: &Context<'_>, html: &Unit<'_>, other: &Unit<'_>) -> bool {
    matches!(other.kind, UnitKind::Table | UnitKind::Cell) && tags::is_cell(html.span, context.sources)
}

fn lists(source: &Unit<'_>, target: &Unit<'_>, habits: &mut Habits) {
    let numbered = |unit: &Unit<'_>| match unit.block.map(|block| &block.kind) {
        Some(BlockKind::List { start, .. }) => Some(start.is_some()),
        _ => None,
    };
    let (Some(was), Some(is)) = (numbered(source), numbered(target)) else { return };
    let (theirs, ours) = (list(was), list(!was));
    let habit = habit(source, theirs.clone(), target, ours.clone());
    if was == is {
        return habits.kept(&habit, 1);
    }
    let finding = differing(source, &theirs, target, &ours).hint(msg!("use the same kind of list in both languages"));
    habits.deviation(habit, finding);
}

/// An item that is done in one language only, or has a box in one language only.
fn boxes(source: &Unit<'_>, target: &Unit<'_>) -> Option<Diagnostic> {
    let language = source.lang.name();
    let (message, hint) = match (source.done, target.done) {
        (theirs, ours) if theirs == ours => return None,
        (Some(true), Some(_)) => {
            (msg!("not ticked here, ticked in {language}", language), msg!("tick it in both languages or in neither"))
        }
        (Some(_), Some(_)) => {
            (msg!("ticked here, not ticked in {language}", language), msg!("tick it in both languages or in neither"))
        }
        (Some(_), None) => (
            msg!("no box to tick here, but one in {language}", language),
            msg!("write `- [ ] ` or `- [x] ` before the item"),
        ),
        (None, _) => (
            msg!("a box to tick here, but none in {language}", language),
            msg!("write the item in the same form in both languages"),
        ),
    };
    let found = Diagnostic::warning(CHECK.name, message).at(target.span);
    Some(found.label(source.span, msg!("in {language}", language = source.lang.name())).hint(hint))
}

/// The name of a kind of list.
fn list(numbered: bool) -> Message {
    if numbered { msg!("numbered list") } else { msg!("bullet list") }
}

fn differing(source: &Unit<'_>, theirs: &Message, target: &Unit<'_>, ours: &Message) -> Diagnostic {
    let language = source.lang.name();
    let message = msg!("different form: {ours} here, {theirs} in {language}", ours, theirs, language);
    Diagnostic::warning(CHECK.name, message).at_with(target.span, ours.clone()).label(source.span, theirs.clone())
}

fn habit(source: &Unit<'_>, theirs: Message, target: &Unit<'_>, ours: Message) -> Message {
    msg!(
        "{theirs} in {source}, {ours} in {target}",
        theirs,
        source = source.lang.name(),
        ours,
        target = target.lang.name()
    )
}

/// A unit of which only the parts have a counterpart, and what holds these in the other language: as source and target. None
/// where that is of the same kind, as where a list is cut in two, or where it tells of both.
fn opened<'c>(chapter: &'c ChapterPair<'_>, at: usize) -> Option<(&'c Unit<'c>, &'c Unit<'c>)> {
    let (unit, in_source) = alone(chapter, at).filter(|_| chapter.pairs[at].basis == Basis::Parts)?;
    if holder(chapter, in_source, unit).is_some() {
        return None;
    }
    let part = chapter.pairs.iter().filter(|pair| pair.is_paired()).find_map(|pair| {
        let (own, other) = if in_source { (pair.source(), pair.target()) } else { (pair.target(), pair.source()) };
        own.filter(|own| unit.span.encloses(own.span)).and(other)
    })?;
    let same = |other: &&Unit<'_>| other.kind.matches(&unit.kind) && other.span.encloses(part.span);
    if units(chapter, !in_source).any(|other| same(&other)) {
        return None;
    }
    match (holder(chapter, !in_source, part), in_source) {
        (Some(other), true) => Some((unit, other)),
        (Some(_), false) => None,
        (None, true) => Some((unit, part)),
        (None, false) => Some((part, unit)),
    }
}

/// The outermost unit around another of which only the parts have a counterpart.
fn holder<'c>(chapter: &'c ChapterPair<'_>, in_source: bool, inner: &Unit<'_>) -> Option<&'c Unit<'c>> {
    let opened = chapter.pairs.iter().filter(|pair| pair.basis == Basis::Parts);
    let mut units = opened.flat_map(|pair| if in_source { &pair.sources } else { &pair.targets });
    // A list of one item has the same place as this.
    let outermost = units.find(|unit| unit.span.encloses(inner.span))?;
    (outermost.span != inner.span || !outermost.kind.matches(&inner.kind)).then_some(outermost)
}

/// Whether paired units stand in blocks that have no counterpart themselves.
pub(super) fn has_other_form(chapter: &ChapterPair<'_>, source: &Unit<'_>, target: &Unit<'_>) -> bool {
    holder(chapter, true, source).is_some() || holder(chapter, false, target).is_some()
}

/// The units of one language that have a pair, in reading order.
fn units<'c>(chapter: &'c ChapterPair<'_>, in_source: bool) -> impl Iterator<Item = &'c Unit<'c>> {
    chapter.pairs.iter().flat_map(move |pair| if in_source { &pair.sources } else { &pair.targets })
}

/// The unit of the source without a counterpart, and the one beside it in the translation that is its counterpart in
/// another form: a list that became a quotation, or paragraphs of a quotation that became a list.
pub(super) fn reshaped<'c>(chapter: &'c ChapterPair<'_>, at: usize) -> Option<(&'c Unit<'c>, &'c Unit<'c>)> {
    let (own, lost) = alone(chapter, at)?;
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| alone(chapter, at));
    let other =
        beside.filter(|(_, other_lost)| *other_lost != lost).map(|(unit, _)| unit).find(|unit| fits(own, unit))?;
    Some(if lost { (own, other) } else { (other, own) })
}

/// The only unit of a pair, and whether it is one of the source.
fn alone<'c>(chapter: &'c ChapterPair<'_>, at: usize) -> Option<(&'c Unit<'c>, bool)> {
    let pair = chapter.pairs.get(at)?;
    match (&pair.sources[..], &pair.targets[..]) {
        ([unit], []) => Some((unit, true)),
        ([], [unit]) => Some((unit, false)),
        _ => None,
    }
}

fn fits(a: &Unit<'_>, b: &Unit<'_>) -> bool {
    let (x, y) = (letters(a), letters(b));
    can_be_reshaped(a) && can_be_reshaped(b) && !a.kind.matches(&b.kind) && x < 2.0 * y && y < 2.0 * x
}

fn can_be_reshaped(unit: &Unit<'_>) -> bool {
    matches!(
        unit.kind,
        UnitKind::List
            | UnitKind::Quote
            | UnitKind::Paragraph
            | UnitKind::Table
            | UnitKind::Definitions
            | UnitKind::Figure
            | UnitKind::Container(..)
            | UnitKind::Callout(_)
    )
}

/// The length of a unit in letters of English.
fn letters(unit: &Unit<'_>) -> f32 {
    let lang = lang::of(unit.lang);
    lang.length(&unit.full_text()) * lang.letters()
}
