//! E-books.

use std::path::Path;

use super::reader::{Texts, ends_in};
use crate::cli::args::import::Import;
use crate::error::Error;
use crate::import;

pub(super) fn takes(path: &Path) -> bool {
    ends_in(path, &["epub"]) && !path.is_dir()
}

pub(super) fn read(path: &Path, bytes: &[u8], _args: &Import) -> Result<Texts, Error> {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (document, report) = import::epub::read(bytes, &file).map_err(|why| super::unreadable(path, why))?;
    Ok(Texts { documents: vec![document], report, styles: None })
}
