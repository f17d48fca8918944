//! What a chart is drawn of.

/// A place, in letters of the labels: across from the left, down from the top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// A place.
    pub fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// How wide it was laid out. It may be drawn wider.
    pub width: f64,
    /// How high it is, whatever its width.
    pub height: f64,
    /// Its parts, those below first.
    pub marks: Vec<Mark>,
}

impl Scene {
    /// Its texts.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        })
    }
}

/// A part of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A filled rectangle, wider in a wider drawing.
    Rect {
        /// Its upper left corner.
        at: Point,
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
        /// Its colour.
        ink: Ink,
    },
    /// A box with a thin line around it.
    Frame {
        /// Its upper left corner.
        at: Point,
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
        /// The colour of the line.
        ink: Ink,
    },
    /// A straight line.
    Line {
        /// Where it begins.
        from: Point,
        /// Where it ends.
        to: Point,
        /// How thick it is.
        thick: f64,
        /// The lengths of its dashes and of the gaps between them; none for a whole line.
        dash: Option<f64>,
        /// Its colour.
        ink: Ink,
    },
    /// A filled form that is stretched in a wider drawing.
    Form {
        /// Its corners.
        corners: Vec<Point>,
        /// Its colour.
        ink: Ink,
    },
    /// A part of a ring or a circle, which keeps its form.
    Sector {
        /// The middle of the circle.
        centre: Point,
        /// From the middle to the outer edge.
        outer: f64,
        /// From the middle to the inner edge; 0 for a circle.
        inner: f64,
        /// Where it begins, in turns clockwise from the top.
        start: f64,
        /// Where it ends.
        end: f64,
        /// Its colour.
        ink: Ink,
    },
    /// A line about a place, which keeps its form.
    Path {
        /// The place.
        about: Point,
        /// The corners, from that place.
        corners: Vec<Point>,
        /// Its colour.
        ink: Ink,
    },
    /// A sign about a place, which keeps its form.
    Sign {
        /// The place.
        at: Point,
        /// How far from it across, in letters.
        dx: f64,
        /// What it looks like.
        shape: Shape,
        /// How wide it is.
        size: f64,
        /// Its colour.
        ink: Ink,
    },
    /// A line of text.
    Text(Text),
}

/// What a sign looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A filled circle.
    Circle,
    /// A filled square.
    Square,
    /// A filled triangle.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A circle with the page in it.
    Ring,
    /// The head of an arrow that points down.
    Down,
    /// The head of an arrow that points to the right.
    Right,
    /// The head of an arrow that points up.
    Up,
    /// The head of an arrow that points to the left.
    Left,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Where its baseline is anchored.
    pub at: Point,
    /// How far from there across, in letters.
    pub dx: f64,
    /// Which part of it stands there.
    pub anchor: Anchor,
    /// What it says.
    pub body: String,
    /// The size of its letters beside that of labels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour.
    pub ink: Ink,
    /// How wide it is, measured.
    pub wide: f64,
}

/// How far letters reach over their baseline, and under it.
const OVER: f64 = 0.88;
const UNDER: f64 = 0.22;

impl Text {
    /// The box that it takes where the drawing is so many times as wide as it was laid out.
    pub fn place(&self, stretch: f64) -> Bounds {
        let at = self.at.x * stretch + self.dx;
        let left = match self.anchor {
            Anchor::Start => at,
            Anchor::Middle => at - self.wide / 2.0,
            Anchor::End => at - self.wide,
        };
        let (top, bottom) = (self.at.y - OVER * self.size, self.at.y + UNDER * self.size);
        Bounds { left, top, right: left + self.wide, bottom }
    }
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A colour by what it is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ink {
    /// The colour of the chapter.
    Accent,
    /// The same, so far on its way to white.
    Tint(f64),
    /// One of several series.
    Series(usize),
    /// One of several series, as a ground behind its line.
    Pale(usize),
    /// What does not stand out.
    Muted,
    /// Text.
    Text,
    /// Text of the second rank.
    Soft,
    /// The lines of a grid.
    Grid,
    /// The line of an axis.
    Axis,
    /// Text on the colour of a series.
    On(usize),
}

/// The box of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Bounds {
    /// Whether two boxes have a place in common.
    pub fn meets(&self, other: &Self) -> bool {
        let hair = 1e-6;
        self.left + hair < other.right
            && other.left + hair < self.right
            && self.top + hair < other.bottom
            && other.top + hair < self.bottom
    }

    /// Whether a line goes through it.
    pub fn is_crossed(&self, from: Point, to: Point) -> bool {
        let steps = [
            (to.x - from.x, self.left - from.x, self.right - from.x),
            (to.y - from.y, self.top - from.y, self.bottom - from.y),
        ];
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (step, low, high) in steps {
            if step.abs() < 1e-12 {
                if low > 0.0 || high < 0.0 {
                    return false;
                }
                continue;
            }
            let (a, b) = (low / step, high / step);
            enters = enters.max(a.min(b));
            leaves = leaves.min(a.max(b));
        }
        enters < leaves
    }
}
