//! Brackets and quotation marks, and those that have no other half in their unit.

use std::ops::Range;

use super::super::prose::Prose;
use super::near::near;

/// Each opening mark and the one that closes it; both widths of a bracket count as one.
pub(super) const PAIRS: [(char, char); 9] = [
    ('（', '）'),
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〔', '〕'),
];

/// A mark without its other half.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loose {
    pub(super) at: usize,
    pub(super) mark: char,
    /// The pair that it is of.
    pub(super) kind: usize,
    pub(super) opens: bool,
}

impl Loose {
    pub(super) fn range(&self) -> Range<usize> {
        self.at..self.at + self.mark.len_utf8()
    }
}

/// A bracket in its full width.
pub(super) fn wide(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        other => other,
    }
}

/// The marks of a unit without their other half, in order.
pub(super) fn loose(prose: &Prose<'_>) -> Vec<Loose> {
    let mut open: Vec<Loose> = Vec::new();
    // How many of each kind are open.
    let mut counts = [0; PAIRS.len()];
    let mut loose = Vec::new();
    for (at, mark) in prose.text.char_indices().filter(|(at, c)| !is_other(prose, *at, *c)) {
        let Some(kind) = PAIRS.iter().position(|(open, close)| [*open, *close].contains(&wide(mark))) else { continue };
        let opens = PAIRS[kind].0 == wide(mark);
        let found = Loose { at, mark, kind, opens };
        if opens {
            open.push(found);
            counts[kind] += 1;
            continue;
        }
        let opened = if counts[kind] > 0 { open.iter().rposition(|other| other.kind == kind) } else { None };
        match opened {
            Some(depth) => {
                open[depth..].iter().for_each(|closed| counts[closed.kind] -= 1);
                loose.extend(open.drain(depth..).skip(1));
            }
            None if !is_inches(prose, at, mark) => loose.push(found),
            None => {}
        }
    }
    loose.extend(open);
    loose.sort_unstable_by_key(|mark| mark.at);
    loose
}

/// Whether a mark that closes nothing measures: 5’10”.
fn is_inches(prose: &Prose<'_>, at: usize, mark: char) -> bool {
    let behind = prose.text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    let feet = behind.ends_with(['’', '\'', '′']) || prose.lang.conventions().typography.apostrophes;
    mark == '”' && (1..=2).contains(&(at - behind.len())) && feet
}

/// Whether a mark is something else: an apostrophe, a number of a list, an interval, a smiley.
fn is_other(prose: &Prose<'_>, at: usize, c: char) -> bool {
    let (text, here) = near(&prose.text, at);
    let (before, behind) = (&text[..here], &text[here..]);
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match c {
        '‘' | '’' if prose.lang.conventions().typography.apostrophes => true,
        // An apostrophe inside a foreign name or at its end, and before the years of a century.
        '’' => {
            let quoted = before.matches('‘').count() > before.matches('’').count();
            let after = prose.after(at + c.len_utf8());
            letter(prose.before(at)) && (letter(after) || !quoted)
                || !quoted && after.is_some_and(|c| c.is_ascii_digit())
        }
        ')' | '）' => {
            let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let starts = before[..before.len() - word.len()].chars().next_back();
            let numbers = (1..=3).contains(&word.chars().count())
                && starts.is_none_or(|c| c.is_whitespace() || "，。；：、,;:".contains(c))
                && !before.contains(['(', '（']);
            let interval = c == ')' && before.rfind('[').is_some_and(|open| !before[open..].contains([']', '(']));
            numbers || interval || before.ends_with([':', ';']) && c == ')' && !before.contains('(')
        }
        '(' => {
            let interval = behind.find(']').is_some_and(|end| !behind[..end].contains(['[', ')']));
            interval || before.ends_with(':') && !behind.contains(')')
        }
        _ => false,
    }
}
