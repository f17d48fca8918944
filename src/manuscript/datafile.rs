//! Files of data that chapters name: read once, and taken apart into the lines of comma-separated values.

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use super::add_text;
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::{Lang, Spanned};
use crate::source::{FileId, Files, ReadError, Sources};

/// The text of a file that a chapter names, read once.
pub(super) fn source(
    path: &str,
    written: &Spanned<String>,
    files: &dyn Files,
    sources: &mut Sources,
    sink: &mut Vec<Diagnostic>,
) -> Option<FileId> {
    if let Some(known) = sources.find(path) {
        return Some(known);
    }
    match files.read(path) {
        Ok(bytes) => add_text(sources, path, bytes, sink),
        Err(why) => {
            sink.push(unreadable(path, written, files, why));
            None
        }
    }
}

/// The columns that have what is called `name` in a language.
pub(super) fn of_language(name: &str, lang: &Lang) -> [String; 3] {
    [format!("{name}-{}", lang.tag()), format!("{name}-{}", lang.primary()), lang.primary().to_owned()]
}

fn unreadable(path: &str, written: &Spanned<String>, files: &dyn Files, why: ReadError) -> Diagnostic {
    let message = msg!("the file `{path}` cannot be used: {reason}", path = &written.value, reason = why);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let names = files.list(folder);
    let hint = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("put the file in manuscript/data and write its path as `../data/name.csv`"),
    };
    Diagnostic::error(codes::DATA_BLOCK, message).at(written.span).hint(hint)
}

/// The lines of a file that are not empty, each with its place.
pub(super) fn records(path: &str, text: &str) -> Vec<(StringRecord, Range<usize>)> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - body.len();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(path, body))
        .from_reader(body.as_bytes());
    let mut found: Vec<(StringRecord, Range<usize>)> = Vec::new();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).is_ok_and(|more| more) {
        let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(body.len());
        let whole = text.floor_char_boundary(skipped + start.min(end))..text.floor_char_boundary(skipped + end);
        // The reader counts the ends of the lines before to a record.
        let blank = text[whole.clone()].len() - text[whole.clone()].trim_start_matches(['\n', '\r']).len();
        if record.iter().any(|value| !value.trim().is_empty()) {
            found.push((record.clone(), whole.start + blank..whole.end));
        }
    }
    found
}

/// What parts the cells: a tab in a file that says so by its name, else what the first line has most of.
fn delimiter(path: &str, text: &str) -> u8 {
    if path.to_ascii_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    // The last of those that are equal, which is the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}
