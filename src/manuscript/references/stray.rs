//! Bibliographies under names that are not read.

use super::{FORMS, Form, MAX_EXPORT, csl_json, error, first_line, path};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::manuscript::read_text;
use crate::source::{FileId, Files, Sources};

/// A book without a bibliography: an export under another name is meant to be one. Gives whether there is one.
pub(super) fn meant(names: &[String], files: &dyn Files, sources: &mut Sources, sink: &mut Vec<Diagnostic>) -> bool {
    let Some((name, form)) = names.iter().find_map(|name| Some((name, form(name, files)?))) else { return false };
    if let Some(file) = read(name, files, sources, sink) {
        let hint = msg!("rename it to {name}", name = usual_name(form));
        sink.push(error(msg!("the bibliography {name} is not read", name)).at(first_line(file, sources)).hint(hint));
    }
    true
}

/// A book with a bibliography: says which others are not read.
pub(super) fn beside(
    known: &str,
    names: &[String],
    files: &dyn Files,
    sources: &mut Sources,
    sink: &mut Vec<Diagnostic>,
) {
    let strays = names.iter().filter(|name| FORMS.iter().all(|(usual, _)| usual != name));
    for name in strays.filter(|name| form(name, files).is_some()) {
        let Some(file) = read(name, files, sources, sink) else { continue };
        let message = msg!("{name} is not read: the bibliography is {known}", name, known);
        let hint = msg!("keep all entries in one file, and move the other out of the folder");
        let found = Diagnostic::warning(codes::REFERENCES_YAML, message).at(first_line(file, sources));
        sink.push(found.hint(hint));
    }
}

fn read(name: &str, files: &dyn Files, sources: &mut Sources, sink: &mut Vec<Diagnostic>) -> Option<FileId> {
    read_text(files, sources, &path(name), MAX_EXPORT, sink)
}

/// The form of what seems to be a bibliography.
fn form(name: &str, files: &dyn Files) -> Option<Form> {
    let small = name.to_lowercase();
    let (stem, ending) = small.rsplit_once('.')?;
    let called = ["reference", "bibliograph", "参考文献"].iter().any(|word| stem.starts_with(word));
    match ending {
        "bib" => Some(Form::Bibtex),
        "json" if called || is_export(name, files) => Some(Form::CslJson),
        "yaml" | "yml" if called => Some(Form::Hayagriva),
        _ => None,
    }
}

/// Whether a file of JSON is an export of references.
fn is_export(name: &str, files: &dyn Files) -> bool {
    let bytes = files.read(&path(name));
    bytes.is_ok_and(|bytes| csl_json::is_export(&bytes))
}

fn usual_name(form: Form) -> &'static str {
    match form {
        Form::Hayagriva => "references.yaml",
        Form::Bibtex => "references.bib",
        Form::CslJson => "references.json",
    }
}
