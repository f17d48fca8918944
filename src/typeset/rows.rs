//! Which blocks of two chapters stand side by side, as the World gives it: in a file for each chapter and its translation,
//! so that Typst notes who depends on it, and an edit of one chapter sets no other anew.

use std::collections::BTreeMap;

use typst::World;
use typst::engine::Engine;

use super::world::{self, ROWS};
use crate::align::{Alignment, RowNumbers, rows};

/// The file of a chapter and its translation, by their project-relative paths.
fn path(source: &str, target: &str) -> String {
    format!("{ROWS}{source}/{target}")
}

/// The files for some alignments, by their paths.
pub(super) fn files(alignments: &[Alignment<'_>]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for chapter in alignments.iter().flat_map(|alignment| &alignment.chapters) {
        let (Some(source), Some(target)) = (chapter.source, chapter.target) else { continue };
        let numbers = RowNumbers::of(&rows(chapter), &source.blocks, &target.blocks);
        let text = serde_json::to_string(&numbers).expect("plain data always serialises");
        files.insert(path(&source.path, &target.path), text);
    }
    files
}

/// The rows of a chapter and its translation; `None` when the edition's alignments do not have the two.
pub(super) fn read(engine: &Engine, source: &str, target: &str) -> Option<Vec<RowNumbers>> {
    let file = world::file_id(&path(source, target))?;
    let bytes = engine.world.file(file).ok()?;
    Some(serde_json::from_slice(&bytes).expect("the World wrote it"))
}
