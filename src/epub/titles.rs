//! Chinese titles and short cells whose lines end between words, as those of the pages do: the stylesheet lets them break at
//! `wbr` alone.

use super::xml::Xml;
use crate::lang::zh::is_han;
use crate::typeset::word_breaks;

/// A part of a title between two marks stays on one line up to this length, in characters: 两种范式，/ 一件工具.
const PART: usize = 9;

/// What breaks between its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Brief {
    /// A title.
    Title,
    /// A cell of a table, whose column may be narrower than a title's part.
    Cell,
}

/// Writes a title with a place to break after each of its Chinese words; where marks and spaces end them a reader breaks by itself.
pub(super) fn title(xml: &mut Xml, text: &str) {
    by_words(xml, text, Brief::Title);
}

/// Writes text with a place to break after each of its Chinese words.
pub(super) fn by_words(xml: &mut Xml, text: &str, brief: Brief) {
    let mut from = 0;
    for at in breaks(text, brief) {
        xml.text(&text[from..at]);
        xml.empty("wbr", &[]);
        from = at;
    }
    xml.text(&text[from..]);
}

/// Between two Chinese characters: a place to break beside a Latin letter would take away the space there.
fn breaks(text: &str, brief: Brief) -> Vec<usize> {
    if !text.contains(is_han) {
        return Vec::new();
    }
    let inside = |at: &usize| text[..*at].ends_with(is_han) && text[*at..].starts_with(is_han);
    let long = |at: &usize| brief == Brief::Cell || part_around(text, *at).chars().count() > PART;
    word_breaks(text).into_iter().filter(inside).filter(long).collect()
}

/// What stands around a place up to the next marks or spaces.
fn part_around(text: &str, at: usize) -> &str {
    let ends = |c: char| !c.is_alphanumeric();
    let start = text[..at].rfind(ends).map_or(0, |mark| mark + text[mark..].chars().next().map_or(0, char::len_utf8));
    let end = text[at..].find(ends).map_or(text.len(), |mark| at + mark);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use super::{Brief, Xml, by_words};

    fn written(text: &str, brief: Brief) -> String {
        let mut xml = Xml::fragment();
        by_words(&mut xml, text, brief);
        xml.finish_text()
    }

    #[test]
    fn a_title_may_break_between_words_alone() {
        let title = |text| written(text, Brief::Title);
        assert!(title("河道与湖泊一同治理与科技趋势").starts_with("河道<wbr/>与湖泊<wbr/>一同<wbr/>治理"));
        assert_eq!(title("序言一　两种范式，一件工具"), "序言一　两种范式，一件工具", "marks are places enough");
        assert_eq!(title("绿色能源 AI & 5G"), "绿色能源 AI &amp; 5G");
        assert_eq!(title("Two words"), "Two words");
    }

    #[test]
    fn a_cell_may_break_between_any_two_words() {
        assert_eq!(written("河道与湖泊AI", Brief::Cell), "河道<wbr/>与湖泊AI");
    }
}
