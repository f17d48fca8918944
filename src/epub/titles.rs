//! Chinese titles and short cells whose lines end between words, as those of the pages do: the stylesheet lets them break at
//! `wbr` alone.

use super::page::Writer;
use super::xml::Xml;
use crate::lang::Script;
use crate::lang::zh::is_han;
use crate::typeset::word_breaks;

/// Writes a text with a place to break after each of its Chinese words; where marks and spaces end them a reader breaks by itself.
pub(super) fn by_words(xml: &mut Xml, text: &str) {
    let mut from = 0;
    for at in breaks(text) {
        xml.text(&text[from..at]);
        xml.empty("wbr", &[]);
        from = at;
    }
    xml.text(&text[from..]);
}

fn breaks(text: &str) -> Vec<usize> {
    if !text.contains(is_han) {
        return Vec::new();
    }
    let beside = |at: &usize| {
        let (last, next) = (text[..*at].chars().next_back(), text[*at..].chars().next());
        [last, next].into_iter().flatten().any(is_han) && last.is_some_and(char::is_alphanumeric)
    };
    word_breaks(text).into_iter().filter(beside).collect()
}

impl Writer<'_, '_> {
    /// Writes what stands in a title or a short cell. What is in it knows its words from here.
    pub(super) fn titled(&mut self, write: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.by_words, self.lang.script() == Script::Han);
        write(self);
        self.by_words = around;
    }

    /// Writes text in the language of the text around.
    pub(super) fn own_words(&mut self, text: &str) {
        if self.by_words { by_words(self.xml, text) } else { self.xml.text(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Xml, by_words};

    #[test]
    fn a_title_may_break_between_words_alone() {
        let written = |text: &str| {
            let mut xml = Xml::fragment();
            by_words(&mut xml, text);
            xml.finish_text()
        };
        assert_eq!(written("序言一　两种范式，一件工具"), "序言<wbr/>一　两种<wbr/>范式，一件<wbr/>工具");
        assert_eq!(written("河道与湖泊"), "河道<wbr/>与湖泊");
        assert_eq!(written("云网端 AI & 5G"), "云<wbr/>网<wbr/>端 AI &amp; 5G");
        assert_eq!(written("Two words"), "Two words");
    }
}
