//! The functions of the module `dama` that a layout calls.

use std::collections::BTreeSet;

use comemo::Tracked;
use typst::diag::SourceResult;
use typst::ecow::eco_vec;
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, Content, Context, Dict, Func, IntoValue, NativeFuncData, Packed, Scope, Str, Value,
};
use typst::model::Numbering;
use typst::syntax::{SpanKind, Spanned};
use typst::text::RawElem;

use super::breaks::Loose;
use super::function::function;
use super::galley::galley;
use super::reading::{How, Reading, lower_blocks, lower_line, lower_opening, read_path};
use super::{convert, halves, highlight, numbers, qr, references, relay, remarks, room, titles};
use crate::model::{Block, BlockKind, Chapter, ChapterMeta, HeadLine};

function!(CHAPTER, "chapter", "A chapter's body.", chapter);
function!(BLOCKS_OF, "blocks-of", "Names of the building blocks at a chapter's top level.", blocks_of);
function!(PART, "part", "The top-level building blocks of one name, or none.", part);
function!(PARTS, "parts", "Each top-level building block of one name.", parts);
function!(REST, "rest", "A chapter without the top-level building blocks of some names.", rest);
function!(EPIGRAPH, "epigraph", "The saying that opens a chapter, or none.", epigraph);
function!(PAIRS, "pairs", "The blocks of a chapter and of its translation, pair by pair.", pairs);
function!(TITLE, "title", "A chapter's title with its markup.", title);
function!(SUBTITLE, "subtitle", "A chapter's subtitle with its markup, or none.", subtitle);
function!(BYLINE, "byline", "A chapter's author line with its markup, or none.", byline);
function!(PICTURE, "picture", "The picture at a chapter's opening, or none.", picture);
function!(NUMBER, "number", "The number of a figure, from its count.", number);
function!(QR, "qr", "A QR code as a square vector image.", qr_code);
function!(WORKS, "works", "The list of references.", works);
function!(NUMBER_OF_WORK, "number-of-work", "The number of a work in the list of references.", number_of_work_at);
function!(REMARK, "remark", "Says of an element that it could not be set as it stands in the manuscript.", remark);
function!(BREAKABLE, "breakable", "Content with room to break in its text.", breakable);
function!(SPLIT, "split", "Content in two: so much of its text, and the rest.", split);
function!(REPEATED, "repeated", "Content that is shown once more, in a list or a running head.", repeated);
function!(UNBROKEN, "unbroken", "The widest parts of some content that cannot be broken.", unbroken);
function!(GALLEY, "galley", "Matter that is set once: its size, and itself.", galley);
function!(PLACE, "place", "Where an element stands in the manuscript: a name that no other has.", place);
function!(CODE_LINES, "code-lines", "The lines of code, each kind of token in its look.", code_lines);
function!(PLUGIN, "plugin", "Refused: a layout runs no foreign code.", plugin);

/// Adds the functions to the module `dama`.
pub(super) fn define(scope: &mut Scope) {
    let chapters = [&CHAPTER, &BLOCKS_OF, &PART, &PARTS, &REST, &EPIGRAPH, &PAIRS, &TITLE, &SUBTITLE, &BYLINE];
    let others =
        [&PICTURE, &NUMBER, &QR, &REMARK, &PLACE, &BREAKABLE, &SPLIT, &UNBROKEN, &REPEATED, &CODE_LINES, &GALLEY];
    for data in chapters.into_iter().chain(others).chain(titles::functions()) {
        scope.define_func_with_data(data);
    }
}

/// How figures are numbered unless a layout says otherwise.
pub(super) fn numbering() -> Numbering {
    Numbering::Func(Func::from(&NUMBER))
}

/// The function that shows the list of references.
pub(super) fn works_function() -> &'static NativeFuncData {
    &WORKS
}

/// Puts refusals in the place of the library's functions that a layout must not have.
pub(super) fn restrict(global: &mut Scope) {
    global.define_func_with_data(&PLUGIN);
}

fn read(engine: &mut Engine, args: &mut Args) -> SourceResult<Reading> {
    let path: Spanned<Str> = args.expect("path")?;
    read_path(engine, &path)
}

fn lowered(engine: &mut Engine, reading: &Reading, how: &How, keep: &dyn Fn(Option<&str>) -> bool) -> Vec<Content> {
    let wanted: Vec<&Block> = reading.chapter.blocks.iter().filter(|block| keep(container(&block.kind))).collect();
    lower_blocks(engine, reading, how, &wanted)
}

fn container(kind: &BlockKind) -> Option<&str> {
    match kind {
        BlockKind::Container { name, .. } => Some(name),
        _ => None,
    }
}

fn how(args: &mut Args) -> SourceResult<How> {
    let blocks = args.named::<Dict>("blocks")?.unwrap_or_default();
    Ok(How { blocks, terms: args.named::<bool>("terms")?.unwrap_or_default() })
}

fn chapter(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let how = how(args)?;
    let reading = read(engine, args)?;
    let parts = lowered(engine, &reading, &how, &|_| true);
    Ok(Content::sequence(parts).into_value())
}

fn blocks_of(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let reading = read(engine, args)?;
    let names = reading.chapter.blocks.iter().filter_map(|block| container(&block.kind));
    Ok(names.map(IntoValue::into_value).collect::<Array>().into_value())
}

fn named_parts(engine: &mut Engine, args: &mut Args) -> SourceResult<Vec<Content>> {
    let how = how(args)?;
    let reading = read(engine, args)?;
    let name: Str = args.expect("name")?;
    Ok(lowered(engine, &reading, &how, &|container| container == Some(name.as_str())))
}

fn part(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let parts = named_parts(engine, args)?;
    Ok(if parts.is_empty() { Value::None } else { Content::sequence(parts).into_value() })
}

fn parts(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let parts = named_parts(engine, args)?;
    Ok(parts.into_iter().map(IntoValue::into_value).collect::<Array>().into_value())
}

fn rest(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let how = how(args)?;
    let reading = read(engine, args)?;
    let names: Array = args.expect("names")?;
    let names: BTreeSet<Str> = names.into_iter().filter_map(|name| name.cast::<Str>().ok()).collect();
    let keep = |container: Option<&str>| !container.is_some_and(|name| names.iter().any(|n| n.as_str() == name));
    let without_epigraph = !args.named::<bool>("epigraph")?.unwrap_or(true);
    let opening = opening_epigraph(&reading.chapter).filter(|_| without_epigraph).map(|block| block.span);
    let blocks = reading.chapter.blocks.iter();
    let wanted = blocks.filter(|block| keep(container(&block.kind)) && Some(block.span) != opening);
    let wanted: Vec<&Block> = wanted.collect();
    Ok(Content::sequence(lower_blocks(engine, &reading, &how, &wanted)).into_value())
}

/// The epigraph that a chapter begins with, before or after its opener.
fn opening_epigraph(chapter: &Chapter) -> Option<&Block> {
    let first = chapter.blocks.iter().find(|block| container(&block.kind) != Some("opener"));
    first.filter(|block| container(&block.kind) == Some("epigraph"))
}

fn epigraph(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let how = how(args)?;
    let reading = read(engine, args)?;
    let Some(block) = opening_epigraph(&reading.chapter) else { return Ok(Value::None) };
    Ok(Content::sequence(lower_blocks(engine, &reading, &how, &[block])).into_value())
}

fn pairs(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let how = how(args)?;
    let path: Spanned<Str> = args.expect("path")?;
    let other: Option<Spanned<Str>> = args.eat()?;
    super::pairs::pairs(engine, &how, &path, other.as_ref())
}

/// A line of a chapter's head. One without markup is a string; `notes: false` leaves out notes and links.
fn line(engine: &mut Engine, args: &mut Args, pick: fn(&ChapterMeta) -> Option<&HeadLine>) -> SourceResult<Value> {
    let how = how(args)?;
    let notes = args.named::<bool>("notes")?.unwrap_or(true);
    let reading = read(engine, args)?;
    let Some(line) = pick(&reading.chapter.meta) else { return Ok(Value::None) };
    if line.is_plain() {
        return Ok(line.value.as_str().into_value());
    }
    Ok(lower_line(engine, &reading, &how, line, notes).into_value())
}

fn title(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    line(engine, args, |meta| Some(&meta.title))
}

fn subtitle(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    line(engine, args, |meta| meta.subtitle.as_ref())
}

fn byline(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    line(engine, args, |meta| meta.byline.as_ref())
}

fn picture(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let how = how(args)?;
    let reading = read(engine, args)?;
    let picture = reading.chapter.meta.image.as_ref().and_then(|block| lower_opening(engine, &reading, &how, block));
    Ok(picture.map_or(Value::None, IntoValue::into_value))
}

fn number(engine: &mut Engine, context: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let counts: Vec<u64> = args.all()?;
    numbers::shown(engine, context, &counts, args.span)
}

fn works(engine: &mut Engine, context: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let element: Content = args.expect("element")?;
    references::list(engine, context, &element, &NUMBER_OF_WORK)
}

fn number_of_work_at(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let numbers: Array = args.expect("numbers")?;
    let place: usize = args.expect("place")?;
    Ok(references::number(&numbers, place))
}

fn qr_code(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let data: Spanned<Str> = args.expect("text")?;
    match qr::image(&data.v, &data.v, data.span) {
        Some(image) => Ok(image.into_value()),
        None => Err(eco_vec![relay::error(data.span, msg!("the text is too long for a QR code"))]),
    }
}

fn remark(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let about: Content = args.expect("element")?;
    let what: Spanned<Str> = args.expect("remark")?;
    remarks::mark(&about, &what.v)
        .map(IntoValue::into_value)
        .map_err(|known| eco_vec![relay::error(what.span, msg!("no such remark; there are: {known}", known))])
}

fn place(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let element: Content = args.expect("element")?;
    let place = match element.span().get() {
        SpanKind::Range { id, range } => format!("{}:{}", id.get().vpath().get_without_slash(), range.start),
        _ => String::new(),
    };
    Ok(Str::from(place).into_value())
}

fn breakable(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let body: Content = args.expect("body")?;
    let anywhere = args.named::<bool>("anywhere")?.unwrap_or_default();
    let how = if anywhere { Loose::Anywhere } else { Loose::AfterMarks };
    Ok(room::loosened(body, how).into_value())
}

fn split(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let body: Content = args.expect("body")?;
    let at: usize = args.expect("at")?;
    let anywhere = args.named::<bool>("anywhere")?.unwrap_or_default();
    let halves = halves::halves(body, at, anywhere);
    let value = convert::dict([
        ("first", halves.first.into_value()),
        ("rest", halves.rest.into_value()),
        ("length", halves.length.into_value()),
    ]);
    Ok(value.into_value())
}

fn repeated(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let body: Content = args.expect("body")?;
    Ok(room::repeated(body).into_value())
}

fn unbroken(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let body: Content = args.expect("body")?;
    Ok(room::unbroken(&body).into_iter().map(IntoValue::into_value).collect::<Array>().into_value())
}

fn code_lines(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let raw: Packed<RawElem> = args.expect("raw")?;
    let looks: Dict = args.expect("looks")?;
    Ok(highlight::lines(&raw, &looks).into_iter().map(IntoValue::into_value).collect::<Array>().into_value())
}

fn plugin(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let hint = relay::send(msg!("write it in Typst"));
    Err(eco_vec![relay::error(args.span, msg!("plugins are not allowed")).with_hint(hint)])
}
