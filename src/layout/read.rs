//! Layout folders: `layout.yaml` read and checked, options merged with their defaults.

use super::builtin::{self, FONT_LIST, built_in_file};
use super::{Layout, manifest, options};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported, any_error, nearest};
use crate::manuscript::add_text;
use crate::manuscript::yaml::Area;
use crate::message::{List, Message};
use crate::model::LayoutChoice;
use crate::source::{FileId, Files, ReadError, Sources, Span};

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

/// The layouts that the binary carries, by name.
pub fn built_in() -> Vec<LayoutAbout> {
    let about = |name: &str| {
        let path = format!("layouts/{name}/layout.yaml");
        let bytes = built_in_file(&path).expect("a built-in layout has one").to_vec();
        let mut sources = Sources::default();
        let file = add_text(&mut sources, &path, bytes, &mut Vec::new()).expect("those of the binary are UTF-8");
        let area = Area { file, text: sources.get(file).text(), base: 0 };
        let manifest = manifest::read(area, &mut Vec::new()).expect("those of the binary are sound");
        let options = manifest.options.iter().map(|(name, option)| option.about(name)).collect();
        LayoutAbout { name: name.to_owned(), title: manifest.title.unwrap_or_default(), options }
    };
    builtin::layout_names().into_iter().map(about).collect()
}

/// Reads a layout: the project's own `layouts/NAME/` if there is one, else the built-in one of that name. Its Typst files
/// are added to `sources`, so that errors in them can be shown.
pub fn read(files: &dyn Files, sources: &mut Sources, choice: &LayoutChoice) -> Reported<Option<Layout>> {
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
    let Some(manifest) = manifest::read(area, &mut diagnostics) else {
        return Reported::new(None, diagnostics);
    };
    add_typst_files(files, sources, &choice.name, &mut diagnostics);
    text(files, sources, FONT_LIST, &mut diagnostics);
    let main = format!("{folder}/layout.typ");
    if sources.find(&main).is_none() {
        let message = msg!("the layout `{name}` has no layout.typ", name = choice.name.as_str());
        diagnostics.push(Diagnostic::error(codes::LAYOUT, message).at(start(manifest_file)));
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
        attributes: manifest.attributes,
        front_matter: manifest.front_matter,
        asks_for: manifest.asks_for,
        standards: manifest.standards,
        epub_fonts: manifest.epub_fonts,
        cover_ratio: manifest.cover_ratio,
        css: css.map(|css| sources.get(css).text().to_owned()).unwrap_or_default(),
        options,
        cover: sources.find(&cover).map(|_| cover),
        main,
        sound: !any_error(&diagnostics),
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
    let name = choice.name.as_str();
    let mut finding = Diagnostic::error(codes::LAYOUT, msg!("there is no layout `{name}`", name));
    if let Some(span) = choice.span {
        finding = finding.at(span);
    }
    match nearest(name, names.iter().copied()) {
        Some(near) => finding.hint(msg!("did you mean `{near}`?", near)),
        None => finding
            .hint(msg!("built-in layouts: {names}", names = Message::list(List::Items, names)))
            .hint(msg!("or make your own in layouts/{name}/", name)),
    }
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
        Err(ReadError::NotFound) => built_in_file(path)?.to_vec(),
        Err(error) => {
            diagnostics
                .push(Diagnostic::error(codes::LAYOUT, msg!("cannot read {path}: {reason}", path, reason = error)));
            return None;
        }
    };
    add_text(sources, path, bytes, diagnostics)
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
