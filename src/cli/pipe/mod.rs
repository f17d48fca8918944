//! What a worker and the process that watches over it say to each other.

mod link;
mod view;
pub(super) mod wire;

pub(super) use link::Link;
pub(super) use view::View;
