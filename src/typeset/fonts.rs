//! The fonts that pages are set in: a pinned, ordered list, never the system's.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_kit::fonts::FontStore;

use super::builtin;
use crate::diagnostic::{Diagnostic, Reported};
use crate::source::{Files, ReadError};

/// The path of the list, in a project as in the binary.
const LIST: &str = "fonts/fonts.yaml";

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

/// Adds every face of a font file; gives whether there was one.
fn push(store: &mut FontStore, bytes: Bytes) -> bool {
    let mut any = false;
    for font in Font::iter(bytes) {
        let info = font.info().clone();
        store.push((font, info));
        any = true;
    }
    any
}

fn parse(list: &[u8]) -> Result<Vec<Entry>, String> {
    match serde_yaml::from_slice(list).map_err(|error| error.to_string())? {
        List::Plain(entries) | List::Keyed { fonts: entries } => Ok(entries),
    }
}

/// The fonts for a project: its own list first, if it has one, then the built-in fonts.
pub(super) fn for_project(files: &dyn Files) -> Reported<Fonts> {
    let list = match files.read(LIST) {
        Ok(list) => list,
        Err(ReadError::NotFound) => return Reported::clean(Fonts::BuiltIn(built_in())),
        Err(error) => return unusable(format!("{LIST} cannot be read: {error}")),
    };
    // The built-in list seen through the project's folder is not a second set of fonts.
    if builtin::file(LIST) == Some(list.as_slice()) {
        return Reported::clean(Fonts::BuiltIn(built_in()));
    }
    match parse(&list) {
        Ok(entries) => own(files, &entries),
        Err(error) => unusable(format!("{LIST} cannot be understood: {error}")),
    }
}

fn unusable(message: String) -> Reported<Fonts> {
    let finding = Diagnostic::error("fonts", message).hint("write a list of entries with the key `file`");
    Reported::new(Fonts::BuiltIn(built_in()), vec![finding])
}

fn own(files: &dyn Files, entries: &[Entry]) -> Reported<Fonts> {
    let mut store = FontStore::new();
    let mut diagnostics = Vec::new();
    for entry in entries {
        let path = format!("fonts/{}", entry.file);
        match files.read(&path) {
            Ok(bytes) => {
                if !push(&mut store, Bytes::new(bytes)) {
                    diagnostics.push(Diagnostic::error("fonts", format!("{path} is not a font")));
                }
            }
            Err(error) => diagnostics.push(Diagnostic::error("fonts", format!("{path} cannot be used: {error}"))),
        }
    }
    push_built_in(&mut store);
    Reported::new(Fonts::Own(store), diagnostics)
}
