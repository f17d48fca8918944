//! The date of what is made.

use crate::error::Error;
use crate::model::Book;
#[cfg(feature = "pages")]
use crate::typeset::BuildDate;

/// The date that the artifacts bear: SOURCE_DATE_EPOCH, else the book's own at midnight UTC.
#[cfg(feature = "pages")]
pub(super) fn build_date(book: &Book) -> Result<BuildDate, Error> {
    seconds(book).map(BuildDate)
}

/// The same in seconds since 1970.
pub(super) fn seconds(book: &Book) -> Result<i64, Error> {
    let Some(text) = std::env::var_os("SOURCE_DATE_EPOCH") else {
        let (year, month, day) = book.meta.date;
        let date = chrono::NaiveDate::from_ymd_opt(year, month.into(), day.into()).unwrap_or_default();
        return Ok(date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp());
    };
    let seconds = text.to_str().and_then(|text| text.parse().ok());
    seconds.ok_or_else(|| {
        Error::Usage(msg!("SOURCE_DATE_EPOCH is not a number of seconds: `{text}`", text = text.to_string_lossy()))
    })
}
