//! Charts as a layout draws them: the scene of a chart in the width that there is, measured with the layout's own faces.

use std::cell::RefCell;
use std::collections::BTreeMap;

use comemo::Tracked;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use typst::World;
use typst::diag::{At, SourceResult};
use typst::engine::Engine;
use typst::foundations::{Args, Array, Context, Dict, Func, IntoValue, Str, Value};
use typst::syntax::{Span, Spanned};
use typst::text::{Font, FontVariant, FontWeight};
use typst::visualize::Color;

use super::convert;
use super::function::function;
use crate::chart::{self, Anchor, Ink, Mark, Measure, Point, Scene, Shape};
use crate::lang::cjk::is_han;
use crate::model::Chart;

function!(DRAW, "draw", "The marks of a chart in so much width.", draw);

/// The function that draws a chart: it is handed the width in letters, and the families of the letters.
pub(super) fn function(chart: &Chart, span: Span) -> Func {
    let json = serde_json::to_string(chart).expect("invariant: a chart is plain data");
    Func::from(&DRAW).with(&mut Args::new(span, [Str::from(json)]))
}

fn draw(engine: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let json: Str = args.expect("chart")?;
    let width: Spanned<f64> = args.expect("width")?;
    let families: Array = args.expect("families")?;
    let chart: Chart = serde_json::from_str(&json).map_err(|_| "not a chart").at(width.span)?;
    let faces = Faces::new(engine, &families);
    Ok(scene(&chart::draw(&chart, width.v, &faces)).into_value())
}

/// The faces that a layout sets labels in, and the widths of characters that were asked for.
struct Faces {
    faces: [Vec<Face>; 2],
    widths: RefCell<BTreeMap<(char, bool), f64>>,
}

struct Face {
    font: Font,
    /// Whether marks that Chinese has too are left to the next face.
    latin: bool,
}

/// Marks that stand in Chinese text in the width of its characters.
const SHARED: &str = "·–—‘’“”‥…‧⸺";

/// Between Chinese characters and others Typst leaves a quarter of a letter.
const BETWEEN: f64 = 0.25;

impl Faces {
    fn new(engine: &Engine, families: &Array) -> Self {
        let names: Vec<(Str, bool)> = families.iter().filter_map(family).collect();
        let faces = [FontWeight::REGULAR, FontWeight::BOLD].map(|weight| {
            let variant = FontVariant { weight, ..FontVariant::default() };
            let find = |(name, latin): &(Str, bool)| {
                let index = engine.world.book().select(&name.to_lowercase(), variant)?;
                Some(Face { font: engine.world.font(index)?, latin: *latin })
            };
            names.iter().filter_map(find).collect()
        });
        Self { faces, widths: RefCell::default() }
    }

    fn character(&self, c: char, bold: bool) -> f64 {
        let known = self.widths.borrow().get(&(c, bold)).copied();
        known.unwrap_or_else(|| {
            let wide = self.advance(c, bold);
            self.widths.borrow_mut().insert((c, bold), wide);
            wide
        })
    }

    fn advance(&self, c: char, bold: bool) -> f64 {
        let faces = self.faces[usize::from(bold)].iter().filter(|face| !(face.latin && SHARED.contains(c)));
        let advance = |face: &Face| {
            let font = FontRef::from_index(face.font.data(), face.font.index()).ok()?;
            let glyph = font.charmap().map(c)?;
            font.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph).map(f64::from)
        };
        faces.into_iter().find_map(advance).unwrap_or(1.0)
    }
}

/// A family as a layout names it: a name, or a dictionary that says what it covers.
fn family(value: &Value) -> Option<(Str, bool)> {
    match value {
        Value::Str(name) => Some((name.clone(), false)),
        Value::Dict(entry) => match entry.get("name").ok()? {
            Value::Str(name) => Some((name.clone(), true)),
            _ => None,
        },
        _ => None,
    }
}

impl Measure for Faces {
    fn wide(&self, text: &str, bold: bool) -> f64 {
        let mut wide = 0.0;
        let mut before: Option<char> = None;
        for c in text.chars() {
            wide += self.character(c, bold);
            let meets = |a: char, b: char| is_han(a) && b.is_alphanumeric() && !is_han(b);
            if before.is_some_and(|before| meets(before, c) || meets(c, before)) {
                wide += BETWEEN;
            }
            before = Some(c);
        }
        wide
    }
}

/// A scene for a layout.
fn scene(scene: &Scene) -> Dict {
    let marks: Array = scene.marks.iter().map(|mark| mark_of(mark).into_value()).collect();
    convert::dict([("height", scene.height.into_value()), ("marks", marks.into_value())])
}

fn mark_of(mark: &Mark) -> Dict {
    match mark {
        Mark::Rect { at, width, height, ink } => boxed("rect", *at, (*width, *height), *ink),
        Mark::Frame { at, width, height, ink } => boxed("frame", *at, (*width, *height), *ink),
        Mark::Line { from, to, thick, dash, ink } => dict(
            "line",
            *ink,
            [
                ("points", points(&[*from, *to])),
                ("thick", thick.into_value()),
                ("dash", dash.map_or(Value::None, IntoValue::into_value)),
            ],
        ),
        Mark::Form { corners, ink } => dict("form", *ink, [("points", points(corners))]),
        Mark::Sector { centre, outer, inner, start, end, ink } => {
            let corners = sector(*centre, (*outer, *inner), (*start, *end));
            dict("part", *ink, [("points", points(&corners))])
        }
        Mark::Path { about, corners, ink } => {
            let corners: Vec<Point> =
                corners.iter().map(|corner| Point::new(about.x + corner.x, about.y + corner.y)).collect();
            dict("path", *ink, [("points", points(&corners)), ("thick", 0.06.into_value())])
        }
        Mark::Sign { at, dx, shape, size, ink } => {
            let at = Point::new(at.x + dx, at.y);
            let kind = if *shape == Shape::Ring { "ring" } else { "form" };
            dict(kind, *ink, [("points", points(&sign(*shape, at, *size)))])
        }
        Mark::Text(text) => dict(
            "text",
            text.ink,
            [
                ("x", (text.at.x + text.dx).into_value()),
                ("y", text.at.y.into_value()),
                ("anchor", anchor(text.anchor).into_value()),
                ("body", text.body.as_str().into_value()),
                ("size", text.size.into_value()),
                ("bold", text.bold.into_value()),
            ],
        ),
    }
}

fn boxed(kind: &str, at: Point, (width, height): (f64, f64), ink: Ink) -> Dict {
    dict(
        kind,
        ink,
        [
            ("x", at.x.into_value()),
            ("y", at.y.into_value()),
            ("width", width.into_value()),
            ("height", height.into_value()),
        ],
    )
}

/// A mark with its colour: by name, with a colour of its own or so much white in it.
fn dict<const N: usize>(kind: &str, ink: Ink, rest: [(&'static str, Value); N]) -> Dict {
    let rgb = |[red, green, blue]: chart::Rgb| Value::Color(Color::from_u8(red, green, blue, 255));
    let (name, colour, tint) = match ink {
        Ink::Accent => ("accent", Value::None, 0.0),
        Ink::Tint(tint) => ("accent", Value::None, tint),
        Ink::Series(at) => ("series", rgb(chart::series(at).0), 0.0),
        Ink::Pale(at) => ("series", rgb(chart::series(at).0), 0.7),
        Ink::Muted => ("muted", Value::None, 0.0),
        Ink::Text => ("text", Value::None, 0.0),
        Ink::Soft => ("soft", Value::None, 0.0),
        Ink::Grid => ("grid", Value::None, 0.0),
        Ink::Axis => ("axis", Value::None, 0.0),
        Ink::On(at) => {
            ("series", if chart::ground_of(chart::series(at).0) { rgb([255; 3]) } else { rgb([0x1a; 3]) }, 0.0)
        }
    };
    let head =
        [("kind", kind.into_value()), ("ink", name.into_value()), ("color", colour), ("tint", tint.into_value())];
    convert::dict(head.into_iter().chain(rest))
}

fn points(all: &[Point]) -> Value {
    let one = |point: &Point| [point.x, point.y].into_iter().map(IntoValue::into_value).collect::<Array>().into_value();
    all.iter().map(one).collect::<Array>().into_value()
}

fn anchor(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}

/// How many corners a circle has: on paper none of them is seen.
const CORNERS: f64 = 120.0;

/// The outline of a part of a ring.
fn sector(centre: Point, (outer, inner): (f64, f64), (start, end): (f64, f64)) -> Vec<Point> {
    let steps = (CORNERS * (end - start).abs()).ceil().max(1.0);
    let at = |radius: f64, share: f64| {
        let angle = (start + (end - start) * share) * std::f64::consts::TAU;
        Point::new(centre.x + radius * libm::sin(angle), centre.y - radius * libm::cos(angle))
    };
    let mut corners = Vec::new();
    let mut step = 0.0;
    while step <= steps {
        corners.push(at(outer, step / steps));
        step += 1.0;
    }
    while step > 0.0 && inner > 0.0 {
        step -= 1.0;
        corners.push(at(inner, step / steps));
    }
    // A whole circle needs no way to its middle.
    if inner == 0.0 && end - start < 1.0 - 1e-9 {
        corners.push(centre);
    }
    corners
}

/// The outline of a sign.
fn sign(shape: Shape, at: Point, size: f64) -> Vec<Point> {
    let half = size / 2.0;
    let corners: &[(f64, f64)] = match shape {
        Shape::Circle | Shape::Ring => return sector(at, (half, 0.0), (0.0, 1.0)),
        Shape::Square => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Shape::Triangle => &[(0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)],
        Shape::Diamond => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        Shape::Down => &[(-0.8, -1.0), (0.8, -1.0), (0.0, 1.0)],
        Shape::Right => &[(-1.0, -0.8), (1.0, 0.0), (-1.0, 0.8)],
        Shape::Up => &[(-0.8, 1.0), (0.8, 1.0), (0.0, -1.0)],
        Shape::Left => &[(1.0, -0.8), (-1.0, 0.0), (1.0, 0.8)],
    };
    corners.iter().map(|(x, y)| Point::new(at.x + x * half, at.y + y * half)).collect()
}
