//! Two states of a book, compared.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::change::{Change, Changes, ChapterErrata, Errata, Section};
use super::wording::{ChapterText, LanguageText, Place, Wording};
use super::words::parts;
use super::{pictures, tables};
use crate::checks::freshness::likeness;
use crate::message::Locale;

/// The likeness from which two texts are one that changed.
const LIKE: f32 = 0.3;
/// The characters up to which a text is too short for its likeness to tell anything.
const BRIEF: usize = 16;
/// Most pairs of texts that are compared for likeness in one stretch.
const COUPLES: usize = 40_000;

/// What changed between two states of a book.
pub fn compare(old: &Wording, new: &Wording) -> Errata {
    let mut chapters: Vec<ChapterErrata> = Vec::new();
    for (language, before, after) in languages(old, new) {
        let before = pictures::renamed(before, after);
        let locale = Locale::of(&language);
        for (name, title, changes) in in_language(&before, after) {
            let changes = tables::joined(changes, locale);
            let section = Section { language: language.clone(), title, changes };
            match chapters.iter_mut().find(|chapter| chapter.name == name) {
                Some(chapter) => chapter.sections.push(section),
                None => chapters.push(ChapterErrata { name, sections: vec![section] }),
            }
        }
    }
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, chapter) in new.languages.iter().flat_map(|text| &text.chapters).enumerate() {
        order.entry(&chapter.name).or_insert(at);
    }
    chapters.sort_by_key(|chapter| order.get(chapter.name.as_str()).copied().unwrap_or(usize::MAX));
    Errata { chapters }
}

type Both<'w> = (String, &'w [ChapterText], &'w [ChapterText]);

fn languages<'w>(old: &'w Wording, new: &'w Wording) -> Vec<Both<'w>> {
    fn of<'w>(all: &'w [LanguageText], tag: &str) -> &'w [ChapterText] {
        all.iter().find(|text| text.language == tag).map_or(&[], |text| text.chapters.as_slice())
    }
    let mut tags: Vec<&String> = new.languages.iter().map(|text| &text.language).collect();
    tags.extend(old.languages.iter().map(|text| &text.language));
    let mut seen = BTreeSet::new();
    tags.retain(|tag| seen.insert(tag.as_str()));
    tags.into_iter().map(|tag| (tag.clone(), of(&old.languages, tag), of(&new.languages, tag))).collect()
}

/// What changed in each chapter of a language; a text that went from one chapter to another has moved.
fn in_language(old: &[ChapterText], new: &[ChapterText]) -> Vec<(String, String, Changes)> {
    let mut used = BTreeSet::new();
    let mut found: Vec<(String, String, Changes)> = Vec::new();
    for after in new {
        let named = old.iter().position(|before| before.name == after.name);
        // A file that was given another name keeps its title.
        let titled = || {
            old.iter()
                .position(|before| before.title == after.title && !new.iter().any(|other| other.name == before.name))
        };
        let before = named.or_else(titled).filter(|at| used.insert(*at));
        let before = before.map_or(&[][..], |at| old[at].places.as_slice());
        found.push((after.name.clone(), after.title.clone(), in_chapter(before, &after.places)));
    }
    for (_, before) in old.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
        found.push((before.name.clone(), before.title.clone(), in_chapter(&before.places, &[])));
    }
    moved(&mut found);
    pictures::redrawn(old, new, &mut found);
    found.retain(|(_, _, changes)| !changes.is_empty());
    found
}

/// Tells a text that is gone in one place and new in another as one that has moved, where it stands now.
fn moved(found: &mut [(String, String, Changes)]) {
    let mut gone: BTreeMap<String, usize> = BTreeMap::new();
    for (_, change) in found.iter().flat_map(|(_, _, changes)| changes) {
        if let Change::Removed(text) = change {
            *gone.entry(text.clone()).or_default() += 1;
        }
    }
    let mut come: BTreeMap<String, usize> = BTreeMap::new();
    for (_, change) in found.iter_mut().flat_map(|(_, _, changes)| changes) {
        if let Change::Added(text) = change
            && let Some(left) = gone.get_mut(text.as_str()).filter(|left| **left > 0)
        {
            *left -= 1;
            *come.entry(text.clone()).or_default() += 1;
            *change = Change::Moved(std::mem::take(text));
        }
    }
    for (_, _, changes) in found {
        changes.retain(|(_, change)| match change {
            Change::Removed(text) => match come.get_mut(text.as_str()).filter(|left| **left > 0) {
                Some(left) => {
                    *left -= 1;
                    false
                }
                None => true,
            },
            _ => true,
        });
    }
}

fn in_chapter(old: &[Place], new: &[Place]) -> Changes {
    let says = |places: &[Place]| places.iter().map(|place| place.text.clone()).collect::<Vec<_>>();
    let mut changes = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    let (mut from_old, mut from_new) = (0, 0);
    let ops = capture_diff_slices(Algorithm::Myers, &says(old), &says(new));
    for op in &ops {
        if matches!(op, DiffOp::Equal { .. }) {
            stretch(&old[from_old..at_old], &new[from_new..at_new], &mut changes);
            (from_old, from_new) = (at_old + op.old_range().len(), at_new + op.new_range().len());
        }
        (at_old, at_new) = (at_old + op.old_range().len(), at_new + op.new_range().len());
    }
    stretch(&old[from_old..at_old], &new[from_new..at_new], &mut changes);
    changes
}

/// What changed where nothing is the same: texts that are like each other are one that was reworded.
fn stretch(old: &[Place], new: &[Place], changes: &mut Changes) {
    let pairs = pairs(old, new);
    let mut next = 0;
    for (at, after) in new.iter().enumerate() {
        let Some(before) = pairs[at] else {
            changes.push((after.clone(), Change::Added(after.text.clone())));
            continue;
        };
        for gone in &old[next..before] {
            changes.push((gone.clone(), Change::Removed(gone.text.clone())));
        }
        next = before + 1;
        changes.push((after.clone(), Change::Reworded { parts: parts(&old[before].text, &after.text) }));
    }
    changes.extend(old[next..].iter().map(|gone| (gone.clone(), Change::Removed(gone.text.clone()))));
}

/// The old place of each new one, in the same order: so that the likeness of all pairs together is greatest. As many short ones of the same
/// kinds in the same order are each other's: cells with numbers are like nothing.
fn pairs(old: &[Place], new: &[Place]) -> Vec<Option<usize>> {
    let brief = |place: &Place| place.text.chars().count() <= BRIEF;
    let same =
        |(a, b): (&Place, &Place)| a.kind == b.kind && (brief(a) && brief(b) || likeness(&a.text, &b.text) >= LIKE);
    let alike = old.len() == new.len() && old.iter().zip(new).all(same);
    if alike || old.len().saturating_mul(new.len()) > COUPLES {
        return (0..new.len()).map(|at| Some(at).filter(|at| *at < old.len())).collect();
    }
    let like = |a: &Place, b: &Place| {
        let found = likeness(&a.text, &b.text);
        if a.kind == b.kind && found >= LIKE { found } else { 0.0 }
    };
    let mut best = vec![vec![0.0_f32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let both = like(&old[i], &new[j]);
            let paired = if both > 0.0 { both + best[i + 1][j + 1] } else { 0.0 };
            best[i][j] = best[i + 1][j].max(best[i][j + 1]).max(paired);
        }
    }
    let mut pairs = vec![None; new.len()];
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        let both = like(&old[i], &new[j]);
        if both > 0.0 && both + best[i + 1][j + 1] >= best[i + 1][j].max(best[i][j + 1]) {
            pairs[j] = Some(i);
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
