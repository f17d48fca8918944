//! What may be typed after `translate`, `export` and `import-review`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::choices::Form as ReportForm;

#[derive(Debug, Args)]
pub(in crate::cli) struct Translate {
    /// Chapters, by a file or by name, and the folder of the book [default: every chapter of the book in this folder]
    #[arg(value_name = "DIR|FILE|CHAPTER")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// The language to translate into [default: the only one that book.yaml has besides the source]
    #[arg(long, value_name = "LANG")]
    pub(in crate::cli) to: Option<String>,
    /// What stands where words are to come: the text of the source, or three dots with it in a comment
    #[arg(long, value_enum, default_value_t = Filling::Source, value_name = "WITH")]
    pub(in crate::cli) fill: Filling,
    /// Also bring new and changed blocks of the source into translations that are there
    #[arg(long)]
    pub(in crate::cli) update: bool,
    /// Show what would be written, as a diff
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// What stands where words are to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Filling {
    /// The text of the source
    Source,
    /// Three dots, with the text of the source in a comment
    Empty,
}

#[derive(Debug, Args)]
#[group(id = "forms", required = true, multiple = true)]
pub(in crate::cli) struct Forms {
    /// A Word document with a table for each chapter: source, translation, remarks
    #[arg(long)]
    pub(in crate::cli) docx: bool,
    /// XLIFF 1.2, which every translation tool reads
    #[arg(long)]
    pub(in crate::cli) xliff: bool,
    /// XLIFF 2.0
    #[arg(long)]
    pub(in crate::cli) xliff2: bool,
    /// A translation memory of what is translated, TMX 1.4b
    #[arg(long)]
    pub(in crate::cli) tmx: bool,
    /// A catalogue of gettext; its texts are Markdown
    #[arg(long)]
    pub(in crate::cli) po: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// Chapters, by a file of either language or by name, and the folder of the book [default: all of the book in this folder]
    #[arg(value_name = "DIR|FILE|CHAPTER", conflicts_with = "pair")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) forms: Forms,
    /// The language of the translation [default: the only one besides the source]
    #[arg(long, value_name = "LANG")]
    pub(in crate::cli) to: Option<String>,
    /// The file to write, or the folder for several [default: out/ in the book's folder]
    #[arg(long, value_name = "FILE|DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Two Markdown files outside a book, a text and its translation, or two folders of such files
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"])]
    pub(in crate::cli) pair: Vec<PathBuf>,
    /// Languages of the two texts of `--pair`, in their order, such as `zh-Hant,en` [default: what their characters show]
    #[arg(long, alias = "language", requires = "pair", value_delimiter = ',', value_name = "LANG")]
    pub(in crate::cli) languages: Vec<String>,
    /// The termbase for `--pair`, in the form of glossary.yaml
    #[arg(long, requires = "pair", value_name = "FILE")]
    pub(in crate::cli) glossary: Option<PathBuf>,
    /// Only what is not signed off
    #[arg(long)]
    pub(in crate::cli) open: bool,
    /// XLIFF: give units without a translation their source as one, for OmegaT 3
    #[arg(long, value_enum, value_name = "WITH")]
    pub(in crate::cli) fill: Option<FillUnits>,
    /// XLIFF: mark sentences as segments
    #[arg(long)]
    pub(in crate::cli) sentences: bool,
    /// TMX: words alone, without inline codes
    #[arg(long)]
    pub(in crate::cli) clean: bool,
    /// Fill what is not translated yet from a translation memory (TMX) that has the very same text
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) memory: Option<PathBuf>,
    /// Have a command of yours translate what is not translated yet: it is given a line of JSON for each unit and answers with one
    #[arg(long, value_name = "COMMAND")]
    pub(in crate::cli) pretranslate: Option<String>,
}

/// What stands for a translation that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FillUnits {
    /// Nothing
    Empty,
    /// The source
    Source,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportReview {
    /// What came back: .docx, .xlf, .po, or the comments of a review page
    #[arg(value_name = "FILE", required = true)]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// The book: a folder with manuscript/book.yaml, or any folder inside it [default: the one in this folder]
    #[arg(long, value_name = "DIR", conflicts_with = "pair")]
    pub(in crate::cli) book: Option<PathBuf>,
    /// The language of the translation [default: the only one besides the source]
    #[arg(long, value_name = "LANG")]
    pub(in crate::cli) to: Option<String>,
    /// Two Markdown files outside a book, a text and its translation, or two folders of such files
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"])]
    pub(in crate::cli) pair: Vec<PathBuf>,
    /// Languages of the two texts of `--pair`, in their order, such as `zh-Hant,en` [default: what their characters show]
    #[arg(long, alias = "language", requires = "pair", value_delimiter = ',', value_name = "LANG")]
    pub(in crate::cli) languages: Vec<String>,
    /// Show what would be written, as a diff
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Also write translations of a source that has changed since it was sent out
    #[arg(long)]
    pub(in crate::cli) stale: bool,
    /// Form of the report
    #[arg(long, alias = "message-format", value_enum, default_value_t = ReportForm::Human, value_name = "FORM")]
    pub(in crate::cli) format: ReportForm,
    /// Sign off what came back as approved
    #[arg(long, conflicts_with = "pair")]
    pub(in crate::cli) accept: bool,
}
