//! Files that the binary carries: built-in layouts and fonts.

use include_dir::{Dir, include_dir};

static LAYOUTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/layouts");
static FONTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/fonts");

/// The bytes of a built-in file by its project-relative path, such as `layouts/report/layout.typ`.
pub(super) fn file(path: &str) -> Option<&'static [u8]> {
    let (root, rest) = path.split_once('/')?;
    let dir = match root {
        "layouts" => &LAYOUTS,
        "fonts" => &FONTS,
        _ => return None,
    };
    dir.get_file(rest).map(|file| file.contents())
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
    dir.dirs().for_each(|sub| collect(sub, found));
}
