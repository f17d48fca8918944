//! A text taken apart: words, single characters where words are written together, and marks.

use std::ops::Range;

use crate::lang::width::half;
use crate::lang::zh::simplified;

/// Letters and digits from here on are written without spaces between words.
const FIRST_CJK: char = '\u{2e80}';

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters and digits of a script with spaces between words.
    Word,
    /// One character of a script without them.
    Character,
    /// Anything else but a space.
    Mark,
}

impl Kind {
    fn of(c: char) -> Self {
        let c = half(c);
        if !c.is_alphanumeric() {
            Self::Mark
        } else if c < FIRST_CJK {
            Self::Word
        } else {
            Self::Character
        }
    }
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// One space, or a hyphen between words.
    Narrow,
    /// More than that, or the beginning of the text.
    Wide,
}

/// A piece of a text.
pub(super) struct Token {
    /// Its place in the text.
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    /// What parts it from the token before.
    pub(super) gap: Gap,
    /// Its place in the folded text.
    folded: Range<usize>,
}

/// The tokens of a text.
#[derive(Default)]
pub(super) struct Tokens {
    pub(super) all: Vec<Token>,
    /// The tokens in a row: in small letters, half-width, Traditional characters simplified.
    folded: String,
}

impl Tokens {
    pub(super) fn of(text: &str) -> Self {
        let mut tokens = Self::default();
        // Where the last token ends, with an ending that belongs to no word; and how far the text is read.
        let (mut end, mut at) = (None, 0);
        while let Some(c) = text[at..].chars().next() {
            let start = at;
            at += c.len_utf8();
            if c.is_whitespace() {
                continue;
            }
            let kind = Kind::of(c);
            if kind == Kind::Word {
                at = word_end(text, at);
            }
            let gap = end.map_or(Gap::Wide, |end: usize| gap(&text[end..start]));
            tokens.push(text, Token { range: start..at, kind, gap, folded: 0..0 });
            if kind == Kind::Word {
                at += possessive(&text[at..]);
            }
            end = Some(at);
            if kind == Kind::Word {
                at += hyphen(&text[at..]);
            }
        }
        tokens
    }

    fn push(&mut self, text: &str, mut token: Token) {
        let start = self.folded.len();
        for c in text[token.range.clone()].chars().map(half) {
            match token.kind {
                Kind::Word => self.folded.extend(c.to_lowercase()),
                Kind::Character => self.folded.push(simplified(c)),
                Kind::Mark => self.folded.push(if c == '’' { '\'' } else { c }),
            }
        }
        token.folded = start..self.folded.len();
        self.all.push(token);
    }

    /// A token as it is compared.
    pub(super) fn folded(&self, token: &Token) -> &str {
        &self.folded[token.folded.clone()]
    }

    /// Whether a gap before the token `at` parts words or marks; between Chinese characters, and between them and words, a
    /// space means nothing.
    pub(super) fn parted(&self, at: usize) -> bool {
        let character = |token: &Token| token.kind == Kind::Character;
        at > 0 && self.all[at].gap != Gap::None && !character(&self.all[at]) && !character(&self.all[at - 1])
    }
}

fn word_end(text: &str, from: usize) -> usize {
    text[from..].find(|c| Kind::of(c) != Kind::Word).map_or(text.len(), |n| from + n)
}

fn gap(between: &str) -> Gap {
    match between.chars().count() {
        0 => Gap::None,
        1 => Gap::Narrow,
        _ => Gap::Wide,
    }
}

/// The length of the ending of a possessive that a text after a word begins with.
fn possessive(rest: &str) -> usize {
    let bare = rest.strip_prefix(['\'', '’']).and_then(|rest| rest.strip_prefix('s'));
    let ends = bare.filter(|rest| rest.chars().next().is_none_or(|c| Kind::of(c) != Kind::Word));
    ends.map_or(0, |bare| rest.len() - bare.len())
}

/// The length of a hyphen that a text after a word begins with, if another word follows it.
fn hyphen(rest: &str) -> usize {
    let after = rest.strip_prefix(['-', '‐', '‑', '–']);
    let joins = after.filter(|rest| rest.chars().next().is_some_and(|c| Kind::of(c) == Kind::Word));
    joins.map_or(0, |after| rest.len() - after.len())
}
