//! What goes out to translators and comes back: units of text with inline codes, in forms that their tools read.
//!
//! One core, many forms. [`Package`] is a book, or some chapters of it, as units; a form of [`forms`] writes it and reads what
//! comes back as [`Returned`]. An export keeps no skeleton of the files: what comes back is matched with the book as it then is.

pub mod forms;
mod returned;
mod unit;

pub use returned::{Refusal, Remark, Returned, ReturnedUnit};
pub use unit::{Code, CodeKind, Coded, File, NoteKind, Package, Piece, Sentence, Side, State, Tagged, Unit, UnitNote};
