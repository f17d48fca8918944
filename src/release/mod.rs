//! What goes out: what a release says of itself, what changed since the last one, what of the book may be looked into, and where two
//! files that should be the same differ.
//!
//! All of it is text and bytes in, values out; `cli` builds, starts other programs and puts the folder into its place.

mod bill;
pub mod differ;
pub mod errata;
mod manifest;
mod provenance;
pub mod sample;
mod sums;

pub use bill::{fonts, pictures};
pub use manifest::{
    Artifact, BookFacts, FontUse, GateFacts, Input, MANIFEST, Manifest, Outcome, PictureUse, Program, SCHEMA, Source,
    media_type,
};
pub use provenance::{PROVENANCE, provenance};
pub use sums::{SIGNATURES, SUMS, Sum, hex, read_sums, sha256, write_sums};

use serde::Serialize;

/// JSON with two spaces and a line end, as every file of a release is written.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("plain data always serialises") + "\n"
}
