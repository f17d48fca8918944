//! How the formulas of a book are written.

use std::collections::BTreeMap;

/// In which notation formulas are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notation {
    /// TeX's, with what amsmath adds.
    Tex,
    /// Typst's own.
    Typst,
}

impl Notation {
    /// The notations by their names.
    pub const NAMES: [(&'static str, Self); 2] = [("tex", Self::Tex), ("typst", Self::Typst)];

    /// The notation of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, notation)| *notation)
    }
}

/// Commands of a book by their names without the backslash, and what they stand for in TeX's notation, with `#1` … `#9` for
/// what they take.
pub type Macros = BTreeMap<String, String>;

/// What `math:` of `book.yaml` says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Math {
    /// The notation of all formulas; without one each is read in that which it plainly has.
    pub notation: Option<Notation>,
    /// The author's own commands.
    pub macros: Macros,
}
