//! Which words of a listing are of which kind, for pages and e-book alike.
//!
//! [`mod@grammar`] takes code apart and tells a few kinds of token. On pages a layout says how each looks (`dama.code-lines`), in the e-book a stylesheet.

use typst::ecow::EcoString;
use typst::foundations::{Content, Dict, NativeElement, Packed, Value};
use typst::syntax::Span;
use typst::text::{FontStyle, FontWeight, RawElem, RawLine, TextElem};
use typst::visualize::Paint;

mod grammar;

/// Names of languages that the grammars do not know, and those that they know.
const ALIASES: &[(&str, &str)] = &[
    ("c#", "cs"),
    ("cmd", "bat"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("golang", "go"),
    ("javascriptreact", "js"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsx", "js"),
    ("mjs", "js"),
    ("node", "js"),
    ("objective-c", "objc"),
    ("patch", "diff"),
    ("python3", "py"),
    ("shell", "bash"),
    ("typescriptreact", "tsx"),
    ("zsh", "bash"),
];

/// A piece of a listing that is of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Token {
    /// One of the kinds; `None` for what is like the text around.
    pub(crate) kind: Option<&'static str>,
    /// The piece as it is written; it may hold line breaks.
    pub(crate) text: String,
}

/// The name by which the grammars know a language.
pub(super) fn grammar(lang: &str) -> String {
    let lower = lang.to_lowercase();
    let known = ALIASES.iter().find(|(alias, _)| *alias == lower);
    known.map_or(lower, |(_, name)| (*name).to_owned())
}

/// The tokens of a listing: one if its language is not known. They are found once, whoever asks for them.
#[comemo::memoize]
pub(crate) fn tokens(lang: &str, code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (index, line) in grammar::lines(&grammar(lang), code).into_iter().enumerate() {
        if index > 0 {
            push(&mut tokens, None, "\n");
        }
        line.iter().for_each(|token| push(&mut tokens, token.kind, &token.text));
    }
    tokens
}

/// Adds a piece; blanks in a line belong to the token before them.
fn push(tokens: &mut Vec<Token>, kind: Option<&'static str>, text: &str) {
    match tokens.last_mut() {
        Some(last) if last.kind == kind || text != "\n" && text.trim().is_empty() => last.text.push_str(text),
        _ => tokens.push(Token { kind, text: text.to_owned() }),
    }
}

/// The lines of a listing, in which each kind looks as a layout says: `(keyword: (fill: blue, weight: "bold"), comment:
/// (style: "italic"))`.
pub(super) fn lines(raw: &Packed<RawElem>, looks: &Dict) -> Vec<Content> {
    let lang = raw.lang.as_option().clone().flatten().unwrap_or_default();
    let plain: Vec<(EcoString, Span)> =
        raw.lines.iter().flatten().map(|line| (line.text.clone(), line.span())).collect();
    coloured(&lang, &plain, looks)
}

/// The lines as elements. A layout asks for them each time that it measures or sets the listing.
#[comemo::memoize]
fn coloured(lang: &str, plain: &[(EcoString, Span)], looks: &Dict) -> Vec<Content> {
    let code: Vec<&str> = plain.iter().map(|(text, _)| text.as_str()).collect();
    let mut bodies: Vec<Vec<(EcoString, Option<&Dict>)>> = vec![Vec::new()];
    for token in tokens(lang, &code.join("\n")) {
        let look = token.kind.and_then(|kind| match looks.get(kind) {
            Ok(Value::Dict(look)) => Some(look),
            _ => None,
        });
        for (index, part) in token.text.split('\n').enumerate() {
            if index > 0 {
                bodies.push(Vec::new());
            }
            let Some(body) = bodies.last_mut() else { continue };
            match body.last_mut().filter(|(_, last)| *last == look) {
                Some((text, _)) => text.push_str(part),
                None if part.is_empty() => {}
                None => body.push((part.into(), look)),
            }
        }
    }
    let count = i64::try_from(plain.len()).unwrap_or(i64::MAX);
    plain.iter().zip(bodies).zip(1..).map(|((line, body), number)| element(line, body, number, count)).collect()
}

fn element(
    (line, span): &(EcoString, Span),
    body: Vec<(EcoString, Option<&Dict>)>,
    number: i64,
    count: i64,
) -> Content {
    let mut offset = 0;
    let pieces = body.into_iter().map(|(text, look)| {
        let start = offset;
        offset += text.len();
        let piece = TextElem::packed(text).spanned(*span);
        let piece = if start > 0 { piece.set(TextElem::span_offset, start) } else { piece };
        match look {
            Some(look) => styled(piece, look),
            None => piece,
        }
    });
    let body = Content::sequence(pieces.collect::<Vec<_>>());
    RawLine::new(number, count, line.clone(), body).pack().spanned(*span)
}

fn styled(mut piece: Content, look: &Dict) -> Content {
    if let Some(fill) = look.get("fill").ok().and_then(|fill| fill.clone().cast::<Paint>().ok()) {
        piece = piece.set(TextElem::fill, fill);
    }
    if is(look, "weight", "bold") {
        piece = piece.set(TextElem::weight, FontWeight::BOLD);
    }
    if is(look, "style", "italic") {
        piece = piece.set(TextElem::style, FontStyle::Italic);
    }
    piece
}

fn is(look: &Dict, key: &str, wanted: &str) -> bool {
    matches!(look.get(key), Ok(Value::Str(value)) if value.as_str() == wanted)
}

#[cfg(test)]
mod tests;
