//! Puts marks and texts in their places, and knows which are taken.

use super::scene::{Anchor, Bounds, Ink, Mark, Point, Scene, Shape, Text};
use super::text::{Measure, stiff, wrap};

/// From one line of a label to the next.
pub(super) const LINE: f64 = 1.25;
/// The size of the numbers of an axis and of other small text.
pub(super) const SMALL: f64 = 0.93;
/// How thick a line of a chart is.
pub(super) const STROKE: f64 = 0.16;
/// How thick a line of a grid is.
pub(super) const HAIR: f64 = 0.05;

/// How many times as wide as it was laid out a drawing is looked at. What is apart there and as it was laid out, in the same order, is
/// apart in between.
const WIDEST: f64 = 4.0;

/// A box that is taken, as it was laid out and in the widest drawing.
#[derive(Debug, Clone, Copy)]
struct Taken {
    near: Bounds,
    far: Bounds,
}

impl Taken {
    /// Whether two boxes meet in a drawing of some width.
    fn meets(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| a.near.right <= b.near.left && a.far.right <= b.far.left;
        let level = self.near.top < other.near.bottom && other.near.top < self.near.bottom;
        level && !before(self, other) && !before(other, self)
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) ink: Ink,
}

impl Look {
    pub(super) const LABEL: Self = Self { size: 1.0, bold: false, ink: Ink::Text };
    pub(super) const VALUE: Self = Self { size: 1.0, bold: true, ink: Ink::Text };
    pub(super) const SMALL: Self = Self { size: SMALL, bold: false, ink: Ink::Soft };

    pub(super) fn in_ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
}

/// What draws a scene.
pub(super) struct Pen<'a> {
    pub(super) width: f64,
    marks: Vec<Mark>,
    taken: Vec<Taken>,
    strokes: Vec<(Point, Point)>,
    solids: Vec<Bounds>,
    measure: &'a dyn Measure,
    bottom: f64,
}

impl<'a> Pen<'a> {
    pub(super) fn new(width: f64, measure: &'a dyn Measure) -> Self {
        Self {
            width,
            marks: Vec::new(),
            taken: Vec::new(),
            strokes: Vec::new(),
            solids: Vec::new(),
            measure,
            bottom: 0.0,
        }
    }

    /// A pen for a part of the drawing.
    pub(super) fn part(&self, width: f64) -> Self {
        Self::new(width, self.measure)
    }

    /// Takes over what a pen for a part has drawn. Gives how high it is.
    pub(super) fn adopt(&mut self, part: Pen<'_>, at: Point) -> f64 {
        let height = part.bottom;
        for mark in part.marks {
            self.push(mark.moved(at));
        }
        self.reach(at.y + height);
        height
    }

    pub(super) fn finish(self) -> Scene {
        Scene { width: self.width, height: self.bottom, marks: self.marks }
    }

    /// How far down the drawing reaches.
    pub(super) fn bottom(&self) -> f64 {
        self.bottom
    }

    pub(super) fn reach(&mut self, y: f64) {
        self.bottom = self.bottom.max(y);
    }

    pub(super) fn wide(&self, text: &str, look: Look) -> f64 {
        self.measure.wide(text, look.bold) * look.size
    }

    /// The widest of some texts.
    pub(super) fn widest<'t>(&self, texts: impl Iterator<Item = &'t str>, look: Look) -> f64 {
        texts.map(|text| self.wide(text, look)).fold(0.0, f64::max)
    }

    pub(super) fn wrap(&self, text: &str, width: f64, look: Look) -> Vec<String> {
        wrap(text, width, &|text| self.wide(text, look))
    }

    /// The widest part of a text that is not broken.
    pub(super) fn stiff(&self, text: &str, look: Look) -> f64 {
        stiff(text, &|text| self.wide(text, look))
    }

    pub(super) fn push(&mut self, mark: Mark) {
        match &mark {
            Mark::Text(text) => {
                let place = text.place(1.0);
                self.reach(place.bottom);
                self.taken.push(Taken { near: place, far: text.place(WIDEST) });
            }
            Mark::Rect { at, width, height, .. } | Mark::Frame { at, width, height, .. } => {
                let (right, bottom) = (at.x + width, at.y + height);
                self.solids.push(Bounds { left: at.x, top: at.y, right, bottom });
                self.reach(bottom);
            }
            Mark::Line { from, to, .. } => self.reach(from.y.max(to.y)),
            _ => {}
        }
        self.marks.push(mark);
    }

    pub(super) fn rect(&mut self, at: Point, width: f64, height: f64, ink: Ink) {
        self.push(Mark::Rect { at, width: width.max(0.05), height: height.max(0.05), ink });
    }

    pub(super) fn rule(&mut self, from: Point, to: Point, thick: f64, ink: Ink) {
        self.push(Mark::Line { from, to, thick, dash: None, ink });
    }

    pub(super) fn dashed(&mut self, from: Point, to: Point, thick: f64, dash: f64, ink: Ink) {
        self.push(Mark::Line { from, to, thick, dash: Some(dash), ink });
    }

    pub(super) fn sign(&mut self, at: Point, shape: Shape, size: f64, ink: Ink) {
        self.push(Mark::Sign { at, dx: 0.0, shape, size, ink });
    }

    /// A line that labels keep clear of where they can.
    pub(super) fn keep_clear(&mut self, from: Point, to: Point) {
        self.strokes.push((from, to));
    }

    /// A square about a place that labels never enter.
    pub(super) fn take(&mut self, at: Point, half: f64) {
        let (top, bottom) = (at.y - half, at.y + half);
        let place = |x: f64| Bounds { left: x - half, top, right: x + half, bottom };
        self.taken.push(Taken { near: place(at.x), far: place(at.x * WIDEST) });
    }

    /// A text of one line.
    pub(super) fn line(&self, at: Point, dx: f64, anchor: Anchor, body: &str, look: Look) -> Text {
        let Look { size, bold, ink } = look;
        Text { at, dx, anchor, body: body.to_owned(), size, bold, ink, wide: self.wide(body, look) }
    }

    pub(super) fn text(&mut self, at: Point, dx: f64, anchor: Anchor, body: &str, look: Look) {
        if !body.trim().is_empty() {
            let text = self.line(at, dx, anchor, body, look);
            self.push(Mark::Text(text));
        }
    }

    /// Lines of text from the top down. Gives where they end.
    pub(super) fn block(&mut self, at: Point, dx: f64, anchor: Anchor, lines: &[String], look: Look) -> f64 {
        let pitch = LINE * look.size;
        for (row, line) in lines.iter().enumerate() {
            let y = at.y + pitch * (count(row) + 0.5) + 0.33 * look.size;
            self.text(Point::new(at.x, y), dx, anchor, line, look);
        }
        at.y + pitch * count(lines.len())
    }

    /// Whether a text would stand inside the drawing and on nothing; strictly, on no line either.
    fn is_free(&self, text: &Text, strict: bool) -> bool {
        let place = text.place(1.0);
        let inside = place.left >= -1e-9 && place.right <= self.width + 1e-9 && place.top >= -1e-9;
        let meets_text = self.taken.iter().any(|other| other.meets(&Taken { near: place, far: text.place(WIDEST) }));
        let meets_lines = || {
            self.strokes.iter().any(|(from, to)| place.is_crossed(*from, *to))
                || self.solids.iter().any(|solid| solid.meets(&place))
        };
        inside && !meets_text && !(strict && meets_lines())
    }

    /// Writes a text at the first of some places that is free, those first that no line goes through. Tells whether there was one.
    pub(super) fn try_text(&mut self, places: &[(Point, f64, Anchor)], body: &str, look: Look) -> bool {
        let texts: Vec<Text> = places.iter().map(|(at, dx, anchor)| self.line(*at, *dx, *anchor, body, look)).collect();
        let free = |strict: bool| texts.iter().position(|text| self.is_free(text, strict));
        let Some(at) = free(true).or_else(|| free(false)) else { return false };
        self.push(Mark::Text(texts[at].clone()));
        true
    }

    /// What the colours stand for, in rows from `y` down. Gives where they end.
    pub(super) fn keys(&mut self, keys: &[(Ink, Shape, &str)], y: f64) -> f64 {
        const SIGN: f64 = 1.15;
        let (mut x, mut top) = (0.0, y);
        for (ink, shape, name) in keys {
            let look = Look::LABEL;
            let wide = SIGN + self.wide(name, look);
            if x > 0.0 && x + wide > self.width {
                (x, top) = (0.0, top + LINE);
            }
            let lines = self.wrap(name, self.width - SIGN, look);
            let at = Point::new(x, top + LINE / 2.0);
            self.push(Mark::Sign { at, dx: 0.42, shape: *shape, size: 0.75, ink: *ink });
            let end = self.block(Point::new(x, top), SIGN, Anchor::Start, &lines, look);
            if lines.len() > 1 {
                (x, top) = (0.0, end);
            } else {
                x += wide + 1.4;
            }
        }
        if x > 0.0 { top + LINE } else { top }
    }

    /// What found no room in the drawing, in lines below it.
    pub(super) fn leftover(&mut self, said: &[String]) {
        for text in said {
            let lines = self.wrap(text, self.width, Look::SMALL);
            let at = Point::new(0.0, self.bottom + 0.2);
            let end = self.block(at, 0.0, Anchor::Start, &lines, Look::SMALL);
            self.reach(end);
        }
    }
}

impl Mark {
    /// The mark elsewhere.
    fn moved(self, by: Point) -> Self {
        let shift = |at: Point| Point::new(at.x + by.x, at.y + by.y);
        match self {
            Mark::Rect { at, width, height, ink } => Mark::Rect { at: shift(at), width, height, ink },
            Mark::Frame { at, width, height, ink } => Mark::Frame { at: shift(at), width, height, ink },
            Mark::Line { from, to, thick, dash, ink } => {
                Mark::Line { from: shift(from), to: shift(to), thick, dash, ink }
            }
            Mark::Form { corners, ink } => Mark::Form { corners: corners.into_iter().map(shift).collect(), ink },
            Mark::Sector { centre, outer, inner, start, end, ink } => {
                Mark::Sector { centre: shift(centre), outer, inner, start, end, ink }
            }
            Mark::Path { about, corners, ink } => Mark::Path { about: shift(about), corners, ink },
            Mark::Sign { at, dx, shape, size, ink } => Mark::Sign { at: shift(at), dx, shape, size, ink },
            Mark::Text(text) => Mark::Text(Text { at: shift(text.at), ..text }),
        }
    }
}

/// A count as a number that is reckoned with.
#[expect(clippy::cast_precision_loss, reason = "a chart has far fewer values than 2^52")]
pub(super) fn count(n: usize) -> f64 {
    n as f64
}
