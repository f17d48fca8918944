//! From the model to Typst's content. Every element's span points into the Markdown file.

mod block;
mod data;
mod figure;
mod inline;
mod list;
mod listing;
mod mass;
mod math;
mod media;
mod table;

pub(super) use figure::kind as figure_kind;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use comemo::Track;
use typst::diag::{SourceDiagnostic, SourceResult, Trace, Tracepoint};
use typst::ecow::EcoString;
use typst::engine::Engine;
use typst::foundations::{Args, Content, Context, Dict, Func, IntoValue, Label, NativeElement, Str, Value};
use typst::introspection::MetadataElem;
use typst::syntax::{FileId, RangeMapper, Span, SpanKind, SyntaxKind, SyntaxNode};
use typst::text::{HighlightElem, TextElem};
use typst::visualize::Color;

use mass::Mass;

use super::breaks::Matter;
use super::broken::Places;
use super::terms::{Marks, Terms};
use super::{anchors, convert, relay, sections, unread};
use crate::diagnostic::nearest;
use crate::message::{List, Message};
use crate::model::{Block, Chapter, Figure, Inline, InlineKind, Note, text, walk};
use crate::outline;
use crate::source;

/// How many characters a mark shows of what it stands for.
const SHOWN: usize = 60;

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
    /// What is known to be impossible to set.
    pub(super) broken: Places,
}

/// Lowers some of a chapter's blocks, one content for each. Whatever cannot be set is reported, and a mark stands in its
/// place.
pub(super) fn blocks<'m>(
    engine: &mut Engine,
    scene: &Scene<'m>,
    wanted: impl Iterator<Item = &'m Block>,
) -> Vec<Content> {
    let mut lowerer = Lowerer::new(engine, scene);
    wanted.map(|block| lowerer.block(block)).collect()
}

/// Lowers what a heading of a chapter shows.
pub(super) fn heading<'m>(engine: &mut Engine, scene: &Scene<'m>, run: &'m [Inline]) -> Content {
    Lowerer::new(engine, scene).heading(run)
}

/// The picture at the opening of a chapter, for itself; `None` when it cannot be had.
pub(super) fn opening<'m>(engine: &mut Engine, scene: &Scene<'m>, block: &'m Block) -> Option<Dict> {
    Lowerer::new(engine, scene).opening(block)
}

/// The words of the credit line of a figure, if it has one.
pub(super) fn credit<'m>(engine: &mut Engine, scene: &Scene<'m>, block: &'m Figure) -> Option<Content> {
    Lowerer::new(engine, scene).credit_words(block, Span::detached())
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
    notes: BTreeMap<&'m str, &'m Note>,
    levels: BTreeMap<source::Span, u8>,
    /// The place of each heading among all of the chapter.
    headings: BTreeMap<source::Span, usize>,
    slugs: BTreeMap<source::Span, String>,
    /// Where terms begin in the paragraph at hand.
    marks: Marks,
    /// What the text at hand stands in.
    matter: Matter,
    /// Whether the text at hand is that of a paragraph, not of a heading or a caption.
    flows: bool,
    /// How many lists, quotations, building blocks and the like are around what is at hand: in them figures stay in place.
    enclosed: usize,
    /// How much has been made so far.
    mass: Mass,
}

impl<'a, 'e, 'm> Lowerer<'a, 'e, 'm> {
    fn new(engine: &'a mut Engine<'e>, scene: &'a Scene<'m>) -> Self {
        let levels = outline::levels(scene.chapter);
        Self {
            engine,
            scene,
            first_notes: first_notes(scene.chapter),
            notes: scene.chapter.notes_by_name(),
            headings: levels.keys().copied().zip(0..).collect(),
            levels,
            slugs: outline::slugs(scene.chapter),
            marks: Marks::new(),
            matter: Matter::Text,
            flows: false,
            enclosed: 0,
            mass: Mass::default(),
        }
    }
}

impl<'m> Lowerer<'_, '_, 'm> {
    /// What a heading in the text shows: its number, if it has one, and its words. The number is part of the words, so that it
    /// is seen wherever a layout sets them.
    fn numbered_heading(&mut self, place: source::Span, run: &'m [Inline]) -> Content {
        let at = self.headings.get(&place).copied();
        let number = at.and_then(|at| sections::section(self.engine.library, &self.scene.chapter.path, at));
        let Some(number) = number else { return self.heading(run) };
        let gap = self.scene.chapter.lang.conventions().heading_gap;
        let shown = self.heading(run);
        Content::sequence([TextElem::packed(format!("{number}{gap}")), shown])
    }

    /// What a heading shows. Typst makes bookmarks of all words in it, the text of notes and the signs that hold them in their
    /// line among them, and of nothing that a layout draws: where there is such, a bookmark has the words of the model.
    fn heading(&mut self, run: &'m [Inline]) -> Content {
        self.mass.begin();
        let shown = self.inlines(run);
        let mut plain = true;
        walk::inlines(run, &mut |inline| {
            use InlineKind::{Cite, Image, Math, Note, Ref, Ruby};
            plain &= !matches!(inline.kind, Note { .. } | Cite(_) | Ruby { .. } | Math { .. } | Ref { .. } | Image(_));
        });
        if plain {
            return shown;
        }
        let words = TextElem::packed(text::plain(run).trim());
        Content::sequence([MetadataElem::new(words.into_value()).pack(), unread::unread(shown)])
    }

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

    /// Reports an error that costs its place only.
    fn report(&mut self, error: SourceDiagnostic) {
        self.engine.sink.warn(relay::spared(error));
    }

    /// Reports an error and goes on with a mark in the place of what cannot be set.
    fn fail(&mut self, error: SourceDiagnostic, span: Span) -> Content {
        self.report(error);
        self.mark(span)
    }

    /// What a step gave; its errors are reported.
    fn take<T>(&mut self, result: SourceResult<T>) -> Option<T> {
        result.map_err(|errors| errors.into_iter().for_each(|error| self.report(error))).ok()
    }

    /// What stands on the page for something that cannot be set: the beginning of it as it is written, on a ground that
    /// nobody overlooks.
    fn mark(&self, span: Span) -> Content {
        let written = match span.get() {
            SpanKind::Range { range, .. } => self.scene.text.get(range).unwrap_or_default(),
            _ => "",
        };
        let says = |line: &&str| line.contains(char::is_alphanumeric);
        let line = written.lines().find(says).unwrap_or(written).trim();
        let mut shown: EcoString = line.chars().take(SHOWN).collect();
        if shown.len() < line.len() {
            shown.push('…');
        }
        let text = TextElem::packed(shown).spanned(span);
        HighlightElem::new(text).with_fill(Some(Color::from_u8(0xff, 0xc9, 0xc9, 0xff).into())).pack().spanned(span)
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
        self.report(error.with_hint(relay::send(hint)));
        None
    }

    /// Calls a layout's function for a building block; `None` when it fails.
    fn call(&mut self, name: &str, function: &Func, span: Span, values: Vec<Value>) -> Option<Content> {
        let context = Context::none();
        let result = function.call(self.engine, context.track(), Args::new(span, values)).map(Value::display).trace(
            self.engine.world,
            || Tracepoint::Call(Some(name.into())),
            span,
        );
        self.take(result)
    }

    /// A label in this chapter's language.
    fn label(&self, name: &str) -> Option<Label> {
        convert::label(&format!("{name}{}", self.scene.suffix))
    }

    /// The label of an id that the chapter gives.
    fn label_of(&self, id: &str) -> Option<Label> {
        match anchors::label(self.engine.library, &self.scene.chapter.path, id) {
            Some(label) => convert::label(&label),
            None => self.label(id),
        }
    }

    /// The label of a place that a link or reference leads to, and what a reference to it says if that is no number.
    fn target(&self, target: &str) -> Option<(Label, Option<Str>)> {
        let (label, says) = anchors::target(self.engine.library, &self.scene.chapter.path, target)?;
        Some((convert::label(&label)?, says))
    }

    /// Puts an anchor of the given name before something that cannot carry a label itself.
    fn anchored(&self, id: Option<&str>, content: Content) -> Content {
        match id.and_then(|id| self.label_of(id)) {
            Some(label) => {
                let anchor = MetadataElem::new(Value::None).pack().spanned(content.span()).labelled(label);
                Content::sequence([anchor, content])
            }
            None => content,
        }
    }

    /// Gives a label to an element that references can name.
    fn labelled(&self, id: Option<&str>, content: Content) -> Content {
        match id.and_then(|id| self.label_of(id)) {
            Some(label) => content.labelled(label),
            None => content,
        }
    }
}
