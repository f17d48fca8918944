//! Paths as someone in the current folder would type them.

use std::path::Path;

/// What leads from the current folder to that of a book: empty, or ending in a slash.
pub(super) fn prefix(root: &Path) -> String {
    let Ok(here) = std::env::current_dir().and_then(|here| here.canonicalize()) else { return String::new() };
    let slashed = |path: &Path| path.components().map(|c| format!("{}/", c.as_os_str().to_string_lossy())).collect();
    match (root.strip_prefix(&here), here.strip_prefix(root)) {
        (Ok(down), _) => slashed(down),
        (_, Ok(up)) => "../".repeat(up.components().count()),
        _ => format!("{}/", typed(root).to_string_lossy().trim_end_matches('/')),
    }
}

/// A path as someone in the current folder would type it.
pub(super) fn short(path: &Path) -> &Path {
    let here = std::env::current_dir().unwrap_or_default();
    let path = typed(path);
    path.strip_prefix(typed(&here)).unwrap_or(path)
}

/// A path without the mark that Windows gives to a canonical one and nobody types: `C:\book` for `\\?\C:\book`.
fn typed(path: &Path) -> &Path {
    let rest = path.to_str().and_then(|text| text.strip_prefix(r"\\?\"));
    rest.filter(|rest| rest.as_bytes().get(1) == Some(&b':')).map_or(path, Path::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canonical_path_of_windows_is_told_as_it_is_typed() {
        for (path, wanted) in [
            (r"\\?\C:\书 稿\book", r"C:\书 稿\book"),
            (r"\\?\UNC\server\share", r"\\?\UNC\server\share"),
            ("/home/book", "/home/book"),
        ] {
            assert_eq!(typed(Path::new(path)), Path::new(wanted));
        }
    }
}
