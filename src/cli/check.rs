//! `dama-pub check`.

use super::Outcome;
use super::args::{Check, Messages};
use super::terminal::Terminal;
use crate::diagnostic;
use crate::error::Error;
use crate::project::Project;
use crate::report::Tally;
use crate::source::Sources;

pub(super) fn run(args: &Check, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::load(&project, &mut sources).take(&mut found);
    let mut chapters = 0;
    if let Some((book, _)) = &loaded {
        chapters = book.chapters.values().map(Vec::len).sum();
        found.extend(crate::check(book, &sources));
    }
    diagnostic::sort(&mut found);
    terminal.findings(&found, &sources, args.format)?;
    let summary = format!("{} in {chapters} chapter files", Tally::of(&found));
    let failed = loaded.is_none() || diagnostic::any_error(&found);
    match (args.format, failed) {
        (Messages::Json, _) => {}
        (Messages::Human, true) => terminal.failed("checked", &summary),
        (Messages::Human, false) => terminal.done("checked", &summary),
    }
    Ok(if failed { Outcome::Findings } else { Outcome::Clean })
}
