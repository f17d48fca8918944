//! `dama-pub build`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use rayon::prelude::*;

use super::Outcome;
use super::args::{Build, Format, Messages};
use super::terminal::Terminal;
use crate::diagnostic::{self, Diagnostic, Reported};
use crate::error::Error;
use crate::model::{Book, EditionKind};
use crate::project::{Project, write_artifact};
use crate::report::Tally;
use crate::source::{Sources, Span};
use crate::typeset::{BuildDate, Job};
use crate::{epub, typeset};

pub(super) fn run(args: &Build, terminal: &Terminal) -> Result<Outcome, Error> {
    let started = Instant::now();
    let project = Project::find(&args.dir)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::load(&project, &mut sources).take(&mut found);
    terminal.detail(&format!("read {} in {}", project.root().display(), seconds(started.elapsed())));
    let Some((book, layout)) = loaded.filter(|_| !diagnostic::any_error(&found)) else {
        return Ok(finish(args, terminal, found, &sources, "nothing was built"));
    };
    let date = build_date(&book)?;
    let out = args.out.clone().unwrap_or_else(|| project.root().join("out"));
    let tasks = tasks(args, &book)?;
    let bar = terminal.progress(tasks.len() as u64);
    let results: Vec<Result<Reported<Option<Made>>, Error>> = tasks
        .par_iter()
        .map(|task| {
            let edition = &task.edition;
            let job = Job { book: &book, edition, layout: &layout, files: &project, sources: &sources, date };
            let name = task.file_name(&book);
            bar.set_message(name.clone());
            let made = make(task.format, job, out.join(name));
            announce(&made, &bar, terminal);
            made
        })
        .collect();
    bar.finish_and_clear();
    let mut made = 0;
    for result in results {
        made += usize::from(result?.take(&mut found).is_some());
    }
    let summary = format!("{made} of {} artifacts in {}", tasks.len(), seconds(started.elapsed()));
    Ok(finish(args, terminal, found, &sources, &summary))
}

/// One artifact to make.
struct Task {
    edition: EditionKind,
    format: Format,
}

impl Task {
    fn file_name(&self, book: &Book) -> String {
        let extension = match self.format {
            Format::Pdf => "pdf",
            Format::Epub => "epub",
        };
        format!("{}.{extension}", book.artifact_stem(&self.edition))
    }
}

/// An artifact that was written.
struct Made {
    path: PathBuf,
    pages: Option<usize>,
    bytes: usize,
    took: Duration,
}

fn make(format: Format, job: Job<'_>, path: PathBuf) -> Result<Reported<Option<Made>>, Error> {
    let started = Instant::now();
    let mut found = Vec::new();
    let (bytes, pages) = match format {
        Format::Pdf => typeset::pdf(job).take(&mut found).map(|pdf| (pdf.bytes, Some(pdf.pages))),
        Format::Epub => epub::epub(job).take(&mut found).map(|bytes| (bytes, None)),
    }
    .unzip();
    let Some(bytes) = bytes.filter(|_| !diagnostic::any_error(&found)) else {
        return Ok(Reported::new(None, found));
    };
    write_artifact(&path, &bytes)?;
    let made = Made { path, pages: pages.flatten(), bytes: bytes.len(), took: started.elapsed() };
    Ok(Reported::new(Some(made), found))
}

fn announce(made: &Result<Reported<Option<Made>>, Error>, bar: &ProgressBar, terminal: &Terminal) {
    bar.inc(1);
    if let Ok(Reported { value: Some(made), .. }) = made {
        let pages = made.pages.map_or(String::new(), |n| format!("{n} pages, "));
        let size = indicatif::HumanBytes(made.bytes as u64);
        let line = format!("{} ({pages}{size}, {})", made.path.display(), seconds(made.took));
        bar.suspend(|| terminal.done("made", &line));
    }
}

fn finish(args: &Build, terminal: &Terminal, mut found: Vec<Diagnostic>, sources: &Sources, what: &str) -> Outcome {
    drop_echoes(&mut found);
    diagnostic::sort(&mut found);
    terminal.findings(&found, sources, args.message_format);
    let failed = diagnostic::any_error(&found);
    let summary = if found.is_empty() { what.to_owned() } else { format!("{what}; {}", Tally::of(&found)) };
    match (args.message_format, failed) {
        (Messages::Json, _) => {}
        (Messages::Human, true) => terminal.failed("failed", &summary),
        (Messages::Human, false) => terminal.done("built", &summary),
    }
    if failed { Outcome::Findings } else { Outcome::Clean }
}

/// PDF and EPUB both set formulas: of one cause only the finding with the narrower place is kept.
fn drop_echoes(found: &mut Vec<Diagnostic>) {
    let places = |check: &str| -> Vec<Span> {
        found.iter().filter(|d| d.check == check).filter_map(|d| Some(d.primary.as_ref()?.span)).collect()
    };
    let exact = places("typeset");
    found.retain(|finding| {
        let Some(label) = finding.primary.as_ref().filter(|_| finding.check == "formula") else { return true };
        let inside =
            |span: &Span| span.file == label.span.file && label.span.start <= span.start && span.end <= label.span.end;
        !exact.iter().any(inside)
    });
}

fn tasks(args: &Build, book: &Book) -> Result<Vec<Task>, Error> {
    let mut formats = args.format.clone();
    formats.sort();
    formats.dedup();
    let editions = editions(args, book)?;
    let each = |edition: &EditionKind| {
        formats.iter().map(|format| Task { edition: edition.clone(), format: *format }).collect::<Vec<_>>()
    };
    Ok(editions.iter().flat_map(each).collect())
}

fn editions(args: &Build, book: &Book) -> Result<Vec<EditionKind>, Error> {
    if args.edition.is_empty() {
        return Ok(book.editions.clone());
    }
    let known: Vec<EditionKind> = book.languages.iter().cloned().map(EditionKind::Single).collect();
    let mut editions = Vec::new();
    for name in &args.edition {
        let Some(edition) = known.iter().find(|edition| edition.name() == name) else {
            let names: Vec<&str> = known.iter().map(EditionKind::name).collect();
            return Err(Error::Usage(format!("this book has no edition `{name}`; it has {}", names.join(", "))));
        };
        if !editions.contains(edition) {
            editions.push(edition.clone());
        }
    }
    Ok(editions)
}

/// The date that the artifacts bear: SOURCE_DATE_EPOCH, else the book's own at midnight UTC.
fn build_date(book: &Book) -> Result<BuildDate, Error> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text
            .parse()
            .map(BuildDate)
            .map_err(|_| Error::Usage(format!("SOURCE_DATE_EPOCH is no number of seconds: `{text}`"))),
        Err(_) => Ok(BuildDate::midnight(book.meta.date)),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
