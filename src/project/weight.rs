//! How much there is to read.

use std::fs;
use std::path::{Path, PathBuf};

use super::snapshot::{DEPTH, WATCHED};
use super::{FILE_LIMIT, PDF_LIMIT, Project};

/// How many bytes there are to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// Of texts: chapters, YAML, tables, layouts.
    pub text: u64,
    /// Of pictures, fonts and PDFs.
    pub other: u64,
    /// How many pictures there are: what one takes once it is decoded has little to do with its bytes.
    pub pictures: u64,
}

impl Weight {
    /// Both together.
    #[must_use]
    pub fn plus(self, more: Self) -> Self {
        Self {
            text: self.text.saturating_add(more.text),
            other: self.other.saturating_add(more.other),
            pictures: self.pictures.saturating_add(more.pictures),
        }
    }

    fn add(&mut self, path: &Path, bytes: u64) {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        let ending = ending.as_str();
        let sum = if TEXTS.contains(&ending) { &mut self.text } else { &mut self.other };
        // Nothing more is read of any file.
        *sum = sum.saturating_add(bytes.min(if ending == "pdf" { PDF_LIMIT } else { FILE_LIMIT }));
        self.pictures += u64::from(PICTURES.contains(&ending));
    }
}

/// Endings of texts.
const TEXTS: [&str; 7] = ["md", "yaml", "csv", "typ", "bib", "json", "txt"];

/// Endings of pictures.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

impl Project {
    /// How much the folders hold that a book is made from.
    pub fn weight(&self) -> Weight {
        let mut weight = Weight::default();
        for folder in WATCHED {
            self.gather(&self.root().join(folder), folder, DEPTH, &mut |_, path, about| weight.add(path, about.len()));
        }
        weight
    }
}

/// How much there is in files, and in folders of texts, that the command line names.
pub fn weight_of_files(paths: &[PathBuf]) -> Weight {
    let mut weight = Weight::default();
    let mut folders = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => folders.push(path.clone()),
            Ok(about) => weight.add(path, about.len()),
            Err(_) => {}
        }
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(about) = entry.metadata() else { continue };
            if about.is_dir() {
                folders.push(entry.path());
            } else {
                weight.add(&entry.path(), about.len());
            }
        }
    }
    weight
}
