//! What may be typed.

pub(super) mod catalogue;
pub(super) mod exchange;
pub(super) mod import;
pub(super) mod layout;
pub(super) mod metadata;
pub(super) mod new;
pub(super) mod release;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub(super) use super::choices::*;
use super::examples::*;
use catalogue::{CacheArgs, Catalogue, Several};
pub(super) use exchange::{Export, ImportReview, Translate};
pub(super) use import::Import;
pub(super) use layout::Layout;
pub(super) use metadata::Metadata;
pub(super) use new::New;
pub(super) use release::{Release, Verify};

/// Publishing toolchain for bilingual books: print PDF, EPUB 3 and a translation check from one manuscript.
#[derive(Debug, Parser)]
#[command(name = "dama-pub", version, arg_required_else_help = true, subcommand_required = true, after_help = EXIT_CODES)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) global: Global,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// Colour in messages; `auto` also honours NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
    /// Language of the messages [default: that of the system]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub(super) lang: Option<Speech>,
    /// Say only what is wrong: findings and errors, without summaries and progress
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say what is done, and how long it takes
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// Most memory that work on a book may take, 0 for no limit [default: 2048, and more for a large book]
    #[arg(long, global = true, value_name = "MIB")]
    pub(super) memory_limit: Option<u64>,
    /// Longest time that work on a book may take, 0 for no limit [default: 120, and more for a large book]
    #[arg(long, global = true, value_name = "SECONDS")]
    pub(super) time_limit: Option<u64>,
    /// Work on a book without limits, and with all the rights that you have: for books that you trust
    #[arg(long, global = true)]
    pub(super) unconfined: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Begin a book: a small manuscript that builds at once and shows how it is written
    #[command(after_help = NEW_EXAMPLES)]
    New(New),
    /// Make a book of a manuscript of another program: Word, EPUB, a folder of Markdown, what pandoc reads; in one language or two
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(Import),
    /// Make the PDF and the EPUB of each edition
    #[command(after_help = BUILD_EXAMPLES)]
    Build(Build),
    /// Show the pages in a browser while the book is written, set anew at every save
    #[command(after_help = WATCH_EXAMPLES)]
    Watch(Watch),
    /// Serve editors: findings while you type, and from a sentence to its translation (Language Server Protocol)
    #[command(after_help = LSP_EXAMPLES)]
    Lsp,
    /// Check that the languages of a book say the same thing
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Make a PDF of each edition that shows on its pages what preflight found
    #[command(after_help = PROOF_EXAMPLES)]
    Proof(Proof),
    /// Show which text of one language says what which text of the other says
    #[command(after_help = ALIGN_EXAMPLES)]
    Align(Align),
    /// Show what a code in a finding means, why it matters and how to fix it; without a code, list them all
    Explain(Explain),
    /// Begin a translation: every block of the source, marked as unfinished
    #[command(after_help = TRANSLATE_EXAMPLES)]
    Translate(Translate),
    /// Give a translation to those who work elsewhere: Word, OmegaT, Trados, Weblate
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(Export),
    /// Bring back what translators and reviewers have made of it
    #[command(after_help = IMPORT_REVIEW_EXAMPLES)]
    ImportReview(ImportReview),
    /// Sign translations off: `check` tells when their source changes afterwards
    #[command(after_help = ACCEPT_EXAMPLES)]
    Accept(Accept),
    /// Make one page of the whole book, block beside block, on which reviewers read, filter and comment
    #[command(after_help = REVIEW_EXAMPLES)]
    Review(Review),
    /// Show how far each chapter is, and how long
    #[command(after_help = STATS_EXAMPLES)]
    Stats(Stats),
    /// Show the terms of the termbase with how often the translations keep to them
    #[command(after_help = TERMS_EXAMPLES)]
    Terms(Terms),
    /// Show what shops and libraries are told of a book, and what they will miss: ONIX, JSON-LD, Crossref, DataCite
    #[command(after_help = METADATA_EXAMPLES)]
    Metadata(Metadata),
    /// List the layouts, show what one takes, or copy one into the book to change it
    #[command(after_help = LAYOUT_EXAMPLES)]
    Layout(Layout),
    /// List the books of a catalogue, or do something with every one of them
    #[command(after_help = CATALOGUE_EXAMPLES)]
    Catalogue(Catalogue),
    /// Look over or clear the folder that `--cache` names
    #[command(after_help = CACHE_EXAMPLES)]
    Cache(CacheArgs),
    /// Look whether everything is there that a book needs, and say what to do where it is not
    #[command(after_help = DOCTOR_EXAMPLES)]
    Doctor(Doctor),
    /// Put a finished book into a folder that can be handed on: if all conditions hold, with sums, signature, samples, what shops want
    #[command(after_help = RELEASE_EXAMPLES)]
    Release(Release),
    /// Look whether the folder of a release is whole and unchanged, and whether the manuscript gives the same bytes again
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Verify),
    /// Print a JSON Schema: of book.yaml or glossary.yaml for editors, or of findings for programs
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema(Schema),
    /// Print the completions of a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(Completions),
    /// Print the manual page, or write a page for each command
    #[command(after_help = MAN_EXAMPLES)]
    Man(Man),
}

/// The languages of a new book for which none is asked.
pub(super) const LANGUAGES: [&str; 2] = ["zh", "en"];

#[derive(Debug, Args)]
pub(super) struct Build {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// More books, each in processes of its own; also folders with books in them, and files that list some
    #[arg(value_name = "BOOK")]
    pub(super) more: Vec<PathBuf>,
    /// Editions to make [default: those of book.yaml]
    #[arg(long, value_delimiter = ',', value_name = "EDITION")]
    pub(super) edition: Vec<String>,
    /// Artifacts to make [default: pdf and epub, and cover for a book with `cover:` in book.yaml]
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(super) format: Vec<Format>,
    /// Kinds of PDF to make [default: those of book.yaml]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND")]
    pub(super) profile: Vec<Profile>,
    /// Folder for the artifacts [default: out/ in the book's folder]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Pages in spite of everything: PDFs for those at work, with what is wrong marked on them, named SLUG-EDITION-draft.pdf
    #[arg(long, conflicts_with_all = ["format", "profile", "timings", "cache", "depfile"])]
    pub(super) draft: bool,
    /// Make everything anew, also what is unchanged since it was made
    #[arg(long)]
    pub(super) force: bool,
    /// Folder that keeps what was made, for other runs, copies of the book and machines [default: that of DAMA_PUB_CACHE]
    #[arg(long, value_name = "DIR")]
    pub(super) cache: Option<PathBuf>,
    /// Write down which files were read or looked for, as a rule for Make and Ninja whose target is FILE without `.d`
    #[arg(long, value_name = "FILE")]
    pub(super) depfile: Option<PathBuf>,
    /// Write down where the time goes, for ui.perfetto.dev or chrome://tracing
    #[arg(long, value_name = "FILE")]
    pub(super) timings: Option<PathBuf>,
    /// Form of the messages
    #[arg(long, value_enum, default_value_t = Form::Human, value_name = "FORM")]
    pub(super) message_format: Form,
    /// End with exit code 1 at findings of this level or above
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub(super) fail_on: FailOn,
    #[command(flatten)]
    pub(super) several: Several,
}

#[derive(Debug, Args)]
pub(super) struct Watch {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// Open the preview in the browser
    #[arg(long)]
    pub(super) open: bool,
    /// Editions to set even if no browser looks at them [default: the first of book.yaml]
    #[arg(long, value_delimiter = ',', value_name = "EDITION")]
    pub(super) edition: Vec<String>,
    /// Port of the preview [default: any that is free]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "PORT")]
    pub(super) port: u16,
}

#[derive(Debug, Args)]
pub(super) struct Proof {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// Editions to make [default: those of book.yaml]
    #[arg(long, value_delimiter = ',', value_name = "EDITION")]
    pub(super) edition: Vec<String>,
    /// Folder for the proofs [default: out/ in the book's folder]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Whose rules hold [default: print]
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub(super) profile: Option<Profile>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Chapters, by a file of either language or by name, and the folder of the book [default: all of the book in this folder]
    #[arg(value_name = "DIR|FILE|CHAPTER", conflicts_with = "pair")]
    pub(super) paths: Vec<PathBuf>,
    /// Report these chapters alone, by name; for --pair, too
    #[arg(long, value_delimiter = ',', value_name = "CHAPTER")]
    pub(super) chapter: Vec<String>,
    /// Report chapters alone that differ from a revision of git, in either language: `main`, `HEAD~3`, a tag
    #[arg(long, value_name = "REV", conflicts_with = "pair")]
    pub(super) changed_since: Option<String>,
    /// Report these alone: codes or groups, as `dama-pub explain` lists them; the checks named are on
    #[arg(long, value_delimiter = ',', value_name = "CODE|GROUP")]
    pub(super) select: Vec<String>,
    /// Leave these out
    #[arg(long, value_delimiter = ',', value_name = "CODE|GROUP")]
    pub(super) ignore: Vec<String>,
    /// Look at the text of these editions alone: `zh` by itself, `zh,en` or `bilingual` beside each other [default: all]
    #[arg(long, value_delimiter = ',', value_name = "EDITION", conflicts_with = "pair")]
    pub(super) edition: Vec<String>,
    /// Two Markdown files outside a book, a text and its translation, or two folders of such files
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"])]
    pub(super) pair: Vec<PathBuf>,
    /// Languages of the two texts of `--pair`, in their order, such as `zh-Hant,en` [default: what their characters show]
    #[arg(long, alias = "language", requires = "pair", value_delimiter = ',', value_name = "LANG")]
    pub(super) languages: Vec<String>,
    /// The termbase for `--pair`, in the form of glossary.yaml
    #[arg(long, requires = "pair", value_name = "FILE")]
    pub(super) glossary: Option<PathBuf>,
    /// Look over PDFs instead of the text: these files, or without any what the book in this folder gives
    #[arg(long, num_args = 0.., value_name = "FILE", conflicts_with_all = ["pair", "baseline", "no_baseline", "fix"])]
    pub(super) pdf: Option<Vec<PathBuf>>,
    /// What the PDFs are for [default: print for files with a BleedBox or a name in -print, else screen]
    #[arg(long, value_enum, requires = "pdf", value_name = "PROFILE")]
    pub(super) profile: Option<Profile>,
    /// Form of the report
    #[arg(long, alias = "message-format", value_enum, default_value_t = Form::Human, value_name = "FORM")]
    pub(super) format: Form,
    /// Show people at most this many findings of each code, the worst first; 0 shows all [default: 10 where there are more than 50 findings]
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// End with exit code 1 at findings of this level or above
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub(super) fail_on: FailOn,
    /// Accept what is found today: write manuscript/baseline.yaml; later runs report only what is new
    #[arg(long, conflicts_with_all = ["pair", "fix", "format", "edition"])]
    pub(super) baseline: bool,
    /// Report what the baseline accepts, too
    #[arg(long, conflicts_with = "baseline")]
    pub(super) no_baseline: bool,
    /// Show the changes that fix findings by themselves, as a diff; `--fix=write` makes them
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "show", value_name = "HOW")]
    pub(super) fix: Option<Fix>,
    #[command(flatten)]
    pub(super) several: Several,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code of a check or an error, as findings show it in brackets
    pub(super) code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Align {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".", conflicts_with = "pair")]
    pub(super) dir: PathBuf,
    /// Two texts outside a book, one Chinese and one English, in either order, or two folders of them
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"])]
    pub(super) pair: Vec<PathBuf>,
    /// Languages of the two texts of `--pair`, in their order, such as `zh-Hant,en` [default: what their characters show]
    #[arg(long, alias = "language", requires = "pair", value_delimiter = ',', value_name = "LANG")]
    pub(super) languages: Vec<String>,
    /// Each line of the two texts is a sentence; prints `[lines]:[lines]`, counted from 0, a pair a line
    #[arg(long, requires = "pair", conflicts_with_all = ["format", "explain"])]
    pub(super) lines: bool,
    /// With `--lines`: a third field, the probability that the pair is right
    #[arg(long, requires = "lines")]
    pub(super) scores: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Answer::Table, value_name = "FORM")]
    pub(super) format: Answer,
    /// Show why the block at a line is paired as it is
    #[arg(long, value_name = "FILE:LINE", conflicts_with = "format")]
    pub(super) explain: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Accept {
    /// Chapters, by a file of either language or by name, and the folder of the book [default: that in this folder]
    #[arg(value_name = "DIR|FILE|CHAPTER")]
    pub(super) paths: Vec<PathBuf>,
    /// Every chapter of the book, apart from blocks with findings at error level
    #[arg(long)]
    pub(super) all: bool,
    /// Also blocks with findings at error level
    #[arg(long)]
    pub(super) with_findings: bool,
    /// The folder of the book, as before
    #[arg(long, value_name = "DIR", hide = true)]
    pub(super) book: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Review {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// The languages shown: the source and its translation [default: a page for each translation]
    #[arg(long, value_delimiter = ',', value_name = "EDITION")]
    pub(super) edition: Vec<String>,
    /// Show these chapters alone, by name
    #[arg(long, value_delimiter = ',', value_name = "CHAPTER")]
    pub(super) chapter: Vec<String>,
    /// The page [default: SLUG-review-LANG.html in out/ in the book's folder]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Stats {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Answer::Table, value_name = "FORM")]
    pub(super) format: Answer,
    /// Show how many blocks were signed off when, from the versions of manuscript/reviewed.yaml that git has
    #[arg(long)]
    pub(super) history: bool,
}

#[derive(Debug, Args)]
pub(super) struct Terms {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".", conflicts_with = "pair")]
    pub(super) dir: PathBuf,
    /// Two Markdown files outside a book, a text and its translation, or two folders of such files
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"], requires = "glossary")]
    pub(super) pair: Vec<PathBuf>,
    /// Languages of the two texts of `--pair`, in their order, such as `zh-Hant,en` [default: what their characters show]
    #[arg(long, alias = "language", requires = "pair", value_delimiter = ',', value_name = "LANG")]
    pub(super) languages: Vec<String>,
    /// The termbase for `--pair`, in the form of glossary.yaml
    #[arg(long, requires = "pair", value_name = "FILE")]
    pub(super) glossary: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Answer::Table, value_name = "FORM")]
    pub(super) format: Answer,
    /// Give the termbase to other programs, in this form
    #[arg(long, value_enum, value_name = "FORM", conflicts_with = "format")]
    pub(super) export: Option<TermForm>,
    /// The file for `--export` [default: it is printed]
    #[arg(long, requires = "export", value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Take terms of a table or of TBX into manuscript/glossary.yaml
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pair", "export", "format"])]
    pub(super) import: Option<PathBuf>,
    /// Only show what `--import` would change, as a diff
    #[arg(long, requires = "import")]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// Gather what a report of a defect needs into this file, a zip; the text of the book is not in it
    #[arg(long, value_name = "FILE")]
    pub(super) bundle: Option<PathBuf>,
    /// With the text of the book
    #[arg(long, requires = "bundle")]
    pub(super) with_text: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = HealthForm::Table, value_name = "FORM")]
    pub(super) format: HealthForm,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// What is described
    #[arg(value_enum, default_value_t = Subject::Book)]
    pub(super) subject: Subject,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// Folder for a page of each command [default: the main page is printed]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Cli::command().debug_assert();
    }
}
