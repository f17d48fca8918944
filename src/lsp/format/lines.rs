//! What is changed of lines: blanks at their ends, blank lines between blocks, the marks of lists.

use super::Change;

/// What a line is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around<'t> {
    Text,
    /// Front matter, up to a line of this kind.
    Head,
    /// A listing or data, up to its closing fence.
    Fence(&'t str),
    /// A formula of several lines.
    Formula,
    /// A comment of several lines.
    Comment,
}

/// A line without its end, and where it begins.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
    /// Whether it is kept as it is.
    kept: bool,
}

impl Line<'_> {
    fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether it is a heading of the form `## …`.
    fn is_heading(self) -> bool {
        let rest = self.text.trim_start_matches('#');
        (1..=6).contains(&(self.text.len() - rest.len())) && rest.starts_with(' ')
    }
}

/// The changes of a text, in order and apart.
pub(super) fn changes(text: &str) -> Vec<Change> {
    let lines = lines(text);
    let mut changes = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.kept {
            continue;
        }
        let next = lines.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| lines.get(at)).filter(|before| !before.kept);
        if line.is_blank() && before.is_some_and(|before| before.is_blank()) {
            let end = next.map_or(text.len(), |next| next.start);
            push(&mut changes, line.start..end, "");
            continue;
        }
        if line.is_heading() && before.is_some_and(|before| !before.is_blank()) {
            push(&mut changes, line.start..line.start, "\n");
        }
        changes.extend(bullet(*line));
        changes.extend(end(*line, next));
        if let Some(next) = next.filter(|next| line.is_heading() && !next.is_blank()) {
            push(&mut changes, next.start..next.start, "\n");
        }
    }
    last(text, &mut changes);
    changes
}

/// Adds a change, unless the one before makes the same at the same place.
fn push(changes: &mut Vec<Change>, range: std::ops::Range<usize>, text: &str) {
    let change = Change { range, text: text.to_owned() };
    if changes.last() != Some(&change) {
        changes.push(change);
    }
}

/// The mark of a list: `*` and `+` become `-`.
fn bullet(line: Line<'_>) -> Option<Change> {
    let inner = line.text.trim_start();
    let marked = inner.starts_with("* ") || inner.starts_with("+ ");
    // A row of them is a break between sections.
    let row = inner.chars().all(|c| matches!(c, '*' | ' '));
    let at = line.start + line.text.len() - inner.len();
    (marked && !row).then(|| Change { range: at..at + 1, text: "-".to_owned() })
}

/// The blanks at the end of a line: two where they break a line, none elsewhere.
fn end(line: Line<'_>, next: Option<&Line<'_>>) -> Option<Change> {
    let kept = line.text.trim_end_matches([' ', '\t']).len();
    let blanks = &line.text[kept..];
    let breaks = blanks.ends_with("  ") && kept > 0 && next.is_some_and(|next| !next.is_blank());
    let wanted = if breaks { "  " } else { "" };
    (blanks != wanted)
        .then(|| Change { range: line.start + kept..line.start + line.text.len(), text: wanted.to_owned() })
}

/// One line end closes the text.
fn last(text: &str, changes: &mut Vec<Change>) {
    let trimmed = text.trim_end_matches(['\n', ' ', '\t']);
    let rest = &text[trimmed.len()..];
    if trimmed.is_empty() || rest == "\n" || trimmed.ends_with('\r') {
        return;
    }
    // What ends there changes once.
    changes.retain(|change| change.range.end <= trimmed.len());
    changes.push(Change { range: trimmed.len()..text.len(), text: "\n".to_owned() });
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let (mut around, mut start) = (Around::Text, 0);
    for line in text.split_inclusive('\n') {
        let inner = line.strip_suffix('\n').unwrap_or(line);
        let (next, kept) = follow(around, inner, start == 0);
        // Line ends of another kind are left alone with their lines.
        found.push(Line { start, text: inner, kept: kept || inner.ends_with('\r') });
        around = next;
        start += line.len();
    }
    found
}

/// What stands around the line after this one, and whether this one is kept as it is.
fn follow<'t>(around: Around<'t>, line: &'t str, first: bool) -> (Around<'t>, bool) {
    let inner = line.trim_start_matches([' ', '>', '\t']);
    match around {
        Around::Head => (if line.trim_end() == "---" { Around::Text } else { around }, true),
        Around::Fence(fence) => {
            let closes = inner.starts_with(fence) && inner.trim_start_matches(&fence[..1]).trim().is_empty();
            (if closes { Around::Text } else { around }, true)
        }
        Around::Formula => (if inner.contains("$$") { Around::Text } else { around }, true),
        Around::Comment => (if line.contains("-->") { Around::Text } else { around }, true),
        Around::Text if first && line.trim_end() == "---" => (Around::Head, true),
        Around::Text => {
            let rest = inner.trim_start_matches(['-', '*', '+', ' ']);
            let marks = rest.len() - rest.trim_start_matches(['`', '~']).len();
            if marks >= 3 {
                return (Around::Fence(&rest[..marks]), true);
            }
            if inner.matches("$$").count() % 2 == 1 {
                return (Around::Formula, true);
            }
            let open = line.rfind("<!--").is_some_and(|at| !line[at..].contains("-->"));
            if open { (Around::Comment, true) } else { (Around::Text, false) }
        }
    }
}
