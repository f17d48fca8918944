//! The words of styles in the languages of works.

use hayagriva::Entry;
use hayagriva::archive::LOCALES;
use hayagriva::citationberg::{Locale, LocaleCode};

use crate::lang::en::English;
use crate::lang::{self, Language};

/// The language of a work: the one that its entry names, else that of its writing.
pub(super) fn own(entry: &Entry) -> LocaleCode {
    match entry.language() {
        Some(language) => archived(&language.to_string()),
        None => by_writing(entry),
    }
}

/// The language of the archive that is nearest to a tag: the same region, else the usual one, else any, else English.
fn archived(tag: &str) -> LocaleCode {
    let tags = || LOCALES.iter().map(|bytes| archived_tag(bytes));
    let usual = LocaleCode(first(tag).to_owned()).fallback().map(|code| code.0);
    let found = tags().find(|known| *known == tag).or_else(|| tags().find(|known| usual.as_deref() == Some(known)));
    let found = found.or_else(|| tags().find(|known| first(known) == first(tag)));
    found.map_or_else(LocaleCode::en_us, |tag| LocaleCode(tag.to_owned()))
}

fn by_writing(entry: &Entry) -> LocaleCode {
    let title = entry.title().map(|title| title.value.to_string()).unwrap_or_default();
    let names = entry.authors().unwrap_or_default().iter().map(|author| author.name.as_str());
    let text = if title.is_empty() { names.collect() } else { title };
    if text.chars().any(|c| ('\u{3041}'..='\u{30ff}').contains(&c)) {
        archived("ja-JP")
    } else if text.chars().any(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c)) {
        archived("ko-KR")
    } else {
        archived(lang::of_text([text.as_str()].into_iter()).bcp47())
    }
}

/// The words that styles need in these languages, and in English, which styles fall back on. The archive has those of some
/// sixty languages, and to read them all takes as long as all the rest of a short e-book.
pub(super) fn of(codes: &[LocaleCode]) -> Vec<Locale> {
    let wanted = |bytes: &[u8]| {
        let primary = first(archived_tag(bytes));
        primary == English.tag() || codes.iter().any(|code| first(&code.0) == primary)
    };
    let read = |bytes: &[u8]| ciborium::from_reader(bytes).expect("the archive of hayagriva is sound");
    LOCALES.iter().copied().filter(|bytes| wanted(bytes)).map(read).collect()
}

fn first(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The language of an entry of the archive: in CBOR the value of its first key follows that key and a byte with the
/// value's length.
fn archived_tag(bytes: &[u8]) -> &str {
    const KEY: &[u8] = b"@xml:lang";
    let value = bytes.get(2..).and_then(|rest| rest.strip_prefix(KEY));
    let tag = value.and_then(|value| value.get(1..=usize::from(value.first()? & 0x1f)));
    tag.and_then(|tag| std::str::from_utf8(tag).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_the_archive_are_known_before_it_is_read() {
        let read: Vec<_> = hayagriva::archive::locales().into_iter().filter_map(|locale| locale.lang).collect();
        let known: Vec<_> = LOCALES.iter().map(|bytes| LocaleCode(archived_tag(bytes).to_owned())).collect();
        assert_eq!(known, read);
        let few = of(&[LocaleCode("zh".to_owned())]);
        let mut tags: Vec<_> = few.into_iter().filter_map(|locale| locale.lang).map(|code| code.0).collect();
        tags.sort();
        assert_eq!(tags, ["en-GB", "en-US", "zh-CN", "zh-TW"]);
    }
}
