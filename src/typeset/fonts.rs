//! The fonts that pages are set in: a pinned, ordered list, never the system's.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_kit::fonts::FontStore;

use super::builtin;
use crate::diagnostic::{Diagnostic, Reported};
use crate::manuscript::yaml::{self, Area};
use crate::source::{Files, Sources, Span};

/// The path of the list, in a project as in the binary.
pub(super) const LIST: &str = "fonts/fonts.yaml";

/// The fonts of one run.
pub(super) enum Fonts {
    /// The built-in ones, read once per process.
    BuiltIn(&'static Case),
    /// The project's own, then the built-in ones.
    Own(Case),
}

/// Fonts with the terms that they come under.
pub(super) struct Case {
    store: FontStore,
    terms: Vec<Terms>,
}

/// What the licence of a font file says of changed copies, such as one cut down to the letters of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terms {
    /// A changed copy may keep the name.
    MayChange,
    /// The name is reserved for the file as it is, or nobody says.
    AsItIs,
}

impl Fonts {
    fn case(&self) -> &Case {
        match self {
            Fonts::BuiltIn(case) => case,
            Fonts::Own(case) => case,
        }
    }

    fn store(&self) -> &FontStore {
        &self.case().store
    }

    /// The terms of the font at a place of the list.
    pub(super) fn terms(&self, index: usize) -> Terms {
        self.case().terms.get(index).copied().unwrap_or(Terms::AsItIs)
    }

    /// What Typst needs to choose a font.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        self.store().book()
    }

    /// The font at a place of the list.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.store().font(index)
    }
}

/// One line of `fonts.yaml`; whatever else it says is for people and checks.
#[derive(serde::Deserialize)]
struct Entry {
    file: String,
    /// SPDX identifier.
    #[serde(default)]
    licence: String,
    /// Whether it bears another name than the one that its licence reserves.
    #[serde(default)]
    renamed: bool,
}

/// Licences that reserve no name.
const FREE: [&str; 5] = ["OFL-1.1-no-RFN", "Apache-2.0", "MIT", "CC0-1.0", "Unlicense"];

impl Entry {
    fn terms(&self) -> Terms {
        if self.renamed || FREE.contains(&self.licence.as_str()) { Terms::MayChange } else { Terms::AsItIs }
    }
}

/// The list is written either plainly or under the key `fonts`.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum List {
    Plain(Vec<Entry>),
    Keyed { fonts: Vec<Entry> },
}

/// The built-in fonts.
///
/// # Panics
/// If the embedded list cannot be parsed: the binary was built from a broken folder.
pub(super) fn built_in() -> &'static FontStore {
    &built_in_case().store
}

fn built_in_case() -> &'static Case {
    static CASE: OnceLock<Case> = OnceLock::new();
    CASE.get_or_init(|| {
        let mut case = Case { store: FontStore::new(), terms: Vec::new() };
        push_built_in(&mut case);
        case
    })
}

fn push_built_in(case: &mut Case) {
    let Some(list) = builtin::file(LIST) else { return };
    let entries = parse(list).expect("the embedded fonts/fonts.yaml is well formed");
    for entry in entries {
        let path = format!("fonts/{}", entry.file);
        let bytes = builtin::file(&path).expect("every font of the embedded fonts.yaml is embedded");
        push(case, Bytes::new(bytes), entry.terms());
    }
}

/// See [`super::label_fonts`].
///
/// # Panics
/// If the binary was built without them.
pub(super) fn labels() -> [&'static [u8]; 2] {
    ["fonts/SourceSans3-Regular.otf", "fonts/NotoSansCJKsc-Regular.otf"]
        .map(|path| builtin::file(path).expect("the fonts of labels are embedded"))
}

/// Adds every face of a font file.
fn push(case: &mut Case, bytes: Bytes, terms: Terms) {
    for font in Font::iter(bytes) {
        let info = font.info().clone();
        case.store.push((font, info));
        case.terms.push(terms);
    }
}

fn parse(list: &[u8]) -> Result<Vec<Entry>, String> {
    match serde_yaml::from_slice(list).map_err(|error| error.to_string())? {
        List::Plain(entries) | List::Keyed { fonts: entries } => Ok(entries),
    }
}

/// The fonts for a project: its own list first, if it has one, then the built-in fonts.
/// The list is among the sources since the layout was loaded.
pub(super) fn for_project(files: &dyn Files, sources: &Sources) -> Reported<Fonts> {
    let Some(file) = sources.find(LIST) else { return Reported::clean(Fonts::BuiltIn(built_in_case())) };
    let text = sources.get(file).text();
    if builtin::file(LIST) == Some(text.as_bytes()) {
        return Reported::clean(Fonts::BuiltIn(built_in_case()));
    }
    let mut diagnostics = Vec::new();
    let area = Area { file, text, base: 0 };
    if !yaml::admit(area, &mut diagnostics) {
        return Reported::new(Fonts::BuiltIn(built_in_case()), diagnostics);
    }
    match parse(text.as_bytes()) {
        Ok(entries) => own(files, &entries, area.whole()),
        Err(error) => {
            let finding = Diagnostic::error("fonts", format!("the list of fonts cannot be understood: {error}"))
                .at(area.whole())
                .hint("write a list of entries with the key `file`");
            Reported::new(Fonts::BuiltIn(built_in_case()), vec![finding])
        }
    }
}

/// See [`super::families`].
pub(super) fn families(files: &dyn Files, sources: &Sources) -> Reported<Vec<String>> {
    let mut diagnostics = Vec::new();
    let fonts = for_project(files, sources).take(&mut diagnostics);
    let mut names: Vec<String> = fonts.book().families().map(|(name, _)| name.to_owned()).collect();
    names.sort();
    names.dedup();
    Reported::new(names, diagnostics)
}

fn own(files: &dyn Files, entries: &[Entry], list: Span) -> Reported<Fonts> {
    let mut case = Case { store: FontStore::new(), terms: Vec::new() };
    let mut diagnostics = Vec::new();
    for entry in entries {
        let path = format!("fonts/{}", entry.file);
        let trouble = match files.read(&path) {
            Ok(bytes) => {
                let bytes = Bytes::new(bytes);
                if Font::new(bytes.clone(), 0).is_some() {
                    push(&mut case, bytes, entry.terms());
                    continue;
                }
                format!("{path} is not a font")
            }
            Err(error) => format!("{path} cannot be used: {error}"),
        };
        diagnostics.push(Diagnostic::error("fonts", trouble).at(list));
    }
    push_built_in(&mut case);
    Reported::new(Fonts::Own(case), diagnostics)
}
