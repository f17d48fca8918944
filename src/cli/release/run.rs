//! A release from its conditions to the folder in its place.

use std::path::PathBuf;
use std::time::Instant;

use super::folder::{Errata, Folder};
use super::gates::{self, Gates};
use super::made::{Made, Making};
use super::{Clerk, Orders, older};
use crate::cli::args::Release;
use crate::cli::date::build_date;
use crate::cli::errand::{Errand, Reply};
use crate::cli::terminal::Terminal;
use crate::cli::took::seconds;
use crate::cli::{Outcome, here, revisions};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::error::Error;
use crate::inputs::Recorder;
use crate::layout;
use crate::message::{List, Message};
use crate::model::Book;
use crate::project::{Project, is_plain};
use crate::release::{Outcome as Met, errata};
use crate::source::{Files, Sources};

pub(in crate::cli) fn run(args: &Release, terminal: &Terminal) -> Result<Outcome, Error> {
    let started = Instant::now();
    let allowed = gates::named(&args.allow)?;
    let project = Project::find(args.book())?;
    let files = Recorder::new(&project);
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let loaded = layout::load(&files, &mut sources).take(&mut found);
    let Some((book, layouts)) = loaded else {
        diagnostic::sort(&mut found);
        terminal.findings(&found, &sources);
        terminal.failed(msg!("failed"), msg!("nothing was released"));
        return Ok(Outcome::Findings);
    };
    let version = version(args, &book)?;
    let out = args.out.clone().unwrap_or_else(|| project.root().join("release"));
    let date = build_date(&book)?;
    let older = match &args.compare {
        Some(old) => Some(older::wording(old, &out, &project, terminal)?),
        None => None,
    };
    let mut gates = Gates::of(&book, allowed);
    gates.of_text(&project, &book, found, &mut sources);
    let making = Making { book: &book, layouts: &layouts, files: &files, sources: &sources, date };
    let mut made = making.editions();
    gates.of_made(&mut made);
    if let Some(lacking) = making.records(&mut made) {
        made.found.extend(gates.of_records(lacking));
    }
    let picture = |path: &str| Some(errata::picture(&files.read(path).ok()?));
    let now = errata::wording(&book, &version, &picture);
    let mut folder = Folder { making, version: &version, commit: None, errata: None };
    folder.commit = revisions::checked_out(project.root().to_owned(), terminal);
    folder.errata = older.map(|(name, old)| Errata { name, changes: errata::compare(&old, &now) });
    folder.texts(&now, &mut made);
    let orders = Orders::of_release(args);
    let link = terminal.outlet().supervisor();
    let mut clerk = Clerk::of(link.map(|link| &**link), orders);
    clerk.run(Errand::Begin(version.clone()), &[])?;
    for (artifact, bytes) in &made.files {
        clerk.run(Errand::Put(artifact.name.clone()), bytes)?;
    }
    gates.of_others(&made, &mut clerk)?;
    tell(&mut made.found, &gates, &sources, terminal);
    if gates.fail() {
        gates.advice().into_iter().for_each(|advice| terminal.done(msg!("help"), advice));
        let failed = Message::list(List::And, gates.failed());
        terminal.failed(msg!("failed"), msg!("nothing was released: {gates}", gates = failed));
        return Ok(Outcome::Findings);
    }
    if args.dry_run {
        return dry(&folder, &made, terminal);
    }
    let rest = folder.papers(&files.seen(), &made, &gates, args.provenance);
    for (name, text) in &rest {
        clerk.run(Errand::Put((*name).to_owned()), text.as_bytes())?;
    }
    let count = made.files.len() + rest.len();
    let bytes: u64 = made.files.iter().map(|(artifact, _)| artifact.bytes).sum();
    let place = here::short(&out.join(&version)).to_owned();
    let reply = clerk.run(Errand::Settle, &[])?;
    settled(&reply, place, (count, bytes), seconds(started.elapsed()), terminal)
}

/// The name of the release, which is that of its folder.
fn version(args: &Release, book: &Book) -> Result<String, Error> {
    let Some(version) = args.version.clone().or_else(|| book.meta.version.clone()) else {
        return Err(Error::Usage(msg!(
            "this release has no name: give one, such as `dama-pub release 1.0`, or `version:` in book.yaml"
        )));
    };
    if !is_plain(&version) || version.starts_with('.') || version.chars().any(char::is_control) {
        return Err(Error::Usage(msg!("`{version}` cannot be the name of a folder", version)));
    }
    Ok(version)
}

/// What was found that is an error, and how each condition was met.
fn tell(found: &mut Vec<Diagnostic>, gates: &Gates, sources: &Sources, terminal: &Terminal) {
    found.extend(gates.found.iter().cloned());
    found.retain(|finding| finding.severity == Severity::Error);
    diagnostic::sort(found);
    found.dedup();
    terminal.findings(found, sources);
    for (outcome, line) in gates.lines() {
        match outcome {
            Met::Failed => terminal.failed(msg!("failed"), line),
            Met::Passed => terminal.done(msg!("passed"), line),
            Met::Allowed => terminal.done(msg!("allowed"), line),
            Met::NotInstalled | Met::NotRun => terminal.done(msg!("skipped"), line),
        }
    }
}

fn dry(folder: &Folder<'_>, made: &Made, terminal: &Terminal) -> Result<Outcome, Error> {
    if let Some(text) = folder.errata_text() {
        terminal.print(&text)?;
    }
    let names = Message::list(List::Items, made.files.iter().map(|(artifact, _)| artifact.name.as_str()));
    let text = plural!(
        count = made.files.len(),
        "{count} file would be released: {names}; --dry-run changes nothing",
        "{count} files would be released: {names}; --dry-run changes nothing",
        names
    );
    terminal.done(msg!("checked"), text);
    Ok(Outcome::Clean)
}

fn settled(
    reply: &Reply,
    place: PathBuf,
    (count, bytes): (usize, u64),
    time: String,
    terminal: &Terminal,
) -> Result<Outcome, Error> {
    match reply {
        Reply::Placed(new) => {
            let size = indicatif::HumanBytes(bytes).to_string();
            let files = plural!(count, "{count} file, {size}", "{count} files, {size}", size);
            let facts = Message::list(List::Phrases, [files, Message::data(time)]);
            let line = match new {
                true => msg!("{path} ({facts})", path = place, facts),
                false => msg!("{path}: the same bytes as are there ({facts})", path = place, facts),
            };
            terminal.done(msg!("released"), line);
            Ok(Outcome::Clean)
        }
        Reply::Differs(names) => {
            let shown = Message::list(List::Items, names.iter().take(5));
            let line = plural!(
                files = names.len(),
                "{path} is there already, and {files} file differs: {shown}; choose another version, or --replace",
                "{path} is there already, and {files} files differ: {shown}; choose another version, or --replace",
                path = place,
                shown
            );
            terminal.failed(msg!("failed"), line);
            Ok(Outcome::Findings)
        }
        _ => Err(Error::Environment(msg!("the release asks for what the command line does not say"))),
    }
}
