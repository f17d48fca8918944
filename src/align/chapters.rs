//! Which chapter translates which: those of one file name, then of the rest those that share their words.

use std::collections::{BTreeMap, BTreeSet};

use super::engine::{self, Bitext, Texts};
use super::{Dictionary, unit};
use crate::model::Chapter;
use crate::source::FileId;

/// How much of a chapter is read to know it, in characters.
const READ: usize = 3000;
/// Least evidence that two chapters of different names belong together.
const MIN_EVIDENCE: f32 = 10.0;

/// Most pairs of leftover chapters that are compared: of more, chapters have names of their own in each language.
const MAX_COMPARED: usize = 250_000;

/// A chapter and its translation, one of them or both.
type Couple<'a> = (Option<&'a Chapter>, Option<&'a Chapter>);

/// Couples in the order of the source, chapters that only the target has last.
pub(super) fn pair<'a>(source: &'a [Chapter], target: &'a [Chapter], dictionary: &Dictionary) -> Vec<Couple<'a>> {
    let translations: BTreeMap<&str, &Chapter> =
        target.iter().rev().map(|chapter| (chapter.stem.as_str(), chapter)).collect();
    let mut couples: Vec<Couple<'a>> =
        source.iter().map(|chapter| (Some(chapter), translations.get(chapter.stem.as_str()).copied())).collect();
    let stems: BTreeSet<&str> = source.iter().map(|chapter| chapter.stem.as_str()).collect();
    let mut extra: Vec<&Chapter> = target.iter().filter(|chapter| !stems.contains(chapter.stem.as_str())).collect();
    let mut missing: Vec<&mut Couple<'a>> = couples.iter_mut().filter(|couple| couple.1.is_none()).collect();
    if (1..=MAX_COMPARED).contains(&(missing.len() * extra.len())) {
        let sources: Vec<&Chapter> = missing.iter().filter_map(|couple| couple.0).collect();
        for (i, j) in alike(&sources, &extra, dictionary) {
            missing[i].1 = Some(extra[j]);
        }
    }
    let coupled: BTreeSet<FileId> = couples.iter().filter_map(|couple| Some(couple.1?.file)).collect();
    extra.retain(|chapter| !coupled.contains(&chapter.file));
    couples.extend(extra.into_iter().map(|chapter| (None, Some(chapter))));
    couples
}

/// The pairs of leftover chapters that are alike, the surest first.
fn alike(source: &[&Chapter], target: &[&Chapter], dictionary: &Dictionary) -> Vec<(usize, usize)> {
    let texts = [source, target].map(|chapters| chapters.iter().map(|chapter| opening(chapter)).collect::<Vec<_>>());
    let items = texts.each_ref().map(|texts| texts.iter().map(String::as_str).collect::<Vec<&str>>());
    let langs = [&source[0].lang, &target[0].lang];
    let bitext = Bitext::new(Texts { items: [&items[0], &items[1]], langs, dictionary });
    let each = [source.len(), target.len()].map(|count| (0..count).map(|at| at..at + 1).collect::<Vec<_>>());
    let scores = engine::pair_scores(&bitext, [&each[0], &each[1]]);
    let mut candidates: Vec<(f32, usize, usize)> = Vec::new();
    for (i, row) in scores.iter().enumerate() {
        for (j, &score) in row.iter().enumerate() {
            if score > MIN_EVIDENCE {
                candidates.push((score, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut free = [source, target].map(|chapters| vec![true; chapters.len()]);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in candidates {
        if free[0][i] && free[1][j] {
            (free[0][i], free[1][j]) = (false, false);
            found.push((i, j));
        }
    }
    found
}

/// The beginning of a chapter's text.
fn opening(chapter: &Chapter) -> String {
    let mut text = String::new();
    for unit in unit::alone(chapter) {
        text += &unit.full_text();
        text.push('\n');
        if text.len() > READ * 3 {
            break;
        }
    }
    // English says in about three letters what Chinese says in one character.
    text.chars().take(READ / chapter.lang.conventions().letters_per_character).collect()
}
