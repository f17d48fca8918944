//! One edition compiled and exported.

use typst::diag::{SourceResult, Warned};
use typst::foundations::Smart;
use typst::layout::{Abs, Sides};
use typst::model::Document;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, Timestamp};

use super::broken::Broken;
use super::divisions::Levels;
use super::staging::{Main, datetime, world};
use super::{
    CACHE_AGE, GENERATOR, Job, Set, addresses, cmyk, culprits, diagnostics, mend, once, pages, printed, remarks,
    rounds, standards, standin,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, Reported, any_error};
use crate::model::Profile;

/// See [`super::set`] and [`super::set_in_spite_of`].
pub(super) fn set(job: &Job<'_>, known: &[Diagnostic]) -> Reported<Option<Set>> {
    let mut found = Vec::new();
    let set = compile(job, &Main::pages(job), &mut Broken::known(known), &mut found);
    comemo::evict(CACHE_AGE);
    Reported::new(set, found)
}

/// See [`super::set_once`].
pub(super) fn set_once(job: &Job<'_>) -> Reported<Option<Set>> {
    let _turn = once::begin();
    let finish = |job: &Job<'_>, document| {
        once::forget();
        mended(job, document)
    };
    let mut found = Vec::new();
    let set = compile_for(job, &Main::pages(job), &mut Broken::default(), &mut found, &Way { earlier: None, finish });
    Reported::new(set, found)
}

/// See [`super::set_to_look_at`].
pub(super) fn set_to_look_at(job: &Job<'_>, earlier: Option<&Set>) -> Reported<Option<Set>> {
    let way = Way { earlier: earlier.map(|set| &set.document), finish: |_, document| mend::visibly(document) };
    let mut found = Vec::new();
    let set = compile_for(job, &Main::pages(job), &mut Broken::default(), &mut found, &way);
    Reported::new(set, found)
}

fn mended(job: &Job<'_>, document: PagedDocument) -> PagedDocument {
    let levels = Levels::of(job, &document);
    mend::mended(document, &levels)
}

/// From what pages begin, and how they are finished.
struct Way<'a> {
    earlier: Option<&'a PagedDocument>,
    finish: fn(&Job<'_>, PagedDocument) -> PagedDocument,
}

/// See [`super::cover`].
pub(super) fn cover(job: &Job<'_>, pages: usize) -> Reported<Option<Set>> {
    let mut found = Vec::new();
    let Some(main) = &job.layout.cover else {
        let message = msg!("the layout `{name}` draws no cover", name = job.layout.name.as_str());
        let hint = msg!("add a cover.typ to the layout; see layouts/README.md");
        found.push(Diagnostic::error(codes::MISSING_COVER, message).hint(hint));
        return Reported::new(None, found);
    };
    let main = Main { path: main, covered: Some(pages) };
    let mut set = compile(job, &main, &mut Broken::default(), &mut found);
    if let Some(set) = &mut set {
        let made = job.book.meta.cover.clone().unwrap_or_default();
        set.folds = folds(&set.document, Abs::mm(made.spine_of(pages)));
    }
    Reported::new(set, found)
}

/// See [`super::export()`].
pub(super) fn export(job: &Job<'_>, set: &Set, profile: Profile) -> Reported<Option<Vec<u8>>> {
    let mut found = Vec::new();
    let screen = if profile == Profile::Screen { for_screens(&set.document) } else { None };
    let document = screen.as_ref().unwrap_or(&set.document);
    found.extend(addresses::risky(document));
    let bytes = write(job, document, profile, &mut found).filter(|_| !any_error(&found));
    Reported::new(bytes, found)
}

/// See [`super::document`].
pub(super) fn document(job: &Job<'_>) -> Reported<Option<PagedDocument>> {
    let mut found = Vec::new();
    let set = set(job, &[]).take(&mut found).filter(|_| !any_error(&found));
    let document = set.map(|set| standin::restored(&set.document, job.files));
    Reported::new(document, found)
}

/// A cover's sheet holds its spine in the middle.
fn folds(sheet: &PagedDocument, spine: Abs) -> Vec<f64> {
    let Some(page) = sheet.pages().first() else { return Vec::new() };
    let middle = page.frame.width() / 2.0;
    [middle - spine / 2.0, middle + spine / 2.0].map(Abs::to_pt).to_vec()
}

/// How often an edition is set again without what Typst could not lay out.
const ROUNDS: usize = 20;

/// The finished pages, whether good or not. What cannot be laid out is noted in `broken`, and a mark stands in its place;
/// they are absent when Typst stops at the layout itself.
pub(super) fn compile(job: &Job<'_>, main: &Main<'_>, broken: &mut Broken, found: &mut Vec<Diagnostic>) -> Option<Set> {
    compile_for(job, main, broken, found, &Way { earlier: None, finish: mended })
}

fn compile_for(
    job: &Job<'_>,
    main: &Main<'_>,
    broken: &mut Broken,
    found: &mut Vec<Diagnostic>,
    way: &Way<'_>,
) -> Option<Set> {
    let mut said = Vec::new();
    for _ in 0..ROUNDS {
        let mut round = Vec::new();
        let world = world(job, main, broken, &mut round);
        let Warned { output, warnings } = rounds::compile(&world, way.earlier);
        round.extend(diagnostics::convert(&world, job, &warnings));
        let errors = match output {
            Ok(document) => {
                said.extend(round);
                let mut pages = pages::look(job, &document);
                said.append(&mut pages.findings);
                said.extend(remarks::findings(job, &document));
                settle(job, said, found);
                let printed = printed::printed(job, &document, pages);
                return Some(Set { document: (way.finish)(job, document), printed, folds: Vec::new() });
            }
            Err(errors) => diagnostics::convert(&world, job, &errors),
        };
        if broken.note(&errors, job.book) {
            said.extend(errors);
            continue;
        }
        let culprits = culprits::leave_out(job, main, broken);
        if culprits.is_empty() {
            said.extend(errors.into_iter().chain(round));
            break;
        }
        let blamed = |error: &Diagnostic| {
            culprits.iter().map(|block| culprits::at_block(error, *block, job)).collect::<Vec<_>>()
        };
        said.extend(errors.iter().flat_map(blamed));
    }
    settle(job, said, found);
    None
}

/// Adds findings once each, with the levels of the book.
fn settle(job: &Job<'_>, mut said: Vec<Diagnostic>, found: &mut Vec<Diagnostic>) {
    job.book.settle(&mut said);
    for one in said {
        if !found.contains(&one) {
            found.push(one);
        }
    }
}

fn write(job: &Job<'_>, document: &PagedDocument, profile: Profile, found: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
    let options = PdfOptions {
        ident: Smart::Custom(job.book.artifact_stem(job.edition) + profile.suffix()),
        creator: Smart::Custom(Some(GENERATOR.to_owned())),
        timestamp: datetime(job.date).map(Timestamp::new_utc),
        standards: standards::of(job, profile, found),
        tagged: true,
        page_ranges: None,
        pretty: false,
    };
    match file(job, document, &options, found) {
        Ok(mut bytes) => {
            // What a signature appends must begin a line: ISO 19005-2, 6.1.9.
            bytes.push(b'\n');
            Some(bytes)
        }
        Err(errors) => {
            let world = world(job, &Main::pages(job), &Broken::default(), &mut Vec::new());
            found.extend(diagnostics::convert(&world, job, &errors));
            None
        }
    }
}

/// The file of some pages, with their pictures.
pub(super) fn file(
    job: &Job<'_>,
    document: &PagedDocument,
    options: &PdfOptions,
    found: &mut Vec<Diagnostic>,
) -> SourceResult<Vec<u8>> {
    let (document, mut embedded) = standin::for_export(document, job.files);
    let file = typst_pdf::pdf(&document, options).map(|bytes| standin::embed(bytes, &mut embedded, job.files));
    found.extend(embedded.changed.iter().map(|path| changed(path)));
    file
}

/// See [`super::changed`].
pub(super) fn changed(path: &str) -> Diagnostic {
    let message = msg!("{path} was changed during the run; run the command again", path);
    Diagnostic::error(codes::UNREADABLE_IMAGE, message)
}

/// The document as its readers see it, without bleed and in RGB; `None` if it is so anyway.
pub(super) fn for_screens(document: &PagedDocument) -> Option<PagedDocument> {
    let trimmed = trimmed(document);
    cmyk::for_screens(trimmed.as_ref().unwrap_or(document)).or(trimmed)
}

/// The document without bleed; `None` if it has none anyway.
fn trimmed(document: &PagedDocument) -> Option<PagedDocument> {
    let bleeds = document.pages().iter().any(|page| !page.bleed.is_zero());
    let cut = |page: &Page| Page { bleed: Sides::default(), ..page.clone() };
    bleeds.then(|| PagedDocument::new(document.pages().iter().map(cut).collect(), document.info().clone()))
}
