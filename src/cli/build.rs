//! `dama-pub build`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use rayon::prelude::*;

use super::args::{Build, Form};
use super::artifacts::{Artifact, failure, guarded};
use super::date::build_date;
use super::kept::{Begun, Came, Done, Kept, KeptPages, Reuse, looked_over};
use super::making::Making;
use super::plan::Plan;
use super::products::{Product, products};
use super::terminal::Terminal;
use super::told::{BuildRun, drop_echoes, without_echoes};
use super::took::seconds;
use super::{Outcome, depfile, editions, fails};
use crate::align::{self, Alignment};
use crate::codes;
use crate::diagnostic::{self, Diagnostic, Reported};
use crate::error::Error;
use crate::inputs::{Inputs, Recorder};
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
    args.depfile.as_deref().map(depfile::target).transpose()?;
    let begun = Begun::new(args, &project);
    if let Some((outcome, run)) = begun.end_at_once(args, (&project, started), terminal) {
        write_depfile(args, &project, &run.inputs, terminal)?;
        return Ok(outcome);
    }
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let recorder = Recorder::new(&project);
    let loaded = crate::layout::load(&recorder, &mut sources).take(&mut found);
    let read = &recorder.seen();
    terminal.detail(msg!("read {folder} in {time}", folder = project.root(), time = seconds(started.elapsed())));
    let running = Running { args, project: &project, begun: &begun, read, sources: &sources, started, terminal };
    match loaded {
        Some((book, layouts)) => running.build(&book, &layouts, found),
        None => running.nothing(found),
    }
}

/// A run that has read what there is of a book.
#[derive(Clone, Copy)]
struct Running<'a> {
    args: &'a Build,
    project: &'a Project,
    begun: &'a Begun,
    read: &'a Inputs,
    sources: &'a Sources,
    started: Instant,
    terminal: &'a Terminal,
}

impl<'a> Running<'a> {
    fn nothing(self, found: Vec<Diagnostic>) -> Result<Outcome, Error> {
        let Self { args, project, read, sources, terminal, .. } = self;
        write_depfile(args, project, read, terminal)?;
        let run = BuildRun { form: args.message_format, limit: args.fail_on, project, book: None };
        let text = msg!("nothing was built");
        finish(run, terminal, found, sources, Summary { text, whole: false, same: false, failed: Vec::new() })
    }

    fn build(self, book: &'a Book, layouts: &'a Layouts, mut found: Vec<Diagnostic>) -> Result<Outcome, Error> {
        let Self { args, project, sources, .. } = self;
        let plan = Plan::of(&args.edition, (book, layouts), sources, &mut found)?;
        let date = build_date(book)?;
        let common = Common { book, layouts, project, sources, date };
        // What is too large would be so on pages.
        if diagnostic::any_error(&found) && found.iter().all(|finding| finding.check != codes::TOO_LARGE) {
            let more = common.further(args, &plan, &found)?;
            found.extend(more);
        }
        if plan.ready.is_empty() {
            return self.nothing(found);
        }
        found.extend(checks::lacking(book, sources, |lang| plan.shown.contains(lang)));
        let products = products(args, book);
        let (results, pages) = self.make(common, &products, &plan)?;
        let names = |edition: &EditionKind| -> Vec<String> {
            products.iter().map(|product| product.file_name(&book.artifact_stem(edition))).collect()
        };
        let failed = plan.held.iter().flat_map(|(edition, languages)| unmade(names(edition), languages)).collect();
        let count = (plan.ready.len() + plan.held.len()) * products.len();
        let results = plan.ready.iter().flat_map(names).zip(results).collect();
        self.close(book, Results { count, results, failed, pages }, found)
    }

    /// Makes what is lacking of the artifacts, and notes how long each step takes if that is asked for.
    fn make(self, common: Common<'_>, products: &[Product], plan: &Plan) -> Result<MadeAndPages, Error> {
        let Self { args, project, begun, read, sources, terminal, .. } = self;
        if args.timings.is_some() {
            typeset::record_timings();
        }
        let Common { book, layouts, date, .. } = common;
        let reuse = Reuse { begun, files: project, sources, loaded: read, terminal };
        let anew = args.force || args.timings.is_some();
        let out = &begun.out;
        let weight = project.weight();
        let pages = Mutex::default();
        let making =
            Making { book, layouts, sources, date, products, out, reuse, weight, pages: &pages, anew, terminal };
        let results = making.all(&plan.ready);
        if let Some(path) = &args.timings {
            let timings = typeset::timings(sources);
            terminal.outlet().put(path, &timings).map_err(|source| Error::Write { path: path.clone(), source })?;
        }
        Ok((results, pages.into_inner().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Tells what came of it, and leaves what the next run needs to know.
    fn close(self, book: &Book, all: Results, mut found: Vec<Diagnostic>) -> Result<Outcome, Error> {
        let Self { args, project, begun, read, sources, started, terminal } = self;
        let Results { count, results, mut failed, pages } = all;
        let came = Yield::of(&results);
        let trouble = take(results.into_iter(), terminal, &mut found, &mut failed);
        drop_echoes(&mut found);
        diagnostic::sort(&mut found);
        let inputs = &came.made.values().fold(read.clone(), |all, kept| all.and(&kept.further));
        let whole = failed.is_empty() && came.made.len() == count;
        let done = Done { made: &came.made, pages, whole, inputs, found: &found, took: started.elapsed() };
        begun.remember(&done, sources, terminal);
        write_depfile(args, project, inputs, terminal)?;
        let text = came.summary(count, failed.len(), seconds(started.elapsed()));
        let same = came.stayed == count;
        let summary = Summary { text, whole: failed.is_empty(), same, failed };
        let run = BuildRun { form: args.message_format, limit: args.fail_on, project, book: Some(book) };
        let outcome = finish(run, terminal, found, sources, summary)?;
        if outcome == Outcome::Clean && book.languages.len() > 1 && !same {
            terminal.tip(msg!("`dama-pub check` checks whether the languages say the same thing"));
        }
        Ok(if trouble { Outcome::Trouble } else { outcome })
    }
}

/// What came of the artifacts that were asked for.
struct Results {
    count: usize,
    /// Those of editions that could be made, by their names.
    results: Vec<(String, Option<Artifact>)>,
    /// What was not made, and why.
    failed: Vec<Message>,
    /// Where pages begin that were set, by the stem of their edition's artifacts.
    pages: BTreeMap<String, KeptPages>,
}

/// What was made in an edition, and where the pages begin that were set.
type MadeAndPages = (Vec<Option<Artifact>>, BTreeMap<String, KeptPages>);

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

/// What came of a run.
#[derive(Default)]
struct Yield {
    /// What is known of artifacts, by their names.
    made: BTreeMap<String, Kept>,
    /// How many artifacts are where they were, and how many came from a cache.
    stayed: usize,
    cached: usize,
}

impl Yield {
    fn of(results: &[(String, Option<Artifact>)]) -> Self {
        let mut all = Self::default();
        for (name, result) in results {
            let Some(Ok(Reported { value: Some(made), .. })) = result else { continue };
            all.stayed += usize::from(made.came == Came::Stayed);
            all.cached += usize::from(made.came == Came::Cached);
            all.made.extend(made.kept.clone().map(|kept| (name.clone(), kept)));
        }
        all
    }

    /// How many artifacts were made, or how many of them failed, and how many need not be made.
    fn summary(&self, count: usize, failed: usize, time: String) -> Message {
        if self.stayed == count {
            return looked_over(count, time);
        }
        let made = if failed == 0 {
            plural!(count, "{count} of {count} artifact in {time}", "{count} of {count} artifacts in {time}", time)
        } else {
            plural!(
                count,
                "{failed} of {count} artifact in {time}",
                "{failed} of {count} artifacts in {time}",
                failed,
                time
            )
        };
        let stayed = (self.stayed > 0).then(|| msg!("{n} unchanged", n = self.stayed));
        let cached = (self.cached > 0).then(|| msg!("{n} from the cache", n = self.cached));
        Message::list(List::Clauses, [Some(made), stayed, cached].into_iter().flatten())
    }
}

fn write_depfile(args: &Build, project: &Project, inputs: &Inputs, terminal: &Terminal) -> Result<(), Error> {
    args.depfile.as_deref().map_or(Ok(()), |path| depfile::write(path, project, inputs, terminal))
}

/// What the last line says.
struct Summary {
    text: Message,
    /// Whether all that was asked for was made.
    whole: bool,
    /// Whether nothing had to be made.
    same: bool,
    /// What was not made, and why, an artifact a line.
    failed: Vec<Message>,
}

fn finish(
    run: BuildRun<'_>,
    terminal: &Terminal,
    mut found: Vec<Diagnostic>,
    sources: &Sources,
    Summary { text, whole, same, failed }: Summary,
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
        let built = if same { msg!("unchanged") } else { msg!("built") };
        match (whole, fails) {
            (true, false) => terminal.done(built, summary),
            (true, true) => terminal.failed(built, summary),
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
