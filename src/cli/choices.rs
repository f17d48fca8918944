//! The values that options of the command line have.

use clap::ValueEnum;

use crate::message::Locale;
use crate::model;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// Languages that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Speech {
    /// English
    En,
    /// 中文
    #[value(aliases = ["zh-CN", "zh-Hans", "zh-Hant", "zh-TW", "zh-HK"])]
    Zh,
}

impl Speech {
    /// The locale.
    pub(super) fn locale(self) -> Locale {
        match self {
            Speech::En => Locale::English,
            Speech::Zh => Locale::Chinese,
        }
    }
}

/// Layouts that a new book may begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Starter {
    /// Long prose, A5
    Book,
    /// An annual report, 210 × 285 mm
    Report,
    /// Long prose, and an edition in both languages side by side
    #[value(alias = "bilingual")]
    Parallel,
    /// A technical book with heads and notes in the margin, 185 × 260 mm, or letter in English
    Handbook,
}

impl Starter {
    /// Its folder under layouts/.
    pub(super) fn name(self) -> &'static str {
        match self {
            Starter::Book => "book",
            Starter::Report => "report",
            Starter::Parallel => "parallel",
            Starter::Handbook => "handbook",
        }
    }
}

/// Where a book is built by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Ci {
    /// GitHub Actions
    Github,
    /// GitLab CI
    Gitlab,
}

/// What is wanted of layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LayoutWish {
    /// The names of all, those of the book first
    List,
    /// What one takes: options, building blocks, keys of front matter
    Show,
    /// Copy a built-in one into layouts/ of the book, where it takes the place of the built-in one
    Eject,
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

/// Forms of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people: each place with its text and remedy, and summaries
    Human,
    /// A line for each finding
    Short,
    /// One object, for programs
    Json,
    /// An object in a line for each of several books, for programs
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
    /// A page to read and to pass on
    Html,
}

/// See [`crate::shop::Form`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RecordForm {
    /// ONIX for Books 3.1: a record of each product, for shops and wholesalers
    #[value(name = "onix-3.1", alias = "onix")]
    Onix31,
    /// The same as ONIX 3.0
    #[value(name = "onix-3.0")]
    Onix30,
    /// schema.org `Book` in JSON-LD, for pages of the web
    JsonLd,
    /// A deposit for Crossref, where a DOI is given
    Crossref,
    /// Metadata for DataCite, likewise
    Datacite,
}

impl From<RecordForm> for crate::shop::Form {
    fn from(form: RecordForm) -> Self {
        match form {
            RecordForm::Onix31 => Self::Onix31,
            RecordForm::Onix30 => Self::Onix30,
            RecordForm::JsonLd => Self::JsonLd,
            RecordForm::Crossref => Self::Crossref,
            RecordForm::Datacite => Self::DataCite,
        }
    }
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Answer {
    Table,
    Json,
    Tsv,
}

/// Forms of the termbase for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TermForm {
    /// A table with a header, for Excel, OmegaT, Trados
    Tsv,
    /// TBX of 2008 (`martif`), which most programs read
    Tbx,
    /// TBX-Basic of 2019
    Tbx3,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum HealthForm {
    Table,
    Json,
}

/// Forms of what is said of a release that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum VerifyForm {
    /// For people: a line for each thing
    Human,
    /// One object, for programs
    Json,
}

/// What there are schemas of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Subject {
    /// manuscript/book.yaml
    Book,
    /// manuscript/glossary.yaml
    Glossary,
    /// What `check --format json` and `build --message-format json` print
    Diagnostics,
    /// release.json in the folder of a release
    Release,
    /// What `verify --format json` prints
    Verification,
}
