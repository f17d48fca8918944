//! What became of pictures: one whose file has another name is the same one, one whose file has other bytes is not.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Changes};
use super::wording::{ChapterText, Place, shown};

/// The bytes of the pictures of some chapters, by the names of their files.
fn by_name(chapters: &[ChapterText]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, bytes) in places(chapters).flat_map(|place| &place.pictures) {
        found.entry(name).or_default().insert(bytes);
    }
    found
}

fn places(chapters: &[ChapterText]) -> impl Iterator<Item = &Place> {
    chapters.iter().flat_map(|chapter| &chapter.places)
}

/// The old chapters with the names that their pictures have today: nobody who reads sees the name of a file.
pub(super) fn renamed(old: &[ChapterText], new: &[ChapterText]) -> Vec<ChapterText> {
    let today = by_name(new);
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, bytes) in today.iter().flat_map(|(name, all)| all.iter().map(move |bytes| (name, bytes))) {
        names.entry(bytes).or_insert(name);
    }
    let mut old = old.to_vec();
    for place in old.iter_mut().flat_map(|chapter| &mut chapter.places) {
        for (name, bytes) in std::mem::take(&mut place.pictures) {
            let same = today.get(name.as_str()).is_some_and(|all| all.contains(bytes.as_str()));
            let new = names.get(bytes.as_str()).filter(|_| !same);
            if let Some(new) = new {
                place.text = place.text.replace(&shown(&name), &shown(new));
            }
            place.pictures.insert(new.map_or(name, |new| (*new).to_owned()), bytes);
        }
    }
    old
}

/// Tells each picture whose file has the same name and other bytes, where it is shown first.
pub(super) fn redrawn(old: &[ChapterText], new: &[ChapterText], found: &mut [(String, String, Changes)]) {
    let then = by_name(old);
    let mut told = BTreeSet::new();
    for chapter in new {
        let Some((_, _, changes)) = found.iter_mut().find(|(name, _, _)| *name == chapter.name) else { continue };
        for place in &chapter.places {
            for (name, bytes) in &place.pictures {
                let other = then.get(name.as_str()).is_some_and(|all| !all.contains(bytes.as_str()));
                if other && told.insert((name, bytes)) {
                    changes.push((place.clone(), Change::Redrawn(name.clone())));
                }
            }
        }
    }
}
