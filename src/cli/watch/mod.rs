//! `dama-pub watch`: the pages in a browser, set anew at every save.

mod alignment;
mod check;
mod files;
mod server;
mod work;

use std::collections::BTreeMap;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Outcome;
use super::args::Watch;
use super::terminal::Terminal;
use crate::error::Error;
use crate::message;
use crate::preview::Preview;
use crate::project::Project;

/// Changes that come within this time of each other are one: an editor saves in several steps, a branch has many files.
const TOGETHER: Duration = Duration::from_millis(15);

/// Where changes never end, the pages are set at this pace.
const TOO_LONG: Duration = Duration::from_millis(500);

/// How long after a change the files are looked at once more.
const AGAIN: Duration = Duration::from_secs(1);

/// An edition that no browser has asked for in this time is no longer looked at; an open page asks twice in it.
const FORGOTTEN: Duration = Duration::from_secs(60);

/// Why something is to be done.
enum Event {
    /// Files may have changed.
    Files,
    /// A folder that is watched may have come or gone, and files with it.
    Folders,
    /// A browser looks at another edition.
    LookedAt,
}

/// What the server and the work share.
struct Shared {
    preview: Mutex<Preview>,
    changed: Condvar,
    /// Editions that somebody looks at, with when a browser last asked for them; those of the command line are always
    /// looked at.
    looked_at: Mutex<BTreeMap<String, Option<Instant>>>,
}

impl Shared {
    fn preview(&self) -> MutexGuard<'_, Preview> {
        // What a panic left behind is the state before the change that failed.
        self.preview.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is known, and tells those who wait.
    fn change<T>(&self, change: impl FnOnce(&mut Preview) -> T) -> T {
        let value = change(&mut self.preview());
        self.changed.notify_all();
        value
    }

    /// What is known, as soon as it is newer than a revision or that much time has passed.
    fn newer(&self, since: u64, patience: Duration) -> MutexGuard<'_, Preview> {
        let wait = self.changed.wait_timeout_while(self.preview(), patience, |known| known.revision() == since);
        wait.unwrap_or_else(PoisonError::into_inner).0
    }

    /// The editions that somebody looks at, those that were asked for last first.
    fn looked_at(&self) -> Vec<String> {
        let mut known = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, asked| asked.is_none_or(|asked| asked.elapsed() < FORGOTTEN));
        let mut names: Vec<(Option<Instant>, String)> =
            known.iter().map(|(name, asked)| (*asked, name.clone())).collect();
        names.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// Notes what somebody looks at; whether any of it needs to be set.
    fn look_at(&self, editions: &[String]) -> bool {
        let untried = self.preview().untried();
        let mut known = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        for name in editions {
            // What the command line names is wanted at all times.
            if known.get(name) != Some(&None) {
                known.insert(name.clone(), Some(Instant::now()));
            }
        }
        editions.iter().any(|name| untried.contains(name))
    }
}

pub(super) fn run(args: &Watch, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    let shared = Arc::new(Shared {
        preview: Mutex::new(Preview::new(terminal.locale())),
        changed: Condvar::new(),
        looked_at: Mutex::new(args.edition.iter().map(|name| (name.clone(), None)).collect()),
    });
    let (events, work) = channel();
    let mut watcher = files::Watcher::new(project.root(), events.clone())?;
    let port = server::open(args.port, Arc::clone(&shared), events)?;
    let address = format!("http://127.0.0.1:{port}/");
    let name = project.root().file_name().unwrap_or_default().to_string_lossy().into_owned();
    terminal.done(
        msg!("watching"),
        msg!("{book}: the pages are at {address} (Ctrl-C stops)", book = name, address = address.as_str()),
    );
    if args.open
        && let Err(why) = open::that_detached(&address)
    {
        let reason = message::reason(&why);
        terminal.failed(msg!("open"), msg!("no browser could be opened ({reason}); go to {address}", reason, address));
    }
    let mut worker = work::Worker::new(&project, &shared, terminal);
    worker.files_changed(Instant::now());
    let mut look_again = false;
    loop {
        let first = if look_again { work.recv_timeout(AGAIN) } else { work.recv().map_err(RecvTimeoutError::from) };
        // A file or folder that is made before its new folder is watched is not reported: it is seen, and watched, on a second
        // look.
        look_again = first.is_ok();
        let first = match first {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => Event::Folders,
            Err(RecvTimeoutError::Disconnected) => break,
        };
        let started = Instant::now();
        let mut events = vec![first];
        // What a browser looks at is wanted at once; files change in several steps, and all of them are one change.
        while events.iter().any(|event| !matches!(event, Event::LookedAt)) && started.elapsed() < TOO_LONG {
            match work.recv_timeout(TOGETHER) {
                Ok(event) => events.push(event),
                Err(_) => break,
            }
        }
        if events.iter().any(|event| matches!(event, Event::Folders)) {
            watcher.renew();
        }
        if events.iter().all(|event| matches!(event, Event::LookedAt)) {
            worker.looked_at(started);
        } else {
            worker.files_changed(started);
        }
    }
    Ok(Outcome::Clean)
}
