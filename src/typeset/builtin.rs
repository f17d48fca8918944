//! Files that the binary carries: built-in layouts and fonts.

use include_dir::{Dir, include_dir};

use crate::layout::built_in_file;

static FONTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/fonts");

/// The bytes of a built-in file by its project-relative path, such as `layouts/report/layout.typ`.
pub(super) fn file(path: &str) -> Option<&'static [u8]> {
    match path.strip_prefix("fonts/") {
        Some(name) => FONTS.get_file(name).map(|file| file.contents()),
        None => built_in_file(path),
    }
}
