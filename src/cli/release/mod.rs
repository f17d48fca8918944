//! `dama-pub release`: a finished book becomes a folder that can be handed on.

#[cfg(feature = "pages")]
mod folder;
#[cfg(feature = "pages")]
mod gates;
#[cfg(feature = "pages")]
pub(super) mod made;
#[cfg(feature = "pages")]
mod making;
mod office;
#[cfg(feature = "pages")]
mod older;
mod outside;
#[cfg(feature = "pages")]
mod records;
#[cfg(feature = "pages")]
mod run;
#[cfg(feature = "pages")]
mod samples;
mod signing;

pub(super) use office::{Clerk, Office, Orders};

#[cfg(feature = "pages")]
pub(super) use folder::{inputs, program};
#[cfg(feature = "pages")]
pub(super) use run::run;
