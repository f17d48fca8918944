//! Which words of a listing are of which kind, for pages and e-book alike.
//!
//! Typst takes code apart, with the grammars that it carries and one more, for sessions in a terminal. [`KINDS`] gathers what
//! grammars tell apart into a few kinds. On pages a layout says how each looks (`dama.code-lines`), in the e-book a stylesheet.

use std::sync::LazyLock;

use comemo::Track;
use typst::ecow::EcoString;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{
    Arg, Args, Bytes, Content, Context, Dict, Func, IntoValue, NativeElement, Packed, Property, SequenceElem, Str,
    Style, StyleChain, StyledElem, Styles, Synthesize, Value,
};
use typst::introspection::{EmptyIntrospector, Introspector};
use typst::syntax::{Span, Spanned};
use typst::text::{FontStyle, FontWeight, RawElem, RawLine, TextElem};
use typst::utils::{LazyHash, Protected};
use typst::visualize::{Color, Paint};
use typst::{Library, World};

use super::lone::{self, LoneWorld};

/// The kinds of token and what grammars call them.
const KINDS: &[(&str, &str)] = &[
    ("comment", "comment"),
    ("string", "string"),
    ("escape", "constant.character.escape, constant.other.placeholder, string constant.character"),
    ("number", "constant.numeric"),
    ("constant", "constant.language, constant.other, support.constant"),
    ("keyword", "keyword, storage, keyword.operator.word"),
    ("operator", "keyword.operator, keyword.other.unit"),
    (
        "type",
        "entity.name.type, entity.name.class, entity.name.struct, entity.name.enum, entity.name.trait, entity.name.interface, \
         entity.name.impl, entity.name.namespace, entity.other.inherited-class, support.type, support.class, storage.modifier.lifetime",
    ),
    ("function", "entity.name.function, variable.function, support.function, entity.name.macro, support.macro"),
    ("tag", "entity.name.tag"),
    (
        "attribute",
        "entity.other.attribute-name, support.type.property-name, variable.annotation, meta.annotation, \
         meta.mapping.key string.quoted.double",
    ),
    ("section", "markup.heading, entity.name.section"),
    ("inserted", "markup.inserted"),
    ("deleted", "markup.deleted"),
    ("range", "meta.diff.range, meta.diff.header"),
    ("prompt", "punctuation.prompt"),
    ("command", "meta.command.console"),
    ("output", "meta.output.console"),
];

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

/// The grammar for sessions in a terminal.
const CONSOLE: &str = include_str!("highlight/console.sublime-syntax");

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
    let whole = || vec![Token { kind: None, text: code.to_owned() }];
    if lang.is_empty() {
        return whole();
    }
    let lines = highlighted(&grammar(lang), code).unwrap_or_default();
    let mut tokens: Vec<Token> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            push(&mut tokens, None, "\n");
        }
        gather(&line.body, None, &mut tokens);
    }
    as_written(tokens, code).unwrap_or_else(whole)
}

/// A listing as Typst takes it apart, in a World of its own.
fn highlighted(lang: &str, code: &str) -> Option<Vec<Packed<RawLine>>> {
    static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(lone::library);
    static THEME: LazyLock<Bytes> = LazyLock::new(|| Bytes::from_string(theme()));
    let world = LoneWorld::new(&LIBRARY, String::new());
    let (introspector, traced, mut sink) = (EmptyIntrospector, Traced::default(), Sink::new());
    let mut engine = Engine {
        world: (&world as &dyn World).track(),
        library: &LIBRARY,
        introspector: Protected::new((&introspector as &dyn Introspector).track()),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::default(),
    };
    let span = Span::detached();
    let mut args = Args::new(span, [code.into_value()]);
    let named = [
        ("block", true.into_value()),
        ("lang", lang.into_value()),
        ("theme", THEME.clone().into_value()),
        ("syntaxes", Bytes::from_string(CONSOLE).into_value()),
    ];
    let named = named.map(|(name, value)| Arg { span, name: Some(Str::from(name)), value: Spanned::new(value, span) });
    args.items.extend(named);
    let made = Func::from(RawElem::ELEM).call(&mut engine, Context::none().track(), args).ok()?;
    let mut raw = made.cast::<Content>().ok()?.into_packed::<RawElem>().ok()?;
    // A tab counts as one character, so that what comes back is as long as what is written.
    let tabs = Styles::from(Style::from(Property::new(RawElem::tab_size, 1)));
    raw.synthesize(&mut engine, StyleChain::new(&LIBRARY.styles).chain(&tabs)).ok()?;
    raw.lines.clone()
}

/// The tokens with the text as it is written, where Typst put a space for a tab; `None` if there is any other difference.
fn as_written(tokens: Vec<Token>, code: &str) -> Option<Vec<Token>> {
    let mut written = code.chars();
    let restored = tokens.into_iter().map(|token| {
        let chars = token.text.chars();
        let text: Option<String> =
            chars.map(|c| written.next().filter(|own| *own == c || *own == '\t' && c == ' ')).collect();
        Some(Token { text: text?, ..token })
    });
    let restored: Option<Vec<Token>> = restored.collect();
    restored.filter(|_| written.next().is_none())
}

/// The tokens in the content of a line.
fn gather(content: &Content, kind: Option<&'static str>, tokens: &mut Vec<Token>) {
    if let Some(text) = content.to_packed::<TextElem>() {
        push(tokens, kind, &text.text);
    } else if let Some(sequence) = content.to_packed::<SequenceElem>() {
        sequence.children.iter().for_each(|child| gather(child, kind, tokens));
    } else if let Some(styled) = content.to_packed::<StyledElem>() {
        let own = match StyleChain::new(&styled.styles).get_cloned(TextElem::fill) {
            Paint::Solid(color) => kind_of(color),
            _ => None,
        };
        gather(&styled.child, own.or(kind), tokens);
    }
}

/// Adds a piece; blanks in a line belong to the token before them.
fn push(tokens: &mut Vec<Token>, kind: Option<&'static str>, text: &str) {
    match tokens.last_mut() {
        Some(last) if last.kind == kind || text != "\n" && text.trim().is_empty() => last.text.push_str(text),
        _ => tokens.push(Token { kind, text: text.to_owned() }),
    }
}

/// The theme that gives each kind a colour to know it by, in the form that Typst reads, TextMate's.
fn theme() -> String {
    let item = |(index, (_, scopes)): (usize, &(&str, &str))| {
        format!(
            "<dict><key>scope</key><string>{scopes}</string><key>settings</key><dict><key>foreground</key>\
             <string>#0000{:02x}</string></dict></dict>",
            index + 1
        )
    };
    let items: String = KINDS.iter().enumerate().map(item).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict><key>name</key><string>dama</string>\
         <key>settings</key><array><dict><key>settings</key><dict><key>foreground</key><string>#000000</string></dict></dict>\
         {items}</array></dict></plist>"
    )
}

/// The kind that a colour of the theme stands for.
fn kind_of(color: Color) -> Option<&'static str> {
    let hex = color.to_hex();
    let index = usize::from_str_radix(hex.strip_prefix("#0000")?.get(..2)?, 16).ok()?;
    KINDS.get(index.checked_sub(1)?).map(|(name, _)| *name)
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
