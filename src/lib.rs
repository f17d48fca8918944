//! dama-pub: one bilingual manuscript, typeset with embedded Typst into print PDF, exported as EPUB 3,
//! and checked so that the two languages say the same thing.
//!
//! Modules stand in pipeline order; each uses only those before it.

pub mod align;
pub mod checks;
pub mod cli;
pub mod diagnostic;
pub mod epub;
pub mod error;
pub mod manuscript;
pub mod model;
pub mod project;
pub mod report;
pub mod source;
pub mod typeset;
