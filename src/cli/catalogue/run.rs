//! `dama-pub catalogue build` and `check`: every book, and what came of it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde::Serialize;
use serde_json::Value;

use super::books;
use super::child::{Crew, last_words};
use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::args::catalogue::{CatalogueBuild, Every, RunForm};
use crate::cli::kept::Record;
use crate::cli::shelf;
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
    /// Why the work could not be done.
    #[serde(skip_serializing_if = "String::is_empty")]
    said: String,
}

#[derive(Debug, Serialize)]
struct Artifact {
    name: String,
    content: Digest,
}

pub(super) fn build(args: &CatalogueBuild, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    let cache = shelf::folder(args.cache.as_ref()).map(|folder| folder.to_string_lossy().into_owned());
    let mut options = vec!["--message-format", "json"];
    options.extend(cache.iter().flat_map(|folder| ["--cache", folder.as_str()]));
    options.extend(args.force.then_some("--force"));
    Round { command: "build", options: &options, every: &args.every, global, terminal }.run()
}

pub(super) fn check(args: &Every, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    Round { command: "check", options: &["--format", "json"], every: args, global, terminal }.run()
}

/// A run over many books.
#[derive(Clone, Copy)]
struct Round<'a> {
    command: &'static str,
    options: &'a [&'a str],
    every: &'a Every,
    global: &'a Global,
    terminal: &'a Terminal,
}

impl Round<'_> {
    fn run(self) -> Result<Outcome, Error> {
        let started = Instant::now();
        let all = ordered(books::of(&self.every.books)?);
        let crew = Crew::of(self.every.jobs);
        let stopped = AtomicBool::new(false);
        let lines = crew.each(&all, |book| {
            let line = match stopped.load(Ordering::Relaxed) {
                true => self.line(book, Status::Skipped),
                false => self.one(crew, book),
            };
            let failed = matches!(line.status, Status::Failed | Status::Trouble);
            stopped.fetch_or(failed && !self.every.keep_going, Ordering::Relaxed);
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

    fn line(self, book: &Path, status: Status) -> Line {
        Line {
            schema: SCHEMA,
            command: self.command,
            book: books::name(book, &self.every.books.root),
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

    fn one(self, crew: Crew, book: &Path) -> Line {
        let out = book.join("out");
        let before = Record::read(&out);
        let started = Instant::now();
        let output = crew.run(self.command, book, self.options, self.global);
        let mut line = self.line(book, Status::Trouble);
        line.seconds = (started.elapsed().as_secs_f64() * 1e3).round() / 1e3;
        line.code = output.as_ref().ok().and_then(|output| output.status.code());
        let report = output.as_ref().ok().and_then(|output| serde_json::from_slice::<Value>(&output.stdout).ok());
        let Some(report) = report.filter(|_| matches!(line.code, Some(0 | 1))) else {
            line.said = last_words(&output);
            return line;
        };
        let count = |name: &str| report["summary"][name].as_u64().unwrap_or(0);
        (line.errors, line.warnings) = (count("errors"), count("warnings"));
        line.findings = report["findings"].as_array().cloned().unwrap_or_default();
        let after = Record::read(&out);
        line.status = match line.code {
            Some(0) if self.command == "build" => what_became(&before, &after),
            Some(0) => Status::Done,
            _ => Status::Failed,
        };
        if self.command == "build" {
            let made = after.runs.last().into_iter().flat_map(|run| &run.made);
            line.artifacts = made.map(|(name, content)| Artifact { name: name.clone(), content: *content }).collect();
        }
        line
    }

    fn tell(self, line: &Line) -> Result<(), Error> {
        if self.every.message_format == RunForm::Jsonl {
            let text = serde_json::to_string(line).expect("a line is plain data");
            return self.terminal.print(&(text + "\n"));
        }
        let book = line.book.as_str();
        let time = format!("{:.2} s", line.seconds);
        let timed = || msg!("{book} ({time})", book, time = time.as_str());
        match line.status {
            Status::Done if self.command == "build" => self.terminal.done(msg!("built"), timed()),
            Status::Done => self.terminal.done(msg!("checked"), timed()),
            Status::Unchanged => self.terminal.done(msg!("unchanged"), timed()),
            Status::Cached => self.terminal.done(msg!("cached"), timed()),
            Status::Skipped => self.terminal.detail(msg!("not begun: {book}", book)),
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
        if self.every.message_format != RunForm::Human {
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
        let what = if self.command == "build" { msg!("built") } else { msg!("checked") };
        self.terminal.verdict(failed > 0, what, Message::list(List::Clauses, parts.into_iter().flatten()));
    }
}

/// The book that took longest the last time first, so that none is waited for alone at the end.
fn ordered(mut all: Vec<PathBuf>) -> Vec<PathBuf> {
    all.sort_by_cached_key(|book| {
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
