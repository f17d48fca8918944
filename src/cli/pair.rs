//! Two files outside a book.

use std::path::Path;

use crate::align::lang::zh;
use crate::diagnostic::Reported;
use crate::error::Error;
use crate::manuscript::{self, Named};
use crate::model::{Book, Lang};
use crate::project::read_text;
use crate::source::Sources;

/// A text and its translation, and the termbase for them if one is named.
pub(super) fn load(
    [source, target]: [&Path; 2],
    glossary: Option<&Path>,
    sources: &mut Sources,
) -> Result<Reported<Book>, Error> {
    let files = [named(source)?, named(target)?];
    let mut langs = files.each_ref().map(|(_, text)| language(text.lines()));
    // A short text full of names and code can look English; beside its source it does not.
    let han = files.each_ref().map(|(_, text)| text.chars().filter(|c| zh::is_han(*c)).count());
    if langs[0] == langs[1] && 3 * han[0].min(han[1]) < han[0].max(han[1]) {
        langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a good tag"));
        if han[0] < han[1] {
            langs.reverse();
        }
    }
    if langs[0] == langs[1] {
        return Err(Error::Usage(format!(
            "{} and {} are both in ‘{}’; give a text and its translation",
            source.display(),
            target.display(),
            langs[0],
        )));
    }
    let terms = glossary.map(named).transpose()?;
    Ok(manuscript::load_pair(sources, files, langs, terms))
}

fn named(path: &Path) -> Result<Named, Error> {
    Ok((path.to_string_lossy().into_owned(), read_text(path)?))
}

/// Chinese when most letters of a text are Chinese characters, English otherwise.
pub(super) fn language<'t>(lines: impl Iterator<Item = &'t str>) -> Lang {
    let (mut han, mut other) = (0, 0);
    for c in lines.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        *(if zh::is_han(c) { &mut han } else { &mut other }) += 1;
    }
    // A Chinese character says as much as some three letters.
    Lang::new(if 3 * han > other { "zh" } else { "en" }).expect("a good tag")
}
