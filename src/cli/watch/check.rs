//! The checks of `dama-pub watch`: beside the work, so that pages never wait for them.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::Shared;
use crate::checks::{Fingerprints, baseline::Baseline};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{self, Diagnostic};
use crate::preview::Reading;
use crate::report::Tally;
use crate::source::Sources;

/// What the terminal was told of the checks.
#[derive(Default)]
struct Told {
    /// By check and message: a finding that only moved to another line is not told again.
    known: Option<BTreeSet<(&'static str, String)>>,
}

impl Told {
    /// Tells how many findings there are, if they are others than the last time, and shows those that are new. What was
    /// there from the beginning is counted only: `dama-pub check` lists it.
    fn tell(&mut self, found: &[Diagnostic], sources: &Sources, terminal: &Terminal) {
        let name = |one: &Diagnostic| (one.check, one.message.clone());
        let now: BTreeSet<_> = found.iter().map(name).collect();
        if self.known.as_ref() == Some(&now) {
            return;
        }
        if let Some(before) = &self.known {
            let new: Vec<Diagnostic> = found.iter().filter(|one| !before.contains(&name(one))).cloned().collect();
            terminal.findings(&new, sources);
        }
        terminal.done("checked", &Tally::of(found).to_string());
        self.known = Some(now);
    }
}

/// A book to be checked.
struct Task {
    reading: Arc<Reading>,
    baseline: Option<Arc<Baseline>>,
    /// Which state of the book it is.
    turn: u64,
}

impl Task {
    /// All that the checks find; `None` when one of them met a defect of ours.
    fn run(&self) -> Option<Vec<Diagnostic>> {
        let (book, sources) = (&self.reading.book, &self.reading.sources);
        let check = || {
            let open = crate::check(book, sources).open;
            match &self.baseline {
                Some(baseline) => baseline.measure(open, &Fingerprints::of(book, sources), sources).new,
                None => open,
            }
        };
        let mut found = catch_unwind(AssertUnwindSafe(check)).ok()?;
        diagnostic::sort(&mut found);
        Some(found)
    }
}

/// Compares the languages beside the work: pages never wait for it, and only the latest book counts.
#[derive(Default)]
pub(super) struct Checker {
    next: Mutex<Option<Task>>,
    told: Condvar,
    /// Grows with every state of the book, so that what is found of an older one is not shown.
    turn: AtomicU64,
}

impl Checker {
    fn next(&self) -> MutexGuard<'_, Option<Task>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Checks this book as soon as the one before is done.
    pub(super) fn check(&self, reading: Arc<Reading>, baseline: Option<Arc<Baseline>>) {
        let turn = self.turn.fetch_add(1, Relaxed) + 1;
        *self.next() = Some(Task { reading, baseline, turn });
        self.told.notify_one();
    }

    /// What waits to be checked, or is being checked, is out of date.
    pub(super) fn forget(&self) {
        self.turn.fetch_add(1, Relaxed);
        *self.next() = None;
    }

    pub(super) fn start(self: &Arc<Self>, shared: Arc<Shared>, terminal: Terminal) {
        let checker = Arc::clone(self);
        std::thread::spawn(move || {
            let mut told = Told::default();
            loop {
                let waited = checker.told.wait_while(checker.next(), |next| next.is_none());
                let task = waited.unwrap_or_else(PoisonError::into_inner).take().expect("it was waited for");
                let Some(found) = task.run() else { continue };
                // The turn came with the book: one read after it was taken would pass as of now.
                if task.turn == checker.turn.load(Relaxed) {
                    told.tell(&found, &task.reading.sources, &terminal);
                    shared.change(|preview| preview.checked(&found, &task.reading.sources));
                }
            }
        });
    }
}
