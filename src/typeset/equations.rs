//! The numbers that formulas say of others, as the outline has them.

use typst::Library;
use typst::foundations::{Dict, IntoValue, Str, Value};

use crate::model::{formula, walk};
use crate::outline::{Outline, Part};

/// The name in the module `dama` under which [`all`] is kept for the native functions.
pub(super) const NAME: &str = "equations";

/// For every chapter by its path the numbers of what its formulas name.
pub(super) fn all(outlines: &[(Outline<'_>, String)]) -> Value {
    let mut found = Dict::new();
    for (outline, _) in outlines {
        for chapter in outline.parts().iter().flat_map(Part::chapters) {
            let mut numbers = Dict::new();
            walk::formulas(chapter, &mut |_, set, _| {
                for name in formula::named(set.unwrap_or_default()) {
                    if let Some(number) = outline.number(name, chapter.file) {
                        numbers.insert(Str::from(name), number.into_value());
                    }
                }
            });
            if !numbers.is_empty() {
                found.insert(Str::from(chapter.path.as_str()), numbers.into_value());
            }
        }
    }
    found.into_value()
}

/// A formula of a chapter with those numbers.
pub(super) fn numbered(library: &Library, path: &str, set: &str) -> String {
    let numbers = kept(library, path);
    formula::with_numbers(set, |name| numbers?.get(name).ok()?.clone().cast::<Str>().ok().map(String::from))
}

fn kept<'l>(library: &'l Library, path: &str) -> Option<&'l Dict> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    let Value::Dict(chapters) = dama.scope().get(NAME)?.read() else { return None };
    match chapters.get(path) {
        Ok(Value::Dict(numbers)) => Some(numbers),
        _ => None,
    }
}
