//! What goes out to translators and comes back: `dama-pub translate`, `export` and `import-review`.

mod approval;
mod engine;
pub(super) mod export;
mod form;
pub(super) mod import_review;
mod memory;
mod note;
pub(super) mod translate;

use std::path::{Path, PathBuf};

use super::named::Named;
use super::pair;
use crate::align::{self, Alignment};
use crate::checks;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::lang;
use crate::model::{Book, Chapter, Lang};
use crate::project::Project;
use crate::source::{Files, Sources};

/// A book, or two folders of texts, at hand.
struct Desk {
    /// Absent for texts outside a book.
    project: Option<Project>,
    book: Book,
    sources: Sources,
    named: Option<Named>,
}

/// Which texts are meant.
struct Wanted<'a> {
    paths: &'a [PathBuf],
    pair: &'a [PathBuf],
    languages: &'a [String],
    glossary: Option<&'a Path>,
}

impl Desk {
    /// Reads what is wanted; `None` where the book cannot be read, with what was found.
    fn open(wanted: &Wanted<'_>) -> Result<Result<Self, (Vec<Diagnostic>, Sources)>, Error> {
        let mut sources = Sources::default();
        let mut found = Vec::new();
        if let [source, target] = wanted.pair {
            let texts: [&Path; 2] = [source, target];
            let book = pair::load(texts, wanted.languages, wanted.glossary, &mut sources)?.value;
            return Ok(Ok(Self { project: None, book, sources, named: None }));
        }
        let named = Named::find(wanted.paths)?;
        let project = Project::find(named.project.root())?;
        match crate::layout::load(&project, &mut sources).take(&mut found) {
            Some((book, _)) => {
                if !named.is_whole() {
                    named.check(&book)?;
                }
                Ok(Ok(Self { project: Some(project), book, sources, named: Some(named) }))
            }
            None => Ok(Err((found, sources))),
        }
    }

    /// Whether a chapter was named, or all are meant.
    fn wants(&self, chapter: &Chapter) -> bool {
        self.named.as_ref().is_none_or(|named| named.is_whole() || named.means(chapter))
    }

    /// The language that is translated into: the one that was named, or the only one there is besides the source.
    fn target(&self, named: Option<&str>) -> Result<Lang, Error> {
        let source = self.book.source_language();
        let mut others: Vec<&Lang> = self.book.languages.iter().filter(|lang| *lang != source).collect();
        others.extend(self.book.without_chapters());
        let list = || crate::message::Message::list(crate::message::List::Or, others.iter().map(|lang| lang.tag()));
        match named {
            Some(tag) => {
                let found = others.iter().find(|lang| lang.tag().eq_ignore_ascii_case(tag.trim()));
                found.map(|lang| (*lang).clone()).ok_or_else(|| match others.is_empty() {
                    true => no_target(),
                    false => Error::Usage(msg!(
                        "the book is not translated into ‘{language}’; its languages are in `languages` of book.yaml: {list}",
                        language = tag,
                        list = list()
                    )),
                })
            }
            None => match others.as_slice() {
                [] => Err(no_target()),
                [only] => Ok((*only).clone()),
                _ => Err(Error::Usage(msg!("say which language with `--to`: {list}", list = list()))),
            },
        }
    }

    /// The book with its source beside a language, which may have no chapter yet.
    fn alignment(&self, target: &Lang) -> Alignment<'_> {
        align::align(&self.book, self.book.source_language(), target)
    }

    /// What the checks find.
    fn findings(&self) -> Vec<Diagnostic> {
        checks::check(&self.book, &self.sources).open
    }

    /// Whether a file still has the text that was read of it; one that is not there yet, whether it is still not there.
    fn is_as_read(&self, path: &str) -> bool {
        let read = self.sources.find(path).map(|file| self.sources.get(file));
        let text = read.map(|file| file.written().unwrap_or(file.text()).as_bytes());
        match &self.project {
            Some(project) => project.read(path).ok().as_deref() == text,
            None => std::fs::read(path).ok().as_deref() == text,
        }
    }

    /// Where a file lies.
    fn place(&self, path: &str) -> PathBuf {
        self.project.as_ref().map_or_else(|| path.into(), |project| project.root().join(path))
    }
}

fn no_target() -> Error {
    let example = lang::supported();
    Error::Usage(msg!(
        "the book has one language; add the one to translate into to `languages` of book.yaml, such as `[zh, en]`; there are rules for {example}",
        example
    ))
}

/// Writes files of the manuscript, all of them or none. Those that others changed in the meantime stop it.
fn write(
    desk: &Desk,
    changed: &std::collections::BTreeMap<String, String>,
    terminal: &crate::cli::terminal::Terminal,
) -> Result<(), Error> {
    if let Some(path) = changed.keys().find(|path| !desk.is_as_read(path)) {
        return Err(Error::Changed(path.into()));
    }
    for (path, text) in changed {
        let place = desk.place(path);
        let stage = || terminal.outlet().stage(&place, text.as_bytes());
        stage().map_err(|source| Error::Write { path: place.clone(), source })?;
    }
    Ok(())
}
