//! Refuses chapters that are nested beyond reason before the parser spends time on them.

use std::ops::Range;

/// Deepest nesting given to the parser; what is deeper than [`super::MAX_DEPTH`] is refused afterwards.
const PARSE_DEPTH: usize = 200;

/// The place where a text nests quotations or containers too deep, if it does.
pub(super) fn too_deep(text: &str, body: usize) -> Option<Range<usize>> {
    let mut at = body;
    // Fence lengths of the open containers.
    let mut open: Vec<usize> = Vec::new();
    let ends = memchr::memchr2_iter(b'\n', b'\r', &text.as_bytes()[body..]).map(|end| body + end + 1);
    for end in ends.chain([text.len()]) {
        let line = &text[at..end];
        let head = line.bytes().take_while(|b| matches!(b, b'>' | b' ' | b'\t' | b'-' | b'*' | b'+')).count();
        let quotes = line.as_bytes()[..head].iter().filter(|b| **b == b'>').count();
        let rest = line[head..].trim_end();
        let colons = rest.bytes().take_while(|b| *b == b':').count();
        if colons >= 3 {
            fence(&mut open, colons, rest.len() > colons);
        }
        if quotes > PARSE_DEPTH || open.len() > PARSE_DEPTH {
            return Some(at..at + line.trim_end().len());
        }
        at = end;
    }
    None
}

/// A bare fence closes the outermost container that it is long enough for; any other fence opens one.
fn fence(open: &mut Vec<usize>, length: usize, named: bool) {
    let closes = open.iter().position(|l| *l <= length).filter(|_| !named);
    match closes {
        Some(outermost) => open.truncate(outermost),
        None => open.push(length),
    }
}
