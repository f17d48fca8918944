//! What may be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model;

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
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say what is done, and how long it takes
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Begin a book: a small manuscript that builds at once and shows how it is written
    #[command(after_help = NEW_EXAMPLES)]
    New(New),
    /// Make the PDF and the EPUB of each edition
    #[command(after_help = BUILD_EXAMPLES)]
    Build(Build),
    /// Check that the languages of a book say the same thing
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Make a PDF of each edition that shows on its pages what preflight found
    #[command(after_help = PROOF_EXAMPLES)]
    Proof(Proof),
    /// Show which text of one language says what which text of the other says
    #[command(after_help = ALIGN_EXAMPLES)]
    Align(Align),
    /// Show what a check finds, why it matters and how to mend it; without a name, list all checks
    Explain(Explain),
    /// Sign translations off: `check` tells when their source changes afterwards
    #[command(after_help = ACCEPT_EXAMPLES)]
    Accept(Accept),
    /// Show how far each chapter is, and how long
    #[command(after_help = STATS_EXAMPLES)]
    Stats(Stats),
    /// Show the terms of the termbase with how often the translations keep to them
    #[command(after_help = TERMS_EXAMPLES)]
    Terms(Terms),
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder to make, and the book's title until you change it
    pub(super) name: PathBuf,
    /// The layout to begin with
    #[arg(long, value_enum, default_value_t = Starter::Book)]
    pub(super) layout: Starter,
    /// Languages, the source first
    #[arg(long, value_delimiter = ',', default_value = "zh,en", value_name = "LANG")]
    pub(super) languages: Vec<String>,
}

/// Layouts that a new book may begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Starter {
    /// Long prose, A5
    Book,
    /// An annual report, 210 × 285 mm
    Report,
    /// Long prose, and an edition in both languages side by side
    Parallel,
}

impl Starter {
    /// Its folder under layouts/.
    pub(super) fn name(self) -> &'static str {
        match self {
            Starter::Book => "book",
            Starter::Report => "report",
            Starter::Parallel => "parallel",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
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
    /// Form of the messages
    #[arg(long, value_enum, default_value_t = Messages::Human, value_name = "FORM")]
    pub(super) message_format: Messages,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Format {
    /// The pages
    Pdf,
    /// The e-book
    Epub,
    /// The cover in one piece: back, spine and front, for the printer
    Cover,
}

/// See [`model::Profile`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Profile {
    /// For readers: RGB, links, trimmed pages, PDF/A and PDF/UA
    Screen,
    /// For the press: black ink alone for black, bleed and marks, no links
    Print,
}

impl From<Profile> for model::Profile {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Screen => model::Profile::Screen,
            Profile::Print => model::Profile::Print,
        }
    }
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
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".", conflicts_with = "pair")]
    pub(super) dir: PathBuf,
    /// Two Markdown files outside a book, a text and its translation, or two folders of such files
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"])]
    pub(super) pair: Vec<PathBuf>,
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
    #[arg(long, value_enum, default_value_t = Form::Human, value_name = "FORM")]
    pub(super) format: Form,
    /// End with exit code 1 at findings of this level or above
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub(super) fail_on: FailOn,
    /// Accept what is found today: write manuscript/baseline.yaml; later runs report only what is new
    #[arg(long, conflicts_with_all = ["pair", "fix", "format"])]
    pub(super) baseline: bool,
    /// Report what the baseline accepts, too
    #[arg(long, conflicts_with = "baseline")]
    pub(super) no_baseline: bool,
    /// Show the changes that mend findings by themselves, as a diff; `--fix=write` makes them
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "show", value_name = "HOW")]
    pub(super) fix: Option<Fix>,
}

/// What `check` gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Both texts one under the other, with summaries
    Human,
    /// A line for each finding
    Short,
    /// One object, for programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// A page to read and to pass on
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Warning,
    Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Fix {
    /// Print the changes and make none
    Show,
    /// Make the changes
    Write,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The name of a check, as findings show it in brackets
    pub(super) check: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Align {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".", conflicts_with = "pair")]
    pub(super) dir: PathBuf,
    /// Two texts outside a book, one Chinese and one English, in either order, or two folders of them
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"])]
    pub(super) pair: Vec<PathBuf>,
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
    /// Chapters: files of either language, or names without `.md`
    #[arg(value_name = "FILE", conflicts_with = "all")]
    pub(super) files: Vec<PathBuf>,
    /// Every chapter of the book
    #[arg(long)]
    pub(super) all: bool,
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub(super) book: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Stats {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Answer::Table, value_name = "FORM")]
    pub(super) format: Answer,
}

#[derive(Debug, Args)]
pub(super) struct Terms {
    /// The book: a folder with manuscript/book.yaml, or any folder inside it
    #[arg(default_value = ".", conflicts_with = "pair")]
    pub(super) dir: PathBuf,
    /// Two Markdown files outside a book, a text and its translation, or two folders of such files
    #[arg(long, num_args = 2, value_names = ["SOURCE", "TARGET"], requires = "glossary")]
    pub(super) pair: Vec<PathBuf>,
    /// The termbase for `--pair`, in the form of glossary.yaml
    #[arg(long, requires = "pair", value_name = "FILE")]
    pub(super) glossary: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Answer::Table, value_name = "FORM")]
    pub(super) format: Answer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Answer {
    Table,
    Json,
    Tsv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Messages {
    Human,
    Json,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well
  1  there are findings at error level
  2  the command could not run

Start with `dama-pub build` in the folder of a book.";

const NEW_EXAMPLES: &str = "\
Examples:
  dama-pub new lamplight                          a book in Chinese and English
  dama-pub new report-2026 --layout report        an annual report
  dama-pub new essays --languages en,zh --layout parallel
                                                  English first, and both side by side too

Exit codes: 0 done, 2 the folder is there already, or cannot be written.";

const BUILD_EXAMPLES: &str = "\
Examples:
  dama-pub build                              everything, into out/
  dama-pub build my-book --out /tmp/proofs    another book, another place
  dama-pub build --edition zh --format pdf    only the Chinese pages
  dama-pub build --profile screen,print       a PDF for readers and one for the press of each edition
  dama-pub build --message-format json        messages for a program

Artifacts are named after the book and the edition, such as my-book-zh.pdf, and my-book-zh-print.pdf for
the press. Both PDFs show the same pages; `pdf:` in book.yaml says which are made. An artifact is replaced
only by one that is whole: after a failed build the last good one is still there. All problems of
a run are reported, each with its line in the manuscript.

Dates in the artifacts come from `date` in book.yaml, or from SOURCE_DATE_EPOCH if that is set; the
same manuscript gives the same bytes.

Exit codes: 0 all is well, 1 findings at error level, 2 could not run.";

const CHECK_EXAMPLES: &str = "\
Examples:
  dama-pub check                                  the book in this folder
  dama-pub check --pair zh.md en.md --glossary terms.yaml
                                                  two files without a book
  dama-pub check --pair en zh                     two folders whose files have the same names
  dama-pub check --format html > findings.html    a page to pass on; also short, json, sarif, github
  dama-pub check --baseline                       accept what is found today, report only what is new
  dama-pub check --fix                            show the changes that mend findings by themselves
  dama-pub check --fix=write                      make them
  dama-pub check --pdf                            set the book and look over its PDFs: boxes, fonts,
                                                  pictures, colours, lines, tags
  dama-pub check --pdf cover.pdf --profile print  any PDF, by the rules of a press

A check's level is set under `checks:` in book.yaml, such as `number: warning` or `typography: off`.
In a chapter, `<!-- dama: allow number: the reason -->` waives findings of the block after it, or of
the block in whose line it stands. `dama-pub explain` lists the checks.

Exit codes: 0 all is well, 1 findings at error level, 2 could not run.";

const PROOF_EXAMPLES: &str = "\
Examples:
  dama-pub proof                    a proof of every edition, into out/
  dama-pub proof --edition zh --profile screen

A proof, such as my-book-zh-proof.pdf, shows the trimmed edge, the bleed, the area that is safe for text
(dashed), the margins, the lines of the grid if the layout draws them, and a numbered frame around each place
of which preflight has something to say. The pages at its end list the numbers with message, line of the manuscript and remedy.

Exit codes: 0 done, 1 an edition could not be set, 2 could not run.";

const ALIGN_EXAMPLES: &str = "\
Examples:
  dama-pub align                                     every pair of the book in this folder
  dama-pub align --format tsv                        for a spreadsheet: blocks and sentences
  dama-pub align --explain zh/02-method.md:7         why the block at that line is paired as it is
  dama-pub align --pair zh.md en.md                  two Markdown files; also two folders of them
  dama-pub align --pair zh.txt en.txt --lines        a sentence a line; prints [0]:[0,1] when two
                                                     English lines say what one Chinese line says

A score is the probability that a pair is right. Pairs rest on the same id, on the same text, code or
picture, on words, or on place alone. With --lines the form is that of the published gold data for
sentence alignment, so that its scorers can be used; --scores adds the score as a third field, [0]:[0,1]:0.973.

Exit codes: 0 done, 2 could not run.";

const ACCEPT_EXAMPLES: &str = "\
Examples:
  dama-pub accept zh/06-method.md        a chapter, by its file in either language
  dama-pub accept 06-method 07-results   chapters by name
  dama-pub accept --all                  every chapter

What was accepted stands in manuscript/reviewed.yaml, a line for each block and its translation; keep it in
version control with the text. From then on `check` finds the blocks whose source changed while the
translation did not (`stale`). What has no counterpart, or none beyond doubt, is listed and left out.

Exit codes: 0 done, 1 the book has errors and nothing was accepted, 2 could not run.";

const STATS_EXAMPLES: &str = "\
Examples:
  dama-pub stats                  a table
  dama-pub stats --format tsv     for a spreadsheet: a line for each chapter
  dama-pub stats --format json    for a program

Reading times: 255 Chinese characters or 228 English words a minute (IReST, Trauzettel-Klosinski and
Dietz 2012), 184 words in other languages. Code and formulas do not count.

Exit codes: 0 done, 1 the book cannot be read, 2 could not run.";
const TERMS_EXAMPLES: &str = "\
Examples:
  dama-pub terms                  the terms of the book in this folder
  dama-pub terms --format tsv     for a spreadsheet
  dama-pub terms --pair zh.md en.md --glossary terms.yaml    two files without a book

A block keeps to a term when its translation has one of the forms that manuscript/glossary.yaml gives. The
last column shows words that blocks which do not keep to it have in common: other renderings, it may be.

Exit codes: 0 done, 2 could not run.";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Cli::command().debug_assert();
    }
}
