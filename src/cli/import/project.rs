//! Books of Quarto and bookdown: folders whose settings say which files are chapters.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::pandoc::{Source, cited, inside};
use crate::cli::args::import::Import;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::import::pandoc::{self, Listed, Project};
use crate::import::{self, Document, Entry, Imported, Kind, Report, Text};

/// In which of its forms Quarto keeps what code gave, the most like a book first.
const RESULTS: [&str; 4] = ["epub", "html", "tex", "typst"];

pub(super) fn takes(path: &Path) -> bool {
    path.is_dir() && pandoc::begin(&names(path)).is_some()
}

/// The names of the files in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// A book of a folder, and of a folder with its translation if there is one.
pub(super) fn read_book(args: &Import, date: &str) -> Result<Imported, Error> {
    let sides = [&args.sources, &args.translation].into_iter().filter(|paths| !paths.is_empty());
    let (mut documents, mut report, mut works) = (Vec::new(), Report::default(), Vec::new());
    for paths in sides {
        let [path] = paths.as_slice() else {
            return Err(Error::Usage(msg!(
                "a book of Quarto or bookdown is one folder: name one, and one with its translation"
            )));
        };
        let folder = path.canonicalize().map_err(|source| Error::Read { path: path.clone(), source })?;
        let text = |name: &str| inside(&folder, name).and_then(|bytes| String::from_utf8(bytes).ok());
        let found = pandoc::project(&names(&folder), &text).filter(|project| !project.chapters.is_empty());
        let Some(project) = found else {
            return Err(Error::Usage(msg!("{folder} lists no chapter that is there", folder = path.as_path())));
        };
        let document = whole(&project, &folder, &mut report)?;
        documents.push((document, super::name(path)));
        works.push((folder, project.bibliographies));
    }
    for (document, file) in &mut documents {
        super::vectors::convert(document, file, &mut report)?;
    }
    let languages = super::languages(args, &documents)?;
    let texts: Vec<Text<'_>> =
        documents.iter().zip(languages).map(|((document, file), lang)| Text { document, lang, file }).collect();
    let mut imported = import::book(&texts, &args.title(), date, report);
    if let Some((folder, names)) = works.first() {
        cited(&mut imported, folder, names, &documents[0].1);
    }
    Ok(imported)
}

/// One text of all chapters.
fn whole(project: &Project, folder: &Path, report: &mut Report) -> Result<Document, Error> {
    let files: BTreeSet<String> = project.chapters.iter().map(|chapter| chapter.file.clone()).collect();
    let mut chapters = Vec::new();
    for listed in &project.chapters {
        let (document, told) = chapter(listed, folder, &files)?;
        report.entries.extend(told.entries);
        chapters.push((listed.clone(), document));
    }
    Ok(pandoc::merged(project, chapters))
}

fn chapter(listed: &Listed, folder: &Path, files: &BTreeSet<String>) -> Result<(Document, Report), Error> {
    let path = folder.join(&listed.file);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    // A Markdown file of such a book is one of Quarto that runs no code.
    let ending = if ending == "md" { "qmd" } else { ending.as_str() };
    let form =
        pandoc::form_of(ending).ok_or_else(|| Error::Usage(msg!("{file} cannot be read", file = path.as_path())))?;
    let own = super::bytes(&path)?;
    let frozen = frozen(&listed.file, folder);
    let mut told = Report::default();
    if frozen.is_some() {
        told.entries.push(Entry {
            kind: Kind::Guessed,
            severity: Severity::Info,
            file: listed.file.clone(),
            at: String::new(),
            message: msg!("what its code gives is taken from `_freeze`, as it was when Quarto last ran it"),
            lost: String::new(),
        });
    }
    let results = frozen.as_ref().map(|(_, begin, results)| (begin.clone(), results.clone()));
    let bytes = frozen.map_or(own, |(text, ..)| text.into_bytes());
    let source = Source { form, bytes: &bytes, name: &listed.file, folder, path: &path, files, results };
    let (converted, report) = source.read()?;
    told.entries.extend(report.entries);
    Ok((converted.document, told))
}

/// What Quarto made of a chapter when it ran its code: the text, how the names of pictures begin, and the folder in which they are.
fn frozen(file: &str, folder: &Path) -> Option<(String, String, String)> {
    let bare = file.rsplit_once('.').map_or(file, |(bare, _)| bare);
    let kept = format!("_freeze/{bare}");
    let read = |form: &str| inside(folder, &format!("{kept}/execute-results/{form}.json"));
    let (form, bytes) = RESULTS.into_iter().find_map(|form| Some((form, read(form)?)))?;
    let value: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    let text = value["result"]["markdown"].as_str()?.to_owned();
    let name = PathBuf::from(bare).file_name()?.to_string_lossy().into_owned();
    let pictures = format!("{kept}/figure-{form}");
    Some((text, format!("{name}_files/figure-{form}/"), pictures))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_code_gave_is_read_where_it_was_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = folder.path().join("_freeze/a/execute-results");
        std::fs::create_dir_all(&kept).expect("a folder");
        std::fs::write(
            kept.join("html.json"),
            "{\"result\": {\"markdown\": \"# A\\n\\n![](a_files/figure-html/p.png)\"}}",
        )
        .expect("a file");
        let (text, begin, pictures) = frozen("a.qmd", folder.path()).expect("it is kept");
        assert!(text.starts_with("# A"));
        assert_eq!((begin.as_str(), pictures.as_str()), ("a_files/figure-html/", "_freeze/a/figure-html"));
        assert_eq!(frozen("b.qmd", folder.path()), None);
    }
}
