//! The whole book on one page, block beside block, for whoever reads both languages: findings in their places, what was signed off, what
//! changed since, and a box for a comment at each block.
//!
//! The page needs no other file and no network. All text passes through one function (`escape` of `report::html`), and the policy
//! of the page lets run only the one script and the one style that it is made with.

mod contents;
mod findings;
mod frame;
mod row;
mod rows;
mod text;
mod words;

use crate::align::Alignment;
use crate::diagnostic::Diagnostic;
use crate::message::Locale;
use crate::model::{Book, Chapter};
use crate::report::policy::policy;
use crate::source::Sources;

/// What a page of review is made of.
pub struct Review<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its texts.
    pub sources: &'a Sources,
    /// The text and its translation.
    pub alignment: &'a Alignment<'a>,
    /// What is open.
    pub findings: &'a [Diagnostic],
    /// The language of the page.
    pub locale: Locale,
    /// Whether a server is behind the page, which signs off and tells of changes.
    pub live: bool,
}

/// The page of the chapters that are wanted.
pub fn page(review: &Review<'_>, wanted: impl Fn(&Chapter) -> bool) -> String {
    frame::page(review, &rows::chapters(review, &wanted))
}

/// What a browser may do with a page that a server gives, as in the header Content-Security-Policy: for the server to say so too, which
/// did not make the page.
pub fn live_policy() -> String {
    policy(frame::STYLE, frame::SCRIPT, true)
}

#[cfg(test)]
mod tests;
