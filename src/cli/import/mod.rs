//! `dama-pub import`: a manuscript of another program becomes a book.

mod epub;
mod folder;
#[cfg(feature = "pages")]
mod letters;
mod outcome;
mod pandoc;
mod programs;
mod project;
mod reader;
mod sources;
mod vectors;
mod word;

pub(super) use programs::pandoc_version;
#[cfg(feature = "pages")]
pub(super) use programs::{getting_pandoc, is_new_enough, on_path};
#[cfg(feature = "pages")]
pub(super) use vectors::converters;

use std::path::{Path, PathBuf};

use super::Outcome;
use super::args::Import;
use super::terminal::Terminal;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::import::{self, Document, Imported, Report, Text};
use crate::lang;
use crate::model::Lang;
use crate::project::{BOOK_FILE, starter};
use crate::report;
use reader::{Read, Reader, Texts};
use sources::READERS;

/// Largest file that is read, in bytes.
const MAX_FILE: u64 = 256 * 1024 * 1024;

pub(super) fn run(args: &Import, terminal: &Terminal) -> Result<Outcome, Error> {
    let target = args.target();
    if args.into.is_none() && !args.dry_run && target.exists() {
        return Err(Error::Usage(msg!(
            "{folder} is there already; name another folder with `--as`, or write into this one with `--into {folder}`",
            folder = target.as_path()
        )));
    }
    let date = date();
    let reader = reader(args)?;
    let (mut imported, styles) = match reader.read {
        Read::Book(read) => (read(args, &date)?, Vec::new()),
        Read::Texts(read) => texts(args, read, &date)?,
    };
    add_schemas(&mut imported);
    #[cfg(feature = "pages")]
    letters::tell(&mut imported);
    if args.dry_run {
        for styles in styles.iter().flatten() {
            terminal.print(styles)?;
        }
    } else {
        write(args, &target, &imported, terminal)?;
    }
    let told = outcome::tell(args, &target, &imported, terminal)?;
    if let Some(path) = args.report.as_ref().filter(|_| !args.dry_run) {
        terminal.deliver(&whole(path)?, told.as_bytes())?;
    }
    let lost = imported.report.entries.iter().any(|entry| entry.severity == Severity::Error);
    Ok(if lost { Outcome::Findings } else { Outcome::Clean })
}

/// Whether another program is run for it, which has the rights of the user.
pub(super) fn runs_another(args: &Import) -> bool {
    let needs = |path: &PathBuf| {
        pandoc::takes(path) || project::takes(path) || (word::takes(path) && vectors::wants_a_program(path))
    };
    args.sources.iter().chain(&args.translation).any(needs)
}

/// The name of a file or a folder.
fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Why a file cannot be read, as trouble of the command.
fn unreadable(path: &Path, why: import::Unreadable) -> Error {
    let (file, reason) = (path, why.message);
    Error::Usage(match why.hint {
        Some(hint) => msg!("{file} cannot be imported: {reason}; {hint}", file, reason, hint),
        None => msg!("{file} cannot be imported: {reason}", file, reason),
    })
}

/// The reader of all that was named.
fn reader(args: &Import) -> Result<&'static Reader, Error> {
    let mut found: Option<&Reader> = None;
    for path in args.sources.iter().chain(&args.translation) {
        if !path.exists() {
            let source = std::io::ErrorKind::NotFound.into();
            return Err(Error::Read { path: path.clone(), source });
        }
        let reader = READERS.iter().find(|reader| (reader.takes)(path)).ok_or_else(|| unknown(path))?;
        match found {
            Some(other) if !std::ptr::eq(other, reader) => {
                return Err(Error::Usage(msg!(
                    "these are manuscripts of two forms, {one} and {other}; import them one by one",
                    one = other.name,
                    other = reader.name
                )));
            }
            _ => found = Some(reader),
        }
    }
    found.ok_or_else(|| Error::Usage(msg!("name a manuscript")))
}

fn unknown(path: &Path) -> Error {
    let forms = crate::message::Message::list(crate::message::List::And, READERS.iter().map(|reader| reader.name));
    Error::Usage(msg!("{file} is in no form that is read; these are: {forms}", file = path, forms))
}

type ReadTexts = fn(&Path, &[u8], &Import) -> Result<Texts, Error>;

/// A book of texts, and what their styles are taken for.
fn texts(args: &Import, read: ReadTexts, date: &str) -> Result<(Imported, Vec<Option<String>>), Error> {
    let mut report = Report::default();
    let mut styles = Vec::new();
    let mut side = |paths: &[PathBuf]| -> Result<Vec<Document>, Error> {
        let mut columns: Vec<Vec<(String, Document)>> = Vec::new();
        for path in paths {
            let texts = read(path, &bytes(path)?, args)?;
            report.entries.extend(texts.report.entries);
            styles.push(texts.styles);
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            for (at, document) in texts.documents.into_iter().enumerate() {
                if columns.len() == at {
                    columns.push(Vec::new());
                }
                columns[at].push((stem.clone(), document));
            }
        }
        Ok(columns.into_iter().map(import::join).collect())
    };
    let mut documents: Vec<(Document, String)> = Vec::new();
    for paths in [&args.sources, &args.translation].into_iter().filter(|paths| !paths.is_empty()) {
        let file = paths[0].file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        documents.extend(side(paths)?.into_iter().map(|document| (document, file.clone())));
    }
    if documents.len() > 2 {
        return Err(Error::Usage(msg!("the manuscript has both languages already; leave `--translation` out")));
    }
    for (document, file) in &mut documents {
        vectors::convert(document, file, &mut report)?;
    }
    let languages = languages(args, &documents)?;
    let texts: Vec<Text<'_>> =
        documents.iter().zip(languages).map(|((document, file), lang)| Text { document, lang, file }).collect();
    Ok((import::book(&texts, &args.title(), date, report), styles))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > MAX_FILE {
        return Err(Error::Usage(msg!(
            "{file} has {size} bytes; at most {limit} are read",
            file = path,
            size,
            limit = MAX_FILE
        )));
    }
    std::fs::read(path).map_err(failed)
}

/// The languages: those that were named, else what the characters of each text show.
fn languages(args: &Import, documents: &[(Document, String)]) -> Result<Vec<Lang>, Error> {
    let mut langs = super::new::languages(&args.language)?;
    for (document, _) in documents.iter().skip(langs.len()) {
        let text = document.plain();
        let seen = lang::of_text([text.as_str()].into_iter());
        let lang = lang::of(&seen).form_of(&mut [text.as_str()].into_iter());
        // Whoever wrote the form says which English it is, but a Chinese Word says Chinese of every text.
        let said = document.language.as_deref().and_then(Lang::new).filter(|said| said.is_form_of(&lang));
        let free = [said, Some(lang)].into_iter().flatten().find(|lang| !langs.contains(lang));
        let free = free.ok_or_else(|| {
            Error::Usage(msg!("both texts seem to be in the same language; say which they are with `--language zh,en`"))
        })?;
        langs.push(free);
    }
    langs.truncate(documents.len());
    Ok(langs)
}

/// Today, or what SOURCE_DATE_EPOCH says.
fn date() -> String {
    let said = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok());
    let said = said.and_then(|seconds| chrono::DateTime::<chrono::Utc>::from_timestamp(seconds, 0));
    said.unwrap_or_else(|| std::time::SystemTime::now().into()).format("%Y-%m-%d").to_string()
}

/// The schemas that editors complete the keys of the book from.
fn add_schemas(imported: &mut Imported) {
    let schemas =
        [(starter::BOOK_SCHEMA, report::book_schema()), (starter::GLOSSARY_SCHEMA, report::glossary_schema())];
    for (path, text) in schemas {
        imported.files.entry(path.to_owned()).or_insert_with(|| text.into_bytes());
    }
}

/// The whole of a path that need not be there yet.
fn whole(path: &Path) -> Result<PathBuf, Error> {
    std::path::absolute(path).map_err(|source| Error::Write { path: path.to_owned(), source })
}

fn write(args: &Import, target: &Path, imported: &Imported, terminal: &Terminal) -> Result<(), Error> {
    let folder = whole(target)?;
    for (path, bytes) in &imported.files {
        let place = folder.join(path);
        if args.into.is_some() && path == BOOK_FILE && place.exists() {
            continue;
        }
        terminal.deliver(&place, bytes)?;
    }
    Ok(())
}
