//! `dama-pub doctor --bundle`: what a report of a defect needs, in one file. The text of the book is in it only if that is asked for: without
//! it there are the names of the files and their sizes, and of what is found the codes and lines, never the words.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::args::Doctor;
use super::terminal::{Terminal, where_to_report};
use crate::align;
use crate::checks;
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::message::Argument;
use crate::project::{FILE_LIMIT, Project};
use crate::report::{self, Item};
use crate::source::{Files, Sources};
use crate::typeset;

/// Most bytes of the book that go into a bundle.
const MOST: u64 = 4 * FILE_LIMIT;

/// Writes the bundle.
pub(super) fn write(path: &Path, args: &Doctor, items: &[Item], terminal: &Terminal) -> Result<(), Error> {
    let mut files = vec![("report.txt".to_owned(), about().into_bytes())];
    files.push(("doctor.json".to_owned(), report::health_json(items, terminal.machine_locale()).into_bytes()));
    if let Ok(project) = Project::find(&args.dir) {
        files.push(("files.txt".to_owned(), listed(&project).into_bytes()));
        files.push(("findings.txt".to_owned(), found(&project).into_bytes()));
        if args.with_text {
            files.extend(texts(&project));
        }
    }
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let packed = packed(&files).map_err(failed)?;
    terminal.outlet().put(path, &packed).map_err(failed)?;
    terminal.done(msg!("wrote"), path.into_message());
    let whether = if args.with_text { msg!("with the text of the book") } else { msg!("without the text of the book") };
    terminal.tip(msg!(
        "{whether}; report the defect {place}, with the command that you ran",
        whether,
        place = where_to_report()
    ));
    Ok(())
}

/// The program and the machine.
fn about() -> String {
    let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let variables = ["LANG", "LC_ALL", "SOURCE_DATE_EPOCH", "NO_COLOR", "CI"].map(|name| {
        let value = std::env::var(name).unwrap_or_else(|_| "—".to_owned());
        format!("{name}={value}\n")
    });
    format!(
        "{}, with Typst {}\n{system} {processor}, {cores} cores\n{}",
        typeset::GENERATOR,
        typeset::typst_version(),
        variables.concat()
    )
}

/// The names of the files of a book and their sizes.
fn listed(project: &Project) -> String {
    let mut out = String::new();
    for path in &project.files() {
        let size = project.read(path).map_or_else(|why| format!("{why:?}"), |bytes| bytes.len().to_string());
        let _ = writeln!(out, "{size:>10} {path}");
    }
    out
}

/// What is found in a book: codes and lines.
fn found(project: &Project) -> String {
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let loaded = crate::layout::load(project, &mut sources).take(&mut found);
    if let Some((book, _)) = &loaded {
        found.extend(checks::run(book, &align::align_book(book), &sources).open);
    }
    diagnostic::sort(&mut found);
    let line = |one: &Diagnostic| match &one.primary {
        Some(label) => {
            let file = sources.get(label.span.file);
            format!("{} {} {}:{}\n", one.severity.name(), one.check, file.path(), file.position(label.span.start))
        }
        None => format!("{} {}\n", one.severity.name(), one.check),
    };
    found.iter().map(line).collect()
}

/// The files of a book, as far as they have room.
fn texts(project: &Project) -> Vec<(String, Vec<u8>)> {
    let mut left = MOST;
    let mut all = Vec::new();
    for path in &project.files() {
        let Ok(bytes) = project.read(path) else { continue };
        let Some(rest) = left.checked_sub(bytes.len() as u64) else { continue };
        left = rest;
        // What is above the book keeps its name: who unpacks the bundle gets nothing outside of it.
        let name = match path.strip_prefix("../") {
            Some(shared) => format!("shared/{}", shared.trim_start_matches("../")),
            None => format!("book/{path}"),
        };
        all.push((name, bytes));
    }
    all
}

fn packed(files: &[(String, Vec<u8>)]) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default()).map_err(std::io::Error::other)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish().map_err(std::io::Error::other)?.into_inner())
}
