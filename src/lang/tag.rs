//! Tags of languages.

use std::fmt;

use super::{Conventions, ExportWords, ReferenceWords, Script};
use crate::diagnostic::nearest;
use crate::message::Message;

/// A language as BCP 47 writes it, for example `zh`, `zh-Hant`, `en` or `en-GB`; one that has a module.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(String);

impl Lang {
    /// Takes a tag as `book.yaml` writes it. Gives `None` for what is not a [tag](is_tag), and for a language that has no
    /// module.
    pub fn new(tag: &str) -> Option<Self> {
        (is_tag(tag) && super::named(primary(tag)).is_some()).then(|| Self(tag.to_owned()))
    }

    /// The tag as written in `book.yaml`; also the name of the language's folder.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// Its name in a sentence; the tag of a form of a language that has no name here.
    pub fn name(&self) -> Message {
        super::of(self).name(&self.0).unwrap_or_else(|| Message::data(&*self.0))
    }

    /// The language alone: `zh` of `zh-Hant`.
    pub fn primary(&self) -> &str {
        primary(&self.0)
    }

    /// Whether both are forms of one language.
    pub fn is_form_of(&self, other: &Self) -> bool {
        self.primary() == other.primary()
    }

    /// Whether both tags mean the same text: one language in one script, and no two regions. A tag says of region and script
    /// what it needs to, so that `zh`, `zh-CN` and `zh-Hans` agree, and `en` with `en-GB`.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        let writing = |lang: &Self| super::of(lang).writing(&lang.0);
        let one_region = match (self.written_region(), other.written_region()) {
            (Some(own), Some(other)) => own.eq_ignore_ascii_case(other),
            _ => true,
        };
        self.is_form_of(other) && writing(self) == writing(other) && one_region
    }

    fn written_region(&self) -> Option<&str> {
        self.0.split('-').skip(1).find(|part| part.len() == 2)
    }

    /// The full tag for documents: plain `zh` is Simplified Chinese of the mainland, `zh-CN`.
    pub fn bcp47(&self) -> &str {
        let language = super::of(self);
        if self.0 == language.tag() { language.full_tag() } else { &self.0 }
    }

    /// The two-letter region that punctuation and hyphenation follow, if one is known (`cn` for plain `zh`).
    pub fn region(&self) -> Option<String> {
        let language = super::of(self);
        match self.written_region() {
            // Typst has the words of Traditional Chinese under one region, and sets its marks alike in all of them.
            Some(written) if language.writing(&self.0) != "hant" => Some(written.to_ascii_lowercase()),
            _ => language.region(&self.0).map(str::to_owned),
        }
    }

    /// Its code in ISO 639-2, as libraries and shops use it.
    pub fn bibliographic_code(&self) -> &'static str {
        super::of(self).bibliographic_code()
    }

    /// The script that it is written in, as ISO 15924 names it.
    pub fn script_code(&self) -> Option<&'static str> {
        match super::of(self).writing(&self.0) {
            "hans" => Some("Hans"),
            "hant" => Some("Hant"),
            "latn" => Some("Latn"),
            _ => None,
        }
    }

    /// The words that an e-book says in it.
    pub fn export_words(&self) -> &'static ExportWords {
        super::of(self).export_words(&self.0)
    }

    /// The words of references in it.
    pub fn reference_words(&self) -> &'static ReferenceWords {
        super::of(self).reference_words(&self.0)
    }

    /// What holds of the language.
    pub fn conventions(&self) -> &'static Conventions {
        super::of(self).conventions()
    }

    /// The writing that its own words are in.
    pub fn script(&self) -> Script {
        self.conventions().script
    }
}

/// The key among these that was probably meant by another: one with the same language, as `en-GB` for `en`, else one of
/// similar spelling. A tag of two letters is another language, however alike the two are: `fr` is no slip for `en`.
pub(crate) fn meant<'k>(written: &str, keys: impl Iterator<Item = &'k str> + Clone) -> Option<&'k str> {
    let same = keys.clone().find(|key| primary(key).eq_ignore_ascii_case(primary(written)));
    let is_other = is_tag(written) && primary(written).len() == 2;
    same.or_else(|| nearest(written, keys).filter(|_| !is_other))
}

/// The language that the name of a folder means, however its parts are joined and their letters are: `zh_CN`, `EN`.
pub(crate) fn loosely(name: &str) -> Option<Lang> {
    Lang::new(&name.replace('_', "-").to_ascii_lowercase())
}

/// Whether a text has the form of a tag: letters, digits and hyphens, the first part two or three letters.
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_mean_the_same_text_agree() {
        let agree = |a, b| Lang::new(a).unwrap().agrees_with(&loosely(b).unwrap());
        for (a, b) in [("zh", "zh-CN"), ("zh-CN", "zh_Hans"), ("zh-Hant", "zh-TW"), ("en", "EN"), ("en-GB", "en")] {
            assert!(agree(a, b), "{a} {b}");
        }
        for (a, b) in [("zh", "zh-Hant"), ("zh-CN", "zh-TW"), ("zh-HK", "zh-TW"), ("en-GB", "en-US"), ("zh", "en")] {
            assert!(!agree(a, b), "{a} {b}");
        }
    }

    #[test]
    fn another_language_is_no_slip() {
        assert_eq!(meant("fr", ["zh", "en"].into_iter()), None);
        assert_eq!(meant("es", ["zh", "en"].into_iter()), None);
        assert_eq!(meant("eng", ["zh", "en"].into_iter()), Some("en"));
        assert_eq!(meant("zh-TW", ["zh", "en"].into_iter()), Some("zh"));
        assert_eq!(meant("bilingaul", ["zh", "en", "bilingual"].into_iter()), Some("bilingual"));
    }
}
