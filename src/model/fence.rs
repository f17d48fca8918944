//! What the fence of a listing says besides its language.

use super::Inline;
use crate::source::Span;

/// How a listing is shown: its title, the numbers of its lines, the lines that a reader is to look at.
#[derive(Debug, Clone, Default)]
pub struct Fence {
    /// What stands above the code: the name of a file, or a few words. Empty where there is none.
    pub title: Vec<Inline>,
    /// The number of the first line, where lines are numbered.
    pub first: Option<usize>,
    /// The marked lines, counted from 1 whatever numbers are printed, ascending.
    pub marked: Vec<usize>,
    /// Numbers at the ends of lines that the text after the code explains.
    pub callouts: Vec<Marker>,
    /// What is written on the fence, without the language; `None` where nothing is.
    pub span: Option<Span>,
}

/// A number at the end of a line of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Its line, counted from 1.
    pub line: usize,
    /// Where the code of the line ends, in bytes of the line: the comment that holds the number begins behind it.
    pub end: usize,
    /// The number.
    pub number: usize,
}

impl Fence {
    /// Whether it asks for nothing.
    pub fn is_plain(&self) -> bool {
        self.title.is_empty() && self.first.is_none() && self.marked.is_empty() && self.callouts.is_empty()
    }

    /// The lines of a listing as they are shown, without the comments that hold callouts.
    pub fn lines<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut lines: Vec<&str> = text.split('\n').collect();
        for callout in self.callouts.iter().rev() {
            if let Some(line) = lines.get_mut(callout.line - 1) {
                *line = line.get(..callout.end).unwrap_or(line);
            }
        }
        lines
    }
}

/// The callouts of a listing: numbers in a comment at the end of a line, as `// <1>`, `# (1)!` or `# ①`. They count from 1 without
/// a gap, else they are code like any other.
pub fn callouts(text: &str) -> Vec<Marker> {
    let mut found = Vec::new();
    for (line, number) in text.split('\n').zip(1..) {
        let start = found.len();
        let mut rest = line.trim_end();
        while let Some((before, value)) = last_number(rest) {
            rest = before.trim_end();
            found.push(Marker { line: number, end: 0, number: value });
        }
        let Some(end) = code_end(rest).filter(|_| found.len() > start) else {
            found.truncate(start);
            continue;
        };
        found[start..].reverse();
        found[start..].iter_mut().for_each(|callout| callout.end = end);
    }
    let mut numbers: Vec<usize> = found.iter().map(|callout| callout.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.iter().copied().eq(1..=numbers.len()) { found } else { Vec::new() }
}

/// A number at the end of a line, and what stands before it.
fn last_number(line: &str) -> Option<(&str, usize)> {
    let line = ["-->", "*/"].iter().find_map(|close| line.strip_suffix(close)).map_or(line, str::trim_end);
    if let Some(circled) = line.chars().next_back().filter(|c| ('①'..='⑳').contains(c)) {
        let value = u32::from(circled) - u32::from('①') + 1;
        return Some((&line[..line.len() - circled.len_utf8()], value as usize));
    }
    [("<", ">"), ("(", ")!")].into_iter().find_map(|(open, close)| {
        let inner = line.strip_suffix(close)?;
        let (before, digits) = inner.rsplit_once(open)?;
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        Some((before, digits.parse().ok().filter(|_| plain)?))
    })
}

/// Where the code of a line ends whose last characters open a comment.
fn code_end(line: &str) -> Option<usize> {
    let before = ["<!--", "//", "/*", "--", "#", ";", "%"].iter().find_map(|open| line.strip_suffix(open))?;
    Some(before.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(usize, &str, usize)> {
        let line = |callout: &Marker| text.split('\n').nth(callout.line - 1).unwrap_or_default();
        callouts(text).iter().map(|c| (c.line, &line(c)[..c.end], c.number)).collect()
    }

    #[test]
    fn numbers_in_a_comment_of_their_own_are_callouts() {
        assert_eq!(told("let a; // <1>\n\nlet b; // <2>"), [(1, "let a;", 1), (3, "let b;", 2)]);
        assert_eq!(told("a = 1  # ①\nb = 2 # (2)!"), [(1, "a = 1", 1), (2, "b = 2", 2)]);
        assert_eq!(told("<a/> <!-- <1> -->\n/* <2> */"), [(1, "<a/>", 1), (2, "", 2)]);
        assert_eq!(told("f(); // <1> <2>"), [(1, "f();", 1), (1, "f();", 2)]);
        assert_eq!(told("甲 -- <1>"), [(1, "甲", 1)]);
    }

    #[test]
    fn other_numbers_are_code() {
        for text in ["let a: A<1>", "// see <2>", "f(); // as in (1)!", "x // <1>x", "y ①", "", "<1>", "// <1>\n// <3>"]
        {
            assert_eq!(told(text), [], "{text}");
        }
    }

    #[test]
    fn lines_are_shown_without_callouts() {
        let text = "let a; // <1> <2>\nb";
        let fence = Fence { callouts: callouts(text), ..Fence::default() };
        assert_eq!(fence.lines(text), ["let a;", "b"]);
    }
}
