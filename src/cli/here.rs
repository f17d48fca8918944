//! Paths as someone in the current folder would type them.

use std::path::Path;

/// What leads from the current folder to that of a book: empty, or ending in a slash.
pub(super) fn prefix(root: &Path) -> String {
    let Ok(here) = std::env::current_dir().and_then(|here| here.canonicalize()) else { return String::new() };
    let slashed = |path: &Path| path.components().map(|c| format!("{}/", c.as_os_str().to_string_lossy())).collect();
    match (root.strip_prefix(&here), here.strip_prefix(root)) {
        (Ok(down), _) => slashed(down),
        (_, Ok(up)) => "../".repeat(up.components().count()),
        _ => format!("{}/", root.to_string_lossy().trim_end_matches('/')),
    }
}

/// A path as someone in the current folder would type it.
pub(super) fn short(path: &Path) -> &Path {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path)
}
