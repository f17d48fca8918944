//! Fuzz targets for the parsers of dama-pub. See `README.md`.

pub mod grammar;
pub mod targets;
