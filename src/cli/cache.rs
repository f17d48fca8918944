//! `dama-pub cache`: what a cache holds, and what of it nobody uses.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::Outcome;
use super::args::catalogue::{CacheAction, CacheArgs, Gc, Kept};
use super::shelf;
use super::terminal::Terminal;
use crate::error::Error;
use crate::message::Argument;
use crate::project::{Cache, Looked, Swept};

pub(super) fn run(args: &CacheArgs, terminal: &Terminal) -> Result<Outcome, Error> {
    match &args.action {
        CacheAction::Verify(kept) => verify(kept, terminal),
        CacheAction::Gc(gc) => clear(gc, terminal),
    }
}

fn open(kept: &Kept) -> Result<(Cache, PathBuf), Error> {
    let Some(folder) = shelf::folder(kept.dir.as_ref()) else {
        return Err(Error::Usage(msg!("no cache is named: `dama-pub cache verify DIR`, or DAMA_PUB_CACHE")));
    };
    // What is not there is not made for the sake of looking at it.
    let cache = std::fs::metadata(&folder).and_then(|_| Cache::open(&folder, SystemTime::now()));
    cache.map(|cache| (cache, folder.clone())).map_err(|source| Error::Read { path: folder, source })
}

fn verify(kept: &Kept, terminal: &Terminal) -> Result<Outcome, Error> {
    let (cache, folder) = open(kept)?;
    let Looked { whole, bytes, broken } = cache.look_over();
    let line = msg!(
        "{folder}: {whole} artifacts are whole ({size}), {broken} were broken and are gone",
        folder = folder.into_message(),
        whole,
        size = mebibytes(bytes),
        broken
    );
    terminal.verdict(broken > 0, msg!("verified"), line);
    Ok(if broken > 0 { Outcome::Findings } else { Outcome::Clean })
}

fn clear(gc: &Gc, terminal: &Terminal) -> Result<Outcome, Error> {
    let (cache, folder) = open(&gc.kept)?;
    let age = Duration::from_secs(gc.older.saturating_mul(24 * 60 * 60));
    let since = SystemTime::now().checked_sub(age).unwrap_or(SystemTime::UNIX_EPOCH);
    let most = gc.max_size.map(|mebibytes| mebibytes.saturating_mul(1 << 20));
    let Swept { gone, gone_bytes, left, left_bytes } = cache.clear(since, most);
    let line = msg!(
        "{folder}: {gone} artifacts ({gone_size}), {left} are left ({left_size})",
        folder = folder.into_message(),
        gone,
        gone_size = mebibytes(gone_bytes),
        left,
        left_size = mebibytes(left_bytes)
    );
    terminal.done(msg!("cleared"), line);
    Ok(Outcome::Clean)
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
