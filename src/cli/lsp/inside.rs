//! In the worker of a book: reads it, takes in at once what is typed, and answers questions from the newest reading.
//!
//! Two threads: one takes what is typed into the reading, a chapter at a time ([`Reading::retype`]); the other reads the whole book
//! when typing pauses, or at once where a chapter alone is not enough.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::questions::Question;
use super::task::{Answered, Known, Task};
use crate::align::Beads;
use crate::cli::pipe::Link;
use crate::cli::pipe::wire::Piece;
use crate::cli::worker::tasks;
use crate::lsp::{Overlay, Reading};
use crate::manuscript::Remembered;
use crate::message::Locale;
use crate::project::Project;

/// How long a question waits for a reading of what was typed last; then an older one answers.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long nothing is typed before the whole book is read again.
const PAUSE: Duration = Duration::from_millis(400);

/// Does what it is told until nobody is left to tell it.
pub(super) fn run(link: &Arc<Link>) {
    let mut tasks = tasks();
    let Some(Task::Begin { root, locale }) = tasks.next() else { return };
    let Ok(project) = Project::find(&root) else { return };
    let locale = Locale::of(&locale);
    let workspace = Arc::new(Workspace {
        project,
        locale,
        state: Mutex::default(),
        changed: Condvar::new(),
        reading: Mutex::default(),
        link: Arc::clone(link),
    });
    for work in [Workspace::take_in as fn(&Workspace), Workspace::read] {
        let workspace = Arc::clone(&workspace);
        std::thread::spawn(move || work(&workspace));
    }
    for task in tasks {
        match task {
            Task::Begin { .. } => {}
            Task::Typed { path, text } => workspace.change(Some((path, text))),
            Task::Again => workspace.change(None),
            Task::Ask { number, method, params } => {
                let workspace = Arc::clone(&workspace);
                // It may wait for a reading, and what is typed goes on.
                std::thread::spawn(move || workspace.answer(number, &method, &params));
            }
        }
    }
    // What is still being read is not waited for: the process ends.
}

/// A book that somebody works on. Who holds `reading` may take `state`, and not the other way round.
struct Workspace {
    project: Project,
    locale: Locale,
    state: Mutex<WorkspaceState>,
    changed: Condvar,
    reading: Mutex<Option<Reading>>,
    link: Arc<Link>,
}

/// The texts that are typed and not saved, by project-relative path.
type Texts = BTreeMap<String, String>;

#[derive(Default)]
struct WorkspaceState {
    open: Texts,
    /// How often something changed.
    turn: u64,
    /// Which of the changes the reading knows of, which were tried by a chapter alone, and which the last reading of the whole
    /// book knew of.
    read: u64,
    tried: u64,
    whole: u64,
    /// Up to which change a chapter alone is not enough.
    urgent: u64,
    /// The documents that were changed after that reading, each with its turn; `None` where anything may have changed.
    edits: Vec<(u64, Option<String>)>,
}

impl WorkspaceState {
    /// The documents that were changed after a turn; `None` where anything may have changed.
    fn edited_after(&self, turn: u64) -> Option<Vec<String>> {
        let later = self.edits.iter().filter(|(at, _)| *at > turn);
        let mut paths = later.map(|(_, path)| path.clone()).collect::<Option<Vec<String>>>()?;
        paths.sort_unstable();
        paths.dedup();
        Some(paths)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Workspace {
    fn change(&self, document: Option<(String, Option<String>)>) {
        let mut state = locked(&self.state);
        state.turn += 1;
        let turn = state.turn;
        let path = document.map(|(path, text)| {
            match text {
                Some(text) => state.open.insert(path.clone(), text),
                None => state.open.remove(&path),
            };
            path
        });
        state.edits.push((turn, path));
        drop(state);
        self.changed.notify_all();
    }

    /// Answers from a reading of what was typed last, or after a while from an older one.
    fn answer(&self, number: u64, method: &str, params: &Value) {
        let waited = self.changed.wait_timeout_while(locked(&self.state), PATIENCE, |state| state.read < state.turn);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        let reading = locked(&self.reading);
        let value = || -> Answered {
            let question = Question::of(method, params).map_err(|(_, why)| why)?;
            reading.as_ref().map_or_else(|| Ok(question.unknown()), |reading| question.answer(reading))
        };
        let answered = catch_unwind(AssertUnwindSafe(value)).unwrap_or_else(|_| Err("a defect of dama-pub".to_owned()));
        drop(reading);
        self.link.answer(number, &serde_json::to_vec(&answered).expect("plain data always serialises"));
    }

    /// Takes what is typed into the reading, chapter by chapter.
    fn take_in(&self) {
        loop {
            let waited = self.changed.wait_while(locked(&self.state), |state| state.tried == state.turn);
            let mut state = waited.unwrap_or_else(PoisonError::into_inner);
            let (turn, open, edited) = (state.turn, state.open.clone(), state.edited_after(state.read));
            state.tried = turn;
            drop(state);
            self.link.begins(Piece::Change);
            let mut reading = locked(&self.reading);
            let edited = edited.filter(|edited| self.retyped(&mut reading, edited, &open));
            let done = edited.is_some();
            let mut state = locked(&self.state);
            if done {
                state.read = state.read.max(turn);
            } else {
                state.urgent = turn;
            }
            drop(state);
            if let Some((reading, edited)) = reading.as_ref().zip(edited) {
                self.tell(reading, Some(&edited));
            }
            drop(reading);
            self.link.ends(Piece::Change);
            self.changed.notify_all();
        }
    }

    /// Takes documents into a reading; a reading in which a defect shows is of no use any more.
    fn retyped(&self, reading: &mut Option<Reading>, paths: &[String], open: &Texts) -> bool {
        let Some(known) = reading.as_mut() else { return false };
        let files = Overlay { files: &self.project, open };
        let all = || paths.iter().all(|path| known.retype(path, &files));
        catch_unwind(AssertUnwindSafe(all)).unwrap_or_else(|_| {
            *reading = None;
            false
        })
    }

    /// Reads the whole book when typing pauses, or at once if a chapter alone is not enough.
    fn read(&self) {
        let (mut beads, mut remembered) = (Beads::default(), Remembered::default());
        loop {
            let waited = self.changed.wait_while(locked(&self.state), |state| state.whole == state.turn);
            let state = self.paused(waited.unwrap_or_else(PoisonError::into_inner));
            let (turn, open) = (state.turn, state.open.clone());
            drop(state);
            self.link.begins(Piece::Checks);
            let files = Overlay { files: &self.project, open: &open };
            let read = || {
                let mut reading = Reading::of(self.project.root(), &files, self.locale, &beads, &mut remembered);
                reading.expect_changes(open.keys(), &files);
                reading
            };
            let reading = catch_unwind(AssertUnwindSafe(read)).ok();
            if let Some(reading) = &reading {
                beads = reading.beads();
            }
            self.put(turn, reading);
            self.link.ends(Piece::Checks);
            self.changed.notify_all();
        }
    }

    /// Waits until nothing is typed for a while, unless there is no time to lose.
    fn paused<'s>(&'s self, mut state: MutexGuard<'s, WorkspaceState>) -> MutexGuard<'s, WorkspaceState> {
        loop {
            let turn = state.turn;
            let goes_on = |state: &mut WorkspaceState| state.urgent <= state.whole && state.turn == turn;
            let waited = self.changed.wait_timeout_while(state, PAUSE, goes_on);
            let (now, slept) = waited.unwrap_or_else(PoisonError::into_inner);
            if slept.timed_out() || now.urgent > now.whole {
                return now;
            }
            state = now;
        }
    }

    /// Puts a reading of the whole book in the place of the one before, with what was typed meanwhile. One in which a defect showed is
    /// not tried again before something changes.
    fn put(&self, turn: u64, reading: Option<Reading>) {
        let mut place = locked(&self.reading);
        let state = locked(&self.state);
        let (now, open, edited) = (state.turn, state.open.clone(), state.edited_after(turn));
        drop(state);
        if reading.is_some() {
            *place = reading;
        }
        let known = edited.is_some_and(|edited| self.retyped(&mut place, &edited, &open));
        let mut state = locked(&self.state);
        state.whole = turn;
        state.read = if known || place.is_none() { now } else { turn };
        state.edits.retain(|(at, _)| *at > turn);
        if !known && now > turn {
            state.urgent = now;
        }
        drop(state);
        if let Some(reading) = place.as_ref() {
            self.tell(reading, None);
        }
    }

    /// Tells the findings of each file, or of those alone that go with some documents.
    fn tell(&self, reading: &Reading, edited: Option<&[String]>) {
        let plain = |found| serde_json::to_value(found).expect("plain data always serialises");
        let files = edited.map_or_else(|| reading.diagnostics(), |edited| reading.diagnostics_with(edited)).into_iter();
        let files = files.map(|(file, (_, found))| (file, found.into_iter().map(plain).collect())).collect();
        let known = Known { whole: edited.is_none(), files };
        self.link.state(&serde_json::to_vec(&known).expect("plain data always serialises"));
    }
}
