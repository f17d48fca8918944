//! Units beside numbers, under one name in all languages.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lang::Lists;

/// A written form with the name of the unit.
type Form = (&'static str, &'static str);

/// The units and how they are written, from a data file.
pub(in crate::lang) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::shipped(include_str!("units.txt")));

/// The forms by their first characters, the longest first.
static FORMS: LazyLock<FxHashMap<char, Vec<Form>>> = LazyLock::new(|| {
    let named = |name| LISTS.words(name).iter().map(move |form| (*form, name));
    let mut all: FxHashMap<char, Vec<Form>> = FxHashMap::default();
    for (form, name) in LISTS.names().flat_map(named) {
        all.entry(form.chars().next().expect("a form has a letter")).or_default().push((form, name));
    }
    all.values_mut().for_each(|forms| forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len())));
    all
});

fn beginning(first: char) -> &'static [Form] {
    FORMS.get(&first).map_or(&[], Vec::as_slice)
}

/// Signs and names of currencies that stand before the number.
const BEFORE: [(&str, &str); 10] = [
    ("HK$", "HKD"),
    ("US$", "USD"),
    ("USD", "USD"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("$", "USD"),
    ("¥", "CNY"),
    ("￥", "CNY"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// The unit that begins a text, perhaps after a space or a hyphen.
pub(in crate::lang) fn after(text: &str) -> Option<&'static str> {
    let rest = text.strip_prefix([' ', '\u{a0}', '-']).unwrap_or(text);
    let next = rest.chars().next().filter(|c| !c.is_whitespace() && !c.is_ascii_digit())?;
    let word = |form: &str| form.ends_with(|c: char| c.is_ascii_alphabetic());
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let fits = |form: &str| rest.strip_prefix(form).is_some_and(|after| !word(form) || ends(after));
    beginning(next).iter().find(|(form, _)| fits(form)).map(|(_, name)| *name)
}

/// The currency that ends a text.
pub(in crate::lang) fn before(text: &str) -> Option<&'static str> {
    let text = text.strip_suffix([' ', '\u{a0}']).unwrap_or(text);
    BEFORE.iter().find(|(form, _)| text.ends_with(form)).map(|(_, name)| *name)
}

/// Whether letters right after digits are a unit or nothing: 180ml, but not 5G.
pub(in crate::lang) fn may_follow(text: &str) -> bool {
    let letters = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let Some(first) = text[..letters].chars().next() else { return true };
    beginning(first).iter().any(|(form, _)| *form == &text[..letters])
}

/// The units that a text names, with their places, of those that `begins` lets begin between two characters.
pub(in crate::lang) fn named(text: &str, begins: fn(char, char) -> bool) -> Vec<(&'static str, Range<usize>)> {
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if begins(before, c)
            && let Some(name) = after(&text[at..])
        {
            found.push((name, at..at + c.len_utf8()));
        }
        before = c;
    }
    found
}
