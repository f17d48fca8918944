//! Languages of a publication.

use std::fmt;

use crate::message::Message;

/// A language as BCP 47 writes it, for example `zh`, `zh-Hant`, `en` or `en-GB`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(String);

impl Lang {
    /// Takes a tag as `book.yaml` writes it: letters, digits and hyphens, the first part two or three letters.
    /// Gives `None` for anything else.
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let good = (2..=3).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_lowercase())
            && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        good.then(|| Self(tag.to_owned()))
    }

    /// The tag as written in `book.yaml`; also the name of the language's folder.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// Its name in a sentence; the tag of a language that has no name here.
    pub fn name(&self) -> Message {
        match self.tag() {
            "zh" | "zh-CN" => msg!("Chinese"),
            "zh-Hans" => msg!("Simplified Chinese"),
            "zh-Hant" | "zh-TW" | "zh-HK" => msg!("Traditional Chinese"),
            "en" => msg!("English"),
            "en-GB" => msg!("British English"),
            "en-US" => msg!("American English"),
            tag => Message::data(tag),
        }
    }

    /// The language alone: `zh` of `zh-Hant`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The full tag for documents: plain `zh` is Simplified Chinese of the mainland, `zh-CN`.
    pub fn bcp47(&self) -> &str {
        if self.0 == "zh" { "zh-CN" } else { &self.0 }
    }

    /// The two-letter region that punctuation and hyphenation follow, if one is known (`cn` for plain `zh`).
    pub fn region(&self) -> Option<String> {
        let written = self.0.split('-').skip(1).find(|p| p.len() == 2);
        match (written, self.0.as_str()) {
            (Some(region), _) => Some(region.to_ascii_lowercase()),
            (None, "zh-Hant") => Some("tw".to_owned()),
            (None, _) if self.is_chinese() => Some("cn".to_owned()),
            _ => None,
        }
    }

    /// Whether this is a form of Chinese.
    pub fn is_chinese(&self) -> bool {
        self.primary() == "zh"
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
