//! Takes the marks of the unfinished away from what is now translated.

use std::ops::Range;

use super::settle::{self, edited};
use super::slots;
use crate::align::units_of;
use crate::manuscript::Reading;
use crate::model::Chapter;

/// A text after changes at `places` of the text before it, without the marks of blocks of which every text was changed.
pub(super) fn without_marks(before: &str, after: &str, places: &[Range<usize>], reading: &Reading<'_>) -> String {
    let (old, new) = (reading.read(before), reading.read(after));
    let done = done(&old, places);
    if old.drafts.len() != new.drafts.len() || done.is_empty() {
        return after.to_owned();
    }
    let mut marks: Vec<Range<usize>> = new.drafts.iter().map(|draft| draft.mark.range()).collect();
    // The lines of a head have one mark.
    let stays: Vec<Range<usize>> =
        (0..marks.len()).filter(|at| !done.contains(at)).map(|at| marks[at].clone()).collect();
    marks.retain(|mark| !stays.contains(mark));
    marks.dedup();
    let marks: Vec<Range<usize>> = marks.into_iter().map(|mark| with_blanks(after, mark)).collect();
    let said = settle::read(after, reading);
    let without = edited(after, marks.iter().map(|mark| (mark, "")).collect());
    let same = |text: &String| {
        let now = settle::read(text, reading);
        now.len() == said.len() && now.iter().zip(&said).all(|((_, now), (_, then))| now == then)
    };
    without.filter(same).unwrap_or_else(|| after.to_owned())
}

/// The drafts of a chapter, by their number, of which every text with words stands at one of these places.
fn done(chapter: &Chapter, places: &[Range<usize>]) -> Vec<usize> {
    let mut all = Vec::new();
    slots::all(&units_of(chapter), &mut all);
    let is_done = |number: &usize| {
        let target = chapter.drafts[*number].target;
        let open = |slot: &&slots::Slot| slot.has_words() || slot.is_dots();
        let mut inside = all.iter().filter(|slot| target.encloses(slot.place.span())).filter(open).peekable();
        inside.peek().is_some() && inside.all(|slot| places.contains(&slot.place.span().range()))
    };
    (0..chapter.drafts.len()).filter(is_done).collect()
}

/// A mark with the blanks behind it, to the beginning of the next line where it stands alone.
fn with_blanks(text: &str, mark: Range<usize>) -> Range<usize> {
    let rest = &text[mark.end..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let line = text[..mark.start].rfind('\n').map_or(0, |end| end + 1);
    let alone = text[line..mark.start].chars().all(|c| c.is_whitespace() || c == '>');
    let ends = rest[blanks..].starts_with('\n');
    match alone && ends {
        true => line..mark.end + blanks + 1,
        false => mark.start..mark.end + blanks,
    }
}
