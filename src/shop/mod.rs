//! What shops, wholesalers and libraries are told of a book: ONIX 3.1 and 3.0, JSON-LD, Crossref and DataCite.
//!
//! The records are made from the book and from what stands in its finished files, so that a size, a number of pages or a
//! claim of accessibility is what the file has and not what was meant. A product is one edition in one form; products know
//! each other: the same text in another form, the same book in another language.

mod artifact;
mod catalogue;
mod datacite;
mod crossref;
mod jsonld;
mod missing;
mod onix;
mod xml;
#[cfg(test)]
mod tests;

pub use artifact::{Access, Artifact, Kind, expected};

use crate::diagnostic::{Diagnostic, Reported};
use crate::model::Book;
use catalogue::Catalogue;

/// A form of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// ONIX for Books 3.1, with reference names.
    Onix31,
    /// ONIX for Books 3.0, with reference names.
    Onix30,
    /// schema.org in JSON-LD.
    JsonLd,
    /// A deposit for Crossref, where a DOI is given.
    Crossref,
    /// Metadata for DataCite, a file for each DOI.
    DataCite,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 5] = [Form::Onix31, Form::Onix30, Form::JsonLd, Form::Crossref, Form::DataCite];
}

/// A record, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its form.
    pub form: Form,
    /// The name of its file.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Writes all records of a book whose files are these. `date` dates them, in seconds since 1970. What shops will miss is
/// reported; a record that cannot be written without it is left out.
pub fn records(book: &Book, artifacts: &[Artifact], date: i64) -> Reported<Vec<Record>> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let Some(catalogue) = Catalogue::new(book, artifacts, date, &mut found) else {
        return Reported::new(Vec::new(), found);
    };
    missing::look(&catalogue, &mut found);
    let mut records = Vec::new();
    if let Some(sender) = &catalogue.sender {
        for version in [onix::Version::V31, onix::Version::V30] {
            let text = onix::message(&catalogue, sender, version);
            records.push(Record { form: version.form(), name: version.file().to_owned(), text });
        }
    }
    records.push(Record { form: Form::JsonLd, name: "book.jsonld".to_owned(), text: jsonld::document(&catalogue) });
    records.extend(crossref::deposit(&catalogue).map(|text| Record {
        form: Form::Crossref,
        name: "crossref.xml".to_owned(),
        text,
    }));
    records.extend(datacite::resources(&catalogue).into_iter().map(|(edition, text)| Record {
        form: Form::DataCite,
        name: format!("datacite-{edition}.xml"),
        text,
    }));
    Reported::new(records, found)
}
