//! What a build makes of each edition.

use super::args::{Build, Format};
use crate::message::{List, Message};
use crate::model::{Book, Lang, Profile};

/// A kind of artifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Product {
    Pdf(Profile),
    Epub,
    /// The cover in one piece.
    Cover,
}

impl Product {
    /// The artifact's name from the stem of its edition.
    pub(super) fn file_name(self, stem: &str) -> String {
        match self {
            Product::Pdf(profile) => format!("{stem}{}.pdf", profile.suffix()),
            Product::Epub => format!("{stem}.epub"),
            Product::Cover => format!("{stem}-cover.pdf"),
        }
    }
}

/// The products that were asked for: PDFs first, each once. The kinds of PDF are those of the command line, else those
/// of the book.
pub(super) fn products(args: &Build, book: &Book) -> Vec<Product> {
    let mut profiles: Vec<Profile> = args.profile.iter().map(|profile| (*profile).into()).collect();
    if profiles.is_empty() {
        profiles.clone_from(&book.pdf.profiles);
    }
    profiles.sort_unstable();
    profiles.dedup();
    let mut formats = args.format.clone();
    if formats.is_empty() {
        formats = vec![Format::Pdf, Format::Epub];
        formats.extend(book.meta.cover.is_some().then_some(Format::Cover));
    }
    formats.sort();
    formats.dedup();
    let of = |format: Format| match format {
        Format::Pdf => profiles.iter().copied().map(Product::Pdf).collect(),
        Format::Epub => vec![Product::Epub],
        Format::Cover => vec![Product::Cover],
    };
    formats.into_iter().flat_map(of).collect()
}

/// What became of the artifacts that were wanted.
pub(super) struct Results {
    /// How many were made.
    pub(super) made: usize,
    /// Names of those that could not be made.
    pub(super) failed: Vec<String>,
    /// Names of those that an error of the manuscript stopped.
    pub(super) held: Vec<String>,
}

impl Results {
    /// Whether all were made.
    pub(super) fn is_whole(&self) -> bool {
        self.failed.is_empty() && self.held.is_empty()
    }

    /// What was made, and what was not and why; `wrong` are the languages whose errors stopped an edition.
    pub(super) fn message<'b>(&self, wrong: impl Iterator<Item = &'b Lang>, time: String) -> Message {
        let (made, count) = (self.made, self.made + self.failed.len() + self.held.len());
        let text =
            plural!(count, "{made} of {count} artifact in {time}", "{made} of {count} artifacts in {time}", made, time);
        let failed = (!self.failed.is_empty())
            .then(|| msg!("not made: {files}", files = Message::list(List::Items, &self.failed)));
        let held = (!self.held.is_empty()).then(|| {
            let languages = Message::list(List::And, wrong.map(Lang::name));
            let files = Message::list(List::Items, &self.held);
            msg!("not made because of errors in {languages}: {files}", languages, files)
        });
        Message::list(List::Clauses, [text].into_iter().chain(failed).chain(held))
    }
}
