//! What of a document is not in the book wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::oddity::Odd;

/// Text that is left out wherever it stands, told once for each kind.
#[derive(Default)]
pub(super) struct Gone {
    pub(super) contents: String,
    pub(super) hidden: String,
    /// What tracked changes took out: place, author, text.
    pub(super) deleted: Vec<(String, String, String)>,
    /// What they put in, and is not to be.
    pub(super) inserted: Vec<(String, String, String)>,
    /// Notes whose marks are gone.
    pub(super) notes: BTreeSet<String>,
    pub(super) labels: String,
    pub(super) numbers: String,
    /// Letters typed in a font of signs, in whose place the signs stand.
    pub(super) typed: String,
    /// Entries of the index.
    pub(super) entries: Vec<String>,
    /// How Word writes the numbers of lists, where words stand in them: where each is first.
    pub(super) formats: BTreeMap<String, String>,
    /// How Word writes the numbers of headings.
    pub(super) headings: BTreeMap<u8, String>,
    /// Looks of Word that no book has: where each is first, and how often it is.
    pub(super) odd: BTreeMap<Odd, (String, usize)>,
}
