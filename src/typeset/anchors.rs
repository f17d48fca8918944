//! What a cross-reference says that leads to something without a number: the title of the place.

use typst::Library;
use typst::foundations::{Dict, IntoValue, Str, Value};

use crate::model::{Block, BlockKind, Chapter, text, walk};

/// The name in the module `dama` under which [`all`] is kept for the native functions.
pub(super) const NAME: &str = "anchors";

/// For every label of an edition that belongs to nothing numbered, the title to show: that of the heading itself,
/// or of the chapter around it. Each language comes with the suffix of its labels.
pub(super) fn all<'a>(languages: impl Iterator<Item = (&'a [Chapter], String)>) -> Value {
    let mut found = Dict::new();
    for (chapters, suffix) in languages {
        for chapter in chapters {
            let mut titles = Titles { found: &mut found, suffix: &suffix, chapter: &chapter.meta.title.value };
            titles.insert(&chapter.stem, titles.chapter);
            for note in &chapter.notes {
                titles.blocks(&note.blocks, false);
            }
            titles.blocks(&chapter.blocks, false);
        }
    }
    found.into_value()
}

/// The title to show for a label; `None` when it belongs to something with a number.
pub(super) fn title(library: &Library, id: &str) -> Option<Str> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    let Value::Dict(anchors) = dama.scope().get(NAME)?.read() else { return None };
    match anchors.get(id) {
        Ok(Value::Str(title)) => Some(title.clone()),
        _ => None,
    }
}

struct Titles<'a> {
    found: &'a mut Dict,
    suffix: &'a str,
    /// The title of the chapter at hand.
    chapter: &'a str,
}

impl Titles<'_> {
    fn blocks(&mut self, tree: &[Block], in_figure: bool) {
        for block in tree {
            if let Some(id) = &block.id {
                match &block.kind {
                    BlockKind::Figure(_) => {}
                    BlockKind::Chart(_) if !in_figure => {}
                    BlockKind::Heading { body, .. } => self.insert(id, &text::plain(body)),
                    _ => self.insert(id, self.chapter),
                }
            }
            let inside = in_figure || matches!(block.kind, BlockKind::Figure(_));
            walk::children(block, &mut |children| self.blocks(children, inside));
        }
    }

    fn insert(&mut self, id: &str, title: &str) {
        self.found.insert(Str::from(format!("{id}{}", self.suffix)), title.into_value());
    }
}
