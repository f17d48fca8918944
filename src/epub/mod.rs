//! From the book to an EPUB 3 package.

use crate::diagnostic::Reported;
use crate::typeset::Job;

/// Exports an edition as EPUB 3.3. The value is absent when an error prevents it.
pub fn epub(job: Job<'_>) -> Reported<Option<Vec<u8>>> {
    let _ = job.edition;
    todo!()
}
