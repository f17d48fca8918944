//! The layouts that the binary carries, and its list of fonts.

use include_dir::{Dir, include_dir};

static LAYOUTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/layouts");

/// The path of the list of fonts, in a project as in the binary.
pub const FONT_LIST: &str = "fonts/fonts.yaml";

static FONTS_YAML: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/fonts.yaml"));

/// The bytes of a built-in text by its project-relative path, such as `layouts/report/layout.typ`, or [`FONT_LIST`].
pub fn built_in_file(path: &str) -> Option<&'static [u8]> {
    if path == FONT_LIST {
        return Some(FONTS_YAML);
    }
    LAYOUTS.get_file(path.strip_prefix("layouts/")?).map(|file| file.contents())
}

/// Project-relative paths of all built-in files of a folder under `layouts/`, sorted; empty if there is no such folder.
pub fn built_in_files(folder: &str) -> Vec<String> {
    fn gather(dir: &Dir<'_>, found: &mut Vec<String>) {
        found.extend(dir.files().filter_map(|file| Some(format!("layouts/{}", file.path().to_str()?))));
        dir.dirs().for_each(|dir| gather(dir, found));
    }
    let mut found = Vec::new();
    if let Some(dir) = LAYOUTS.get_dir(folder) {
        gather(dir, &mut found);
    }
    found.sort_unstable();
    found
}

/// Names of the built-in layouts, sorted.
pub(super) fn layout_names() -> Vec<&'static str> {
    let mut names: Vec<_> = LAYOUTS
        .dirs()
        .filter(|dir| LAYOUTS.contains(dir.path().join("layout.yaml")))
        .filter_map(|dir| dir.path().to_str())
        .collect();
    names.sort_unstable();
    names
}

/// Paths of the built-in Typst files of a folder under `layouts/`, subfolders included, sorted.
pub(super) fn typst_files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(dir) = LAYOUTS.get_dir(folder) {
        collect(dir, &mut found);
    }
    found.sort_unstable();
    found
}

fn collect(dir: &Dir<'_>, found: &mut Vec<String>) {
    let paths = dir.files().filter_map(|file| file.path().to_str());
    found.extend(paths.filter(|path| path.ends_with(".typ")).map(|path| format!("layouts/{path}")));
    for sub in dir.dirs() {
        collect(sub, found);
    }
}
