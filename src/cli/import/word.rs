//! Word documents.

use std::path::Path;

use super::reader::{Texts, ends_in};
use crate::cli::args::import::{Changes, Import};
use crate::error::Error;
use crate::import::docx::{self, Settings, StyleMap};
use crate::project::read_text;

pub(super) fn takes(path: &Path) -> bool {
    ends_in(path, &["docx", "docm", "dotx", "dotm", "doc", "wps", "wpt"]) && !path.is_dir()
}

pub(super) fn read(path: &Path, bytes: &[u8], args: &Import) -> Result<Texts, Error> {
    let styles = match &args.style_map {
        None => StyleMap::default(),
        Some(map) => StyleMap::read(&read_text(map)?)
            .map_err(|why| Error::Usage(msg!("{file} is no style map: {why}", file = map.as_path(), why)))?,
    };
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let changes = match args.changes {
        Changes::Accept => docx::Changes::Accept,
        Changes::Reject => docx::Changes::Reject,
        Changes::List => docx::Changes::List,
    };
    let read = docx::read(bytes, &Settings { file, changes, styles })
        .map_err(|why| Error::Usage(msg!("{file}: {why}; {hint}", file = path, why = why.message, hint = why.hint)))?;
    Ok(Texts { documents: read.documents, report: read.report, styles: Some(read.styles) })
}
