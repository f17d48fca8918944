//! The lines of a chapter's head.

use super::breaks;
use crate::model::{HeadLine, Inline, InlineKind, Spanned, text};

/// A title or a subtitle of front matter, in which an author may say where its lines end.
pub(super) fn title(written: Spanned<String>, mut run: Vec<Inline>) -> HeadLine {
    if run.is_empty() {
        run.push(Inline { span: written.span, kind: InlineKind::Text(written.value.clone()) });
    }
    let breaks = breaks::of_line(&mut run);
    HeadLine { breaks, ..line(written, run) }
}

/// A line from its inlines; `written` is what the author typed, which stands for a line that shows no words.
pub(super) fn line(written: Spanned<String>, mut run: Vec<Inline>) -> HeadLine {
    let plain = text::plain(&run).trim().to_owned();
    if run.is_empty() {
        run.push(Inline { span: written.span, kind: InlineKind::Text(written.value.clone()) });
    }
    HeadLine {
        value: if plain.is_empty() { written.value } else { plain },
        span: written.span,
        run,
        breaks: Vec::new(),
    }
}
