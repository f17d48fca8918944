//! Lines and areas over ordered labels.

use super::columns::HEIGHT;
use super::field::{self, Axis, Upright};
use super::pen::{LINE, Look, Pen, STROKE, count};
use super::scene::{Anchor, Ink, Mark, Point};
use super::spread::spread;
use crate::model::{Chart, ChartKind, ChartLook, Stack};

/// The most points that have a sign each.
const SIGNS: usize = 16;

/// The points of a series in stretches without gaps: the row, where it stands, and where the ground below it ends.
type Stretches = Vec<Vec<(usize, Point, f64)>>;

/// Where everything stands.
struct Plan {
    field: Upright,
    step: f64,
    shapes: Vec<Stretches>,
    gridded: bool,
}

pub(super) fn draw(pen: &mut Pen<'_>, chart: &Chart) {
    // Areas of several series stand on each other; what they hide could not be read.
    let piled;
    let area = chart.kind == ChartKind::Area;
    let chart = if area && chart.series.len() > 1 && chart.look.stack == Stack::Usual {
        piled = Chart { look: ChartLook { stack: Stack::Stacked, ..chart.look.clone() }, ..chart.clone() };
        &piled
    } else {
        chart
    };
    let ends = chart.series.len() > 1 && pen.width >= 28.0;
    let key = if ends { 0.0 } else { field::key(pen, chart, area.then_some(super::Shape::Square)) };
    let plan = plan(pen, chart, key, ends);
    let sign = if field::is_percent(chart) { "%" } else { "" };
    if plan.gridded {
        plan.field.grid(pen, sign);
    }
    for (series, stretches) in plan.shapes.iter().enumerate() {
        ground(pen, chart, series, stretches);
    }
    plan.field.floor(pen);
    for (series, stretches) in plan.shapes.iter().enumerate() {
        strokes(pen, chart, series, stretches);
    }
    labels(pen, chart, &plan);
    if ends {
        names(pen, chart, &plan);
    }
    let mut unsaid = plan.field.references(pen, chart);
    values(pen, chart, &plan);
    let top = |at: usize| {
        let points = plan.shapes.iter().flatten().flatten().filter(|(row, ..)| *row == at);
        points.map(|(_, point, _)| *point).min_by(|a, b| a.y.total_cmp(&b.y))
    };
    unsaid.extend(field::annotate(pen, chart, &top));
    pen.leftover(&unsaid);
}

fn plan(pen: &Pen<'_>, chart: &Chart, key: f64, ends: bool) -> Plan {
    let percent = field::is_percent(chart);
    let area = chart.kind == ChartKind::Area;
    let axis = if percent { Axis::percent() } else { Axis::new(chart, &field::reached(chart), area) };
    let shown = chart.data.iter().flat_map(|row| row.values.iter().flatten());
    let wide = pen.widest(shown.map(|amount| amount.shown.as_str()), Look::VALUE);
    let roomy = chart.width() == 1 && (wide + 0.6) * count(chart.data.len()) <= pen.width;
    let gridded = field::wants_axis(chart) || !roomy;
    let axis = if gridded { axis.rounded() } else { axis };
    let left = if gridded { Upright::gutter(pen, axis, if percent { "%" } else { "" }) } else { 0.0 };
    let names = pen.widest(chart.series.iter().map(String::as_str), Look::LABEL).min(0.3 * pen.width) + 0.8;
    let right = pen.width - if ends { names } else { 0.0 };
    let notes = if chart.look.notes.is_empty() { 0.0 } else { 2.4 };
    let top = key + 1.8 + notes;
    let field = Upright { left, right, top, bottom: top + chart.look.height.unwrap_or(HEIGHT), axis };
    let step = (right - left) / count(chart.data.len());
    Plan { field, step, shapes: shapes(chart, &field, step), gridded }
}

/// Where the points of each series stand.
fn shapes(chart: &Chart, field: &Upright, step: f64) -> Vec<Stretches> {
    let stacked = field::is_stacked(chart);
    let rows: Vec<Vec<Option<(f64, f64)>>> = chart
        .data
        .iter()
        .map(|row| {
            let values = field::drawn(chart, row);
            match stacked {
                // A gap in one layer would tear those above it.
                true => field::stacked(&values.iter().map(|value| Some(value.unwrap_or(0.0))).collect::<Vec<_>>()),
                false => values.into_iter().map(|value| value.map(|value| (0.0, value))).collect(),
            }
        })
        .collect();
    let series = |at: usize| {
        let mut stretches: Stretches = vec![Vec::new()];
        for (row, values) in rows.iter().enumerate() {
            match values[at] {
                Some((from, to)) => {
                    let x = field.left + step * (count(row) + 0.5);
                    let ground = if stacked { field.y(from) } else { field.base() };
                    stretches.last_mut().expect("invariant: never empty").push((
                        row,
                        Point::new(x, field.y(to)),
                        ground,
                    ));
                }
                None => stretches.push(Vec::new()),
            }
        }
        stretches.retain(|stretch| !stretch.is_empty());
        stretches
    };
    (0..chart.width()).map(series).collect()
}

/// The filled form of an area.
fn ground(pen: &mut Pen<'_>, chart: &Chart, series: usize, stretches: &Stretches) {
    if chart.kind != ChartKind::Area {
        return;
    }
    let ink = match field::ink(chart, None, series) {
        Ink::Accent => Ink::Tint(0.55),
        other => other,
    };
    for stretch in stretches {
        let over = stretch.iter().map(|(_, point, _)| *point);
        let under = stretch.iter().rev().map(|(_, point, ground)| Point::new(point.x, *ground));
        pen.push(Mark::Form { corners: over.chain(under).collect(), ink });
    }
}

/// The line of a series, with signs at its points.
fn strokes(pen: &mut Pen<'_>, chart: &Chart, series: usize, stretches: &Stretches) {
    let piled = chart.kind == ChartKind::Area && chart.series.len() > 1;
    let ink = if piled { Ink::On(series) } else { field::ink(chart, None, series) };
    let thick = if piled { 0.05 } else { STROKE };
    for stretch in stretches {
        for pair in stretch.windows(2) {
            let (from, to) = (pair[0].1, pair[1].1);
            match dash(series).filter(|_| !piled) {
                Some(dash) => pen.dashed(from, to, thick, dash, ink),
                None => pen.rule(from, to, thick, ink),
            }
            pen.keep_clear(from, to);
        }
        for (_, point, _) in stretch {
            let alone = stretch.len() == 1;
            if alone || !piled && chart.data.len() <= SIGNS && chart.kind == ChartKind::Line {
                pen.sign(*point, field::sign(series), 0.55, ink);
            }
        }
    }
}

/// The dashes of a series; none for a whole line.
fn dash(series: usize) -> Option<f64> {
    [None, None, Some(0.7), None, Some(0.3), None][series % 6]
}

/// The labels below the field: all, or as many as have room.
fn labels(pen: &mut Pen<'_>, chart: &Chart, plan: &Plan) {
    let field = &plan.field;
    let y = field.bottom + 0.5;
    let widest = chart.data.iter().map(|row| pen.stiff(&row.label, Look::LABEL)).fold(0.0, f64::max);
    let middle = |at: usize| field.left + plan.step * (count(at) + 0.5);
    if widest + 0.5 <= plan.step {
        for (at, row) in chart.data.iter().enumerate() {
            let lines = pen.wrap(&row.label, plan.step - 0.4, Look::LABEL);
            pen.block(Point::new(middle(at), y), 0.0, Anchor::Middle, &lines, Look::LABEL);
        }
        return pen.reach(y + LINE);
    }
    let places: Vec<(Anchor, f64, f64)> = chart
        .data
        .iter()
        .enumerate()
        .map(|(at, row)| within(pen, middle(at), pen.wide(&row.label, Look::LABEL)))
        .collect();
    // Every label, every second, every third and so on: the first way in which they keep apart.
    let apart = |every: usize| {
        let shown: Vec<&(Anchor, f64, f64)> = places.iter().step_by(every).collect();
        shown.windows(2).all(|pair| pair[1].1 >= pair[0].2 + 0.8)
    };
    let every = (1..=places.len()).find(|every| apart(*every)).unwrap_or(places.len());
    for (at, (anchor, from, to)) in places.iter().enumerate().step_by(every) {
        if *from >= 0.0 && *to <= pen.width {
            let x = middle(at);
            pen.text(Point::new(x, y + 0.95), 0.0, *anchor, &chart.data[at].label, Look::LABEL);
            pen.rule(Point::new(x, field.bottom), Point::new(x, field.bottom + 0.25), 0.05, Ink::Axis);
        }
    }
    pen.reach(y + LINE);
}

/// How a label of some width stands at a place so that it stays in the drawing, and from where to where.
fn within(pen: &Pen<'_>, x: f64, wide: f64) -> (Anchor, f64, f64) {
    let half = wide / 2.0;
    match (x - half < 0.0, x + half > pen.width) {
        (true, _) => (Anchor::Start, x, x + wide),
        (_, true) => (Anchor::End, x - wide, x),
        _ => (Anchor::Middle, x - half, x + half),
    }
}

/// The names of series at the ends of their lines.
fn names(pen: &mut Pen<'_>, chart: &Chart, plan: &Plan) {
    let x = plan.field.right;
    let room = pen.width - x - 0.7;
    let lines: Vec<Vec<String>> = chart.series.iter().map(|name| pen.wrap(name, room, Look::LABEL)).collect();
    let ends: Vec<Option<(Point, f64)>> = plan
        .shapes
        .iter()
        .map(|stretches| {
            stretches.last().and_then(|stretch| stretch.last()).map(|(_, point, ground)| (*point, *ground))
        })
        .collect();
    let wanted: Vec<f64> = ends
        .iter()
        .map(|end| match (end, chart.kind) {
            (Some((point, ground)), ChartKind::Area) => (point.y + ground) / 2.0,
            (Some((point, _)), _) => point.y,
            (None, _) => plan.field.top,
        })
        .collect();
    let heights: Vec<f64> = lines.iter().map(|lines| LINE * count(lines.len())).collect();
    let starts = spread(&wanted, &heights, (plan.field.top - 1.0).max(0.0), plan.field.bottom);
    for (series, lines) in lines.iter().enumerate() {
        let ink = field::ink(chart, None, series);
        let middle = starts[series] + LINE / 2.0;
        let shape = if chart.kind == ChartKind::Area { super::Shape::Square } else { field::sign(series) };
        pen.push(Mark::Sign { at: Point::new(x, middle), dx: 0.1, shape, size: 0.6, ink });
        pen.block(Point::new(x, starts[series]), 0.7, Anchor::Start, lines, Look::LABEL);
    }
}

/// The values at the points, where there is room: the last, the first and the extremes before the others.
fn values(pen: &mut Pen<'_>, chart: &Chart, plan: &Plan) {
    if !field::wants_labels(chart) || field::is_stacked(chart) {
        return;
    }
    let many = plan.gridded && (chart.width() > 1 || chart.look.multiples);
    for stretches in &plan.shapes {
        for (_, point, _) in stretches.iter().flatten() {
            pen.take(*point, 0.3);
        }
    }
    for (series, stretches) in plan.shapes.iter().enumerate() {
        let points: Vec<(usize, Point)> = stretches.iter().flatten().map(|(row, point, _)| (*row, *point)).collect();
        for (rank, at) in order(&points).into_iter().enumerate() {
            if rank >= 4 && plan.gridded || rank >= 2 && many {
                break;
            }
            let (row, point) = points[at];
            let shown = field::shown(chart, &chart.data[row], series);
            let Point { x, y } = point;
            let places: Vec<_> = [(0.0, -0.6, Anchor::Middle), (0.0, 1.35, Anchor::Middle)]
                .into_iter()
                .chain([(0.5, -0.4, Anchor::Start), (-0.5, -0.4, Anchor::End)])
                .chain([(0.5, 1.2, Anchor::Start), (-0.5, 1.2, Anchor::End), (0.4, -0.6, Anchor::End)])
                .chain([(0.0, -1.5, Anchor::Middle), (0.4, -1.5, Anchor::End)])
                .map(|(dx, dy, anchor)| (Point::new(x, y + dy), dx, anchor))
                .filter(|(at, ..)| at.y + 0.22 <= plan.field.bottom)
                .collect();
            pen.try_text(&places, &shown, Look::VALUE);
        }
    }
}

/// The points by their weight: the last, the first, the highest, the lowest, then the others.
fn order(points: &[(usize, Point)]) -> Vec<usize> {
    let by_y = |a: &usize, b: &usize| points[*a].1.y.total_cmp(&points[*b].1.y);
    let all = || 0..points.len();
    let first = [all().next_back(), all().next(), all().min_by(by_y), all().max_by(by_y)];
    let mut order: Vec<usize> = Vec::new();
    for at in first.into_iter().flatten().chain(all()) {
        if !order.contains(&at) {
            order.push(at);
        }
    }
    order
}
