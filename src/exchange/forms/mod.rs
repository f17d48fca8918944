//! The forms in which units travel, one folder or file for each.
//!
//! Each writes a [`Package`](super::Package) and reads what came back as [`Returned`](super::Returned). None of them touches the
//! disk, asks the clock or follows a reference of a file to another one.

pub mod comments;
pub mod docx;
mod inline;
mod known;
pub mod po;
pub mod terms;
pub mod tmx;
pub mod xliff;

#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod sample;
