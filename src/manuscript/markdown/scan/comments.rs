//! Comments that take several lines: whatever stands in them is no markup.

use std::ops::Range;

use super::{FENCE, Prefix, Scanner, colons};

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// A comment whose end has not been read.
pub(super) struct Comment {
    /// How many quotations it stands in.
    quotes: usize,
    /// The column at which the text of the list begins that it stands in.
    list: usize,
}

/// Where the last comment of a text ends: none that begins behind it is ever closed.
pub(super) fn last_close(file: &str) -> usize {
    file.rfind(CLOSE).unwrap_or_default()
}

impl Scanner<'_> {
    /// Whether a line begins a comment that ends in a later one. Of one that is never closed the lines are read as if it were
    /// not there, so that it costs no container its end.
    pub(super) fn opens_comment(&mut self, place: &Range<usize>, prefix: &Prefix) -> bool {
        let text = &self.file[place.clone()];
        if !text.starts_with(OPEN) || text.contains(CLOSE) || place.end > self.last_close {
            return false;
        }
        let list = self.list.filter(|list| prefix.is_list || prefix.indent >= *list).unwrap_or_default();
        self.comment = Some(Comment { quotes: prefix.quotes, list });
        true
    }

    /// Whether a line stands in a comment. What the comment stands in may end before it does.
    pub(super) fn in_comment(&mut self, line: &Range<usize>) -> bool {
        let Some(Comment { quotes, list }) = self.comment else { return false };
        let text = &self.file[line.clone()];
        let prefix = Prefix::of(text);
        let inside = prefix.quotes >= quotes && (prefix.indent >= list || quotes > 0 || text.trim().is_empty());
        let close = text.find(CLOSE).map(|at| line.start + at + CLOSE.len());
        if !inside || close.is_some() {
            self.comment = None;
        }
        if let (true, Some(close)) = (inside, close) {
            self.closes_tags(&(close..line.end));
        } else if inside {
            self.outgrow(text);
        }
        inside
    }

    /// Makes the fences of the container around a comment longer than a line of colons in it: comrak lets a container end
    /// wherever a line does that is long enough.
    fn outgrow(&mut self, line: &str) {
        let length = colons(line.trim_start_matches([' ', '\t', '>']));
        if length >= FENCE
            && let Some(around) = self.open.last_mut()
        {
            around.length = around.length.max(length + 1);
        }
    }
}
