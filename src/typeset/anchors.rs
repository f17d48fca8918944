//! Where links and references lead, as the outline knows it: the labels of places, and what a reference says that leads to
//! something without a number.

use typst::Library;
use typst::foundations::{Array, Dict, IntoValue, Str, Value};

use crate::model::{InlineKind, walk};
use crate::outline::{self, Kind, Outline, Part, Reference};

/// The name in the module `dama` under which [`targets`] are kept for the native functions.
pub(super) const TARGETS: &str = "targets";

/// The name in the module `dama` under which [`labels`] are kept for the native functions.
pub(super) const LABELS: &str = "labels";

/// For every chapter by its path what the targets in it lead to: the label of the place and, where nothing numbered stands
/// there, what a reference says. Each outline comes with what its labels end in besides.
pub(super) fn targets(outlines: &[(Outline<'_>, String)]) -> Value {
    let mut found = Dict::new();
    for (outline, suffix) in outlines {
        for chapter in outline.parts().iter().flat_map(Part::chapters) {
            let mut targets = Dict::new();
            walk::chapter_inlines(chapter, &mut |inline| {
                let target = match &inline.kind {
                    InlineKind::Ref { target, .. } => Some(target.as_str()),
                    InlineKind::Link { target, .. } => target.place(),
                    _ => None,
                };
                let place = target.and_then(|target| Some((target, outline.named(target, inline.span.file)?)));
                let Some((target, place)) = place else { return };
                let Some(label) = &place.label else { return };
                let reference = outline.reference(place);
                let says = match reference {
                    Reference::Number { .. } | Reference::Tag(_) => Value::None,
                    Reference::Title(_) | Reference::Chapter(_) | Reference::Section(_) | Reference::Part { .. } => {
                        reference.text(outline::words(place.lang)).into_value()
                    }
                };
                let pair: Array = [format!("{label}{suffix}").into_value(), says].into_iter().collect();
                targets.insert(Str::from(target), pair.into_value());
            });
            if !targets.is_empty() {
                found.insert(Str::from(chapter.path.as_str()), targets.into_value());
            }
        }
    }
    found.into_value()
}

/// For every chapter by its path the labels of given ids that are not the ids themselves with what the language's labels end
/// in, because an earlier chapter has the same id.
pub(super) fn labels(outlines: &[(Outline<'_>, String)]) -> Value {
    let mut found = Dict::new();
    for (outline, suffix) in outlines {
        for chapter in outline.parts().iter().flat_map(Part::chapters) {
            let mut labels = Dict::new();
            let own = outline.entries().iter().filter(|entry| entry.span.file == chapter.file);
            for entry in own.filter(|entry| entry.kind != Kind::Chapter) {
                let (Some(id), Some(label)) = (entry.id, &entry.label) else { continue };
                if *label != format!("{id}{}", outline::suffix(outline.languages()[0], entry.lang)) {
                    labels.insert(Str::from(id), format!("{label}{suffix}").into_value());
                }
            }
            if !labels.is_empty() {
                found.insert(Str::from(chapter.path.as_str()), labels.into_value());
            }
        }
    }
    found.into_value()
}

/// What a target in a chapter leads to: the name of a label and, for what has no number, what a reference says.
pub(super) fn target(library: &Library, path: &str, target: &str) -> Option<(Str, Option<Str>)> {
    let Ok(Value::Array(pair)) = of_chapter(library, TARGETS, path)?.get(target) else { return None };
    match pair.as_slice() {
        [Value::Str(label), Value::Str(says)] => Some((label.clone(), Some(says.clone()))),
        [Value::Str(label), _] => Some((label.clone(), None)),
        _ => None,
    }
}

/// The label of an id in a chapter, where it is another than the id tells.
pub(super) fn label(library: &Library, path: &str, id: &str) -> Option<Str> {
    match of_chapter(library, LABELS, path)?.get(id) {
        Ok(Value::Str(label)) => Some(label.clone()),
        _ => None,
    }
}

fn of_chapter<'l>(library: &'l Library, name: &str, path: &str) -> Option<&'l Dict> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    let Value::Dict(chapters) = dama.scope().get(name)?.read() else { return None };
    match chapters.get(path) {
        Ok(Value::Dict(found)) => Some(found),
        _ => None,
    }
}
