//! Numbers and data that must be equal in both languages.

pub(super) mod figure_data;
pub(super) mod number;
