//! The command line: terminal, clock, environment and exit codes.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where the disk, the clock, the environment and the terminal are"
)]

mod accept;
mod align;
mod args;
#[cfg(feature = "pages")]
mod artifacts;
#[cfg(feature = "pages")]
mod build;
#[cfg(feature = "pages")]
mod bundle;
mod cache;
mod catalogue;
mod check;
mod choices;
mod date;
#[cfg(feature = "pages")]
mod depfile;
#[cfg(feature = "pages")]
mod doctor;
#[cfg(feature = "pages")]
mod draft;
mod editions;
mod errand;
mod examples;
mod exchange;
mod explain;
mod form;
mod git;
mod help;
mod here;
mod import;
mod kept;
mod layout;
mod lsp;
#[cfg(feature = "pages")]
mod making;
mod metadata;
#[cfg(feature = "pages")]
mod memory;
mod named;
mod new;
mod outlet;
mod pair;
mod parent;
mod pipe;
#[cfg(feature = "pages")]
mod plan;
mod preflight;
#[cfg(feature = "pages")]
mod products;
#[cfg(feature = "pages")]
mod proof;
mod release;
mod review;
mod revisions;
mod selection;
#[cfg(feature = "pages")]
mod shares;
mod shelf;
mod shell;
mod stats;
mod termbase;
mod terminal;
mod terms;
#[cfg(feature = "pages")]
mod told;
#[cfg(feature = "pages")]
mod took;
mod usage;
mod verify;
#[cfg(feature = "pages")]
mod watch;
mod worker;

use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::message::Locale;
use args::{Cli, Command, FailOn};
use terminal::Terminal;

/// How a run that could be carried out ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
    /// Some of it could not be carried out; what and why has been said.
    Trouble,
}

/// Whether findings are grave enough to fail a run.
fn fails(findings: &[Diagnostic], limit: FailOn) -> bool {
    let limit = match limit {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    findings.iter().any(|finding| finding.severity >= limit)
}

/// Runs the program with the process's arguments. Exit codes: 0 clean, 1 findings at error level, 2 could not run.
pub fn run() -> ExitCode {
    catalogue::join();
    let (link, confined) = worker::begin().unzip();
    terminal::report_defects(link.clone());
    let system = sys_locale::get_locale().map_or_else(Locale::default, |locale| Locale::of(&locale));
    let mut cli = match help::parse(std::env::args_os().collect(), system) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let asked = cli.global.lang.map(args::Speech::locale);
    let terminal = Terminal::new(&cli.global, asked.unwrap_or(system), link);
    // A new book that is made of a manuscript is an import, with all that holds for one.
    if let Command::New(new) = &cli.command
        && let Some(import) = new.import()
    {
        if confined.is_none()
            && let Err(error) = new::refuse_taken(&new.dir)
        {
            return failed(&error, &terminal);
        }
        cli.command = Command::Import(import);
    }
    if let (None, Command::Build(args)) = (confined, &cli.command)
        && !catalogue::is_of_several(args)
    {
        kept::make_ready(args, &terminal);
    }
    if confined.is_none() && worker::is_wanted(&cli) {
        return worker::supervise(&cli, &terminal).unwrap_or_else(|error| failed(&error, &terminal));
    }
    if confined.is_none() && cli.global.unconfined {
        worker::unconfined();
    }
    if let Some(confined) = confined {
        terminal.detail(msg!("this process has {limits}", limits = confined.message()));
    }
    let result = std::panic::catch_unwind(|| carry_out(&cli, asked, system, &terminal));
    let made = terminal.commit();
    match result.map(|result| result.and_then(|outcome| made.map(|()| outcome))) {
        Ok(Ok(Outcome::Clean)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Findings)) => ExitCode::from(1),
        Ok(Err(error)) => failed(&error, &terminal),
        Ok(Ok(Outcome::Trouble)) | Err(_) => ExitCode::from(2),
    }
}

fn failed(error: &Error, terminal: &Terminal) -> ExitCode {
    terminal.failure(error);
    ExitCode::from(2)
}

/// A command for one book that is given several; `None` where it is given one.
fn carry_out_several(cli: &Cli, terminal: &Terminal) -> Option<Result<Outcome, Error>> {
    match &cli.command {
        Command::Build(args) => catalogue::build_several(args, &cli.global, terminal),
        Command::Check(args) => catalogue::check_several(args, &cli.global, terminal),
        Command::Release(args) => catalogue::release_several(args, &cli.global, terminal),
        _ => None,
    }
}

fn carry_out(cli: &Cli, asked: Option<Locale>, system: Locale, terminal: &Terminal) -> Result<Outcome, Error> {
    if let Some(outcome) = carry_out_several(cli, terminal) {
        return outcome;
    }
    match &cli.command {
        Command::New(args) => new::run(args, cli.global.lang, terminal),
        #[cfg(feature = "pages")]
        Command::Build(args) if args.draft => draft::run(args, terminal),
        #[cfg(feature = "pages")]
        Command::Build(args) => build::run(args, terminal),
        #[cfg(feature = "pages")]
        Command::Watch(args) => watch::run(args, &cli.global, terminal),
        Command::Lsp => lsp::run((asked, system), &cli.global, terminal),
        Command::Check(args) => check::run(args, terminal),
        #[cfg(feature = "pages")]
        Command::Proof(args) => proof::run(args, terminal),
        Command::Align(args) => align::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
        Command::Translate(args) => exchange::translate::run(args, terminal),
        Command::Export(args) => exchange::export::run(args, terminal),
        Command::Import(args) => import::run(args, terminal),
        Command::ImportReview(args) => exchange::import_review::run(args, terminal),
        Command::Accept(args) => accept::run(args, terminal),
        Command::Review(args) => review::run(args, terminal),
        Command::Stats(args) => stats::run(args, terminal),
        Command::Metadata(args) => metadata::run(args, terminal),
        Command::Terms(args) => terms::run(args, terminal),
        #[cfg(feature = "pages")]
        Command::Doctor(args) => doctor::run(args, terminal),
        #[cfg(feature = "pages")]
        Command::Release(args) => release::run(args, terminal),
        Command::Verify(args) => verify::run(args, terminal),
        Command::Catalogue(args) => catalogue::run(args, &cli.global, terminal),
        Command::Cache(args) => cache::run(args, terminal),
        #[cfg(not(feature = "pages"))]
        Command::Build(_) | Command::Watch(_) | Command::Proof(_) | Command::Doctor(_) | Command::Release(_) => {
            Err(Error::NoPages)
        }
        Command::Layout(args) => layout::run(args, terminal),
        Command::Schema(args) => shell::schema(args, terminal),
        Command::Completions(args) => shell::completions(args, terminal),
        Command::Man(args) => shell::man(args, terminal),
    }
}
