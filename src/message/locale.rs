//! The languages that the program speaks.

use std::borrow::Cow;

use super::{Forms, Message, catalogue, visible};

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// As the code is written.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Locale {
    /// The locale for a POSIX or BCP 47 name such as `zh_CN.UTF-8` or `zh-Hant`; English where no other one fits.
    pub fn of(name: &str) -> Self {
        let language = name.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") { Locale::Chinese } else { Locale::English }
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::English => "en",
            Locale::Chinese => "zh-CN",
        }
    }

    /// A message in this language, in which no data commands a terminal. A template that the catalogue lacks is said in English.
    pub fn say(self, message: &Message) -> String {
        let mut out = String::new();
        message.render(self, &mut out);
        if let Cow::Owned(seen) = visible(&out) {
            return seen;
        }
        out
    }

    /// A text without places that no macro makes, such as the help of the command line; unchanged where the catalogue lacks
    /// it.
    pub fn text(self, english: &str) -> Cow<'_, str> {
        let found = match self {
            Locale::English => None,
            Locale::Chinese => catalogue::chinese().form(english, 0),
        };
        found.map_or(Cow::Borrowed(english), Cow::Borrowed)
    }

    /// The template in this language.
    pub(super) fn template(self, forms: Forms) -> &'static str {
        let found = match self {
            Locale::English => None,
            // Chinese has one form for every number.
            Locale::Chinese => catalogue::chinese().form(forms.id(), 0),
        };
        found.unwrap_or(forms.template())
    }
}
