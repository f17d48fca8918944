//! The codes of a cell as a short text, which travels with it: what came back is held against it.

use std::collections::BTreeMap;

use crate::exchange::{Code, CodeKind, Piece};

/// A letter for each kind.
const LETTERS: [(CodeKind, char); 19] = [
    (CodeKind::Emphasis, 'i'),
    (CodeKind::Strong, 'b'),
    (CodeKind::Strike, 's'),
    (CodeKind::Subscript, 'd'),
    (CodeKind::Superscript, 'p'),
    (CodeKind::Underline, 'u'),
    (CodeKind::Highlight, 'h'),
    (CodeKind::Keys, 'k'),
    (CodeKind::Link, 'l'),
    (CodeKind::Ruby, 'r'),
    (CodeKind::Code, 'c'),
    (CodeKind::Formula, 'f'),
    (CodeKind::Picture, 'g'),
    (CodeKind::Citation, 'q'),
    (CodeKind::Reference, 'x'),
    (CodeKind::Index, 'e'),
    (CodeKind::Note, 'n'),
    (CodeKind::Break, 'w'),
    (CodeKind::Block, 'z'),
];

/// The kinds and ids of the codes of a text, in its order: of a pair where it opens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Codes(pub(super) Vec<(CodeKind, String)>);

impl Codes {
    /// The codes of a text.
    pub(super) fn of(pieces: &[Piece<Code>]) -> Self {
        let mut codes = Self::default();
        codes.collect(pieces);
        codes
    }

    fn collect(&mut self, pieces: &[Piece<Code>]) {
        for piece in pieces {
            match piece {
                Piece::Text(_) => {}
                Piece::Single(code) => self.0.push((code.kind, code.id.clone())),
                Piece::Pair(code, inner) => {
                    self.0.push((code.kind, code.id.clone()));
                    self.collect(inner);
                }
            }
        }
    }

    /// The kinds of the codes by their ids.
    pub(super) fn kinds(&self) -> BTreeMap<&str, CodeKind> {
        self.0.iter().map(|(kind, id)| (id.as_str(), *kind)).collect()
    }

    /// As a short text: `b1,l2,n3`.
    pub(super) fn written(&self) -> String {
        let one = |(kind, id): &(CodeKind, String)| {
            let letter = LETTERS.iter().find(|(known, _)| known == kind).map_or('?', |(_, letter)| *letter);
            format!("{letter}{id}")
        };
        self.0.iter().map(one).collect::<Vec<_>>().join(",")
    }

    /// Reads what [`written`](Self::written) gives; `None` for anything else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let one = |part: &str| {
            let letter = part.chars().next()?;
            let (kind, _) = LETTERS.iter().find(|(_, known)| *known == letter)?;
            let id = &part[letter.len_utf8()..];
            is_id(id).then(|| (*kind, id.to_owned()))
        };
        text.split(',').filter(|part| !part.is_empty()).map(one).collect::<Option<Vec<_>>>().map(Self)
    }
}

/// Whether a text can be the id of a code.
pub(super) fn is_id(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether codes of a kind stand around text.
pub(super) fn is_pair(kind: CodeKind) -> bool {
    use CodeKind::*;
    matches!(kind, Emphasis | Strong | Strike | Subscript | Superscript | Underline | Highlight | Keys | Link)
}
