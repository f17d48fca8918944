//! `dama-pub proof`: the pages with what preflight found drawn over them.

use super::args::Proof;
use super::date::build_date;
use super::plan::Plan;
use super::terminal::Terminal;
use super::{Outcome, preflight};
use crate::align;
use crate::checks::print::{Flaw, Origin};
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::inspect::Facts;
use crate::message::Message;
use crate::model::Profile;
use crate::pdf;
use crate::project::{Project, write_artifact};
use crate::report::Tally;
use crate::source::Sources;
use crate::typeset::{self, Job, Note};

pub(super) fn run(args: &Proof, terminal: &Terminal) -> Result<Outcome, Error> {
    let project = Project::find(&args.dir)?;
    let (mut sources, mut found) = (Sources::default(), Vec::new());
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    let unfit = |found: &[Diagnostic], sources: &Sources| {
        terminal.findings(found, sources);
        terminal.failed(msg!("proof"), msg!("the book has errors and cannot be set"));
        Ok(Outcome::Findings)
    };
    let Some((book, layouts)) = loaded else { return unfit(&found, &sources) };
    let Plan { ready, held, .. } = Plan::of(&args.edition, (&book, &layouts), &sources, &mut found)?;
    if ready.is_empty() {
        return unfit(&found, &sources);
    }
    let date = build_date(&book)?;
    let out = args.out.clone().unwrap_or_else(|| project.root().join("out"));
    let alignments = &align::align_for(&ready, &book);
    let mut made = 0;
    for edition in &ready {
        let layout = &layouts[edition];
        let job = Job { book: &book, edition, layout, files: &project, sources: &sources, date, alignments };
        let profile = args.profile.map_or(Profile::Print, Into::into);
        let Some((bytes, summary)) = proof(job, profile, terminal, &mut found) else { continue };
        let path = out.join(format!("{}-proof.pdf", book.artifact_stem(edition)));
        write_artifact(&path, &bytes)?;
        made += 1;
        terminal.done(msg!("made"), msg!("{path} ({facts})", path = path.as_path(), facts = summary));
    }
    diagnostic::sort(&mut found);
    terminal.findings(&found, &sources);
    Ok(if made == ready.len() + held.len() { Outcome::Clean } else { Outcome::Findings })
}

/// The proof of an edition, and what it says in short.
fn proof(
    job: Job<'_>,
    profile: Profile,
    terminal: &Terminal,
    found: &mut Vec<Diagnostic>,
) -> Option<(Vec<u8>, Message)> {
    let Job { book, edition, sources, .. } = job;
    let stem = book.artifact_stem(edition);
    let mut said = Vec::new();
    let made = typeset::set(job).take(&mut said).and_then(|set| {
        // What is wrong with the pages themselves is what a proof is for.
        let origin = Origin { book, edition, printed: &set.printed };
        let pdf = pdf::export(job, &set, profile).take(&mut said)?;
        let looked = preflight::look(format!("{stem}.pdf"), &stem, &pdf, Some(profile), Some(origin));
        let set_flaws = std::mem::take(&mut said).into_iter().map(|finding| Flaw::new(finding, Vec::new()));
        let flaws: Vec<Flaw> = set_flaws.chain(looked.flaws).collect();
        let notes: Vec<Note> = flaws.iter().map(|flaw| note(flaw, looked.facts.as_ref(), &set, sources)).collect();
        let title = format!("{} · {}", book.meta.title_in(book.source_language()), edition.name());
        let all: Vec<Diagnostic> = flaws.into_iter().map(|flaw| flaw.finding).collect();
        let findings = Tally::of(&all).message();
        let summary = msg!("Preflight, profile {profile}: {findings}", profile = profile.name(), findings);
        // Preflight has looked at pages without these lines, as they will be printed.
        let lined = typeset::set_with_lines(job).value.unwrap_or(set);
        let bytes = typeset::proof(job, &lined, &title, &summary, &notes, terminal.locale()).take(&mut said)?;
        Some((bytes, summary))
    });
    found.extend(said);
    made
}

/// A flaw with its places on the pages.
pub(super) fn note(flaw: &Flaw, facts: Option<&Facts>, set: &typeset::Set, sources: &Sources) -> Note {
    let at = |flaw: &Flaw| {
        let span = flaw.finding.primary.as_ref()?.span;
        let file = sources.get(span.file);
        Some(format!("{}:{}", file.path(), file.position(span.start)))
    };
    let mut places: Vec<(usize, Option<[f64; 4]>)> = flaw
        .spots
        .iter()
        .map(|spot| {
            let area = facts.and_then(|facts| facts.pages.get(spot.page - 1)).zip(spot.area).map(|(page, area)| {
                let trim = page.trimmed();
                [area.left - trim.left, trim.top - area.top, area.width(), area.height()]
            });
            (spot.page, area)
        })
        .collect();
    // What was found while setting is known by the manuscript's line alone.
    if let (true, Some(label)) = (places.is_empty(), &flaw.finding.primary) {
        let (file, start) = (label.span.file, label.span.start);
        let shown = set.printed.runs.iter().filter(|run| run.span.contains(file, start));
        // Of what shows nothing, the text before it.
        let before = || set.printed.runs.iter().filter(|run| run.span.file == file && run.span.start <= start);
        let run = shown.max_by_key(|run| run.span.start).or_else(|| before().max_by_key(|run| run.span.start));
        places.extend(run.map(|run| (run.page, Some([run.at[0], run.at[1] - run.size, run.width, run.size]))));
    }
    Note { finding: flaw.finding.clone(), source: at(flaw), places }
}
