//! The text of a unit as a reader sees it, with a stand-in for what is not text, so that a check of words or marks never
//! touches code, formulas, addresses or ids.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Context;
use crate::align::{self, Unit, UnitKind};
use crate::lang::{self, Language, Width};
use crate::model::{Book, Inline, InlineKind, Lang, walk};
use crate::source::{FileId, Sources, Span};

/// Stands for code, a formula, a picture, a citation; and for each byte of an address.
pub(super) use crate::lang::OBJECT;

/// The text of one unit.
pub(super) struct Prose<'a> {
    pub(super) text: String,
    pub(super) lang: &'a Lang,
    pub(super) kind: UnitKind<'a>,
    /// The place of the whole unit.
    pub(super) span: Span,
    pieces: Vec<Piece>,
    foreign: OnceCell<bool>,
}

struct Piece {
    range: Range<usize>,
    span: Span,
    /// Whether the file has this text letter for letter.
    exact: bool,
    /// Whether it stands in emphasis or is the text of a link.
    marked: bool,
}

impl<'a> Prose<'a> {
    pub(super) fn of(unit: &Unit<'a>, sources: &Sources) -> Self {
        let mut prose = Self {
            text: String::with_capacity(unit.text.len()),
            lang: unit.lang,
            kind: unit.kind,
            span: unit.span,
            pieces: Vec::new(),
            foreign: OnceCell::new(),
        };
        if unit.runs.is_empty() && !unit.text.is_empty() {
            prose.push(&unit.text, unit.span, false, sources);
        }
        for run in &unit.runs {
            prose.push_run(run, false, sources);
        }
        if may_have_address(&prose.text) {
            prose.text = without_addresses(&prose.text);
        }
        prose.pieces.shrink_to_fit();
        prose
    }

    fn push(&mut self, text: &str, span: Span, marked: bool, sources: &Sources) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { range: start..self.text.len(), span, exact: sources.snippet(span) == text, marked });
    }

    fn push_run(&mut self, run: &[Inline], marked: bool, sources: &Sources) {
        for inline in run {
            match &inline.kind {
                InlineKind::Text(text) => self.push(text, inline.span, marked, sources),
                InlineKind::Emph(body)
                | InlineKind::Strong(body)
                | InlineKind::Strike(body)
                | InlineKind::Styled { body, .. }
                | InlineKind::Link { body, .. } => self.push_run(body, true, sources),
                InlineKind::Ruby { body, .. } => self.push_run(body, marked, sources),
                InlineKind::Index(_) | InlineKind::Note { .. } => {}
                InlineKind::LineBreak => self.push("\n", inline.span, marked, sources),
                InlineKind::Code(_)
                | InlineKind::Math { .. }
                | InlineKind::Image(_)
                | InlineKind::Cite(_)
                | InlineKind::Ref { .. } => self.push(&OBJECT.to_string(), inline.span, marked, sources),
            }
        }
    }

    /// The place in the file of a range of the text; where it is not known to the letter, the place of what holds it.
    pub(super) fn place(&self, range: Range<usize>) -> Span {
        let last = self.text[range.clone()].char_indices().next_back().map_or(range.start, |(at, _)| range.start + at);
        match (self.letter(range.start), self.letter(last)) {
            (Some(start), Some(end)) => start.to(end),
            _ => self.span,
        }
    }

    /// The place of the letter that begins at `at`, or of the piece that it stands in.
    fn letter(&self, at: usize) -> Option<Span> {
        let piece = self.piece(at)?;
        let width = self.after(at)?.len_utf8();
        let start = piece.span.start + at - piece.range.start;
        Some(if piece.exact { Span::new(piece.span.file, start..start + width) } else { piece.span })
    }

    /// The place in the file of a range that the file has letter for letter and in one piece: safe to change.
    pub(super) fn exact(&self, range: Range<usize>) -> Option<Span> {
        let first = self.pieces.partition_point(|piece| piece.range.end < range.end);
        let mut inside = self.pieces[first..].iter().take_while(|piece| piece.range.start <= range.start);
        let piece = inside.find(|piece| piece.exact)?;
        let start = piece.span.start + range.start - piece.range.start;
        Some(Span::new(piece.span.file, start..start + range.len()))
    }

    /// Whether the letter at a place stands in emphasis or is the text of a link.
    pub(super) fn marked(&self, at: usize) -> bool {
        self.piece(at).is_some_and(|piece| piece.marked)
    }

    /// The piece that the letter at a place stands in. Pieces stand in order; the empty ones among them hold nothing.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|piece| piece.range.end <= at);
        self.pieces.get(next).filter(|piece| piece.range.contains(&at))
    }

    /// Whether it is wholly in another language than its own.
    pub(super) fn is_foreign(&self) -> bool {
        *self.foreign.get_or_init(|| lang::of(self.lang).is_foreign(&self.text))
    }

    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    pub(super) fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }
}

impl<'a> Context<'a> {
    /// The languages that are looked at, each once.
    pub(super) fn langs(&self) -> Vec<&Lang> {
        let (source, target) = (&self.alignment.source, &self.alignment.target);
        if source == target { vec![source] } else { vec![source, target] }
    }

    /// Those that are forms of one language, for a check that is meant for it.
    pub(super) fn langs_of(&self, language: &dyn Language) -> impl Iterator<Item = &Lang> {
        self.langs().into_iter().filter(move |lang| lang.primary() == language.tag())
    }

    /// Those whose punctuation marks have this width.
    pub(super) fn langs_in(&self, width: Width) -> impl Iterator<Item = &Lang> {
        self.langs().into_iter().filter(move |lang| lang.conventions().typography.width == width)
    }

    /// The text of every unit of a language that has any, in reading order.
    pub(super) fn prose(&self, lang: &Lang) -> &[Prose<'a>] {
        self.prose.of_langs.get(lang).map_or(&[], Vec::as_slice)
    }

    /// The text of a unit of the book.
    pub(super) fn prose_of(&self, unit: &Unit<'_>) -> &Prose<'a> {
        let place = self.prose.of_units.get(&unit.key()).expect("invariant: a unit stands in a chapter of the book");
        match place {
            Place::Listed(at) => &self.prose(unit.lang)[*at],
            Place::Other(at) => &self.prose.others[*at],
        }
    }

    /// The same without what is wholly in another language.
    pub(super) fn own_prose(&self, lang: &Lang) -> impl Iterator<Item = &Prose<'a>> {
        self.prose(lang).iter().filter(|prose| !prose.is_foreign())
    }
}

/// The text of every unit of the languages of an alignment.
#[derive(Default)]
pub(super) struct Texts<'a> {
    /// What can be read as prose, by language and in reading order.
    of_langs: BTreeMap<Lang, Vec<Prose<'a>>>,
    /// The rest.
    others: Vec<Prose<'a>>,
    /// Where the text of each unit stands.
    of_units: FxHashMap<(FileId, usize), Place>,
}

/// Where the text of a unit stands.
enum Place {
    /// Among those of its language.
    Listed(usize),
    Other(usize),
}

impl<'a> Texts<'a> {
    pub(super) fn of(book: &'a Book, langs: [&Lang; 2], sources: &Sources) -> Self {
        let mut texts = Self::default();
        for lang in langs {
            let mut listed = Vec::new();
            for unit in book.chapters(lang).iter().flat_map(align::units_of) {
                texts.add(&unit, sources, &mut listed);
            }
            texts.of_langs.insert(lang.clone(), listed);
        }
        texts
    }

    /// Adds a unit and those inside it.
    fn add(&mut self, unit: &Unit<'a>, sources: &Sources, listed: &mut Vec<Prose<'a>>) {
        let prose = Prose::of(unit, sources);
        let place = if !prose.text.trim().is_empty() && is_readable(unit, sources) {
            listed.push(prose);
            Place::Listed(listed.len() - 1)
        } else {
            self.others.push(prose);
            Place::Other(self.others.len() - 1)
        };
        self.of_units.insert(unit.key(), place);
        unit.children.iter().for_each(|child| self.add(child, sources, listed));
    }
}

/// Whether a unit's text can be read as prose. Front matter can where the file has each piece of it letter for letter: in a
/// title with escapes it cannot be told what is text.
pub(super) fn is_readable(unit: &Unit<'_>, sources: &Sources) -> bool {
    let mut verbatim = true;
    for run in &unit.runs {
        walk::inlines(run, &mut |inline| {
            verbatim &= !matches!(&inline.kind, InlineKind::Text(text) if sources.snippet(inline.span) != text);
        });
    }
    unit.written && (!matches!(unit.kind, UnitKind::Meta(_)) || verbatim)
}

/// Whether a text may have what [`is_address`] knows; cheaper than to look.
fn may_have_address(text: &str) -> bool {
    text.contains(['/', '@']) || text.contains("www.") || text.contains("doi:")
}

/// A text of the same length with web addresses, mail addresses and paths covered.
fn without_addresses(text: &str) -> String {
    let word = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(word) {
        let end = rest[start..].find(|c| !word(c)).map_or(rest.len(), |n| start + n);
        out.push_str(&rest[..start]);
        let run = &rest[start..end];
        // What closes the sentence is not part of an address.
        let bare = run.trim_end_matches([',', '.', ';', ':', '!', '?', ')', '*', '_']);
        // Nor is a bracket closed that the address opened.
        let opened = bare.matches('(').count() > bare.matches(')').count() && run[bare.len()..].starts_with(')');
        let core = &run[..bare.len() + usize::from(opened)];
        if is_address(bare) {
            out.extend(std::iter::repeat_n(OBJECT, core.len()));
            out.push_str(&run[core.len()..]);
        } else {
            out.push_str(run);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn is_address(run: &str) -> bool {
    let mail = || run.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let inner_dot = || run.trim_start_matches("./").split_once('/').is_some_and(|(host, _)| host.contains('.'));
    run.contains("://") || run.starts_with("www.") || run.starts_with("doi:") || mail() || inner_dot()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_covered_and_lengths_stay() {
        let text = "见https://example.org/a,b。或写信给me@example.org.";
        let covered = without_addresses(text);
        assert_eq!(covered.len(), text.len());
        assert!(covered.starts_with('见') && covered.contains("。或写信给") && covered.ends_with('.'));
        assert!(!covered.contains("example"));
        assert_eq!(without_addresses("and/or, e.g. this"), "and/or, e.g. this");
        let in_html = without_addresses("[Copilot](https://example.org/copilot/) 来处理（见 https://example.org）");
        assert_eq!(in_html.matches(['(', ')']).count(), 0, "the bracket that an address opens is its own: {in_html}");
        assert!(without_addresses("（见 https://example.org）。").ends_with("）。"));
    }
}
