//! Inline markup as codes: what it is, what it stands for, and where it is written.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::unit::{Code, CodeKind, Piece};
use crate::model::{CiteItem, Inline, InlineKind, LinkTarget, TextStyle, text};

/// A code of the manuscript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) kind: CodeKind,
    /// What tells it from others of its kind: where a link leads, the name of a note. Two codes of one kind and key do the same.
    pub(super) key: String,
    /// What a translator is shown.
    pub(super) shown: String,
    /// The markup before the text that it marks, in its file; all of a code by itself.
    pub(super) open: Range<usize>,
    /// The markup behind that text.
    pub(super) close: Range<usize>,
}

/// Text with its markup.
pub(super) type Marked = Vec<Piece<Mark>>;

/// Inlines as text and codes. Text is as it is read.
pub(super) fn of_run(run: &[Inline]) -> Marked {
    let mut pieces = Vec::new();
    for inline in run {
        match text_of(inline) {
            Some(text) => push_text(&mut pieces, text),
            None => pieces.push(piece(inline)),
        }
    }
    pieces
}

/// Text alone.
pub(super) fn of_text(text: &str) -> Marked {
    let mut pieces = Vec::new();
    push_text(&mut pieces, text);
    pieces
}

fn text_of(inline: &Inline) -> Option<&str> {
    match &inline.kind {
        InlineKind::Text(text) => Some(text),
        _ => None,
    }
}

/// Puts text behind pieces; two texts are one.
pub(super) fn push_text<C>(pieces: &mut Vec<Piece<C>>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

fn piece(inline: &Inline) -> Piece<Mark> {
    let pair = |kind: CodeKind, key: String, body: &[Inline]| {
        let whole = inline.span.range();
        let inside = match (body.first(), body.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => whole.end..whole.end,
        };
        let mark =
            Mark { kind, shown: key.clone(), key, open: whole.start..inside.start, close: inside.end..whole.end };
        Piece::Pair(mark, of_run(body))
    };
    let none = String::new;
    match &inline.kind {
        InlineKind::Emph(body) => pair(CodeKind::Emphasis, none(), body),
        InlineKind::Strong(body) => pair(CodeKind::Strong, none(), body),
        InlineKind::Strike(body) => pair(CodeKind::Strike, none(), body),
        InlineKind::Styled { style, body } => pair(kind_of(*style), class_of(*style).to_owned(), body),
        InlineKind::Link { target, body } => pair(CodeKind::Link, leads_to(target).to_owned(), body),
        _ => Piece::Single(single(inline)),
    }
}

fn kind_of(style: TextStyle) -> CodeKind {
    match style {
        TextStyle::Subscript => CodeKind::Subscript,
        TextStyle::Superscript => CodeKind::Superscript,
        TextStyle::Underline | TextStyle::Name | TextStyle::Work => CodeKind::Underline,
        TextStyle::Highlight => CodeKind::Highlight,
        TextStyle::Keys => CodeKind::Keys,
    }
}

/// What text is underlined for, where it says so: `[名]{.name}`.
fn class_of(style: TextStyle) -> &'static str {
    match style {
        TextStyle::Name => "name",
        TextStyle::Work => "work",
        _ => "",
    }
}

/// Where a link leads: a place in the book is the same in every language.
fn leads_to(target: &LinkTarget) -> &str {
    match target {
        LinkTarget::Url(address) | LinkTarget::Refused(address) => address,
        LinkTarget::Id(place) | LinkTarget::File { target: place, .. } => place,
    }
}

/// A code by itself.
fn single(inline: &Inline) -> Mark {
    let (kind, key, shown) = match &inline.kind {
        InlineKind::Code(text) => (CodeKind::Code, text.clone(), text.clone()),
        InlineKind::Math { text, .. } => (CodeKind::Formula, text.clone(), text.clone()),
        InlineKind::Image(image) => (CodeKind::Picture, image.path.clone(), image.alt.clone()),
        InlineKind::Cite(items) => (CodeKind::Citation, cited(items), cited(items)),
        InlineKind::Ref { target, shows } => (CodeKind::Reference, format!("{target} {shows:?}"), target.clone()),
        InlineKind::Index(entry) => (CodeKind::Index, format!("{entry:?}"), entry.heading.clone()),
        InlineKind::Note { name } => (CodeKind::Note, name.clone(), name.clone()),
        InlineKind::Ruby { body, readings } => {
            let words = text::plain(body);
            (CodeKind::Ruby, format!("{words} {readings:?}"), words)
        }
        _ => (CodeKind::Break, String::new(), String::new()),
    };
    let open = inline.span.range();
    Mark { kind, key, shown, close: open.end..open.end, open }
}

fn cited(items: &[CiteItem]) -> String {
    let item = |item: &CiteItem| match &item.locator {
        Some(locator) => format!("@{}, {locator}", item.key),
        None => format!("@{}", item.key),
    };
    items.iter().map(item).collect::<Vec<_>>().join("; ")
}

/// Calls `visit` for each code in reading order.
pub(super) fn each<'a, C>(pieces: &'a [Piece<C>], visit: &mut dyn FnMut(&'a C)) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Single(code) => visit(code),
            Piece::Pair(code, body) => {
                visit(code);
                each(body, visit);
            }
        }
    }
}

/// The same pieces with other codes.
pub(super) fn map<'a, C, D>(pieces: &'a [Piece<C>], change: &mut dyn FnMut(&'a C) -> D) -> Vec<Piece<D>> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        out.push(match piece {
            Piece::Text(text) => Piece::Text(text.clone()),
            Piece::Single(code) => Piece::Single(change(code)),
            Piece::Pair(code, body) => {
                let code = change(code);
                Piece::Pair(code, map(body, change))
            }
        });
    }
    out
}

/// The ids of the codes of a source in reading order.
pub(super) fn numbers(source: &Marked) -> Vec<String> {
    let mut count = 0usize;
    let mut ids = Vec::new();
    each(source, &mut |_| {
        count += 1;
        ids.push(count.to_string());
    });
    ids
}

/// The ids of the codes of a translation in reading order: that of the same code of the source, else of one of its kind, else
/// of its family, each once; `t1` and on for those that are left.
pub(super) fn counterparts(source: &Marked, target: &Marked) -> Vec<String> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    each(source, &mut |mark| ours.push(mark));
    each(target, &mut |mark| theirs.push(mark));
    let mut same: HashMap<(CodeKind, &str), VecDeque<usize>> = HashMap::new();
    for (at, mark) in ours.iter().enumerate() {
        same.entry((mark.kind, mark.key.as_str())).or_default().push_back(at);
    }
    let mut found: Vec<Option<usize>> =
        theirs.iter().map(|mark| same.get_mut(&(mark.kind, mark.key.as_str())).and_then(VecDeque::pop_front)).collect();
    for class in [of_kind as fn(CodeKind) -> CodeKind, of_family] {
        let mut left: HashMap<CodeKind, VecDeque<usize>> = HashMap::new();
        for (at, mark) in ours.iter().enumerate().filter(|(at, _)| !found.contains(&Some(*at))) {
            left.entry(class(mark.kind)).or_default().push_back(at);
        }
        for (mark, found) in theirs.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            *found = left.get_mut(&class(mark.kind)).and_then(VecDeque::pop_front);
        }
    }
    let mut extra = 0usize;
    let id = |found: Option<usize>| match found {
        Some(at) => (at + 1).to_string(),
        None => {
            extra += 1;
            format!("t{extra}")
        }
    };
    found.into_iter().map(id).collect()
}

fn of_kind(kind: CodeKind) -> CodeKind {
    kind
}

/// What is set in italics in one language is set in bold in another that has no italics.
fn of_family(kind: CodeKind) -> CodeKind {
    match kind {
        CodeKind::Strong | CodeKind::Underline | CodeKind::Highlight => CodeKind::Emphasis,
        kind => kind,
    }
}

/// Pieces with the ids of their codes, in reading order.
pub(super) fn coded(pieces: &Marked, ids: &[String]) -> Vec<Piece<Code>> {
    let mut ids = ids.iter();
    map(pieces, &mut |mark| Code {
        id: ids.next().cloned().unwrap_or_default(),
        kind: mark.kind,
        shown: mark.shown.clone(),
    })
}

/// Pieces as they are compared: text with single spaces and none at the ends, and what each code does.
pub(super) fn essence<C, K: Clone>(pieces: &[Piece<C>], key: &mut dyn FnMut(&C) -> K) -> Vec<Piece<K>> {
    let mut out = gathered(pieces, key);
    trim(&mut out);
    out
}

fn gathered<C, K: Clone>(pieces: &[Piece<C>], key: &mut dyn FnMut(&C) -> K) -> Vec<Piece<K>> {
    let mut out: Vec<Piece<K>> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let mut single = String::with_capacity(text.len());
                let after_space = matches!(out.last(), Some(Piece::Text(before)) if before.ends_with(' '));
                let mut space = after_space;
                for c in text.chars() {
                    let is_space = c.is_whitespace() && c != '\u{3000}';
                    if !(is_space && space) {
                        single.push(if is_space { ' ' } else { c });
                    }
                    space = is_space;
                }
                push_text(&mut out, &single);
            }
            Piece::Single(code) => out.push(Piece::Single(key(code))),
            Piece::Pair(code, body) => {
                let code = key(code);
                out.push(Piece::Pair(code, gathered(body, key)));
            }
        }
    }
    out
}

fn trim<K>(pieces: &mut Vec<Piece<K>>) {
    if let Some(Piece::Text(text)) = pieces.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Piece::Text(text)) = pieces.last_mut() {
        *text = text.trim_end().to_owned();
    }
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
}

/// The text alone, codes by what `shown` says of them.
pub(super) fn plain<C>(pieces: &[Piece<C>], shown: &dyn Fn(&C) -> String) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Single(code) => out.push_str(&shown(code)),
            Piece::Pair(_, body) => out.push_str(&plain(body, shown)),
        }
    }
    out
}
