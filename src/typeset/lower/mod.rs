//! From the model to Typst's content. Every element's span points into the Markdown file.

mod block;
mod data;
mod figure;
mod inline;
mod list;
mod math;
mod media;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use comemo::Track;
use typst::diag::{SourceDiagnostic, SourceResult, Trace, Tracepoint};
use typst::ecow::EcoVec;
use typst::engine::Engine;
use typst::foundations::{Args, Content, Context, Dict, Func, Label, NativeElement, Value};
use typst::introspection::MetadataElem;
use typst::syntax::{FileId, RangeMapper, Span, SyntaxKind, SyntaxNode};

use super::breaks::Matter;
use super::terms::{Marks, Terms};
use super::{convert, relay};
use crate::diagnostic::nearest;
use crate::message::{List, Message};
use crate::model::{Block, Chapter, InlineKind, walk};
use crate::outline;
use crate::source;

/// What a chapter is lowered from.
pub(super) struct Scene<'a> {
    /// The Markdown file, as Typst names it.
    pub(super) file: FileId,
    /// Its text.
    pub(super) text: &'a str,
    /// What was parsed from it.
    pub(super) chapter: &'a Chapter,
    /// The layout's functions for building blocks.
    pub(super) blocks: &'a Dict,
    /// What the labels of this language end in.
    pub(super) suffix: String,
    /// The terms whose places are to be marked.
    pub(super) terms: Option<Arc<Terms>>,
}

/// Lowers some of a chapter's blocks, one content for each.
///
/// # Errors
/// Everything that is wrong in these blocks, not the first only.
pub(super) fn blocks<'m>(
    engine: &mut Engine,
    scene: &Scene<'m>,
    wanted: impl Iterator<Item = &'m Block>,
) -> SourceResult<Vec<Content>> {
    let (first_notes, levels) = (first_notes(scene.chapter), outline::levels(scene.chapter));
    let mut lowerer = Lowerer {
        engine,
        scene,
        first_notes,
        levels,
        marks: Marks::new(),
        matter: Matter::Text,
        enclosed: 0,
        errors: EcoVec::new(),
    };
    let contents = wanted.map(|block| lowerer.block(block)).collect();
    if lowerer.errors.is_empty() { Ok(contents) } else { Err(lowerer.errors) }
}

/// For every footnote the place of its first reference: the note itself is set there.
fn first_notes(chapter: &Chapter) -> BTreeMap<&str, source::Span> {
    let mut first = BTreeMap::new();
    walk::chapter_inlines(chapter, &mut |inline| {
        if let InlineKind::Note { name } = &inline.kind {
            first.entry(name.as_str()).or_insert(inline.span);
        }
    });
    first
}

/// The state of one lowering.
struct Lowerer<'a, 'e, 'm> {
    engine: &'a mut Engine<'e>,
    scene: &'a Scene<'m>,
    first_notes: BTreeMap<&'m str, source::Span>,
    levels: BTreeMap<source::Span, u8>,
    /// Where terms begin in the paragraph at hand.
    marks: Marks,
    /// What the text at hand stands in.
    matter: Matter,
    /// How many lists, quotations, building blocks and the like are around what is at hand: in them figures stay in place.
    enclosed: usize,
    errors: EcoVec<SourceDiagnostic>,
}

impl<'m> Lowerer<'_, '_, 'm> {
    /// A Typst span over a place in the Markdown file.
    fn span(&self, place: source::Span) -> Span {
        self.range_span(place.range())
    }

    fn range_span(&self, range: Range<usize>) -> Span {
        let Some(text) = self.scene.text.get(range.clone()) else { return Span::detached() };
        let mut leaf = SyntaxNode::leaf(SyntaxKind::Text, text);
        let mapped = RangeMapper::new([range]).and_then(|mapper| leaf.synthesize_mapped(self.scene.file, &mapper));
        mapped.map_or(Span::detached(), |()| leaf.span())
    }

    /// Notes an error and goes on with nothing in its place.
    fn fail(&mut self, error: SourceDiagnostic) -> Content {
        self.errors.push(error);
        Content::empty()
    }

    /// What a step gave; its errors are noted.
    fn take(&mut self, result: SourceResult<Content>) -> Content {
        result.unwrap_or_else(|errors| {
            self.errors.extend(errors);
            Content::empty()
        })
    }

    /// Lowers what stands inside of something.
    fn inside<T>(&mut self, inner: impl FnOnce(&mut Self) -> T) -> T {
        self.enclosed += 1;
        let lowered = inner(self);
        self.enclosed -= 1;
        lowered
    }

    /// The layout's function for a building block, or an error at the manuscript's line.
    fn function(&mut self, name: &str, span: Span) -> Option<Func> {
        let blocks = self.scene.blocks;
        if let Ok(Value::Func(function)) = blocks.get(name) {
            return Some(function.clone());
        }
        let known: Vec<&str> = blocks.iter().map(|(key, _)| key.as_str()).collect();
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => msg!("did you mean `{near}`?", near),
            None => msg!("the layout has {names}", names = Message::list(List::And, known)),
        };
        let error = relay::error(span, msg!("the layout has no building block `{name}`", name));
        self.fail(error.with_hint(relay::send(hint)));
        None
    }

    /// Calls a layout's function for a building block.
    fn call(&mut self, name: &str, function: &Func, span: Span, values: Vec<Value>) -> Content {
        let context = Context::none();
        let result = function.call(self.engine, context.track(), Args::new(span, values)).map(Value::display).trace(
            self.engine.world,
            || Tracepoint::Call(Some(name.into())),
            span,
        );
        self.take(result)
    }

    /// The label of an id in this chapter's language.
    fn label(&self, id: &str) -> Option<Label> {
        convert::label(&format!("{id}{}", self.scene.suffix))
    }

    /// Puts an anchor of the given name before something that cannot carry a label itself.
    fn anchored(&self, id: Option<&str>, content: Content) -> Content {
        match id.and_then(|id| self.label(id)) {
            Some(label) => {
                let anchor = MetadataElem::new(Value::None).pack().spanned(content.span()).labelled(label);
                Content::sequence([anchor, content])
            }
            None => content,
        }
    }

    /// Gives a label to an element that references can name.
    fn labelled(&self, id: Option<&str>, content: Content) -> Content {
        match id.and_then(|id| self.label(id)) {
            Some(label) => content.labelled(label),
            None => content,
        }
    }
}
