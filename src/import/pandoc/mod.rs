//! Documents that pandoc reads.
