//! Inline elements.

use std::ops::Range;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Content, IntoValue, Label, NativeElement, Smart, Value};
use typst::introspection::MetadataElem;
use typst::layout::{BoxElem, Em, HElem, Spacing};
use typst::model::{
    Destination, EmphElem, FootnoteElem, LinkElem, LinkTarget, RefElem, RefForm, StrongElem, Supplement, Url,
};
use typst::syntax::Span;
use typst::text::{
    HighlightElem, LinebreakElem, RawContent, RawElem, StrikeElem, SubElem, SuperElem, TextElem, UnderlineElem,
};

use super::Lowerer;
use crate::lang::Script;
use crate::lang::cjk::is_han;
use crate::model::{self, CiteItem, IndexEntry, Inline, InlineKind, Shows, TextStyle, text};
use crate::typeset::breaks::Matter;
use crate::typeset::holds::{self, Hold};
use crate::typeset::{code, convert, references, relay, room};
use crate::{bibliography, index, outline, source};

/// How wide a space between scripts is, in multiples of the size of the text: as wide as Typst's own.
const SCRIPT_SPACE: f64 = 0.25;

/// The label of the marks at terms.
const TERM: &str = "dama-term";

/// The label of the marks of the index.
const INDEX: &str = "dama-index";

/// The label of the comma between the numbers of two notes.
const NOTE_COMMA: &str = "dama-note-comma";

/// A text and where it stands.
struct Wording<'t> {
    text: &'t str,
    place: source::Span,
    /// Whether it is what is written there.
    as_written: bool,
}

impl<'m> Lowerer<'_, '_, 'm> {
    pub(super) fn inlines(&mut self, run: &'m [Inline]) -> Content {
        let alone: Vec<bool> = run.iter().map(|inline| self.stands_alone(inline)).collect();
        let mut contents = Vec::new();
        for (index, inline) in run.iter().enumerate() {
            if model::is_between_notes(run, index) {
                continue;
            }
            let shown = |next: &&InlineKind| !matches!(next, InlineKind::Index(_));
            let next = run[index + 1..].iter().map(|next| &next.kind).find(shown);
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
            let [space_before, space_after] = spaces_of_formula(run, index);
            contents.extend(space_before.then(script_space));
            contents.push(content);
            contents.extend(space_after.then(script_space));
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
        self.mass.begin();
        let marks = self.scene.terms.as_ref().map(|terms| terms.marks(run)).unwrap_or_default();
        // A note's text is prose in the middle of prose.
        let around = std::mem::replace(&mut self.marks, marks);
        let outside = std::mem::replace(&mut self.flows, true);
        let content = self.inlines(run);
        self.marks = around;
        self.flows = outside;
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

    /// Text in which numbers keep to their units, and long names and hashes have room to break.
    fn text(&self, text: &str, place: source::Span) -> Content {
        let holds = holds::holds(text, &self.scene.chapter.lang);
        // A column is measured by the pieces of its texts.
        if self.matter == Matter::Cell && !holds.is_empty() {
            let spaced = holds::spaced(text, &holds);
            return self.loose(&self.wording(&spaced, place), 0..spaced.len());
        }
        let wording = self.wording(text, place);
        let (mut contents, mut done) = (Vec::new(), 0);
        for hold in holds {
            let range = hold.range();
            match hold {
                Hold::Whole(_) if !self.flows => continue,
                Hold::Whole(_) => {
                    contents.push(self.loose(&wording, done..range.start));
                    contents.push(self.whole(&wording, range.clone()));
                }
                Hold::Space(_) => {
                    contents.push(self.loose(&wording, done..range.start));
                    contents.push(TextElem::packed("\u{a0}").spanned(self.part_span(&wording, range.clone())));
                }
            }
            done = range.end;
        }
        if done == 0 {
            return self.loose(&wording, 0..text.len());
        }
        contents.push(self.loose(&wording, done..text.len()));
        Content::sequence(contents)
    }

    /// A text that stands at `place`.
    fn wording<'t>(&self, text: &'t str, place: source::Span) -> Wording<'t> {
        Wording { text, place, as_written: self.scene.text.get(place.range()) == Some(text) }
    }

    /// The place of a part of a text: that of all of it where the text is not what is written there.
    fn part_span(&self, Wording { place, as_written, .. }: &Wording<'_>, part: Range<usize>) -> Span {
        self.range_span(if *as_written { place.start + part.start..place.start + part.end } else { place.range() })
    }

    /// A part of a text with room to break.
    fn loose(&self, wording: &Wording<'_>, part: Range<usize>) -> Content {
        let within = |outer: usize, inner: Range<usize>| outer + inner.start..outer + inner.end;
        room::pieces(&wording.text[part.clone()], self.matter, |piece| {
            let own = within(part.start, piece);
            self.parted(&wording.text[own.clone()], |piece| {
                let own = within(own.start, piece);
                TextElem::packed(&wording.text[own.clone()]).spanned(self.part_span(wording, own))
            })
        })
    }

    /// A part of a text in a box, which no line ends within. Typst leaves no space between scripts at the sides of a box.
    fn whole(&self, wording: &Wording<'_>, part: Range<usize>) -> Content {
        self.mass.add(part.len());
        let (text, piece) = (wording.text, &wording.text[part.clone()]);
        let span = self.part_span(wording, part.clone());
        let body = BoxElem::new().with_body(Some(TextElem::packed(piece).spanned(span))).pack().spanned(span);
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let han = |c: Option<char>| c.is_some_and(is_han);
        let before = han(text[..part.start].chars().next_back()) && digit(piece.chars().next());
        let after = digit(piece.chars().next_back()) && han(text[part.end..].chars().next());
        let spaces = [before, after].map(|has| if has { script_space() } else { Content::empty() });
        let [before, after] = spaces;
        Content::sequence([before, body, after])
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

    /// Text that is raised, underlined or the like. Keys, names and titles of works are drawn by the layout if it can.
    fn styled(&mut self, style: TextStyle, body: &'m [Inline], span: Span) -> Content {
        let body = self.inlines(body);
        let marked = self.scene.chapter.lang.script() == Script::Han;
        let content = match style {
            TextStyle::Subscript => SubElem::new(body).pack(),
            TextStyle::Superscript => SuperElem::new(body).pack(),
            TextStyle::Underline => UnderlineElem::new(body).pack(),
            TextStyle::Highlight => HighlightElem::new(body).pack(),
            TextStyle::Keys => {
                return self.drawn("keys", body, span, |body| BoxElem::new().with_body(Some(body)).pack());
            }
            TextStyle::Name if marked => return self.drawn("name", body, span, |body| UnderlineElem::new(body).pack()),
            TextStyle::Work if marked => return self.drawn("work", body, span, |body| UnderlineElem::new(body).pack()),
            // Capitals say that it is a name.
            TextStyle::Name => return body,
            TextStyle::Work => EmphElem::new(body).pack(),
        };
        content.spanned(span)
    }

    /// Text as the layout's function draws it; without one, or where it fails, as it looks otherwise.
    fn drawn(&mut self, name: &str, body: Content, span: Span, otherwise: fn(Content) -> Content) -> Content {
        let Ok(Value::Func(function)) = self.scene.blocks.get(name) else { return otherwise(body).spanned(span) };
        let function = function.clone();
        self.call(name, &function, span, vec![body.clone().into_value()]).unwrap_or(body)
    }

    fn inline(&mut self, inline: &'m Inline) -> Content {
        self.mass.add(0);
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
            InlineKind::Ref { target, shows } => self.reference(target, *shows, span),
            InlineKind::Index(entry) => self.index_mark(entry, span),
            InlineKind::Note { name } => self.note(name, inline.span, span),
            InlineKind::LineBreak => LinebreakElem::shared().clone(),
        }
    }

    fn code(&self, text: &str, place: source::Span) -> Content {
        let inner = self.scene.text.get(place.range()).map(code::inner).unwrap_or_default();
        let whole = place.start + inner.start..place.start + inner.end;
        let as_written = self.scene.text.get(whole.clone()) == Some(text);
        let code = self.parted(text, |piece| {
            let own = whole.start + piece.start..whole.start + piece.end;
            let span = self.range_span(if as_written { own } else { whole.clone() });
            RawElem::new(RawContent::Text(text[piece].into())).with_block(false).pack().spanned(span)
        });
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

    /// A number where there is one, else the title of the place in quotation marks; or the page.
    fn reference(&mut self, target: &str, shows: Shows, span: Span) -> Content {
        let Some((label, says)) = self.target(target) else {
            return self.fail(relay::error(span, msg!("the reference names nothing")), span);
        };
        match says {
            _ if shows == Shows::Page => self.page_of(label, span),
            _ if shows == Shows::PageInBrackets => {
                let [open, close] = outline::words(&self.scene.chapter.lang).brackets;
                let bracket = |sign: &str| TextElem::packed(sign).spanned(span);
                Content::sequence([bracket(open), self.page_of(label, span), bracket(close)])
            }
            None => RefElem::new(label).pack().spanned(span),
            Some(says) => {
                let body = TextElem::packed(says).spanned(span);
                LinkElem::new(LinkTarget::Label(label), body).pack().spanned(span)
            }
        }
    }

    /// “page 12”, “第12页”.
    fn page_of(&self, label: Label, span: Span) -> Content {
        let [before, behind] = outline::words(&self.scene.chapter.lang).page;
        let page = |supplement| {
            RefElem::new(label).with_form(RefForm::Page).with_supplement(Smart::Custom(supplement)).pack().spanned(span)
        };
        if behind.is_empty() {
            return page(Some(Supplement::Content(TextElem::packed(before))));
        }
        let word = |word: &str| TextElem::packed(word).spanned(span);
        // No line ends between the words and the number.
        let whole = Content::sequence([word(before), page(None), word(behind)]);
        BoxElem::new().with_body(Some(whole)).pack().spanned(span)
    }

    /// What layouts make the index of.
    fn index_mark(&self, entry: &IndexEntry, span: Span) -> Content {
        let name = index::mark(&self.scene.chapter.lang, entry);
        let mark = MetadataElem::new(name.into_value()).pack().spanned(span);
        match convert::label(INDEX).filter(|_| entry.see.is_empty()) {
            Some(label) => mark.labelled(label),
            None => Content::empty(),
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
        match self.notes.get(name) {
            Some(note) => {
                let body = self.compact(&note.blocks);
                FootnoteElem::with_content(body).pack().spanned(span).labelled(label)
            }
            None => self.fail(relay::error(span, msg!("there is no footnote `{name}`", name)), span),
        }
    }
}

/// The space between Chinese and other scripts, where Typst sets none by itself.
fn script_space() -> Content {
    HElem::new(Spacing::Rel(Em::new(SCRIPT_SPACE).into())).with_weak(true).pack()
}

/// Whether a formula in a line has a space before it and behind it: where it meets Chinese.
fn spaces_of_formula(run: &[Inline], index: usize) -> [bool; 2] {
    if !matches!(run[index].kind, InlineKind::Math { .. }) {
        return [false; 2];
    }
    let words = |inline: &Inline| text::plain(std::slice::from_ref(inline));
    let before = index.checked_sub(1).and_then(|before| words(&run[before]).chars().next_back());
    let after = run.get(index + 1).and_then(|after| words(after).chars().next());
    [before, after].map(|c| c.is_some_and(is_han))
}

/// Whether a line ends before an inline: it or the one before it is a picture on a line of its own, and the author has not
/// ended the line already.
fn line_ends_before(run: &[Inline], alone: &[bool], index: usize) -> bool {
    let Some(before) = index.checked_sub(1) else { return false };
    let ended = [before, index].iter().any(|at| matches!(run[*at].kind, InlineKind::LineBreak));
    (alone[before] || alone[index]) && !ended
}
