//! How formulas are written, where the native functions find it.

use typst::Library;
use typst::foundations::{Dict, IntoValue, Str, Value};

use super::convert;
use crate::model::{Math, Notation};

/// The name in the module `dama` under which it is kept.
pub(super) const NAME: &str = "math";

/// It as a value.
pub(super) fn value(math: &Math) -> Value {
    let names = Notation::NAMES.iter().find(|(_, notation)| math.notation == Some(*notation));
    let meaning = |(name, meaning): (&String, &String)| (Str::from(name.as_str()), meaning.as_str().into_value());
    convert::dict([
        ("notation", convert::text(names.map(|(name, _)| *name))),
        ("macros", Value::Dict(math.macros.iter().map(meaning).collect())),
    ])
    .into_value()
}

/// It as a library was made for it.
pub(super) fn of(library: &Library) -> Math {
    find(library).unwrap_or_default()
}

fn find(library: &Library) -> Option<Math> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    let Value::Dict(math) = dama.scope().get(NAME)?.read() else { return None };
    let text = |value: &Value| value.clone().cast::<Str>().ok();
    let notation = math.get("notation").ok().and_then(text).and_then(|name| Notation::named(&name));
    let macros = math.get("macros").ok()?.clone().cast::<Dict>().ok()?;
    let macros = macros.iter().filter_map(|(name, meaning)| Some((name.to_string(), text(meaning)?.to_string())));
    Some(Math { notation, macros: macros.collect() })
}
