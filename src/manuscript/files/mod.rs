//! Which files of the folder `manuscript/` are chapters, of which language, and in which order.

mod folders;
mod gather;
mod kind;
mod listed;
mod order;
pub(crate) mod portable;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use kind::chapter_name;
pub(super) use order::doubts;

use super::config::Config;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::message::{List, Message, is_command, visible_in_line};
use crate::model::Lang;
use crate::source::{Files, ReadError, Span};

/// The folder that everything lies in.
pub(super) const ROOT: &str = "manuscript";

/// Most names of files that are told one by one.
const TOLD: usize = 8;

/// A file that is a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChapterFile {
    /// The chapter's name: the path in the folder of its language, without the ending.
    pub(super) stem: String,
    /// The project-relative path.
    pub(super) path: String,
}

/// The files of the chapters.
pub(super) struct Found {
    /// The folder of each language in `manuscript/`.
    pub(super) folders: BTreeMap<Lang, String>,
    /// The chapters of each language in reading order.
    pub(super) chapters: BTreeMap<Lang, Vec<ChapterFile>>,
}

/// Finds the chapters of every language. What is not read is named.
pub(super) fn find(files: &dyn Files, config: &Config, sink: &mut Vec<Diagnostic>) -> Found {
    let folders = folders::of_languages(files, config, sink);
    let mut present = BTreeMap::new();
    for lang in &config.languages {
        let folder = format!("{ROOT}/{}", folders[&lang.value]);
        let gathered = gather::gather(files, &folder);
        sink.extend(gathered.closed.iter().map(|(path, why)| closed(path, why, lang.span)));
        sink.extend(ignored(&folder, &gathered.ignored, gather_hint(&gathered.ignored), lang.span));
        let chapters = unique(gathered.chapters, lang.span, sink);
        // What is not read has been told already.
        sink.extend(foreign(&folder, &chapters, lang.span));
        present.insert(lang.value.clone(), chapters);
    }
    sink.extend(astray(files, config, &folders));
    let chapters = match &config.parts {
        Some(parts) => listed::in_order(parts, present, &folders, config, sink),
        None => present,
    };
    Found { folders, chapters }
}

/// Chapters by their places in the sequence, each name once.
fn unique(mut found: Vec<ChapterFile>, at: Span, sink: &mut Vec<Diagnostic>) -> Vec<ChapterFile> {
    // `a.md` before `a.markdown`: of two files with one name the usual ending counts.
    found.sort_by_cached_key(|chapter| {
        (order::place(&chapter.stem), !chapter.path.ends_with(".md"), chapter.path.clone())
    });
    let mut names = BTreeSet::new();
    let (chapters, twice) = found.iter().cloned().partition(|chapter| names.insert(chapter.stem.clone()));
    for ChapterFile { stem, path } in Vec::<ChapterFile>::into_iter(twice) {
        let first = found.iter().find(|chapter| chapter.stem == stem).map_or("", |chapter| &chapter.path);
        let message = msg!("{path} is not read: {first} is the chapter of this name", path = path.as_str(), first);
        let hint = msg!("give one of the two another name, or remove it");
        sink.push(Diagnostic::warning(codes::IGNORED_FILE, message).at(at).hint(hint));
    }
    chapters
}

/// The first of some files, and how many there are besides.
fn few(files: impl ExactSizeIterator<Item = Message>) -> Message {
    let more = files.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| plural!(more, "{more} more file", "{more} more files"));
    Message::list(List::Items, files.take(TOLD).chain(more))
}

/// Names what is not read of a folder.
fn ignored(folder: &str, names: &[String], hint: Message, at: Span) -> Option<Diagnostic> {
    if names.is_empty() {
        return None;
    }
    let told = names.iter().map(|name| super::typed(&visible_in_line(name)));
    let message = plural!(
        count = names.len(),
        "{count} file in {folder} is not read: {files}",
        "{count} files in {folder} are not read: {files}",
        folder,
        files = few(told)
    );
    Some(Diagnostic::warning(codes::IGNORED_FILE, message).at(at).hint(hint))
}

/// Names the chapters whose files cannot be had, or are others, on another system.
fn foreign(folder: &str, chapters: &[ChapterFile], at: Span) -> Option<Diagnostic> {
    let names = chapters.iter().map(|chapter| chapter.path[folder.len() + 1..].as_ref());
    let odd = portable::odd(names);
    let told = odd.iter().map(|odd| msg!("{name} ({why})", name = super::typed(odd.path), why = odd.why.clone()));
    let message = plural!(
        count = odd.len(),
        "{count} chapter in {folder} has a name that means trouble on another system: {files}",
        "{count} chapters in {folder} have names that mean trouble on another system: {files}",
        folder,
        files = few(told)
    );
    let hint = msg!("rename it, and where `parts` of book.yaml or a link names it");
    (!odd.is_empty()).then(|| Diagnostic::warning(codes::FILE_NAME, message).at(at).hint(hint))
}

/// Says that a folder cannot be looked through, which is another thing than that it is empty.
fn closed(path: &str, why: &ReadError, at: Span) -> Diagnostic {
    let message = msg!("the folder {path} cannot be read: {reason}", path, reason = why.clone());
    let hint = msg!("let the folder be read by whoever runs this");
    Diagnostic::error(codes::UNREADABLE_FILE, message).at(at).hint(hint)
}

fn gather_hint(names: &[String]) -> Message {
    if names.iter().any(|name| name.contains(is_command)) {
        return msg!(
            "a name holds neither control characters nor such as turn the direction of text: give the file another name, or move it out of the folder"
        );
    }
    match names.iter().any(|name| name.contains('\u{fffd}')) {
        true => msg!(
            "the name of a chapter is UTF-8 and ends in `.md`: give the file such a name, or move it out of the folder"
        ),
        false => msg!(
            "a chapter is Markdown in a file that ends in `.md`: save its text so, or move the file out of the folder"
        ),
    }
}

/// Names the Markdown that lies beside the folders of the languages. Names in capitals alone, such as `README.md`, are for
/// those who open the folder.
fn astray(files: &dyn Files, config: &Config, folders: &BTreeMap<Lang, String>) -> Option<Diagnostic> {
    let for_readers = |stem: &str| stem.bytes().all(|b| b.is_ascii_uppercase() || b"-_".contains(&b));
    let chapter = |name: &String| !kind::is_debris(name) && chapter_name(name).is_some_and(|stem| !for_readers(stem));
    let names: Vec<String> = files.list(ROOT).into_iter().filter(chapter).collect();
    let first = &config.languages[0];
    let folder = format!("{ROOT}/{}", folders[&first.value]);
    ignored(ROOT, &names, msg!("move it into the folder of its language, such as {folder}", folder), first.span)
}
