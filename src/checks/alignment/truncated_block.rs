use super::super::habits::Habits;
use super::super::{Check, Context, Look};
use crate::align::{SegmentPair, Unit, UnitKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang;
use crate::message::Message;
use crate::model::Lang;
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
    for chapter in 0..context.alignment.chapters.len() {
        let (open, both) = in_chapter(context, chapter);
        for open in open {
            let lang = open.open.lang;
            // A source without final punctuation was written so; a translation without it may have lost its end.
            let short = open.length < SHORT && *lang == context.alignment.target;
            let finding = finding(&open, short);
            if short {
                found.push(finding);
            } else {
                habits.deviation(habit(lang), finding);
            }
        }
        for lang in [&context.alignment.source, &context.alignment.target] {
            habits.kept(&habit(lang), both);
        }
    }
    habits.report(found);
}

fn finding(open: &Open<'_>, short: bool) -> Diagnostic {
    let (kind, language) = (open.open.kind.word(), open.open.lang.name());
    let (severity, message) = if short {
        (Severity::Warning, msg!("this {kind} breaks off in {language}", kind, language))
    } else {
        (Severity::Info, msg!("this {kind} has no final punctuation in {language}", kind, language))
    };
    Diagnostic::new(severity, CHECK.name, message)
        .at(open.open.span)
        .label(open.end.unwrap_or(open.ended.span), msg!("complete in {language}", language = open.ended.lang.name()))
        .hint(msg!("complete the sentence, or add its final punctuation"))
}

fn habit(lang: &Lang) -> Message {
    msg!("paragraphs in {language} have no final punctuation", language = lang.name())
}

/// The ends of blocks that are reported as lost.
pub(super) fn ends(context: &Context<'_>) -> Vec<Span> {
    let all = (0..context.alignment.chapters.len()).flat_map(|chapter| in_chapter(context, chapter).0);
    all.filter(|open| open.length < SHORT).filter_map(|open| open.end).collect()
}

fn in_chapter<'c>(context: &'c Context<'_>, at: usize) -> (Vec<Open<'c>>, usize) {
    let (chapter, segments) = (&context.alignment.chapters[at], &context.segments[at]);
    let usual = usual_ratio(context, segments);
    let (mut found, mut both) = (Vec::new(), 0);
    for (at, pair) in chapter.pairs.iter().enumerate() {
        let ([source], [target]) = (&pair.sources[..], &pair.targets[..]) else { continue };
        if source.kind != UnitKind::Paragraph {
            continue;
        }
        let (ended, open, source_ends) = match (ends_well(context, source), ends_well(context, target)) {
            (true, false) => (source, target, true),
            (false, true) => (target, source, false),
            (true, true) => {
                both += 1;
                continue;
            }
            (false, false) => continue,
        };
        let last = segments.iter().rfind(|s| s.pair == at);
        let ratio = last.and_then(|last| ratio(context, last)).map_or(1.0, |ratio| ratio / usual);
        let side = last.map(|last| if source_ends { &last.sources } else { &last.targets });
        let of = lang::of(ended.lang);
        let letters: f32 = side.map_or(0.0, |side| side.iter().map(|s| of.length(&s.text) * of.letters()).sum());
        let ratio = if letters < LONG { 1.0 } else { ratio };
        let end = side.and_then(|side| side.last()).map(|segment| segment.span);
        found.push(Open { open, ended, end, length: if source_ends { ratio } else { 1.0 / ratio } });
    }
    (found, both)
}

/// The length of the translation for each unit of length of the source in a pair of sentences.
fn ratio(context: &Context<'_>, pair: &SegmentPair) -> Option<f32> {
    let alignment = context.alignment;
    let length = |segments: &[crate::align::Segment], of: &dyn lang::Language| -> f32 {
        segments.iter().map(|segment| of.length(context.sources.snippet(segment.span))).sum()
    };
    let source = length(&pair.sources, lang::of(&alignment.source));
    let target = length(&pair.targets, lang::of(&alignment.target));
    (source > 0.0 && target > 0.0).then(|| target / source)
}

/// The median over a chapter.
fn usual_ratio(context: &Context<'_>, segments: &[SegmentPair]) -> f32 {
    let mut ratios: Vec<f32> = segments.iter().filter_map(|pair| ratio(context, pair)).collect();
    ratios.sort_by(f32::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(1.0)
}

/// Whether a unit ends with a mark that closes a sentence or announces what follows.
fn ends_well(context: &Context<'_>, unit: &Unit<'_>) -> bool {
    let mut text = context.sources.snippet(unit.span).trim_end();
    while let Some(open) = text.strip_suffix('>').and_then(|text| text.rfind('<')) {
        text = text[..open].trim_end();
    }
    // References to notes and works come after the final punctuation.
    while let Some(open) = text.strip_suffix(']').and_then(|text| text.rfind("[^").or(text.rfind("[@"))) {
        text = text[..open].trim_end();
    }
    let closers = ['”', '’', '"', '\'', '」', '』', '）', ')', '*', '_', ' ', ']', '》', '`'];
    let text = text.trim_end_matches(closers);
    text.is_empty() || text.ends_with(['。', '！', '？', '…', '；', '：', '.', '!', '?', ';', ':', '．', '—'])
}
