//! Finished PDFs: what they hold, read back from their bytes.

pub mod inspect;
