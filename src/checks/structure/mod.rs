//! What is there in one language and not in the other.

pub(super) mod extra_block;
pub(super) mod extra_chapter;
pub(super) mod heading_level;
pub(super) mod missing_block;
pub(super) mod missing_chapter;
