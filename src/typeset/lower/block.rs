//! Blocks.

use std::num::NonZeroUsize;

use typst::foundations::{Content, Func, IntoValue, NativeElement, Smart, Str, Value};
use typst::layout::{BlockElem, PagebreakElem, Rel, Sides};
use typst::model::{DividerElem, FigureElem, HeadingElem, Linebreaks, ParElem, ParbreakElem, QuoteElem, StrongElem};
use typst::syntax::Span;
use typst::text::TextElem;

use super::{Lowerer, figure, math};
use crate::lang;
use crate::model::{Attr, Block, BlockKind, Callout, Inline, InlineKind, text};
use crate::outline::{Series, place_label};
use crate::typeset::convert;

impl<'m> Lowerer<'_, '_, 'm> {
    /// Lowers a run of blocks; every paragraph is a paragraph of its own.
    pub(super) fn flow(&mut self, blocks: &'m [Block]) -> Content {
        let contents: Vec<_> = blocks.iter().map(|block| self.block(block)).collect();
        Content::sequence(contents)
    }

    /// Lowers blocks that stand in a narrow place (a list item, a footnote): a first paragraph there
    /// is plain text of that place, so that no paragraph spacing or indent gets in.
    pub(super) fn compact(&mut self, blocks: &'m [Block]) -> Content {
        self.inside(|lowerer| match blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(body), id: None, .. }, rest)) => {
                let before = lowerer.mass.made();
                let first = lowerer.prose(body);
                let first = match lowerer.mass.is_much_since(before) {
                    true => first.set(ParElem::linebreaks, Smart::Custom(Linebreaks::Simple)),
                    false => first,
                };
                let rest = lowerer.flow(rest);
                Content::sequence([first, rest])
            }
            _ => lowerer.flow(blocks),
        })
    }

    /// Whether a mark stands for a block.
    fn is_lost(&self, block: &Block) -> bool {
        let broken = &self.scene.broken;
        let whole = matches!(
            block.kind,
            BlockKind::Code { .. } | BlockKind::Math { .. } | BlockKind::Chart(_) | BlockKind::Qr(_) | BlockKind::Rule
        );
        broken.loses(block.span) || whole && broken.loses_part(block.span)
    }

    /// The mark of a block, which references to it still find.
    fn lost(&self, block: &Block, id: Option<&str>) -> Content {
        let span = self.span(block.span);
        let mark = self.mark(span);
        match &block.kind {
            BlockKind::Figure(figure) => {
                let kind = Smart::Custom(figure::kind(Series::of(&figure.body)));
                self.labelled(id, FigureElem::new(mark).with_kind(kind).pack().spanned(span))
            }
            BlockKind::Chart(_) => {
                let kind = Smart::Custom(figure::kind(Series::Figure));
                self.labelled(id, FigureElem::new(mark).with_kind(kind).pack().spanned(span))
            }
            BlockKind::Math { text, .. } => self.labelled(id, math::marked(mark, text, true).spanned(span)),
            _ => self.anchored(id, mark),
        }
    }

    pub(super) fn block(&mut self, block: &'m Block) -> Content {
        self.mass.begin();
        let span = self.span(block.span);
        let id = block.id.as_deref().filter(|_| !self.scene.broken.is_nameless(block.span));
        if self.is_lost(block) {
            return self.lost(block, id);
        }
        match &block.kind {
            BlockKind::Heading { level, body } => self.heading_block(block, *level, body, id),
            BlockKind::Math { text, span: formula, set, tag } => {
                let equation = self.math(text, set.as_deref(), *formula, block.span, true);
                let equation = if id.is_some() || tag.is_some() { self.numbered(equation) } else { equation };
                self.labelled(id, equation)
            }
            BlockKind::Figure(figure) => self.figure(figure, id, span),
            BlockKind::Chart(chart) => self.numbered_chart(chart, id, span),
            BlockKind::Container { name, attrs, body } => self.container(name, attrs, body, id, span),
            BlockKind::Rule => self.rule(span),
            BlockKind::PageBreak => PagebreakElem::new().with_weak(true).pack().spanned(span),
            _ => {
                let drawn = self.anchorable(block, span);
                self.anchored(id, drawn)
            }
        }
    }

    /// A block that has no place of its own for a label: one stands before it.
    fn anchorable(&mut self, block: &'m Block, span: Span) -> Content {
        match &block.kind {
            BlockKind::Paragraph(body) => self.paragraph(body, span),
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items, span),
            BlockKind::Quote(body) => self.quote(body, span),
            BlockKind::Code { lang, text, fence, .. } => self.listing(lang.as_deref(), text, fence, block.span),
            BlockKind::Table(table) => self.drawn_table(table, span),
            BlockKind::Qr(qr) => self.qr(qr, span),
            BlockKind::Callout(callout) => self.callout(callout, block.id.as_deref(), span),
            BlockKind::Definitions(list) => self.terms(list, span),
            _ => Content::empty(),
        }
    }

    /// A layout that sets insets for the block of a quotation does not mean the blocks in it: these would have them once more.
    fn quote(&mut self, body: &'m [Block], span: Span) -> Content {
        let body = self.inside(|lowerer| lowerer.flow(body)).set(BlockElem::inset, Sides::splat(Some(Rel::zero())));
        QuoteElem::new(body).with_block(true).pack().spanned(span)
    }

    fn heading_block(&mut self, block: &Block, level: u8, body: &'m [Inline], id: Option<&str>) -> Content {
        let level = self.levels.get(&block.span).copied().unwrap_or(level);
        let depth = NonZeroUsize::new(usize::from(level)).unwrap_or(NonZeroUsize::MIN);
        let heading = HeadingElem::new(self.numbered_heading(block.span, body)).with_depth(depth);
        let heading = heading.pack().spanned(self.span(block.span));
        // Links name a heading without an id by its words.
        let slug = self.slugs.get(&block.span).map(|slug| place_label(&self.scene.chapter.stem, slug, ""));
        match slug.and_then(|name| self.label(&name)) {
            Some(label) => heading.labelled(label),
            None => self.labelled(id, heading),
        }
    }

    /// A paragraph of pictures alone is set as pictures, not as a line of text.
    fn paragraph(&mut self, body: &'m [Inline], span: Span) -> Content {
        let pictures = body.iter().all(|inline| match &inline.kind {
            InlineKind::Image(_) | InlineKind::LineBreak => true,
            InlineKind::Text(text) => text.trim().is_empty(),
            _ => false,
        });
        if pictures {
            return self.pictures(body);
        }
        let before = self.mass.made();
        let paragraph = ParElem::new(self.prose(body));
        let paragraph = match self.mass.is_much_since(before) {
            true => paragraph.with_linebreaks(Smart::Custom(Linebreaks::Simple)),
            false => paragraph,
        };
        paragraph.pack().spanned(span)
    }

    /// The pictures of a run of inlines, each a block.
    pub(super) fn pictures(&mut self, body: &'m [Inline]) -> Content {
        let mut contents = Vec::new();
        for inline in body {
            if let InlineKind::Image(image) = &inline.kind {
                let span = self.span(inline.span);
                let lost = self.scene.broken.loses(inline.span);
                let picture = if lost { None } else { self.image(image, span) };
                contents.push(picture.unwrap_or_else(|| self.mark(span)));
            }
        }
        Content::sequence(contents)
    }

    fn container(&mut self, name: &str, attrs: &[Attr], body: &'m [Block], id: Option<&str>, span: Span) -> Content {
        let function = self.function(name, span);
        // Columns are the text itself, set narrower.
        let body = if name == "columns" { self.flow(body) } else { self.inside(|lowerer| lowerer.flow(body)) };
        let Some(function) = function else { return self.anchored(id, body) };
        let pairs = attrs.iter().map(|attr| (Str::from(attr.key.as_str()), attr.value.as_str().into_value()));
        let id_pair = id.map(|id| (Str::from("id"), id.into_value()));
        let attrs = Value::Dict(pairs.chain(id_pair).collect());
        let content = self.call(name, &function, span, vec![attrs, body.clone().into_value()]);
        let content =
            content.unwrap_or_else(|| Content::sequence([self.mark(span), ParbreakElem::shared().clone(), body]));
        self.anchored(id, content)
    }

    /// A callout as the layout draws it: by a function of its own name or by `callout`; else its title stands above it.
    fn callout(&mut self, callout: &'m Callout, id: Option<&str>, span: Span) -> Content {
        let (word, lang) = (callout.word, &self.scene.chapter.lang);
        let default = TextElem::packed(lang::callout_title(lang, word)).spanned(span);
        let given = !callout.title.is_empty();
        let title = if given { self.inlines(&callout.title) } else { default };
        let body = self.inside(|lowerer| lowerer.flow(&callout.body));
        let function = |name: &str| match self.scene.blocks.get(name) {
            Ok(Value::Func(function)) => Some((name.to_owned(), function.clone())),
            _ => None,
        };
        let drawn = match (function(word), function("callout")) {
            (Some((name, function)), _) => {
                let words = given.then(|| text::plain(&callout.title));
                let pairs = [("title", words), ("id", id.map(str::to_owned))];
                let pairs = pairs.into_iter().filter_map(|(key, value)| Some((Str::from(key), value?.into_value())));
                let attrs = Value::Dict(pairs.collect());
                self.call(&name, &function, span, vec![attrs, body.clone().into_value()])
            }
            (None, Some((name, function))) => {
                let value = convert::dict([
                    ("kind", callout.kind.name().into_value()),
                    ("word", word.into_value()),
                    ("title", title.clone().into_value()),
                    ("given", given.into_value()),
                    ("body", body.clone().into_value()),
                ]);
                self.call(&name, &function, span, vec![value.into_value()])
            }
            (None, None) => None,
        };
        drawn.unwrap_or_else(|| Content::sequence([ParElem::new(StrongElem::new(title).pack()).pack(), body]))
    }

    fn rule(&mut self, span: Span) -> Content {
        match self.scene.blocks.get("rule") {
            Ok(Value::Func(function)) => {
                let function: Func = function.clone();
                self.call("rule", &function, span, Vec::new()).unwrap_or_else(|| self.mark(span))
            }
            _ => DividerElem::new().pack().spanned(span),
        }
    }
}

/// A start number as Typst counts it.
pub(super) fn start_number(start: usize) -> Smart<u64> {
    Smart::Custom(start as u64)
}
