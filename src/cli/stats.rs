//! `dama-pub stats`.

use super::args::{Answer, Stats};
use super::terminal::Terminal;
use super::{Outcome, revisions};
use crate::error::Error;
use crate::project::Project;
use crate::report::stats;
use crate::source::Sources;

pub(super) fn run(args: &Stats, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    terminal.findings(&found, &sources);
    let Some((book, _)) = loaded else { return Ok(Outcome::Findings) };
    let counted = stats::of(&book);
    if args.history {
        let history = revisions::history(project.root().to_owned(), terminal)?;
        terminal.print(&match args.format {
            Answer::Table => stats::history_table(&history, &counted, terminal.locale()),
            Answer::Json => stats::history_json(&history, &counted),
            Answer::Tsv => stats::history_tsv(&history, &counted),
        })?;
        return Ok(Outcome::Clean);
    }
    terminal.print(&match args.format {
        Answer::Table => stats::table(&counted, terminal.locale(), terminal.shows_results()),
        Answer::Json => stats::json(&counted),
        Answer::Tsv => stats::tsv(&counted),
    })?;
    Ok(Outcome::Clean)
}
