//! Word documents.

use std::path::Path;

use super::args::Import;
use super::sources::{Texts, ends_in};
use crate::error::Error;

pub(super) fn takes(path: &Path) -> bool {
    ends_in(path, &["docx", "docm", "dotx", "doc", "wps"]) && !path.is_dir()
}

pub(super) fn read(path: &Path, _bytes: &[u8], _args: &Import) -> Result<Texts, Error> {
    Err(Error::Usage(msg!("{file} cannot be read", file = path)))
}
