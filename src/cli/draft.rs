//! `dama-pub build --draft`: pages in spite of everything, with what is wrong marked on them.

use rayon::prelude::*;

use super::args::Build;
use super::date::build_date;
use super::terminal::Terminal;
use super::told::{BuildRun, without_echoes};
use super::{Outcome, editions, fails, here, plan, proof};
use crate::align;
use crate::checks::print::Flaw;
use crate::diagnostic::{self, Diagnostic, Reported, Severity};
use crate::error::Error;
use crate::message::{List, Message};
use crate::model::{Book, EditionKind};
use crate::project::Project;
use crate::report::Tally;
use crate::source::Sources;
use crate::typeset::{self, Annotations, Draft, Job, Note, Set};

pub(super) fn run(args: &Build, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    let mut run = BuildRun { form: args.message_format, limit: args.fail_on, project: &project, book: None };
    let Some((book, layouts)) = loaded else {
        diagnostic::sort(&mut found);
        run.tell(terminal, &found, &sources)?;
        terminal.failed(msg!("failed"), msg!("nothing was built"));
        return Ok(Outcome::Findings);
    };
    run.book = Some(&book);
    let date = build_date(&book)?;
    let out = args.out.clone().unwrap_or_else(|| project.root().join("out"));
    let editions = if args.edition.is_empty() { book.editions.clone() } else { editions::named(&args.edition, &book)? };
    let alignments = align::align_for(&editions, &book);
    let drafts: Vec<(&EditionKind, Reported<Option<Draft>>)> = editions
        .par_iter()
        .filter_map(|edition| {
            let (layout, alignments) = (layouts.get(edition)?, alignments.as_slice());
            let job = Job { book: &book, edition, layout, files: &project, sources: &sources, date, alignments };
            Some((edition, draft(job, &of_edition(&found, &book, edition, &sources), terminal)))
        })
        .collect();
    let mut made = 0;
    let mut set = Vec::new();
    for (edition, draft) in drafts {
        let Some(draft) = draft.take(&mut set) else { continue };
        let path = out.join(format!("{}-draft.pdf", book.artifact_stem(edition)));
        terminal.deliver(&path, &draft.bytes)?;
        made += 1;
        let pages = plural!(pages = draft.pages, "{pages} page", "{pages} pages");
        terminal.done(msg!("made"), msg!("{path} ({facts})", path = here::short(&path), facts = pages));
    }
    without_echoes(&mut set, &found);
    found.extend(set);
    diagnostic::sort(&mut found);
    run.tell(terminal, &found, &sources)?;
    let count = editions.len();
    let text = plural!(count, "{made} of {count} draft", "{made} of {count} drafts", made);
    let tally = if found.is_empty() { Message::empty() } else { Tally::of(&found).message() };
    let summary = Message::list(List::Clauses, [text, tally]);
    if made == count {
        terminal.done(msg!("built"), summary);
    } else {
        terminal.failed(msg!("failed"), summary);
    }
    let clean = made == count && !fails(&found, args.fail_on);
    Ok(if clean { Outcome::Clean } else { Outcome::Findings })
}

/// What was found of an edition: all but what is said of files of languages that it does not show.
fn of_edition(found: &[Diagnostic], book: &Book, edition: &EditionKind, sources: &Sources) -> Vec<Diagnostic> {
    let shown = book.languages_of(edition);
    let concerns = |finding: &&Diagnostic| {
        let lang = plan::language_of(finding, book, sources);
        lang.is_none_or(|lang| shown.contains(&lang))
    };
    found.iter().filter(concerns).cloned().collect()
}

fn draft(job: Job<'_>, known: &[Diagnostic], terminal: &Terminal) -> Reported<Option<Draft>> {
    let title = format!("{} · {}", job.book.meta.title_in(job.book.source_language()), job.edition.name());
    let annotate = |set: &Set, said: &[Diagnostic]| {
        let mut said = said.to_vec();
        without_echoes(&mut said, known);
        let mut all: Vec<Diagnostic> = known.iter().cloned().chain(said).collect();
        all.retain(|finding| finding.severity > Severity::Info);
        diagnostic::sort(&mut all);
        let summary = msg!("Draft, not for readers: {findings}", findings = Tally::of(&all).message());
        let notes: Vec<Note> = all
            .into_iter()
            .map(|finding| proof::note(&Flaw::new(finding, Vec::new()), None, set, job.sources))
            .collect();
        Annotations { summary, notes }
    };
    typeset::draft(job, known, &title, &annotate, terminal.locale())
}
