//! The page of a code: what `dama-pub explain` shows.

use std::borrow::Cow;

use crate::message::Locale;

/// The heading of a Chinese page before which the examples belong.
const REMEDY: &str = "## 怎样改";

/// A page in both languages. The Chinese one has no examples of its own: they are those of the English one.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The English page.
    pub english: &'static str,
    /// The Chinese page, without examples.
    pub chinese: &'static str,
}

impl Page {
    /// The whole page in a language.
    pub fn text(self, locale: Locale) -> Cow<'static, str> {
        match locale {
            Locale::English => Cow::Borrowed(self.english),
            Locale::Chinese => {
                let example = format!("## 例子\n\n{}\n\n{REMEDY}", self.example());
                Cow::Owned(self.chinese.replacen(REMEDY, &example, 1))
            }
        }
    }

    /// The examples. They end at the next heading by its name: an example may hold headings of its own.
    pub(super) fn example(self) -> &'static str {
        let rest = self.english.split_once("\n## Example\n").map_or("", |(_, rest)| rest);
        rest.split_once("\n## How to fix\n").map_or("", |(example, _)| example.trim())
    }

    /// What the finding is about: the text under the first heading.
    pub fn about(self, locale: Locale) -> String {
        text_of(self.own(locale).lines().skip_while(|line| !line.starts_with("## ")).skip(1))
    }

    /// Why it matters.
    pub fn reasons(self, locale: Locale) -> String {
        let title = match locale {
            Locale::English => "Why it matters",
            Locale::Chinese => "为什么要紧",
        };
        section(self.own(locale), title)
    }

    /// The page without the examples that a Chinese one takes from the English.
    fn own(self, locale: Locale) -> &'static str {
        match locale {
            Locale::English => self.english,
            Locale::Chinese => self.chinese,
        }
    }

    /// The first sentence on why it matters.
    pub fn why(self, locale: Locale) -> String {
        let stop = match locale {
            Locale::English => ". ",
            Locale::Chinese => "。",
        };
        let text = self.reasons(locale);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match text.find(stop) {
            Some(end) => text[..end + stop.trim_end().len()].to_owned(),
            None => text,
        }
    }
}

fn section(page: &'static str, title: &str) -> String {
    text_of(page.lines().skip_while(|line| line.strip_prefix("## ") != Some(title)).skip(1))
}

/// Lines up to the next heading.
fn text_of<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.take_while(|line| !line.starts_with("## ")).collect::<Vec<_>>().join("\n").trim().to_owned()
}
