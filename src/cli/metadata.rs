//! `dama-pub metadata`: what shops and libraries are told of a book.

use std::path::{Path, PathBuf};

use super::args::{Form, Metadata};
use super::terminal::Terminal;
use super::{Outcome, date, form, here};
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::message::Message;
use crate::model::Book;
use crate::project::Project;
use crate::report::Report;
use crate::shop::{self, Artifact, Record};
use crate::source::Sources;

pub(super) fn run(args: &Metadata, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    let Some((book, _)) = loaded else {
        terminal.findings(&found, &sources);
        return Ok(Outcome::Findings);
    };
    let artifacts = artifacts(&book, &project.root().join("out"), terminal);
    let records = shop::records(&book, &artifacts, date::seconds(&book)?).take(&mut found);
    diagnostic::sort(&mut found);
    match (args.record, &args.out) {
        (Some(form), _) => print(&records, form.into(), &found, &sources, terminal)?,
        (None, out) => {
            tell(args, &project, &book, &found, &sources, terminal)?;
            if let Some(out) = out {
                write(&records, out, terminal)?;
            }
        }
    }
    Ok(if diagnostic::any_error(&found) { Outcome::Findings } else { Outcome::Clean })
}

/// The products of the book, with what their files say where a build has made them.
fn artifacts(book: &Book, out: &Path, terminal: &Terminal) -> Vec<Artifact> {
    let mut absent = 0;
    let look = |planned: Artifact| match std::fs::read(out.join(&planned.name)) {
        Ok(bytes) => Artifact::read(&planned.name, planned.edition, planned.kind, &bytes),
        Err(_) => {
            absent += 1;
            planned
        }
    };
    let artifacts: Vec<Artifact> = shop::expected(book).into_iter().map(look).collect();
    if absent > 0 {
        terminal.tip(plural!(
            absent,
            "{absent} artifact is not built yet: its size, its pages and what it says of access are left out",
            "{absent} artifacts are not built yet: their sizes, their pages and what they say of access are left out"
        ));
    }
    artifacts
}

fn print(
    records: &[Record],
    form: shop::Form,
    found: &[Diagnostic],
    sources: &Sources,
    terminal: &Terminal,
) -> Result<(), Error> {
    terminal.findings(found, sources);
    let texts: String =
        records.iter().filter(|record| record.form == form).map(|record| record.text.as_str()).collect();
    if texts.is_empty() && !diagnostic::any_error(found) {
        return Err(Error::Usage(msg!("there is no such record of this book: it needs a DOI under `release:`")));
    }
    terminal.print(&texts)
}

fn tell(
    args: &Metadata,
    project: &Project,
    book: &Book,
    found: &[Diagnostic],
    sources: &Sources,
    terminal: &Terminal,
) -> Result<(), Error> {
    let prefix = here::prefix(project.root());
    let locale = terminal.locale_of(args.format);
    let report = Report { open: found, waived: &[], held: None, book: Some(book), sources, prefix: &prefix, locale };
    match form::written(args.format, &report) {
        Some(text) => terminal.print_form(args.format, &text),
        None => terminal.report(&report, None),
    }?;
    if args.format == Form::Human && found.is_empty() {
        terminal.done(msg!("checked"), msg!("shops miss nothing"));
    }
    Ok(())
}

fn write(records: &[Record], out: &Path, terminal: &Terminal) -> Result<(), Error> {
    for record in records {
        let path: PathBuf = out.join(&record.name);
        let failed = |source| Error::Write { path: path.clone(), source };
        terminal.outlet().stage(&path, record.text.as_bytes()).map_err(failed)?;
        terminal.done(msg!("wrote"), Message::data(path.display().to_string()));
    }
    Ok(())
}
