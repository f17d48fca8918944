//! What the server and the keeper of the worker share.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};

use super::store::Store;
use super::task::Question;
use crate::message::Locale;
use crate::preview::Showing;

/// An edition that no browser has asked for in this time is no longer looked at; an open page asks twice in it.
const FORGOTTEN: Duration = Duration::from_secs(60);

/// How long a browser waits for an answer that the worker gives.
const ANSWERED: Duration = Duration::from_secs(120);

/// Why something is to be done.
pub(super) enum Event {
    /// Files may have changed.
    Files,
    /// A folder that is watched may have come or gone, and files with it.
    Folders,
    /// A browser looks at another edition.
    LookedAt,
    /// A browser asks for what the worker alone knows.
    Asked(Question, Sender<Vec<u8>>),
}

/// What the server and the keeper of the worker share.
pub(super) struct Shared {
    showing: Mutex<Showing>,
    changed: Condvar,
    /// Editions that somebody looks at, with when a browser last asked for them; those of the command line are always
    /// looked at.
    looked_at: Mutex<BTreeMap<String, Option<Instant>>>,
    store: Mutex<Store>,
    events: Sender<Event>,
}

impl Shared {
    pub(super) fn new(locale: Locale, root: String, wanted: &[String], events: Sender<Event>) -> Self {
        Self {
            showing: Mutex::new(Showing::new(locale, root)),
            changed: Condvar::new(),
            looked_at: Mutex::new(wanted.iter().map(|name| (name.clone(), None)).collect()),
            store: Mutex::default(),
            events,
        }
    }

    pub(super) fn showing(&self) -> MutexGuard<'_, Showing> {
        // What a panic left behind is the state before the change that failed.
        self.showing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is shown, and tells those who wait.
    pub(super) fn change(&self, change: impl FnOnce(&mut Showing)) {
        change(&mut self.showing());
        self.changed.notify_all();
    }

    /// What is shown, as soon as it is newer than a revision or that much time has passed.
    pub(super) fn newer(&self, since: u64, patience: Duration) -> MutexGuard<'_, Showing> {
        let wait = self.changed.wait_timeout_while(self.showing(), patience, |known| known.revision() == since);
        wait.unwrap_or_else(PoisonError::into_inner).0
    }

    /// The editions that somebody looks at, those that were asked for last first.
    pub(super) fn looked_at(&self) -> Vec<String> {
        let mut known = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, asked| asked.is_none_or(|asked| asked.elapsed() < FORGOTTEN));
        let mut names: Vec<(Option<Instant>, String)> =
            known.iter().map(|(name, asked)| (*asked, name.clone())).collect();
        names.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// Notes what somebody looks at. What the book does not have is not noted.
    pub(super) fn look_at(&self, editions: &[String]) {
        let showing = self.showing();
        let there: Vec<&String> = editions.iter().filter(|name| showing.has(name)).collect();
        let untried = showing.untried();
        let anew = there.iter().any(|name| untried.contains(&name.as_str()));
        let mut known = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        for name in there {
            // What the command line names is wanted at all times.
            if known.get(name) != Some(&None) {
                known.insert(name.clone(), Some(Instant::now()));
            }
        }
        drop((known, untried));
        drop(showing);
        if anew {
            let _ = self.events.send(Event::LookedAt);
        }
    }

    /// A page drawn, if it is shown.
    pub(super) fn sheet(&self, edition: String, look: String) -> Option<Vec<u8>> {
        if !self.showing().shows(&edition, &look) {
            return None;
        }
        let kept = self.store().get(&edition, &look);
        match kept {
            Some(kept) => Some(kept.to_vec()),
            None => self.ask(Question::Sheet { edition, look }).filter(|drawn| !drawn.is_empty()),
        }
    }

    /// The text of a page, if it is shown, as JSON.
    pub(super) fn text(&self, edition: String, look: String) -> Option<Vec<u8>> {
        let shown = self.showing().shows(&edition, &look);
        let text = shown.then(|| self.ask(Question::Text { edition, look }))?;
        text.filter(|text| !text.is_empty())
    }

    /// Asks the worker; `None` where there is none, or none any more.
    pub(super) fn ask(&self, question: Question) -> Option<Vec<u8>> {
        let (answer, answered) = bounded(1);
        self.events.send(Event::Asked(question, answer)).ok()?;
        answered.recv_timeout(ANSWERED).ok()
    }
}
