//! What may be typed after `catalogue` and `cache`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct Catalogue {
    #[command(subcommand)]
    pub(in crate::cli) action: Option<Action>,
    #[command(flatten)]
    pub(in crate::cli) list: List,
}

impl Catalogue {
    /// Whether a worker is to do it.
    pub(in crate::cli) fn is_for_a_worker(&self) -> bool {
        self.action.is_none() && matches!(self.list.format, ListForm::Table | ListForm::Jsonl)
    }
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Action {
    /// Build every book, each in processes of its own: what goes wrong in one costs that one
    Build(CatalogueBuild),
    /// Check every book
    Check(Every),
    /// Release every book, each under its own conditions
    Release(CatalogueRelease),
    /// Show how far the translation of each book is
    Stats(Across),
    /// Show which words stand for a term in which books: first those that differ
    Terms(Across),
    /// Make a page of all books: errors, what is stale, what was built and released last
    Status(Status),
}

/// Which books.
#[derive(Debug, Args)]
pub(in crate::cli) struct Books {
    /// A folder with books in it, at any depth, or a file that lists them under `books:`
    #[arg(value_name = "ROOT|FILE", default_value = ".")]
    pub(in crate::cli) root: PathBuf,
    /// Only this share of the books, such as `2/8`: which one a book belongs to follows from its name, so that a new book moves no other
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub(in crate::cli) shard: Option<(u64, u64)>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    #[command(flatten)]
    pub(in crate::cli) books: Books,
    /// Form of the list
    #[arg(long, value_enum, default_value_t = ListForm::Table, value_name = "FORM")]
    pub(in crate::cli) format: ListForm,
    /// How many shares, for a form that deals the books out
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub(in crate::cli) shards: u64,
}

/// Forms of the list of books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ListForm {
    /// For people
    Table,
    /// An object in a line for each book, for programs
    Jsonl,
    /// Rules for Ninja
    Ninja,
    /// Rules for Make
    Make,
    /// The matrix of a workflow of GitHub Actions
    GithubMatrix,
    /// Jobs of GitLab CI
    Gitlab,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Every {
    #[command(flatten)]
    pub(in crate::cli) books: Books,
    /// Go on after a book that fails
    #[arg(short, long)]
    pub(in crate::cli) keep_going: bool,
    /// How many books at the same time [default: as many as the machine has processors]
    #[arg(short, long, value_name = "N")]
    pub(in crate::cli) jobs: Option<usize>,
    /// Form of the messages
    #[arg(long, value_enum, default_value_t = RunForm::Human, value_name = "FORM")]
    pub(in crate::cli) message_format: RunForm,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CatalogueBuild {
    #[command(flatten)]
    pub(in crate::cli) every: Every,
    /// Folder that keeps what was made [default: that of DAMA_PUB_CACHE]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) cache: Option<PathBuf>,
    /// Make everything anew, also what is unchanged since it was made
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CatalogueRelease {
    #[command(flatten)]
    pub(in crate::cli) every: Every,
    /// What the releases are called [default: `version` of each book.yaml]
    #[arg(value_name = "VERSION")]
    pub(in crate::cli) version: Option<String>,
    /// Release the books though these conditions do not hold, by the names that book.yaml has for them; release.json tells it
    #[arg(long, value_delimiter = ',', value_name = "GATE")]
    pub(in crate::cli) allow: Vec<String>,
    /// Do everything but put the folders into their places
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Put each folder in the place of one with other files
    #[arg(long)]
    pub(in crate::cli) replace: bool,
    /// Sign each SHA256SUMS with this key: of SSH (by `ssh-keygen`), or of minisign
    #[arg(long, value_name = "KEY")]
    pub(in crate::cli) sign: Option<PathBuf>,
    /// Write down how each release was made as an in-toto statement with SLSA's provenance
    #[arg(long)]
    pub(in crate::cli) provenance: bool,
}

/// How several books are worked on by a command for one.
#[derive(Debug, Args)]
pub(in crate::cli) struct Several {
    /// Of several books only this share, such as `2/8`
    #[arg(long, value_name = "K/N", value_parser = shard)]
    pub(in crate::cli) shard: Option<(u64, u64)>,
    /// Of several books go on after one that fails
    #[arg(short, long)]
    pub(in crate::cli) keep_going: bool,
    /// How many books at the same time [default: as many as the machine has processors]
    #[arg(short, long, value_name = "N")]
    pub(in crate::cli) jobs: Option<usize>,
}

impl Several {
    /// Whether it is said how.
    pub(in crate::cli) fn is_said(&self) -> bool {
        self.shard.is_some() || self.keep_going || self.jobs.is_some()
    }
}

/// Forms of what is said of a run over many books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RunForm {
    /// A line for each book, and its errors
    Human,
    /// An object in a line for each book, with all findings
    Jsonl,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Across {
    #[command(flatten)]
    pub(in crate::cli) books: Books,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = AcrossForm::Table, value_name = "FORM")]
    pub(in crate::cli) format: AcrossForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AcrossForm {
    /// For people
    Table,
    /// An object in a line for each row, for programs
    Jsonl,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Status {
    #[command(flatten)]
    pub(in crate::cli) books: Books,
    /// The page
    #[arg(long, value_name = "FILE", default_value = "catalogue.html")]
    pub(in crate::cli) out: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CacheArgs {
    #[command(subcommand)]
    pub(in crate::cli) action: CacheAction,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum CacheAction {
    /// Compare everything in a cache with its sums, and take away what does not keep to them
    Verify(Kept),
    /// Clear away what was not used for a time, and what is more than so much
    Gc(Gc),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Kept {
    /// The folder [default: that of DAMA_PUB_CACHE]
    pub(in crate::cli) dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Gc {
    #[command(flatten)]
    pub(in crate::cli) kept: Kept,
    /// Clear away what was not used for so many days
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(in crate::cli) older: u64,
    /// Then clear away the longest unused, until no more than this is left
    #[arg(long, value_name = "MIB")]
    pub(in crate::cli) max_size: Option<u64>,
}

/// A share: its number, from 1, and how many there are.
fn shard(text: &str) -> Result<(u64, u64), String> {
    let parts = text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    parts.filter(|(k, n)| (1..=*n).contains(k)).ok_or_else(|| "K/N".to_owned())
}

#[cfg(test)]
mod tests {
    use super::shard;

    #[test]
    fn a_share_is_one_of_so_many() {
        assert_eq!(shard("2/8"), Ok((2, 8)));
        for wrong in ["0/8", "9/8", "1/0", "2", "a/b", "1/2/3", ""] {
            assert!(shard(wrong).is_err(), "{wrong}");
        }
    }
}
