//! Inline elements.

use std::ops::Range;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Content, IntoValue, NativeElement, Value};
use typst::introspection::MetadataElem;
use typst::layout::BoxElem;
use typst::model::{CiteElem, Destination, EmphElem, FootnoteElem, LinkElem, LinkTarget, RefElem, StrongElem, Url};
use typst::syntax::Span;
use typst::text::{LinebreakElem, RawContent, RawElem, StrikeElem, TextElem};

use super::Lowerer;
use crate::model::{self, CiteItem, Inline, InlineKind};
use crate::source;
use crate::typeset::{anchors, breaks, code, convert, relay};

/// The label of the marks at terms.
const TERM: &str = "dama-term";

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn inlines(&mut self, run: &'m [Inline]) -> Content {
        let alone: Vec<bool> = run.iter().map(|inline| self.stands_alone(inline)).collect();
        let mut contents = Vec::new();
        for (index, inline) in run.iter().enumerate() {
            let next = run.get(index + 1).map(|next| &next.kind);
            let (after_alone, before_alone) = (index > 0 && alone[index - 1], alone.get(index + 1) == Some(&true));
            let content = match (&inline.kind, next) {
                // Neither the mark of a note nor a citation begins a line; the mark hangs on the word before it.
                (InlineKind::Text(text), Some(InlineKind::Note { .. })) => self.held(text.trim_end(), inline),
                (InlineKind::Text(text), Some(InlineKind::Cite(_))) => self.held(text, inline),
                (InlineKind::Text(text), _) => {
                    let start = if after_alone { text.len() - text.trim_start().len() } else { 0 };
                    let end = if before_alone { text.trim_end().len() } else { text.len() };
                    self.marked(text, start..end.max(start), inline)
                }
                _ => self.inline(inline),
            };
            let breaks = |kind: &InlineKind| matches!(kind, InlineKind::LineBreak);
            if after_alone && !breaks(&inline.kind)
                || alone[index] && index > 0 && !alone[index - 1] && !breaks(&run[index - 1].kind)
            {
                contents.push(LinebreakElem::shared().clone());
            }
            contents.push(content);
        }
        Content::sequence(contents)
    }

    /// The inlines of running prose, with the places of terms marked if the layout asks for it.
    pub(super) fn prose(&mut self, run: &'m [Inline]) -> Content {
        let marks = self.scene.terms.as_ref().map(|terms| terms.marks(run)).unwrap_or_default();
        // A note's text is prose in the middle of prose.
        let around = std::mem::replace(&mut self.marks, marks);
        let content = self.inlines(run);
        self.marks = around;
        content
    }

    /// A part of a run of text with an invisible mark before each term. A mark stands before a term's first letter, so that
    /// it parts no punctuation from other punctuation.
    fn marked(&self, text: &str, part: Range<usize>, inline: &Inline) -> Content {
        let place = inline.span;
        let as_written = self.scene.text.get(place.range()) == Some(text);
        let piece = |range: Range<usize>| {
            let own = source::Span::new(place.file, place.start + range.start..place.start + range.end);
            self.text(&text[range], if as_written { own } else { place })
        };
        let (mut contents, mut done) = (Vec::new(), part.start);
        let marks = self.marks.get(&std::ptr::from_ref(inline)).into_iter().flatten();
        for (at, id) in marks.filter(|(at, _)| part.contains(at)) {
            if *at > done {
                contents.push(piece(done..*at));
            }
            let mark = MetadataElem::new(id.clone().into_value()).pack().spanned(self.span(place));
            contents.extend(convert::label(TERM).map(|label| mark.labelled(label)));
            done = *at;
        }
        contents.push(piece(done..part.end));
        Content::sequence(contents)
    }

    /// Text that no line break separates from what follows: a space at its end does not break, and where there is none a
    /// word joiner stands.
    fn held(&self, text: &str, inline: &Inline) -> Content {
        let bare = text.trim_end();
        let hold = if bare.len() < text.len() { "\u{a0}" } else { "\u{2060}" };
        Content::sequence([self.marked(text, 0..bare.len(), inline), self.text(hold, inline.span)])
    }

    /// Text with room to break in its long names and hashes.
    fn text(&self, text: &str, place: source::Span) -> Content {
        let as_written = self.scene.text.get(place.range()) == Some(text);
        breaks::pieces(text, self.matter, |piece| {
            let own = if as_written { place.start + piece.start..place.start + piece.end } else { place.range() };
            TextElem::packed(&text[piece]).spanned(self.range_span(own))
        })
    }

    /// Characters with their reading: above them if the layout can, else after them in brackets.
    fn ruby(&mut self, body: &'m [Inline], readings: &[String], span: Span) -> Content {
        let function = match self.scene.blocks.get("ruby") {
            Ok(Value::Func(function)) => Some(function.clone()),
            _ => None,
        };
        let mut contents = Vec::new();
        for (base, reading) in body.iter().zip(readings) {
            let base = self.inline(base);
            contents.push(match &function {
                Some(function) => {
                    let reading = TextElem::packed(reading.as_str()).spanned(span);
                    self.call("ruby", function, span, vec![base.into_value(), reading.into_value()])
                }
                None => Content::sequence([base, TextElem::packed(format!("（{reading}）")).spanned(span)]),
            });
        }
        Content::sequence(contents)
    }

    fn inline(&mut self, inline: &'m Inline) -> Content {
        let span = self.span(inline.span);
        match &inline.kind {
            InlineKind::Text(text) => self.marked(text, 0..text.len(), inline),
            InlineKind::Emph(body) => EmphElem::new(self.inlines(body)).pack().spanned(span),
            InlineKind::Strong(body) => StrongElem::new(self.inlines(body)).pack().spanned(span),
            InlineKind::Strike(body) => StrikeElem::new(self.inlines(body)).pack().spanned(span),
            InlineKind::Ruby { body, readings } => self.ruby(body, readings, span),
            InlineKind::Code(text) => self.code(text, inline.span),
            InlineKind::Math { text, span: formula } => self.math(text, *formula, inline.span, false),
            InlineKind::Link { target, body } => self.link(target, body, span),
            InlineKind::Image(image) => {
                let image = self.image(image, span);
                BoxElem::new().with_body(Some(image)).pack().spanned(span)
            }
            InlineKind::Cite(items) => self.cite(items),
            InlineKind::Ref { target } => self.reference(target, span),
            InlineKind::Note { name } => self.note(name, inline.span, span),
            InlineKind::LineBreak => LinebreakElem::shared().clone(),
        }
    }

    fn code(&self, text: &str, place: source::Span) -> Content {
        let inner = self.scene.text.get(place.range()).map(code::inner).unwrap_or_default();
        let span = self.range_span(place.start + inner.start..place.start + inner.end);
        let code = RawElem::new(RawContent::Text(text.into())).with_block(false).pack().spanned(span);
        code.styled(breaks::rule())
    }

    fn link(&mut self, target: &model::LinkTarget, body: &'m [Inline], span: Span) -> Content {
        let body = self.inlines(body);
        let dest = match target {
            model::LinkTarget::Url(url) => match Url::new(url.as_str()) {
                Ok(url) => LinkTarget::Dest(Destination::Url(url)),
                Err(why) => return self.fail(SourceDiagnostic::error(span, why)),
            },
            model::LinkTarget::Refused(_) => return body,
            model::LinkTarget::Id(id) => match self.label(id) {
                Some(label) => LinkTarget::Label(label),
                None => return self.fail(relay::error(span, msg!("the link leads nowhere"))),
            },
        };
        LinkElem::new(dest, body).pack().spanned(span)
    }

    /// A number where there is one, else the title of the place in quotation marks.
    fn reference(&mut self, target: &str, span: Span) -> Content {
        let Some(label) = self.label(target) else {
            return self.fail(relay::error(span, msg!("the reference names nothing")));
        };
        match anchors::title(self.engine.library, &label.resolve()) {
            None => RefElem::new(label).pack().spanned(span),
            Some(title) => {
                let body = TextElem::packed(title).spanned(span);
                LinkElem::new(LinkTarget::Label(label), body).pack().spanned(span)
            }
        }
    }

    /// Adjacent citations: Typst gathers them into one bracket.
    fn cite(&mut self, items: &'m [CiteItem]) -> Content {
        let mut contents = Vec::new();
        for item in items {
            let span = self.span(item.span);
            let Some(key) = convert::label(&item.key) else { continue };
            let mut cite = CiteElem::new(key);
            if let Some(locator) = &item.locator {
                cite = cite.with_supplement(Some(TextElem::packed(locator.as_str()).spanned(span)));
            }
            contents.push(cite.pack().spanned(span));
        }
        Content::sequence(contents)
    }

    /// The first reference to a note carries its text, later ones point to that.
    fn note(&mut self, name: &'m str, place: source::Span, span: Span) -> Content {
        let Some(label) = self.label(&format!("note:{}:{name}", self.scene.chapter.stem)) else {
            return Content::empty();
        };
        if self.first_notes.get(name) != Some(&place) {
            return FootnoteElem::with_label(label).pack().spanned(span);
        }
        match self.scene.chapter.note(name) {
            Some(note) => {
                let body = self.compact(&note.blocks);
                FootnoteElem::with_content(body).pack().spanned(span).labelled(label)
            }
            None => self.fail(relay::error(span, msg!("there is no footnote `{name}`", name))),
        }
    }
}
