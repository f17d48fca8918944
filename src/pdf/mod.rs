//! PDFs after Typst: what a press needs and Typst's export does not give, and places in
//! finished files.

pub mod boxes;
pub mod content;
pub mod press;

use chrono::DateTime;

use crate::diagnostic::Reported;
use crate::message::Message;
use crate::model::Profile;
use crate::typeset::{self, BuildDate, Job, Set};

/// What may be said of a print PDF with an output intent: no open validator of PDF/X exists.
pub const PDFX_CLAIM: Message = msg!("PDF/X-4 profile, not validated");

/// Exports what was set as a PDF of a kind.
pub fn export(job: Job<'_>, set: &Set, profile: Profile) -> Reported<Option<Vec<u8>>> {
    let mut found = Vec::new();
    let typeset = typeset::export(job, set, profile).take(&mut found);
    let bytes = match profile {
        Profile::Screen => typeset,
        Profile::Print => typeset.and_then(|bytes| print(job, set, &bytes).take(&mut found)),
    };
    Reported::new(bytes, found)
}

fn print(job: Job<'_>, set: &Set, bytes: &[u8]) -> Reported<Option<Vec<u8>>> {
    let order = press::Order {
        name: &job.book.artifact_stem(job.edition),
        labels: &set.printed.labels,
        folds: &set.folds,
        date: &day(job.date),
        marks: job.book.pdf.marks,
        intent: job.book.pdf.output_intent.as_ref(),
        fonts: typeset::label_fonts(),
    };
    press::finish(bytes, &order)
}

fn day(date: BuildDate) -> String {
    DateTime::from_timestamp(date.0, 0).map_or(String::new(), |time| time.format("%Y-%m-%d").to_string())
}
