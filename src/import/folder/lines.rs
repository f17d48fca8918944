//! The lines of a page, each with its number in the file, and which of them are code.

use std::ops::Range;

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Its number in the file that was imported.
    pub(super) at: usize,
    /// Whether it is code, or the fence of code.
    pub(super) code: bool,
    /// Whether it is part of a comment of several lines.
    pub(super) comment: bool,
}

impl Line {
    pub(super) fn new(text: impl Into<String>, at: usize) -> Self {
        Self { text: text.into(), at, code: false, comment: false }
    }

    /// Whether it is neither code nor comment.
    pub(super) fn is_prose(&self) -> bool {
        !self.code && !self.comment
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a text, of which the first has this number.
pub(super) fn of(text: &str, first: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = text.lines().enumerate().map(|(n, line)| Line::new(line, first + n)).collect();
    mark(&mut lines);
    lines
}

/// The columns of the blanks that a text begins with.
pub(super) fn indent(text: &str) -> usize {
    text.bytes().take_while(|b| matches!(b, b' ' | b'\t')).map(|b| if b == b'\t' { 4 } else { 1 }).sum()
}

/// A line without so many columns of blanks.
pub(super) fn dedented(text: &str, columns: usize) -> &str {
    let mut left = columns;
    let cut = text.bytes().take_while(|b| {
        let width = if *b == b'\t' { 4 } else { 1 };
        let fits = matches!(b, b' ' | b'\t') && left > 0;
        left = left.saturating_sub(width);
        fits
    });
    &text[cut.count()..]
}

/// What stands before the text of a line: blanks, signs of quotations and lists.
pub(super) fn prefix(text: &str) -> &str {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = &rest[blanks..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match rest[digits..].bytes().next() {
            Some(b'>') if digits == 0 => 1,
            Some(b'-' | b'*' | b'+') if digits == 0 && rest[1..].starts_with([' ', '\t']) => 1,
            Some(b'.' | b')') if digits > 0 && rest[digits + 1..].starts_with([' ', '\t']) => digits + 1,
            _ => return &text[..at + blanks],
        };
        at += blanks + marker;
    }
}

/// The sign and length of the fence of a line, and what stands behind it.
pub(super) fn fence(text: &str) -> Option<(char, usize, &str)> {
    let text = &text[prefix(text).len()..];
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = text.trim_start_matches(sign);
    let length = text.len() - info.len();
    (length >= 3 && !(sign == '`' && info.contains('`'))).then_some((sign, length, info.trim()))
}

/// A fence whose code is open.
#[derive(Clone, Copy)]
struct Open {
    sign: char,
    length: usize,
    /// Whether it stands in a quotation, with whose lines it ends.
    quoted: bool,
}

impl Open {
    fn of(text: &str) -> Option<Self> {
        let (sign, length, _) = fence(text)?;
        Some(Self { sign, length, quoted: prefix(text).contains('>') })
    }

    fn is_closed_by(self, text: &str) -> bool {
        fence(text).is_some_and(|(sign, length, info)| sign == self.sign && length >= self.length && info.is_empty())
    }

    fn ends_before(self, text: &str) -> bool {
        self.quoted && !prefix(text).contains('>')
    }
}

/// Marks which lines are code between fences, and which are comments.
pub(super) fn mark(lines: &mut [Line]) {
    let (mut open, mut comment) = (None::<Open>, false);
    for line in lines {
        open = open.filter(|open| !open.ends_before(&line.text));
        (line.code, line.comment) = (open.is_some(), comment);
        if let Some(fence) = open {
            open = Some(fence).filter(|open| !open.is_closed_by(&line.text));
        } else if comment {
            comment = !line.text.contains("-->");
        } else if let Some(start) = line.text.find("<!--").filter(|start| *start == prefix(&line.text).len()) {
            comment = !line.text[start..].contains("-->");
            line.comment = comment;
        } else {
            open = Open::of(&line.text);
            line.code = open.is_some();
        }
    }
}

/// The lines of a page in which all code is closed, and the numbers of the lines where that was wanting. Code that holds nothing is left out.
pub(super) fn close(lines: Vec<Line>) -> (Vec<Line>, Vec<usize>) {
    let (mut out, mut closed, mut open) = (Vec::with_capacity(lines.len()), Vec::new(), None::<(usize, Open)>);
    let end = |out: &mut Vec<Line>, (at, open): (usize, Open)| {
        let number = out[at].at;
        if out[at + 1..].iter().all(|line: &Line| line.text[prefix(&line.text).len()..].trim().is_empty())
            && fence(&out[at].text).is_some_and(|(.., info)| info.is_empty())
        {
            out.remove(at);
        } else {
            let before = prefix(&out[at].text).replace(['-', '*', '+'], " ");
            let text = format!("{before}{}", open.sign.to_string().repeat(open.length));
            out.push(Line { code: true, ..Line::new(text, number) });
        }
        number
    };
    for line in lines {
        if let Some((at, fence)) = open.filter(|(_, open)| open.ends_before(&line.text)) {
            closed.push(end(&mut out, (at, fence)));
            open = None;
        }
        open = match open {
            Some((_, fence)) if fence.is_closed_by(&line.text) => None,
            None if !line.comment => Open::of(&line.text).map(|open| (out.len(), open)),
            open => open,
        };
        out.push(line);
    }
    closed.extend(open.map(|open| end(&mut out, open)));
    mark(&mut out);
    (out, closed)
}

/// A fence that nothing in a text closes.
pub(super) fn fence_around(text: &str) -> String {
    let longest = text.lines().filter_map(fence).filter(|(sign, ..)| *sign == '`').map(|(_, length, _)| length).max();
    "`".repeat(longest.map_or(3, |length| length + 1))
}

/// A page as one text, with the parts of it that are no prose.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) text: String,
    /// Code, formulas and comments, in order.
    pub(super) opaque: Vec<Range<usize>>,
    /// Where each line begins, and its number.
    starts: Vec<(usize, usize)>,
}

impl Joined {
    pub(super) fn new(lines: &[Line]) -> Self {
        let (mut text, mut opaque, mut starts) = (String::new(), Vec::<Range<usize>>::new(), Vec::new());
        for line in lines {
            let start = text.len();
            starts.push((start, line.at));
            text.push_str(&line.text);
            text.push('\n');
            if line.code {
                match opaque.last_mut().filter(|last| last.end == start) {
                    Some(last) => last.end = text.len(),
                    None => opaque.push(start..text.len()),
                }
            }
        }
        let inline = inline_opaque(&text, &opaque);
        opaque.extend(inline);
        opaque.sort_by_key(|range| range.start);
        Self { text, opaque, starts }
    }

    /// The number of the line in which a byte stands.
    pub(super) fn line(&self, at: usize) -> usize {
        let found = self.starts.partition_point(|(start, _)| *start <= at);
        found.checked_sub(1).map_or(0, |found| self.starts[found].1)
    }

    /// The end of the part without prose in which a byte stands.
    pub(super) fn opaque_at(&self, at: usize) -> Option<usize> {
        let found = self.opaque.partition_point(|range| range.start <= at);
        found.checked_sub(1).map(|found| self.opaque[found].end).filter(|end| *end > at)
    }
}

/// Code, formulas by themselves and comments in the lines that are not code.
fn inline_opaque(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut found, mut at, mut next) = (Vec::new(), 0, 0);
    while let Some(step) = text[at..].find(['`', '<', '\\', '$']) {
        at += step;
        while code.get(next).is_some_and(|range| range.end <= at) {
            next += 1;
        }
        if let Some(range) = code.get(next).filter(|range| range.contains(&at)) {
            at = range.end;
            continue;
        }
        let limit = code.get(next).map_or(text.len(), |range| range.start);
        let part = &text[at..limit];
        let length = match part.as_bytes()[0] {
            b'`' => code_span(part),
            b'<' if part.starts_with("<!--") => part.find("-->").map(|end| end + 3),
            b'<' if is_address(part) => part.find('>').map(|end| end + 1),
            b'$' if part.starts_with("$$") => part[2..].find("$$").map(|end| end + 4),
            _ => None,
        };
        match length {
            Some(length) => {
                found.push(at..at + length);
                at += length;
            }
            None => at += escaped(part),
        }
    }
    found
}

/// How many bytes a sign that begins nothing takes, with the one that it escapes.
fn escaped(part: &str) -> usize {
    let run = part.len() - part.trim_start_matches('`').len();
    let next = part[1..].chars().next().filter(char::is_ascii_punctuation);
    if part.starts_with('\\') { 1 + next.map_or(0, char::len_utf8) } else { run.max(1) }
}

/// The length of the code that a text begins with, in its paragraph.
fn code_span(text: &str) -> Option<usize> {
    let run = text.len() - text.trim_start_matches('`').len();
    let end = text.find("\n\n").unwrap_or(text.len());
    let mut at = run;
    while let Some(open) = text[at..end].find('`').map(|step| at + step) {
        let length = text[open..end].len() - text[open..end].trim_start_matches('`').len();
        at = open + length;
        if length == run {
            return Some(at);
        }
    }
    None
}

/// Whether a text begins with an address in angle brackets.
fn is_address(text: &str) -> bool {
    let inner = text[1..].split(['>', '\n', ' ']).next().unwrap_or_default();
    inner.contains("://") && !inner.contains(['"', '\'']) || inner.contains('@') && !inner.contains(['"', '='])
}

/// A text with parts of it replaced. Parts that overlap an earlier one are left.
pub(super) fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (range, new) in edits {
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// A text as blocks of their own, as far to the right as what stands around it.
pub(super) fn set(text: &str, before: &str) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let columns = first.map_or(0, indent);
    let mut out = String::from("\n\n");
    for line in text.trim_matches('\n').lines() {
        let line = dedented(line, columns);
        if !line.trim().is_empty() {
            out.push_str(before);
            out.push_str(line);
        }
        out.push('\n');
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_ends_with_its_quotation_and_with_its_page() {
        let text = "> ```rust\n> a\n\n二\n\n<!--\n```\n-->\n\n```\nb\n\n";
        let lines = of(text, 1);
        let code: Vec<bool> = lines.iter().map(|line| line.code).collect();
        assert_eq!(code, [true, true, false, false, false, false, false, false, false, true, true, true]);
        let (closed, at) = close(lines);
        let closed: String = closed.iter().map(|line| format!("{}\n", line.text)).collect();
        assert_eq!(closed, "> ```rust\n> a\n> ```\n\n二\n\n<!--\n```\n-->\n\n```\nb\n\n```\n");
        assert_eq!(at, [1, 10]);
        assert_eq!(close(of("a\n\n```\n\n", 1)).0.len(), 3, "a lone fence at the end shows nothing");
    }
}
