//! `dama-pub catalogue status`: a page of all books.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::across::{Progress, ask, progress};
use super::books;
use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::args::catalogue::Status;
use crate::cli::kept::Record;
use crate::cli::terminal::Terminal;
use crate::error::Error;
use crate::message::Argument;
use crate::project::write_artifact;
use crate::report::catalogue::{StatusRow, page};

pub(super) fn run(args: &Status, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    let checked = ask((&args.books, global), "check", &["--format", "json"])?;
    let counted = ask((&args.books, global), "stats", &["--format", "json"])?;
    let folders = books::of(&args.books)?;
    let rows: Vec<StatusRow> = checked
        .iter()
        .zip(&counted)
        .zip(&folders)
        .map(|(((book, checked), (_, counted)), folder)| row(book, checked, counted, folder))
        .collect();
    write_artifact(&args.out, page(&rows, terminal.locale()).as_bytes())?;
    let wrong = rows.iter().filter(|row| row.errors.is_none_or(|errors| errors > 0)).count();
    let books = plural!(books = rows.len(), "{books} book", "{books} books");
    let path = args.out.as_path().into_message();
    terminal.verdict(wrong > 0, msg!("made"), msg!("{path} ({books}, {wrong} with errors)", path, books, wrong));
    Ok(Outcome::Clean)
}

fn row(book: &str, checked: &Result<Value, String>, counted: &Result<Value, String>, folder: &Path) -> StatusRow {
    let count = |name: &str| checked.as_ref().ok().and_then(|said| said["summary"][name].as_u64());
    let progress: Vec<Progress> = counted.iter().flat_map(|said| progress(book, said)).collect();
    let sum = |of: fn(&Progress) -> u64| progress.iter().map(of).sum::<u64>();
    let record = Record::read(&folder.join("out"));
    StatusRow {
        book: book.to_owned(),
        errors: count("errors"),
        warnings: count("warnings"),
        blocks: sum(|one| one.blocks),
        reviewed: sum(|one| one.reviewed),
        stale: sum(|one| one.stale + one.changed),
        artifacts: record.runs.last().map_or(0, |run| run.made.len()),
        released: last_release(folder),
        said: checked.as_ref().err().cloned().unwrap_or_default(),
    }
}

/// The name of the release that was made last.
fn last_release(folder: &Path) -> Option<String> {
    let entries = fs::read_dir(folder.join("release")).into_iter().flatten().flatten();
    let whole = entries.filter(|entry| entry.path().join("release.json").is_file());
    let dated = whole.filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.file_name())));
    dated.max().map(|(_, name)| name.to_string_lossy().into_owned())
}
