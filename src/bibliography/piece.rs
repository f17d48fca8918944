//! hayagriva's wording as plain data: pieces of text, each with its look and where it leads.

use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use super::address;
use crate::model::risky_scheme;

/// Text of one look that leads to one place, if to any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// How it looks.
    pub look: Look,
    /// Where it leads.
    pub target: Option<Target>,
}

/// Where a piece leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A work in the list, by its key.
    Work(String),
    /// An address.
    Url(String),
}

/// How a piece looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// In italics.
    pub italic: bool,
    /// Bold.
    pub bold: bool,
    /// In small capitals.
    pub small_caps: bool,
    /// Underlined.
    pub underlined: bool,
    /// Above or below the line.
    pub shift: Option<Shift>,
    /// A formula in Typst's math notation.
    pub formula: bool,
}

/// Where a piece stands that is not on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// Above it.
    Up,
    /// Below it.
    Down,
}

impl From<Formatting> for Look {
    fn from(format: Formatting) -> Self {
        Self {
            italic: format.font_style == FontStyle::Italic,
            bold: format.font_weight == FontWeight::Bold,
            small_caps: format.font_variant == FontVariant::SmallCaps,
            underlined: format.text_decoration == TextDecoration::Underline,
            shift: match format.vertical_align {
                VerticalAlign::Sup => Some(Shift::Up),
                VerticalAlign::Sub => Some(Shift::Down),
                _ => None,
            },
            formula: false,
        }
    }
}

/// The work that a citation has at a place.
type Works<'w> = dyn Fn(usize) -> Option<Target> + 'w;

/// The pieces of a wording.
pub(super) fn pieces(children: &[ElemChild], works: &Works<'_>) -> Vec<Piece> {
    let mut out = Vec::new();
    children.iter().for_each(|child| add(child, None, works, &mut out));
    joined(out)
}

/// What a style sets in the margin, and the rest.
pub(super) fn apart(children: &ElemChildren, works: &Works<'_>) -> (Vec<Piece>, Vec<Piece>) {
    let in_margin = |child: &&ElemChild| matches!(child, ElemChild::Elem(e) if e.display == Some(Display::LeftMargin));
    let (margin, text): (Vec<&ElemChild>, Vec<&ElemChild>) = children.0.iter().partition(in_margin);
    let of = |children: Vec<&ElemChild>| pieces(&children.into_iter().cloned().collect::<Vec<_>>(), works);
    (of(margin), of(text))
}

fn add(child: &ElemChild, target: Option<&Target>, works: &Works<'_>, out: &mut Vec<Piece>) {
    match child {
        ElemChild::Text(text) => {
            out.push(Piece { text: text.text.clone(), look: text.formatting.into(), target: target.cloned() });
        }
        ElemChild::Elem(elem) => {
            let own = match elem.meta {
                Some(ElemMeta::Entry(place)) => works(place),
                _ => None,
            };
            let target = own.as_ref().or(target);
            elem.children.0.iter().for_each(|child| add(child, target, works, out));
        }
        ElemChild::Markup(text) => {
            let look = Look { formula: true, ..Look::default() };
            out.push(Piece { text: text.clone(), look, target: target.cloned() });
        }
        ElemChild::Link { text, url } => out.push(Piece {
            text: address::readable(&text.text),
            look: text.formatting.into(),
            target: target.cloned().or_else(|| risky_scheme(url).is_none().then(|| Target::Url(url.clone()))),
        }),
        ElemChild::Transparent { .. } => {}
    }
}

/// The same with neighbours of one look and one target as one piece.
pub(super) fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| !piece.text.is_empty()) {
        match out.last_mut() {
            Some(last) if last.look == piece.look && last.target == piece.target => last.text.push_str(&piece.text),
            _ => out.push(piece),
        }
    }
    out
}

/// Pieces without the spaces that styles leave around them and doubled between them.
pub(super) fn trimmed(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let mut after_space = true;
    for piece in &mut pieces {
        let mut text = String::new();
        for c in piece.text.chars() {
            if c != ' ' || !after_space {
                text.push(c);
            }
            after_space = c == ' ';
        }
        piece.text = closed_up(&text);
    }
    if let Some(last) = pieces.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    joined(pieces)
}

/// A text without the spaces that styles put before Chinese words, and without the comma that they leave after a year
/// where a day could follow.
pub(super) fn closed_up(text: &str) -> String {
    let text = without_space(&text.replace(",)", ")"), "等", |before| !before.is_ascii() && before.is_alphanumeric());
    without_space(&text, "版", |before| before.is_ascii_digit())
}

/// A text without the space before a word, where that space stands after certain characters.
fn without_space(text: &str, word: &str, after: fn(char) -> bool) -> String {
    let spaced = format!(" {word}");
    let mut parts = text.split(&spaced);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if !out.ends_with(after) {
            out.push(' ');
        }
        out.push_str(word);
        out.push_str(part);
    }
    out
}

/// A text as it is; addresses in it lead where they say.
pub(super) fn plain(text: &str) -> Vec<Piece> {
    let piece = |text: &str, target| Piece { text: text.to_owned(), look: Look::default(), target };
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, url)) = address::first(rest) {
        out.push(piece(before, None));
        out.push(piece(&address::readable(url), Some(Target::Url(url.to_owned()))));
        rest = &rest[before.len() + url.len()..];
    }
    out.push(piece(rest, None));
    joined(out)
}

/// A text above the line.
pub(super) fn raised(text: &str) -> Piece {
    Piece { text: text.to_owned(), look: Look { shift: Some(Shift::Up), ..Look::default() }, target: None }
}
