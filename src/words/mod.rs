//! What the program says, in the languages that it speaks.
//!
//! The code speaks English. A catalogue in gettext's PO format gives its messages in another language: the `msgid` is the
//! text as it stands in the code, with braces where a format string has them. A finished message is known again by its
//! fixed words, and what fills the braces is put into the translation. So a message is written once, where it arises,
//! and a test holds the catalogue against the code.

mod catalogue;

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::diagnostic::{Diagnostic, Label};
use catalogue::Catalogue;

/// The Chinese catalogue, as translators edit it.
pub const CHINESE: &str = include_str!("zh.po");

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// As the code is written.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Tongue {
    /// The tongue for a locale such as `zh_CN.UTF-8` or `zh-Hant`; English where no other one fits.
    pub fn of(locale: &str) -> Self {
        let language = locale.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") { Tongue::Chinese } else { Tongue::English }
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Tongue::English => "en",
            Tongue::Chinese => "zh-CN",
        }
    }

    /// A message in this tongue; as it is where the catalogue does not have it, such as what an operating system says.
    pub fn say(self, message: &str) -> Cow<'_, str> {
        match self {
            Tongue::English => Cow::Borrowed(message),
            Tongue::Chinese => catalogue().say(message),
        }
    }

    /// A text of several lines, each a message of its own.
    pub fn lines(self, text: &str) -> String {
        let line = |line: &str| {
            let rest = line.trim_start();
            format!("{}{}", &line[..line.len() - rest.len()], self.say(rest))
        };
        match self {
            Tongue::English => text.to_owned(),
            Tongue::Chinese => text.split('\n').map(line).collect::<Vec<_>>().join("\n"),
        }
    }

    /// A finding in this tongue. Its check, its places and its changes of the manuscript are the same.
    pub fn finding(self, found: &Diagnostic) -> Diagnostic {
        let label = |label: &Label| Label { span: label.span, text: self.say(&label.text).into_owned() };
        Diagnostic {
            check: found.check,
            severity: found.severity,
            message: self.say(&found.message).into_owned(),
            primary: found.primary.as_ref().map(label),
            labels: found.labels.iter().map(label).collect(),
            hints: found.hints.iter().map(|hint| self.say(hint).into_owned()).collect(),
            edits: found.edits.clone(),
        }
    }

    /// Findings in this tongue.
    pub fn findings(self, found: &[Diagnostic]) -> Cow<'_, [Diagnostic]> {
        match self {
            Tongue::English => Cow::Borrowed(found),
            Tongue::Chinese => found.iter().map(|one| self.finding(one)).collect(),
        }
    }
}

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| Catalogue::read(CHINESE).expect("invariant: a test reads the catalogue"))
}

#[cfg(test)]
mod tests;
