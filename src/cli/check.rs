//! `dama-pub check`.

use super::args::{Check, Messages};
use super::terminal::Terminal;
use super::{Outcome, pair};
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::model::Book;
use crate::project::Project;
use crate::report::Tally;
use crate::source::Sources;

pub(super) fn run(args: &Check, terminal: &Terminal) -> Result<Outcome, Error> {
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let book = load(args, &mut sources, &mut found)?;
    let mut chapters = 0;
    if let Some(book) = &book {
        chapters = book.chapters.values().map(Vec::len).sum();
        found.extend(crate::check(book, &sources));
    }
    diagnostic::sort(&mut found);
    terminal.findings(&found, &sources, args.format)?;
    let summary = format!("{} in {chapters} chapter files", Tally::of(&found));
    let failed = book.is_none() || diagnostic::any_error(&found);
    match (args.format, failed) {
        (Messages::Json, _) => {}
        (Messages::Human, true) => terminal.failed("checked", &summary),
        (Messages::Human, false) => terminal.done("checked", &summary),
    }
    Ok(if failed { Outcome::Findings } else { Outcome::Clean })
}

fn load(args: &Check, sources: &mut Sources, found: &mut Vec<Diagnostic>) -> Result<Option<Book>, Error> {
    if let [source, target] = args.pair.as_slice() {
        let loaded = pair::load([source, target], args.glossary.as_deref(), sources)?;
        // What this program does not accept in a manuscript is no drift between two files that were not written for it.
        return Ok(Some(loaded.value));
    }
    let project = Project::find(&args.dir)?;
    Ok(crate::load(&project, sources).take(found).map(|(book, _)| book))
}
