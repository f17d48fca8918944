//! By what a row is known again: a hidden text in its first cell, and a bookmark around its translation.

use super::codes::Codes;
use crate::exchange::{Unit, forms::docx::marks};

/// How the names of bookmarks begin.
const BOOKMARK: &str = "dama_";
/// The longest name of a bookmark that Word takes.
const LONGEST_BOOKMARK: usize = 40;
/// What ends a hidden text, so that what a row shows beside it is told from it wherever hidden text does not stay hidden.
const END: char = ';';

/// The hidden text of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) stem: String,
    pub(super) id: String,
    /// Which row of its table it was, from 1.
    pub(super) row: usize,
    /// The codes of the source.
    pub(super) source: Codes,
    /// The codes of the translation; `None` if there was none.
    pub(super) target: Option<Codes>,
    /// What the marks of the translation showed.
    pub(super) check: String,
}

impl Anchor {
    /// That of a unit, whose translation shows `shown` in its marks.
    pub(super) fn of(unit: &Unit, stem: &str, row: usize, shown: &[(String, String)]) -> Self {
        Self {
            stem: stem.to_owned(),
            id: unit.id.clone(),
            row,
            source: Codes::of(&unit.source),
            target: unit.target.as_deref().map(Codes::of),
            check: marks::check(shown),
        }
    }

    pub(super) fn written(&self) -> String {
        let Self { stem, id, row, source, check, .. } = self;
        let target = self.target.as_ref().map_or("-".to_owned(), Codes::written);
        format!("{stem}#{id}|{row}|{}|{target}|{check}{END}", source.written())
    }

    /// Reads the first cell of a row: the anchor, if it has one, and what is shown behind it.
    pub(super) fn parse(cell: &str) -> (Option<Self>, &str) {
        let Some((hidden, shown)) = cell.rsplit_once(END) else { return (None, cell) };
        (Self::read(hidden), shown)
    }

    fn read(hidden: &str) -> Option<Self> {
        let mut parts = hidden.rsplitn(5, '|');
        let check = parts.next()?.to_owned();
        let target = match parts.next()? {
            "-" => None,
            codes => Some(Codes::parse(codes)?),
        };
        let source = Codes::parse(parts.next()?)?;
        let row = parts.next()?.parse().ok()?;
        let (stem, id) = parts.next()?.trim_start().rsplit_once('#')?;
        let (stem, id) = (stem.to_owned(), id.to_owned());
        (!id.is_empty()).then_some(Self { stem, id, row, source, target, check })
    }
}

/// The hidden text of the first row of a table: whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) stem: String,
    /// The number of the table, from 1, which stands in the names of its bookmarks.
    pub(super) table: usize,
    /// How many rows it has.
    pub(super) rows: usize,
}

impl Heading {
    pub(super) fn written(&self) -> String {
        format!("{}##{}|{}{END}", self.stem, self.table, self.rows)
    }

    pub(super) fn parse(cell: &str) -> Option<Self> {
        let (hidden, _) = cell.rsplit_once(END)?;
        let (stem, rest) = hidden.rsplit_once("##")?;
        let (table, rows) = rest.split_once('|')?;
        Some(Self { stem: stem.trim_start().to_owned(), table: table.parse().ok()?, rows: rows.parse().ok()? })
    }
}

/// The name of the bookmark of a row: the number of its table and the id of its unit, or its number where a name cannot hold
/// the id.
pub(super) fn bookmark(table: usize, id: &str, row: usize) -> String {
    let name = format!("{BOOKMARK}{table}_{}", id.replace('.', "_"));
    let plain = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.');
    let is_id = plain && id.starts_with(|c: char| c.is_ascii_lowercase()) && name.len() <= LONGEST_BOOKMARK;
    if is_id { name } else { format!("{BOOKMARK}{table}_{row}") }
}

/// The name of the bookmark of a text that is ours and stands outside of the tables.
pub(super) fn text_bookmark(number: usize) -> String {
    format!("{BOOKMARK}text_{number}")
}

/// Whether a bookmark is ours.
pub(super) fn is_ours(name: &str) -> bool {
    name.starts_with(BOOKMARK)
}

/// What the bookmark of a row says: the number of the table, and the id if it holds it.
pub(super) fn of_bookmark(name: &str) -> Option<(usize, Option<String>)> {
    let (table, id) = name.strip_prefix(BOOKMARK)?.split_once('_')?;
    let table = table.parse().ok()?;
    let id = id.starts_with(|c: char| c.is_ascii_lowercase()).then(|| id.replace('_', "."));
    Some((table, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_known_again_by_its_hidden_text() {
        let anchor = Anchor {
            stem: "part/06-a|b;c#d".into(),
            id: "abcdefghij.2".into(),
            row: 12,
            source: Codes::parse("b1,l2,n3").unwrap(),
            target: Some(Codes::parse("l2,it1").unwrap()),
            check: "00ff00ff".into(),
        };
        let none = Anchor { target: None, source: Codes::default(), ..anchor.clone() };
        for anchor in [anchor, none] {
            let cell = format!("{}12\ndraft", anchor.written());
            assert_eq!(Anchor::parse(&cell), (Some(anchor), "12\ndraft"));
        }
        for cell in ["", "12", "a;12", "a#b|1|?1|-|c;12", "a#b|x||-|c;12", "a#|1||-|c;1"] {
            assert_eq!(Anchor::parse(cell).0, None, "{cell}");
        }
        let heading = Heading { stem: "a##b".into(), table: 3, rows: 40 };
        assert_eq!(Heading::parse(&format!("{}#", heading.written())), Some(heading));
    }

    #[test]
    fn a_bookmark_holds_the_id_if_word_takes_its_name() {
        assert_eq!(bookmark(3, "abcdefghij.2", 7), "dama_3_abcdefghij_2");
        assert_eq!(of_bookmark("dama_3_abcdefghij_2"), Some((3, Some("abcdefghij.2".into()))));
        for id in ["9a", "A", "å", &"a".repeat(40)] {
            assert_eq!(bookmark(3, id, 7), "dama_3_7", "{id}");
        }
        assert_eq!(of_bookmark("dama_3_7"), Some((3, None)));
        assert_eq!(of_bookmark("_GoBack"), None);
    }
}
