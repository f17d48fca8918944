//! Titles in lines that end as a person would end them: between words, about equally long.
//!
//! A layout measures, for it alone knows the type; where a title may be broken, and which breaks are best, is found here.

mod lines;
mod phrases;

use comemo::Tracked;
use typst::Library;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Args, Array, Content, Context, IntoValue, SequenceElem, Str, StyledElem, Value};
use typst::text::{LinebreakElem, SpaceElem, TextElem};

use self::lines::Widths;
use self::phrases::PhraseEnd;
use super::convert;
use super::function::function;
use crate::model::{Book, HeadLine};

/// The name in the module `dama` under which the breaks of authors are kept.
pub(super) const NAME: &str = "title-breaks";

function!(PHRASES, "phrases", "The parts of a title at whose ends a line may end.", phrases);
function!(LINE_ENDS, "line-ends", "After which parts the lines of a title end.", line_ends);

/// The functions that layouts have.
pub(super) fn functions() -> [&'static typst::foundations::NativeFuncData; 2] {
    [&PHRASES, &LINE_ENDS]
}

/// Where the authors of a book want lines of titles to end, in bytes, by the words of the title.
pub(super) fn value(book: &Book) -> Value {
    let heads = book.chapters.values().flatten().flat_map(|chapter| {
        let meta = &chapter.meta;
        let lines: [Option<&HeadLine>; 2] = [Some(&meta.title), meta.subtitle.as_ref()];
        lines.into_iter().flatten().map(|line| (line.value.as_str(), line.breaks.as_slice()))
    });
    let titles = book.meta.breaks.iter().map(|(title, breaks)| (title.as_str(), breaks.as_slice()));
    let number = |at: &usize| i64::try_from(*at).unwrap_or(i64::MAX).into_value();
    let all = titles.chain(heads).filter(|(_, breaks)| !breaks.is_empty());
    Value::Dict(
        all.map(|(title, breaks)| (Str::from(title), breaks.iter().map(number).collect::<Array>().into_value()))
            .collect(),
    )
}

/// Where a line of a title may end outside of the pages, in bytes: after its words, those left out that belong to what is beside them.
pub(crate) fn word_breaks(title: &str) -> Vec<usize> {
    phrases::ends(title, &[]).into_iter().filter(|end| end.cost < phrases::BOUND).map(|end| end.at).collect()
}

fn wanted(library: &Library, title: &str) -> Option<Vec<usize>> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    let Value::Dict(all) = dama.scope().get(NAME)?.read() else { return None };
    let places = all.get(title).ok()?.clone().cast::<Array>().ok()?;
    Some(places.into_iter().filter_map(|place| place.cast::<usize>().ok()).collect())
}

/// Takes a title; gives its parts, each with what it costs to end a line after it.
fn phrases(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let title: Content = args.expect("title")?;
    let mut pieces = Vec::new();
    flatten(&title, &mut pieces);
    let text: String = pieces.iter().map(|(_, text)| text.as_str()).collect();
    let words = text.trim();
    let before = text.len() - text.trim_start().len();
    let wanted = wanted(engine.library, words).unwrap_or_default().into_iter().map(|at| at + before);
    let lines = text.match_indices('\n').map(|(at, end)| at + end.len());
    let ends = phrases::ends(&text, &wanted.chain(lines).collect::<Vec<_>>());
    let parts = cut(pieces, &ends).into_iter().map(|(body, cost)| {
        let body = Content::sequence(body);
        convert::dict([("body", body.into_value()), ("cost", cost.into_value())]).into_value()
    });
    Ok(parts.collect::<Array>().into_value())
}

/// The parts of a title, each with what it costs to end a line after it.
fn cut(pieces: Vec<(Content, String)>, ends: &[PhraseEnd]) -> Vec<(Vec<Content>, f64)> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    let mut ends = ends.iter().peekable();
    let mut at = 0;
    for (piece, text) in pieces {
        let mut start = 0;
        while let Some(end) = ends.next_if(|end| end.at < at + text.len().max(1)) {
            let inside = end.at.saturating_sub(at);
            if inside > start && is_text(&piece) {
                part.push(with_text(&piece, &text[start..inside]));
                start = inside;
            }
            if inside == start {
                parts.push((std::mem::take(&mut part), end.cost));
            }
        }
        part.push(if start == 0 { piece } else { with_text(&piece, &text[start..]) });
        at += text.len();
    }
    parts.push((part, 0.0));
    parts
}

/// The pieces of a title with their texts: what is no text has none that a line may end in.
fn flatten(content: &Content, out: &mut Vec<(Content, String)>) {
    if let Some(sequence) = content.to_packed::<SequenceElem>() {
        sequence.children.iter().for_each(|child| flatten(child, out));
    } else if let Some(styled) = content.to_packed::<StyledElem>() {
        let mut inner = Vec::new();
        flatten(&styled.child, &mut inner);
        out.extend(inner.into_iter().map(|(piece, text)| (piece.styled_with_map(styled.styles.clone()), text)));
    } else if let Some(text) = content.to_packed::<TextElem>() {
        out.push((content.clone(), text.text.to_string()));
    } else if content.is::<SpaceElem>() {
        out.push((content.clone(), " ".to_owned()));
    } else if content.is::<LinebreakElem>() {
        // The line ends here by the end of a part.
        out.push((Content::empty(), "\n".to_owned()));
    } else {
        out.push((content.clone(), content.plain_text().replace("\n", " ").to_string()));
    }
}

fn is_text(piece: &Content) -> bool {
    piece.to_packed::<StyledElem>().map_or_else(|| piece.is::<TextElem>(), |styled| is_text(&styled.child))
}

/// A piece of text with another text.
fn with_text(piece: &Content, text: &str) -> Content {
    match piece.to_packed::<StyledElem>() {
        Some(styled) => with_text(&styled.child, text).styled_with_map(styled.styles.clone()),
        None => TextElem::packed(text).spanned(piece.span()),
    }
}

/// Takes widths, costs and the room there is, in points.
fn line_ends(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let rows: Array = args.expect("widths")?;
    let costs: Array = args.expect("costs")?;
    let room: f64 = args.expect("room")?;
    let even = args.named::<bool>("even")?.unwrap_or(true);
    let numbers = |list: Array| list.into_iter().filter_map(|number| number.cast::<f64>().ok()).collect::<Vec<_>>();
    let rows = rows.into_iter().filter_map(|row| row.cast::<Array>().ok()).map(numbers).collect();
    let ends = lines::ends(&Widths { rows, room, even }, &numbers(costs)).unwrap_or_default();
    Ok(ends.into_iter().map(|end| i64::try_from(end).unwrap_or(i64::MAX).into_value()).collect::<Array>().into_value())
}
