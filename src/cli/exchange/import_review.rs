//! `dama-pub import-review`.

use std::path::Path;

use super::{Desk, Wanted, approval, form};
use crate::cli::args::exchange::ImportReview;
use crate::cli::choices::Form;
use crate::cli::form::written;
use crate::cli::terminal::Terminal;
use crate::cli::{Outcome, here};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::exchange::{Bringing, Brought, Refusal, Returned, Terms};
use crate::manuscript::REVIEWED_FILE;
use crate::message::{List, Message};
use crate::report::{self, Report};
use crate::source::{FileId, SourceFile};

/// Largest file that is read, in bytes.
const MAX_FILE: u64 = 256 * 1024 * 1024;

pub(in crate::cli) fn run(args: &ImportReview, terminal: &Terminal) -> Result<Outcome, Error> {
    if args.format != Form::Human && args.files.len() > 1 {
        return Err(Error::Usage(msg!("a report for programs is about one file; import them one by one")));
    }
    let paths: Vec<_> = args.book.iter().cloned().collect();
    let mut clean = true;
    for file in &args.files {
        // What one file changes is the book of the next.
        clean &= one(file, args, &paths, terminal)?;
    }
    Ok(if clean { Outcome::Clean } else { Outcome::Findings })
}

/// Brings one file in. Gives whether all of it went well.
fn one(file: &Path, args: &ImportReview, paths: &[std::path::PathBuf], terminal: &Terminal) -> Result<bool, Error> {
    let wanted = Wanted { paths, pair: &args.pair, languages: &args.languages, glossary: None };
    let mut desk = match Desk::open(&wanted)? {
        Ok(desk) => desk,
        Err((found, sources)) => {
            terminal.findings(&found, &sources);
            terminal.failed(msg!("imported"), msg!("nothing: the book has errors"));
            return Ok(false);
        }
    };
    let target = desk.target(args.to.as_deref())?;
    let (returned, text) = match read(file)? {
        Ok(read) => read,
        Err(refusal) => {
            let place = desk.add(file, &refusal);
            let found = refused(&refusal, place);
            tell(&[found], &desk, args, terminal)?;
            terminal.failed(msg!("imported"), msg!("nothing of {file}", file));
            return Ok(false);
        }
    };
    let id = text.map(|text| desk.sources.add(SourceFile::new(file.to_string_lossy().as_ref(), text)));
    let alignment = desk.alignment(&target);
    let terms = Terms { stale: args.stale, compared: desk.project.is_none() };
    let bringing = Bringing { book: &desk.book, sources: &desk.sources, alignment: &alignment, terms };
    let mut brought = bringing.bring(&returned, id);
    if args.accept {
        let signed = approval::record(&desk, &target, &brought)?;
        brought.changed.extend(signed.map(|text| (REVIEWED_FILE.to_owned(), text)));
    }
    tell(&brought.findings, &desk, args, terminal)?;
    if args.dry_run {
        terminal.print_styled(&report::changes(&brought.changed, &desk.sources, terminal.result_width().is_some()))?;
    } else {
        super::write(&desk, &brought.changed, terminal)?;
    }
    let word = if args.dry_run { msg!("would import") } else { msg!("imported") };
    let failed = brought.findings.iter().any(|finding| finding.severity == Severity::Error);
    terminal.verdict(failed, word, summary(file, &brought));
    Ok(!failed)
}

/// Shows what is wrong with what came back, in the form that was asked for.
fn tell(found: &[Diagnostic], desk: &Desk, args: &ImportReview, terminal: &Terminal) -> Result<(), Error> {
    let prefix = desk.project.as_ref().map_or(String::new(), |project| here::prefix(project.root()));
    let report = Report {
        open: found,
        waived: &[],
        held: None,
        book: Some(&desk.book),
        sources: &desk.sources,
        prefix: &prefix,
        locale: terminal.locale_of(args.format),
    };
    match written(args.format, &report) {
        Some(text) => terminal.print_form(args.format, &text),
        None => {
            terminal.findings(found, &desk.sources);
            Ok(())
        }
    }
}

type Read = Result<(Returned, Option<String>), Refusal>;

/// Reads a file that came back; with its text, where it is text.
fn read(file: &Path) -> Result<Read, Error> {
    let failed = |source| Error::Read { path: file.to_owned(), source };
    let size = std::fs::metadata(file).map_err(failed)?.len();
    if size > MAX_FILE {
        return Ok(Err(Refusal {
            message: msg!("{file} has {size} bytes; at most {limit} are read", file, size, limit = MAX_FILE),
            hint: None,
            at: None,
        }));
    }
    let bytes = std::fs::read(file).map_err(failed)?;
    let name = file.file_name().map_or(String::new(), |name| name.to_string_lossy().to_lowercase());
    match form::read(&name, &bytes) {
        Some(Ok(returned)) => Ok(Ok((returned, String::from_utf8(bytes).ok()))),
        Some(Err(refusal)) => Ok(Err(refusal)),
        None if name.ends_with(".tmx") => Err(Error::Usage(msg!(
            "{file} is a translation memory, which says nothing of this book; `dama-pub export --memory {file}` fills in what it knows",
            file
        ))),
        None => Err(Error::Usage(msg!(
            "{file} is in no form that is read: .docx, .xlf, .po, or the .json of a review page",
            file
        ))),
    }
}

impl Desk {
    /// Adds a file that cannot be read to the sources, where a place in it is known.
    fn add(&mut self, file: &Path, refusal: &Refusal) -> Option<FileId> {
        refusal.at.as_ref()?;
        let text = String::from_utf8(std::fs::read(file).ok()?).ok()?;
        Some(self.sources.add(SourceFile::new(file.to_string_lossy().as_ref(), text)))
    }
}

fn refused(refusal: &Refusal, file: Option<FileId>) -> Diagnostic {
    let found = Diagnostic::error(codes::IMPORT_REFUSED, refusal.message.clone());
    let found = refusal.hint.iter().fold(found, |found, hint| found.hint(hint.clone()));
    match (file, &refusal.at) {
        (Some(file), Some(at)) => found.at(crate::source::Span::new(file, at.clone())),
        _ => found,
    }
}

fn summary(file: &Path, brought: &Brought) -> Message {
    let part = |number: usize, say: fn(usize) -> Message| if number == 0 { Message::empty() } else { say(number) };
    let parts = [
        plural!(units = brought.written, "{units} unit changed", "{units} units changed"),
        plural!(units = brought.same, "{units} as before", "{units} as before"),
        part(brought.empty, |units| msg!("{units} not translated", units)),
        part(brought.refused, |units| msg!("{units} left out", units)),
        part(brought.changed.len(), |files| plural!(files, "in {files} file", "in {files} files")),
    ];
    msg!("{file}: {what}", file, what = Message::list(List::Clauses, parts))
}
