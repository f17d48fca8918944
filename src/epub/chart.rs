//! Charts as inline SVG in the colour of the text, with the data as a table beneath.
//!
//! A reader's own font may be wider than any we could measure, so every label gets room by a generous
//! estimate and wraps; a chart whose labels would still be too crowded is drawn as bars.

use super::xml::Xml;
use crate::lang::ExportWords;
use crate::model::{Chart, ChartKind, Datum};

/// Width of the drawing in its own units.
const WIDTH: f64 = 480.0;
/// Size of its letters.
const FONT: f64 = 16.0;
/// From one line of a label to the next.
const LINE: f64 = 21.0;
/// Height of the field of columns and lines.
const FIELD: f64 = 200.0;
/// Narrowest slot in which a label under a column can be read.
const SLOT: f64 = 52.0;

/// Writes the drawing. `id` is unique in the document.
pub(super) fn draw(xml: &mut Xml, chart: &Chart, id: &str, words: &ExportWords) {
    let mut pen = Pen { xml: Xml::fragment() };
    let slot = WIDTH / count(chart.data.len());
    let crowded = slot < SLOT || chart.data.iter().any(|d| lines(&d.label, slot).len() > 4 || wide(&d.shown) > slot);
    let height = match chart.kind {
        ChartKind::Share => pen.share(&chart.data),
        ChartKind::Column if !crowded => pen.upright(&chart.data, slot, false),
        ChartKind::Line if !crowded => pen.upright(&chart.data, slot, true),
        ChartKind::Line if slot >= 8.0 => pen.long_line(&chart.data),
        ChartKind::Bar | ChartKind::Column | ChartKind::Line => pen.bars(&chart.data),
    };
    let view = format!("0 0 {WIDTH} {height:.0}");
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let named = format!("{title_id} {desc_id}");
    let attrs = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", view.as_str()),
        ("role", "img"),
        ("aria-labelledby", &named),
        ("fill", "currentColor"),
        ("font-size", "16"),
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

impl Pen {
    /// Horizontal bars, each under its label. Gives the height.
    fn bars(&mut self, data: &[Datum]) -> f64 {
        let room = data.iter().map(|d| wide(&d.shown)).fold(0.0, f64::max).min(WIDTH / 2.0) + 10.0;
        let most = greatest(data);
        let mut y = 0.0;
        for datum in data {
            y = self.lines(0.0, y + FONT, &lines(&datum.label, WIDTH), "start") - FONT + 6.0;
            let length = (WIDTH - room) * datum.value / most;
            self.rect(0.0, y, length.max(1.0), 16.0, 0.75);
            self.text(length.max(1.0) + 6.0, y + 14.0, &datum.shown, "start");
            y += 16.0 + 14.0;
        }
        y
    }

    /// Columns, or a line when `joined`. Gives the height.
    fn upright(&mut self, data: &[Datum], slot: f64, joined: bool) -> f64 {
        let most = greatest(data);
        let base = FIELD + 2.0 * FONT;
        let mut path = String::new();
        let mut depth: f64 = 0.0;
        for (index, datum) in data.iter().enumerate() {
            let middle = slot * (position(index) + 0.5);
            let height = FIELD * datum.value / most;
            let top = base - height;
            if joined {
                path.push_str(&format!("{}{middle:.1} {top:.1}", if index == 0 { "M" } else { "L" }));
                self.dot(middle, top);
            } else {
                self.rect(middle - slot * 0.3, top, slot * 0.6, height, 0.75);
            }
            let value = |at: usize| data.get(at).map(|d| d.value);
            let before = index.checked_sub(1).and_then(value).filter(|_| joined);
            let after = value(index + 1).filter(|_| joined);
            let (dx, dy, anchor) = beside(datum, before, after, slot);
            self.text(middle + dx, top + dy, &datum.shown, anchor);
            depth = depth.max(self.lines(middle, base + FONT + 6.0, &lines(&datum.label, slot), "middle"));
        }
        self.axis(base);
        self.path(&path);
        depth - LINE / 2.0
    }

    /// A line with too many points for a label each: the first, the last and the greatest are named.
    fn long_line(&mut self, data: &[Datum]) -> f64 {
        let most = greatest(data);
        let base = FIELD + 2.0 * FONT;
        let step = WIDTH / count(data.len());
        let mut path = String::new();
        for (index, datum) in data.iter().enumerate() {
            let (x, y) = (step * (position(index) + 0.5), base - FIELD * datum.value / most);
            path.push_str(&format!("{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" }));
        }
        self.path(&path);
        self.axis(base);
        let mut depth = base;
        let top = data.iter().max_by(|a, b| a.value.total_cmp(&b.value));
        for datum in data.first().into_iter().chain(top).chain(data.last()) {
            let label = format!("{} {}", datum.label, datum.shown);
            depth = self.lines(0.0, depth + LINE, &lines(&label, WIDTH), "start") - LINE;
        }
        depth + LINE * 0.5
    }

    /// One bar cut into shares, and a key beneath. Gives the height.
    fn share(&mut self, data: &[Datum]) -> f64 {
        let sum: f64 = data.iter().map(|d| d.value).sum();
        let sum = if sum > 0.0 { sum } else { 1.0 };
        let mut x = 0.0;
        let mut y = 64.0;
        for (index, datum) in data.iter().enumerate() {
            let shade = 1.0 - 0.75 * position(index) / count(data.len());
            let width = WIDTH * datum.value / sum;
            self.rect(x, 0.0, (width - 2.0).max(0.5), 40.0, shade);
            x += width;
            self.rect(0.0, y - 13.0, 14.0, 14.0, shade);
            let label = format!("{}  {}", datum.label, datum.shown);
            y = self.lines(24.0, y, &lines(&label, WIDTH - 24.0), "start") + 4.0;
        }
        y
    }

    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, opacity: f64) {
        let [x, y, width, height] = [x, y, width, height].map(|n| format!("{n:.1}"));
        let opacity = format!("{opacity:.2}");
        let attrs = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height), ("fill-opacity", &opacity)];
        self.xml.empty("rect", &attrs);
    }

    fn dot(&mut self, x: f64, y: f64) {
        let [x, y] = [x, y].map(|n| format!("{n:.1}"));
        self.xml.empty("circle", &[("cx", &x), ("cy", &y), ("r", "4")]);
    }

    fn path(&mut self, path: &str) {
        if !path.is_empty() {
            self.xml.empty("path", &[("d", path), ("fill", "none"), ("stroke", "currentColor"), ("stroke-width", "2")]);
        }
    }

    fn axis(&mut self, y: f64) {
        let path = format!("M0 {y:.1}H{WIDTH}");
        self.xml.empty("path", &[("d", &path), ("stroke", "currentColor"), ("stroke-width", "1")]);
    }

    fn text(&mut self, x: f64, y: f64, text: &str, anchor: &str) {
        let [x, y] = [x, y].map(|n| format!("{n:.1}"));
        self.xml.open("text", &[("x", &x), ("y", &y), ("text-anchor", anchor)]);
        self.xml.text(text);
        self.xml.close();
    }

    /// Writes lines from baseline `y` down and gives the baseline after the last.
    fn lines(&mut self, x: f64, y: f64, lines: &[String], anchor: &str) -> f64 {
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
    let room = wide(&datum.shown) + 8.0 <= slot / 2.0;
    match (falls, rises) {
        (true, false) if room => (8.0, -6.0, "start"),
        (false, true) if room => (-8.0, -6.0, "end"),
        _ => (0.0, -9.0, "middle"),
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

/// A generous estimate of how wide a text is: a Chinese character is a square, a Latin one two thirds.
fn wide(text: &str) -> f64 {
    text.chars().map(|c| if c >= '\u{2E80}' { FONT * 1.04 } else { FONT * 0.62 }).sum()
}

/// The text in lines no wider than `width`, broken at spaces and between Chinese characters, and within a
/// word only when it alone is wider than a line.
pub(super) fn lines(text: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text, width) {
        if !line.is_empty() && wide(&line) + wide(piece.trim_end()) > width {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(&piece);
    }
    lines.push(line);
    lines.iter().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect()
}

/// Pieces between which a line may break, none wider than `width`.
fn pieces(text: &str, width: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut after = ' ';
    for c in text.chars() {
        let last = pieces.last_mut().expect("there is always a piece");
        let breaks = after.is_whitespace() || (after >= '\u{2E80}' && !",.;:!?)，。；：！？）》”、%".contains(c));
        if !last.is_empty() && (breaks || wide(last) + FONT > width) {
            pieces.push(String::new());
        }
        pieces.last_mut().expect("there is always a piece").push(c);
        after = c;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{lines, wide};

    #[test]
    fn labels_wrap_within_their_room() {
        assert_eq!(lines("one two three", 80.0), ["one two", "three"]);
        assert_eq!(lines("人工智能算力", 68.0), ["人工智能", "算力"]);
        for text in ["", "a", "Donaudampfschifffahrtsgesellschaft", "很长很长的标签 with Latin inside，标点"]
        {
            let made = lines(text, 60.0);
            assert!(made.iter().all(|line| wide(line) <= 60.0 + 17.0), "{made:?}");
            assert_eq!(made.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }
}
