//! Charts and diagrams as scenes: marks, lines and texts, each in its place. PDF and EPUB both draw the same scene.
//!
//! A layout of a chart is a pure function of the chart, of the room that it has and of how wide its letters are. Texts take their
//! room first: each is asked for its width, wrapped where it may be, and what finds no free place is left to the axis, the key or the
//! table of the data, so that no two of them ever meet.
//!
//! **Invariant:** a scene may be drawn wider than it was laid out. Places across are shares of the width, letters and signs keep their
//! size; what did not meet in the narrow drawing meets in no wider one.

mod amounts;
mod bars;
mod columns;
mod describe;
mod dots;
mod field;
mod flow;
mod funnel;
mod layers;
mod lines;
mod multiples;
mod palette;
mod parts;
mod pen;
mod scatter;
mod scene;
mod slope;
mod spread;
mod text;
mod timeline;
mod waterfall;

pub use amounts::{grouped, scaled};
pub use describe::describe;
pub use palette::{Rgb, SERIES, ground_of, series};
pub use scene::{Anchor, Ink, Mark, Point, Scene, Shape, Text};
pub use text::{Generous, Measure};

use crate::model::{Chart, ChartKind};
use pen::Pen;

/// Lays a chart out in so much width. Lengths are in letters of its labels.
pub fn draw(chart: &Chart, width: f64, measure: &dyn Measure) -> Scene {
    let mut pen = Pen::new(width.max(MIN_WIDTH), measure);
    if chart.data.is_empty() {
        return pen.finish();
    }
    if chart.look.multiples && chart.series.len() > 1 {
        multiples::draw(&mut pen, chart);
    } else {
        single(&mut pen, chart);
    }
    pen.finish()
}

/// The least width in which a chart is laid out.
const MIN_WIDTH: f64 = 12.0;

/// One field.
fn single(pen: &mut Pen<'_>, chart: &Chart) {
    match chart.kind {
        ChartKind::Bar => bars::draw(pen, chart),
        ChartKind::Column => columns::draw(pen, chart),
        ChartKind::Line | ChartKind::Area => lines::draw(pen, chart),
        ChartKind::Share => parts::bar(pen, chart),
        ChartKind::Pie | ChartKind::Donut => parts::circle(pen, chart),
        ChartKind::Scatter => scatter::draw(pen, chart),
        ChartKind::Dot => dots::draw(pen, chart),
        ChartKind::Slope => slope::draw(pen, chart),
        ChartKind::Waterfall => waterfall::draw(pen, chart),
        ChartKind::Funnel => funnel::draw(pen, chart),
        ChartKind::Timeline => timeline::draw(pen, chart),
        ChartKind::Flow => flow::draw(pen, chart),
    }
}

#[cfg(test)]
pub(crate) mod tests;
