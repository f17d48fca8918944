//! The functions of the module `dama` that a layout calls.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use comemo::Tracked;
use typst::diag::SourceResult;
use typst::ecow::eco_vec;
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, CastInfo, Content, Context, Dict, Func, IntoValue, NativeFuncData, NativeFuncPtr, Scope, Str, Value,
};
use typst::model::Numbering;
use typst::syntax::Spanned;

use super::reading::{How, Reading, lower_blocks, read_path};
use super::{breaks, numbers, qr, relay};
use crate::model::{Block, BlockKind};

/// Declares a function for layouts. Its arguments are checked by the function itself.
macro_rules! function {
    ($name:ident, $word:literal, $docs:literal, $run:ident) => {
        static $name: NativeFuncData = NativeFuncData {
            function: NativeFuncPtr(&$run),
            name: $word,
            title: $word,
            docs: $docs,
            def_site: None,
            keywords: &[],
            contextual: false,
            scope: LazyLock::new(&Scope::new),
            params: LazyLock::new(&Vec::new),
            returns: LazyLock::new(&|| CastInfo::Any),
        };
    };
}

function!(CHAPTER, "chapter", "A chapter's body.", chapter);
function!(BLOCKS_OF, "blocks-of", "Names of the building blocks at a chapter's top level.", blocks_of);
function!(PART, "part", "The top-level building blocks of one name, or none.", part);
function!(PARTS, "parts", "Each top-level building block of one name.", parts);
function!(REST, "rest", "A chapter without the top-level building blocks of some names.", rest);
function!(PAIRS, "pairs", "The blocks of a chapter and of its translation, pair by pair.", pairs);
function!(NUMBER, "number", "The number of a figure, from its count.", number);
function!(QR, "qr", "A QR code as a square vector image.", qr_code);
function!(BROKEN, "broken", "A long word of code with room to break.", broken);
function!(PLUGIN, "plugin", "Refused: a layout runs no foreign code.", plugin);

/// Adds the functions to the module `dama`.
pub(super) fn define(scope: &mut Scope) {
    for data in [&CHAPTER, &BLOCKS_OF, &PART, &PARTS, &REST, &PAIRS, &NUMBER, &QR] {
        scope.define_func_with_data(data);
    }
}

/// How figures are numbered unless a layout says otherwise.
pub(super) fn numbering() -> Numbering {
    Numbering::Func(Func::from(&NUMBER))
}

/// Gives a long word of code room to break, for a rule that looks for them.
pub(super) fn breaking() -> Func {
    Func::from(&BROKEN)
}

/// Puts refusals in the place of the library's functions that a layout must not have.
pub(super) fn restrict(global: &mut Scope) {
    global.define_func_with_data(&PLUGIN);
}

fn read(engine: &mut Engine, args: &mut Args) -> SourceResult<Reading> {
    let path: Spanned<Str> = args.expect("path")?;
    read_path(engine, &path)
}

fn lowered(
    engine: &mut Engine,
    reading: &Reading,
    how: &How,
    keep: &dyn Fn(Option<&str>) -> bool,
) -> SourceResult<Vec<Content>> {
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
    let parts = lowered(engine, &reading, &how, &|_| true)?;
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
    lowered(engine, &reading, &how, &|container| container == Some(name.as_str()))
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
    Ok(Content::sequence(lowered(engine, &reading, &how, &keep)?).into_value())
}

fn pairs(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let how = how(args)?;
    let path: Spanned<Str> = args.expect("path")?;
    let other: Option<Spanned<Str>> = args.eat()?;
    super::pairs::pairs(engine, &how, &path, other.as_ref())
}

fn number(engine: &mut Engine, context: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let counts: Vec<u64> = args.all()?;
    numbers::shown(engine, context, &counts, args.span)
}

fn qr_code(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let data: Spanned<Str> = args.expect("text")?;
    match qr::image(&data.v, &data.v, data.span) {
        Some(image) => Ok(image.into_value()),
        None => Err(eco_vec![relay::error(data.span, msg!("the text is too long for a QR code"))]),
    }
}

fn broken(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let word: Content = args.expect("word")?;
    Ok(breaks::in_code(word).into_value())
}

fn plugin(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let hint = relay::send(msg!("write it in Typst"));
    Err(eco_vec![relay::error(args.span, msg!("plugins are not allowed")).with_hint(hint)])
}
