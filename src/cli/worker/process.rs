//! A second process of this program, and the ends of its pipes.

use std::fs;
use std::io::{self, Read};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{ORDER, Order, threads};
use crate::error::Error;
use crate::message;

/// Most bytes of a worker's last words that are kept.
const LAST_WORDS: u64 = 1 << 16;
/// Ticks of a second in what Linux tells of a process, whatever the clock of its kernel.
const TICKS: u64 = 100;

/// A second process of this program, told by the same command line what it is for.
pub(super) struct Process {
    pub(super) child: Running,
    pub(super) to: ChildStdin,
    pub(super) from: ChildStdout,
    /// What its runtime says when it breaks off.
    pub(super) last_words: JoinHandle<Vec<u8>>,
}

/// A process that does not outlive whoever holds this.
pub(super) struct Running(Child);

impl Running {
    /// Ends it, if it has not ended.
    pub(super) fn kill(&mut self) {
        // It fails only where the process has ended.
        let _ = self.0.kill();
    }

    /// The processor time that all its threads have had; none where the system does not tell.
    pub(super) fn processor_time(&self) -> Option<Duration> {
        let about = fs::read_to_string(format!("/proc/{}/stat", self.0.id())).ok()?;
        // The second field is a name in parentheses, in which anything may stand; behind it the twelfth and the thirteenth are ticks.
        let fields: Vec<&str> = about.rsplit_once(')')?.1.split_ascii_whitespace().collect();
        let ticks: u64 = fields.get(11..13)?.iter().map(|field| field.parse::<u64>().unwrap_or_default()).sum();
        Some(Duration::from_millis(ticks.saturating_mul(1000 / TICKS)))
    }

    /// How it ended, once it has; none where the system does not say.
    pub(super) fn wait(&mut self) -> Option<ExitStatus> {
        self.0.wait().ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
        self.wait();
    }
}

impl Process {
    /// Starts it. It ends with the thread that calls this.
    pub(super) fn start(order: &Order) -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(std::env::args_os().skip(1))
            .env(ORDER, serde_json::to_string(order)?)
            // A backtrace of a failed allocation helps nobody, and needs memory itself.
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let to = child.stdin.take().expect("it was asked for");
        let from = child.stdout.take().expect("it was asked for");
        let err = child.stderr.take().expect("it was asked for");
        let child = Running(child);
        Ok(Self { child, to, from, last_words: threads::start(move || last_words(err))? })
    }
}

/// The beginning of what a worker prints past the pipe; the rest is read, so that it is not held up, and forgotten.
fn last_words(mut from: impl Read) -> Vec<u8> {
    let mut kept = Vec::new();
    let _ = from.by_ref().take(LAST_WORDS).read_to_end(&mut kept);
    let _ = io::copy(&mut from, &mut io::sink());
    kept
}

pub(super) fn cannot_start(why: &io::Error) -> Error {
    Error::Environment(msg!(
        "no process can be started for the work: {reason}; `--unconfined` does without",
        reason = message::reason(why)
    ))
}
