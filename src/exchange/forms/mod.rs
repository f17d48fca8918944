//! The forms in which units travel, one folder or file for each.

mod bounded;
pub mod docx;
pub mod terms;
