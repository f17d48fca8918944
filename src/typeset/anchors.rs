//! What a cross-reference says that leads to something without a number: the title of the place.

use typst::Library;
use typst::foundations::{Dict, IntoValue, Str, Value};

use crate::model::{Block, BlockKind, Chapter, text, walk};

/// The name in the module `dama` under which [`all`] is kept for the native functions.
pub(super) const NAME: &str = "anchors";

/// For every id of a language that belongs to nothing numbered, the title to show: that of the heading itself,
/// or of the chapter around it.
pub(super) fn all(chapters: &[Chapter]) -> Value {
    let mut found = Dict::new();
    for chapter in chapters {
        let title = &chapter.meta.title.value;
        insert(&mut found, &chapter.stem, title);
        for note in &chapter.notes {
            blocks(&note.blocks, title, false, &mut found);
        }
        blocks(&chapter.blocks, title, false, &mut found);
    }
    found.into_value()
}

/// The title to show for an id; `None` when it belongs to something with a number.
pub(super) fn title(library: &Library, id: &str) -> Option<Str> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    let Value::Dict(anchors) = dama.scope().get(NAME)?.read() else { return None };
    match anchors.get(id) {
        Ok(Value::Str(title)) => Some(title.clone()),
        _ => None,
    }
}

fn blocks(tree: &[Block], chapter: &str, in_figure: bool, found: &mut Dict) {
    for block in tree {
        if let Some(id) = &block.id {
            match &block.kind {
                BlockKind::Figure(_) => {}
                BlockKind::Chart(_) if !in_figure => {}
                BlockKind::Heading { body, .. } => insert(found, id, &text::plain(body)),
                _ => insert(found, id, chapter),
            }
        }
        let inside = in_figure || matches!(block.kind, BlockKind::Figure(_));
        walk::children(block, &mut |children| blocks(children, chapter, inside, found));
    }
}

fn insert(found: &mut Dict, id: &str, title: &str) {
    found.insert(Str::from(id), title.into_value());
}
