//! Page boxes: ISO 32000-1, 14.11.2.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Points in a millimetre.
pub const POINTS_PER_MM: f32 = 72.0 / 25.4;

/// How many ancestors a page may have from which it inherits.
const MAX_DEPTH: usize = 64;

/// A rectangle in points with its origin at the bottom left, `left <= right` and `bottom <= top`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f32,
    /// Bottom edge.
    pub bottom: f32,
    /// Right edge.
    pub right: f32,
    /// Top edge.
    pub top: f32,
}

impl Rect {
    /// The rectangle of an array of four numbers, which may name any two opposite corners.
    pub fn read(object: &Object) -> Option<Self> {
        let [a, b, c, d] = object.as_array().ok()?.as_slice() else { return None };
        let [a, b, c, d] = [a.as_float().ok()?, b.as_float().ok()?, c.as_float().ok()?, d.as_float().ok()?];
        Some(Self { left: a.min(c), bottom: b.min(d), right: a.max(c), top: b.max(d) })
    }

    /// As a PDF writes it.
    pub fn object(self) -> Object {
        [self.left, self.bottom, self.right, self.top].map(Object::Real).to_vec().into()
    }

    /// Moved outwards on all sides by `by` points.
    pub fn grown(self, by: f32) -> Self {
        Self { left: self.left - by, bottom: self.bottom - by, right: self.right + by, top: self.top + by }
    }

    /// Width in points.
    pub fn width(self) -> f32 {
        self.right - self.left
    }

    /// Height in points.
    pub fn height(self) -> f32 {
        self.top - self.bottom
    }

    /// Whether it holds all of another one; a hundredth of a point is forgiven.
    pub fn holds(self, other: Rect) -> bool {
        let room = self.grown(0.01);
        room.left <= other.left && room.bottom <= other.bottom && other.right <= room.right && other.top <= room.top
    }
}

/// A box of a page by its key, such as `MediaBox`, inherited if the page has none of its own.
pub fn page_box(doc: &Document, page: ObjectId, key: &[u8]) -> Option<Rect> {
    let mut dict: &Dictionary = doc.get_dictionary(page).ok()?;
    for _ in 0..MAX_DEPTH {
        if let Ok(object) = dict.get_deref(key, doc) {
            return Rect::read(object);
        }
        dict = dict.get_deref(b"Parent", doc).ok()?.as_dict().ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_may_stand_in_any_order() {
        let array = Object::Array(vec![100.into(), 0.into(), Object::Real(-2.5), 50.into()]);
        let rect = Rect::read(&array).unwrap();
        assert_eq!((rect.left, rect.bottom, rect.right, rect.top), (-2.5, 0.0, 100.0, 50.0));
        assert!(rect.grown(1.0).holds(rect) && !rect.holds(rect.grown(1.0)));
        assert_eq!(Rect::read(&Object::Array(vec![1.into()])), None);
    }
}
