//! What one item explains of another, by how much that is diluted: words explain each other the less, the farther apart they
//! are and the more others stand around.

use super::log_product::LogProduct;

/// How many grades of dilution are measured.
const GRADES: usize = 3;
/// Doublings from one grade to the next.
const DOUBLINGS: usize = 2;

/// The evidence at every grade.
#[derive(Clone, Copy, Default)]
pub(super) struct Diluted([f32; GRADES]);

impl Diluted {
    /// From by how much each word is made more probable at the first grade; `most` is the most that one word may say.
    pub(super) fn product(words: impl Iterator<Item = f32>, most: f32) -> Self {
        let mut products: [LogProduct; GRADES] = Default::default();
        for mut more in words {
            for product in &mut products {
                product.multiply((1.0 + more).min(most).into());
                more /= (1 << DOUBLINGS) as f32;
            }
        }
        Self(products.map(|product| product.logarithm() as f32))
    }

    /// The evidence diluted by so many doublings; between the grades as on a straight line.
    pub(super) fn by(&self, doublings: f32) -> f32 {
        let at = doublings / DOUBLINGS as f32;
        let [first, second, third] = self.0;
        first + (second - first) * at.clamp(0.0, 1.0) + (third - second) * (at - 1.0).clamp(0.0, 1.0)
    }
}
