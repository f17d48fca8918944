//! The artifacts of one edition: made, written, told.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::kept::{Came, Kept};
use super::pipe::wire::Step;
use super::products::Product;
use super::shares::Shares;
use super::terminal::Terminal;
use super::took::seconds;
use super::{here, preflight};
use crate::codes;
use crate::diagnostic::{self, Diagnostic, Reported, Severity};
use crate::epub::Pages;
use crate::error::Error;
use crate::inputs::Digest;
use crate::message::{List, Message};
use crate::model::Profile;
use crate::printed::Printed;
use crate::typeset::Job;
use crate::{epub, pdf, typeset};

/// An artifact that was written.
pub(super) struct Made {
    path: PathBuf,
    pub(super) pages: Option<usize>,
    pub(super) bytes: usize,
    claim: Option<Message>,
    pub(super) took: Duration,
    /// What is in it.
    pub(super) content: Digest,
    pub(super) came: Came,
    /// What later runs need to know of it, where all that it was made from is known.
    pub(super) kept: Option<Kept>,
}

impl Made {
    /// One that is there already.
    pub(super) fn there(path: PathBuf, came: Came, kept: Kept) -> Self {
        let Kept { pages, bytes, content, .. } = kept;
        Self { path, pages, bytes, claim: None, took: Duration::ZERO, content, came, kept: Some(kept) }
    }
}

/// What came of one artifact, with what was found.
pub(super) type Artifact = Result<Reported<Option<Made>>, Error>;

/// Why there is no artifact, in a few words; `None` when there is.
pub(super) fn failure(result: &Option<Artifact>) -> Option<Message> {
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

/// What is known of the pages of an edition from earlier runs, and who is told of them when they are set.
pub(super) struct KnownPages<'a> {
    /// Where each begins, if that is all that is needed of them.
    pub(super) listed: Option<&'a Printed>,
    /// Takes pages without errors.
    pub(super) tell: &'a (dyn Fn(&typeset::Set) + Sync),
}

/// Makes the artifacts of one edition. Its pages are set once, if at all: the PDFs show them, the e-book lists them.
/// A defect that one artifact meets must not cost the others; the panic hook has reported it.
pub(super) fn artifacts(
    job: Job<'_>,
    products: &[Product],
    path: &(dyn Fn(Product) -> PathBuf + Sync),
    known: &KnownPages<'_>,
    terminal: &Terminal,
) -> Vec<Option<Artifact>> {
    let started = Instant::now();
    let mut found = Vec::new();
    let shows_pages = |product: &Product| *product != Product::Epub || job.book.meta.ebook.page_list;
    let with_pages = products.iter().any(shows_pages) && known.listed.is_none();
    let set = with_pages.then(|| guarded(|| typeset::set_once(job))).flatten().and_then(|set| set.take(&mut found));
    let setting = started.elapsed();
    if let (Some(set), false) = (&set, diagnostic::any_error(&found)) {
        (known.tell)(set);
    }
    let for_e_book = known.listed.map_or_else(|| set.as_ref().into(), Pages::Listed);
    let broken = with_pages && set.is_none();
    // A PDF that is wanted too says why the pages could not be set.
    let reported = products.iter().any(|product| matches!(product, Product::Pdf(_)));
    let making = |product: &Product| {
        let place = Place { path: path(*product), terminal };
        let made = guarded(|| match product {
            Product::Pdf(profile) => pages(job, *profile, set.as_ref(), &found, setting, place),
            Product::Cover => cover(job, set.as_ref(), reported, place),
            Product::Epub => book(job, for_e_book, broken && products.len() == 1, place),
        });
        announce(made.as_ref(), terminal);
        made
    };
    products.par_iter().map(making).collect()
}

pub(super) fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

fn pages(
    job: Job<'_>,
    profile: Profile,
    set: Option<&typeset::Set>,
    said: &[Diagnostic],
    setting: Duration,
    place: Place<'_>,
) -> Artifact {
    let started = Instant::now();
    let mut found = said.to_vec();
    // Of pages with errors, too, the export tells what is wrong.
    let bytes = set.and_then(|set| pdf::export(job, set, profile).take(&mut found));
    if let (Some(set), Some(bytes), false) = (set, &bytes, diagnostic::any_error(said)) {
        found.extend(preflight::made::of_made(job, set, bytes, profile));
    }
    let about = About { pages: set.map(|set| set.printed.pages()), claim: claim(job, profile) };
    written(place, bytes.as_deref().map(whole), about, found, || setting + started.elapsed())
}

/// What may be said of a PDF of this kind.
fn claim(job: Job<'_>, profile: Profile) -> Option<Message> {
    (profile == Profile::Print && job.book.pdf.output_intent.is_some()).then_some(pdf::PDFX_CLAIM)
}

/// Makes the cover in one piece, as wide as the pages that were set need it; `reported` when the PDF says why there
/// are none.
fn cover(job: Job<'_>, set: Option<&typeset::Set>, reported: bool, place: Place<'_>) -> Artifact {
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
    let about = About { pages: Some(1), claim: claim(job, Profile::Print) };
    written(place, bytes.as_deref().map(whole), about, found, || started.elapsed())
}

/// Makes the e-book; `alone` when nothing else reports that its pages could not be set.
fn book(job: Job<'_>, pages: Pages<'_>, alone: bool, place: Place<'_>) -> Artifact {
    let started = Instant::now();
    let mut found = Vec::new();
    if alone {
        let edition = job.edition.name();
        let message = msg!("the e-book `{edition}` has no page list: its pages cannot be set", edition);
        let hint = msg!("build the PDF too, to see why");
        found.push(Diagnostic::warning(codes::PAGE_LIST, message).hint(hint));
        job.book.settle(&mut found);
    }
    let e_book = epub::e_book(job, pages).take(&mut found);
    let pack = e_book.as_ref().map(|e_book| move |to: &mut dyn Write| e_book.pack(job.files, to));
    written(place, pack, About::default(), found, || started.elapsed())
}

/// What is reported of an artifact, apart from its size.
#[derive(Default)]
struct About {
    pages: Option<usize>,
    claim: Option<Message>,
}

/// Where an artifact is to stand, and the way there.
struct Place<'a> {
    path: PathBuf,
    terminal: &'a Terminal,
}

/// Writes all of a file.
fn whole(bytes: &[u8]) -> impl Fn(&mut dyn Write) -> io::Result<Vec<Diagnostic>> {
    move |to| to.write_all(bytes).map(|()| Vec::new())
}

/// Has an artifact written, unless there is none or something is wrong with it, be it only found in writing it.
fn written(
    Place { path, terminal }: Place<'_>,
    write: Option<impl Fn(&mut dyn Write) -> io::Result<Vec<Diagnostic>>>,
    About { pages, claim }: About,
    mut found: Vec<Diagnostic>,
    took: impl FnOnce() -> Duration,
) -> Artifact {
    let Some(write) = write.filter(|_| !diagnostic::any_error(&found)) else {
        return Ok(Reported::new(None, found));
    };
    let failed = |source| Error::Write { path: path.clone(), source };
    let mut shares = Shares::new(terminal.outlet(), &path);
    found.extend(write(&mut shares).map_err(failed)?);
    if diagnostic::any_error(&found) {
        return Ok(Reported::new(None, found));
    }
    let (content, bytes) = shares.finish().map_err(failed)?;
    let made = Made { path, pages, bytes, claim, took: took(), content, came: Came::Made, kept: None };
    Ok(Reported::new(Some(made), found))
}

pub(super) fn announce(made: Option<&Artifact>, terminal: &Terminal) {
    terminal.step(Step::Done);
    if let Some(Ok(Reported { value: Some(made), .. })) = made {
        if made.came == Came::Stayed {
            return terminal.detail(msg!("unchanged: {path}", path = here::short(&made.path)));
        }
        let pages = made.pages.map(|pages| plural!(pages, "{pages} page", "{pages} pages"));
        let size = indicatif::HumanBytes(made.bytes as u64).to_string();
        let facts = pages.into_iter().chain([Message::data(size)]).chain(made.claim.clone());
        let took = (made.came == Came::Made).then(|| Message::data(seconds(made.took)));
        let facts = Message::list(List::Phrases, facts.chain(took));
        let line = msg!("{path} ({facts})", path = here::short(&made.path), facts);
        terminal.done(if made.came == Came::Made { msg!("made") } else { msg!("cached") }, line);
    }
}
