//! Inline elements.

use std::ops::Range;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Content, IntoValue, NativeElement, Value};
use typst::introspection::MetadataElem;
use typst::layout::BoxElem;
use typst::model::{Destination, EmphElem, FootnoteElem, LinkElem, LinkTarget, RefElem, StrongElem, Url};
use typst::syntax::Span;
use typst::text::{
    HighlightElem, LinebreakElem, RawContent, RawElem, StrikeElem, SubElem, SuperElem, TextElem, UnderlineElem,
};

use super::Lowerer;
use crate::bibliography;
use crate::model::{self, CiteItem, Inline, InlineKind, TextStyle};
use crate::source;
use crate::typeset::{code, convert, references, relay, room};

/// The label of the marks at terms.
const TERM: &str = "dama-term";

/// The label of the comma between the numbers of two notes.
const NOTE_COMMA: &str = "dama-note-comma";

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn inlines(&mut self, run: &'m [Inline]) -> Content {
        let alone: Vec<bool> = run.iter().map(|inline| self.stands_alone(inline)).collect();
        let mut contents = Vec::new();
        for (index, inline) in run.iter().enumerate() {
            if model::is_between_notes(run, index) {
                continue;
            }
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
            if line_ends_before(run, &alone, index) {
                contents.push(LinebreakElem::shared().clone());
            }
            contents.push(content);
            if model::notes_meet(run, index) {
                contents.push(self.note_comma(inline));
            }
        }
        Content::sequence(contents)
    }

    /// What keeps the numbers of two notes from reading as one. Layouts know it by its label.
    fn note_comma(&self, inline: &Inline) -> Content {
        let comma = SuperElem::new(TextElem::packed(",")).pack().spanned(self.span(inline.span));
        match convert::label(NOTE_COMMA) {
            Some(label) => comma.labelled(label),
            None => comma,
        }
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
        room::pieces(text, self.matter, |piece| {
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
                    let values = vec![base.clone().into_value(), reading.into_value()];
                    self.call("ruby", function, span, values).unwrap_or(base)
                }
                None => Content::sequence([base, TextElem::packed(format!("（{reading}）")).spanned(span)]),
            });
        }
        Content::sequence(contents)
    }

    /// Text that is raised, underlined or the like. Keys are drawn by the layout if it can.
    fn styled(&mut self, style: TextStyle, body: &'m [Inline], span: Span) -> Content {
        let body = self.inlines(body);
        let content = match (style, self.scene.blocks.get("keys")) {
            (TextStyle::Subscript, _) => SubElem::new(body).pack(),
            (TextStyle::Superscript, _) => SuperElem::new(body).pack(),
            (TextStyle::Underline, _) => UnderlineElem::new(body).pack(),
            (TextStyle::Highlight, _) => HighlightElem::new(body).pack(),
            (TextStyle::Keys, Ok(Value::Func(function))) => {
                let function = function.clone();
                return self.call("keys", &function, span, vec![body.clone().into_value()]).unwrap_or(body);
            }
            (TextStyle::Keys, _) => BoxElem::new().with_body(Some(body)).pack(),
        };
        content.spanned(span)
    }

    fn inline(&mut self, inline: &'m Inline) -> Content {
        let span = self.span(inline.span);
        let broken = &self.scene.broken;
        let whole = matches!(
            inline.kind,
            InlineKind::Math { .. } | InlineKind::Image(_) | InlineKind::Ref { .. } | InlineKind::Note { .. }
        );
        if broken.loses(inline.span) || whole && broken.loses_part(inline.span) {
            return self.mark(span);
        }
        match &inline.kind {
            InlineKind::Text(text) => self.marked(text, 0..text.len(), inline),
            InlineKind::Emph(body) => EmphElem::new(self.inlines(body)).pack().spanned(span),
            InlineKind::Strong(body) => StrongElem::new(self.inlines(body)).pack().spanned(span),
            InlineKind::Strike(body) => StrikeElem::new(self.inlines(body)).pack().spanned(span),
            InlineKind::Styled { style, body } => self.styled(*style, body, span),
            InlineKind::Ruby { body, readings } => self.ruby(body, readings, span),
            InlineKind::Code(text) => self.code(text, inline.span),
            InlineKind::Math { text, span: formula, set } => {
                self.math(text, set.as_deref(), *formula, inline.span, false)
            }
            InlineKind::Link { target, body } => self.link(target, body, span),
            InlineKind::Image(image) => self.picture_in_line(image, span),
            InlineKind::Cite(items) => self.cite(items, span),
            InlineKind::Ref { target } => self.reference(target, span),
            InlineKind::Note { name } => self.note(name, inline.span, span),
            InlineKind::LineBreak => LinebreakElem::shared().clone(),
        }
    }

    fn code(&self, text: &str, place: source::Span) -> Content {
        let inner = self.scene.text.get(place.range()).map(code::inner).unwrap_or_default();
        let span = self.range_span(place.start + inner.start..place.start + inner.end);
        let code = RawElem::new(RawContent::Text(text.into())).with_block(false).pack().spanned(span);
        code.styled(room::rule())
    }

    fn link(&mut self, target: &model::LinkTarget, body: &'m [Inline], span: Span) -> Content {
        let body = self.inlines(body);
        let dest = match target {
            model::LinkTarget::Url(url) => match Url::new(url.as_str()) {
                Ok(url) => LinkTarget::Dest(Destination::Url(url)),
                Err(why) => {
                    self.report(SourceDiagnostic::error(span, why));
                    return body;
                }
            },
            model::LinkTarget::Refused(_) => return body,
            model::LinkTarget::Id(target) | model::LinkTarget::File { target, .. } => match self.target(target) {
                Some((label, _)) => LinkTarget::Label(label),
                None => {
                    self.report(relay::error(span, msg!("the link leads nowhere")));
                    return body;
                }
            },
        };
        LinkElem::new(dest, body).pack().spanned(span)
    }

    /// A number where there is one, else the title of the place in quotation marks.
    fn reference(&mut self, target: &str, span: Span) -> Content {
        let Some((label, says)) = self.target(target) else {
            return self.fail(relay::error(span, msg!("the reference names nothing")), span);
        };
        match says {
            None => RefElem::new(label).pack().spanned(span),
            Some(says) => {
                let body = TextElem::packed(says).spanned(span);
                LinkElem::new(LinkTarget::Label(label), body).pack().spanned(span)
            }
        }
    }

    fn cite(&mut self, items: &[CiteItem], span: Span) -> Content {
        let name = bibliography::name(&self.scene.chapter.lang, items);
        references::citation(self.engine, &name, span)
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
            None => self.fail(relay::error(span, msg!("there is no footnote `{name}`", name)), span),
        }
    }
}

/// Whether a line ends before an inline: it or the one before it is a picture on a line of its own, and the author has not
/// ended the line already.
fn line_ends_before(run: &[Inline], alone: &[bool], index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else { return false };
    let ended = [before, index].iter().any(|at| matches!(run[*at].kind, InlineKind::LineBreak));
    (alone[before] || alone[index]) && !ended
}
