//! Errata: what changed in the text since an earlier state of the book, by chapter, word by word.

mod change;
mod compare;
mod html;
mod markdown;
mod pictures;
mod tables;
#[cfg(test)]
mod tests;
mod wording;
mod words;

pub use change::{Change, ChapterErrata, Errata, Section};
pub use compare::compare;
pub use html::html;
pub use markdown::markdown;
pub use wording::{ChapterText, LanguageText, Pictures, Place, WORDING, Wording, picture, wording};
pub use words::{Part, parts};

use crate::message::{Locale, Message};

/// The files of the errata.
pub const ERRATA: [&str; 2] = ["errata.html", "errata.md"];

/// What the errata compare, in words.
pub struct Heading<'a> {
    /// The title of the book by the tags of its languages, the source first.
    pub titles: Vec<(String, String)>,
    /// What the earlier state is called.
    pub old: &'a str,
    /// What this one is called.
    pub new: &'a str,
    /// The date of this one.
    pub date: &'a str,
}

/// What is said of a change beside its words, in the language of the text.
fn remark(change: &Change, tag: &str) -> String {
    let said = match change {
        Change::Reworded { .. } => Message::empty(),
        Change::Added(_) => msg!("added"),
        Change::Removed(_) => msg!("taken out"),
        Change::Moved(_) => msg!("moved"),
        Change::Redrawn(_) => msg!("another picture"),
    };
    Locale::of(tag).say(&said)
}

/// What the page says, in each of the languages.
fn in_each(titles: &[(String, String)], said: &Message) -> String {
    let mut words: Vec<String> = Vec::new();
    for (tag, _) in titles {
        let word = Locale::of(tag).say(said);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" / ")
}
