//! Points, rectangles and matrices of PDF (ISO 32000-2, 8.3): x to the right, y upwards, in points.

use serde::Serialize;

/// Millimetres of a point.
pub const MM: f64 = 25.4 / 72.0;

/// A rectangle in points, upright.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Lower edge.
    pub bottom: f64,
    /// Right edge; never less than `left`.
    pub right: f64,
    /// Upper edge; never less than `bottom`.
    pub top: f64,
}

impl Rect {
    /// The rectangle of two opposite corners, in any order.
    pub fn new([x0, y0, x1, y1]: [f64; 4]) -> Self {
        Self { left: x0.min(x1), bottom: y0.min(y1), right: x0.max(x1), top: y0.max(y1) }
    }

    /// The smallest rectangle around points; `None` without any, or where one is no number.
    pub fn around(points: impl IntoIterator<Item = [f64; 2]>) -> Option<Self> {
        let mut all: Option<Self> = None;
        for [x, y] in points {
            if !x.is_finite() || !y.is_finite() {
                return None;
            }
            let one = Self { left: x, bottom: y, right: x, top: y };
            all = Some(all.map_or(one, |all| all.union(one)));
        }
        all
    }

    /// Width in points.
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// Height in points.
    pub fn height(self) -> f64 {
        self.top - self.bottom
    }

    /// The smallest rectangle that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }

    /// What lies in both; `None` where they are apart.
    pub fn meet(self, other: Self) -> Option<Self> {
        let met = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (met.left <= met.right && met.bottom <= met.top).then_some(met)
    }

    /// Whether `inner` stands out of it nowhere by more than `slack` points.
    pub fn holds(self, inner: Self, slack: f64) -> bool {
        inner.left >= self.left - slack
            && inner.bottom >= self.bottom - slack
            && inner.right <= self.right + slack
            && inner.top <= self.top + slack
    }

    /// The rectangle with each edge moved inwards by `by` points (outwards where it is negative).
    pub fn shrunk(self, by: f64) -> Self {
        Self { left: self.left + by, bottom: self.bottom + by, right: self.right - by, top: self.top - by }
    }

    /// Width and height in millimetres.
    pub fn size_mm(self) -> [f64; 2] {
        [self.width() * MM, self.height() * MM]
    }
}

/// A transformation `[a b c d e f]`: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `self`, then `next`.
    pub(super) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, next.0);
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    pub(super) fn apply(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [a, b, c, d, e, f] = self.0;
        [a * x + c * y + e, b * x + d * y + f]
    }

    /// The rectangle around a rectangle that is transformed.
    pub(super) fn cover(self, area: Rect) -> Option<Rect> {
        let Rect { left, bottom, right, top } = area;
        Rect::around([[left, bottom], [right, bottom], [left, top], [right, top]].map(|corner| self.apply(corner)))
    }

    /// Lengths of the unit vectors of x and y afterwards.
    pub(super) fn scale(self) -> [f64; 2] {
        let [a, b, c, d, ..] = self.0;
        [libm::hypot(a, b), libm::hypot(c, d)]
    }

    /// By how much a line's width grows: by the thinner direction, for hairlines are what is looked for.
    pub(super) fn thinnest(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        let [x, y] = self.scale();
        // The distance between opposite sides of the unit square.
        let area = (a * d - b * c).abs();
        let longest = x.max(y);
        if longest > 0.0 { area / longest } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transformations_follow_each_other() {
        let turned = Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        let moved = turned.then(Matrix::translation(10.0, 0.0));
        assert_eq!(moved.apply([1.0, 0.0]), [10.0, 1.0]);
        assert_eq!(Matrix([2.0, 0.0, 0.0, 3.0, 0.0, 0.0]).thinnest(), 2.0);
    }

    #[test]
    fn no_rectangle_is_made_of_what_is_no_number() {
        assert_eq!(Rect::around([[f64::NAN, 0.0]]), None);
        assert_eq!(Rect::new([3.0, 4.0, 1.0, 2.0]), Rect { left: 1.0, bottom: 2.0, right: 3.0, top: 4.0 });
    }
}
