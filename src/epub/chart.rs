//! Charts as inline SVG in the colour of the text, with the data as a table beneath.
//!
//! Across, a drawing is as wide as its place: what shows data is placed in percent. Down, it is measured in em, and so are its
//! letters, which are as large as those of the captions on every screen and at every size that the reader likes.
//!
//! A reader's own font may be wider than any we could measure, so every label gets room by a generous
//! estimate and wraps as on a phone; a chart whose labels would still be too crowded is drawn as bars.

use super::ems::{lines, wide};
use super::xml::Xml;
use crate::lang::ExportWords;
use crate::model::{Chart, ChartKind, Datum};

/// Width of the drawing on a phone, in em.
const WIDTH: f64 = 22.0;
/// From one line of a label to the next.
const LINE: f64 = 1.3;
/// Height of the field of columns and lines.
const FIELD: f64 = 12.0;
/// Narrowest slot in which a label under a column can be read.
const SLOT: f64 = 2.4;
/// Narrowest slot of a line whose points have no label.
const POINT: f64 = 0.4;

/// Writes the drawing. `id` is unique in the document.
pub(super) fn draw(xml: &mut Xml, chart: &Chart, id: &str, words: &ExportWords) {
    let mut pen = Pen { xml: Xml::fragment() };
    let slot = WIDTH / count(chart.data.len());
    let crowded = slot < SLOT || chart.data.iter().any(|d| lines(&d.label, slot).len() > 4 || wide(&d.shown) > slot);
    let height = match chart.kind {
        ChartKind::Share => pen.share(&chart.data),
        ChartKind::Column if !crowded => pen.upright(&chart.data, slot, false),
        ChartKind::Line if !crowded => pen.upright(&chart.data, slot, true),
        ChartKind::Line if slot >= POINT => pen.long_line(&chart.data),
        ChartKind::Bar | ChartKind::Column | ChartKind::Line => pen.bars(&chart.data),
    };
    let height = em(height);
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
    let title = chart.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(words.chart);
    xml.open("svg", &attrs);
    xml.element("title", &[("id", &title_id)], title);
    xml.element("desc", &[("id", &desc_id)], chart.alt.as_deref().unwrap_or(title));
    xml.raw(&pen.xml.finish_text());
    xml.close_line();
}

/// Writes the data as a table that opens on demand.
pub(super) fn data_table(xml: &mut Xml, chart: &Chart, words: &ExportWords) {
    xml.open("details", &[("class", "chart-table")]);
    xml.element("summary", &[], words.data);
    xml.open("table", &[]);
    xml.open("thead", &[]);
    xml.open("tr", &[]);
    xml.element("th", &[("scope", "col")], words.item);
    let unit = chart.unit.as_deref().filter(|u| !u.trim().is_empty());
    let value = unit.map_or_else(|| words.value.to_owned(), |u| format!("{} ({u})", words.value));
    xml.element("th", &[("scope", "col")], &value);
    xml.close();
    xml.close_line();
    xml.open("tbody", &[]);
    for datum in &chart.data {
        xml.open("tr", &[]);
        xml.element("td", &[], &datum.label);
        xml.element("td", &[("class", "right")], &datum.shown);
        xml.close_line();
    }
    xml.close();
    xml.close();
    xml.close_line();
}

struct Pen {
    xml: Xml,
}

/// A place across: a share of the width in percent, and from there some em.
#[derive(Clone, Copy)]
struct Across(f64, f64);

impl Pen {
    /// Horizontal bars, each under its label. Gives the height.
    fn bars(&mut self, data: &[Datum]) -> f64 {
        let room = data.iter().map(|d| wide(&d.shown)).fold(0.0, f64::max).min(WIDTH / 2.0) + 0.6;
        let longest = 100.0 * (1.0 - room / WIDTH);
        let most = greatest(data);
        let mut y = 0.0;
        for datum in data {
            y = self.lines(Across(0.0, 0.0), y + 1.0, &lines(&datum.label, WIDTH), "start") - 0.9;
            let length = (longest * datum.value / most).max(0.4);
            self.rect((0.0, length), y, 0.9, 0.75);
            self.text(Across(length, 0.4), y + 0.8, &datum.shown, "start");
            y += 1.9;
        }
        y - 0.6
    }

    /// Columns, or a line when `joined`. Gives the height.
    fn upright(&mut self, data: &[Datum], slot: f64, joined: bool) -> f64 {
        let most = greatest(data);
        let base = FIELD + 2.0;
        let share = 100.0 / count(data.len());
        let mut points = Vec::new();
        let mut depth: f64 = 0.0;
        for (index, datum) in data.iter().enumerate() {
            let middle = share * (position(index) + 0.5);
            let height = FIELD * datum.value / most;
            let top = base - height;
            if joined {
                points.push((middle, top));
                self.dot(middle, top);
            } else {
                self.rect((middle - share * 0.3, share * 0.6), top, height, 0.75);
            }
            let value = |at: usize| data.get(at).map(|d| d.value);
            let before = index.checked_sub(1).and_then(value).filter(|_| joined);
            let after = value(index + 1).filter(|_| joined);
            let (dx, dy, anchor) = beside(datum, before, after, slot);
            self.text(Across(middle, dx), top + dy, &datum.shown, anchor);
            depth = depth.max(self.lines(Across(middle, 0.0), base + 1.3, &lines(&datum.label, slot), "middle"));
        }
        self.axis(base);
        self.path(&points);
        depth - LINE / 2.0
    }

    /// A line with too many points for a label each: the first, the last and the greatest are named.
    fn long_line(&mut self, data: &[Datum]) -> f64 {
        let most = greatest(data);
        let base = FIELD + 2.0;
        let step = 100.0 / count(data.len());
        let place =
            |(index, datum): (usize, &Datum)| (step * (position(index) + 0.5), base - FIELD * datum.value / most);
        self.path(&data.iter().enumerate().map(place).collect::<Vec<_>>());
        self.axis(base);
        let mut depth = base;
        let top = data.iter().max_by(|a, b| a.value.total_cmp(&b.value));
        for datum in data.first().into_iter().chain(top).chain(data.last()) {
            let label = format!("{} {}", datum.label, datum.shown);
            depth = self.lines(Across(0.0, 0.0), depth + LINE, &lines(&label, WIDTH), "start") - LINE;
        }
        depth + LINE * 0.5
    }

    /// One bar cut into shares, and a key beneath. Gives the height.
    fn share(&mut self, data: &[Datum]) -> f64 {
        let sum: f64 = data.iter().map(|d| d.value).sum();
        let sum = if sum > 0.0 { sum } else { 1.0 };
        let mut x = 0.0;
        let mut y = 4.0;
        for (index, datum) in data.iter().enumerate() {
            let shade = 1.0 - 0.75 * position(index) / count(data.len());
            let width = 100.0 * datum.value / sum;
            self.rect((x, (width - 0.4).max(0.1)), 0.0, 2.5, shade);
            x += width;
            self.key(y - 0.8, shade);
            let label = format!("{}  {}", datum.label, datum.shown);
            y = self.lines(Across(0.0, 1.5), y, &lines(&label, WIDTH - 1.5), "start") + 0.25;
        }
        y - 0.9
    }

    fn rect(&mut self, (x, width): (f64, f64), y: f64, height: f64, opacity: f64) {
        let [x, width] = [x, width].map(percent);
        let [y, height] = [y, height].map(em);
        let opacity = format!("{opacity:.2}");
        let attrs = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height), ("fill-opacity", &opacity)];
        self.xml.empty("rect", &attrs);
    }

    /// The square before a label that says what a shade stands for.
    fn key(&mut self, y: f64, opacity: f64) {
        let (y, opacity) = (em(y), format!("{opacity:.2}"));
        let attrs = [("y", y.as_str()), ("width", "0.9em"), ("height", "0.9em"), ("fill-opacity", &opacity)];
        self.xml.empty("rect", &attrs);
    }

    fn dot(&mut self, x: f64, y: f64) {
        self.xml.empty("circle", &[("cx", &percent(x)), ("cy", &em(y)), ("r", "0.25em")]);
    }

    /// Straight lines from point to point; the coordinates of an SVG path can be no percentages.
    fn path(&mut self, points: &[(f64, f64)]) {
        for pair in points.windows(2) {
            self.line(pair[0], pair[1], "0.12em");
        }
    }

    fn axis(&mut self, y: f64) {
        self.line((0.0, y), (100.0, y), "0.06em");
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), width: &str) {
        let [x1, x2] = [from.0, to.0].map(percent);
        let [y1, y2] = [from.1, to.1].map(em);
        let ends = [("x1", x1.as_str()), ("y1", &y1), ("x2", &x2), ("y2", &y2)];
        let look = [("stroke", "currentColor"), ("stroke-width", width), ("stroke-linecap", "round")];
        self.xml.empty("line", &[ends.as_slice(), &look].concat());
    }

    fn text(&mut self, Across(share, from): Across, y: f64, text: &str, anchor: &str) {
        let (x, dx, y) = (percent(share), em(from), em(y));
        let mut attrs = vec![("x", x.as_str()), ("y", &y)];
        attrs.extend((from != 0.0).then_some(("dx", dx.as_str())));
        attrs.extend((anchor != "start").then_some(("text-anchor", anchor)));
        self.xml.open("text", &attrs);
        self.xml.text(text);
        self.xml.close();
    }

    /// Writes lines from baseline `y` down and gives the baseline after the last.
    fn lines(&mut self, x: Across, y: f64, lines: &[String], anchor: &str) -> f64 {
        let mut y = y;
        for line in lines {
            self.text(x, y, line, anchor);
            y += LINE;
        }
        y
    }
}

/// Where a value stands beside its point so that the line does not cross it: shift and anchor.
fn beside(datum: &Datum, before: Option<f64>, after: Option<f64>, slot: f64) -> (f64, f64, &'static str) {
    let (falls, rises) = (before.is_some_and(|b| b > datum.value), after.is_some_and(|a| a > datum.value));
    let room = wide(&datum.shown) + 0.5 <= slot / 2.0;
    match (falls, rises) {
        (true, false) if room => (0.5, -0.4, "start"),
        (false, true) if room => (-0.5, -0.4, "end"),
        _ => (0.0, -0.6, "middle"),
    }
}

fn greatest(data: &[Datum]) -> f64 {
    let most = data.iter().map(|d| d.value).fold(0.0, f64::max);
    if most > 0.0 && most.is_finite() { most } else { 1.0 }
}

#[expect(clippy::cast_precision_loss, reason = "a chart has far fewer values than 2^52")]
fn position(index: usize) -> f64 {
    index as f64
}

fn count(n: usize) -> f64 {
    position(n.max(1))
}

fn em(n: f64) -> String {
    format!("{}em", short(n))
}

fn percent(n: f64) -> String {
    format!("{}%", short(n))
}

/// A number with as few digits as show where it is.
fn short(n: f64) -> String {
    let text = format!("{n:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
