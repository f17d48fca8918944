//! Drawn pages, kept for browsers: they outlive the worker that drew them.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Most bytes of all pages together.
const ALL: usize = 128 << 20;

/// Drawn pages by edition and look.
#[derive(Debug, Default)]
pub(super) struct Store {
    pages: BTreeMap<(String, String), Arc<[u8]>>,
    size: usize,
}

impl Store {
    /// Keeps a page if there is room for it; what is empty or too large is known, and not there.
    pub(super) fn put(&mut self, edition: String, look: String, drawn: &[u8]) {
        let fits = drawn.len() <= ALL - self.size;
        let kept: Arc<[u8]> = if fits { drawn.into() } else { Arc::default() };
        self.size += kept.len();
        if let Some(old) = self.pages.insert((edition, look), kept) {
            self.size -= old.len();
        }
    }

    pub(super) fn get(&self, edition: &str, look: &str) -> Option<Arc<[u8]>> {
        let page = self.pages.get(&(edition.to_owned(), look.to_owned()))?;
        (!page.is_empty()).then(|| Arc::clone(page))
    }

    /// Whether a page was put here, kept or not.
    pub(super) fn knows(&self, edition: &str, look: &str) -> bool {
        self.pages.contains_key(&(edition.to_owned(), look.to_owned()))
    }

    /// Keeps these pages and no others.
    pub(super) fn keep(&mut self, wanted: impl Fn(&str, &str) -> bool) {
        self.pages.retain(|(edition, look), _| wanted(edition, look));
        self.size = self.pages.values().map(|page| page.len()).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_a_bound() {
        let mut store = Store::default();
        let put = |store: &mut Store, look: &str, bytes: usize| store.put("zh".into(), look.into(), &vec![b'x'; bytes]);
        put(&mut store, "a", ALL - 10);
        put(&mut store, "b", 20);
        put(&mut store, "c", 10);
        assert!(store.get("zh", "a").is_some() && store.get("zh", "b").is_none() && store.get("zh", "c").is_some());
        assert!(store.knows("zh", "b") && !store.knows("en", "a") && store.size == ALL);
        store.keep(|_, look| look == "c");
        assert!(store.get("zh", "a").is_none() && store.size == 10);
        put(&mut store, "c", 5);
        assert_eq!(store.size, 5);
    }
}
