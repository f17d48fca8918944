//! Where Chinese sentences end.

use std::ops::Range;

use crate::lang::range::push_trimmed;

const CLOSERS: &str = "”’」』）)】》〉〕］]\"'*_";

/// What goes on with the sentence after quoted speech: “走！”，他说。
const GOES_ON: &str = "，、；：。,;:的地得";

pub(in crate::lang) fn split(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    let last_bracket = text.rfind(['）', ')']);
    let mut quotes = Quotes::default();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !(closes(c, &text[..at], &text[at + c.len_utf8()..])
            && (depth == 0 || last_bracket.is_none_or(|last| last < at)))
        {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut quoted = false;
        while let Some(&(at, next)) = chars.peek() {
            let opens = matches!(next, '"' | '\'') && !quotes.open(text, start, at).contains(&next);
            if opens || !(is_mark(next) || next == '…' || CLOSERS.contains(next)) {
                break;
            }
            quoted |= CLOSERS.contains(next);
            end = at + next.len_utf8();
            chars.next();
        }
        let goes_on = quoted && text[end..].starts_with(|next| GOES_ON.contains(next));
        if !goes_on {
            push_trimmed(text, start..end, &mut found);
            (start, depth) = (end, 0);
        }
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

/// Which of the straight quotation marks are open in a sentence.
#[derive(Default)]
struct Quotes {
    open: Vec<char>,
    start: usize,
    /// How far the text was read.
    read: usize,
}

impl Quotes {
    /// Those that are open at a place of a sentence, which is no earlier than the one that was asked for before.
    fn open(&mut self, text: &str, start: usize, at: usize) -> &[char] {
        if start != self.start {
            *self = Self { open: Vec::new(), start, read: start };
        }
        for mark in text[self.read.max(start)..at].chars().filter(|c| matches!(c, '"' | '\'')) {
            match self.open.iter().position(|open| *open == mark) {
                Some(open) => drop(self.open.remove(open)),
                None => self.open.push(mark),
            }
        }
        self.read = at;
        &self.open
    }
}

/// The words that ask for something.
const ASKING: [&str; 9] = ["什么", "怎么", "怎样", "如何", "何时", "为何", "谁", "哪", "多少"];

pub(in crate::lang) fn questions(text: &str) -> usize {
    if text.contains(['？', '?']) { ASKING.iter().map(|asks| text.matches(asks).count()).sum() } else { 0 }
}

fn is_mark(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '｡')
}

/// Whether a character closes a sentence, by what stands around it.
fn closes(c: char, before: &str, after: &str) -> bool {
    match c {
        '。' | '！' | '？' | '｡' => true,
        '!' | '?' => after.starts_with(|next: char| !next.is_ascii_alphanumeric()) || after.is_empty(),
        // A full stop of Latin writing: before a space and the beginning of another sentence, not after a digit.
        '.' => {
            let next = after.trim_start().chars().next();
            let word = before.chars().next_back().is_some_and(|p| p.is_alphabetic() || ")]”’\"".contains(p));
            let spaced = after.is_empty() || after.starts_with(char::is_whitespace);
            let begins = next.is_none_or(|next| !next.is_lowercase() && !next.is_ascii_digit());
            // Last, for it looks at the whole word.
            word && spaced && begins && !crate::lang::en::sentences::abbreviates(before)
        }
        _ => false,
    }
}
