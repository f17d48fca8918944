//! From comrak's lines and columns to bytes, and from text as read back to text as written.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use comrak::nodes::{LineColumn, Sourcepos};

use super::prepared::Prepared;

/// Byte offsets of the lines of a chapter's body.
pub(super) struct Lines<'a> {
    /// The file.
    text: &'a str,
    /// What comrak parses, in which it counts lines and columns, where that is not the file itself.
    parsed: Option<&'a Prepared>,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Counts the lines of what comrak parses; a lone carriage return ends a line too, as in CommonMark.
    pub(super) fn new(text: &'a str, parsed: &'a Prepared) -> Self {
        let bytes = parsed.text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let ends = ends.filter(|&end| bytes[end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'));
        Self { text, parsed: Some(parsed), starts: std::iter::once(0).chain(ends.map(|i| i + 1)).collect() }
    }

    /// The lines of a part of the file that is parsed again, as `read` without what a container puts before each line,
    /// and after a line that stands for nothing.
    pub(super) fn again(&self, read: &str, part: &Range<usize>) -> Self {
        let mut starts = vec![part.start];
        let mut at = part.start;
        for line in read.lines() {
            let written = self.text[at..part.end].lines().next().unwrap_or_default();
            starts.push(at + written.len().saturating_sub(line.len()));
            at = self.text[at..part.end].find('\n').map_or(part.end, |n| at + n + 1);
        }
        Self { text: self.text, parsed: None, starts }
    }

    fn offset(&self, at: LineColumn, past: bool) -> usize {
        let length = self.parsed.map_or(self.text.len(), |parsed| parsed.text.len());
        let line = self.starts.get(at.line.saturating_sub(1)).copied().unwrap_or(length);
        let offset = (line + at.column.saturating_sub(usize::from(!past))).min(length);
        let mut offset = self.parsed.map_or(offset, |parsed| parsed.source(offset, past)).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset = if past { offset + 1 } else { offset - 1 };
        }
        offset
    }

    /// The bytes of a node, kept inside `within` and without blank ends.
    pub(super) fn range(&self, at: Sourcepos, within: &Range<usize>) -> Range<usize> {
        let start = self.offset(at.start, false).clamp(within.start, within.end);
        let end = self.offset(at.end, true).clamp(start, within.end);
        let slice = &self.text[start..end];
        let start = start + (slice.len() - slice.trim_start_matches(['\n', '\r']).len());
        let slice = &self.text[start..end];
        start..start + slice.trim_end_matches([' ', '\t', '\n', '\r']).len()
    }

    /// The bytes of a block. One that the end of a container closes is as long as that end, to comrak: it is as long as its line.
    pub(super) fn block(&self, at: Sourcepos, within: &Range<usize>) -> Range<usize> {
        let range = self.range(at, within);
        let rest = &self.text[range.end..within.end];
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let next = self.text[range.end + line..].trim_start_matches(['\n', '\r']);
        if !next.trim_start_matches([' ', '\t', '>']).starts_with(":::") {
            return range;
        }
        range.start..range.end + rest[..line].trim_end_matches([' ', '\t']).len()
    }

    /// The bytes of an inline as comrak gives them: a hint to be checked.
    pub(super) fn hint(&self, at: Sourcepos, within: &Range<usize>) -> Range<usize> {
        let start = self.offset(at.start, false).clamp(within.start, within.end);
        start..self.offset(at.end, true).clamp(start, within.end)
    }
}

/// A stretch of text as read, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of the text as read.
    pub(super) read: Range<usize>,
    /// Bytes of the file.
    pub(super) source: Range<usize>,
    /// Whether both are the same, byte for byte.
    pub(super) exact: bool,
    /// Whether the first character was escaped with a backslash, and so marks nothing.
    pub(super) escaped: bool,
}

/// Follows `read` through the file from byte `at`, resolving escapes and entities.
/// `None` when the file has other text there.
pub(super) fn follow(file: &str, at: usize, limit: usize, read: &str, entities: &Entities) -> Option<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut source = at;
    let mut done = 0;
    // Whether the next character may join the last piece.
    let mut joined = false;
    while done < read.len() {
        let rest = file.get(source..limit)?;
        let want = &read[done..];
        let same = common(rest, want, entities);
        if same > 0 {
            match pieces.last_mut().filter(|_| joined) {
                Some(piece) => {
                    piece.read.end += same;
                    piece.source.end += same;
                }
                None => pieces.push(Piece {
                    read: done..done + same,
                    source: source..source + same,
                    exact: true,
                    escaped: false,
                }),
            }
            (done, source, joined) = (done + same, source + same, true);
            continue;
        }
        let char = want.chars().next()?;
        if rest.starts_with('\\') && char.is_ascii_punctuation() && rest[1..].starts_with(char) {
            pieces.push(Piece { read: done..done + 1, source: source + 1..source + 2, exact: true, escaped: true });
            (done, source, joined) = (done + 1, source + 2, true);
            continue;
        }
        let (written, length) = match rest.chars().next()? {
            '\0' if char == '\u{fffd}' => (1, char.len_utf8()),
            '&' => entities.matched(rest, want)?,
            _ => return None,
        };
        pieces.push(Piece {
            read: done..done + length,
            source: source..source + written,
            exact: false,
            escaped: false,
        });
        (done, source, joined) = (done + length, source + written, false);
    }
    Some(pieces)
}

/// How many bytes agree, stopping where the file has an escape or an entity.
fn common(rest: &str, want: &str, entities: &Entities) -> usize {
    let (r, w) = (rest.as_bytes(), want.as_bytes());
    let same = r.iter().zip(w).position(|(r, w)| r != w).unwrap_or(r.len().min(w.len()));
    let stops = |n: &usize| match r[*n] {
        b'\\' => r.get(n + 1).is_some_and(u8::is_ascii_punctuation) && r.get(n + 1) == w.get(*n),
        _ => entities.matched(&rest[*n..], &want[*n..]).is_some(),
    };
    let mut n = memchr::memchr2_iter(b'\\', b'&', &r[..same]).find(stops).unwrap_or(same);
    while !rest.is_char_boundary(n) || !want.is_char_boundary(n) {
        n -= 1;
    }
    n
}

/// Entities met so far and what they stand for.
#[derive(Debug, Default)]
pub(super) struct Entities(RefCell<BTreeMap<String, String>>);

impl Entities {
    /// The lengths of an entity as written and as read, if `rest` begins with one that gives the head of `want`.
    fn matched(&self, rest: &str, want: &str) -> Option<(usize, usize)> {
        let end = rest.bytes().take(34).position(|b| b == b';')?;
        let name = &rest[1..end];
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') {
            return None;
        }
        let written = &rest[..=end];
        let mut known = self.0.borrow_mut();
        if !known.contains_key(written) {
            known.insert(written.to_owned(), decode(written));
        }
        let value = &known[written];
        (value != written && want.starts_with(value.as_str())).then_some((end + 1, value.len()))
    }
}

/// Lets comrak itself resolve an entity, so that both agree on every name.
fn decode(entity: &str) -> String {
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, entity, &comrak::Options::default());
    let mut value = String::new();
    for node in root.descendants() {
        if let Some(text) = node.data().value.text() {
            value.push_str(text);
        }
    }
    value
}
