//! Charts as inline SVG, with the data as a table beneath.
//!
//! A scene is laid out for a phone. Across, its places are written in percent, so that a drawing is as wide as its place; down, it is
//! measured in em, and so are its letters, which are as large as those of captions on every screen and at every size that the
//! reader likes. What must keep its form, or be stretched as a whole, is an SVG of its own inside.
//!
//! Colours are classes, for light and dark screens; what has none is drawn in the colour of the text.

use super::xml::Xml;
use crate::chart::{self, Anchor, Generous, Ink, Mark, Point, Rgb, Shape, Text, describe};
use crate::lang::{ExportWords, Lang};
use crate::model::{Chart, ChartKind, Datum};

/// Width of the drawing on a phone, in em.
const WIDTH: f64 = 22.0;

/// Writes the drawing. `id` is unique in the document.
pub(super) fn draw(xml: &mut Xml, chart: &Chart, id: &str, (lang, words): (&Lang, &ExportWords)) {
    let scene = chart::draw(chart, WIDTH, &Generous);
    let mut pen = Pen { xml: Xml::fragment(), width: scene.width };
    for mark in &scene.marks {
        pen.mark(mark);
    }
    let height = em(scene.height + 0.1);
    // A stylesheet may give all drawings the height that their width asks for: this one has a height of its own.
    let style = format!("height: {height}");
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let named = format!("{title_id} {desc_id}");
    let attrs = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("width", "100%"),
        ("height", height.as_str()),
        ("style", style.as_str()),
        ("overflow", "visible"),
        ("role", "img"),
        ("aria-labelledby", &named),
        ("fill", "currentColor"),
    ];
    let title = chart.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(words.chart);
    xml.open("svg", &attrs);
    xml.element("title", &[("id", &title_id)], title);
    xml.element("desc", &[("id", &desc_id)], &describe(chart, lang));
    xml.raw(&pen.xml.finish_text());
    xml.close_line();
}

/// The rules for the colours of series, on light screens and on dark ones.
pub(super) fn css() -> String {
    let rules = |indent: &str, pick: fn((Rgb, Rgb)) -> Rgb| -> String {
        let rule = |at: usize| {
            let colour = pick(chart::SERIES[at]);
            let on = if chart::ground_of(colour) { "#ffffff" } else { "#1a1a1a" };
            let hex = hex(colour);
            format!(
                "{indent}.chart svg .s{at} {{ fill: {hex}; }}\n{indent}.chart svg .l{at} {{ stroke: {hex}; }}\n{indent}.chart svg .o{at} {{ fill: {on}; }}\n"
            )
        };
        (0..chart::SERIES.len()).map(rule).collect()
    };
    let (light, dark) = (rules("", |pair| pair.0), rules("  ", |pair| pair.1));
    format!("{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n")
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Writes the data as a table that opens on demand, or is open from the first.
pub(super) fn data_table(xml: &mut Xml, chart: &Chart, words: &ExportWords) {
    let open: &[(&str, &str)] =
        if chart.look.table { &[("class", "chart-table"), ("open", "open")] } else { &[("class", "chart-table")] };
    xml.open("details", open);
    xml.element("summary", &[], words.data);
    xml.open("table", &[]);
    xml.open("thead", &[]);
    xml.open("tr", &[]);
    let mut heads = vec![words.item.to_owned()];
    heads.extend(values_heads(chart, words));
    for head in &heads {
        xml.element("th", &[("scope", "col")], head);
    }
    xml.close();
    xml.close_line();
    xml.open("tbody", &[]);
    if chart.kind == ChartKind::Flow {
        arrows(xml, chart);
    } else {
        chart.data.iter().for_each(|row| data_row(xml, chart, row));
    }
    xml.close();
    xml.close();
    xml.close_line();
}

/// The heads of the columns of values, with the unit.
fn values_heads(chart: &Chart, words: &ExportWords) -> Vec<String> {
    let unit = chart.unit.as_deref().filter(|unit| !unit.trim().is_empty());
    let with_unit = |name: &str| unit.map_or_else(|| name.to_owned(), |unit| format!("{name} ({unit})"));
    match chart.kind {
        ChartKind::Flow => vec!["→".to_owned()],
        _ if chart.series.is_empty() => vec![with_unit(words.value)],
        _ => chart.series.iter().map(|name| with_unit(name)).collect(),
    }
}

fn data_row(xml: &mut Xml, chart: &Chart, row: &Datum) {
    xml.open("tr", &[]);
    xml.element("td", &[], &row.label);
    for series in 0..chart.width() {
        let shown = row.at(series).map_or("–", |amount| amount.shown.as_str());
        xml.element("td", &[("class", "right")], shown);
    }
    xml.close_line();
}

/// What leads where.
fn arrows(xml: &mut Xml, chart: &Chart) {
    let label = |at: usize| chart.data.get(at).map_or("", |row| row.label.as_str());
    for link in &chart.links {
        xml.open("tr", &[]);
        xml.element("td", &[], label(link.from));
        let end = match &link.label {
            Some(words) => format!("{} ({words})", label(link.to)),
            None => label(link.to).to_owned(),
        };
        xml.element("td", &[], &end);
        xml.close_line();
    }
}

/// How a mark is coloured: its class, its colour where no stylesheet is read, and how much of the page shows through.
struct Paint {
    class: Option<String>,
    colour: String,
    opacity: f64,
}

impl Paint {
    /// Of a surface or of letters.
    fn fill(ink: Ink) -> Self {
        Self::of(ink, 's')
    }

    /// Of a line.
    fn stroke(ink: Ink) -> Self {
        Self::of(ink, 'l')
    }

    fn of(ink: Ink, letter: char) -> Self {
        let plain = |opacity: f64| Self { class: None, colour: "currentColor".to_owned(), opacity };
        let accent = if letter == 's' { "accent" } else { "accent-line" };
        let series = |at: usize, opacity: f64| {
            let at = at % chart::SERIES.len();
            Self { class: Some(format!("{letter}{at}")), colour: hex(chart::series(at).0), opacity }
        };
        match ink {
            Ink::Accent => Self { class: Some(accent.to_owned()), ..plain(if letter == 's' { 0.8 } else { 1.0 }) },
            Ink::Tint(tint) => Self { class: Some(accent.to_owned()), ..plain((0.9 - tint).max(0.08)) },
            Ink::Series(at) => series(at, 1.0),
            Ink::Pale(at) => series(at, 0.3),
            Ink::Muted => plain(0.32),
            Ink::Text => plain(1.0),
            Ink::Soft => plain(0.8),
            Ink::Grid => plain(0.22),
            Ink::Axis => plain(0.6),
            Ink::On(at) => {
                let at = at % chart::SERIES.len();
                let colour = if chart::ground_of(chart::series(at).0) { "#ffffff" } else { "#1a1a1a" };
                Self { class: Some(format!("o{at}")), colour: colour.to_owned(), opacity: 1.0 }
            }
        }
    }

    /// The attributes, for `fill` or `stroke`.
    fn attrs<'a>(&'a self, what: [&'static str; 2], opacity: &'a str) -> Vec<(&'a str, &'a str)> {
        let class = self.class.as_deref().map(|class| ("class", class));
        let colour = (self.colour != "currentColor" || what[0] == "stroke").then_some((what[0], self.colour.as_str()));
        let through = (self.opacity < 1.0).then_some((what[1], opacity));
        class.into_iter().chain(colour).chain(through).collect()
    }
}

const FILL: [&str; 2] = ["fill", "fill-opacity"];
const STROKE: [&str; 2] = ["stroke", "stroke-opacity"];

struct Pen {
    xml: Xml,
    width: f64,
}

impl Pen {
    fn across(&self, x: f64) -> String {
        format!("{}%", short(100.0 * x / self.width))
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Rect { at, width, height, ink } => self.rect(*at, (*width, *height), &Paint::fill(*ink), false),
            Mark::Frame { at, width, height, ink } => self.rect(*at, (*width, *height), &Paint::stroke(*ink), true),
            Mark::Line { from, to, thick, dash, ink } => self.line(*from, *to, (*thick, *dash), &Paint::stroke(*ink)),
            Mark::Form { corners, ink } => self.form(corners, &Paint::fill(*ink)),
            Mark::Sector { centre, outer, inner, start, end, ink } => {
                let path = sector((*outer, *inner), (*start, *end));
                let paint = Paint::fill(*ink);
                self.kept(*centre, 0.0, &path, &paint, None);
            }
            Mark::Path { about, corners, ink } => {
                let paint = Paint::stroke(*ink);
                self.path(*about, corners, &paint);
            }
            Mark::Sign { at, dx, shape, size, ink } => {
                let ring = *shape == Shape::Ring;
                let paint = if ring { Paint::stroke(*ink) } else { Paint::fill(*ink) };
                self.kept(*at, *dx, &sign(*shape, *size), &paint, ring.then_some(0.14));
            }
            Mark::Text(text) => self.text(text),
        }
    }

    fn rect(&mut self, at: Point, (width, height): (f64, f64), paint: &Paint, frame: bool) {
        let [x, width] = [at.x, width].map(|x| self.across(x));
        let [y, height] = [at.y, height].map(em);
        let opacity = short(paint.opacity);
        let mut attrs = vec![("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height)];
        if frame {
            attrs.extend([("fill", "none"), ("stroke-width", "0.08em"), ("rx", "0.3em")]);
        }
        attrs.extend(paint.attrs(if frame { STROKE } else { FILL }, &opacity));
        self.xml.empty("rect", &attrs);
    }

    fn line(&mut self, from: Point, to: Point, (thick, dash): (f64, Option<f64>), paint: &Paint) {
        let [x1, x2] = [from.x, to.x].map(|x| self.across(x));
        let [y1, y2] = [from.y, to.y].map(em);
        let (thick, opacity) = (em(thick), short(paint.opacity));
        let dashes = dash.map(|dash| format!("{} {}", em(dash), em(dash * 0.8)));
        let mut attrs = vec![("x1", x1.as_str()), ("y1", &y1), ("x2", &x2), ("y2", &y2), ("stroke-width", &thick)];
        match &dashes {
            Some(dashes) => attrs.push(("stroke-dasharray", dashes)),
            None => attrs.push(("stroke-linecap", "round")),
        }
        attrs.extend(paint.attrs(STROKE, &opacity));
        self.xml.empty("line", &attrs);
    }

    /// A form that is stretched with the drawing.
    fn form(&mut self, corners: &[Point], paint: &Paint) {
        let bound = |pick: fn(&Point) -> f64, best: fn(f64, f64) -> f64| corners.iter().map(pick).reduce(best);
        let (Some(left), Some(right)) = (bound(|at| at.x, f64::min), bound(|at| at.x, f64::max)) else { return };
        let (Some(top), Some(bottom)) = (bound(|at| at.y, f64::min), bound(|at| at.y, f64::max)) else { return };
        let (wide, high) = ((right - left).max(0.01), (bottom - top).max(0.01));
        let view = format!("0 0 {} {}", fine(wide), fine(high));
        let points: Vec<String> =
            corners.iter().map(|at| format!("{},{}", fine(at.x - left), fine(at.y - top))).collect();
        let (x, width, y, height) = (self.across(left), self.across(wide), em(top), em(high));
        let opacity = short(paint.opacity);
        self.inner(&[("x", &x), ("y", &y), ("viewBox", &view), ("preserveAspectRatio", "none")], (&width, &height));
        let points = points.join(" ");
        let mut attrs = vec![("points", points.as_str())];
        attrs.extend(paint.attrs(FILL, &opacity));
        self.xml.empty("polygon", &attrs);
        self.xml.close();
    }

    /// A form about a place that keeps its size: filled, or a line so thick.
    fn kept(&mut self, at: Point, dx: f64, path: &str, paint: &Paint, line: Option<f64>) {
        let shift = format!("translate({} 0)", fine(dx));
        let opacity = short(paint.opacity);
        let thick = line.map(fine).unwrap_or_default();
        let mut attrs = vec![("d", path)];
        if dx != 0.0 {
            attrs.push(("transform", &shift));
        }
        if line.is_some() {
            attrs.extend([("fill", "none"), ("stroke-width", thick.as_str())]);
        }
        attrs.extend(paint.attrs(if line.is_some() { STROKE } else { FILL }, &opacity));
        self.about(at);
        self.xml.empty("path", &attrs);
        self.xml.close();
    }

    fn path(&mut self, at: Point, corners: &[Point], paint: &Paint) {
        let points: Vec<String> = corners.iter().map(|at| format!("{},{}", fine(at.x), fine(at.y))).collect();
        let (points, opacity) = (points.join(" "), short(paint.opacity));
        let mut attrs = vec![("points", points.as_str()), ("fill", "none"), ("stroke-width", "0.06")];
        attrs.extend(paint.attrs(STROKE, &opacity));
        self.about(at);
        self.xml.empty("polyline", &attrs);
        self.xml.close();
    }

    /// Opens a drawing whose corner is at a place and whose lengths are in em.
    fn about(&mut self, at: Point) {
        let (x, y) = (self.across(at.x), em(at.y));
        self.inner(&[("x", &x), ("y", &y), ("viewBox", "0 0 1 1"), ("overflow", "visible")], ("1em", "1em"));
    }

    /// Opens a drawing inside. Its size stands in its style too, because rules for drawings would reach it.
    fn inner(&mut self, attrs: &[(&str, &str)], (width, height): (&str, &str)) {
        let style = format!("width: {width}; height: {height}; margin: 0; font-size: 1em");
        let mut all = vec![("width", width), ("height", height), ("style", style.as_str())];
        all.extend_from_slice(attrs);
        self.xml.open("svg", &all);
    }

    fn text(&mut self, text: &Text) {
        let size = text.size;
        let (x, dx, y) = (self.across(text.at.x), em(text.dx / size), em(text.at.y / size));
        let (letters, paint) = (em(size), Paint::fill(text.ink));
        let opacity = short(paint.opacity);
        let mut attrs = vec![("x", x.as_str()), ("y", &y)];
        attrs.extend((text.dx != 0.0).then_some(("dx", dx.as_str())));
        attrs.extend(match text.anchor {
            Anchor::Start => None,
            Anchor::Middle => Some(("text-anchor", "middle")),
            Anchor::End => Some(("text-anchor", "end")),
        });
        attrs.extend((size != 1.0).then_some(("font-size", letters.as_str())));
        attrs.extend(text.bold.then_some(("font-weight", "bold")));
        attrs.extend(paint.attrs(FILL, &opacity));
        self.xml.open("text", &attrs);
        self.xml.text(&text.body);
        self.xml.close();
    }
}

/// The outline of a part of a ring about its middle.
fn sector((outer, inner): (f64, f64), (start, end): (f64, f64)) -> String {
    // An arc from a point to itself is none: a whole circle is two.
    if end - start > 0.9995 {
        let ring = if inner > 0.0 { circle(inner, 0) } else { String::new() };
        return format!("{}{ring}", circle(outer, 1));
    }
    let at = |radius: f64, turn: f64| {
        let angle = turn * std::f64::consts::TAU;
        format!("{} {}", fine(radius * libm::sin(angle)), fine(-radius * libm::cos(angle)))
    };
    let large = if end - start > 0.5 { 1 } else { 0 };
    let round = fine(outer);
    let out = format!("M{} A{round} {round} 0 {large} 1 {}", at(outer, start), at(outer, end));
    if inner > 0.0 {
        let round = fine(inner);
        return format!("{out} L{} A{round} {round} 0 {large} 0 {} Z", at(inner, end), at(inner, start));
    }
    format!("{out} L0 0 Z")
}

/// A circle about the middle, drawn clockwise or not.
fn circle(radius: f64, way: u8) -> String {
    let r = fine(radius);
    format!("M-{r} 0 A{r} {r} 0 1 {way} {r} 0 A{r} {r} 0 1 {way} -{r} 0 Z")
}

/// The outline of a sign about its middle.
fn sign(shape: Shape, size: f64) -> String {
    let half = size / 2.0;
    let corners: &[(f64, f64)] = match shape {
        Shape::Circle | Shape::Ring => return circle(half, 1),
        Shape::Square => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Shape::Triangle => &[(0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)],
        Shape::Diamond => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        Shape::Down => &[(-0.8, -1.0), (0.8, -1.0), (0.0, 1.0)],
        Shape::Right => &[(-1.0, -0.8), (1.0, 0.0), (-1.0, 0.8)],
        Shape::Up => &[(-0.8, 1.0), (0.8, 1.0), (0.0, -1.0)],
        Shape::Left => &[(1.0, -0.8), (-1.0, 0.0), (1.0, 0.8)],
    };
    let points: Vec<String> = corners.iter().map(|(x, y)| format!("{} {}", fine(x * half), fine(y * half))).collect();
    format!("M{} Z", points.join(" L"))
}

fn em(n: f64) -> String {
    format!("{}em", short(n))
}

/// A number with as few digits as show where it is.
fn short(n: f64) -> String {
    trimmed(&format!("{n:.2}"))
}

/// A number inside a small drawing.
fn fine(n: f64) -> String {
    trimmed(&format!("{n:.3}"))
}

fn trimmed(text: &str) -> String {
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
