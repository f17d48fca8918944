//! The process that watches over a worker: it prints and writes what the worker says, and ends it when it takes too much.

use std::io::{self, BufReader, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, ChildStdout, ExitCode};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::JoinHandle;
use std::time::Instant;

use serde::Serialize;

use super::super::args::{Cli, Command};
use super::super::errand::Reply;
use super::super::git;
use super::super::import;
use super::super::pipe::wire::{self, When, Word, Written};
use super::super::release::{Office, Orders};
use super::super::terminal::Terminal;
use super::ended::{self, End};
use super::limits::Limits;
use super::process::{Process, Running, cannot_start};
use super::reach::Reach;
use super::spell::Spell;
use super::threads;

use super::Order;
use crate::error::Error;

/// How many words wait for the supervisor at most, so that a worker that talks without end fills no memory.
const WAITING: usize = 16;

/// Does a command in a worker.
///
/// # Errors
/// [`Error::Environment`] when no worker can be started, [`Error::Write`] when what it made cannot take its place.
pub(in crate::cli) fn supervise(cli: &Cli, terminal: &Terminal) -> Result<ExitCode, Error> {
    let reach = Reach::of(&cli.command);
    let limits = Limits::of(&cli.global, reach.weight).for_times(reach.rounds, &cli.global);
    let pandoc = matches!(cli.command, Command::Doctor(_)).then(import::pandoc_version).flatten();
    let mut worker = start(&reach, limits, pandoc, terminal).map_err(|why| cannot_start(&why))?;
    let office = Office::new(Orders::of(&cli.command));
    let watchful = Watchful { terminal, reach: &reach, office, last_read: None, refused: false, cut: false };
    let end = watchful.over(&mut worker, limits);
    #[cfg(feature = "pages")]
    terminal.step(wire::Step::Ends);
    let made = terminal.commit();
    let code = ended::tell(&end, &cli.command, limits, terminal)?;
    made.map(|()| code)
}

/// A word with what accompanies it, or why none can be understood any more.
type Heard = io::Result<(Word, Vec<u8>)>;

/// A process at work, with the ends of its pipes.
struct Worker {
    process: Running,
    /// Where it is told how its wishes went; closed when it cannot be told any more, so that it waits for nothing.
    answers: Option<ChildStdin>,
    words: Receiver<Heard>,
    /// What its runtime says when it breaks off.
    last_words: Option<JoinHandle<Vec<u8>>>,
}

fn start(reach: &Reach, limits: Limits, pandoc: Option<String>, terminal: &Terminal) -> io::Result<Worker> {
    let processors = threads::processors() as u64;
    let order = Order {
        memory: limits.memory,
        budget: super::limits::budget(limits.memory),
        cpu: limits.time.map(|time| time.limit.as_secs().saturating_mul(processors).saturating_add(1)),
        reads: reach.reads.clone(),
        view: terminal.outlet().view(),
        unconfined: false,
        pandoc,
    };
    let Process { child: process, to: answers, from, last_words } = Process::start(&order)?;
    Ok(Worker { process, answers: Some(answers), words: hear(from)?, last_words: Some(last_words) })
}

fn hear(out: ChildStdout) -> io::Result<Receiver<Heard>> {
    let (tell, words) = sync_channel(WAITING);
    threads::start(move || {
        let mut from = BufReader::new(out);
        while let Some(word) = wire::hear(&mut from).transpose() {
            // After what is no word nothing can be understood.
            let cut = word.is_err();
            if tell.send(word).is_err() || cut {
                break;
            }
        }
    })?;
    Ok(words)
}

/// What is known while a worker works.
struct Watchful<'a> {
    terminal: &'a Terminal,
    reach: &'a Reach,
    office: Office,
    last_read: Option<String>,
    /// Whether the worker asked for something that a worker does not ask for.
    refused: bool,
    /// Whether what it said broke off.
    cut: bool,
}

impl Watchful<'_> {
    fn over(mut self, worker: &mut Worker, limits: Limits) -> End {
        let mut spell = Spell::begin(limits, Instant::now(), worker.process.processor_time());
        loop {
            let word = match spell.deadline() {
                Some(deadline) => worker.words.recv_timeout(deadline.saturating_duration_since(Instant::now())),
                None => worker.words.recv().map_err(RecvTimeoutError::from),
            };
            match word {
                Ok(Ok((Word::Errand(errand), with))) => {
                    // What other programs take is none of the worker's time.
                    let began = Instant::now();
                    let reply = self.office.run(errand, &with);
                    self.refused |= reply == Reply::Refused;
                    tell(&reply, &mut worker.answers);
                    spell.put_off(began.elapsed());
                }
                Ok(Ok((word, with))) => self.take(word, with, &mut worker.answers),
                Ok(Err(why)) => {
                    // One that has gone in the middle of a word is told by how it went.
                    self.refused |= why.kind() == io::ErrorKind::InvalidData;
                    self.cut = true;
                    return self.end(worker, false);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.end(worker, false),
            }
            let late = spell.is_over(Instant::now(), || worker.process.processor_time());
            if late || self.refused {
                return self.end(worker, late);
            }
        }
    }

    fn take(&mut self, word: Word, with: Vec<u8>, answers: &mut Option<ChildStdin>) {
        let outlet = self.terminal.outlet();
        match word {
            // A reader that has seen enough is no fault of the worker's.
            Word::Result => drop(outlet.result(&with)),
            Word::Said => self.terminal.relay(&with),
            Word::Reads(path) => self.last_read = Some(path),
            #[cfg(feature = "pages")]
            Word::Progress(step) => self.terminal.step(step),
            #[cfg(not(feature = "pages"))]
            Word::Progress(_) => {}
            // Errands are done before they come here; the others are of workers that live on.
            Word::Errand(_) | Word::State | Word::Answer(_) | Word::Begins(_) | Word::Ends(_) => self.refused = true,
            Word::Write(output) => {
                let allowed = self.reach.allows(&output.path, output.when != When::Now);
                let write = || match output.when {
                    When::WithOthers(share) => outlet.stage_share(&output.path, &with, share),
                    When::Now => outlet.put(&output.path, &with),
                };
                self.answer(allowed, write, answers);
            }
            Word::Try(folder) => {
                self.answer(self.reach.allows_trying(&folder), || outlet.try_folder(&folder), answers);
            }
            Word::Stays(path, content) => match self.reach.allows(&path, true) {
                true => outlet.stays(&path, content),
                false => self.refused = true,
            },
            Word::Lacks(digests) => tell(&outlet.lacks(&digests), answers),
            Word::Plans(base) => tell(&outlet.plans(base), answers),
            Word::Fetch(digest, path) => match self.reach.allows(&path, true) {
                true => tell(&outlet.fetch(digest, &path), answers),
                false => self.refused = true,
            },
            Word::Keep(artifact) => match self.reach.allows(&artifact.path, true) {
                true => outlet.keep(*artifact),
                false => self.refused = true,
            },
            Word::Inquire(about) => match self.reach.inquiries.iter().find(|inquiry| inquiry.about == about) {
                Some(inquiry) => tell(&git::answer(inquiry), answers),
                None => self.refused = true,
            },
        }
    }

    /// Does what is allowed and says how it went.
    fn answer(&mut self, allowed: bool, done: impl FnOnce() -> io::Result<()>, answers: &mut Option<ChildStdin>) {
        self.refused |= !allowed;
        let result = if allowed { done() } else { Err(io::ErrorKind::PermissionDenied.into()) };
        tell(&Written::of(result), answers);
    }

    fn end(self, worker: &mut Worker, late: bool) -> End {
        if late || self.refused || self.cut {
            worker.process.kill();
        }
        worker.answers = None;
        let status = worker.process.wait();
        let words = worker.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        End { late, refused: self.refused, cut: self.cut, status, words, last_read: self.last_read.map(PathBuf::from) }
    }
}

/// Tells a worker what it waits for.
fn tell(answer: &impl Serialize, answers: &mut Option<ChildStdin>) {
    let mut line = serde_json::to_vec(answer).expect("an answer is plain data");
    line.push(b'\n');
    let told = answers.as_mut().map(|to| to.write_all(&line).and_then(|()| to.flush()));
    if !matches!(told, Some(Ok(()))) {
        *answers = None;
    }
}
