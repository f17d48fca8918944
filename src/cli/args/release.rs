//! What may be typed of releases.

use std::path::{Path, PathBuf};

use clap::Args;

use super::catalogue::{RunForm, Several};
use crate::cli::choices::VerifyForm;

#[derive(Debug, Args)]
pub(in crate::cli) struct Release {
    /// What the release is called, and its folder [default: `version` of book.yaml]
    #[arg(value_name = "VERSION")]
    pub(in crate::cli) version: Option<String>,
    /// The book: a folder with manuscript/book.yaml, or any folder inside it; several times for several books
    #[arg(long = "book", default_value = ".", value_name = "DIR")]
    pub(in crate::cli) books: Vec<PathBuf>,
    /// Folder for the folders of releases [default: release/ in the book's folder]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Tell what changed since an earlier release (its folder or its name) or a revision of git, in errata.html and errata.md
    #[arg(long, value_name = "OLD")]
    pub(in crate::cli) compare: Option<String>,
    /// Release the book though these conditions do not hold, by the names that book.yaml has for them; release.json tells it
    #[arg(long, value_delimiter = ',', value_name = "GATE")]
    pub(in crate::cli) allow: Vec<String>,
    /// Do everything but put the folder into its place; with `--compare`, print the errata
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Put the folder in the place of one with other files
    #[arg(long)]
    pub(in crate::cli) replace: bool,
    /// Sign SHA256SUMS with this key: of SSH (by `ssh-keygen`), or of minisign
    #[arg(long, value_name = "KEY")]
    pub(in crate::cli) sign: Option<PathBuf>,
    /// Write down how the release was made as an in-toto statement with SLSA's provenance
    #[arg(long)]
    pub(in crate::cli) provenance: bool,
    /// Form of what is said of several books
    #[arg(long, value_enum, default_value_t = RunForm::Human, value_name = "FORM")]
    pub(in crate::cli) message_format: RunForm,
    #[command(flatten)]
    pub(in crate::cli) several: Several,
}

impl Release {
    /// The book, where there is one.
    pub(in crate::cli) fn book(&self) -> &Path {
        self.books.first().map_or(Path::new("."), PathBuf::as_path)
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Verify {
    /// The folder of a release
    #[arg(value_name = "FOLDER")]
    pub(in crate::cli) folder: PathBuf,
    /// Build the book again and compare every byte
    #[arg(long)]
    pub(in crate::cli) rebuild: bool,
    /// The book for `--rebuild` [default: the one that the folder lies in, else the one in this folder]
    #[arg(long, requires = "rebuild", value_name = "DIR")]
    pub(in crate::cli) book: Option<PathBuf>,
    /// The public key of whoever signed, or a file of allowed signers, as SSH has it
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) key: Option<PathBuf>,
    /// Form of what is said
    #[arg(long, value_enum, default_value_t = VerifyForm::Human, value_name = "FORM")]
    pub(in crate::cli) format: VerifyForm,
}
