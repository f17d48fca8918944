//! What a package consists of.

use std::sync::Arc;

/// Media type of pages.
pub(super) const XHTML: &str = "application/xhtml+xml";

/// A file of the package.
#[derive(Clone)]
pub(super) struct Resource {
    /// Path relative to the package document.
    pub(super) href: String,
    /// Media type.
    pub(super) media_type: &'static str,
    /// Manifest properties, separated by spaces; may be empty.
    pub(super) properties: String,
    /// The bytes.
    pub(super) bytes: Arc<Vec<u8>>,
}

impl Resource {
    /// A file without properties.
    pub(super) fn new(href: &str, media_type: &'static str, bytes: Vec<u8>) -> Self {
        Self { href: href.to_owned(), media_type, properties: String::new(), bytes: Arc::new(bytes) }
    }
}
