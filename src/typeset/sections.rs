//! The numbers of headings on the pages, as the outline has them.

use typst::Library;
use typst::foundations::{Array, Dict, IntoValue, Str, Value};

use super::convert;
use crate::outline::{Outline, Part};

/// The name in the module `dama` under which [`all`] is kept for the native functions.
pub(super) const NAME: &str = "sections";

/// For every chapter by its path the numbers of its headings, or none, in their order.
pub(super) fn all(outlines: &[(Outline<'_>, String)]) -> Value {
    let mut found = Dict::new();
    for (outline, _) in outlines {
        for chapter in outline.parts().iter().flat_map(Part::chapters) {
            let numbers = outline.sections(chapter);
            if !numbers.is_empty() {
                let numbers: Array = numbers.into_iter().map(|number| convert::text(number.as_deref())).collect();
                found.insert(Str::from(chapter.path.as_str()), numbers.into_value());
            }
        }
    }
    found.into_value()
}

/// The number of a heading of a chapter by its place among them, if it has one.
pub(super) fn section(library: &Library, path: &str, at: usize) -> Option<Str> {
    kept(library, NAME, path, at)
}

/// What is kept under a name for a chapter, in its place there.
pub(super) fn kept(library: &Library, name: &str, path: &str, at: usize) -> Option<Str> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    let Value::Dict(chapters) = dama.scope().get(name)?.read() else { return None };
    let Ok(Value::Array(numbers)) = chapters.get(path) else { return None };
    numbers.as_slice().get(at)?.clone().cast::<Str>().ok()
}
