//! The fonts that pages are set in: a pinned, ordered list, never the system's.

mod reach;

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, is_default_ignorable};
use typst::utils::LazyHash;
use typst_kit::fonts::FontStore;

use super::builtin;
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported, any_error};
use crate::layout::FONT_LIST;
use crate::manuscript::add_text;
use crate::manuscript::yaml::{self, Area, Fields, Kind, Node};
use crate::message::{Argument, Message};
use crate::model::Spanned;
use crate::source::{Files, Sources};

/// The fonts of one run.
pub(super) enum Fonts {
    /// The built-in ones, read once per process.
    BuiltIn(&'static Case),
    /// The project's own, then the built-in ones.
    Own(Case),
}

/// Fonts with their licence terms.
pub(super) struct Case {
    store: FontStore,
    terms: Vec<Terms>,
}

/// What the licence of a font file says of changed copies, such as one cut down to the letters of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terms {
    /// A changed copy may keep the name.
    MayChange,
    /// The name is reserved for the unchanged file, or the licence is unknown.
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

/// An entry of `fonts.yaml`; its other keys are for people and checks.
struct Entry {
    file: Spanned<String>,
    /// SPDX identifier.
    licence: String,
    /// Whether its name differs from the one that its licence reserves.
    renamed: bool,
}

/// Licences that reserve no name.
const FREE: [&str; 5] = ["OFL-1.1-no-RFN", "Apache-2.0", "MIT", "CC0-1.0", "Unlicense"];

impl Entry {
    fn terms(&self) -> Terms {
        if self.renamed || FREE.contains(&self.licence.as_str()) { Terms::MayChange } else { Terms::AsItIs }
    }
}

/// The built-in fonts.
///
/// # Panics
/// If the embedded list cannot be parsed: the binary was built from a broken folder.
pub(super) fn built_in() -> &'static FontStore {
    &built_in_case().store
}

/// See [`super::is_wanting`].
pub(super) fn is_wanting(character: char) -> bool {
    let shows = !character.is_control() && !character.is_whitespace() && !is_default_ignorable(character);
    let case = built_in_case();
    let has = |index| case.store.book().info(index).is_some_and(|info| info.coverage.contains(u32::from(character)));
    shows && !(0..case.terms.len()).any(has)
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
    let Some(list) = builtin::file(FONT_LIST) else { return };
    let mut sources = Sources::default();
    let file = add_text(&mut sources, FONT_LIST, list.to_vec(), &mut Vec::new()).expect("the embedded list is UTF-8");
    let mut found = Vec::new();
    let entries = read(Area { file, text: sources.get(file).text(), base: 0 }, &mut found);
    assert!(found.is_empty(), "the embedded fonts/fonts.yaml is well formed");
    for entry in entries {
        let path = format!("fonts/{}", entry.file.value);
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

/// Reads a list of fonts, written plainly or under the key `fonts`.
fn read(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let Some(node) = yaml::parse(area, sink) else { return Vec::new() };
    let keyed = matches!(&node.kind, Kind::Map(entries) if entries.iter().any(|(key, ..)| key == "fonts"));
    let list = if keyed {
        Fields::open(node, Message::data("fonts.yaml"), sink)
            .and_then(|mut fields| fields.take("fonts"))
            .map(|entry| entry.node)
    } else {
        Some(node)
    };
    let nodes = list.map_or_else(Vec::new, |node| node.list(msg!("the list of fonts"), sink));
    nodes.into_iter().filter_map(|node| entry(node, sink)).collect()
}

fn entry(node: Node, sink: &mut Vec<Diagnostic>) -> Option<Entry> {
    let place = node.span;
    let mut fields = Fields::open(node, msg!("a font"), sink)?;
    let file = fields.text("file", sink);
    let licence = fields.text("licence", sink).map_or_else(String::new, |licence| licence.value);
    let renamed = fields.text("renamed", sink).is_some_and(|renamed| renamed.value == "true");
    if file.is_none() {
        let missing = Diagnostic::error(codes::FONTS, msg!("this font has no file"))
            .at(place)
            .hint(msg!("add `file:` with its name"));
        sink.push(fields.absent("file", missing));
    }
    Some(Entry { file: file?, licence, renamed })
}

/// The fonts for a project: its own list first, if it has one, then the built-in fonts.
/// The list is among the sources since the layout was loaded.
pub(super) fn for_project(files: &dyn Files, sources: &Sources) -> Reported<Fonts> {
    let Some(file) = sources.find(FONT_LIST) else { return Reported::clean(Fonts::BuiltIn(built_in_case())) };
    files.used(FONT_LIST);
    let text = sources.get(file).text();
    if builtin::file(FONT_LIST) == Some(text.as_bytes()) {
        return Reported::clean(Fonts::BuiltIn(built_in_case()));
    }
    let mut diagnostics = Vec::new();
    let area = Area { file, text, base: 0 };
    let entries = read(area, &mut diagnostics);
    if any_error(&diagnostics) {
        return Reported::new(Fonts::BuiltIn(built_in_case()), diagnostics);
    }
    let fonts = own(files, &entries).take(&mut diagnostics);
    Reported::new(fonts, diagnostics)
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

fn own(files: &dyn Files, entries: &[Entry]) -> Reported<Fonts> {
    let mut case = Case { store: FontStore::new(), terms: Vec::new() };
    let mut diagnostics = Vec::new();
    for entry in entries {
        let path = format!("fonts/{}", entry.file.value);
        let read = files.read(&path).map_err(Argument::into_message);
        let trouble = match read.and_then(|bytes| reach::inspect(&bytes).map(|()| Bytes::new(bytes))) {
            Ok(bytes) if Font::new(bytes.clone(), 0).is_some() => {
                push(&mut case, bytes, entry.terms());
                continue;
            }
            Ok(_) => msg!("{path} is not a font", path),
            Err(reason) => msg!("cannot use {path}: {reason}", path, reason),
        };
        diagnostics.push(Diagnostic::error(codes::FONTS, trouble).at(entry.file.span));
    }
    push_built_in(&mut case);
    Reported::new(Fonts::Own(case), diagnostics)
}
