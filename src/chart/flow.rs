//! Boxes and arrows, in layers: what leads to something stands before it.

mod layers;

use super::pen::{LINE, Look, Pen, count};
use super::scene::{Anchor, Ink, Mark, Point, Shape};
use crate::model::Chart;
use layers::{Layers, Stop};

/// Between the boxes of a layer.
const BESIDE: f64 = 1.2;
/// From one layer to the next, without words on the arrows and with them.
const NEXT: f64 = 1.9;
const NEXT_WITH_WORDS: f64 = 3.4;
/// Around the words in a box.
const INSET: f64 = 0.55;
/// The widest box, and the narrowest that boxes side by side may have.
const WIDEST: f64 = 15.0;
const NARROWEST: f64 = 5.5;
/// The head of an arrow.
const HEAD: f64 = 0.6;

/// Where a stop is: the box of a row, or the place at which a long arrow passes a layer.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    middle: (f64, f64),
    width: f64,
    height: f64,
}

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    let links: Vec<(usize, usize)> = chart.links.iter().map(|link| (link.from, link.to)).collect();
    let layers = Layers::new(chart.data.len(), &links);
    let across = chart.look.across.then(|| across(pen, chart, &layers)).flatten();
    let (places, lying) = match across {
        Some(places) => (places, true),
        None => (down(pen, chart, &layers), false),
    };
    for (at, row) in chart.data.iter().enumerate() {
        let Place { middle: (x, y), width, height } = places[at];
        let stands_out = chart.look.highlight.contains(&row.label);
        let corner = Point::new(x - width / 2.0, y - height / 2.0);
        if stands_out {
            pen.rect(corner, width, height, Ink::Tint(0.8));
        }
        pen.push(Mark::Frame { at: corner, width, height, ink: if stands_out { Ink::Accent } else { Ink::Axis } });
        let lines = pen.wrap(&row.label, width - 2.0 * INSET, Look::LABEL);
        let top = y - LINE * count(lines.len()) / 2.0;
        let look = if stands_out { Look::VALUE } else { Look::LABEL };
        let lines = if stands_out { pen.wrap(&row.label, width - 2.0 * INSET, look) } else { lines };
        pen.block(Point::new(x, top.min(y - LINE * count(lines.len()) / 2.0)), 0.0, Anchor::Middle, &lines, look);
    }
    let routes: Vec<Vec<Point>> = layers.routes.iter().map(|route| arrow(pen, route, &places, lying)).collect();
    let mut unsaid = Vec::new();
    for (link, route) in chart.links.iter().zip(routes) {
        let Some(words) = &link.label else { continue };
        let before = pen.bottom();
        if pen.try_text(&beside(&route, lying), words, Look::SMALL) {
            pen.reach(before);
        } else {
            unsaid.push(format!("{} → {}: {words}", chart.data[link.from].label, chart.data[link.to].label));
        }
    }
    pen.leftover(&unsaid);
}

/// The height of a box for its words.
fn tall(pen: &Pen<'_>, words: &str, width: f64) -> f64 {
    LINE * count(pen.wrap(words, width - 2.0 * INSET, Look::VALUE).len()) + 2.0 * INSET - 0.2
}

/// The room between layers.
fn between(chart: &Chart) -> f64 {
    if chart.links.iter().any(|link| link.label.is_some()) { NEXT_WITH_WORDS } else { NEXT }
}

/// Layers one below the other.
fn down(pen: &Pen<'_>, chart: &Chart, layers: &Layers) -> Vec<Place> {
    let mut places = vec![Place::default(); layers.stops];
    let mut y = 0.0;
    for layer in &layers.layers {
        // An arrow that passes needs less than a box.
        let weight = |stop: &usize| if *stop < chart.data.len() { 1.0 } else { 0.3 };
        let whole: f64 = layer.iter().map(weight).sum();
        let room = |stop: &usize| pen.width * weight(stop) / whole;
        let width = |stop: usize| (room(&stop) - BESIDE).clamp(1.5, WIDEST);
        let high = layer.iter().filter(|stop| **stop < chart.data.len());
        let high = high.map(|stop| tall(pen, &chart.data[*stop].label, width(*stop))).fold(0.0, f64::max);
        let mut x = 0.0;
        for stop in layer {
            let middle = (x + room(stop) / 2.0, y + high / 2.0);
            let width = if *stop < chart.data.len() { width(*stop) } else { 0.0 };
            places[*stop] = Place { middle, width, height: high };
            x += room(stop);
        }
        y += high + between(chart);
    }
    places
}

/// Layers side by side; none where boxes would be too narrow.
fn across(pen: &Pen<'_>, chart: &Chart, layers: &Layers) -> Option<Vec<Place>> {
    let words = chart.links.iter().filter_map(|link| link.label.as_deref());
    let next = (pen.widest(words, Look::SMALL) + 1.4).max(NEXT);
    let n = count(layers.layers.len());
    let width = ((pen.width - next * (n - 1.0)) / n).min(WIDEST);
    if width < NARROWEST {
        return None;
    }
    let step = if n > 1.0 { (pen.width - width) / (n - 1.0) } else { 0.0 };
    let high = |stop: usize| if stop < chart.data.len() { tall(pen, &chart.data[stop].label, width) } else { 0.6 };
    let whole = |layer: &[usize]| layer.iter().map(|stop| high(*stop) + BESIDE).sum::<f64>() - BESIDE;
    let tallest = layers.layers.iter().map(|layer| whole(layer)).fold(0.0, f64::max);
    let mut places = vec![Place::default(); layers.stops];
    for (at, layer) in layers.layers.iter().enumerate() {
        let mut y = (tallest - whole(layer)) / 2.0;
        for stop in layer {
            let height = high(*stop);
            places[*stop] = Place { middle: (step * count(at) + width / 2.0, y + height / 2.0), width, height };
            y += height + BESIDE;
        }
    }
    Some(places)
}

/// Draws an arrow along its stops, in lines that lie or stand. Gives its corners.
fn arrow(pen: &mut Pen<'_>, route: &[Stop], places: &[Place], lying: bool) -> Vec<Point> {
    let back = route.first().is_some_and(|stop| stop.back);
    // What leads back keeps clear of what leads on between the same boxes.
    let place = |stop: &Stop| {
        let Place { middle: (x, y), width, height } = places[stop.at];
        let aside = if back && width > 0.0 { (width * 0.3).min(2.0) } else { 0.0 };
        let down = if back && lying { (height * 0.3).min(aside) } else { 0.0 };
        Place { middle: if lying { (x, y + down) } else { (x + aside, y) }, width, height }
    };
    let mut corners: Vec<Point> = Vec::new();
    for pair in route.windows(2) {
        let (from, to) = (place(&pair[0]), place(&pair[1]));
        let ((a, b), (c, d)) = (from.middle, to.middle);
        if lying {
            let (start, end) = (a + from.width / 2.0, c - to.width / 2.0);
            let turn = f64::midpoint(start, end);
            corners.extend([Point::new(start, b), Point::new(turn, b), Point::new(turn, d), Point::new(end, d)]);
        } else {
            let (start, end) = (b + from.height / 2.0, d - to.height / 2.0);
            let turn = f64::midpoint(start, end);
            corners.extend([Point::new(a, start), Point::new(a, turn), Point::new(c, turn), Point::new(c, end)]);
        }
    }
    for pair in corners.windows(2) {
        if pair[0] != pair[1] {
            match back {
                true => pen.dashed(pair[0], pair[1], 0.09, 0.4, Ink::Axis),
                false => pen.rule(pair[0], pair[1], 0.09, Ink::Axis),
            }
            pen.keep_clear(pair[0], pair[1]);
        }
    }
    if let Some(tip) = if back { corners.first() } else { corners.last() } {
        let half = HEAD / 2.0;
        let (shape, dx, dy) = match (lying, back) {
            (true, false) => (Shape::Right, -half, 0.0),
            (true, true) => (Shape::Left, half, 0.0),
            (false, false) => (Shape::Down, 0.0, -half),
            (false, true) => (Shape::Up, 0.0, half),
        };
        let at = Point::new(tip.x, tip.y + dy);
        pen.push(Mark::Sign { at, dx, shape, size: HEAD, ink: Ink::Axis });
    }
    corners
}

/// The places of words at an arrow: beside its last part first.
fn beside(route: &[Point], lying: bool) -> Vec<(Point, f64, Anchor)> {
    let mut places = Vec::new();
    for pair in route.windows(2).rev() {
        let (from, to) = (pair[0], pair[1]);
        let (x, y) = (f64::midpoint(from.x, to.x), f64::midpoint(from.y, to.y));
        if lying {
            places.extend([-0.35, 1.05].map(|dy| (Point::new(x, y + dy), 0.0, Anchor::Middle)));
        } else {
            places.extend([0.3, 0.0, 0.7].into_iter().flat_map(|dy| {
                [(Point::new(x, y + dy), 0.4, Anchor::Start), (Point::new(x, y + dy), -0.4, Anchor::End)]
            }));
        }
    }
    places
}
