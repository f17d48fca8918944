//! What earlier runs of `build` have made and need not make again.
//!
//! Beside its artifacts a run leaves a record of what each was made from and of what was said of it. An artifact stays as it is if all of that is
//! unchanged and the file is what was made then; else it may be in a cache. What is known of it comes with it, so that a run that makes nothing
//! says what the run said that made it. What had errors is never kept.

#[cfg(feature = "pages")]
mod again;
#[cfg(feature = "pages")]
mod begun;
mod finding;
mod pages;
mod record;
#[cfg(feature = "pages")]
mod remember;
#[cfg(feature = "pages")]
mod reuse;
#[cfg(feature = "pages")]
mod same;
mod ready;

#[cfg(feature = "pages")]
pub(super) use begun::Begun;
#[cfg(feature = "pages")]
pub(super) use finding::KeptFinding;
#[cfg(feature = "pages")]
pub(super) use pages::KeptPages;
pub(super) use ready::make_ready;
#[cfg(feature = "pages")]
pub(super) use record::RECORD;
pub(super) use record::Record;
#[cfg(feature = "pages")]
pub(super) use record::{Kept, Run};
#[cfg(feature = "pages")]
pub(super) use remember::Done;
#[cfg(feature = "pages")]
pub(super) use reuse::{Came, Reuse, Wanted, as_shown, languages_of, text_of};
#[cfg(feature = "pages")]
pub(super) use same::looked_over;
