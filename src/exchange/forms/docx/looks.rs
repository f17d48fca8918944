//! How a piece of text looks: which of the codes that Word can show are on it.

use crate::exchange::CodeKind;

/// The kinds that are shown as they look, in the order in which those of the same length are opened if nothing else is known.
pub(super) const SHOWN: [CodeKind; 7] = [
    CodeKind::Strong,
    CodeKind::Emphasis,
    CodeKind::Strike,
    CodeKind::Underline,
    CodeKind::Highlight,
    CodeKind::Subscript,
    CodeKind::Superscript,
];

/// A set of looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Looks(u8);

impl Looks {
    /// The look of a kind; none for what has no look of its own.
    pub(super) fn of(kind: CodeKind) -> Self {
        Self(SHOWN.iter().position(|shown| *shown == kind).map_or(0, |at| 1 << at))
    }

    pub(super) fn has(self, kind: CodeKind) -> bool {
        self.0 & Self::of(kind).0 != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn is_plain(self) -> bool {
        self.0 == 0
    }

    pub(super) fn kinds(self) -> impl Iterator<Item = CodeKind> {
        SHOWN.into_iter().filter(move |kind| self.has(*kind))
    }

    /// Puts a look on, or takes it off.
    pub(super) fn set(&mut self, kind: CodeKind, on: bool) {
        *self = if on { self.with(Self::of(kind)) } else { self.without(Self::of(kind)) };
    }
}
