//! A worker that lives on between pieces of work and keeps its warmth.
//!
//! It is held back as any worker is, except that its time is measured for each piece of work ([`Spell`]), from when it is told of it until it
//! says that it has done it. Whoever keeps one hears what it says ([`Said`]) and asks often enough whether a piece is late.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, ChildStdout};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};
use serde::Serialize;

use super::super::args::Global;
use super::super::pipe::wire::{self, Piece, Word};
use super::super::terminal::Terminal;
use super::Order;
use super::ended::End;
use super::limits::Limits;
use super::process::{Process, Running, cannot_start};
use super::shares::Shares;
use super::spell::Spell;
use super::threads;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::project::Project;

/// Most bytes that accompany a word: a page with a large photograph, or all that is known of the longest book.
const MOST: u64 = 128 << 20;

/// How many tasks wait for a worker to take them.
const WAITING: usize = 4;

/// How long a worker has to take a task off the pipe, which one that is well does at once.
const TAKEN: Duration = Duration::from_secs(20);

/// What a worker says, with the number that it was started under; `None` when it has ended.
pub(in crate::cli) struct Said(u64, Option<(Word, Vec<u8>)>);

/// What was heard of a worker.
pub(in crate::cli) enum Heard {
    /// What it knows now.
    State(Vec<u8>),
    /// Its answer to a question.
    Answer(u64, Vec<u8>),
    /// It has ended, or must.
    Gone,
    /// Nothing that concerns whoever keeps it.
    Nothing,
}

/// A worker that lives on.
pub(in crate::cli) struct Living {
    number: u64,
    /// What it may read outside the book.
    shares: Shares,
    process: Running,
    tasks: Sender<Vec<u8>>,
    last_words: Option<JoinHandle<Vec<u8>>>,
    limits: Limits,
    /// The pieces of work that are not done.
    begun: BTreeMap<Piece, Spell>,
    last_read: Option<String>,
    /// Whether it said what no such worker says, or takes no tasks.
    refused: bool,
    stuck: bool,
    /// Whether a piece of work was late.
    late: bool,
}

impl Living {
    /// Starts one that reads this book; what it says is sent to `heard` under a number of its own. It ends with the thread that calls this.
    ///
    /// # Errors
    /// [`Error::Environment`] when no process can be started.
    pub(in crate::cli) fn start(
        project: &Project,
        global: &Global,
        terminal: &Terminal,
        (number, heard): (u64, Sender<Said>),
    ) -> Result<Self, Error> {
        let limits = if global.unconfined { Limits::NONE } else { Limits::of(global, project.weight()) };
        let shares = Shares::of(project);
        let order = Order {
            memory: limits.memory,
            budget: None,
            cpu: None,
            reads: [project.root().to_owned()].into_iter().chain(shares.places()).collect(),
            view: terminal.outlet().view(),
            unconfined: global.unconfined,
            pandoc: None,
        };
        let Process { child: process, to, from, last_words } =
            Process::start(&order).map_err(|why| cannot_start(&why))?;
        hear(number, from, heard).map_err(|why| cannot_start(&why))?;
        Ok(Self {
            number,
            shares,
            process,
            tasks: tell(to).map_err(|why| cannot_start(&why))?,
            last_words: Some(last_words),
            limits,
            begun: BTreeMap::new(),
            last_read: None,
            refused: false,
            stuck: false,
            late: false,
        })
    }

    /// Whether it may read all that the house of the book shares with it now: a right to a file goes with the file, and one that is saved anew is
    /// another. One that may not is to be replaced.
    pub(in crate::cli) fn reaches_all_of(&self, project: &Project) -> bool {
        self.shares == Shares::of(project)
    }

    /// Tells it to do something, and measures the time of it if it is a piece of work.
    pub(in crate::cli) fn tell(&mut self, task: &impl Serialize, piece: Option<Piece>) {
        let mut line = serde_json::to_vec(task).expect("a task is plain data");
        line.push(b'\n');
        // One that has ended is heard of.
        self.stuck |= matches!(self.tasks.send_timeout(line, TAKEN), Err(why) if why.is_timeout());
        if let Some(piece) = piece {
            self.begun.insert(piece, self.spell());
        }
    }

    /// Whether a piece of work is being done.
    #[cfg(feature = "pages")]
    pub(in crate::cli) fn does(&self, piece: Piece) -> bool {
        self.begun.contains_key(&piece)
    }

    /// When the next piece of work is late.
    pub(in crate::cli) fn deadline(&self) -> Option<Instant> {
        if self.stuck {
            return Some(Instant::now());
        }
        self.begun.values().filter_map(Spell::deadline).min()
    }

    /// A piece of work that begins now.
    fn spell(&self) -> Spell {
        Spell::begin(self.limits, Instant::now(), self.process.processor_time())
    }

    /// Whether a piece of work is late.
    pub(in crate::cli) fn is_late(&mut self) -> bool {
        let (now, process) = (Instant::now(), &self.process);
        let over = self.begun.values_mut().any(|spell| spell.is_over(now, || process.processor_time()));
        self.late |= self.stuck || over;
        self.late
    }

    /// Whether this one said it.
    pub(in crate::cli) fn said(&self, Said(number, _): &Said) -> bool {
        *number == self.number
    }

    /// Takes what was said by one that may be this one.
    pub(in crate::cli) fn hear(&mut self, Said(number, word): Said, terminal: &Terminal) -> Heard {
        if number != self.number {
            return Heard::Nothing;
        }
        let Some((word, with)) = word else { return Heard::Gone };
        match word {
            Word::State => {
                // What breaks off from here on does not do so at what was read before.
                self.last_read = None;
                return Heard::State(with);
            }
            Word::Answer(number) => {
                self.begun.remove(&Piece::Question(number));
                return Heard::Answer(number, with);
            }
            Word::Said => terminal.relay(&with),
            Word::Reads(path) => self.last_read = Some(path),
            Word::Progress(_) => {}
            Word::Begins(piece @ (Piece::Change | Piece::Checks)) => {
                let spell = self.spell();
                self.begun.entry(piece).or_insert(spell);
            }
            Word::Ends(piece) => {
                self.begun.remove(&piece);
                self.last_read = None;
            }
            // It makes nothing and has no result.
            Word::Result
            | Word::Write(_)
            | Word::Try(_)
            | Word::Stays(..)
            | Word::Lacks(_)
            | Word::Plans(_)
            | Word::Fetch(..)
            | Word::Keep(_)
            | Word::Inquire(_)
            | Word::Errand(_)
            | Word::Begins(Piece::Question(_)) => {
                self.refused = true;
                return Heard::Gone;
            }
        }
        Heard::Nothing
    }

    /// Ends it, and gives what is found of its end.
    pub(in crate::cli) fn end(mut self) -> Diagnostic {
        let late = self.is_late();
        self.process.kill();
        let status = self.process.wait();
        let words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        let last_read = self.last_read.take().map(PathBuf::from);
        End { late, refused: self.refused, cut: false, status, words, last_read }.of_living(self.limits)
    }
}

fn hear(number: u64, from: ChildStdout, heard: Sender<Said>) -> io::Result<()> {
    threads::start(move || {
        let mut from = BufReader::new(from);
        // What is no word ends the conversation as an end does.
        while let Ok(Some(word)) = wire::hear_within(&mut from, MOST) {
            if heard.send(Said(number, Some(word))).is_err() {
                return;
            }
        }
        let _ = heard.send(Said(number, None));
    })?;
    Ok(())
}

/// The way to its tasks: written by a thread of its own, so that one who does not read them holds nobody up for ever.
fn tell(mut to: ChildStdin) -> io::Result<Sender<Vec<u8>>> {
    let (tasks, waiting) = bounded::<Vec<u8>>(WAITING);
    threads::start(move || waiting.iter().try_for_each(|task| to.write_all(&task).and_then(|()| to.flush())))?;
    Ok(tasks)
}
