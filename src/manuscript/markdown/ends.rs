//! The ends of runs: what their last character is, and blanks that a line must not begin or end with.

use crate::model::{Inline, InlineKind};

/// Takes the blanks off the end of a text.
pub(super) fn trim_end(body: &mut Vec<Inline>) {
    while let Some(Inline { span, kind: InlineKind::Text(text) }) = body.last_mut() {
        let kept = text.trim_end_matches([' ', '\t']).len();
        if kept > 0 {
            span.end = span.end.saturating_sub(text.len() - kept).max(span.start);
            text.truncate(kept);
            return;
        }
        body.pop();
    }
}

/// The last character that a run shows.
pub(super) fn last_char(run: &[Inline]) -> Option<char> {
    match &run.last()?.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => text.chars().next_back(),
        InlineKind::Emph(body) | InlineKind::Strong(body) | InlineKind::Strike(body) => last_char(body),
        InlineKind::Link { body, .. } | InlineKind::Ruby { body, .. } | InlineKind::Styled { body, .. } => {
            last_char(body)
        }
        InlineKind::Note { .. } => last_char(&run[..run.len() - 1]),
        _ => None,
    }
}

/// Takes the blanks off a text that follows a line break; the text is removed if nothing else is in it.
pub(super) fn trim_after_break(body: &mut Vec<Inline>, at: usize) {
    let before = at.checked_sub(1).and_then(|before| body.get(before));
    let after_break = before.is_some_and(|before| matches!(before.kind, InlineKind::LineBreak));
    let Some(Inline { span, kind: InlineKind::Text(text) }) = body.get_mut(at).filter(|_| after_break) else { return };
    let blank = text.len() - text.trim_start_matches([' ', '\t']).len();
    if blank == text.len() {
        body.remove(at);
    } else {
        span.start = (span.start + blank).min(span.end);
        text.drain(..blank);
    }
}
