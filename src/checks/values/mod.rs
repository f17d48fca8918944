//! Numbers and data that must be equal in both languages.

mod chart;
pub(super) mod currency;
pub(super) mod date;
pub(super) mod drift;
pub(super) mod figure_data;
pub(super) mod magnitude;
mod measure;
pub(super) mod number;
pub(super) mod percentage;
pub(super) mod range;
pub(super) mod unit;
pub(super) mod version;
pub(super) mod year;
