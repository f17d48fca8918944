//! The logarithm of a product.

use crate::maths;

/// Factors after which the logarithm of the product is taken: so many of them stay in range.
const IN_RANGE: usize = 64;

/// The logarithm of a product of factors from 10⁻⁴ to 10⁴: of their product, not the sum of the logarithm of each.
pub(super) struct LogProduct {
    /// How many factors there are.
    pub(super) factors: usize,
    product: f64,
    /// The logarithm of the factors before those of the product.
    sum: f64,
}

impl Default for LogProduct {
    fn default() -> Self {
        Self { factors: 0, product: 1.0, sum: 0.0 }
    }
}

impl LogProduct {
    pub(super) fn multiply(&mut self, factor: f64) {
        self.product *= factor;
        self.factors += 1;
        if self.factors.is_multiple_of(IN_RANGE) {
            self.sum += maths::ln_f64(self.product);
            self.product = 1.0;
        }
    }

    pub(super) fn logarithm(&self) -> f64 {
        self.sum + maths::ln_f64(self.product)
    }
}
