//! Whether a text breaks off.

use crate::align::{Pair, Unit, UnitKind};
use crate::checks::Context;
use crate::checks::prose::OBJECT;

/// What may stand after the mark that closes a sentence.
const CLOSERS: &[char] = &['”', '’', '"', '\'', '」', '』', '）', ')', '】', ']', '》', '*', '_', ' ', '\n'];

/// How a text ends.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum End {
    /// With a mark that closes a sentence.
    Closed,
    /// With a word, a bracket or a mark that may stand at an end.
    Open,
    /// With a mark after which something must follow.
    Hanging,
}

/// Whether the translation is less closed than the source.
pub(super) fn is_cut(context: &Context<'_>, pair: &Pair<'_>) -> bool {
    if pair.sources.len() != 1 || pair.targets.len() != 1 {
        return false;
    }
    match (end(context, &pair.sources), end(context, &pair.targets)) {
        (Some(End::Closed), Some(ours)) => ours != End::Closed,
        (Some(theirs), Some(ours)) => theirs != End::Hanging && ours == End::Hanging,
        _ => false,
    }
}

/// How the last sentence ends; `None` for what has no sentences or is not translated.
fn end(context: &Context<'_>, units: &[Unit<'_>]) -> Option<End> {
    let unit = units.last()?;
    if !matches!(unit.kind, UnitKind::Paragraph | UnitKind::Caption) {
        return None;
    }
    let prose = context.prose_of(unit);
    if prose.is_foreign() {
        return None;
    }
    let text = prose.text.trim_end_matches(CLOSERS);
    Some(match text.chars().next_back()? {
        '.' | '。' | '!' | '！' | '?' | '？' | '…' | ':' | '：' => End::Closed,
        // What these lead to follows.
        '，' | '、' | ',' | '-' | '–' | '—' | '（' | '(' | '“' | '「' | '《' => End::Hanging,
        ';' | '；' | OBJECT if unit.lang == &context.alignment.target => End::Closed,
        _ if unit.lang == &context.alignment.target && text.len() < prose.text.trim_end().len() => End::Closed,
        _ => End::Open,
    })
}
