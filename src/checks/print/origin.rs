//! Where the pages that are checked come from.

use crate::model::{Book, EditionKind};
use crate::printed::Printed;

/// Where a PDF comes from.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    /// The book.
    pub book: &'a Book,
    /// The edition that was set.
    pub edition: &'a EditionKind,
    /// Where the manuscript stands on its pages.
    pub printed: &'a Printed,
}
