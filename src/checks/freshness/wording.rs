//! What a unit says, and which part of it counts: punctuation, spaces, markup and the width of letters do not.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::words::{self, Style, Word};
use crate::align::{Unit, UnitKind};
use crate::model::{BlockKind, Chart, Fingerprint, Inline, InlineKind};
use crate::source::Span;

/// The text of a unit as it is read, each part with its place in the manuscript.
#[derive(Default)]
pub(crate) struct Wording {
    /// The text without markup.
    pub(crate) text: String,
    /// How it is split.
    pub(crate) style: Style,
    pieces: Vec<(Range<usize>, Span)>,
    /// The part of the text that counts.
    key: String,
    /// How many words, or Chinese characters, it has.
    pub(crate) length: usize,
}

impl Wording {
    /// What a unit itself says, without the units inside it; `None` when it has no text.
    pub(crate) fn of(unit: &Unit<'_>) -> Option<Self> {
        let mut wording = Self::default();
        match (&unit.kind, unit.block.map(|block| &block.kind)) {
            (UnitKind::Container(_, attrs), _) => {
                for attr in *attrs {
                    wording.part(&attr.value, attr.span);
                }
            }
            (UnitKind::Chart(chart), _) => wording.chart(chart, unit.span),
            (_, Some(BlockKind::Code { text, .. } | BlockKind::Math { text, .. })) => {
                wording.style = Style::Code;
                wording.push(text, unit.span);
            }
            (UnitKind::Meta(_), _) => wording.push(&unit.text, unit.span),
            _ => {
                for run in &unit.runs {
                    wording.inlines(run);
                }
            }
        }
        let words = words::split_small(&wording.text, wording.style);
        (wording.key, wording.length) = (joined(&words), words.len());
        (wording.length > 0).then_some(wording)
    }

    fn push(&mut self, text: &str, span: Span) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push((start..self.text.len(), span));
    }

    /// A part that stands by itself.
    fn part(&mut self, text: &str, span: Span) {
        self.push(text, span);
        self.text.push(' ');
    }

    fn chart(&mut self, chart: &Chart, span: Span) {
        for (_, text) in chart.texts() {
            self.part(text, span);
        }
        for datum in &chart.data {
            self.part(&datum.label, span);
            for amount in datum.values.iter().flatten() {
                self.part(&amount.shown, span);
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Math { text, .. } => {
                    self.push(text, inline.span);
                }
                InlineKind::Emph(body)
                | InlineKind::Strong(body)
                | InlineKind::Strike(body)
                | InlineKind::Styled { body, .. }
                | InlineKind::Link { body, .. } => self.inlines(body),
                InlineKind::Ruby { body, readings } => {
                    self.inlines(body);
                    for reading in readings {
                        self.part(reading, inline.span);
                    }
                }
                InlineKind::Image(image) => self.part(&image.alt, inline.span),
                InlineKind::LineBreak => self.text.push(' '),
                // Where they stand belongs to the checks of references.
                InlineKind::Cite(_) | InlineKind::Ref { .. } | InlineKind::Index(_) | InlineKind::Note { .. } => {}
            }
        }
    }

    /// Its fingerprint in the record.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.key)
    }

    /// The text as the record keeps it: in one line.
    pub(crate) fn line(&self) -> String {
        line(&self.text)
    }

    /// The place in the manuscript of a part of the text; `None` where only a line break stands.
    pub(crate) fn place(&self, range: Range<usize>) -> Option<Span> {
        let touched = |(piece, _): &&(Range<usize>, Span)| piece.start < range.end && range.start < piece.end;
        let narrow = |(piece, span): &(Range<usize>, Span)| {
            // Only where the text is the source letter for letter can a part of it be shown.
            if piece.len() != span.range().len() {
                return *span;
            }
            let start = span.start + range.start.saturating_sub(piece.start);
            Span::new(span.file, start..span.start + range.end.min(piece.end) - piece.start)
        };
        self.pieces.iter().filter(touched).map(narrow).reduce(Span::to)
    }
}

/// A text in one line, without the characters that YAML does not allow.
pub(super) fn line(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
        .collect();
    clean.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The part of a text that counts.
pub(super) fn key(text: &str, style: Style) -> String {
    joined(&words::split_small(text, style))
}

/// Words without spaces between them, which do not count except between two numbers.
fn joined(words: &[Word]) -> String {
    let mut key = String::new();
    for word in words {
        let figures = key.ends_with(char::is_numeric) && word.key.starts_with(char::is_numeric);
        if figures || word.alone {
            key.push(' ');
        }
        key.push_str(&word.key);
    }
    key.nfc().collect()
}
