//! The checks: beside the work, so that pages never wait for them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::Known;
use super::alignment::Aligner;
use crate::checks::{self, Fingerprints, baseline::Baseline};
use crate::cli::pipe::wire::Piece;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{self, Diagnostic};
use crate::preview::Reading;
use crate::report::Tally;

/// What the terminal has shown of the checks.
#[derive(Default)]
struct Shown {
    /// The findings, to be known again wherever their blocks move.
    known: Option<Baseline>,
    /// How many there are.
    count: Option<Tally>,
}

impl Shown {
    /// Shows the findings that are new, and tells how many there are if that is new. What was there from the beginning is
    /// counted only: `dama-pub check` lists it.
    fn tell(&mut self, found: &[Diagnostic], reading: &Reading, terminal: &Terminal) {
        let Reading { book, sources } = reading;
        let prints = Fingerprints::of(book, sources);
        if let Some(before) = &self.known {
            // One without a place cannot be known again: it is counted.
            let placed = found.iter().filter(|one| one.primary.is_some()).cloned();
            terminal.findings(&before.measure(placed.collect(), &prints, sources).new, sources);
        }
        self.known = Some(Baseline::of(found, &prints, sources));
        let count = Tally::of(found);
        if self.count.replace(count) != Some(count) {
            terminal.done(msg!("checked"), count.message());
        }
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
    fn run(&self, aligner: &Aligner) -> Option<Vec<Diagnostic>> {
        let mut found = catch_unwind(AssertUnwindSafe(|| self.check(aligner))).ok()?;
        diagnostic::sort(&mut found);
        Some(found)
    }

    fn check(&self, aligner: &Aligner) -> Vec<Diagnostic> {
        let (book, sources) = (&self.reading.book, &self.reading.sources);
        let open = checks::run(book, &aligner.align(book), sources).open;
        match &self.baseline {
            Some(baseline) => baseline.measure(open, &Fingerprints::of(book, sources), sources).new,
            None => open,
        }
    }
}

/// Compares the languages beside the work: pages never wait for it, and only the latest book counts.
#[derive(Default)]
pub(super) struct Checker {
    next: Mutex<Option<Task>>,
    changed: Condvar,
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
        self.changed.notify_one();
    }

    /// What waits to be checked, or is being checked, is out of date.
    pub(super) fn forget(&self) {
        self.turn.fetch_add(1, Relaxed);
        *self.next() = None;
    }

    pub(super) fn start(self: &Arc<Self>, known: Arc<Known>, aligner: Arc<Aligner>, terminal: Terminal) {
        let checker = Arc::clone(self);
        std::thread::spawn(move || {
            let mut shown = Shown::default();
            loop {
                let waited = checker.changed.wait_while(checker.next(), |next| next.is_none());
                let task = waited.unwrap_or_else(PoisonError::into_inner).take().expect("it was waited for");
                known.link.begins(Piece::Checks);
                let found = task.run(&aligner);
                known.link.ends(Piece::Checks);
                let Some(found) = found else { continue };
                // The turn came with the book: one read after it was taken would pass as of now.
                if task.turn == checker.turn.load(Relaxed) {
                    shown.tell(&found, &task.reading, &terminal);
                    known.desk.put(Arc::clone(&task.reading), found.clone());
                    // Asked again inside: the book may be gone since.
                    known.change(|preview| {
                        if task.turn == checker.turn.load(Relaxed) {
                            preview.checked(&found, &task.reading.sources);
                        }
                    });
                }
            }
        });
    }
}
