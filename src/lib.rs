//! dama-pub: one bilingual manuscript, typeset with embedded Typst into print PDF, exported as EPUB 3,
//! and checked so that the two languages say the same thing.
//!
//! A book is loaded from [`Files`](source::Files): a [`Project`](project::Project) on disk, or a map in memory. What is wrong
//! comes back beside the value as [`Diagnostic`](diagnostic::Diagnostic)s; nothing here prints, and only `project` touches the disk.
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use dama_pub::source::Sources;
//!
//! let mut files = BTreeMap::new();
//! let mut write = |path: &str, text: &str| files.insert(path.to_owned(), text.as_bytes().to_vec());
//! write("manuscript/book.yaml", "title: {zh: 灯, en: Lamps}\nlanguages: [zh, en]\ndate: 2026-01-01\nlayout: book\n");
//! write("manuscript/zh/01.md", "# 灯\n\n城里有12盏灯。\n");
//! write("manuscript/en/01.md", "# Lamps\n\nThere are 21 lamps in the city.\n");
//!
//! let mut sources = Sources::default();
//! let mut found = Vec::new();
//! let (book, _layouts) = dama_pub::load(&files, &mut sources).take(&mut found).expect("the book can be read");
//! assert!(found.is_empty(), "{found:?}");
//!
//! let open = dama_pub::check(&book, &sources).open;
//! let number = open.iter().find(|one| one.check == "number").expect("12 is not 21");
//! let place = number.primary.as_ref().expect("it has a place");
//! assert_eq!(sources.snippet(place.span), "21");
//! ```
//!
//! Modules stand in pipeline order; each uses only those before it. What needs Typst is behind the feature `pages`, which is
//! on unless `default-features = false` is said: [`typeset`], [`pdf`] and [`epub`].

#[macro_use]
pub mod message;
pub mod source;
pub mod inputs;
pub mod diagnostic;
#[macro_use]
#[doc(hidden)]
pub mod codes;
mod error;
mod maths;
mod foreign;
#[doc(hidden)]
pub mod lang;
pub mod model;
#[doc(hidden)]
pub mod chart;
pub mod outline;
pub mod project;
#[doc(hidden)]
pub mod manuscript;
pub mod layout;
mod termbase;
pub mod align;
pub mod printed;
pub mod inspect;
pub mod checks;
#[doc(hidden)]
pub mod exchange;
#[doc(hidden)]
pub mod import;
pub mod report;
pub mod shop;
#[doc(hidden)]
pub mod release;
#[cfg(feature = "pages")]
pub mod bibliography;
#[cfg(feature = "pages")]
mod index;
#[cfg(feature = "pages")]
pub mod typeset;
#[cfg(feature = "pages")]
pub mod pdf;
#[cfg(feature = "pages")]
pub mod epub;
#[cfg(feature = "pages")]
mod preview;
mod lsp;
mod cli;

pub use checks::check;
pub use cli::run;
pub use error::Error;
pub use layout::{Layouts, load};
