//! Units and what stands in them.

use crate::model::Lang;

/// Chapters of a book as units, for the translation of one language into another.
#[derive(Debug, Clone)]
pub struct Package {
    /// The title of the book in the source language; empty for files outside a book.
    pub title: String,
    /// Source and target.
    pub langs: [Lang; 2],
    /// The chapters in reading order.
    pub files: Vec<File>,
}

/// The units of a chapter.
#[derive(Debug, Clone)]
pub struct File {
    /// The name that the chapter has in both languages: `06-method`, `part/06-method`.
    pub stem: String,
    /// The chapter in the source language, from the book's folder: `manuscript/zh/06-method.md`.
    pub source: String,
    /// Its translation; `None` where there is none yet.
    pub target: Option<String>,
    /// The title in the source language, without markup.
    pub title: String,
    /// Units in the reading order of the source.
    pub units: Vec<Unit>,
}

/// A block of the source that carries words, and its translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is known by, within its chapter: the fingerprint of the source's wording, ten letters `a` to `z`, and `.2` for the second
    /// of two that are alike. A block that moves keeps it. With the chapter: `06-method#abcdefghij.2`.
    pub id: String,
    /// What it is: `title`, `paragraph`, `heading`, `cell`, `caption`, `attribute`; the same in every language of the user.
    pub kind: &'static str,
    /// The line of the source on which it begins, counted from 1.
    pub line: usize,
    /// The source. Never empty.
    pub source: Coded,
    /// The translation as it stands; `None` where there is none.
    pub target: Option<Coded>,
    /// Whether the translation has codes that the source has not. Their ids begin with `t`, and tools that know only the
    /// codes of the source may spoil them: a form that others read leaves such a translation out and says so.
    pub extra_codes: bool,
    /// How far it is.
    pub state: State,
    /// Sentences in their order, where both sides have the same number of them and no code goes over their bounds; empty
    /// elsewhere. Joined, they are `source` and `target`.
    pub sentences: Vec<Sentence>,
    /// What a translator should know.
    pub notes: Vec<UnitNote>,
}

/// A sentence and its translation, with the space that follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// In the source.
    pub source: Coded,
    /// In the translation.
    pub target: Coded,
}

/// Which side of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The text that is translated.
    Source,
    /// The translation.
    Target,
}

/// How far a unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is no translation.
    Missing,
    /// There is one that is marked as unfinished.
    Draft,
    /// There is one that nobody has signed off.
    Translated,
    /// The source, or the translation, changed after it was signed off.
    Stale {
        /// What the source said when it was signed off, where it was the source that changed.
        was: Option<String>,
    },
    /// It is signed off as it stands.
    Signed,
}

/// Something that a translator should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitNote {
    /// What it is about.
    pub kind: NoteKind,
    /// What it says, in one line, in the language of the user.
    pub text: String,
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// A term of the termbase and how it is translated.
    Term,
    /// Why a finding is accepted.
    Waiver,
    /// What a check found.
    Finding,
    /// What becomes of the unit in this form.
    Form,
}

/// A piece of text with inline codes `C`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<C> {
    /// Text as it is read, without any markup.
    Text(String),
    /// Codes around text.
    Pair(C, Vec<Piece<C>>),
    /// A code by itself.
    Single(C),
}

/// Text with the codes of this program.
pub type Coded = Vec<Piece<Code>>;

/// Text that came back, with the ids of codes.
pub type Tagged = Vec<Piece<String>>;

/// An inline code: what in the manuscript is markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// A number from `1` in the reading order of the source; `t1` and on for codes that only the translation has. Codes of a translation
    /// bear the id of their counterpart in the source. A code stands once in each side.
    pub id: String,
    /// What it is.
    pub kind: CodeKind,
    /// What a translator is shown in place of it: the text of code, the formula, the key of a citation, where a link leads. May be empty for pairs.
    pub shown: String,
}

/// The kinds of inline code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeKind {
    /// A pair: emphasis, set in italics.
    Emphasis,
    /// A pair: strong emphasis, set in bold.
    Strong,
    /// A pair: struck out.
    Strike,
    /// A pair: small and below the line.
    Subscript,
    /// A pair: small and above the line.
    Superscript,
    /// A pair: underlined.
    Underline,
    /// A pair: on a coloured ground.
    Highlight,
    /// A pair: keys to be pressed.
    Keys,
    /// A pair: a link.
    Link,
    /// Single: characters with their reading.
    Ruby,
    /// Single: code.
    Code,
    /// Single: a formula.
    Formula,
    /// Single: a picture in the line.
    Picture,
    /// Single: a citation.
    Citation,
    /// Single: a cross-reference.
    Reference,
    /// Single: a mark of the index.
    Index,
    /// Single: the mark of a note.
    Note,
    /// Single: a line break.
    Break,
    /// Single: where one block ends and the next begins, in units of several blocks.
    Block,
}

impl CodeKind {
    /// Whether a translation may leave it out without losing anything but its looks.
    pub fn is_optional(self) -> bool {
        use CodeKind::*;
        matches!(
            self,
            Emphasis | Strong | Strike | Subscript | Superscript | Underline | Highlight | Keys | Ruby | Index | Break
        )
    }

    /// A word for it that stays the same in every form: `bold`, `link`, `note`.
    pub fn word(self) -> &'static str {
        use CodeKind::*;
        match self {
            Emphasis => "italic",
            Strong => "bold",
            Strike => "strike",
            Subscript => "subscript",
            Superscript => "superscript",
            Underline => "underline",
            Highlight => "highlight",
            Keys => "keys",
            Link => "link",
            Ruby => "ruby",
            Code => "code",
            Formula => "formula",
            Picture => "image",
            Citation => "citation",
            Reference => "reference",
            Index => "index",
            Note => "note",
            Break => "break",
            Block => "block",
        }
    }
}
