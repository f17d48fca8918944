//! dama-pub: one bilingual manuscript, typeset with embedded Typst into print PDF, exported as EPUB 3,
//! and checked so that the two languages say the same thing.
//!
//! Modules stand in pipeline order; each uses only those before it. What needs Typst is behind the feature `pages`.

#[macro_use]
pub mod message;
pub mod source;
pub mod diagnostic;
#[macro_use]
pub mod codes;
pub mod error;
pub mod lang;
pub mod model;
pub mod outline;
pub mod project;
pub mod manuscript;
pub mod layout;
pub mod align;
pub mod printed;
pub mod inspect;
pub mod checks;
pub mod report;
#[cfg(feature = "pages")]
pub mod typeset;
#[cfg(feature = "pages")]
pub mod pdf;
#[cfg(feature = "pages")]
pub mod epub;
#[cfg(feature = "pages")]
pub mod preview;
pub mod lsp;
pub mod cli;

pub use checks::check;
pub use layout::{Layouts, load};
