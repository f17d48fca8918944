//! The languages that stand side by side in an edition, and how their labels are kept apart.
//!
//! Both languages of a bilingual edition give the same ids to their blocks. The leading language keeps them as
//! labels; those of the others end in `.TAG` ([`outline::suffix`]).

use std::slice;

use typst::Library;
use typst::foundations::{Array, IntoValue, Str, Value};

use super::Job;
use crate::model::{Book, EditionKind, Lang};
use crate::outline;

/// The name in the module `dama` under which the tags of the languages are kept for the native functions.
pub(super) const NAME: &str = "sides";

/// The name under which the folders of the languages are kept.
pub(super) const FOLDERS: &str = "folders";

/// The languages of an edition, the leading one first.
pub(super) fn languages<'a>(job: &Job<'a>) -> &'a [Lang] {
    match job.edition {
        EditionKind::Single(lang) => slice::from_ref(lang),
        EditionKind::Bilingual => &job.book.languages,
    }
}

/// What labels of a language end in.
pub(super) fn suffix(languages: &[Lang], lang: &Lang) -> String {
    languages.first().map_or(String::new(), |leading| outline::suffix(leading, lang))
}

/// The tags as a value.
pub(super) fn value(languages: &[Lang]) -> Value {
    languages.iter().map(|lang| lang.tag().into_value()).collect::<Array>().into_value()
}

/// The tags of a book's languages by their folders.
pub(super) fn folders(book: &Book) -> Value {
    let tag = |lang: &Lang| (Str::from(book.folder(lang)), lang.tag().into_value());
    Value::Dict(book.languages.iter().map(tag).collect())
}

/// The language whose folder has this project-relative path.
pub(super) fn of_folder(library: &Library, folder: &str) -> Option<Lang> {
    let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
    let Value::Dict(folders) = dama.scope().get(FOLDERS)?.read() else { return None };
    Lang::new(&folders.get(folder).ok()?.clone().cast::<Str>().ok()?)
}

/// The languages of the edition that a library was made for, the leading one first.
pub(super) fn of(library: &Library) -> Vec<Lang> {
    let find = || {
        let Value::Module(dama) = library.global.scope().get("dama")?.read() else { return None };
        let Value::Array(tags) = dama.scope().get(NAME)?.read() else { return None };
        Some(tags.iter().filter_map(|tag| Lang::new(&tag.clone().cast::<Str>().ok()?)).collect())
    };
    find().unwrap_or_default()
}
