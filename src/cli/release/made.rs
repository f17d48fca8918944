//! What a release is made from, and what was made of it.

use std::collections::BTreeSet;

use crate::checks::print::Origin;
use crate::cli::preflight::look;
use crate::diagnostic::{Diagnostic, Severity};
use crate::layout::Layouts;
use crate::message::Message;
use crate::model::{Book, DEFAULT_PDF_STANDARDS, EditionKind, Profile};
use crate::release::Artifact;
use crate::source::{Files, Sources};
use crate::typeset::{BuildDate, Job, Set};

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
    pub(super) fn and(mut self, other: Self) -> Self {
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

/// A file of an edition.
pub(super) fn of(edition: &EditionKind, file: Artifact) -> Artifact {
    Artifact { edition: Some(edition.name().to_owned()), ..file }
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
