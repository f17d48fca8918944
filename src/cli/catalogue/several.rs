//! What is done with many books: by a command for catalogues, or by one for a book that is given several.

use std::path::PathBuf;

use clap::ValueEnum;

use super::books;
use super::child::RELEASE;
use super::run::{Many, Round};
use crate::cli::Outcome;
use crate::cli::args::catalogue::{CatalogueBuild, CatalogueRelease, Every, RunForm, Several};
use crate::cli::args::{Build, Check, FailOn, Form, Global, Release};
use crate::cli::shelf;
use crate::cli::terminal::Terminal;
use crate::error::Error;
use crate::project::BOOK_FILE;

pub(super) fn build(args: &CatalogueBuild, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    let options = Options::of(&["--message-format", "json"]);
    let options = options.all("--cache", cache(args.cache.as_ref())).flag("--force", args.force);
    let many = Many::of_every(&args.every)?;
    Round { command: "build", options: &options.0, many: &many, global, terminal }.run()
}

pub(super) fn check(args: &Every, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    let options = Options::of(&["--format", "json"]);
    let many = Many::of_every(args)?;
    Round { command: "check", options: &options.0, many: &many, global, terminal }.run()
}

pub(super) fn release(args: &CatalogueRelease, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    let options = Options::of(&[])
        .all("--allow", args.allow.clone())
        .all("--sign", args.sign.iter().map(|key| key.to_string_lossy().into_owned()))
        .flag("--dry-run", args.dry_run)
        .flag("--replace", args.replace)
        .flag("--provenance", args.provenance)
        .word(args.version.as_ref());
    let many = Many::of_every(&args.every)?;
    Round { command: RELEASE, options: &options.0, many: &many, global, terminal }.run()
}

/// `dama-pub build` of several books; `None` where it is of one.
pub(in crate::cli) fn build_several(
    args: &Build,
    global: &Global,
    terminal: &Terminal,
) -> Option<Result<Outcome, Error>> {
    is_of_several(args).then(|| {
        let of_one = [
            ("--out", args.out.is_some()),
            ("--draft", args.draft),
            ("--depfile", args.depfile.is_some()),
            ("--timings", args.timings.is_some()),
        ];
        refuse(&of_one)?;
        let options = Options::of(&["--message-format", "json"])
            .all("--edition", args.edition.clone())
            .all("--format", args.format.iter().map(word))
            .all("--profile", args.profile.iter().map(word))
            .all("--cache", cache(args.cache.as_ref()))
            .all("--fail-on", fail_on(args.fail_on))
            .flag("--force", args.force);
        let paths: Vec<PathBuf> = std::iter::once(&args.dir).chain(&args.more).cloned().collect();
        let many = Many::of(&paths, &args.several, is_jsonl(args.message_format)?)?;
        Round { command: "build", options: &options.0, many: &many, global, terminal }.run()
    })
}

/// `dama-pub check` of several books; `None` where it is of one.
pub(in crate::cli) fn check_several(
    args: &Check,
    global: &Global,
    terminal: &Terminal,
) -> Option<Result<Outcome, Error>> {
    checks_several(args).then(|| {
        let of_one = [
            ("--chapter", !args.chapter.is_empty()),
            ("--pair", !args.pair.is_empty()),
            ("--pdf", args.pdf.is_some()),
            ("--baseline", args.baseline),
            ("--fix", args.fix.is_some()),
        ];
        refuse(&of_one)?;
        let options = Options::of(&["--format", "json"])
            .all("--changed-since", args.changed_since.clone())
            .all("--select", args.select.clone())
            .all("--ignore", args.ignore.clone())
            .all("--edition", args.edition.clone())
            .all("--fail-on", fail_on(args.fail_on))
            .flag("--no-baseline", args.no_baseline);
        let here = vec![PathBuf::from(".")];
        let paths = if args.paths.is_empty() { &here } else { &args.paths };
        let many = Many::of(paths, &args.several, is_jsonl(args.format)?)?;
        Round { command: "check", options: &options.0, many: &many, global, terminal }.run()
    })
}

/// `dama-pub release` of several books; `None` where it is of one.
pub(in crate::cli) fn release_several(
    args: &Release,
    global: &Global,
    terminal: &Terminal,
) -> Option<Result<Outcome, Error>> {
    releases_several(args).then(|| {
        refuse(&[("--out", args.out.is_some()), ("--compare", args.compare.is_some())])?;
        let options = Options::of(&[])
            .all("--allow", args.allow.clone())
            .all("--sign", args.sign.iter().map(|key| key.to_string_lossy().into_owned()))
            .flag("--dry-run", args.dry_run)
            .flag("--replace", args.replace)
            .flag("--provenance", args.provenance)
            .word(args.version.as_ref());
        let many = Many::of(&args.books, &args.several, args.message_format == RunForm::Jsonl)?;
        Round { command: RELEASE, options: &options.0, many: &many, global, terminal }.run()
    })
}

/// Whether `build` is told of several books, or how several are to be worked on.
pub(in crate::cli) fn is_of_several(args: &Build) -> bool {
    !args.more.is_empty() || args.several.is_said() || args.message_format == Form::Jsonl
}

/// Likewise `check`. Several chapters of a book are none of several books.
pub(in crate::cli) fn checks_several(args: &Check) -> bool {
    let books = args.paths.iter().filter(|path| path.join(BOOK_FILE).is_file()).count();
    args.several.is_said() || args.format == Form::Jsonl || (books > 1 && books == args.paths.len())
}

/// Likewise `release`.
pub(in crate::cli) fn releases_several(args: &Release) -> bool {
    args.several.is_said() || args.books.len() > 1 || args.message_format == RunForm::Jsonl
}

impl Many {
    fn of_every(every: &Every) -> Result<Self, Error> {
        let Every { books, keep_going, jobs, message_format } = every;
        let jsonl = *message_format == RunForm::Jsonl;
        Ok(Self { books: books::named(books)?, keep_going: *keep_going, jobs: *jobs, jsonl })
    }

    fn of(paths: &[PathBuf], several: &Several, jsonl: bool) -> Result<Self, Error> {
        let Several { shard, keep_going, jobs } = several;
        Ok(Self { books: books::of_all(paths, *shard)?, keep_going: *keep_going, jobs: *jobs, jsonl })
    }
}

/// What the process of each book is told.
struct Options(Vec<String>);

impl Options {
    fn of(words: &[&str]) -> Self {
        Self(words.iter().map(|word| (*word).to_owned()).collect())
    }

    /// An option with each of these values.
    fn all(mut self, name: &str, values: impl IntoIterator<Item = String>) -> Self {
        self.0.extend(values.into_iter().flat_map(|value| [name.to_owned(), value]));
        self
    }

    fn flag(mut self, name: &str, is_said: bool) -> Self {
        self.0.extend(is_said.then(|| name.to_owned()));
        self
    }

    fn word(mut self, word: Option<&String>) -> Self {
        self.0.extend(word.cloned());
        self
    }
}

fn cache(given: Option<&PathBuf>) -> Option<String> {
    shelf::folder(given).map(|folder| folder.to_string_lossy().into_owned())
}

fn word(value: &impl ValueEnum) -> String {
    value.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

fn fail_on(limit: FailOn) -> [String; 1] {
    [word(&limit)]
}

/// Whether programs are told of several books, where that is said in a form that can tell of several.
fn is_jsonl(form: Form) -> Result<bool, Error> {
    match form {
        Form::Human | Form::Jsonl => Ok(form == Form::Jsonl),
        other => Err(Error::Usage(msg!("of several books `{form}` cannot tell: take `jsonl`", form = word(&other)))),
    }
}

fn refuse(options: &[(&str, bool)]) -> Result<(), Error> {
    match options.iter().find(|(_, is_said)| *is_said) {
        Some((name, _)) => Err(Error::Usage(msg!("`{name}` is of one book, and several are asked for", name))),
        None => Ok(()),
    }
}
