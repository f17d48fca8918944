//! The text of a cell: codes as looks and as marks, `⟦1⟧ … ⟦/1⟧`, and back.

use std::collections::BTreeSet;

use super::codes::{Codes, is_id};
use super::looks::Looks;
use super::token::{Fault, Token};
use super::tree::{self, Node};
use crate::exchange::{Code, CodeKind, Piece, Side, Tagged};
use crate::foreign::xml::legal;

/// The brackets of a mark. The first one written twice is the character itself.
const OPEN: char = '⟦';
const CLOSE: char = '⟧';
/// Most characters of what a mark shows.
const SHOWN: usize = 40;
/// Longest text between the brackets that is taken for a mark.
const LONGEST: usize = 200;

/// A piece of a cell that looks the same throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) looks: Looks,
    /// Whether it is a mark and no text.
    pub(super) mark: bool,
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Decoded {
    pub(super) pieces: Tagged,
    /// The codes that stand as marks.
    pub(super) marks: BTreeSet<String>,
    /// What marks show, for [`check`].
    pub(super) shown: Vec<(String, String)>,
    /// Whether text is marked in colour that was not sent so.
    pub(super) coloured: bool,
}

/// The runs of a text. Where the looks alone do not tell its codes, as in two bold words side by side, they stand as marks.
pub(super) fn encode(text: &[Piece<Code>], side: Side) -> Vec<Run> {
    let codes = Codes::of(text);
    for looks in [true, false] {
        let mut encoder = Encoder { runs: Vec::new(), looks, side };
        encoder.pieces(text, Looks::default());
        let chars: Vec<(char, Looks)> =
            encoder.runs.iter().flat_map(|run| run.text.chars().map(|c| (c, run.looks))).collect();
        // Word knows no text that is both below and above the line.
        let is_word = encoder
            .runs
            .iter()
            .all(|run| !(run.looks.has(CodeKind::Subscript) && run.looks.has(CodeKind::Superscript)));
        if !looks || is_word && decode(&chars, &codes).is_ok_and(|decoded| decoded.pieces == tagged(text)) {
            return encoder.runs;
        }
    }
    unreachable!("the second round always returns")
}

/// The text with the ids of its codes alone, as it comes back.
pub(super) fn tagged(text: &[Piece<Code>]) -> Tagged {
    let mut out = Tagged::new();
    for piece in text {
        match piece {
            Piece::Text(text) => tree::push_text(&mut out, &clean(text)),
            Piece::Single(code) => out.push(Piece::Single(code.id.clone())),
            Piece::Pair(code, inner) => out.push(Piece::Pair(code.id.clone(), tagged(inner))),
        }
    }
    out
}

/// A text as a cell can hold it: one line of characters that XML allows.
pub(super) fn clean(text: &str) -> String {
    legal(&text.replace(['\n', '\r'], " "))
}

/// What the marks of a text show, as a few letters: whoever changes it is told that it is not text.
pub(super) fn check(shown: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = shown.iter().collect();
    sorted.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for byte in sorted.iter().flat_map(|(id, text)| id.bytes().chain([0]).chain(text.bytes()).chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{:08x}", hash >> 32)
}

struct Encoder {
    runs: Vec<Run>,
    /// Whether what can be shown as it looks is.
    looks: bool,
    side: Side,
}

impl Encoder {
    fn pieces(&mut self, pieces: &[Piece<Code>], looks: Looks) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    let text = clean(text).replace(OPEN, "⟦⟦");
                    self.push(&text, looks, false);
                }
                Piece::Single(code) => self.mark(code, true, looks),
                Piece::Pair(code, inner) if self.looks && !Looks::of(code.kind).is_plain() => {
                    self.pieces(inner, looks.with(Looks::of(code.kind)));
                }
                Piece::Pair(code, inner) => {
                    // Where a link leads is shown beside the translation, and not again in it.
                    self.mark(code, self.side == Side::Source, looks);
                    self.pieces(inner, looks);
                    self.push(&format!("{OPEN}/{}{CLOSE}", code.id), looks, true);
                }
            }
        }
    }

    fn mark(&mut self, code: &Code, shown: bool, looks: Looks) {
        let shown = if shown { brief(code) } else { String::new() };
        let gap = if shown.is_empty() { "" } else { " " };
        self.push(&format!("{OPEN}{}{gap}{shown}{CLOSE}", code.id), looks, true);
    }

    fn push(&mut self, text: &str, looks: Looks, mark: bool) {
        match self.runs.last_mut() {
            Some(last) if last.looks == looks && last.mark == mark => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.runs.push(Run { text: text.to_owned(), looks, mark }),
        }
    }
}

/// What a mark shows of its code.
fn brief(code: &Code) -> String {
    let sign = match code.kind {
        CodeKind::Break => "↵",
        CodeKind::Block => "¶",
        _ => code.shown.as_str(),
    };
    let text = clean(sign).replace([OPEN, CLOSE, '\t'], " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// Reads the text of a cell. `codes` are those that were sent in it: their kinds and their order give looks their ids.
pub(super) fn decode(chars: &[(char, Looks)], codes: &Codes) -> Result<Decoded, Fault> {
    let mut lexed = Lexed::default();
    lexed.read(chars)?;
    let nodes = tree::nest(lexed.tokens, codes)?;
    let mut decoded = Decoded { shown: lexed.shown, marks: lexed.opened, ..Decoded::default() };
    let mut looks = tree::LookIds::new(codes, &decoded.marks);
    decoded.pieces = tree::shape(nodes, &mut looks);
    decoded.coloured = looks.coloured;
    Ok(decoded)
}

#[derive(Default)]
struct Lexed {
    tokens: Vec<Token>,
    opened: BTreeSet<String>,
    closed: BTreeSet<String>,
    shown: Vec<(String, String)>,
}

impl Lexed {
    fn read(&mut self, chars: &[(char, Looks)]) -> Result<(), Fault> {
        let mut at = 0;
        while let Some(&(c, looks)) = chars.get(at) {
            if c != OPEN {
                self.tokens.push(Token::Text(c, looks));
                at += 1;
            } else if chars.get(at + 1).is_some_and(|(next, _)| *next == OPEN) {
                self.tokens.push(Token::Text(OPEN, looks));
                at += 2;
            } else {
                let rest = &chars[at + 1..];
                let end = rest.iter().take(LONGEST).position(|(c, _)| matches!(*c, OPEN | CLOSE));
                let inside = |end: usize| rest[..end].iter().map(|(c, _)| *c).collect::<String>();
                let broken = || Fault::Broken(format!("{OPEN}{}", inside(rest.len().min(12))));
                let end = end.filter(|end| rest[*end].0 == CLOSE).ok_or_else(broken)?;
                self.mark(&inside(end), looks).ok_or_else(broken)??;
                at += end + 2;
            }
        }
        Ok(())
    }

    /// Takes what stands between brackets; `None` if it is no mark.
    fn mark(&mut self, inside: &str, looks: Looks) -> Option<Result<(), Fault>> {
        let inside = inside.trim();
        let (is_close, inside) = match inside.strip_prefix('/') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, inside),
        };
        let (id, shown) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        if !is_id(id) || is_close && !shown.is_empty() {
            return None;
        }
        let seen = if is_close { &mut self.closed } else { &mut self.opened };
        if !seen.insert(id.to_owned()) {
            return Some(Err(Fault::Twice(id.to_owned())));
        }
        let id = id.to_owned();
        if is_close {
            self.tokens.push(Token::Close(id, looks));
        } else {
            self.shown.push((id.clone(), shown.trim().to_owned()));
            self.tokens.push(Token::Open(id, looks));
        }
        Some(Ok(()))
    }
}

/// A text that came back of a source, without what was sent: its codes by the marks, and by the looks in the order of their ids.
pub(super) fn guessed(chars: &[(char, Looks)]) -> Option<(Tagged, Codes)> {
    let mut lexed = Lexed::default();
    lexed.read(chars).ok()?;
    let nodes: Vec<Node> = tree::nest(lexed.tokens, &Codes::default()).ok()?;
    let mut looks = tree::LookIds::counted();
    let pieces = tree::shape(nodes, &mut looks);
    Some((pieces, looks.given))
}
