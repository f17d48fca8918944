//! What may be typed of new books.

use std::path::PathBuf;

use clap::Args;

use super::Import;
use crate::cli::choices::{Ci, Starter};

#[derive(Debug, Args)]
pub(in crate::cli) struct New {
    /// The folder of the book, made if it is not there; its name is the title until you change it. Before it may stand what it is to be: report, book, bilingual or handbook
    #[arg(value_name = "[KIND] DIR")]
    pub(in crate::cli) dir: PathBuf,
    /// The folder, where the kind stands before it
    #[arg(hide = true)]
    pub(in crate::cli) folder: Option<PathBuf>,
    /// The layout to begin with [default: that of the kind, or book]
    #[arg(long, value_enum)]
    pub(in crate::cli) layout: Option<Starter>,
    /// Also write a workflow that checks and builds the book at every push
    #[arg(long, value_enum, value_name = "WHERE")]
    pub(in crate::cli) ci: Option<Ci>,
    /// Languages, the source first [default: zh,en, or the one of --lang]
    #[arg(long, alias = "language", value_delimiter = ',', value_name = "LANG")]
    pub(in crate::cli) languages: Vec<String>,
    /// A manuscript that the book is made of, as `import` reads it: a file, several that are the chapters, or a folder
    #[arg(long, value_name = "SOURCE", num_args = 1.., conflicts_with_all = ["layout", "folder"])]
    pub(in crate::cli) from: Vec<PathBuf>,
    /// With --from: the same in another language, in as many files
    #[arg(long, value_name = "OTHER", num_args = 1.., requires = "from")]
    pub(in crate::cli) translation: Vec<PathBuf>,
}

impl New {
    /// The import that makes the book, if it is made of a manuscript.
    pub(in crate::cli) fn import(&self) -> Option<Import> {
        (!self.from.is_empty()).then(|| Import {
            sources: self.from.clone(),
            translation: self.translation.clone(),
            name: None,
            // An empty folder may be there.
            into: Some(self.dir.clone()),
            language: self.languages.clone(),
            style_map: None,
            changes: super::import::Changes::Accept,
            dry_run: false,
            report: None,
        })
    }
}
