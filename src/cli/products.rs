//! What a build makes of each edition.

use super::args::{Build, Format};
use crate::model::{Book, Profile};

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
