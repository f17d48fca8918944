//! The files of one language: its folder, and the folders in it.

use super::ChapterFile;
use super::kind::{self, Kind, chapter_name};
use crate::message::is_command;
use crate::source::{Files, ReadError};

/// How deep folders may lie in each other.
const DEPTH: usize = 16;

/// What was found in the folder of a language.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The chapters, in no order.
    pub(super) chapters: Vec<ChapterFile>,
    /// Files that are not read, by their paths in the folder.
    pub(super) ignored: Vec<String>,
    /// Folders that cannot be looked through, by their project-relative paths.
    pub(super) closed: Vec<(String, ReadError)>,
}

/// Looks through the folder of a language.
pub(super) fn gather(files: &dyn Files, folder: &str) -> Gathered {
    let mut gathered = Gathered::default();
    walk(files, folder, "", DEPTH, &mut gathered);
    gathered
}

/// Whether there is Markdown in a folder.
pub(super) fn holds_chapters(files: &dyn Files, folder: &str) -> bool {
    !gather(files, folder).chapters.is_empty()
}

/// `below` is the path from the folder of the language, with a slash at its end unless it is empty.
fn walk(files: &dyn Files, folder: &str, below: &str, depth: usize, gathered: &mut Gathered) {
    let here = format!("{folder}/{below}");
    let here = here.trim_end_matches('/');
    gathered.closed.extend(files.closed(here).map(|why| (here.to_owned(), why)));
    let names = files.list(here);
    let kinds: Vec<(String, Kind)> =
        names.into_iter().map(|name| (kind::of(&name), name)).map(|(k, n)| (n, k)).collect();
    // A folder without text holds pictures and what belongs to them.
    let has_text = below.is_empty() || kinds.iter().any(|(_, kind)| matches!(kind, Kind::Chapter | Kind::Text));
    for (name, kind) in kinds {
        let path = format!("{below}{name}");
        match kind {
            // Whoever shows such a name would be given commands by it.
            _ if path.contains(is_command) && kind != Kind::Debris => gathered.ignored.push(path),
            Kind::Chapter => {
                let stem = chapter_name(&path).unwrap_or(&path).to_owned();
                gathered.chapters.push(ChapterFile { stem, path: format!("{folder}/{path}") });
            }
            Kind::Text => gathered.ignored.push(path),
            Kind::Other if has_text => gathered.ignored.push(path),
            Kind::Other | Kind::Picture | Kind::Debris => {}
        }
    }
    for name in files.folders(here).into_iter().filter(|name| !name.starts_with('.')) {
        let path = format!("{below}{name}/");
        let before = gathered.chapters.len();
        if depth > 0 {
            walk(files, folder, &path, depth - 1, gathered);
        }
        // What looks like a chapter and gives none, and what lies too deep or cannot be found by its name.
        let is_doubtful = depth == 0 || chapter_name(&name).is_some() || name.contains('\u{fffd}');
        if is_doubtful && gathered.chapters.len() == before {
            gathered.ignored.push(path);
        }
    }
}
