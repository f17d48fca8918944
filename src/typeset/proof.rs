//! A proof: the pages of an edition with what preflight found drawn over them, and the list of it after them. A draft: the
//! same of a book that may be full of errors.
//!
//! The drawings are a small document of their own (`layouts/kit/proof.typ`), whose frames are laid over the pages. What
//! it says is handed to it as values, never as Typst source.

use std::collections::BTreeMap;

use typst::Library;
use typst::diag::Warned;
use typst::foundations::{Array, Dict, IntoValue, Smart, Value};
use typst::layout::{Abs, Point, Sides};
use typst::model::Document;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandards, Timestamp};

use super::broken::Broken;
use super::export::{compile, file};
use super::staging::{Main, datetime, world};
use super::{Draft, GENERATOR, Job, Set, convert, diagnostics};
use crate::diagnostic::{Diagnostic, Reported};
use crate::layout::{Layout, OptionValue};
use crate::message::{Locale, Message};

/// The layout of the drawings.
const MAIN: &str = "layouts/kit/proof.typ";

/// The main file of pages with their margins drawn; it takes in the layout's own.
const MARGINS: &str = "layouts/kit/margins.typ";

/// The option of layouts that can draw the lines of their grid.
const GRID: &str = "show-grid";

/// White around the bleed of a proof's pages in millimetres: its lines and notes on whole pages need a ground.
const SLUG: f64 = 9.0;

/// How many places of one note are drawn on a page; where a whole page is in the wrong black, more say nothing new.
const PLACES: usize = 3;

/// A finding as a proof shows it.
#[derive(Debug, Clone)]
pub struct Note {
    /// What was found.
    pub finding: Diagnostic,
    /// Its place in the manuscript, such as `manuscript/zh/01.md:12`.
    pub source: Option<String>,
    /// Page (from 1) and area of each place: left, upper edge, width and height in points from the left and the upper
    /// edge of the trimmed page; `None` for the whole page.
    pub places: Vec<(usize, Option<[f64; 4]>)>,
}

/// What a draft says of an edition.
#[derive(Debug, Clone)]
pub struct Annotations {
    /// How much is wrong, in a line.
    pub summary: Message,
    /// What is wrong, with the places of it.
    pub notes: Vec<Note>,
}

/// See [`super::set_with_lines`].
pub(super) fn set(job: &Job<'_>) -> Reported<Option<Set>> {
    let mut options = job.layout.options.clone();
    if let Some(OptionValue::Bool(drawn)) = options.get_mut(GRID) {
        *drawn = true;
    }
    let layout = Layout { options, ..job.layout.clone() };
    let job = Job { layout: &layout, ..*job };
    let mut found = Vec::new();
    let main = Main { path: MARGINS, covered: None };
    Reported::new(compile(&job, &main, &mut Broken::default(), &mut found), found)
}

/// See [`super::proof()`].
pub(super) fn proof(
    job: &Job<'_>,
    set: &Set,
    title: &str,
    summary: &Message,
    notes: &[Note],
    locale: Locale,
) -> Reported<Option<Vec<u8>>> {
    let mut found = Vec::new();
    let drawing = Drawing { title, summary: locale.say(summary), notes, locale, kind: Kind::Proof };
    let bytes = drawing.over(job, set, &mut found);
    let bytes = bytes.map_err(|mut errors| found.append(&mut errors)).ok();
    Reported::new(bytes, found)
}

/// See [`super::draft()`].
pub(super) fn draft(
    job: &Job<'_>,
    known: &[Diagnostic],
    title: &str,
    annotate: &dyn Fn(&Set, &[Diagnostic]) -> Annotations,
    locale: Locale,
) -> Reported<Option<Draft>> {
    let mut broken = Broken::known(known);
    let mut found = Vec::new();
    loop {
        let Some(set) = compile(job, &Main::pages(job), &mut broken, &mut found) else {
            return Reported::new(None, found);
        };
        let Annotations { summary, notes } = annotate(&set, &found);
        let drawing = Drawing { title, summary: locale.say(&summary), notes: &notes, locale, kind: Kind::Draft };
        match drawing.over(job, &set, &mut Vec::new()) {
            Ok(bytes) => return Reported::new(Some(Draft { bytes, pages: set.printed.pages() }), found),
            Err(errors) => {
                // What cannot be exported is left out as what cannot be set.
                let again = broken.note(&errors, job.book);
                found.extend(errors);
                if !again {
                    return Reported::new(None, found);
                }
            }
        }
    }
}

/// What is drawn over pages, and listed after them.
struct Drawing<'a> {
    title: &'a str,
    summary: String,
    notes: &'a [Note],
    locale: Locale,
    kind: Kind,
}

/// What the pages with the drawings are for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// To judge the pages: with their trim, bleed and margins.
    Proof,
    /// To read on: as readers see them, with a word that says what they are.
    Draft,
}

impl Drawing<'_> {
    /// The PDF of the pages of an edition with the drawings over them.
    fn over(&self, job: &Job<'_>, set: &Set, found: &mut Vec<Diagnostic>) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let main = Main { path: MAIN, covered: None };
        let mut world = world(job, &main, &Broken::default(), found);
        let mut library: Library = Library::clone(&world.library);
        library.global.scope_mut().define("proof", self.data(set.document.pages()));
        world.library = typst::utils::LazyHash::new(library);
        let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
        let bytes = output.and_then(|drawings| {
            let pages = self.overlaid(set.document.pages(), drawings.pages());
            let document = PagedDocument::new(pages.into_iter().collect(), set.document.info().clone());
            let options = PdfOptions {
                ident: Smart::Custom(format!("{}-{}", job.book.artifact_stem(job.edition), self.kind.name())),
                creator: Smart::Custom(Some(GENERATOR.to_owned())),
                timestamp: datetime(job.date).map(Timestamp::new_utc),
                standards: PdfStandards::default(),
                // The reading order of the drawings means nothing.
                tagged: false,
                page_ranges: None,
                pretty: false,
            };
            file(job, &document, &options, found)
        });
        bytes.map_err(|errors| diagnostics::convert(&world, job, &errors))
    }

    /// The pages with a drawing over each, and the drawings that are left: of a proof slug and all, of a draft trimmed.
    fn overlaid(&self, pages: &[Page], drawings: &[Page]) -> Vec<Page> {
        let mut out: Vec<Page> = pages.to_vec();
        for (page, drawing) in out.iter_mut().zip(drawings) {
            page.frame.push_frame(Point::zero(), drawing.frame.clone());
            page.bleed = match self.kind {
                Kind::Proof => page.bleed.map(|side| side + Abs::mm(SLUG)),
                Kind::Draft => Sides::default(),
            };
        }
        out.extend(drawings.iter().skip(pages.len()).cloned());
        out
    }

    fn data(&self, pages: &[Page]) -> Dict {
        let mut marks = self.marks();
        let pages = pages.iter().enumerate().map(|(index, page)| {
            let (placed, whole) = marks.remove(&(index + 1)).unwrap_or_default();
            let size = page.frame.size();
            Value::Dict(convert::dict([
                ("width", size.x.to_pt().into_value()),
                ("height", size.y.to_pt().into_value()),
                ("bleed", Value::Dict(bleed(page.bleed))),
                ("marks", Value::Array(placed)),
                ("whole", Value::Array(whole)),
            ]))
        });
        let pages = Value::Array(pages.collect());
        let notes = self.notes.iter().enumerate().map(|(index, note)| listed(index + 1, note, self.locale));
        convert::dict([
            ("title", self.title.into_value()),
            ("draft", (self.kind == Kind::Draft).into_value()),
            ("slug", SLUG.into_value()),
            ("summary", self.summary.as_str().into_value()),
            ("pages", pages),
            ("notes", Value::Array(notes.collect())),
        ])
    }

    /// The marks of each page (from 1): those with a place on it, and those of the whole page.
    fn marks(&self) -> BTreeMap<usize, (Array, Array)> {
        let mut marks: BTreeMap<usize, (Array, Array)> = BTreeMap::new();
        for (index, note) in self.notes.iter().enumerate() {
            let mut drawn: BTreeMap<usize, usize> = BTreeMap::new();
            for (page, area) in &note.places {
                let count = drawn.entry(*page).or_default();
                *count += 1;
                if *count > PLACES {
                    continue;
                }
                let (placed, whole) = marks.entry(*page).or_default();
                let mut mark = convert::dict([
                    ("number", (index + 1).into_value()),
                    ("severity", note.finding.severity.name().into_value()),
                ]);
                match area {
                    Some(area) => {
                        mark.insert("area".into(), Value::Array(area.iter().map(|n| n.into_value()).collect()));
                        placed.push(Value::Dict(mark));
                    }
                    None => whole.push(Value::Dict(mark)),
                }
            }
        }
        marks
    }
}

impl Kind {
    /// What the name of the file ends in.
    fn name(self) -> &'static str {
        match self {
            Kind::Proof => "proof",
            Kind::Draft => "draft",
        }
    }
}

fn bleed(sides: Sides<Abs>) -> Dict {
    let in_pt = |side: Abs| side.to_pt().into_value();
    convert::dict([
        ("left", in_pt(sides.left)),
        ("top", in_pt(sides.top)),
        ("right", in_pt(sides.right)),
        ("bottom", in_pt(sides.bottom)),
    ])
}

fn listed(number: usize, note: &Note, locale: Locale) -> Value {
    let hints = note.finding.hints.iter().map(|hint| locale.say(hint).into_value());
    Value::Dict(convert::dict([
        ("number", number.into_value()),
        ("severity", note.finding.severity.name().into_value()),
        ("check", note.finding.check.as_str().into_value()),
        ("message", locale.say(&note.finding.message).into_value()),
        ("source", convert::text(note.source.as_deref())),
        ("hints", Value::Array(hints.collect())),
    ]))
}
