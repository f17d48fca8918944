//! The records for shops among the files of a release.

use super::made::{Made, Making};
use crate::diagnostic::Diagnostic;
use crate::model::{Book, ProductForm};
use crate::release;
use crate::shop::{self, Artifact, Kind};

impl Making<'_> {
    /// Adds the records for shops, and says what they lack; `None` where the book says nothing of a release.
    pub(in crate::cli) fn records(self, made: &mut Made) -> Option<Vec<Diagnostic>> {
        self.book.meta.release.as_ref()?;
        let read = |(file, bytes): &(release::Artifact, Vec<u8>)| of(self.book, file, bytes);
        let artifacts: Vec<Artifact> = made.files.iter().filter_map(read).collect();
        let mut found = Vec::new();
        for record in shop::records(self.book, &artifacts, self.date.0).take(&mut found) {
            made.add(&record.name, "metadata", Some(record.text.into_bytes()), |file| file);
        }
        Some(found)
    }
}

/// A file as shops see it; `None` for one that is none of their business.
fn of(book: &Book, file: &release::Artifact, bytes: &[u8]) -> Option<Artifact> {
    let edition = book.editions.iter().find(|edition| Some(edition.name()) == file.edition.as_deref())?;
    let kind = match (file.kind.as_str(), file.profile.as_deref()) {
        ("epub", _) => Kind::Product(ProductForm::Epub),
        ("pdf", Some("print")) => Kind::Product(ProductForm::Print),
        ("pdf", _) => Kind::Product(ProductForm::Pdf),
        ("cover-picture", _) => Kind::Cover,
        ("sample-epub", _) => Kind::Sample(ProductForm::Epub),
        ("sample-pdf", _) => Kind::Sample(ProductForm::Pdf),
        _ => return None,
    };
    Some(Artifact::read(&file.name, edition.clone(), kind, bytes))
}
