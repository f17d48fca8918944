//! What a cross-reference says that leads to something without a number: the title of the place, as the outline has it.

use typst::Library;
use typst::foundations::{Dict, IntoValue, Str, Value};

use crate::outline::{self, Outline, Reference};

/// The name in the module `dama` under which [`all`] is kept for the native functions.
pub(super) const NAME: &str = "anchors";

/// For every label of an edition that belongs to nothing numbered, what a reference to it says. Each outline comes with
/// what its labels end in besides.
pub(super) fn all(outlines: &[(Outline<'_>, String)]) -> Value {
    let mut found = Dict::new();
    for (outline, suffix) in outlines {
        for (label, entry) in outline.labels() {
            let reference = outline.reference(entry);
            if let Reference::Title(_) = reference {
                let text = reference.text(outline::words(entry.lang));
                found.insert(Str::from(format!("{label}{suffix}")), text.into_value());
            }
        }
    }
    found.into_value()
}

/// What a reference to a label says; `None` when it belongs to something with a number.
pub(super) fn title(library: &Library, label: &str) -> Option<Str> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    let Value::Dict(anchors) = dama.scope().get(NAME)?.read() else { return None };
    match anchors.get(label) {
        Ok(Value::Str(title)) => Some(title.clone()),
        _ => None,
    }
}
