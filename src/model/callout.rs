//! The kinds of callout: notes, tips and warnings that stand out from the text, and what can be folded away.

/// The kinds of callout that are drawn apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalloutKind {
    /// What is worth knowing.
    Note,
    /// What makes things easier.
    Tip,
    /// What must be known.
    Important,
    /// What can go wrong.
    Warning,
    /// What does harm.
    Caution,
    /// What need not be read: it can be folded away on a screen.
    Details,
}

/// How many kinds there are.
pub const CALLOUT_KINDS: usize = 6;

/// The words that name a callout, each with its kind: the names of the kinds first, then what other programs call them.
pub const CALLOUT_WORDS: [(&str, CalloutKind); 20] = [
    ("note", CalloutKind::Note),
    ("tip", CalloutKind::Tip),
    ("important", CalloutKind::Important),
    ("warning", CalloutKind::Warning),
    ("caution", CalloutKind::Caution),
    ("details", CalloutKind::Details),
    ("info", CalloutKind::Note),
    ("abstract", CalloutKind::Note),
    ("example", CalloutKind::Note),
    ("question", CalloutKind::Note),
    ("hint", CalloutKind::Tip),
    ("success", CalloutKind::Tip),
    ("attention", CalloutKind::Warning),
    ("danger", CalloutKind::Caution),
    ("error", CalloutKind::Caution),
    ("failure", CalloutKind::Caution),
    ("bug", CalloutKind::Caution),
    ("seealso", CalloutKind::Note),
    ("pitfall", CalloutKind::Warning),
    ("deepdive", CalloutKind::Details),
];

impl CalloutKind {
    /// Its name, in manuscripts and for layouts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
            Self::Details => "details",
        }
    }
}

/// The callout that a word names, in letters of any case.
pub fn callout_word(word: &str) -> Option<(&'static str, CalloutKind)> {
    CALLOUT_WORDS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(word))
}
