//! Everything of a release that is made of the book, in memory: the same for whoever releases it and for whoever looks whether it is the same.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::samples;
use crate::align::{self, Alignment};
use crate::checks::print::Origin;
use crate::cli::artifacts::guarded;
use crate::cli::preflight::look;
use crate::cli::products::Product;
use crate::cli::told::drop_echoes;
use crate::diagnostic::{Diagnostic, Severity, any_error};
use crate::layout::Layouts;
use crate::message::Message;
use crate::model::{Book, DEFAULT_PDF_STANDARDS, EditionKind, Numbers, Profile};
use crate::release::Artifact;
use crate::source::{Files, Sources};
use crate::typeset::{self, BuildDate, Job, Set};
use crate::{epub, pdf};

/// What a release is made from.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Making<'a> {
    pub(in crate::cli) book: &'a Book,
    pub(in crate::cli) layouts: &'a Layouts,
    pub(in crate::cli) files: &'a dyn Files,
    pub(in crate::cli) sources: &'a Sources,
    pub(in crate::cli) date: BuildDate,
}

/// What was made.
#[derive(Default)]
pub(in crate::cli) struct Made {
    /// The files, in the order of their names.
    pub(in crate::cli) files: Vec<(Artifact, Vec<u8>)>,
    /// What was found in making them.
    pub(in crate::cli) found: Vec<Diagnostic>,
    /// The names of the fonts in them.
    pub(in crate::cli) faces: BTreeSet<String>,
    /// What could not be made.
    pub(in crate::cli) unmade: Vec<Message>,
    /// How many pages were looked over.
    pub(in crate::cli) pages: usize,
}

impl Made {
    fn and(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        self.found.extend(other.found);
        self.faces.extend(other.faces);
        self.unmade.extend(other.unmade);
        self.pages += other.pages;
        self
    }

    /// Adds a file, or says that there is none.
    pub(in crate::cli) fn add(
        &mut self,
        name: &str,
        kind: &str,
        bytes: Option<Vec<u8>>,
        facts: impl FnOnce(Artifact) -> Artifact,
    ) {
        match bytes {
            Some(bytes) => self.files.push((facts(Artifact::of(name, kind, &bytes)), bytes)),
            None => self.unmade.push(Message::data(name)),
        }
    }
}

impl<'a> Making<'a> {
    /// Makes the editions of the book, with covers and samples.
    pub(in crate::cli) fn editions(self) -> Made {
        let editions = &self.book.editions;
        typeset::decode_pictures(self.book, editions, self.files);
        let alignments = align::align_for(editions, self.book);
        let one = |edition: &EditionKind| {
            let lost = || Made { unmade: vec![Message::data(self.book.artifact_stem(edition))], ..Made::default() };
            guarded(|| self.edition(edition, &alignments)).unwrap_or_else(lost)
        };
        let mut made = editions.par_iter().map(one).reduce(Made::default, Made::and);
        made.files.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        drop_echoes(&mut made.found);
        made
    }

    fn edition(self, edition: &'a EditionKind, alignments: &[Alignment<'_>]) -> Made {
        let mut made = Made::default();
        let stem = self.book.artifact_stem(edition);
        let Some(layout) = self.layouts.get(edition) else {
            made.unmade.push(Message::data(stem));
            return made;
        };
        let Self { book, files, sources, date, .. } = self;
        let job = Job { book, edition, layout, files, sources, date, alignments };
        let Some(set) = typeset::set(job).take(&mut made.found).filter(|_| !any_error(&made.found)) else {
            made.unmade.push(Message::data(stem));
            return made;
        };
        for profile in &book.pdf.profiles {
            pages(job, &set, *profile, &stem, &mut made);
        }
        if book.meta.cover.is_some() {
            jacket(job, &set, &stem, &mut made);
        }
        let numbers = self.numbers(edition);
        let e_book = epub::epub(job, Some(&set)).take(&mut made.found).filter(|_| !any_error(&made.found));
        made.add(&Product::Epub.file_name(&stem), "epub", e_book, |file| Artifact {
            isbn: numbers.and_then(|numbers| numbers.epub.clone()),
            standards: vec!["EPUB 3.3".to_owned()],
            ..of(edition, file)
        });
        let picture = epub::cover_picture(job, &set);
        made.add(&format!("{stem}-cover.jpg"), "cover-picture", picture, |file| of(edition, file));
        if let Some(sample) = book.meta.release.as_ref().and_then(|release| release.sample) {
            samples::make(self, edition, sample, &mut made);
        }
        made
    }

    fn numbers(self, edition: &EditionKind) -> Option<&'a Numbers> {
        self.book.meta.identifier.get(edition.name())
    }
}

fn of(edition: &EditionKind, file: Artifact) -> Artifact {
    Artifact { edition: Some(edition.name().to_owned()), ..file }
}

/// Makes and looks over a PDF of the pages.
fn pages(job: Job<'_>, set: &Set, profile: Profile, stem: &str, made: &mut Made) {
    let name = Product::Pdf(profile).file_name(stem);
    let bytes = pdf::export(job, set, profile).take(&mut made.found);
    if let Some(bytes) = &bytes {
        looked_over(job, set, &name, bytes, profile, made);
    }
    let numbers = job.book.meta.identifier.get(job.edition.name());
    made.add(&name, "pdf", bytes, |file| Artifact {
        profile: Some(profile.name().to_owned()),
        pages: Some(set.printed.pages()),
        isbn: numbers.and_then(|numbers| match profile {
            Profile::Screen => numbers.pdf.clone(),
            Profile::Print => numbers.print.clone(),
        }),
        standards: standards(job, profile),
        ..of(job.edition, file)
    });
}

/// Makes and looks over the cover in one piece.
fn jacket(job: Job<'_>, set: &Set, stem: &str, made: &mut Made) {
    let name = Product::Cover.file_name(stem);
    let sheet = typeset::cover(job, set.printed.pages()).take(&mut made.found);
    let bytes = sheet.and_then(|sheet| {
        let bytes = pdf::export(job, &sheet, Profile::Print).take(&mut made.found)?;
        looked_over(job, &sheet, &name, &bytes, Profile::Print, made);
        Some(bytes)
    });
    let numbers = job.book.meta.identifier.get(job.edition.name());
    made.add(&name, "cover", bytes, |file| Artifact {
        profile: Some(Profile::Print.name().to_owned()),
        pages: Some(1),
        isbn: numbers.and_then(|numbers| numbers.print.clone()),
        standards: standards(job, Profile::Print),
        ..of(job.edition, file)
    });
}

/// Notes what preflight finds in a PDF, and which fonts it holds.
pub(super) fn looked_over(job: Job<'_>, set: &Set, name: &str, bytes: &[u8], profile: Profile, made: &mut Made) {
    let origin = Origin { book: job.book, edition: job.edition, printed: &set.printed };
    let looked = look(name.to_owned(), "", bytes, Some(profile), Some(origin));
    if let Some(facts) = &looked.facts {
        made.faces.extend(facts.fonts.iter().map(|font| font.name.clone()));
        made.pages += facts.pages.len();
    }
    let found = looked.flaws.into_iter().map(|flaw| flaw.finding);
    made.found.extend(found.filter(|finding| finding.severity > Severity::Info));
}

/// The standards that a PDF claims, as their books call them.
pub(super) fn standards(job: Job<'_>, profile: Profile) -> Vec<String> {
    let asked = job.book.pdf.standards.as_ref().map(|asked| asked.iter().map(|name| name.value.clone()).collect());
    let names: Vec<String> = match profile {
        Profile::Print if job.book.pdf.output_intent.is_some() => vec!["x-4".to_owned()],
        Profile::Print => vec!["1.6".to_owned()],
        Profile::Screen => asked
            .or_else(|| job.layout.standards.clone())
            .unwrap_or_else(|| DEFAULT_PDF_STANDARDS.map(str::to_owned).to_vec()),
    };
    names.iter().map(|name| if name.contains('-') { pdf_name(name) } else { format!("PDF {name}") }).collect()
}

/// `a-2a` as `PDF/A-2a`, `ua-1` as `PDF/UA-1`.
fn pdf_name(name: &str) -> String {
    match name.split_once('-') {
        Some((family, part)) => format!("PDF/{}-{part}", family.to_uppercase()),
        None => name.to_owned(),
    }
}
