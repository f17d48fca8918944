//! What is said of a file that cannot be read.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::exchange::Refusal;
use crate::source::FileId;

/// A refusal as a finding, at its place in the file.
pub(super) fn refused(refusal: &Refusal, file: Option<FileId>) -> Diagnostic {
    let found = Diagnostic::error(codes::IMPORT_REFUSED, refusal.message.clone());
    let found = refusal.hint.iter().fold(found, |found, hint| found.hint(hint.clone()));
    match (file, &refusal.at) {
        (Some(file), Some(at)) => found.at(crate::source::Span::new(file, at.clone())),
        _ => found,
    }
}
