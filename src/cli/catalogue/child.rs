//! This program again, for one book.

use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rayon::prelude::*;

use crate::cli::args::Global;
use crate::error::Error;
use crate::message;

/// The variable of the environment by which a process knows that it is part of a run over many books.
const PART: &str = "DAMA_PUB_PART";

/// In a process that is part of such a run: it ends with it, however that ends.
pub(in crate::cli) fn join() {
    if std::env::var_os(PART).is_some() {
        crate::cli::worker::end_with_parent();
    }
}

/// How many books are worked on at the same time, and how the machine is shared among them.
#[derive(Clone, Copy)]
pub(super) struct Crew {
    jobs: usize,
    threads: usize,
}

impl Crew {
    pub(super) fn of(jobs: Option<usize>) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = jobs.unwrap_or(processors).max(1);
        Self { jobs, threads: (processors / jobs).max(1) }
    }

    /// Does something with each of these, as many at the same time as there are jobs, in their order.
    ///
    /// # Errors
    /// [`Error::Environment`] when the system gives no threads.
    pub(super) fn each<T: Sync, R: Send>(self, all: &[T], work: impl Fn(&T) -> R + Sync) -> Result<Vec<R>, Error> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(self.jobs).build();
        let pool = pool
            .map_err(|why| Error::Environment(msg!("no threads can be started: {reason}", reason = why.to_string())))?;
        // One by one, so that whoever is done takes the next.
        Ok(pool.install(|| all.par_iter().with_max_len(1).map(&work).collect()))
    }

    /// Runs this program for a book and waits until it has ended.
    pub(super) fn run(self, command: &str, book: &Path, args: &[&str], global: &Global) -> io::Result<Output> {
        let mut process = Command::new(std::env::current_exe()?);
        process.arg(command).arg(book).args(args).args(["--color", "never", "--quiet"]);
        if let Some(most) = global.memory_limit {
            process.arg("--memory-limit").arg(most.to_string());
        }
        if let Some(most) = global.time_limit {
            process.arg("--time-limit").arg(most.to_string());
        }
        if global.unconfined {
            process.arg("--unconfined");
        }
        if let Some(lang) = global.lang {
            process.arg("--lang").arg(lang.locale().tag());
        }
        process.env(PART, "1").stdin(Stdio::null());
        if std::env::var_os("RAYON_NUM_THREADS").is_none() && self.jobs > 1 {
            process.env("RAYON_NUM_THREADS", self.threads.to_string());
        }
        process.output()
    }
}

/// What a process said of why it could not do its work.
pub(super) fn last_words(output: &io::Result<Output>) -> String {
    match output {
        Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        Err(why) => message::reason(why).to_string(),
    }
}
