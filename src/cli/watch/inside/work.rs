//! What is done at a change: the book read, and the editions set that are looked at.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use super::Known;
use super::alignment::Aligner;
use super::check::Checker;
use crate::checks::baseline::Baseline;
use crate::cli::date::build_date;
use crate::cli::plan::Stopped;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{self, Diagnostic, Reported};
use crate::layout::Layouts;
use crate::manuscript::Remembered;
use crate::model::EditionKind;
use crate::preview::{Reading, Shown, Status};
use crate::project::Project;
use crate::source::Sources;
use crate::typeset::{self, Job};

/// Reads, sets and checks a book again and again.
pub(super) struct Worker<'a> {
    project: &'a Project,
    known: &'a Arc<Known>,
    terminal: &'a Terminal,
    /// The editions that somebody looks at, those that were asked for last first.
    looked_at: Vec<String>,
    /// The book when it was last in order.
    loaded: Option<Loaded>,
    /// What was last said on the terminal, so that it is not said again.
    said: Vec<Diagnostic>,
    checker: Arc<Checker>,
    aligner: Arc<Aligner>,
    /// The chapters as they were last read.
    remembered: Remembered,
}

struct Loaded {
    reading: Arc<Reading>,
    layouts: Arc<Layouts>,
    /// What was accepted in bulk.
    baseline: Option<Arc<Baseline>>,
    /// What errors of the manuscript stop.
    stopped: Stopped,
    /// What was found while the book was read, and while its editions were set.
    found: Vec<Diagnostic>,
}

impl<'a> Worker<'a> {
    pub(super) fn new(
        project: &'a Project,
        known: &'a Arc<Known>,
        aligner: Arc<Aligner>,
        terminal: &'a Terminal,
    ) -> Self {
        let checker = Arc::new(Checker::default());
        checker.start(Arc::clone(known), Arc::clone(&aligner), terminal.clone());
        let (looked_at, said, remembered) = (Vec::new(), Vec::new(), Remembered::default());
        Self { project, known, terminal, looked_at, loaded: None, said, checker, aligner, remembered }
    }

    /// Files have changed. A defect that a book meets costs this turn only: the panic hook has reported it.
    pub(super) fn changed(&mut self, looked_at: Vec<String>, started: Instant) {
        self.looked_at = looked_at;
        self.known.change(|preview| preview.status(Status::Working));
        self.try_to(|worker| worker.read(started));
    }

    /// Somebody looks at an edition whose pages are out of date.
    pub(super) fn looked_at(&mut self, looked_at: Vec<String>, started: Instant) {
        self.looked_at = looked_at;
        self.try_to(|worker| worker.set(started));
    }

    fn try_to(&mut self, done: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| done(self))).is_err() {
            self.known.change(|preview| preview.status(Status::Broken));
        }
    }

    fn read(&mut self, started: Instant) {
        let mut sources = Sources::default();
        let Reported { value, diagnostics: mut found } =
            crate::layout::load_again(self.project, &mut sources, &mut self.remembered);
        let baseline = Baseline::load(self.project, &mut sources).take(&mut found).map(Arc::new);
        self.terminal.detail(msg!("read in {time}", time = millis(started)));
        let read = value.and_then(|(book, layouts)| {
            let stopped = Stopped::by(&found, (&book, &layouts), &sources);
            let sound = book.editions.iter().any(|edition| !stopped.stops(edition, &book));
            sound.then_some((book, layouts, stopped))
        });
        match read {
            Some((book, layouts, stopped)) => {
                self.known.change(|preview| preview.read(&book));
                let (reading, layouts) = (Arc::new(Reading { book, sources }), Arc::new(layouts));
                self.known.shelf.put(&reading, &layouts);
                self.loaded = Some(Loaded { reading, layouts, baseline, stopped, found });
                self.set(started);
            }
            None => {
                self.checker.forget();
                self.known.change(crate::preview::Preview::unreadable);
                self.tell(found, &sources, Status::Broken);
            }
        }
    }

    /// Sets the editions that are looked at, or the first one if none is.
    fn set(&mut self, started: Instant) {
        let Some(mut loaded) = self.loaded.take() else { return };
        let untried = self.known.preview().untried();
        let mut wanted = self.looked_at.clone();
        wanted.retain(|name| loaded.reading.book.editions.iter().any(|edition| edition.name() == name));
        let book = &loaded.reading.book;
        if wanted.is_empty() {
            let sound = book.editions.iter().find(|edition| !loaded.stopped.stops(edition, book));
            wanted.extend(sound.map(|edition| edition.name().to_owned()));
        }
        let editions = loaded.reading.book.editions.clone();
        let first = wanted.iter().filter(|name| untried.contains(name));
        let chosen: Vec<EditionKind> =
            first.filter_map(|name| editions.iter().find(|edition| edition.name() == name).cloned()).collect();
        if chosen.is_empty() {
            self.loaded = Some(loaded);
            return;
        }
        let mut before = Vec::new();
        for edition in chosen {
            before.extend(self.set_edition(&mut loaded, &edition));
        }
        let broken = diagnostic::any_error(&loaded.found);
        let status = if broken { Status::Broken } else { Status::Ready { seconds: started.elapsed().as_secs_f64() } };
        let reading = Arc::clone(&loaded.reading);
        self.tell(loaded.found.clone(), &reading.sources, status);
        self.checker.check(reading, loaded.baseline.clone());
        self.loaded = Some(loaded);
        // Nobody waits for what is gone.
        drop(before);
        typeset::forget_unused();
    }

    /// Sets an edition; gives the pages that were shown before.
    fn set_edition(&self, loaded: &mut Loaded, edition: &EditionKind) -> Option<Shown> {
        let started = Instant::now();
        // Before anything can fail: browsers ask again and again for what is still to be set.
        self.known.change(|preview| preview.tries(edition));
        let reading = Arc::clone(&loaded.reading);
        if loaded.stopped.stops(edition, &reading.book) {
            return None;
        }
        let date = match build_date(&reading.book) {
            Ok(date) => date,
            Err(error) => {
                self.terminal.failure(&error);
                return None;
            }
        };
        let (book, sources) = (&reading.book, &reading.sources);
        let alignments = match edition {
            EditionKind::Single(_) => Vec::new(),
            EditionKind::Bilingual => self.aligner.align(book),
        };
        let (layout, alignments) = (&loaded.layouts[edition], alignments.as_slice());
        let job = Job { book, edition, layout, files: self.project, sources, date, alignments };
        let earlier = self.known.preview().pages(edition.name());
        let Reported { value, diagnostics } = typeset::set_to_look_at(job, earlier.as_deref());
        loaded.found.extend(diagnostics);
        let set = value?;
        let pages = set.printed.pages();
        let shown = Shown::new(edition, set, Arc::clone(&reading));
        let (changed, before) = self.known.change(|preview| preview.set(edition, shown));
        let name = edition.name();
        let pages = plural!(pages, "{pages} page", "{pages} pages");
        let time = millis(started);
        let line = msg!("{edition}: {pages}, {changed} changed, {time}", edition = name, pages, changed, time);
        self.terminal.done(msg!("set"), line);
        before
    }

    /// Tells the browsers, and the terminal what it does not know yet.
    fn tell(&mut self, mut found: Vec<Diagnostic>, sources: &Sources, status: Status) {
        diagnostic::sort(&mut found);
        self.known.change(|preview| {
            preview.findings(&found, sources);
            preview.status(status);
        });
        if found != self.said {
            self.terminal.findings(&found, sources);
            if found.is_empty() {
                self.terminal.done(msg!("fixed"), msg!("nothing is wrong"));
            }
            self.said = found;
        }
    }
}

fn millis(since: Instant) -> String {
    format!("{:.0} ms", since.elapsed().as_secs_f64() * 1000.0)
}
