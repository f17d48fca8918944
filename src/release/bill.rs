//! What stands in the files beside the text: fonts with their licences, pictures with who made them.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use super::manifest::{FontUse, PictureUse};
use super::sums::sha256;
use crate::layout::{FONT_LIST, built_in_file};
use crate::model::{Block, BlockKind, Book, InlineKind, text, walk};
use crate::source::Files;

/// The fonts of some faces, by the names that PDFs have for them, with what the lists of fonts say of them.
pub fn fonts(faces: &BTreeSet<String>, files: &dyn Files) -> Vec<FontUse> {
    let own = files.read(FONT_LIST).unwrap_or_default();
    let lists = [own.as_slice(), built_in_file(FONT_LIST).unwrap_or_default()];
    let known: Vec<Value> = lists
        .iter()
        .filter_map(|list| serde_yaml::from_slice::<Vec<Value>>(list).ok())
        .flatten()
        .filter(Value::is_mapping)
        .collect();
    let mut uses: BTreeMap<String, FontUse> = BTreeMap::new();
    for face in faces {
        let name = face.split_once('+').map_or(face.as_str(), |(_, name)| name);
        let entry = known.iter().find(|entry| said(entry, "file").is_some_and(|file| stem(file) == stem(name)));
        let of_entry = |key| entry.and_then(|entry| said(entry, key)).map(str::to_owned);
        let family = of_entry("family").unwrap_or_else(|| name.to_owned());
        let project = entry.and_then(|entry| said(entry.get("source")?, "project")).map(str::to_owned);
        let one = uses.entry(family.clone()).or_insert_with(|| FontUse {
            family,
            faces: Vec::new(),
            licence: of_entry("licence"),
            project,
        });
        if !one.faces.iter().any(|other| other == name) {
            one.faces.push(name.to_owned());
        }
    }
    uses.into_values().collect()
}

fn said<'v>(entry: &'v Value, key: &str) -> Option<&'v str> {
    entry.get(key)?.as_str()
}

/// The name of a face's file as that of the face itself: without folder and ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    let endings = [".otf", ".ttf", ".OTF", ".TTF", "-Identity-H"];
    endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// The pictures that the chapters show, in the order of their paths.
pub fn pictures(book: &Book, files: &dyn Files) -> Vec<PictureUse> {
    let mut paths: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for chapter in book.chapters.values().flatten() {
        walk::chapter_inlines(chapter, &mut |inline| {
            if let InlineKind::Image(image) = &inline.kind {
                paths.entry(image.path.clone()).or_default();
            }
        });
        walk::chapter_blocks(chapter, &mut |block| {
            let BlockKind::Figure(figure) = &block.kind else { return };
            let credit = text::plain(&figure.credit);
            if credit.is_empty() {
                return;
            }
            for path in shown(&figure.body) {
                paths.entry(path).or_default().insert(chapter.lang.tag().to_owned(), credit.clone());
            }
        });
    }
    let used = |(path, credit): (String, BTreeMap<String, String>)| {
        let sha256 = files.read(&path).ok().map(|bytes| sha256(&bytes));
        PictureUse { path, sha256, credit }
    };
    paths.into_iter().map(used).collect()
}

/// The paths of the pictures in some blocks.
fn shown(blocks: &[Block]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk::blocks(blocks, &mut |block| {
        walk::own_inlines(block, &mut |run| {
            walk::inlines(run, &mut |inline| {
                if let InlineKind::Image(image) = &inline.kind {
                    found.insert(image.path.clone());
                }
            });
        });
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_told_by_family_with_their_licence() {
        let faces = ["ABCDEF+SourceSerif4-It", "GHIJKL+SourceSerif4-Regular", "Unknown-Bold"].map(str::to_owned);
        let told = fonts(&faces.into(), &BTreeMap::<String, Vec<u8>>::new());
        let told: Vec<_> = told.iter().map(|f| (f.family.as_str(), f.faces.len(), f.licence.as_deref())).collect();
        assert_eq!(told, [("Source Serif 4", 2, Some("OFL-1.1-RFN")), ("Unknown-Bold", 1, None)]);
    }
}
