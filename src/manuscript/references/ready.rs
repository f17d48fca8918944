//! Entries that are ready-made text: what a citation by author and year can know of them.

use hayagriva::Entry;
use hayagriva::types::{Date, EntryType, Person};

/// Longest beginning of a text that is taken for its author, in bytes.
const MAX_AUTHOR: usize = 120;

/// An entry for a text. Its author is what stands before the first full stop, its year the first one that the text names.
pub(super) fn entry(key: &str, text: &str) -> Entry {
    let mut entry = Entry::new(key, EntryType::Misc);
    if let Ok(title) = text.parse() {
        entry.set_title(title);
    }
    if let Some(author) = author(text) {
        entry.set_authors(vec![literal(author)]);
    }
    if let Some(year) = year(text) {
        entry.set_date(Date::from_year(year));
    }
    entry
}

/// A name that is printed as it is written.
pub(super) fn literal(name: &str) -> Person {
    Person { name: name.to_owned(), given_name: None, prefix: None, suffix: None, comma_suffix: false, alias: None }
}

fn author(text: &str) -> Option<&str> {
    let end = text.find(['.', '．', '。', '《', '“'])?;
    let author = text[..end].trim().trim_end_matches(['：', ':', '，', ',']);
    (!author.is_empty() && author.len() <= MAX_AUTHOR).then_some(author)
}

fn year(text: &str) -> Option<i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).find(|year| (1500..2100).contains(year))
}
