//! The bars of a line that is a row of a table, and the line under its head.

/// How many cells a line has.
pub(super) fn cells(line: &str) -> usize {
    parts(line).len()
}

/// What stands in the cells of a line.
pub(super) fn parts(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut start = 0;
    let mut parts: Vec<&str> = Vec::new();
    for bar in bars(line) {
        parts.push(&line[start..bar]);
        start = bar + 1;
    }
    if start < line.len() {
        parts.push(&line[start..]);
    }
    parts
}

/// Where bars part the cells of a line: those without a backslash, in code too.
pub(super) fn bars(line: &str) -> impl DoubleEndedIterator<Item = usize> {
    let mut escaped = false;
    let is_bar = |(_, c): &(usize, char)| {
        let bar = *c == '|' && !escaped;
        escaped = *c == '\\' && !escaped;
        bar
    };
    line.char_indices().filter(is_bar).map(|(at, _)| at).collect::<Vec<_>>().into_iter()
}

/// Whether a line that begins with a bar ends the head of a table, as Markdown has it.
pub(super) fn is_rule(line: &str) -> bool {
    let dashes = |part: &str| {
        let part = part.trim();
        let part = part.strip_prefix(':').unwrap_or(part);
        let part = part.strip_suffix(':').unwrap_or(part);
        !part.is_empty() && part.bytes().all(|b| b == b'-')
    };
    let parts = parts(line);
    !parts.is_empty() && parts.into_iter().all(dashes)
}

/// Whether a line is made of bars and dashes, as the one under the head is; also of those that a Chinese keyboard gives.
pub(super) fn is_delimiter(line: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '─' | '━' | '―');
    let other = |c: char| matches!(c, '|' | '｜' | ':' | '：' | ' ' | '\t');
    line.starts_with(['|', '｜']) && line.contains(dash) && line.chars().all(|c| dash(c) || other(c))
        || line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::{cells, is_delimiter};

    #[test]
    fn cells_are_counted_as_comrak_parts_them() {
        for (line, count) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("| a | b", 2),
            ("a | b |", 2),
            ("| `a || b` | c |", 4),
            (r"| `a \|\| b` | c |", 2),
            (r"| a \\| b |", 2),
            ("| |", 1),
            ("||", 1),
            ("text", 1),
            ("| 甲 |  | 乙 |  ", 3),
        ] {
            assert_eq!(cells(line), count, "{line}");
        }
    }

    #[test]
    fn the_line_under_the_head_is_known_in_any_dashes() {
        for line in ["|---|", "--- | ---", "|:--|--:|", "|——|——|", "｜－－｜－－｜"] {
            assert!(is_delimiter(line), "{line}");
        }
        for line in ["---", "| a |", "——", "|", "——|——"] {
            assert!(!is_delimiter(line), "{line}");
        }
    }
}
