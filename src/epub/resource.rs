//! What a package consists of.

use std::borrow::Cow;
use std::sync::Arc;

use crate::source::Files;

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
    /// What is in it.
    pub(super) body: Body,
}

/// What is in a file of the package.
#[derive(Clone)]
pub(super) enum Body {
    /// It was made, and is kept until it is packed.
    Made(Arc<Vec<u8>>),
    /// A picture as its file is: it is had again when it is packed, so that a book's pictures are never in memory together.
    Again(Arc<dyn Again>),
}

/// A picture that is had again from its file.
pub(super) trait Again: Send + Sync {
    /// The path of its file.
    fn path(&self) -> &str;

    /// Its bytes; `None` where they are not any more what they were.
    fn bytes(&self, files: &dyn Files) -> Option<Vec<u8>>;
}

impl Resource {
    /// A file without properties.
    pub(super) fn new(href: &str, media_type: &'static str, bytes: Vec<u8>) -> Self {
        let body = Body::Made(Arc::new(bytes));
        Self { href: href.to_owned(), media_type, properties: String::new(), body }
    }

    /// The bytes of a page; empty for what is none.
    pub(super) fn page(&self) -> &[u8] {
        match &self.body {
            Body::Made(bytes) if self.media_type == XHTML => bytes,
            _ => &[],
        }
    }
}

impl Body {
    /// The bytes; where a picture has changed since the package was made its path.
    pub(super) fn bytes(&self, files: &dyn Files) -> Result<Cow<'_, [u8]>, &str> {
        match self {
            Body::Made(bytes) => Ok(Cow::Borrowed(bytes)),
            Body::Again(again) => again.bytes(files).map(Cow::Owned).ok_or_else(|| again.path()),
        }
    }
}
