//! The book built again, and every byte compared.

use std::collections::BTreeMap;
use std::path::Path;

use super::Look;
use super::told::Kind;
use crate::cli::args::Verify;
use crate::cli::release::made::{Made, Making};
use crate::cli::release::{inputs, program};
use crate::diagnostic::{self, any_error};
use crate::error::Error;
use crate::inputs::Recorder;
use crate::layout;
use crate::message::{List, Message};
use crate::project::{Project, read_artifact};
use crate::release::errata::{WORDING, picture, wording};
use crate::release::{Input, Manifest, differ};
use crate::source::{Files, Sources};
use crate::typeset::BuildDate;

/// Most files that are named.
const NAMED: usize = 5;

/// What a release has that the manuscript of today cannot give: what changed since another one, and what was said of its making.
const OF_THEN: [&str; 1] = ["errata"];

pub(super) fn again(look: &mut Look<'_>, args: &Verify, manifest: &Manifest) -> Result<(), Error> {
    let here = || Project::find(Path::new("."));
    let project = match &args.book {
        Some(book) => Project::find(book)?,
        None => Project::find(look.folder).or_else(|_| here())?,
    };
    let files = Recorder::new(&project);
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let loaded = layout::load(&files, &mut sources).take(&mut found);
    let Some((book, layouts)) = loaded.filter(|_| !any_error(&found)) else {
        diagnostic::sort(&mut found);
        look.teller.terminal.findings(&found, &sources);
        look.teller.wrong(Kind::Book, None, msg!("it cannot be built again: {folder}", folder = project.root()));
        return Ok(());
    };
    let date = BuildDate(manifest.source_date_epoch);
    let making = Making { book: &book, layouts: &layouts, files: &files, sources: &sources, date };
    let mut made = making.editions();
    // What they lack was told when the book was released.
    let _ = making.records(&mut made);
    let text = wording(&book, &manifest.version, &|path| Some(picture(&files.read(path).ok()?))).to_json();
    made.add(WORDING, "wording", Some(text.into_bytes()), |file| file);
    other_program(look, manifest);
    other_sources(look, &manifest.source.files, &inputs(&files.seen()));
    compare(look, manifest, &made)
}

/// Says that another program made the release: its bytes may be others.
fn other_program(look: &mut Look<'_>, manifest: &Manifest) {
    let (then, now) = (&manifest.program, program());
    if *then != now {
        let line = msg!(
            "it was made by {then} with Typst {typst_then}; this is {now} with Typst {typst_now}",
            then = format!("{} {}", then.name, then.version),
            typst_then = &then.typst,
            now = format!("{} {}", now.name, now.version),
            typst_now = &now.typst
        );
        look.teller.note(Kind::Program, line);
    }
}

/// Names the files of the manuscript that are others than then.
fn other_sources(look: &mut Look<'_>, then: &[Input], now: &[Input]) {
    let by_path = |files: &[Input]| -> BTreeMap<String, String> {
        files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect()
    };
    let (then, now) = (by_path(then), by_path(now));
    let mut changed: Vec<&String> = then.keys().filter(|path| now.get(*path) != then.get(*path)).collect();
    changed.extend(now.keys().filter(|path| !then.contains_key(*path)));
    if changed.is_empty() {
        let line = plural!(
            files = now.len(),
            "the manuscript is the same, {files} file",
            "the manuscript is the same, {files} files"
        );
        return look.teller.note(Kind::Sources, line);
    }
    let more = changed.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| msg!("{more} more", more));
    let shown = Message::list(List::Items, changed.iter().take(NAMED).map(|path| Message::data(*path)).chain(more));
    let line = plural!(
        files = changed.len(),
        "{files} file of the manuscript is another one: {shown}",
        "{files} files of the manuscript are others: {shown}",
        shown
    );
    look.teller.wrong(Kind::Sources, None, line);
}

fn compare(look: &mut Look<'_>, manifest: &Manifest, made: &Made) -> Result<(), Error> {
    let mut same = 0;
    for (artifact, bytes) in &made.files {
        let name = artifact.name.as_str();
        if !manifest.artifacts.iter().any(|other| other.name == name) {
            let line = msg!("{name} is made of this manuscript and not in the release", name);
            look.teller.wrong(Kind::Extra, Some(name), line);
            continue;
        }
        let path = look.folder.join(name);
        // What is missing was told already.
        let Ok(found) = read_artifact(&path) else { continue };
        match differ::differences(name, bytes, &found) {
            None => same += 1,
            Some(place) => look.teller.wrong(Kind::Differs, Some(name), msg!("{name}: {place}", name, place)),
        }
    }
    let is_made = |name: &str| made.files.iter().any(|(artifact, _)| artifact.name == name);
    for artifact in manifest.artifacts.iter().filter(|artifact| !is_made(&artifact.name)) {
        if OF_THEN.contains(&artifact.kind.as_str()) {
            continue;
        }
        let name = artifact.name.as_str();
        look.teller.wrong(Kind::Missing, Some(name), msg!("{name} cannot be made of this manuscript", name));
    }
    let line = plural!(files = same, "{files} file, the same bytes", "{files} files, the same bytes");
    look.teller.note(Kind::Built, line);
    Ok(())
}
