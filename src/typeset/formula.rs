//! What a formula may be, checked before Typst evaluates it.

use std::ops::Range;

use comemo::{Track, Tracked, TrackedMut};
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Args, Content, Context, Dict, IntoValue, NativeElement, Scope, Smart, Value};
use typst::introspection::{EmptyIntrospector, Introspector};
use typst::layout::{BoxElem, Em, HideElem, Length, Rel, Sides, Sizing};
use typst::math::{EquationElem, MathSize, OpElem};
use typst::routines::SpanMode;
use typst::syntax::{Span, SyntaxKind, SyntaxMode, SyntaxNode, parse_math};
use typst::text::TextElem;
use typst::visualize::{Color, Paint, Stroke};

use super::function::function;
use crate::message::Message;

/// Longest formula in bytes.
const MAX_BYTES: usize = 4_000;

/// Deepest nesting. Typst's evaluation is recursive and its own limit does not count fractions of fractions.
const MAX_DEPTH: usize = 100;

/// Why a formula is refused, and where in bytes of the formula.
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) problem: Problem,
}

/// What is wrong with a formula.
#[derive(Clone, Copy)]
pub(super) enum Problem {
    TooLong,
    TooDeep,
    Code,
}

impl Problem {
    /// What is wrong.
    pub(super) fn message(self) -> Message {
        match self {
            Problem::TooLong => msg!("the formula is longer than {limit} bytes", limit = MAX_BYTES),
            Problem::TooDeep => msg!("the formula is nested too deeply"),
            Problem::Code => msg!("a formula cannot contain Typst code"),
        }
    }

    /// How to fix it.
    pub(super) fn hint(self) -> Message {
        match self {
            Problem::TooLong | Problem::TooDeep => msg!("split it into several formulas"),
            Problem::Code => msg!("write `\\#` for the sign itself"),
        }
    }
}

/// Refuses formulas that run code or that are too large to set.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault { range: 0..text.len(), problem: Problem::TooLong });
    }
    let root = parse_math(text);
    let mut open: Vec<(&SyntaxNode, usize, usize)> = vec![(&root, 0, 0)];
    while let Some((node, offset, depth)) = open.pop() {
        let range = offset..offset + node.len();
        if depth > MAX_DEPTH {
            return Err(Fault { range, problem: Problem::TooDeep });
        }
        let mut end = range.end;
        let mut behind = None;
        for child in node.children().rev() {
            end -= child.len();
            if child.kind() == SyntaxKind::Hash && !behind.is_some_and(is_value) {
                return Err(Fault { range: end..end + child.len(), problem: Problem::Code });
            }
            open.push((child, end, depth + 1));
            behind = Some(child);
        }
    }
    Ok(())
}

/// Whether it is a value written out, such as `#none` or `#1.2em`, and nothing that runs.
fn is_value(node: &SyntaxNode) -> bool {
    match node.kind() {
        SyntaxKind::None | SyntaxKind::Bool | SyntaxKind::Int | SyntaxKind::Float | SyntaxKind::Numeric => true,
        SyntaxKind::Dict | SyntaxKind::Array => node.children().all(is_part),
        _ => false,
    }
}

fn is_part(node: &SyntaxNode) -> bool {
    match node.kind() {
        SyntaxKind::Named => node.children().all(is_part),
        kind if kind.is_grouping() || kind.is_trivia() => true,
        SyntaxKind::Comma | SyntaxKind::Colon | SyntaxKind::Ident => true,
        _ => is_value(node),
    }
}

function!(BOXED, "boxed", "A part of a formula in a frame.", boxed);
function!(COLOURED, "coloured", "A part of a formula in a colour, `0xrrggbb`.", coloured);
function!(GROUND, "ground", "A part of a formula on a ground of a colour.", ground);
function!(FRAMED, "framed", "A part of a formula in a frame of a colour.", framed);
function!(RULED, "ruled", "A matrix with lines around it: 1 left, 2 right, 4 above, 8 below.", ruled);
function!(PHANTOM, "phantom", "The room of a part that is not shown.", phantom);
function!(HPHANTOM, "hphantom", "The width of a part that is not shown.", hphantom);
function!(VPHANTOM, "vphantom", "The height of a part that is not shown.", vphantom);

/// What formulas may say beyond Typst's own. [`mod@super::mathml`] has the same for e-books.
fn commands() -> Scope {
    let mut scope = Scope::new();
    for data in [&BOXED, &COLOURED, &GROUND, &FRAMED, &RULED, &PHANTOM, &HPHANTOM, &VPHANTOM] {
        scope.define_func_with_data(data);
    }
    scope
}

/// How thick a line in or around a formula is.
const LINE: f64 = 0.045;

fn boxed(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let body = args.expect::<Content>("body")?;
    let lines = Sides::splat(Some(Some(line(Smart::Auto))));
    Ok(around(body, args.span, 0.3).with_stroke(lines).pack().spanned(args.span).into_value())
}

fn coloured(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let colour = colour(args)?;
    let body = args.expect::<Content>("body")?;
    Ok(body.set(TextElem::fill, Paint::from(colour)).into_value())
}

fn ground(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let colour = colour(args)?;
    let mut body = args.expect::<Content>("body")?;
    if is_dark(&colour) {
        body = body.set(TextElem::fill, Paint::from(Color::WHITE));
    }
    let drawn = around(body, args.span, 0.25).with_fill(Some(Paint::from(colour)));
    Ok(drawn.pack().spanned(args.span).into_value())
}

/// A frame stands right around the ground in it.
fn framed(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let lines = Sides::splat(Some(Some(line(Smart::Custom(Paint::from(colour(args)?))))));
    let body = args.expect::<Content>("body")?;
    Ok(around(body, args.span, 0.0).with_stroke(lines).pack().spanned(args.span).into_value())
}

fn ruled(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let rules = args.expect::<Dict>("rules")?;
    let body = args.expect::<Content>("body")?;
    let edges = rules.get("edges").ok().and_then(|edges| edges.clone().cast::<i64>().ok()).unwrap_or(0);
    if edges == 0 {
        return Ok(body.into_value());
    }
    let at = |sign: i64| (edges & sign != 0).then(|| Some(line(Smart::Auto)));
    let room = |sign: i64| (edges & sign != 0).then(|| Rel::from(Length::from(Em::new(0.3))));
    let body = in_line(body.set(EquationElem::size, MathSize::Display), args.span);
    let frame = BoxElem::new()
        .with_body(Some(body))
        .with_inset(Sides::new(room(1), room(4), room(2), room(8)))
        .with_stroke(Sides::new(at(1), at(4), at(2), at(8)));
    Ok(frame.pack().spanned(args.span).into_value())
}

/// A colour that is written as `0xrrggbb`.
fn colour(args: &mut Args) -> SourceResult<Color> {
    let rgb = args.expect::<i64>("colour")?.to_be_bytes();
    Ok(Color::from_u8(rgb[5], rgb[6], rgb[7], u8::MAX))
}

/// Whether black letters cannot be read on it. [`mod@super::mathml`] has the same measure.
fn is_dark(colour: &Color) -> bool {
    let [red, green, blue, _] = colour.to_vec4();
    255.0 * (299.0 * red + 587.0 * green + 114.0 * blue) <= 140_000.0
}

fn line(paint: Smart<Paint>) -> Stroke {
    Stroke { paint, thickness: Smart::Custom(Em::new(LINE).into()), ..Stroke::default() }
}

/// The box around a part of a formula, with some room in em.
fn around(body: Content, span: Span, room: f64) -> BoxElem {
    let body = in_line(body.set(EquationElem::size, MathSize::Display), span);
    let inset = Sides::splat(Some(Rel::from(Length::from(Em::new(room)))));
    BoxElem::new().with_body(Some(body)).with_inset(inset)
}

fn phantom(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    Ok(hidden(args)?.into_value())
}

fn hphantom(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let body = in_line(hidden(args)?, args.span);
    let flat = BoxElem::new().with_height(Smart::Custom(Rel::zero())).with_body(Some(body));
    Ok(flat.pack().spanned(args.span).into_value())
}

fn vphantom(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    // As an operator it is one piece: a formula in a line would break where there is no room.
    let body = in_line(OpElem::new(hidden(args)?).pack(), args.span);
    let thin = BoxElem::new().with_width(Sizing::Rel(Rel::zero())).with_body(Some(body));
    Ok(thin.pack().spanned(args.span).into_value())
}

fn hidden(args: &mut Args) -> SourceResult<Content> {
    Ok(HideElem::new(args.expect::<Content>("body")?).pack().spanned(args.span))
}

fn in_line(body: Content, span: Span) -> Content {
    EquationElem::new(body).pack().spanned(span)
}

/// Evaluates a formula.
pub(super) fn evaluated(engine: &mut Engine, text: &str, mode: SpanMode<'_>) -> SourceResult<Value> {
    let introspector: &dyn Introspector = &EmptyIntrospector;
    let context = Context::none();
    (engine.library.routines.eval_string)(
        engine.world,
        engine.library,
        TrackedMut::reborrow_mut(&mut engine.sink),
        introspector.track(),
        context.track(),
        text,
        mode,
        SyntaxMode::Math,
        commands(),
    )
}

/// A formula in a line, if it can be set.
pub(super) fn set(engine: &mut Engine, text: &str, span: Span) -> Option<Content> {
    check(text).ok()?;
    let value = evaluated(engine, text, SpanMode::Uniform(span)).ok()?;
    let equation = value.display().unpack::<EquationElem>().ok()?;
    Some(EquationElem::new(equation.body).with_alt(Some(text.into())).pack().spanned(span))
}
