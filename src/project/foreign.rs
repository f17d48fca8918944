//! A folder that is no book: what is imported.

use std::fs;
use std::path::{Path, PathBuf};

use super::snapshot::DEPTH;
use super::{FILE_LIMIT, read_at_most};
use crate::error::Error;

/// Most files that are looked at.
const MOST: usize = 50_000;

/// Names that begin with a point and belong to a text all the same.
const SHOWN: [&str; 3] = [".gitbook.yaml", ".vitepress", ".vuepress"];

/// A folder of files, none of which is read before it is asked for.
#[derive(Debug)]
pub struct Folder {
    /// Canonical.
    root: PathBuf,
    files: Vec<String>,
}

impl Folder {
    /// Looks at the files of a folder.
    ///
    /// # Errors
    /// [`Error::Read`] when it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let read = |source| Error::Read { path: path.to_owned(), source };
        let root = fs::canonicalize(path).map_err(read)?;
        fs::read_dir(&root).map_err(read)?;
        let mut folder = Self { root, files: Vec::new() };
        folder.gather("", DEPTH);
        folder.files.sort();
        Ok(folder)
    }

    /// The paths of its files, in order, with forward slashes.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// What a file holds. Invariant: none outside of the folder is read, whatever links lead there.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let place = fs::canonicalize(self.root.join(path)).ok()?;
        if !place.starts_with(&self.root) {
            return None;
        }
        let mut bytes = Vec::new();
        read_at_most(&place, FILE_LIMIT, |file| std::io::Read::read_to_end(file, &mut bytes)).ok()?;
        Some(bytes)
    }

    fn gather(&mut self, folder: &str, depth: usize) {
        let Ok(entries) = fs::read_dir(self.root.join(folder)) else { return };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let hidden = name.starts_with('.') && !SHOWN.contains(&name.as_str());
            if hidden || name == "node_modules" || self.files.len() >= MOST {
                continue;
            }
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            // A link to a folder may lead in circles; one to a file is followed when it is read.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth > 0 => self.gather(&path, depth - 1),
                Ok(kind) if !kind.is_dir() => self.files.push(path),
                _ => {}
            }
        }
    }
}
