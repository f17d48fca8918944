//! `dama-pub build`.

use std::time::Instant;

use rayon::prelude::*;

use super::args::{Build, Form};
use super::artifacts::{Artifact, artifacts, failure, guarded, seconds};
use super::date::build_date;
use super::pipe::wire::Step;
use super::plan::Plan;
use super::products::{Product, products};
use super::terminal::Terminal;
use super::told::{BuildRun, drop_echoes, without_echoes};
use super::{Outcome, editions, fails, memory, worker};
use crate::align::{self, Alignment};
use crate::codes;
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::layout::{Layout, Layouts};
use crate::message::{List, Message};
use crate::model::{Book, EditionKind, Lang};
use crate::project::Project;
use crate::report::Tally;
use crate::source::Sources;
use crate::typeset::{BuildDate, Job};
use crate::{checks, typeset};

pub(super) fn run(args: &Build, terminal: &Terminal) -> Result<Outcome, Error> {
    let started = Instant::now();
    let project = Project::find(&args.dir)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    terminal.detail(msg!("read {folder} in {time}", folder = project.root(), time = seconds(started.elapsed())));
    let nothing = |found: Vec<Diagnostic>, sources: &Sources| {
        let run = BuildRun { form: args.message_format, limit: args.fail_on, project: &project, book: None };
        let summary = Summary { text: msg!("nothing was built"), whole: false, failed: Vec::new() };
        finish(run, terminal, found, sources, summary)
    };
    let Some((book, layouts)) = loaded else { return nothing(found, &sources) };
    let plan = Plan::of(&args.edition, (&book, &layouts), &sources, &mut found)?;
    let date = build_date(&book)?;
    let common = Common { book: &book, layouts: &layouts, project: &project, sources: &sources, date };
    // What is too large would be so on pages.
    if diagnostic::any_error(&found) && found.iter().all(|finding| finding.check != codes::TOO_LARGE) {
        let more = common.further(args, &plan, &found)?;
        found.extend(more);
    }
    if plan.ready.is_empty() {
        return nothing(found, &sources);
    }
    found.extend(checks::lacking(&book, &sources, |lang| plan.shown.contains(lang)));
    let products = products(args, &book);
    if args.timings.is_some() {
        typeset::record_timings();
    }
    let results = common.make(args, &plan.ready, &products, terminal);
    if let Some(path) = &args.timings {
        let timings = typeset::timings(&sources);
        terminal.outlet().put(path, &timings).map_err(|source| Error::Write { path: path.clone(), source })?;
    }
    let names = |edition: &EditionKind| -> Vec<String> {
        products.iter().map(|product| product.file_name(&book.artifact_stem(edition))).collect()
    };
    let mut failed: Vec<Message> =
        plan.held.iter().flat_map(|(edition, languages)| unmade(names(edition), languages)).collect();
    let trouble = take(plan.ready.iter().flat_map(names).zip(results), terminal, &mut found, &mut failed);
    let count = (plan.ready.len() + plan.held.len()) * products.len();
    let text = made(count, failed.len(), seconds(started.elapsed()));
    let summary = Summary { text, whole: failed.is_empty(), failed };
    let run = BuildRun { form: args.message_format, limit: args.fail_on, project: &project, book: Some(&book) };
    let outcome = finish(run, terminal, found, &sources, summary)?;
    if outcome == Outcome::Clean && book.languages.len() > 1 {
        terminal.tip(msg!("`dama-pub check` checks whether the languages say the same thing"));
    }
    Ok(if trouble { Outcome::Trouble } else { outcome })
}

/// What all jobs of a run are made from.
#[derive(Clone, Copy)]
struct Common<'a> {
    book: &'a Book,
    layouts: &'a Layouts,
    project: &'a Project,
    sources: &'a Sources,
    date: BuildDate,
}

impl<'a> Common<'a> {
    fn job<'j>(self, edition: &'j EditionKind, layout: &'j Layout, alignments: &'j [Alignment<'j>]) -> Job<'j>
    where
        'a: 'j,
    {
        let Self { book, project, sources, date, .. } = self;
        Job { book, edition, layout, files: project, sources, date, alignments }
    }

    /// What else is wrong in editions that errors of the manuscript stop, so that a run tells all of it.
    fn further(self, args: &Build, plan: &Plan, known: &[Diagnostic]) -> Result<Vec<Diagnostic>, Error> {
        let unmade = if !plan.ready.is_empty() {
            plan.held.iter().map(|(edition, _)| edition.clone()).collect()
        } else if args.edition.is_empty() {
            // Where every language has an error, none is planned.
            self.book.editions.clone()
        } else {
            editions::named(&args.edition, self.book)?
        };
        let alignments = align::align_for(&unmade, self.book);
        let jobs = unmade.iter().filter_map(|edition| Some(self.job(edition, self.layouts.get(edition)?, &alignments)));
        let jobs: Vec<Job<'_>> = jobs.collect();
        let set = |job: &Job<'_>| guarded(|| typeset::set_in_spite_of(*job, known).diagnostics).unwrap_or_default();
        let mut found: Vec<Diagnostic> = jobs.par_iter().flat_map_iter(set).collect();
        without_echoes(&mut found, known);
        Ok(found)
    }

    /// Makes the artifacts of some editions, edition by edition; `None` stands for one whose making broke off.
    fn make(
        self,
        args: &Build,
        ready: &[EditionKind],
        products: &[Product],
        terminal: &Terminal,
    ) -> Vec<Option<Artifact>> {
        let out = args.out.clone().unwrap_or_else(|| self.project.root().join("out"));
        terminal.step(Step::Begins((ready.len() * products.len()) as u64));
        let alignments = align::align_for(ready, self.book);
        let artifacts_of = |edition| {
            let stem = self.book.artifact_stem(edition);
            let job = self.job(edition, &self.layouts[edition], &alignments);
            let path = |product: Product| out.join(product.file_name(&stem));
            terminal.step(Step::At(stem.clone()));
            artifacts(job, products, &path, terminal)
        };
        let weight = self.project.weight();
        let need = |edition: &EditionKind| memory::need(edition, self.book, self.sources, weight);
        let mut results = Vec::new();
        for (at, group) in memory::groups(ready, need, worker::budget()).into_iter().enumerate() {
            typeset::prepare(self.book, group, self.project, at > 0);
            results.par_extend(group.par_iter().flat_map_iter(artifacts_of));
        }
        terminal.step(Step::Ends);
        results
    }
}

/// Takes what was found in making artifacts and what was not made, each with its name; gives whether something other than
/// the book is at fault.
fn take(
    results: impl Iterator<Item = (String, Option<Artifact>)>,
    terminal: &Terminal,
    found: &mut Vec<Diagnostic>,
    failed: &mut Vec<Message>,
) -> bool {
    let mut trouble = false;
    for (name, result) in results {
        if let Some(why) = failure(&result) {
            failed.push(msg!("{name}: {why}", name, why));
        }
        match result {
            Some(Ok(reported)) => drop(reported.take(found)),
            Some(Err(error)) => {
                terminal.failure(&error);
                trouble = true;
            }
            None => trouble = true,
        }
    }
    trouble
}

/// Says of the artifacts of an edition that was not planned why they were not made: errors in some of its languages.
fn unmade(names: Vec<String>, languages: &[Lang]) -> Vec<Message> {
    let why = if languages.is_empty() {
        msg!("an error of its layout")
    } else {
        msg!("errors in {languages}", languages = Message::list(List::And, languages.iter().map(Lang::name)))
    };
    names.into_iter().map(|name| msg!("{name}: {why}", name, why = why.clone())).collect()
}

/// How many artifacts were made, or how many of them failed.
fn made(count: usize, failed: usize, time: String) -> Message {
    if failed == 0 {
        return plural!(count, "{count} of {count} artifact in {time}", "{count} of {count} artifacts in {time}", time);
    }
    plural!(count, "{failed} of {count} artifact in {time}", "{failed} of {count} artifacts in {time}", failed, time)
}

/// What the last line says.
struct Summary {
    text: Message,
    /// Whether all that was asked for was made.
    whole: bool,
    /// What was not made, and why, an artifact a line.
    failed: Vec<Message>,
}

fn finish(
    run: BuildRun<'_>,
    terminal: &Terminal,
    mut found: Vec<Diagnostic>,
    sources: &Sources,
    Summary { text, whole, failed }: Summary,
) -> Result<Outcome, Error> {
    drop_echoes(&mut found);
    diagnostic::sort(&mut found);
    run.tell(terminal, &found, sources)?;
    let fails = !whole || fails(&found, run.limit);
    let tally = if found.is_empty() { Message::empty() } else { Tally::of(&found).message() };
    let summary = Message::list(List::Clauses, [text, tally]);
    if run.form == Form::Human {
        for line in failed {
            terminal.failed(msg!("failed"), line);
        }
        match (whole, fails) {
            (true, false) => terminal.done(msg!("built"), summary),
            (true, true) => terminal.failed(msg!("built"), summary),
            _ => terminal.failed(msg!("failed"), summary),
        }
    }
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};

    /// Builds a book of one line, with `extra` in its `book.yaml`, into `out/` of the folder that comes back.
    fn build(extra: &str, blocked: &[&str], args: &[&str]) -> (tempfile::TempDir, Result<Outcome, Error>) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("manuscript/zh")).unwrap();
        let config =
            format!("title: {{zh: 纸}}\nslug: p\nlanguages: [zh]\ndate: 2026-03-01\nlayout: report\n{extra}\n");
        fs::write(dir.path().join("manuscript/book.yaml"), config).unwrap();
        fs::write(dir.path().join("manuscript/zh/01-a.md"), "---\ntitle: 起\n---\n文。\n").unwrap();
        for name in blocked {
            fs::create_dir_all(dir.path().join("out").join(name)).unwrap();
        }
        let root = dir.path().to_str().unwrap();
        let cli = Cli::parse_from([&["dama-pub", "build", root, "--quiet"], args].concat());
        let Command::Build(parsed) = &cli.command else { unreachable!("build was typed") };
        let terminal = Terminal::new(&cli.global, crate::message::Locale::English, None);
        let outcome = run(parsed, &terminal);
        terminal.outlet().commit().unwrap();
        (dir, outcome)
    }

    #[test]
    fn an_artifact_that_cannot_be_written_does_not_stop_the_others() {
        let (dir, outcome) = build("", &["p-zh.pdf"], &[]);
        assert_eq!(outcome.unwrap(), Outcome::Trouble);
        assert!(dir.path().join("out/p-zh.epub").is_file());
    }

    #[test]
    fn a_book_of_one_language_has_no_bilingual_edition() {
        let (_, outcome) = build("", &[], &["--edition", "bilingual"]);
        assert!(matches!(outcome, Err(Error::Usage(_))));
    }

    #[test]
    fn a_slip_in_an_edition_is_named() {
        let (_, outcome) = build("", &[], &["--edition", "zhh"]);
        let said = outcome.unwrap_err().to_string();
        assert_eq!(said, "this book has no edition `zhh`; did you mean `zh`? It has zh");
    }
}
