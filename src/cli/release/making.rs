//! Everything of a release that is made of the book, in memory: the same for whoever releases it and for whoever looks whether it is the same.

use rayon::prelude::*;

use super::made::{Made, Making, looked_over, of, standards};
use super::samples;
use crate::align::{self, Alignment};
use crate::cli::artifacts::guarded;
use crate::cli::products::Product;
use crate::cli::told::drop_echoes;
use crate::diagnostic::any_error;
use crate::message::Message;
use crate::model::{EditionKind, Numbers, Profile};
use crate::release::Artifact;
use crate::typeset::{self, Job, Set};
use crate::{epub, pdf};

impl<'a> Making<'a> {
    /// Makes the editions of the book, with covers and samples.
    pub(in crate::cli) fn editions(self) -> Made {
        let editions = &self.book.editions;
        typeset::prepare(self.book, editions, self.files, false);
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
