//! How a worker ended, and what is said of it.

use std::path::PathBuf;
use std::process::{ExitCode, ExitStatus};

use super::super::args::{Command, Form};
use super::super::form;
use super::super::terminal::Terminal;
use super::limits::Limits;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::message::{List, Message};
use crate::report::Report;
use crate::source::Sources;

/// What is known of the end of a worker.
pub(super) struct End {
    /// Whether its time was up.
    pub(super) late: bool,
    /// Whether it asked for what it may not have.
    pub(super) refused: bool,
    /// Whether what it said broke off within a word.
    pub(super) cut: bool,
    pub(super) status: Option<ExitStatus>,
    /// What its runtime said.
    pub(super) words: Vec<u8>,
    /// The file of the book that it read last.
    pub(super) last_read: Option<PathBuf>,
}

/// Why a worker did not end by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Time,
    Memory,
    Stack,
    /// The system, or a person, ended it by this signal.
    Signal(i32),
    Forbidden,
    /// What it said could not be heard to its end.
    Unheard,
    /// It should have lived on and did not.
    Early,
}

impl End {
    /// The code of a worker that ended by itself, or why it did not.
    fn cause(&self) -> Result<u8, Cause> {
        let said = String::from_utf8_lossy(&self.words);
        if self.late {
            return Err(Cause::Time);
        }
        if self.refused {
            return Err(Cause::Forbidden);
        }
        if let Some(code) = self.status.and_then(|status| status.code()).filter(|_| !self.cut) {
            return Ok(u8::try_from(code).unwrap_or(2));
        }
        if said.contains("memory allocation of") {
            return Err(Cause::Memory);
        }
        if said.contains("overflowed its stack") {
            return Err(Cause::Stack);
        }
        Err(match self.status.and_then(signal) {
            Some(SIGXCPU) => Cause::Time,
            // By this signal it is ended here as well, where it cannot be understood.
            None | Some(SIGKILL) if self.cut => Cause::Unheard,
            signal => Cause::Signal(signal.unwrap_or_default()),
        })
    }
}

impl End {
    /// What is found of a worker that did not do what it was to do.
    fn found(&self, cause: Cause, limits: Limits) -> Diagnostic {
        let last_read =
            self.last_read.as_ref().map(|path| msg!("the last file that it read is {path}", path = path.as_path()));
        let what = Message::list(List::Clauses, [message(cause, limits)].into_iter().chain(last_read));
        Diagnostic::error(codes::RESOURCE_LIMIT, what).hint(hint(cause))
    }

    /// What is found of the end of a worker that should have lived on.
    pub(super) fn of_living(&self, limits: Limits) -> Diagnostic {
        self.found(self.cause().err().unwrap_or(Cause::Early), limits)
    }
}

/// The signal of a process whose processor time is up.
const SIGXCPU: i32 = 24;
const SIGINT: i32 = 2;
const SIGKILL: i32 = 9;
const SIGTERM: i32 = 15;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// Says how a worker ended, unless it has said so itself, and gives the exit code of the run.
///
/// # Errors
/// As [`Terminal::print`].
pub(super) fn tell(end: &End, command: &Command, limits: Limits, terminal: &Terminal) -> Result<ExitCode, Error> {
    let cause = match end.cause() {
        Ok(code) => {
            terminal.outlet().said(&end.words);
            return Ok(ExitCode::from(code));
        }
        // Whoever stopped the run knows it.
        Err(Cause::Signal(signal @ (SIGINT | SIGTERM))) => return Ok(ExitCode::from(128 + signal as u8)),
        Err(cause) => cause,
    };
    let found = [end.found(cause, limits)];
    let (sources, form) = (Sources::default(), form_of(command));
    let locale = terminal.locale_of(form);
    let report = Report { open: &found, waived: &[], held: None, book: None, sources: &sources, prefix: "", locale };
    match form::written(form, &report) {
        Some(text) => terminal.print_form(form, &text)?,
        None => terminal.findings(&found, &sources),
    }
    Ok(ExitCode::from(1))
}

fn message(cause: Cause, limits: Limits) -> Message {
    match cause {
        Cause::Time => {
            let seconds = limits.time.map_or(0, |time| time.limit.as_secs());
            plural!(
                seconds,
                "the work took more than {seconds} second and was stopped",
                "the work took more than {seconds} seconds and was stopped"
            )
        }
        Cause::Memory => {
            let mebibytes = limits.memory.map_or(0, |bytes| bytes >> 20);
            msg!("the work needed more than {mebibytes} MiB of memory and was stopped", mebibytes)
        }
        Cause::Stack => msg!("something is nested deeper than this program can follow, and the work was stopped"),
        Cause::Signal(signal) => msg!("the system ended the work (signal {signal})", signal),
        Cause::Early => msg!("the work ended before it was done"),
        Cause::Unheard => msg!("the process that does the work could not be heard to its end"),
        Cause::Forbidden => msg!("the work was about to write where it may not, and was stopped"),
    }
}

fn hint(cause: Cause) -> Message {
    match cause {
        Cause::Time => msg!(
            "if the book is merely large, allow more seconds with `--time-limit` (0 for no limit); else look for what never ends in a layout or a picture"
        ),
        Cause::Memory => {
            msg!("look for what takes so much in a layout, a picture or a font; `--memory-limit` allows more MiB")
        }
        Cause::Stack => msg!("look for lists, quotations or formulas inside one another"),
        Cause::Signal(_) => {
            msg!("mostly for want of memory: `--memory-limit` sets a limit before the machine's is reached")
        }
        Cause::Early => msg!("the next change begins it anew; please report it if it happens again"),
        Cause::Unheard => msg!("run the command again; please report it if it happens again"),
        Cause::Forbidden => msg!("do not trust this book; please report it, for it has found a defect of dama-pub"),
    }
}

/// The form in which a command tells its findings.
fn form_of(command: &Command) -> Form {
    match command {
        Command::Build(args) => args.message_format,
        Command::Check(args) => args.format,
        _ => Form::Human,
    }
}
