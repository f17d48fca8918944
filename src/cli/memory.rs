//! Which editions are set at the same time: as many as there is memory for.

use crate::model::{Book, EditionKind};
use crate::project::Weight;
use crate::source::Sources;

/// What setting an edition takes, whatever it holds: fonts, the library, what is remembered.
const EDITION: u64 = 64 << 20;

/// What a byte of its chapters takes on pages, and what a formula takes besides.
const A_BYTE_OF_TEXT: u64 = 500;
const A_FORMULA: u64 = 50 << 10;

/// What a picture takes with its caption, and the page that it fills, not counting its file.
const A_PICTURE: u64 = 512 << 10;

/// How often a picture's file is in memory: in the PDF, and packed for it where it must be. An e-book has no more than one at a time.
const A_BYTE_OF_PICTURES: u64 = 2;

/// What editions take together at most, however much is free: one that takes so much has work for all threads.
const MOST: u64 = 1536 << 20;

/// Bytes of memory that editions may take together, where so many are to be used.
pub(super) fn most(budget: Option<u64>) -> u64 {
    budget.map_or(MOST, |bytes| bytes.min(MOST))
}

/// Bytes of memory that an edition is thought to take.
pub(super) fn need(edition: &EditionKind, book: &Book, sources: &Sources, weight: Weight) -> u64 {
    let languages = book.languages_of(edition);
    let chapters = languages.into_iter().flat_map(|lang| book.chapters(lang));
    let of_text: u64 = chapters.map(|chapter| on_pages(sources.get(chapter.file).text())).sum();
    let of_pictures =
        weight.other.saturating_mul(A_BYTE_OF_PICTURES).saturating_add(weight.pictures.saturating_mul(A_PICTURE));
    EDITION.saturating_add(of_text).saturating_add(of_pictures)
}

fn on_pages(text: &str) -> u64 {
    let formulas = text.split('$').filter(|part| !part.is_empty()).count() / 2;
    text.len() as u64 * A_BYTE_OF_TEXT + formulas as u64 * A_FORMULA
}

/// The things one after the other in groups that need no more than `most` together, or are one alone.
pub(super) fn groups<T>(things: &[T], need: impl Fn(&T) -> u64, most: u64) -> Vec<&[T]> {
    let mut groups = Vec::new();
    let (mut start, mut sum) = (0, 0_u64);
    for (at, thing) in things.iter().enumerate() {
        let more = need(thing);
        sum = sum.saturating_add(more);
        if at > start && sum > most {
            groups.push(&things[start..at]);
            (start, sum) = (at, more);
        }
    }
    if start < things.len() {
        groups.push(&things[start..]);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_are_set_together_as_far_as_memory_goes() {
        let needs = [300, 200, 400, 900, 100];
        let together = |most| groups(&needs, |need| *need, most);
        assert_eq!(together(u64::MAX), [&needs[..]]);
        assert_eq!(together(600), [&needs[..2], &needs[2..3], &needs[3..4], &needs[4..]]);
        assert_eq!(together(1000), [&needs[..3], &needs[3..]]);
        assert_eq!(together(0).len(), needs.len());
        assert!(groups(&[] as &[u64], |need| *need, 1).is_empty());
    }

    #[test]
    fn large_editions_are_set_one_after_the_other_however_much_is_free() {
        assert_eq!(groups(&[MOST, MOST], |need| *need, most(None)).len(), 2);
        assert_eq!((most(Some(5)), most(Some(u64::MAX))), (5, MOST));
    }
}
