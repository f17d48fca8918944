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

/// Stands before the name of a formula whose number another one says, in parentheses as it stands beside it; between it and
/// [`END`] stands the name. Both are in text in quotes. They are of Unicode's private use.
pub const IN_PARENTHESES: char = '\u{f0b00}';

/// The same for the number alone.
pub const BARE: char = '\u{f0b01}';

/// Stands behind such a name.
pub const END: char = '\u{f0b02}';

/// The names of the formulas whose numbers a formula in Typst's notation says.
pub fn named(set: &str) -> impl Iterator<Item = &str> {
    set.split([IN_PARENTHESES, BARE]).skip(1).filter_map(|behind| Some(behind.split_once(END)?.0))
}

/// The formula with those numbers, each as it stands beside what it is of; a name without one is shown itself.
pub fn with_numbers(set: &str, number: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = set;
    while let Some(at) = rest.find([IN_PARENTHESES, BARE]) {
        out.push_str(&rest[..at]);
        let in_parentheses = rest[at..].starts_with(IN_PARENTHESES);
        let behind = &rest[at + IN_PARENTHESES.len_utf8()..];
        let (name, after) = behind.split_once(END).unwrap_or((behind, ""));
        let found = number(name).unwrap_or_else(|| name.to_owned());
        let bare = found.strip_prefix('(').and_then(|found| found.strip_suffix(')')).unwrap_or(&found);
        let shown = if in_parentheses { format!("({bare})") } else { bare.to_owned() };
        out.push_str(&shown.replace('\\', "\\\\").replace('"', "\\\""));
        rest = after;
    }
    out + rest
}
