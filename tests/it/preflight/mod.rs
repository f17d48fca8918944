//! Preflight: each rule with a file that breaks it and one that does not, and what other programs say of the same files.

mod agreement;
mod book;
mod lines;
mod mangled;
mod manuscripts;
mod rules;
pub(crate) mod sample;
