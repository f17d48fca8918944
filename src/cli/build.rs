//! `dama-pub build`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use rayon::prelude::*;

use super::args::{Build, FailOn, Form};
use super::date::build_date;
use super::editions::Plan;
use super::products::{Product, products};
use super::terminal::Terminal;
use super::{Outcome, draft, editions, fails, form, here, preflight};
use crate::codes;
use crate::diagnostic::{self, Diagnostic, Reported, Severity};
use crate::error::Error;
use crate::message::{List, Message};
use crate::model::{Book, EditionKind, Lang, Profile};
use crate::project::{Project, write_artifact};
use crate::report::{Report, Tally};
use crate::source::{Sources, Span};
use crate::typeset::Job;
use crate::{align, checks, epub, pdf, typeset};

pub(super) fn run(args: &Build, terminal: &Terminal) -> Result<Outcome, Error> {
    if args.draft {
        return draft::run(args, terminal);
    }
    let started = Instant::now();
    let project = Project::find(&args.dir)?;
    let mut sources = Sources::default();
    let mut found = Vec::new();
    let loaded = crate::layout::load(&project, &mut sources).take(&mut found);
    terminal.detail(msg!("read {folder} in {time}", folder = project.root(), time = seconds(started.elapsed())));
    let nothing = |found: Vec<Diagnostic>, sources: &Sources| {
        let run = BuildRun { form: args.message_format, limit: args.fail_on, project: &project, book: None };
        let summary = Summary { text: msg!("nothing was built"), whole: false, failed: Vec::new() };
        finish(run, terminal, found, sources, summary)
    };
    let Some((book, layouts)) = loaded else { return nothing(found, &sources) };
    let Plan { ready, held, shown } = Plan::of(&args.edition, &book, &sources, &mut found)?;
    let date = build_date(&book)?;
    if diagnostic::any_error(&found) {
        // Where every language has an error, none is planned.
        let all =
            if args.edition.is_empty() { Ok(book.editions.clone()) } else { editions::named(&args.edition, &book) };
        let unmade = if ready.is_empty() { all? } else { held.iter().map(|(edition, _)| edition.clone()).collect() };
        let alignments = align::align_for(&unmade, &book);
        let jobs = unmade.iter().map(|edition| {
            let (layout, alignments) = (&layouts[edition], alignments.as_slice());
            Job { book: &book, edition, layout, files: &project, sources: &sources, date, alignments }
        });
        found.extend(further(&jobs.collect::<Vec<_>>(), &found));
    }
    if ready.is_empty() {
        return nothing(found, &sources);
    }
    found.extend(checks::lacking(&book, &sources, |lang| shown.contains(lang)));
    let out = args.out.clone().unwrap_or_else(|| project.root().join("out"));
    let products = products(args, &book);
    let count = (ready.len() + held.len()) * products.len();
    let bar = terminal.progress((ready.len() * products.len()) as u64);
    if args.timings.is_some() {
        typeset::record_timings();
    }
    typeset::decode_pictures(&book, &ready, &project);
    let alignments = align::align_for(&ready, &book);
    let results: Vec<Option<Artifact>> = ready
        .par_iter()
        .flat_map_iter(|edition| {
            let (layout, alignments) = (&layouts[edition], alignments.as_slice());
            let job = Job { book: &book, edition, layout, files: &project, sources: &sources, date, alignments };
            let path = |product: Product| out.join(product.file_name(&book.artifact_stem(edition)));
            let done = |made: &Option<Artifact>| announce(made.as_ref(), &bar, terminal);
            bar.set_message(book.artifact_stem(edition));
            artifacts(job, &products, &path, &done)
        })
        .collect();
    bar.finish_and_clear();
    if let Some(path) = &args.timings {
        write_artifact(path, &typeset::timings(&sources))?;
    }
    let names = |edition: &EditionKind| -> Vec<String> {
        products.iter().map(|product| product.file_name(&book.artifact_stem(edition))).collect()
    };
    let (mut failed, mut trouble) = (Vec::new(), false);
    for (edition, languages) in &held {
        let languages = Message::list(List::And, languages.iter().map(Lang::name));
        let why = msg!("errors in {languages}", languages);
        failed.extend(names(edition).into_iter().map(|name| msg!("{name}: {why}", name, why = why.clone())));
    }
    for (name, result) in ready.iter().flat_map(names).zip(results) {
        if let Some(why) = failure(&result) {
            failed.push(msg!("{name}: {why}", name, why));
        }
        match result {
            Some(Ok(reported)) => drop(reported.take(&mut found)),
            Some(Err(error)) => {
                terminal.failure(&error);
                trouble = true;
            }
            None => trouble = true,
        }
    }
    let time = seconds(started.elapsed());
    let whole = failed.is_empty();
    let text = if whole {
        plural!(count, "{count} of {count} artifact in {time}", "{count} of {count} artifacts in {time}", time)
    } else {
        let failed = failed.len();
        plural!(
            count,
            "{failed} of {count} artifact in {time}",
            "{failed} of {count} artifacts in {time}",
            failed,
            time
        )
    };
    let run = BuildRun { form: args.message_format, limit: args.fail_on, project: &project, book: Some(&book) };
    let outcome = finish(run, terminal, found, &sources, Summary { text, whole, failed })?;
    if outcome == Outcome::Clean && book.languages.len() > 1 {
        terminal.tip(msg!("`dama-pub check` checks whether the languages say the same thing"));
    }
    Ok(if trouble { Outcome::Trouble } else { outcome })
}

/// What else is wrong in editions that errors of the manuscript stop, so that a run tells all of it.
fn further(jobs: &[Job<'_>], known: &[Diagnostic]) -> Vec<Diagnostic> {
    let set = |job: &Job<'_>| guarded(|| typeset::set_in_spite_of(*job, known).diagnostics).unwrap_or_default();
    let mut found: Vec<Diagnostic> = jobs.par_iter().flat_map_iter(set).collect();
    without_echoes(&mut found, known);
    found
}

/// Takes out what Typst says of places where reading the manuscript has found the cause.
pub(super) fn without_echoes(found: &mut Vec<Diagnostic>, known: &[Diagnostic]) {
    let places = |finding: &Diagnostic| finding.primary.as_ref().map(|label| label.span);
    let causes: Vec<Span> = known.iter().filter_map(places).collect();
    found.retain(|finding| match places(finding).filter(|_| finding.check == codes::TYPESET) {
        Some(place) => !causes.iter().any(|cause| place.encloses(*cause) || cause.encloses(place)),
        None => true,
    });
}

/// An artifact that was written.
struct Made {
    path: PathBuf,
    pages: Option<usize>,
    bytes: usize,
    claim: Option<Message>,
    took: Duration,
}

/// What came of one artifact, with what was found.
type Artifact = Result<Reported<Option<Made>>, Error>;

/// Why there is no artifact, in a few words; `None` when there is.
fn failure(result: &Option<Artifact>) -> Option<Message> {
    let reported = match result {
        None => return Some(msg!("a defect of dama-pub")),
        Some(Err(_)) => return Some(msg!("it cannot be written")),
        Some(Ok(reported)) if reported.value.is_some() => return None,
        Some(Ok(reported)) => reported,
    };
    let errors = reported.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let mut codes: Vec<&str> = errors.map(|finding| finding.check.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    Some(if codes.is_empty() { msg!("its pages cannot be set") } else { Message::list(List::Items, codes) })
}

/// Makes the artifacts of one edition. Its pages are set once: the PDFs show them, the e-book lists them.
/// A defect that one artifact meets must not cost the others; the panic hook has reported it.
fn artifacts(
    job: Job<'_>,
    products: &[Product],
    path: &(dyn Fn(Product) -> PathBuf + Sync),
    done: &(dyn Fn(&Option<Artifact>) + Sync),
) -> Vec<Option<Artifact>> {
    let started = Instant::now();
    let mut found = Vec::new();
    let set = guarded(|| typeset::set(job)).and_then(|set| set.take(&mut found));
    let setting = started.elapsed();
    let broken = set.is_none();
    // A PDF that is wanted too says why the pages could not be set.
    let reported = products.iter().any(|product| matches!(product, Product::Pdf(_)));
    let making = |product: &Product| {
        let path = path(*product);
        let made = guarded(|| match product {
            Product::Pdf(profile) => pages(job, *profile, set.as_ref(), &found, setting, path),
            Product::Cover => cover(job, set.as_ref(), reported, path),
            Product::Epub => book(job, set.as_ref(), broken && products.len() == 1, path),
        });
        done(&made);
        made
    };
    products.par_iter().map(making).collect()
}

fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

fn pages(
    job: Job<'_>,
    profile: Profile,
    set: Option<&typeset::Set>,
    said: &[Diagnostic],
    setting: Duration,
    path: PathBuf,
) -> Artifact {
    let started = Instant::now();
    let mut found = said.to_vec();
    // Of pages with errors, too, the export tells what is wrong.
    let bytes = set.and_then(|set| pdf::export(job, set, profile).take(&mut found));
    if let (Some(set), Some(bytes), false) = (set, &bytes, diagnostic::any_error(said)) {
        found.extend(preflight::made::of_made(job, set, bytes, profile));
    }
    let about = About { pages: set.map(|set| set.printed.pages()), claim: claim(job, profile) };
    written(path, bytes, about, found, || setting + started.elapsed())
}

/// What may be said of a PDF of this kind.
fn claim(job: Job<'_>, profile: Profile) -> Option<Message> {
    (profile == Profile::Print && job.book.pdf.output_intent.is_some()).then_some(pdf::PDFX_CLAIM)
}

/// Makes the cover in one piece, as wide as the pages that were set need it; `reported` when the PDF says why there
/// are none.
fn cover(job: Job<'_>, set: Option<&typeset::Set>, reported: bool, path: PathBuf) -> Artifact {
    let started = Instant::now();
    let mut found = Vec::new();
    let Some(set) = set else {
        if reported {
            return Ok(Reported::clean(None));
        }
        let edition = job.edition.name();
        let message = msg!("the cover of `{edition}` cannot be made: its number of pages is unknown", edition);
        let hint = msg!("build the PDF too, to see why its pages cannot be set");
        found.push(Diagnostic::error(codes::MISSING_COVER, message).hint(hint));
        return Ok(Reported::new(None, found));
    };
    let sheet = typeset::cover(job, set.printed.pages()).take(&mut found);
    let bytes = sheet.and_then(|sheet| {
        let bytes = pdf::export(job, &sheet, Profile::Print).take(&mut found)?;
        found.extend(preflight::made::of_made(job, &sheet, &bytes, Profile::Print));
        Some(bytes)
    });
    written(path, bytes, About { pages: Some(1), claim: claim(job, Profile::Print) }, found, || started.elapsed())
}

/// Makes the e-book; `alone` when nothing else reports that its pages could not be set.
fn book(job: Job<'_>, set: Option<&typeset::Set>, alone: bool, path: PathBuf) -> Artifact {
    let started = Instant::now();
    let mut found = Vec::new();
    if alone {
        let edition = job.edition.name();
        let message = msg!("the e-book `{edition}` has no page list: its pages cannot be set", edition);
        let hint = msg!("build the PDF too, to see why");
        found.push(Diagnostic::warning(codes::PAGE_LIST, message).hint(hint));
        checks::apply_levels(job.book, &mut found);
    }
    let bytes = epub::epub(job, set.map(|set| &set.printed)).take(&mut found);
    written(path, bytes, About::default(), found, || started.elapsed())
}

/// What is reported of an artifact, apart from its size.
#[derive(Default)]
struct About {
    pages: Option<usize>,
    claim: Option<Message>,
}

/// Writes an artifact, unless there is none or something is wrong with it.
fn written(
    path: PathBuf,
    bytes: Option<Vec<u8>>,
    About { pages, claim }: About,
    found: Vec<Diagnostic>,
    took: impl FnOnce() -> Duration,
) -> Artifact {
    let Some(bytes) = bytes.filter(|_| !diagnostic::any_error(&found)) else {
        return Ok(Reported::new(None, found));
    };
    write_artifact(&path, &bytes)?;
    let made = Made { path, pages, bytes: bytes.len(), claim, took: took() };
    Ok(Reported::new(Some(made), found))
}

fn announce(made: Option<&Artifact>, bar: &ProgressBar, terminal: &Terminal) {
    bar.inc(1);
    if let Some(Ok(Reported { value: Some(made), .. })) = made {
        let pages = made.pages.map(|pages| plural!(pages, "{pages} page", "{pages} pages"));
        let size = indicatif::HumanBytes(made.bytes as u64).to_string();
        let facts = pages.into_iter().chain([Message::data(size)]).chain(made.claim.clone());
        let facts = Message::list(List::Phrases, facts.chain([Message::data(seconds(made.took))]));
        let line = msg!("{path} ({facts})", path = here::short(&made.path), facts);
        bar.suspend(|| terminal.done(msg!("made"), line));
    }
}

/// What the last line says.
struct Summary {
    text: Message,
    /// Whether all that was asked for was made.
    whole: bool,
    /// What was not made, and why, an artifact a line.
    failed: Vec<Message>,
}

fn finish(
    run: BuildRun<'_>,
    terminal: &Terminal,
    mut found: Vec<Diagnostic>,
    sources: &Sources,
    Summary { text, whole, failed }: Summary,
) -> Result<Outcome, Error> {
    drop_echoes(&mut found);
    diagnostic::sort(&mut found);
    run.tell(terminal, &found, sources)?;
    let fails = !whole || fails(&found, run.limit);
    let tally = if found.is_empty() { Message::empty() } else { Tally::of(&found).message() };
    let summary = Message::list(List::Clauses, [text, tally]);
    if run.form == Form::Human {
        for line in failed {
            terminal.failed(msg!("failed"), line);
        }
        match (whole, fails) {
            (true, false) => terminal.done(msg!("built"), summary),
            (true, true) => terminal.failed(msg!("built"), summary),
            _ => terminal.failed(msg!("failed"), summary),
        }
    }
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}

/// What a report tells of a run beside its findings.
pub(super) struct BuildRun<'a> {
    pub(super) form: Form,
    pub(super) limit: FailOn,
    pub(super) project: &'a Project,
    /// The book, if it could be read.
    pub(super) book: Option<&'a Book>,
}

impl BuildRun<'_> {
    /// Shows findings: to a person on stderr, to a program on stdout.
    ///
    /// # Errors
    /// [`Error::Write`] when a program would get only a part; a reader who has seen enough is not an error.
    pub(super) fn tell(&self, terminal: &Terminal, found: &[Diagnostic], sources: &Sources) -> Result<(), Error> {
        let prefix = here::prefix(self.project.root());
        let locale = terminal.locale_of(self.form);
        let report = Report { open: found, waived: &[], held: None, book: self.book, sources, prefix: &prefix, locale };
        match form::written(self.form, &report) {
            Some(text) => terminal.print(&text)?,
            None => terminal.findings(found, sources),
        }
        Ok(())
    }
}

/// PDF and EPUB both set formulas: of one cause only the finding with the narrower place is kept.
fn drop_echoes(found: &mut Vec<Diagnostic>) {
    let typeset = found.iter().filter(|finding| finding.check == codes::TYPESET);
    let exact: Vec<Span> = typeset.filter_map(|finding| Some(finding.primary.as_ref()?.span)).collect();
    found.retain(|finding| match &finding.primary {
        Some(label) if finding.check == codes::BROKEN_FORMULA => !exact.iter().any(|span| label.span.encloses(*span)),
        _ => true,
    });
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};

    /// Builds a book of one line, with `extra` in its `book.yaml`, into `out/` of the folder that comes back.
    fn build(extra: &str, blocked: &[&str], args: &[&str]) -> (tempfile::TempDir, Result<Outcome, Error>) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("manuscript/zh")).unwrap();
        let config =
            format!("title: {{zh: 纸}}\nslug: p\nlanguages: [zh]\ndate: 2026-03-01\nlayout: report\n{extra}\n");
        fs::write(dir.path().join("manuscript/book.yaml"), config).unwrap();
        fs::write(dir.path().join("manuscript/zh/01-a.md"), "---\ntitle: 起\n---\n文。\n").unwrap();
        for name in blocked {
            fs::create_dir_all(dir.path().join("out").join(name)).unwrap();
        }
        let root = dir.path().to_str().unwrap();
        let cli = Cli::parse_from([&["dama-pub", "build", root, "--quiet"], args].concat());
        let Command::Build(parsed) = &cli.command else { unreachable!("build was typed") };
        let outcome = run(parsed, &Terminal::new(&cli.global, crate::message::Locale::English));
        (dir, outcome)
    }

    #[test]
    fn an_artifact_that_cannot_be_written_does_not_stop_the_others() {
        let (dir, outcome) = build("", &["p-zh.pdf"], &[]);
        assert_eq!(outcome.unwrap(), Outcome::Trouble);
        assert!(dir.path().join("out/p-zh.epub").is_file());
    }

    #[test]
    fn a_book_of_one_language_has_no_bilingual_edition() {
        let (_, outcome) = build("", &[], &["--edition", "bilingual"]);
        assert!(matches!(outcome, Err(Error::Usage(_))));
    }

    #[test]
    fn a_slip_in_an_edition_is_named() {
        let (_, outcome) = build("", &[], &["--edition", "zhh"]);
        let said = outcome.unwrap_err().to_string();
        assert_eq!(said, "this book has no edition `zhh`; did you mean `zh`? It has zh");
    }
}
