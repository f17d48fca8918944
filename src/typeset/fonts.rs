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
    BuiltIn(&'static FontStore),
    /// The project's own, then the built-in ones.
    Own(FontStore),
}

impl Fonts {
    fn store(&self) -> &FontStore {
        match self {
            Fonts::BuiltIn(store) => store,
            Fonts::Own(store) => store,
        }
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
    static STORE: OnceLock<FontStore> = OnceLock::new();
    STORE.get_or_init(|| {
        let mut store = FontStore::new();
        push_built_in(&mut store);
        store
    })
}

fn push_built_in(store: &mut FontStore) {
    let Some(list) = builtin::file(LIST) else { return };
    let entries = parse(list).expect("the embedded fonts/fonts.yaml is well formed");
    for entry in entries {
        let path = format!("fonts/{}", entry.file);
        let bytes = builtin::file(&path).expect("every font of the embedded fonts.yaml is embedded");
        push(store, Bytes::new(bytes));
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
fn push(store: &mut FontStore, bytes: Bytes) {
    for font in Font::iter(bytes) {
        let info = font.info().clone();
        store.push((font, info));
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
    let Some(file) = sources.find(LIST) else { return Reported::clean(Fonts::BuiltIn(built_in())) };
    let text = sources.get(file).text();
    if builtin::file(LIST) == Some(text.as_bytes()) {
        return Reported::clean(Fonts::BuiltIn(built_in()));
    }
    let mut diagnostics = Vec::new();
    let area = Area { file, text, base: 0 };
    if !yaml::admit(area, &mut diagnostics) {
        return Reported::new(Fonts::BuiltIn(built_in()), diagnostics);
    }
    match parse(text.as_bytes()) {
        Ok(entries) => own(files, &entries, area.whole()),
        Err(error) => {
            let finding = Diagnostic::error("fonts", format!("the list of fonts cannot be understood: {error}"))
                .at(area.whole())
                .hint("write a list of entries with the key `file`");
            Reported::new(Fonts::BuiltIn(built_in()), vec![finding])
        }
    }
}

fn own(files: &dyn Files, entries: &[Entry], list: Span) -> Reported<Fonts> {
    let mut store = FontStore::new();
    let mut diagnostics = Vec::new();
    for entry in entries {
        let path = format!("fonts/{}", entry.file);
        let trouble = match files.read(&path) {
            Ok(bytes) => {
                let bytes = Bytes::new(bytes);
                if Font::new(bytes.clone(), 0).is_some() {
                    push(&mut store, bytes);
                    continue;
                }
                format!("{path} is not a font")
            }
            Err(error) => format!("{path} cannot be used: {error}"),
        };
        diagnostics.push(Diagnostic::error("fonts", trouble).at(list));
    }
    push_built_in(&mut store);
    Reported::new(Fonts::Own(store), diagnostics)
}
