//! In the worker of a book: reads it at each change of what is typed, and answers questions from the newest reading.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::questions::Question;
use super::task::{Answered, Findings, Task};
use crate::cli::pipe::Link;
use crate::cli::pipe::wire::Piece;
use crate::cli::worker::tasks;
use crate::lsp::{Overlay, Reading};
use crate::message::Locale;
use crate::project::Project;

/// How long a question waits for a reading of what was typed last; then an older one answers.
const PATIENCE: Duration = Duration::from_secs(10);

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
        link: Arc::clone(link),
    });
    let reader = Arc::clone(&workspace);
    std::thread::spawn(move || reader.read());
    for task in tasks {
        match task {
            Task::Begin { .. } => {}
            Task::Typed { path, text: Some(text) } => workspace.change(|open| drop(open.insert(path, text))),
            Task::Typed { path, text: None } => workspace.change(|open| drop(open.remove(&path))),
            Task::Again => workspace.change(|_| {}),
            Task::Ask { number, method, params } => {
                let workspace = Arc::clone(&workspace);
                // It may wait for a reading, and what is typed goes on.
                std::thread::spawn(move || workspace.answer(number, &method, &params));
            }
        }
    }
    // What is still being read is not waited for: the process ends.
}

/// A book that somebody works on.
struct Workspace {
    project: Project,
    locale: Locale,
    state: Mutex<WorkspaceState>,
    changed: Condvar,
    link: Arc<Link>,
}

#[derive(Default)]
struct WorkspaceState {
    /// Unsaved texts by project-relative path.
    open: BTreeMap<String, String>,
    /// How often something changed, and which change the reading knows of.
    turn: u64,
    read: u64,
    reading: Option<Arc<Reading>>,
}

impl Workspace {
    fn state(&self) -> MutexGuard<'_, WorkspaceState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, String>)) {
        let mut state = self.state();
        change(&mut state.open);
        state.turn += 1;
        drop(state);
        self.changed.notify_all();
    }

    /// Answers from a reading of what was typed last, or after a while from an older one.
    fn answer(&self, number: u64, method: &str, params: &Value) {
        let waited = self.changed.wait_timeout_while(self.state(), PATIENCE, |state| state.read < state.turn);
        let reading = waited.unwrap_or_else(PoisonError::into_inner).0.reading.clone();
        let value = || -> Answered {
            let question = Question::of(method, params).map_err(|(_, why)| why)?;
            Ok(question.answer(reading.as_deref()))
        };
        let answered = catch_unwind(AssertUnwindSafe(value)).unwrap_or_else(|_| Err("a defect of dama-pub".to_owned()));
        self.link.answer(number, &serde_json::to_vec(&answered).expect("plain data always serialises"));
    }

    /// Reads the book at each change; of several made meanwhile only the last counts.
    fn read(&self) {
        loop {
            let waited = self.changed.wait_while(self.state(), |state| state.read == state.turn);
            let state = waited.unwrap_or_else(PoisonError::into_inner);
            let (turn, open) = (state.turn, state.open.clone());
            drop(state);
            self.link.begins(Piece::Change);
            let files = Overlay { files: &self.project, open: &open };
            let read = || Reading::of(self.project.root(), &files, self.locale);
            let reading = catch_unwind(AssertUnwindSafe(read)).ok().map(Arc::new);
            let current = self.took(turn, reading.as_ref());
            if let Some(reading) = reading.filter(|_| current) {
                self.tell(&reading);
            }
            self.link.ends(Piece::Change);
            self.changed.notify_all();
        }
    }

    /// Notes what was read at a turn; whether nothing has changed since.
    fn took(&self, turn: u64, reading: Option<&Arc<Reading>>) -> bool {
        let mut state = self.state();
        state.read = turn;
        if let Some(reading) = reading {
            state.reading = Some(Arc::clone(reading));
        }
        state.turn == turn
    }

    /// Tells the findings of each file.
    fn tell(&self, reading: &Reading) {
        let plain = |found| serde_json::to_value(found).expect("plain data always serialises");
        let files = reading.diagnostics().into_iter();
        let files: Findings = files.map(|(file, (_, found))| (file, found.into_iter().map(plain).collect())).collect();
        self.link.state(&serde_json::to_vec(&files).expect("plain data always serialises"));
    }
}
