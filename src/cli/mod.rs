//! The command line: terminal, clock, environment and exit codes.

mod accept;
mod align;
mod args;
mod build;
mod check;
mod date;
mod doctor;
mod examples;
mod explain;
mod help;
mod here;
mod lsp;
mod new;
mod pair;
mod preflight;
mod products;
mod proof;
mod shell;
mod stats;
mod terminal;
mod terms;
mod usage;
mod watch;

use std::process::ExitCode;

use crate::diagnostic::{Diagnostic, Severity};
use crate::message::Locale;
use args::{Command, FailOn};
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
    std::panic::set_hook(Box::new(terminal::report_defect));
    let system = sys_locale::get_locale().map_or_else(Locale::default, |locale| Locale::of(&locale));
    let cli = match help::parse(std::env::args_os().collect(), system) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let asked = cli.global.lang.map(args::Speech::locale);
    let terminal = Terminal::new(&cli.global, asked.unwrap_or(system));
    let result = std::panic::catch_unwind(|| match &cli.command {
        Command::New(args) => new::run(args, &terminal),
        Command::Build(args) => build::run(args, &terminal),
        Command::Watch(args) => watch::run(args, &terminal),
        Command::Lsp => lsp::run(asked, system),
        Command::Check(args) => check::run(args, &terminal),
        Command::Proof(args) => proof::run(args, &terminal),
        Command::Align(args) => align::run(args, &terminal),
        Command::Explain(args) => explain::run(args, &terminal),
        Command::Accept(args) => accept::run(args, &terminal),
        Command::Stats(args) => stats::run(args, &terminal),
        Command::Terms(args) => terms::run(args, &terminal),
        Command::Doctor(args) => doctor::run(args, &terminal),
        Command::Schema(args) => shell::schema(args, &terminal),
        Command::Completions(args) => shell::completions(args, &terminal),
        Command::Man(args) => shell::man(args, &terminal),
    });
    match result {
        Ok(Ok(Outcome::Clean)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Findings)) => ExitCode::from(1),
        Ok(Err(error)) => {
            terminal.failure(&error);
            ExitCode::from(2)
        }
        Ok(Ok(Outcome::Trouble)) | Err(_) => ExitCode::from(2),
    }
}
