//! A run that has nothing to do.

use std::time::Instant;

use super::{Begun, Run};
use crate::cli::args::{Build, Form};
use crate::cli::terminal::Terminal;
use crate::cli::told::BuildRun;
use crate::cli::took::seconds;
use crate::cli::{Outcome, fails, here};
use crate::diagnostic::Diagnostic;
use crate::manuscript::add_text;
use crate::message::{List, Message};
use crate::project::Project;
use crate::report::Tally;
use crate::source::{Files, Sources};

impl Begun {
    /// Ends a run that has nothing to do: it says so, and what the run said that made everything. `None` where there is something to do, or the
    /// book must be read for what is to be said.
    pub(in crate::cli) fn end_at_once(
        &self,
        args: &Build,
        (project, started): (&Project, Instant),
        terminal: &Terminal,
    ) -> Option<(Outcome, &Run)> {
        // Other forms tell of the book besides.
        if !matches!(args.message_format, Form::Human | Form::Short | Form::Json | Form::Github) {
            return None;
        }
        let run = self.unchanged(project)?;
        let digests = run.made.keys().map(|name| self.record.made.get(name).map(|kept| kept.digest));
        // What is to be kept for others too must be known to its end.
        if terminal.outlet().lacks(&digests.collect::<Option<Vec<_>>>()?) {
            return None;
        }
        let mut sources = Sources::default();
        let found = findings(run, project, &mut sources)?;
        let told = BuildRun { form: args.message_format, limit: args.fail_on, project, book: None };
        told.tell(terminal, &found, &sources).ok()?;
        let failed = fails(&found, args.fail_on);
        let outcome = if failed { Outcome::Findings } else { Outcome::Clean };
        if args.message_format != Form::Human {
            return Some((outcome, run));
        }
        for name in run.made.keys() {
            terminal.detail(msg!("unchanged: {path}", path = here::short(&self.out.join(name))));
        }
        let text = looked_over(run.made.len(), seconds(started.elapsed()));
        let tally = if found.is_empty() { Message::empty() } else { Tally::of(&found).message() };
        let summary = Message::list(List::Clauses, [text, tally]);
        match failed {
            true => terminal.failed(msg!("unchanged"), summary),
            false => terminal.done(msg!("unchanged"), summary),
        }
        Some((outcome, run))
    }
}

/// Says that nothing was to be made.
pub(in crate::cli) fn looked_over(count: usize, time: String) -> Message {
    plural!(
        count,
        "{count} artifact is as it was made, looked over in {time}",
        "{count} artifacts are as they were made, looked over in {time}",
        time
    )
}

/// What a run said, in the texts that it was said of.
fn findings(run: &Run, project: &Project, sources: &mut Sources) -> Option<Vec<Diagnostic>> {
    let mut file = |path: &str| {
        // What is said of a file was said when the book was read.
        sources.find(path).or_else(|| add_text(sources, path, project.read(path).ok()?, &mut Vec::new()))
    };
    run.findings.iter().map(|kept| kept.finding(&mut file)).collect()
}
