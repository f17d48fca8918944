//! Layout folders: `layout.yaml` read and checked, options merged with their defaults.

use std::collections::BTreeMap;

use super::{EpubFonts, Layout, builtin, fonts, options};
use crate::diagnostic::{Diagnostic, Reported, nearest};
use crate::manuscript::yaml::{self, Area};
use crate::model::LayoutChoice;
use crate::source::{FileId, Files, ReadError, SourceFile, Sources, Span};

/// What `layout.yaml` says. Keys that this version does not use are for people.
#[derive(serde::Deserialize)]
struct Manifest {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    editions: Vec<String>,
    #[serde(default)]
    blocks: Vec<String>,
    standards: Option<Vec<String>>,
    #[serde(default, rename = "epub-fonts")]
    epub_fonts: EpubFonts,
    #[serde(default)]
    options: BTreeMap<String, options::Declared>,
}

/// A layout, for people and their editors.
#[derive(Debug, Clone)]
pub struct LayoutAbout {
    /// What `book.yaml` calls it.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Its options, by name.
    pub options: Vec<options::OptionAbout>,
}

/// See [`super::built_in_layouts`].
pub(super) fn built_in() -> Vec<LayoutAbout> {
    let about = |name: &str| {
        let text = builtin::file(&format!("layouts/{name}/layout.yaml")).expect("a built-in layout has one");
        let manifest: Manifest = serde_yaml::from_slice(text).expect("those of the binary are sound");
        let options = manifest.options.iter().map(|(name, option)| option.about(name)).collect();
        LayoutAbout { name: name.to_owned(), title: manifest.title.unwrap_or_default(), options }
    };
    builtin::layout_names().into_iter().map(about).collect()
}

/// See [`super::load_layout`].
pub(super) fn load(files: &dyn Files, sources: &mut Sources, choice: &LayoutChoice) -> Reported<Option<Layout>> {
    let mut diagnostics = Vec::new();
    let folder = format!("layouts/{}", choice.name);
    let manifest_path = format!("{folder}/layout.yaml");
    let known = good_name(&choice.name).then(|| text(files, sources, &manifest_path, &mut diagnostics)).flatten();
    let Some(manifest_file) = known else {
        if diagnostics.is_empty() {
            diagnostics.push(unknown(choice));
        }
        return Reported::new(None, diagnostics);
    };
    let area = Area { file: manifest_file, text: sources.get(manifest_file).text(), base: 0 };
    if !yaml::admit(area, &mut diagnostics) {
        return Reported::new(None, diagnostics);
    }
    let manifest: Manifest = match serde_yaml::from_str(sources.get(manifest_file).text()) {
        Ok(manifest) => manifest,
        Err(error) => {
            diagnostics.push(broken(sources, manifest_file, &error));
            return Reported::new(None, diagnostics);
        }
    };
    add_typst_files(files, sources, &choice.name, &mut diagnostics);
    text(files, sources, fonts::LIST, &mut diagnostics);
    let main = format!("{folder}/layout.typ");
    if sources.find(&main).is_none() {
        let message = format!("the layout `{}` has no layout.typ", choice.name);
        diagnostics.push(Diagnostic::error("layout", message).at(start(manifest_file)));
        return Reported::new(None, diagnostics);
    }
    let cover = format!("{folder}/cover.typ");
    let css = text(files, sources, &format!("{folder}/epub.css"), &mut diagnostics);
    let options = options::merge(&manifest.options, choice, manifest_file).take(&mut diagnostics);
    let layout = Layout {
        name: choice.name.clone(),
        title: manifest.title.unwrap_or_else(|| choice.name.clone()),
        languages: manifest.languages,
        editions: manifest.editions,
        blocks: manifest.blocks,
        standards: manifest.standards,
        epub_fonts: manifest.epub_fonts,
        css: css.map(|css| sources.get(css).text().to_owned()).unwrap_or_default(),
        options,
        cover: sources.find(&cover).map(|_| cover),
        main,
    };
    Reported::new(Some(layout), diagnostics)
}

/// A folder name without any way out of `layouts/`.
fn good_name(name: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name != "kit" && name.chars().all(good)
}

fn unknown(choice: &LayoutChoice) -> Diagnostic {
    let names = builtin::layout_names();
    let mut finding = Diagnostic::error("layout", format!("there is no layout `{}`", choice.name));
    if let Some(span) = choice.span {
        finding = finding.at(span);
    }
    match nearest(&choice.name, names.iter().copied()) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding
            .hint(format!("built-in layouts: {}", names.join(", ")))
            .hint(format!("or make your own in layouts/{}/", choice.name)),
    }
}

fn broken(sources: &Sources, file: FileId, error: &serde_yaml::Error) -> Diagnostic {
    let finding = Diagnostic::error("layout", format!("layout.yaml cannot be understood: {error}"));
    let length = sources.get(file).text().len();
    let at = error.location().map_or(0, |place| place.index()).min(length);
    let at = (0..=at).rev().find(|at| sources.get(file).text().is_char_boundary(*at)).unwrap_or(0);
    finding.at(Span::new(file, at..at))
}

fn start(file: FileId) -> Span {
    Span::new(file, 0..0)
}

/// A text of the project, else the built-in one, added to the sources. `None` if there is neither.
fn text(files: &dyn Files, sources: &mut Sources, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<FileId> {
    if let Some(known) = sources.find(path) {
        return Some(known);
    }
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(ReadError::NotFound) => builtin::file(path)?.to_vec(),
        Err(error) => {
            diagnostics.push(Diagnostic::error("layout", format!("{path} cannot be read: {error}")));
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some(sources.add(SourceFile::new(path, text))),
        Err(_) => {
            diagnostics.push(Diagnostic::error("layout", format!("{path} is not UTF-8 text")));
            None
        }
    }
}

/// Reads the layout's Typst files now, so that an error in one of them is shown at its own line.
fn add_typst_files(files: &dyn Files, sources: &mut Sources, name: &str, diagnostics: &mut Vec<Diagnostic>) {
    for folder in [name, "kit"] {
        let own = files.list(&format!("layouts/{folder}")).into_iter().filter(|file| file.ends_with(".typ"));
        let mut paths: Vec<String> = own.map(|file| format!("layouts/{folder}/{file}")).collect();
        paths.extend(builtin::typst_files(folder));
        paths.sort_unstable();
        paths.dedup();
        for path in paths {
            text(files, sources, &path, diagnostics);
        }
    }
}
