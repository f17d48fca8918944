//! Keeps a worker: tells it of changes, hears what it knows, ends it when it takes too long, and starts another at the next change.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, at, never, select};

use super::files::Watcher;
use super::shared::{Event, Shared};
use super::task::{Question, Task};
use crate::cli::args::Global;
use crate::cli::pipe::wire::Piece;
use crate::cli::terminal::Terminal;
use crate::cli::worker::{Heard, Living, Said};
use crate::error::Error;
use crate::message::{List, Message};
use crate::preview::State;
use crate::project::{Project, Snapshot};
use crate::source::Sources;

/// Changes that come within this time of each other are one: an editor saves in several steps, a branch has many files.
const TOGETHER: Duration = Duration::from_millis(15);

/// Where changes never end, the pages are set at this pace.
const TOO_LONG: Duration = Duration::from_millis(500);

/// How long after a change the files are looked at once more.
const AGAIN: Duration = Duration::from_secs(1);

/// How many of the files that were changed last are named when the worker breaks off.
const NAMED: usize = 5;

/// Changes that the worker has not been told of.
#[derive(Clone, Copy)]
struct Changes {
    first: Instant,
    last: Instant,
    /// Whether a folder may have come or gone.
    folders: bool,
    /// Whether it was told of them, or they are only looked for.
    told: bool,
}

impl Changes {
    /// When they are taken for whole.
    fn whole(self) -> Instant {
        (self.last + TOGETHER).min(self.first + TOO_LONG)
    }
}

/// Who waits for an answer of the worker.
enum Asker {
    Browser(Sender<Vec<u8>>),
    /// Nobody yet: pages are drawn ahead, so that they are there whatever becomes of the worker.
    Ahead,
}

pub(super) struct Keeper<'a> {
    project: &'a Project,
    global: &'a Global,
    terminal: &'a Terminal,
    shared: &'a Arc<Shared>,
    watcher: Watcher,
    words: Sender<Said>,
    worker: Option<Living>,
    /// Numbers workers and questions.
    number: u64,
    files: Option<Snapshot>,
    /// The files that were changed last.
    changed: Vec<String>,
    changes: Option<Changes>,
    looked_at: bool,
    again: Option<Instant>,
    asked: BTreeMap<u64, (Asker, Question)>,
}

impl<'a> Keeper<'a> {
    pub(super) fn new(
        project: &'a Project,
        (global, terminal): (&'a Global, &'a Terminal),
        shared: &'a Arc<Shared>,
        watcher: Watcher,
        words: Sender<Said>,
    ) -> Self {
        Self {
            project,
            global,
            terminal,
            shared,
            watcher,
            words,
            worker: None,
            number: 0,
            files: None,
            changed: Vec::new(),
            changes: None,
            looked_at: false,
            again: None,
            asked: BTreeMap::new(),
        }
    }

    /// Goes on until the program is stopped.
    ///
    /// # Errors
    /// [`Error::Environment`] when no worker can be started at all.
    pub(super) fn run(mut self, events: &Receiver<Event>, said: &Receiver<Said>) -> Result<(), Error> {
        self.change(None)?;
        loop {
            let next = self.next().map_or_else(never, at);
            select! {
                recv(events) -> event => match event {
                    Ok(event) => self.happened(event),
                    Err(_) => return Ok(()),
                },
                recv(said) -> said => if let Ok(said) = said {
                    self.hear(said);
                },
                recv(next) -> _ => {}
            }
            if let Err(error) = self.due() {
                self.terminal.failure(&error);
            }
        }
    }

    /// When something is due that nobody tells of.
    fn next(&self) -> Option<Instant> {
        let worker = self.worker.as_ref();
        // While the worker is at a change, others wait for it.
        let busy = worker.is_some_and(|worker| worker.does(Piece::Change));
        let changes = self.changes.filter(|_| !busy).map(Changes::whole);
        [worker.and_then(Living::deadline), changes, self.again].into_iter().flatten().min()
    }

    fn happened(&mut self, event: Event) {
        match event {
            Event::Files => self.changed(false, true),
            Event::Folders => self.changed(true, true),
            Event::LookedAt => self.looked_at = true,
            Event::Asked(question, answer) => self.ask(question, Asker::Browser(answer)),
        }
    }

    fn changed(&mut self, folders: bool, told: bool) {
        let now = Instant::now();
        let before = self.changes.unwrap_or(Changes { first: now, last: now, folders: false, told: false });
        self.changes =
            Some(Changes { last: now, folders: before.folders || folders, told: before.told || told, ..before });
    }

    /// Does what is due.
    fn due(&mut self) -> Result<(), Error> {
        let now = Instant::now();
        if self.worker.as_mut().is_some_and(Living::is_late) {
            self.broke_off();
        }
        if self.again.is_some_and(|again| again <= now) {
            self.again = None;
            self.changed(true, false);
        }
        if !self.worker.as_ref().is_some_and(|worker| worker.does(Piece::Change)) {
            if let Some(changes) = self.changes.filter(|changes| changes.whole() <= now) {
                self.changes = None;
                self.change(Some(changes))?;
            } else if std::mem::take(&mut self.looked_at) {
                let task = Task::Look { editions: self.shared.looked_at() };
                // Where there is no worker, the next change wakes one.
                if let Some(worker) = &mut self.worker {
                    worker.tell(&task, Some(Piece::Change));
                }
            }
        }
        self.draw_ahead();
        Ok(())
    }

    /// Has the book read and set, if it has changed. Without changes it is read for the first time.
    fn change(&mut self, changes: Option<Changes>) -> Result<(), Error> {
        if changes.is_none_or(|changes| changes.folders) {
            self.watcher.renew(&self.project.shares());
        }
        // A file or folder that is made before its new folder is watched is not reported: it is seen, and watched, on a second
        // look.
        if changes.is_none_or(|changes| changes.told) {
            self.again = Some(Instant::now() + AGAIN);
        }
        let files = self.project.snapshot_with_shared();
        let changed = self.files.as_ref().map(|old| old.changes(&files));
        if changed.as_ref().is_some_and(Vec::is_empty) {
            return Ok(());
        }
        if let Some(changed) = changed {
            self.changed.clone_from(&changed);
            self.terminal.detail(msg!("changed: {files}", files = Message::list(List::Items, changed)));
        }
        let mut worker = match self.worker.take() {
            Some(worker) if worker.reaches_all_of(self.project) => worker,
            before => {
                if let Some(outdated) = before {
                    outdated.end();
                }
                self.asked.clear();
                self.start()?
            }
        };
        self.files = Some(files);
        self.looked_at = false;
        worker.tell(&Task::Change { editions: self.shared.looked_at() }, Some(Piece::Change));
        self.worker = Some(worker);
        Ok(())
    }

    fn start(&mut self) -> Result<Living, Error> {
        self.number += 1;
        Living::start(self.project, self.global, self.terminal, (self.number, self.words.clone()))
    }

    fn hear(&mut self, said: Said) {
        let Some(worker) = &mut self.worker else { return };
        match worker.hear(said, self.terminal) {
            Heard::State(state) => self.know(&state),
            Heard::Answer(number, answer) => self.answered(number, answer),
            Heard::Gone => self.broke_off(),
            Heard::Nothing => {}
        }
    }

    fn know(&self, state: &[u8]) {
        let Ok(state) = serde_json::from_slice::<State>(state) else { return };
        self.shared.change(|showing| showing.take(state));
        let showing = self.shared.showing();
        let shown: std::collections::BTreeSet<(&str, &str)> = showing.looks().collect();
        self.shared.store().keep(|edition, look| shown.contains(&(edition, look)));
    }

    fn ask(&mut self, question: Question, asker: Asker) {
        // Without a worker the answer is that there is none: it is dropped.
        let Some(worker) = &mut self.worker else { return };
        self.number += 1;
        let number = self.number;
        worker.tell(&Task::Ask { number, question: question.clone() }, Some(Piece::Question(number)));
        self.asked.insert(number, (asker, question));
    }

    fn answered(&mut self, number: u64, answer: Vec<u8>) {
        let Some((asker, question)) = self.asked.remove(&number) else { return };
        if let Question::Sheet { edition, look } = question
            && self.shared.showing().shows(&edition, &look)
        {
            self.shared.store().put(edition, look, &answer);
        }
        if let Asker::Browser(browser) = asker {
            // One that has gone needs no answer.
            let _ = browser.send(answer);
        }
    }

    /// Has one page drawn that nobody has asked for yet, while nothing else is to be done.
    fn draw_ahead(&mut self) {
        let Some(worker) = &self.worker else { return };
        let busy = worker.does(Piece::Change) || worker.does(Piece::Checks) || !self.asked.is_empty();
        if busy || self.changes.is_some() {
            return;
        }
        let question = {
            let (showing, store) = (self.shared.showing(), self.shared.store());
            let missing = showing.looks().find(|(edition, look)| !store.knows(edition, look));
            missing.map(|(edition, look)| Question::Sheet { edition: edition.to_owned(), look: look.to_owned() })
        };
        if let Some(question) = question {
            self.ask(question, Asker::Ahead);
        }
    }

    /// The worker has ended, or is to: what it told stays, and why it ended is told.
    fn broke_off(&mut self) {
        let Some(worker) = self.worker.take() else { return };
        let mut found = worker.end();
        if !self.changed.is_empty() {
            let files = self.changed.iter().take(NAMED).cloned();
            found = found.hint(msg!("changed last: {files}", files = Message::list(List::Items, files)));
        }
        self.asked.clear();
        self.terminal.findings(std::slice::from_ref(&found), &Sources::default());
        self.shared.change(|showing| showing.broken_off(&found));
    }
}
