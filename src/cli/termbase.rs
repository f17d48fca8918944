//! `dama-pub terms --export` and `--import`: the termbase for other programs, and back.

use std::collections::BTreeSet;
use std::path::Path;

use super::args::{TermForm, Terms};
use super::terminal::Terminal;
use super::{Outcome, here};
use crate::checks::fix::{FixedFile, Fixes};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::exchange::Refusal;
use crate::exchange::forms::terms::{self, Dialect, TermFile};
use crate::manuscript::{GLOSSARY_FILE, Merged, TermEntry, merge_terms};
use crate::message::{Argument, List, Message};
use crate::model::{Book, Lang};
use crate::project::{self, Project};
use crate::report;
use crate::source::{Files, ReadError, SourceFile, Sources};

/// Writes the termbase in a form, to a file or to stdout.
pub(super) fn export(book: &Book, form: TermForm, out: Option<&Path>, terminal: &Terminal) -> Result<Outcome, Error> {
    let entries: Vec<TermEntry> = book.glossary.terms.iter().map(TermEntry::of).collect();
    let langs = &book.languages;
    let title = langs.first().and_then(|lang| book.meta.title.get(lang)).map_or("", String::as_str);
    let text = match form {
        TermForm::Tsv => terms::tsv(&entries, langs),
        TermForm::Tbx => terms::tbx(&entries, langs, title, Dialect::Martif),
        TermForm::Tbx3 => terms::tbx(&entries, langs, title, Dialect::Basic),
    };
    let Some(path) = out else {
        terminal.print(&text)?;
        return Ok(Outcome::Clean);
    };
    let failed = |source| Error::Write { path: path.to_owned(), source };
    terminal.outlet().put(path, text.as_bytes()).map_err(failed)?;
    let facts = plural!(terms = entries.len(), "{terms} term", "{terms} terms");
    terminal.done(msg!("made"), msg!("{path} ({facts})", path = here::short(path), facts));
    Ok(Outcome::Clean)
}

/// Takes terms of a file into the termbase of a book.
pub(super) fn import(args: &Terms, file: &Path, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    let Some((book, _)) = loaded.filter(|_| !found.iter().any(is_of_termbase)) else {
        terminal.findings(&found, &sources);
        terminal.failed(msg!("taken in"), msg!("nothing: the termbase or book.yaml has errors"));
        return Ok(Outcome::Findings);
    };
    let ids: BTreeSet<&str> = book.glossary.terms.iter().map(|term| term.id.as_str()).collect();
    let read = terms::read(&project::read_bytes(file)?, &book.languages, &ids);
    let file = read.map_err(|refusal| unreadable(file, refusal))?;
    let merged = if args.dry_run {
        let (before, merged) = merged(&project, &file, &book.languages)?;
        terminal.print_styled(&diff(before, &merged, terminal))?;
        merged
    } else {
        let mut done = Merged::default();
        project.update(GLOSSARY_FILE, &|path, bytes| terminal.outlet().put(path, bytes), || {
            let (before, merged) = merged(&project, &file, &book.languages)?;
            done = merged;
            Ok((before != done.text).then(|| done.text.clone()))
        })?;
        done
    };
    let left: Vec<&Message> = file.left.iter().chain(&merged.left).collect();
    for message in &left {
        terminal.failed(msg!("left"), (*message).clone());
    }
    terminal.done(if args.dry_run { msg!("shown") } else { msg!("taken in") }, summary(&merged, left.len()));
    Ok(if left.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// Whether a finding says that the termbase is not read as it is written.
fn is_of_termbase(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error && finding.check == codes::GLOSSARY
}

fn unreadable(file: &Path, refusal: Refusal) -> Error {
    let why = Message::list(List::Clauses, [Some(refusal.message), refusal.hint].into_iter().flatten());
    Error::Usage(msg!("{file}: {why}", file, why))
}

/// The termbase as it is, and with the terms of a file.
fn merged(project: &Project, file: &TermFile, langs: &[Lang]) -> Result<(String, Merged), Error> {
    let failed = |reason: Message| Error::Usage(msg!("cannot read {path}: {reason}", path = GLOSSARY_FILE, reason));
    let before = match project.read(GLOSSARY_FILE) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| failed(msg!("the file is not UTF-8 text")))?,
        Err(ReadError::NotFound) => String::new(),
        Err(reason) => return Err(failed(reason.into_message())),
    };
    let merged = merge_terms(&before, langs, &file.entries).map_err(|(found, _)| {
        let first = found.into_iter().next().map_or_else(Message::empty, |finding| finding.message);
        failed(first)
    })?;
    Ok((before, merged))
}

/// What would change.
fn diff(before: String, merged: &Merged, terminal: &Terminal) -> String {
    if before == merged.text {
        return String::new();
    }
    let mut sources = Sources::default();
    let file = sources.add(SourceFile::new(GLOSSARY_FILE, before));
    let fixes = Fixes { files: vec![FixedFile { file, text: merged.text.clone() }], ..Fixes::default() };
    report::diff(&fixes, &sources, terminal.result_width().is_some())
}

fn summary(merged: &Merged, left: usize) -> Message {
    let parts = [
        plural!(terms = merged.added, "{terms} term added", "{terms} terms added"),
        plural!(terms = merged.changed, "{terms} term changed", "{terms} terms changed"),
    ];
    let left =
        if left == 0 { Message::empty() } else { plural!(count = left, "{count} thing left", "{count} things left") };
    Message::list(List::Phrases, parts.into_iter().chain([left]))
}
