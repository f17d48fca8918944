//! The date of what is made.

use crate::error::Error;
use crate::model::Book;
use crate::typeset::BuildDate;

/// The date that the artifacts bear: SOURCE_DATE_EPOCH, else the book's own at midnight UTC.
pub(super) fn build_date(book: &Book) -> Result<BuildDate, Error> {
    let Some(text) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        return Ok(BuildDate::midnight(book.meta.date));
    };
    let seconds = text.to_str().and_then(|text| text.parse().ok());
    seconds.map(BuildDate).ok_or_else(|| {
        Error::Usage(msg!("SOURCE_DATE_EPOCH is not a number of seconds: `{text}`", text = text.to_string_lossy()))
    })
}
