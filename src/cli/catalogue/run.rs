//! `dama-pub catalogue build`, `check` and `release`: every book, and what came of it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde::Serialize;
use serde_json::Value;

use super::child::{Crew, RELEASE, last_words};
use super::releases::Releases;
use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::kept::Record;
use crate::cli::terminal::Terminal;
use crate::error::Error;
use crate::inputs::Digest;
use crate::message::{List, Message};

/// Changes when a field is removed or changes its meaning; added fields leave it.
const SCHEMA: &str = "dama-pub/run/1";

/// What came of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    /// Something was made, or it was checked.
    Done,
    /// Nothing had to be made.
    Unchanged,
    /// All that was lacking came from the cache.
    Cached,
    /// It has errors.
    Failed,
    /// The work could not be done.
    Trouble,
    /// It was not begun, for another had failed.
    Skipped,
}

#[derive(Debug, Serialize)]
struct Line {
    schema: &'static str,
    command: &'static str,
    book: String,
    status: Status,
    code: Option<i32>,
    seconds: f64,
    errors: u64,
    warnings: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    artifacts: Vec<Artifact>,
    findings: Vec<Value>,
    /// Why the work could not be done, or why a book is not released.
    #[serde(skip_serializing_if = "String::is_empty")]
    said: String,
}

#[derive(Debug, Serialize)]
struct Artifact {
    name: String,
    content: Digest,
}

/// Which books are worked on, and how.
pub(super) struct Many {
    /// With their names.
    pub(super) books: Vec<(PathBuf, String)>,
    pub(super) keep_going: bool,
    pub(super) jobs: Option<usize>,
    /// Whether programs are told.
    pub(super) jsonl: bool,
}

/// A run over many books.
#[derive(Clone, Copy)]
pub(super) struct Round<'a> {
    pub(super) command: &'static str,
    pub(super) options: &'a [String],
    pub(super) many: &'a Many,
    pub(super) global: &'a Global,
    pub(super) terminal: &'a Terminal,
}

impl Round<'_> {
    pub(super) fn run(self) -> Result<Outcome, Error> {
        let started = Instant::now();
        let all = ordered(self.many.books.clone());
        let crew = Crew::of(self.many.jobs);
        let stopped = AtomicBool::new(false);
        let lines = crew.each(&all, |(book, name)| {
            let line = match stopped.load(Ordering::Relaxed) {
                true => self.line(name, Status::Skipped),
                false => self.one(crew, book, name),
            };
            let failed = matches!(line.status, Status::Failed | Status::Trouble);
            stopped.fetch_or(failed && !self.many.keep_going, Ordering::Relaxed);
            self.tell(&line).map(|()| line.status)
        });
        let statuses = lines.into_iter().collect::<Result<Vec<Status>, Error>>()?;
        self.summary(&statuses, started);
        Ok(match statuses.contains(&Status::Trouble) {
            true => Outcome::Trouble,
            false if statuses.contains(&Status::Failed) => Outcome::Findings,
            false => Outcome::Clean,
        })
    }

    fn line(self, name: &str, status: Status) -> Line {
        Line {
            schema: SCHEMA,
            command: self.command,
            book: name.to_owned(),
            status,
            code: None,
            seconds: 0.0,
            errors: 0,
            warnings: 0,
            artifacts: Vec::new(),
            findings: Vec::new(),
            said: String::new(),
        }
    }

    fn one(self, crew: Crew, book: &Path, name: &str) -> Line {
        let (before, released) = (Record::read(&book.join("out")), Releases::of(book));
        let started = Instant::now();
        let output = crew.run(self.command, book, self.options, self.global);
        let mut line = self.line(name, Status::Trouble);
        line.seconds = (started.elapsed().as_secs_f64() * 1e3).round() / 1e3;
        line.code = output.as_ref().ok().and_then(|output| output.status.code());
        if self.command == RELEASE {
            self.was_released(&mut line, &output, &released, &Releases::of(book));
        } else {
            self.was_reported(&mut line, &output, &before, book);
        }
        line
    }

    /// A release says of itself what people read; what it made lies in its folder.
    fn was_released(self, line: &mut Line, output: &io::Result<Output>, before: &Releases, after: &Releases) {
        line.status = match line.code {
            Some(0) if before == after => Status::Unchanged,
            Some(0) => Status::Done,
            Some(1) => Status::Failed,
            _ => Status::Trouble,
        };
        if line.code != Some(0) {
            line.said = last_words(output);
        }
        let made = after.made_since(before);
        line.artifacts = made.into_iter().map(|(name, content)| Artifact { name, content }).collect();
    }

    fn was_reported(self, line: &mut Line, output: &io::Result<Output>, before: &Record, book: &Path) {
        let report = output.as_ref().ok().and_then(|output| serde_json::from_slice::<Value>(&output.stdout).ok());
        let Some(report) = report.filter(|_| matches!(line.code, Some(0 | 1))) else {
            line.said = last_words(output);
            return;
        };
        let count = |name: &str| report["summary"][name].as_u64().unwrap_or(0);
        (line.errors, line.warnings) = (count("errors"), count("warnings"));
        line.findings = report["findings"].as_array().cloned().unwrap_or_default();
        let after = Record::read(&book.join("out"));
        line.status = match line.code {
            Some(0) if self.command == "build" => what_became(before, &after),
            Some(0) => Status::Done,
            _ => Status::Failed,
        };
        if self.command == "build" {
            let made = after.runs.last().into_iter().flat_map(|run| &run.made);
            line.artifacts = made.map(|(name, content)| Artifact { name: name.clone(), content: *content }).collect();
        }
    }

    fn tell(self, line: &Line) -> Result<(), Error> {
        if self.many.jsonl {
            let text = serde_json::to_string(line).expect("a line is plain data");
            return self.terminal.print(&(text + "\n"));
        }
        let book = line.book.as_str();
        let time = format!("{:.2} s", line.seconds);
        let timed = || msg!("{book} ({time})", book, time = time.as_str());
        match line.status {
            Status::Done if self.command == "build" => self.terminal.done(msg!("built"), timed()),
            Status::Done if self.command == RELEASE => self.terminal.done(msg!("released"), timed()),
            Status::Done => self.terminal.done(msg!("checked"), timed()),
            Status::Unchanged => self.terminal.done(msg!("unchanged"), timed()),
            Status::Cached => self.terminal.done(msg!("cached"), timed()),
            Status::Skipped => self.terminal.detail(msg!("not begun: {book}", book)),
            Status::Failed if self.command == RELEASE => {
                self.terminal.failed(msg!("failed"), msg!("{book}:", book));
                self.terminal.failed(Message::empty(), Message::data(line.said.clone()));
            }
            Status::Trouble => {
                self.terminal.failed(msg!("failed"), msg!("{book}: {what}", book, what = line.said.as_str()));
            }
            Status::Failed => {
                let errors = plural!(errors = line.errors, "{errors} error", "{errors} errors");
                self.terminal.failed(msg!("failed"), msg!("{book}: {what}", book, what = errors));
                for finding in line.findings.iter().filter(|finding| finding["severity"] == "error") {
                    self.terminal.failed(Message::empty(), Message::data(said(book, finding)));
                }
            }
        }
        Ok(())
    }

    fn summary(self, statuses: &[Status], started: Instant) {
        if self.many.jsonl {
            return;
        }
        let count = |status: Status| statuses.iter().filter(|other| **other == status).count();
        let some = |n: usize, message: Message| (n > 0).then_some(message);
        let [unchanged, cached, failed, skipped] =
            [Status::Unchanged, Status::Cached, Status::Failed, Status::Skipped].map(count);
        let failed = failed + count(Status::Trouble);
        let all = plural!(
            books = statuses.len(),
            "{books} book in {time}",
            "{books} books in {time}",
            time = format!("{:.2} s", started.elapsed().as_secs_f64())
        );
        let parts = [
            Some(all),
            some(unchanged, msg!("{n} unchanged", n = unchanged)),
            some(cached, msg!("{n} from the cache", n = cached)),
            some(failed, msg!("{n} failed", n = failed)),
            some(skipped, msg!("{n} not begun; `--keep-going` does those too", n = skipped)),
        ];
        let what = match self.command {
            "build" => msg!("built"),
            RELEASE => msg!("released"),
            _ => msg!("checked"),
        };
        self.terminal.verdict(failed > 0, what, Message::list(List::Clauses, parts.into_iter().flatten()));
    }
}

/// The book that took longest the last time first, so that none is waited for alone at the end.
fn ordered(mut all: Vec<(PathBuf, String)>) -> Vec<(PathBuf, String)> {
    all.sort_by_cached_key(|(book, _)| {
        let record = Record::read(&book.join("out"));
        let longest = record.runs.iter().map(|run| run.seconds).fold(0.0_f64, f64::max);
        (std::cmp::Reverse((longest * 1e3) as u64), book.clone())
    });
    all
}

fn what_became(before: &Record, after: &Record) -> Status {
    if before == after {
        return Status::Unchanged;
    }
    let old = |name: &String| before.made.get(name).map(|kept| kept.digest);
    let mut new = after.made.iter().filter(|(name, kept)| old(name) != Some(kept.digest)).peekable();
    if new.peek().is_some() && new.all(|(_, kept)| kept.cached) { Status::Cached } else { Status::Done }
}

/// A finding in a line: where, which, what.
fn said(book: &str, finding: &Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or_default();
    let place = match (text("file"), finding["line"].as_u64(), finding["column"].as_u64()) {
        (file, Some(line), Some(column)) => format!("{book}/{file}:{line}:{column}: "),
        _ => String::new(),
    };
    format!("{place}{} [{}]", text("message"), text("check"))
}
