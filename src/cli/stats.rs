//! `dama-pub stats`.

use super::Outcome;
use super::args::{Answer, Stats};
use super::terminal::Terminal;
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
    terminal.print(&match args.format {
        Answer::Table => stats::table(&counted, terminal.locale(), terminal.shows_results()),
        Answer::Json => stats::json(&counted),
        Answer::Tsv => stats::tsv(&counted),
    })?;
    Ok(Outcome::Clean)
}
