//! This program again, for one book.

use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::cli::args::Global;
use crate::message;

/// The variable of the environment by which a process knows that it is part of a run over many books.
const PART: &str = "DAMA_PUB_PART";

/// In a process that is part of such a run: it ends with it, however that ends.
pub(in crate::cli) fn join() {
    if std::env::var_os(PART).is_some() {
        crate::cli::parent::end_with_parent();
    }
}

/// The command that is told its book by an option.
pub(super) const RELEASE: &str = "release";

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

    /// Does something with each of these, as many at the same time as there are jobs: whoever is done takes the next. Where the system starts
    /// no more threads, fewer do it.
    pub(super) fn each<T: Sync, R: Send>(self, all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let take = || {
            while let Some((at, one)) =
                Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, all.get(at)?)))
            {
                let result = work(one);
                done.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
            }
        };
        thread::scope(|scope| {
            for _ in 1..self.jobs.min(all.len()) {
                if thread::Builder::new().spawn_scoped(scope, take).is_err() {
                    break;
                }
            }
            take();
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, result)| result).collect()
    }

    /// Runs this program for a book and waits until it has ended.
    pub(super) fn run(
        self,
        command: &str,
        book: &Path,
        args: &[impl AsRef<std::ffi::OsStr>],
        global: &Global,
    ) -> io::Result<Output> {
        let mut process = Command::new(std::env::current_exe()?);
        process.arg(command);
        if command == RELEASE {
            process.arg("--book");
        }
        process.arg(book).args(args).args(["--color", "never", "--quiet"]);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_done_once_and_what_came_of_it_stands_in_order() {
        let all: Vec<usize> = (0..50).collect();
        for jobs in [1, 3, 80] {
            let crew = Crew { jobs, threads: 1 };
            assert_eq!(crew.each(&all, |n| n * 2), (0..50).map(|n| n * 2).collect::<Vec<_>>());
        }
        assert_eq!(Crew::of(Some(0)).each(&[] as &[usize], |n| *n), [0; 0]);
    }
}
