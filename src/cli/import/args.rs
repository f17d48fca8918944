//! What may be typed after `import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    /// The manuscript: a file, several files that are the chapters, or a folder
    #[arg(value_name = "SOURCE", required = true)]
    pub(in crate::cli) sources: Vec<PathBuf>,
    /// The same in another language, in as many files
    #[arg(long, value_name = "OTHER", num_args = 1..)]
    pub(in crate::cli) translation: Vec<PathBuf>,
    /// The folder of the new book [default: named after the manuscript, in this folder]
    #[arg(long = "as", value_name = "BOOK", conflicts_with = "into")]
    pub(in crate::cli) name: Option<PathBuf>,
    /// A folder that is there already: files of the same names are written over, book.yaml is kept
    #[arg(long, value_name = "BOOK")]
    pub(in crate::cli) into: Option<PathBuf>,
    /// Languages of the manuscript and its translation, in their order, such as `zh-Hant,en` [default: what they say of themselves, else what their characters show]
    #[arg(long, alias = "languages", value_delimiter = ',', value_name = "LANG")]
    pub(in crate::cli) language: Vec<String>,
    /// What the styles of the manuscript stand for, a file as `--dry-run` prints it
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) style_map: Option<PathBuf>,
    /// What becomes of tracked changes
    #[arg(long, value_enum, default_value_t = Changes::Accept, value_name = "HOW")]
    pub(in crate::cli) changes: Changes,
    /// Write nothing: show what would be made, and what the styles are taken for
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Write what became of everything that is not as it was, as JSON
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) report: Option<PathBuf>,
}

/// What becomes of tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Changes {
    /// What was put in is text, what was taken out is none
    Accept,
    /// The text is as before the changes
    Reject,
    /// As accept, and each change is told
    List,
}

impl Import {
    /// The folder of the book.
    pub(in crate::cli) fn target(&self) -> PathBuf {
        if let Some(folder) = self.into.as_ref().or(self.name.as_ref()) {
            return folder.clone();
        }
        PathBuf::from(self.title())
    }

    /// The title of a book that does not say its own.
    pub(in crate::cli) fn title(&self) -> String {
        let first = self.sources.first().and_then(|path| path.canonicalize().ok().or_else(|| Some(path.clone())));
        let stem = first.as_ref().and_then(|path| if path.is_dir() { path.file_name() } else { path.file_stem() });
        stem.map_or_else(|| "book".to_owned(), |stem| stem.to_string_lossy().into_owned())
    }
}
