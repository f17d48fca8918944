//! In the worker: the book read, set and checked at every change, and what is known of it told.

mod alignment;
mod check;
mod review;
mod shelf;
mod work;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::task::{Question, Task};
use crate::cli::pipe::Link;
use crate::cli::pipe::wire::Piece;
use crate::cli::terminal::Terminal;
use crate::cli::worker::tasks;
use crate::preview::Preview;
use crate::project::Project;
use alignment::Aligner;
use review::Desk;
use shelf::Shelf;

/// What is known of the book, and whom it is told.
struct Known {
    preview: Mutex<Preview>,
    link: Arc<Link>,
    project: Project,
    /// The book as it was last checked, for the page of review.
    desk: Desk,
    /// Its e-books.
    shelf: Shelf,
}

impl Known {
    fn preview(&self) -> MutexGuard<'_, Preview> {
        // What a panic left behind is the state before the change that failed.
        self.preview.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is known, and tells it.
    fn change<T>(&self, change: impl FnOnce(&mut Preview) -> T) -> T {
        let mut preview = self.preview();
        let before = preview.revision();
        let value = change(&mut preview);
        if preview.revision() != before {
            // Told with the lock held, so that it is told in the order in which it happens.
            self.link.state(&serde_json::to_vec(&preview.state()).expect("plain data always serialises"));
        }
        value
    }

    /// Answers a question; what has no answer, or meets a defect of ours, has an empty one.
    fn answer(&self, number: u64, question: &Question) {
        let value = || match question {
            // Drawn without the lock, so that nobody waits for it.
            Question::Sheet { edition, look } => {
                let found = self.preview().sheet(edition, look);
                found.and_then(|(set, page)| set.svg(page, &self.project)).map(String::into_bytes)
            }
            Question::Text { edition, look } => self.preview().text(edition, look).map(|text| text.body),
            Question::Leaf { edition, path } => {
                let pages = self.preview().pages(edition);
                self.shelf.leaf(edition, path, pages.as_deref())
            }
            Question::Review { lang } => self.desk.page(lang.as_deref()),
            Question::Sign(order) => Some(self.desk.sign(order)),
            Question::Source { edition, page, x, y } => Some(self.preview().source(edition, *page, *x, *y).body),
        };
        let answer = catch_unwind(AssertUnwindSafe(value)).ok().flatten().unwrap_or_default();
        self.link.answer(number, &answer);
    }
}

/// Does what it is told until nobody is left to tell it.
pub(super) fn run(project: &Project, link: &Arc<Link>, terminal: &Terminal) {
    let (aligner, locale) = (Arc::new(Aligner::default()), terminal.locale());
    let desk = Desk::new(project.clone(), locale, Arc::clone(&aligner));
    let shelf = Shelf::new(project.clone(), Arc::clone(&aligner));
    let (preview, project) = (Mutex::new(Preview::new(locale)), project.clone());
    let known = Arc::new(Known { preview, link: Arc::clone(link), project: project.clone(), desk, shelf });
    let (changes, waiting) = channel();
    let (answerer, link) = (Arc::clone(&known), Arc::clone(link));
    std::thread::spawn(move || hear(&answerer, &changes));
    let mut worker = work::Worker::new(&project, &known, aligner, terminal);
    for task in waiting {
        match task {
            Task::Change { editions } => worker.changed(editions, Instant::now()),
            Task::Look { editions } => worker.looked_at(editions, Instant::now()),
            Task::Ask { .. } => {}
        }
        link.ends(Piece::Change);
    }
}

/// Hands on changes, which are worked at one after the other, and has questions answered beside them. Whatever is being done, the
/// process ends with the one that it works for.
fn hear(known: &Arc<Known>, changes: &Sender<Task>) {
    for task in tasks() {
        match task {
            Task::Ask { number, question } => {
                let known = Arc::clone(known);
                std::thread::spawn(move || known.answer(number, &question));
            }
            change => drop(changes.send(change)),
        }
    }
    std::process::exit(0);
}
