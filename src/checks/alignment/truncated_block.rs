use std::collections::BTreeMap;

use super::super::habits::Habits;
use super::super::references::label::leading;
use super::super::{Check, Context, Look};
use super::lengths::{ratio, usual_ratio};
use crate::align::{ChapterPair, SegmentPair, Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;
use crate::message::Message;
use crate::model::{Inline, InlineKind, Lang, text};
use crate::source::Span;

pub(in crate::checks) const CHECK: Check = Check {
    name: Check::code("truncated-block"),
    group: "alignment",
    summary: msg!("the last sentence of a block breaks off in one language"),
    default_level: Severity::Warning,
    page: page!("truncated_block"),
    look: Look::Text(run),
};

/// A last sentence without final punctuation that is shorter than this share of the usual length breaks off.
const SHORT: f32 = 0.7;
/// The fewest letters of a last sentence whose length is telling.
const LONG: f32 = 36.0;
/// The letters below which a text without any mark may be a headline.
const LINE: f32 = 50.0;
/// The fewest items without final punctuation that show how a list is written.
const FEW: usize = 3;

/// The paragraphs of a chapter by how they are written.
pub(in crate::checks) type Groups<'a> = BTreeMap<Place, Group<'a>>;

/// Paragraphs of a chapter that are written alike.
#[derive(Default)]
pub(in crate::checks) struct Group<'a> {
    /// Those that have final punctuation in one language only.
    open: Vec<Open<'a>>,
    /// How many have it in both.
    ended: usize,
}

/// What the paragraphs of a [`Group`] have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::checks) enum Place {
    Text,
    Caption,
    /// The items of a list: its pair in the chapter.
    List(usize),
}

/// A block that has final punctuation in one language only.
struct Open<'a> {
    /// The unit that breaks off, and the one that ends well.
    open: &'a Unit<'a>,
    ended: &'a Unit<'a>,
    /// The end of the one that ends well.
    end: Option<Span>,
    /// The length of the open end as a share of what is usual in the chapter.
    length: f32,
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut habits = Habits::of(CHECK.name);
    for (place, group) in context.endings.iter().flatten() {
        for lang in [&context.alignment.source, &context.alignment.target] {
            one(context, *place, group, lang, (&mut habits, found));
        }
    }
    habits.report(found);
}

/// Reports what paragraphs that are written alike lack in one language.
fn one(
    context: &Context<'_>,
    place: Place,
    group: &Group<'_>,
    lang: &Lang,
    (habits, found): (&mut Habits, &mut Vec<Diagnostic>),
) {
    let open = || group.open.iter().filter(|open| open.open.lang == lang);
    found.extend(open().filter(|open| group.breaks_off(context, open)).map(broken));
    let rest: Vec<&Open<'_>> = open().filter(|open| !group.breaks_off(context, open)).collect();
    if matches!(place, Place::List(_)) && rest.len() > 1 && group.ended == 0 {
        // The items of a list are written alike: one thing to say of all of them.
        let message = msg!("the items of this list have no final punctuation in {language}", language = lang.name());
        habits.deviation(habit(place, lang), unstopped(rest[0], message));
        return;
    }
    habits.kept(&habit(place, lang), if matches!(place, Place::List(_)) { 1 } else { group.ended });
    for open in rest {
        let (kind, language) = (open.open.kind.word(), lang.name());
        let message = msg!("this {kind} has no final punctuation in {language}", kind, language);
        let alone = if place == Place::Caption { place } else { Place::Text };
        habits.deviation(habit(alone, lang), unstopped(open, message));
    }
}

fn broken(open: &Open<'_>) -> Diagnostic {
    let (kind, language) = (open.open.kind.word(), open.open.lang.name());
    let message = msg!("this {kind} breaks off in {language}", kind, language);
    placed(open, Diagnostic::warning(CHECK.name, message))
}

fn unstopped(open: &Open<'_>, message: Message) -> Diagnostic {
    placed(open, Diagnostic::new(Severity::Info, CHECK.name, message))
}

fn placed(open: &Open<'_>, finding: Diagnostic) -> Diagnostic {
    finding
        .at(open.open.span)
        .label(open.end.unwrap_or(open.ended.span), msg!("complete in {language}", language = open.ended.lang.name()))
        .hint(msg!("complete the sentence, or add its final punctuation"))
}

fn habit(place: Place, lang: &Lang) -> Message {
    let language = lang.name();
    match place {
        Place::Text => msg!("paragraphs in {language} have no final punctuation", language),
        Place::Caption => msg!("captions in {language} have no final punctuation", language),
        Place::List(_) => msg!("lists in {language} have no final punctuation", language),
    }
}

impl Group<'_> {
    /// Whether a translation without final punctuation has lost its end. A source without it was written so, and so was
    /// a list in which no item has it.
    fn breaks_off(&self, context: &Context<'_>, open: &Open<'_>) -> bool {
        let style =
            self.ended == 0 && self.open.iter().filter(|other| other.open.lang == open.open.lang).count() >= FEW;
        open.length < SHORT && *open.open.lang == context.alignment.target && !style && !is_line(open.open)
    }
}

/// Whether a text is so short, and without any mark of a sentence, that it may be a headline or a label.
fn is_line(unit: &Unit<'_>) -> bool {
    let of = lang::of(unit.lang);
    let text = |inline: &Inline| {
        matches!(inline.kind, InlineKind::Text(_) | InlineKind::Strong(_) | InlineKind::Emph(_) | InlineKind::Image(_))
    };
    let plain = unit.runs.iter().all(|run| run.iter().all(text));
    let short = of.length(&unit.text) * of.letters() < LINE;
    plain && short && !unit.text.contains(FINAL) && !unit.text.contains([',', '，', '、'])
}

/// The ends of blocks that are reported as lost.
pub(super) fn ends(context: &Context<'_>) -> Vec<Span> {
    let groups = context.endings.iter().flat_map(Groups::values);
    groups
        .flat_map(|group| {
            let lost = group.open.iter().filter(|open| group.breaks_off(context, open)).filter_map(|open| open.end);
            lost.collect::<Vec<_>>()
        })
        .collect()
}

/// How the paragraphs of each chapter end.
pub(in crate::checks) fn endings<'a>(context: &Context<'a>) -> Vec<Groups<'a>> {
    let chapters = context.alignment.chapters.iter().zip(&context.segments);
    chapters.map(|(chapter, segments)| in_chapter(context, chapter, segments)).collect()
}

fn in_chapter<'a>(context: &Context<'a>, chapter: &'a ChapterPair<'a>, segments: &'a [SegmentPair]) -> Groups<'a> {
    let usual = usual_ratio(context, segments);
    let mut groups = Groups::new();
    let mut lists: Vec<(Span, usize)> = Vec::new();
    for (at, pair) in chapter.pairs.iter().enumerate() {
        if let Some(list) = pair.source().filter(|unit| unit.kind == UnitKind::List) {
            lists.push((list.span, at));
        }
        let ([source], [target]) = (&pair.sources[..], &pair.targets[..]) else { continue };
        if source.kind != UnitKind::Paragraph {
            continue;
        }
        let (ended, open, source_ends) = match (ends_well(source), ends_well(target)) {
            (true, false) => (source, target, true),
            (false, true) => (target, source, false),
            (true, true) => {
                groups.entry(place(source, target, &mut lists)).or_default().ended += 1;
                continue;
            }
            (false, false) => continue,
        };
        // The sentences stand in the order of their pairs.
        let last = segments[..segments.partition_point(|s| s.pair <= at)].last().filter(|s| s.pair == at);
        let ratio = last.and_then(|last| ratio(context, last)).map_or(1.0, |ratio| ratio / usual);
        let side = last.map(|last| if source_ends { &last.sources } else { &last.targets });
        let of = lang::of(ended.lang);
        let letters: f32 = side.map_or(0.0, |side| side.iter().map(|s| of.length(&s.text) * of.letters()).sum());
        let ratio = if letters < LONG { 1.0 } else { ratio };
        let end = side.and_then(|side| side.last()).map(|segment| segment.span);
        let open = Open { open, ended, end, length: if source_ends { ratio } else { 1.0 / ratio } };
        groups.entry(place(source, target, &mut lists)).or_default().open.push(open);
    }
    groups
}

/// Where a paragraph stands; `lists` are those that begin before it.
fn place(source: &Unit<'_>, target: &Unit<'_>, lists: &mut Vec<(Span, usize)>) -> Place {
    while lists.last().is_some_and(|(list, _)| !list.encloses(source.span)) {
        lists.pop();
    }
    let labelled = |unit: &Unit<'_>| {
        let text = unit.text.trim_start();
        leading(text, unit.lang)
            .is_some_and(|label| text[label.range.end..].trim_start().starts_with([':', '：', '.', '．']))
    };
    match lists.last() {
        Some((_, list)) => Place::List(*list),
        None if labelled(source) || labelled(target) => Place::Caption,
        None => Place::Text,
    }
}

/// Whether a unit ends with a mark that closes a sentence or announces what follows.
fn ends_well(unit: &Unit<'_>) -> bool {
    let text: String = unit.runs.iter().map(|run| text::plain(run)).collect();
    let mut text = text.trim_end();
    while let Some(open) = text.strip_suffix('>').and_then(|text| text.rfind('<')) {
        text = text[..open].trim_end();
    }
    // References to notes and works that the book does not have come after the final punctuation.
    while let Some(open) = text.strip_suffix(']').and_then(|text| text.rfind("[^").or(text.rfind("[@"))) {
        text = text[..open].trim_end();
    }
    text.is_empty() || closes(text) || whole_bracket(text).is_some_and(closes)
}

/// Whether a text has final punctuation; closing marks, and signs such as emoji, may follow it.
fn closes(text: &str) -> bool {
    let last = text.chars().rev().find(|c| c.is_alphanumeric() || FINAL.contains(c) || matches!(c, '，' | ',' | '、'));
    last.is_none_or(|c| FINAL.contains(&c))
}

const FINAL: &[char] = &['。', '！', '？', '…', '；', '：', '.', '!', '?', ';', ':', '．', '｡', '—', '～'];

/// What stands before a sentence in brackets that ends a text.
fn whole_bracket(text: &str) -> Option<&str> {
    let inside = text.strip_suffix(['）', ')'])?;
    Some(inside[..inside.rfind(['（', '('])?].trim_end())
}
