//! A text in the leading language of an edition, and its translation beside it.

use super::titles::title;
use super::xml::Xml;
use crate::model::Lang;

/// A text and its translation, where that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Both {
    /// In the leading language.
    own: String,
    /// In the other one.
    other: Option<(Lang, String)>,
}

impl Both {
    /// A text and what it is called in the other language, if it is.
    pub(super) fn new(own: String, other: Option<(&Lang, String)>) -> Self {
        let other = other.filter(|(_, text)| *text != own && !text.trim().is_empty());
        Self { own, other: other.map(|(lang, text)| (lang.clone(), text)) }
    }

    /// The two in one line, for what has no languages of its own inside.
    pub(super) fn line(&self) -> String {
        match &self.other {
            Some((_, text)) => format!("{} / {text}", self.own),
            None => self.own.clone(),
        }
    }

    /// Writes the two in one line, the second in its language.
    pub(super) fn write(&self, xml: &mut Xml) {
        self.after(xml, " / ", Xml::text);
    }

    /// Writes the two as titles, the second to stand under the first.
    pub(super) fn write_below(&self, xml: &mut Xml) {
        self.after(xml, " ", title);
    }

    fn after(&self, xml: &mut Xml, between: &str, write: fn(&mut Xml, &str)) {
        write(xml, &self.own);
        let Some((lang, text)) = &self.other else { return };
        xml.text(between);
        xml.open("span", &[("class", "translation"), ("lang", lang.bcp47()), ("xml:lang", lang.bcp47())]);
        write(xml, text);
        xml.close();
    }
}
