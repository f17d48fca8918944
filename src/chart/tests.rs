//! Charts of all kinds, many of them drawn by lot: what must hold of every one.

use super::{Generous, Measure, Scene, draw};
use crate::model::{
    Amount, Annotation, CHART_KINDS, Chart, ChartKind, ChartLook, Datum, Lang, Link, Reference, Shown, Stack,
};

/// The letters of labels in print, at their smallest, in points; and what no letter may be smaller than.
const LETTER: f64 = 6.5;
const LEAST: f64 = 6.0;

/// A font with letters narrower than the estimate for unknown ones.
struct Narrow;

impl Measure for Narrow {
    fn wide(&self, text: &str, bold: bool) -> f64 {
        let letters: f64 = text.chars().map(|c| if c >= '\u{2E80}' { 1.0 } else { 0.49 }).sum();
        if bold { letters * 1.05 } else { letters }
    }
}

/// Numbers by lot that are the same in every run.
struct Lot(u64);

impl Lot {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % below
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.next(all.len())]
    }

    fn label(&mut self) -> String {
        let words = [
            "M6",
            "悟道2.0",
            "Switch Transformer",
            "内蒙古自治区",
            "A place whose name is long and needs two lines",
            "2021",
            "一个名字很长、要分成两行的地方",
            "Other",
            "Donaudampfschifffahrt",
            "华东",
            "第一季度（估计）",
            "Q3",
        ];
        let word = self.of(&words);
        if self.next(3) == 0 { format!("{word} {}", self.next(90)) } else { word.to_owned() }
    }

    fn amount(&mut self, negative: bool) -> Amount {
        let size = self.of(&[1.0, 100.0, 10_000.0, 12_345.0]);
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let value = size * (1 + self.next(997)) as f64 / 10.0;
        let value = if negative && self.next(3) == 0 { -value } else { value };
        Amount { value, shown: super::grouped(&value.to_string()) }
    }

    fn chart(&mut self) -> Chart {
        let kind = self.of(&CHART_KINDS);
        let rows = 1 + self.of(&[1, 3, 5, 8, 12, 30]);
        let width = match kind {
            ChartKind::Slope => 2,
            ChartKind::Scatter => 2 + self.next(2),
            ChartKind::Waterfall | ChartKind::Timeline => 1,
            _ if kind.is_whole() => 1,
            _ => 1 + self.next(4),
        };
        let negative = !kind.is_whole() && kind != ChartKind::Timeline && self.next(2) == 0;
        let log = !negative && self.next(6) == 0;
        let series =
            if width > 1 { (0..width).map(|at| format!("{} {at}", self.label())).collect() } else { Vec::new() };
        let mut data: Vec<Datum> = Vec::new();
        for at in 0..rows {
            let gap = matches!(kind, ChartKind::Line | ChartKind::Area | ChartKind::Dot) && self.next(7) == 0;
            let values = (0..width).map(|_| Some(self.amount(negative))).collect::<Vec<_>>();
            let values = if gap { vec![None; width] } else { values };
            data.push(Datum { label: self.label(), values, total: at + 1 == rows && self.next(2) == 0 });
        }
        let look = ChartLook {
            stack: self.of(&[Stack::Usual, Stack::Grouped, Stack::Stacked, Stack::Percent]),
            show: self.of(&[Shown::Usual, Shown::Labels, Shown::Axis, Shown::Both]),
            log,
            multiples: width > 1 && self.next(5) == 0 && !matches!(kind, ChartKind::Slope | ChartKind::Scatter),
            lines: if self.next(4) == 0 {
                vec![Reference { value: self.amount(false).value, label: format!("目标 {}", self.label()) }]
            } else {
                Vec::new()
            },
            notes: if self.next(4) == 0 {
                vec![Annotation { at: data[0].label.clone(), text: format!("注 {}", self.label()) }]
            } else {
                Vec::new()
            },
            highlight: if self.next(5) == 0 { vec![data[0].label.clone()] } else { Vec::new() },
            ..ChartLook::default()
        };
        Chart { kind, series, data, look, ..Chart::default() }
    }

    fn diagram(&mut self) -> Chart {
        let boxes = 2 + self.next(9);
        let data = (0..boxes).map(|_| Datum { label: self.label(), ..Datum::default() }).collect();
        let links = (0..boxes + self.next(4)).map(|_| Link {
            from: self.next(boxes),
            to: self.next(boxes),
            label: (self.next(3) == 0).then(|| self.label()),
        });
        let links = links.collect();
        let look = ChartLook { across: self.next(2) == 0, ..ChartLook::default() };
        Chart { kind: ChartKind::Flow, data, links, look, ..Chart::default() }
    }
}

/// Whether no text meets another, leaves the drawing or is too small, drawn so many times as wide as it was laid out.
fn assert_legible(scene: &Scene, stretch: f64, what: &str) {
    let texts: Vec<_> = scene.texts().map(|text| (text, text.place(stretch))).collect();
    for (at, (text, place)) in texts.iter().enumerate() {
        let wide = scene.width * stretch;
        assert!(
            place.left >= -0.01 && place.right <= wide + 0.01,
            "‘{}’ leaves {what}: {place:?} of {wide}",
            text.body
        );
        assert!(place.top >= -0.01 && place.bottom <= scene.height + 0.3, "‘{}’ leaves {what}: {place:?}", text.body);
        assert!(text.size * LETTER >= LEAST, "‘{}’ is small in {what}", text.body);
        for (other, there) in &texts[at + 1..] {
            assert!(!place.meets(there), "‘{}’ meets ‘{}’ in {what}: {place:?} {there:?}", text.body, other.body);
        }
    }
}

/// Charts and diagrams of all kinds, drawn by lot, the same in every run.
pub(crate) fn drawn_by_lot() -> Vec<Chart> {
    let mut lot = Lot(33);
    (0..240).map(|round| if round % 12 == 11 { lot.diagram() } else { lot.chart() }).collect()
}

#[test]
fn labels_of_charts_drawn_by_lot_keep_apart() {
    for (round, chart) in drawn_by_lot().into_iter().enumerate() {
        let what = format!("chart {round}, {}, {:?}", chart.kind.name(), chart.look);
        for width in [21.0, 30.0, 46.0, 64.0] {
            let scene = draw(&chart, width, &Narrow);
            assert!(scene.height.is_finite() && scene.height < 900.0, "{what} is {} high", scene.height);
            assert_legible(&scene, 1.0, &format!("{what} at {width}"));
        }
        let scene = draw(&chart, 22.0, &Generous);
        for stretch in [1.0, 1.4, 2.2] {
            assert_legible(&scene, stretch, &format!("{what}, {stretch} times as wide"));
        }
    }
}

fn rows(values: &[(&str, f64)]) -> Vec<Datum> {
    values.iter().map(|(label, value)| Datum::new(*label, *value, value.to_string())).collect()
}

#[test]
fn a_value_below_zero_hangs_from_the_line() {
    let chart = Chart { kind: ChartKind::Column, data: rows(&[("A", 2.0), ("B", -1.0)]), ..Chart::default() };
    let rects: Vec<(f64, f64)> = draw(&chart, 40.0, &Narrow)
        .marks
        .iter()
        .filter_map(|mark| match mark {
            super::Mark::Rect { at, height, .. } => Some((at.y, *height)),
            _ => None,
        })
        .collect();
    assert!((rects[0].0 + rects[0].1 - rects[1].0).abs() < 1e-9, "{rects:?}");
    assert!((rects[0].1 - 2.0 * rects[1].1).abs() < 1e-9, "{rects:?}");
}

#[test]
fn a_chart_without_a_sentence_is_told_by_its_shape() {
    let unit = |unit: &str| Some(unit.to_owned());
    let ranks = |name: &str| Chart {
        title: Some("T".to_owned()),
        unit: unit(name),
        data: rows(&[("M6", 10.0), ("GPT-3", 2.0)]),
        ..Chart::default()
    };
    let course = Chart {
        kind: ChartKind::Line,
        data: rows(&[("2019", 1.0), ("2020", 5.0), ("2021", 3.0)]),
        unit: unit("%"),
        ..Chart::default()
    };
    for (chart, tag, says) in [
        (ranks("亿"), "zh", "条形图《T》：共2项，M6最大，为10亿；GPT-3最小，为2亿。"),
        (
            ranks("billion"),
            "en",
            "Bar chart of ‘T’: of 2, M6 is largest with 10 billion and GPT-3 smallest with 2 billion.",
        ),
        (course.clone(), "en", "Line chart: from 1% (2019) to 3% (2021), highest 5% (2020)."),
        (course, "zh-Hant", "折線圖：從2019為1%到2021為3%，2020最高，為5%。"),
    ] {
        assert_eq!(super::describe(&chart, &Lang::new(tag).unwrap()), says);
    }
}
