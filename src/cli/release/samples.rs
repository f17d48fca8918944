//! The sample of an edition: pages and e-book.

use super::made::{Made, Making, looked_over, standards};
use crate::align;
use crate::diagnostic::any_error;
use crate::layout;
use crate::message::Message;
use crate::model::{EditionKind, Profile, Sample};
use crate::release::{Artifact, sample};
use crate::source::Sources;
use crate::typeset::{self, Job};
use crate::{epub, pdf};

/// Makes the sample of an edition; of a book that has no more chapters than the sample would there is none.
pub(super) fn make(whole: Making<'_>, edition: &EditionKind, wanted: Sample, made: &mut Made) {
    let stem = format!("{}-sample", whole.book.artifact_stem(edition));
    let Some(files) = sample::files((whole.book, whole.sources), whole.files, edition, wanted.chapters) else { return };
    let mut sources = Sources::default();
    // The whole book was read without an error; a part of it lacks what it leaves out.
    let Some((mut book, layouts)) = layout::load(&files, &mut sources).value else { return };
    sample::complete(&mut book, &files, &mut sources);
    let mut found = Vec::new();
    let names = [format!("{stem}.pdf"), format!("{stem}.epub")];
    let alignments = align::align_for(std::slice::from_ref(edition), &book);
    let unmade = |made: &mut Made| made.unmade.extend(names.iter().map(Message::data));
    let Some(layout) = layouts.get(edition) else { return unmade(made) };
    let (sources, date) = (&sources, whole.date);
    let job = Job { book: &book, edition, layout, files: &files, sources, date, alignments: &alignments };
    let set = typeset::set(job).take(&mut found).filter(|_| !any_error(&found));
    let Some(set) = set else { return unmade(made) };
    let of = |file: Artifact| Artifact { edition: Some(edition.name().to_owned()), ..file };
    let pages = pdf::export(job, &set, Profile::Screen).take(&mut found);
    if let Some(bytes) = &pages {
        // What is found on pages of the whole book is found there.
        let mut looked = Made::default();
        looked_over(job, &set, &names[0], bytes, Profile::Screen, &mut looked);
        made.faces.extend(looked.faces);
        made.pages += looked.pages;
    }
    made.add(&names[0], "sample-pdf", pages, |file| Artifact {
        profile: Some(Profile::Screen.name().to_owned()),
        pages: Some(set.printed.pages()),
        standards: standards(job, Profile::Screen),
        ..of(file)
    });
    let e_book = epub::epub(job, Some(&set)).take(&mut found).filter(|_| !any_error(&found));
    made.add(&names[1], "sample-epub", e_book, |file| Artifact { standards: vec!["EPUB 3.3".to_owned()], ..of(file) });
}
