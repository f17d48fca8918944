use super::super::moved::moved_far;
use super::super::{Check, Context, Look};
use crate::align::{ChapterPair, Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("heading-level"),
    group: "alignment",
    summary: msg!("a heading has a different level in the translation"),
    default_level: Severity::Error,
    page: page!("heading_level"),
    look: Look::Text(run),
};

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // In a chapter without a title, which is told, the levels of headings are those that it will have with one.
    let untitled = |span: Span| {
        let mut chapters = context.book.chapters.values().flatten();
        chapters.any(|chapter| chapter.file == span.file && !chapter.meta.titled)
    };
    for chapter in &context.alignment.chapters {
        let titles = titles(context, chapter);
        let headings = chapter.pairs.iter().enumerate().filter(|(at, _)| !moved_far(chapter, *at));
        let headings = headings.filter_map(|(_, pair)| match (&pair.sources[..], &pair.targets[..]) {
            ([source], [target]) if untitled(source.span) == untitled(target.span) => both(source, target),
            ([source], [target]) if titles.as_written() => {
                both(source, target).and_then(|levels| written_levels(context, levels))
            }
            _ => None,
        });
        let headings: Vec<Levels> = titles.written().into_iter().chain(headings).collect();
        report(context, &headings, found);
        if let Titles::Apart(levels) = titles {
            found.push(finding(context, levels.0, levels.1));
        }
    }
}

/// The title of a chapter and the heading that is its counterpart, where only one of them is a title.
enum Titles {
    None,
    /// Both are headings, at these levels as they are written: the other chapter has a second heading of that level, or
    /// one above.
    Written(Levels),
    /// The levels as they are read.
    Apart(Levels),
}

impl Titles {
    fn as_written(&self) -> bool {
        matches!(self, Self::Written(_))
    }

    fn written(&self) -> Option<Levels> {
        if let Self::Written(levels) = self { Some(*levels) } else { None }
    }
}

fn titles(context: &Context<'_>, chapter: &ChapterPair<'_>) -> Titles {
    let (Some(source), Some(target)) = (chapter.source, chapter.target) else { return Titles::None };
    let Some(at) = (0..chapter.pairs.len()).find(|at| became_title(chapter, *at)) else { return Titles::None };
    let pair = &chapter.pairs[at];
    let levels = match (pair.source(), pair.target()) {
        (Some(unit), _) => ((unit.span, level(unit.kind)), (target.meta.title.span, 1)),
        (_, Some(unit)) => ((source.meta.title.span, 1), (unit.span, level(unit.kind))),
        _ => return Titles::None,
    };
    written_levels(context, levels).map_or(Titles::Apart(levels), Titles::Written)
}

/// The levels of two headings by the marks before them.
fn written_levels(context: &Context<'_>, ((theirs, _), (ours, _)): Levels) -> Option<Levels> {
    let marks = |span: Span| {
        let text = context.sources.get(span.file).text();
        let line = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
        let head = text[line..].trim_start_matches([' ', '>']);
        let marks = head.bytes().take_while(|byte| *byte == b'#').count();
        u8::try_from(marks).ok().filter(|marks| (1..=6).contains(marks))
    };
    Some(((theirs, marks(theirs)?), (ours, marks(ours)?)))
}

/// A heading and its level in the source, then in the translation.
type Levels = ((Span, u8), (Span, u8));

fn both(source: &Unit<'_>, target: &Unit<'_>) -> Option<Levels> {
    match (source.kind, target.kind) {
        (UnitKind::Heading(wanted), UnitKind::Heading(level)) => Some(((source.span, wanted), (target.span, level))),
        _ => None,
    }
}

/// The fewest headings of a chapter that all lie as much higher or lower by intention.
const LEAST: usize = 3;

/// By how many levels a heading of the translation lies lower.
fn by(((_, wanted), (_, level)): &Levels) -> i16 {
    i16::from(*level) - i16::from(*wanted)
}

/// Reports each heading of a chapter that has another level. Where most lie as much higher or lower, that is told once, and
/// each heading that does not.
fn report(context: &Context<'_>, headings: &[Levels], found: &mut Vec<Diagnostic>) {
    let shifted = |shift: i16| headings.iter().filter(move |levels| by(levels) == shift);
    let most =
        headings.iter().map(by).filter(|shift| *shift != 0).max_by_key(|shift| (shifted(*shift).count(), *shift));
    let throughout = most.filter(|shift| {
        let count = shifted(*shift).count();
        count >= LEAST && 2 * count > headings.len()
    });
    let usual = throughout.unwrap_or(0);
    for levels in headings.iter().filter(|levels| by(levels) != usual) {
        found.push(if usual == 0 { finding(context, levels.0, levels.1) } else { out_of_line(context, levels, usual) });
    }
    let Some(shift) = throughout else { return };
    let Some(&((theirs, wanted), (ours, level))) = shifted(shift).next() else { return };
    let (count, all, language) = (shifted(shift).count(), headings.len(), context.alignment.source.name());
    let message = msg!(
        "this heading has level {level}, but its source has level {wanted}; {count} of the {all} headings of the chapter differ so",
        level,
        wanted,
        count,
        all
    );
    found.push(
        Diagnostic::warning(CHECK.name, message)
            .at_with(ours, msg!("level {level}", level))
            .label(theirs, msg!("level {level} in {language}", level = wanted, language))
            .hint(msg!("write as many `#` before the headings of both chapters")),
    );
}

/// A heading whose level is not as much higher or lower than that of its source as the levels of the others are.
fn out_of_line(context: &Context<'_>, &((theirs, wanted), (ours, level)): &Levels, usual: i16) -> Diagnostic {
    let fitting = u8::try_from(i16::from(wanted) + usual).unwrap_or(1).max(1);
    let message = msg!(
        "this heading has level {level}, but level {fitting} would be in line with its source and the other headings of the chapter",
        level,
        fitting
    );
    let language = context.alignment.source.name();
    Diagnostic { message, labels: Vec::new(), ..finding(context, (theirs, fitting), (ours, level)) }
        .label(theirs, msg!("level {level} in {language}", level = wanted, language))
}

fn level(kind: UnitKind<'_>) -> u8 {
    if let UnitKind::Heading(level) = kind { level } else { 1 }
}

fn finding(context: &Context<'_>, (theirs, wanted): (Span, u8), (ours, level): (Span, u8)) -> Diagnostic {
    let language = context.alignment.source.name();
    // A chapter's headings may all have more marks than levels.
    let written = context.sources.snippet(ours).bytes().take_while(|byte| *byte == b'#').count();
    let marks = (written.max(usize::from(level)) + usize::from(wanted)).saturating_sub(usize::from(level));
    Diagnostic::error(
        CHECK.name,
        msg!("this heading has level {level}, but its source has level {wanted}", level, wanted),
    )
    .at_with(ours, msg!("level {level}", level))
    .label(theirs, msg!("level {level} in {language}", level = wanted, language))
    .hint(msg!("start it with `{marks}`", marks = "#".repeat(marks.max(1))))
}

/// Whether a heading without a counterpart is the chapter's title in the other language, which has no other title.
pub(super) fn became_title(chapter: &ChapterPair<'_>, at: usize) -> bool {
    let pair = &chapter.pairs[at];
    let (Some(source), Some(target)) = (chapter.source, chapter.target) else { return false };
    let (own, other, unit) = match (pair.source(), pair.target()) {
        (Some(unit), None) => (source, target, unit),
        (None, Some(unit)) => (target, source, unit),
        _ => return false,
    };
    let first = own.blocks.first().is_some_and(|block| block.span == unit.span);
    matches!(unit.kind, UnitKind::Heading(_)) && first && !own.meta.titled && other.meta.titled
}
