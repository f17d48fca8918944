//! `dama-pub review`: the book block beside block on one page.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::args::Review as Args;
use super::terminal::Terminal;
use super::{Outcome, editions, named};
use crate::align::{self, Alignment};
use crate::checks::baseline::Baseline;
use crate::checks::{self, Fingerprints};
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::message::Message;
use crate::model::{Book, EditionKind, Lang};
use crate::project::Project;
use crate::report::review::{Review, page};
use crate::source::Sources;

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    let Some((book, _)) = loaded else {
        terminal.findings(&found, &sources);
        return Ok(Outcome::Findings);
    };
    let targets = targets(&args.edition, &book)?;
    if args.out.is_some() && targets.len() > 1 {
        return Err(Error::Usage(msg!(
            "--out is one file, and this book has several translations; name one of them with --edition"
        )));
    }
    let named = named::chapters(&args.chapter, &book)?;
    let alignments = align::align_book(&book);
    let findings = open(&project, &book, &alignments, found, &mut sources);
    for alignment in alignments.iter().filter(|alignment| targets.contains(&alignment.target)) {
        let review = Review {
            book: &book,
            sources: &sources,
            alignment,
            findings: &findings,
            locale: terminal.locale(),
            live: false,
        };
        let text = page(&review, |chapter| named.as_ref().is_none_or(|named| named.has(chapter.file)));
        let path = write(args, &project, &book, &alignment.target, &text, terminal)?;
        terminal.done(msg!("wrote"), Message::data(path.display().to_string()));
    }
    Ok(Outcome::Clean)
}

/// The translations that are shown.
fn targets(names: &[String], book: &Book) -> Result<BTreeSet<Lang>, Error> {
    let (source, all) = book.languages.split_first().expect("a book has a language");
    if all.is_empty() {
        return Err(Error::Usage(msg!("the book has one language; there is no translation to review")));
    }
    let mut chosen = BTreeSet::new();
    for edition in editions::named(names, book)? {
        match edition {
            EditionKind::Single(lang) if lang == *source => {}
            EditionKind::Single(lang) => drop(chosen.insert(lang)),
            EditionKind::Bilingual => chosen.extend(all.iter().cloned()),
        }
    }
    Ok(if chosen.is_empty() { all.iter().cloned().collect() } else { chosen })
}

/// What is open in a book: what was found while it was read, and what the checks find that is not accepted in bulk.
fn open(
    project: &Project,
    book: &Book,
    alignments: &[Alignment<'_>],
    mut found: Vec<Diagnostic>,
    sources: &mut Sources,
) -> Vec<Diagnostic> {
    let mut checked = checks::run(book, alignments, sources).open;
    if let Some(baseline) = Baseline::load(project, sources).take(&mut found) {
        checked = baseline.measure(checked, &Fingerprints::of(book, sources), sources).new;
    }
    found.extend(checked);
    diagnostic::sort(&mut found);
    found
}

fn write(
    args: &Args,
    project: &Project,
    book: &Book,
    target: &Lang,
    text: &str,
    terminal: &Terminal,
) -> Result<PathBuf, Error> {
    let outlet = terminal.outlet();
    let failed = |path: &PathBuf| {
        let path = path.clone();
        |source| Error::Write { path, source }
    };
    if let Some(path) = &args.out {
        outlet.put(path, text.as_bytes()).map_err(failed(path))?;
        return Ok(path.clone());
    }
    let path = project.root().join("out").join(format!("{}-review-{target}.html", book.meta.slug));
    outlet.stage(&path, text.as_bytes()).map_err(failed(&path))?;
    Ok(super::here::short(&path).to_owned())
}
