//! The process that does the work, and the one that watches over it.
//!
//! A book may come from a stranger, and what reads it can be made to take all time and memory there is. So a command that
//! reads a book runs in a second process of the same program, which may read the book and nothing else, write nothing, and take so much
//! memory and time. It says everything through a pipe: what is to be printed, and what is to be written. The first process
//! prints and writes it, where the command line allows it, and tells what became of a worker that did not end by itself.
//! Whom this protects from what is told in `docs/security.md`.

mod confine;
mod ended;
mod limits;
mod living;
mod process;
mod reach;
mod shares;
mod spell;
mod supervise;
mod threads;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::args::{Cli, Command};
use super::catalogue;
use super::pipe::{Link, View, wire};
use crate::project;
pub(super) use confine::Confined;
pub(super) use living::{Heard, Living, Said};
pub(super) use supervise::supervise;

/// The variable of the environment by which a worker knows that it is one, and what it may do.
const ORDER: &str = "DAMA_PUB_WORKER";

/// What a worker is told when it begins.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    /// Most bytes of memory.
    memory: Option<u64>,
    /// Bytes of memory to be used where work can be done one piece after the other.
    #[serde(default)]
    budget: Option<u64>,
    /// Most seconds of all its threads together.
    cpu: Option<u64>,
    /// What it may read, each with all that lies below.
    #[serde(with = "wire::places")]
    reads: Vec<PathBuf>,
    view: View,
    /// Whether it keeps all the rights that it was started with.
    #[serde(default)]
    unconfined: bool,
    /// The version of pandoc: a worker can start no program to ask it.
    #[serde(default)]
    pandoc: Option<String>,
}

/// Whether a command is done by a worker from its beginning to its end: whatever reads a book, apart from those that keep a worker
/// ([`Living`]).
pub(super) fn is_wanted(cli: &Cli) -> bool {
    let books = match &cli.command {
        Command::Build(args) => !catalogue::is_of_several(args),
        Command::Check(args) => !catalogue::checks_several(args),
        Command::Release(args) => !catalogue::releases_several(args),
        _ => false,
    };
    let reads = matches!(
        cli.command,
        Command::Proof(_)
            | Command::Align(_)
            | Command::Accept(_)
            | Command::Review(_)
            | Command::Translate(_)
            | Command::ImportReview(_)
            | Command::Stats(_)
            | Command::Terms(_)
            | Command::Metadata(_)
            | Command::Layout(_)
            | Command::Doctor(_)
            | Command::Verify(_)
    );
    // A command of the user runs with the rights of the user.
    let exports = matches!(&cli.command, Command::Export(args) if args.pretranslate.is_none());
    // So does pandoc, which a worker could not start. It is given a copy of the source and runs in its own sandbox.
    let imports = matches!(&cli.command, Command::Import(args) if !super::import::runs_another(args));
    let lists = matches!(&cli.command, Command::Catalogue(args) if args.is_for_a_worker());
    (books || reads || exports || imports || lists) && !cli.global.unconfined
}

/// The way out of this process, for whoever reads a file of the book.
static LINK: OnceLock<Arc<Link>> = OnceLock::new();

/// What a worker was told of memory.
static BUDGET: OnceLock<Option<u64>> = OnceLock::new();

/// Bytes of memory to be used where work can be done one piece after the other; `None` where nobody knows.
#[cfg(feature = "pages")]
pub(super) fn budget() -> Option<u64> {
    *BUDGET.get_or_init(|| limits::budget(None))
}

/// What a worker was told of pandoc.
#[cfg(feature = "pages")]
static PANDOC: OnceLock<Option<String>> = OnceLock::new();

/// The version of the pandoc that is installed, also in a process that can start none.
#[cfg(feature = "pages")]
pub(super) fn pandoc_version() -> Option<String> {
    PANDOC.get().cloned().unwrap_or_else(super::import::pandoc_version)
}

/// In a process that does the work itself, with all the rights that it was started with.
pub(super) fn unconfined() {
    threads::share(threads::processors());
}

fn tell_reading(path: &str) {
    if let Some(link) = LINK.get() {
        link.reads(path);
    }
}

/// In a worker: confines this process; gives its way out, and what holds it back. `None` in a process that nobody watches over.
pub(super) fn begin() -> Option<(Arc<Link>, Confined)> {
    let order: Order = serde_json::from_str(&std::env::var(ORDER).ok()?).ok()?;
    let confined = confine::confine(&order);
    let _ = BUDGET.set(order.budget);
    #[cfg(feature = "pages")]
    let _ = PANDOC.set(order.pandoc);
    let link = Arc::new(Link::new(order.view));
    if LINK.set(Arc::clone(&link)).is_ok() {
        project::tell_reading(tell_reading);
    }
    Some((link, confined))
}

/// In a worker that lives on: what it is told to do, one after the other. They end with the process that tells it.
pub(super) fn tasks<T: DeserializeOwned>() -> impl Iterator<Item = T> {
    let lines = BufReader::new(std::io::stdin()).split(b'\n').map_while(Result::ok);
    // The one who tells is of this program, and says what is understood.
    lines.filter_map(|line| serde_json::from_slice(&line).ok())
}
