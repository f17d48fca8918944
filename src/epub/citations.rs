//! Where the works that an e-book cites stand in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::bibliography::Worded;
use crate::outline::UniqueNames;

/// The file of a list of references that no chapter asked for.
pub(super) const OWN_FILE: &str = "references.xhtml";

/// The words of citations and list, and their places.
#[derive(Default)]
pub(super) struct Citations {
    /// The words.
    pub(super) worded: Arc<Worded>,
    /// Id of each listed work.
    pub(super) ids: BTreeMap<String, String>,
    /// The file that the list is in.
    pub(super) href: String,
}

impl Citations {
    /// Gives every listed work an id. `href` is the file of the list.
    pub(super) fn new(worded: Arc<Worded>, href: &str, names: &mut UniqueNames) -> Self {
        if worded.list.is_empty() {
            return Self::default();
        }
        let ids = worded.list.iter().map(|work| (work.key.clone(), names.id(&format!("ref-{}", work.key)))).collect();
        Self { worded, ids, href: href.to_owned() }
    }
}
