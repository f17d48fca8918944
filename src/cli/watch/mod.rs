//! `dama-pub watch`: the pages in a browser, set anew at every save.
//!
//! Two processes, whatever the command line allows: one watches the files, serves browsers and speaks with the terminal ([`keeper`]); the
//! other is its worker, reads the book and sets the pages ([`inside`]). The first keeps what the second told last, so that browsers have
//! the last good pages when the second takes too much and is ended, and another takes its place at the next change.

mod files;
mod inside;
mod keeper;
mod server;
mod shared;
mod store;
mod task;

use std::sync::Arc;

use crossbeam_channel::bounded;

use super::Outcome;
use super::args::{Global, Watch};
use super::terminal::Terminal;
use crate::error::Error;
use crate::message;
use crate::project::Project;
use keeper::Keeper;
use shared::Shared;

/// How many events wait at most; whoever has another one waits with it.
const EVENTS: usize = 256;

/// How much of what a worker says waits at most.
const WORDS: usize = 2;

pub(super) fn run(args: &Watch, global: &Global, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    if let Some(link) = terminal.outlet().supervisor() {
        inside::run(&project, link, terminal);
        return Ok(Outcome::Clean);
    }
    let (events, happened) = bounded(EVENTS);
    let (words, said) = bounded(WORDS);
    let root = project.root().to_string_lossy().into_owned();
    let shared = Arc::new(Shared::new(terminal.locale(), root, &args.edition, events.clone()));
    let watcher = files::Watcher::new(project.root(), events)?;
    let address = server::open(args.port, Arc::clone(&shared), project.clone())?;
    greet(args, &project, &address, terminal);
    Keeper::new(&project, (global, terminal), &shared, watcher, words).run(&happened, &said)?;
    Ok(Outcome::Clean)
}

fn greet(args: &Watch, project: &Project, address: &server::Address, terminal: &Terminal) {
    let name = project.root().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let page = address.page();
    terminal.done(
        msg!("watching"),
        msg!("{book}: the pages are at {address} (Ctrl-C stops)", book = name, address = page.as_str()),
    );
    // Others can see what programs are started with.
    if args.open
        && let Err(why) = open::that_detached(address.open_once())
    {
        let reason = message::reason(&why);
        terminal.failed(
            msg!("open"),
            msg!("no browser could be opened ({reason}); go to {address}", reason, address = page),
        );
    }
}
