//! PO, the form of gettext: for Weblate, Poedit and those who come from mdBook.
//!
//! Its texts are Markdown as in the chapter. `msgctxt` is the name of the unit, so that equal texts in two places stay apart.

mod read;
mod strings;
mod write;

pub use read::read;
pub use write::{Wording, write};

#[cfg(test)]
mod tests;
