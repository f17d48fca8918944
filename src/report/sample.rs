//! Findings for the tests of the forms.

use crate::checks::Waived;
use crate::diagnostic::Diagnostic;
use crate::manuscript::load_pair;
use crate::message::{Locale, Message};
use crate::model::{Book, Lang};
use crate::report::Report;
use crate::source::{FileId, SourceFile, Sources, Span};

/// What a report is made of.
pub(super) struct Sample {
    pub(super) sources: Sources,
    pub(super) file: FileId,
    pub(super) book: Option<Book>,
    pub(super) open: Vec<Diagnostic>,
    pub(super) waived: Vec<Waived>,
    pub(super) held: Option<Vec<Diagnostic>>,
}

impl Sample {
    /// One file and no finding.
    pub(super) fn new(path: &str, text: &str) -> Self {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new(path, text));
        Self { sources, file, book: None, open: Vec::new(), waived: Vec::new(), held: None }
    }

    /// Two chapters and what the checks find in them; `file` is the second.
    pub(super) fn checked(zh: &str, en: &str) -> Self {
        let mut sources = Sources::default();
        let files = [("manuscript/zh/a.md", zh), ("manuscript/en/a.md", en)];
        let files = files.map(|(name, text)| (name.to_owned(), format!("---\ntitle: T\n---\n{text}")));
        let langs = ["zh", "en"].map(|tag| Lang::new(tag).expect("a good tag"));
        let book = load_pair(&mut sources, files, langs, None).value;
        let checked = crate::checks::check(&book, &sources);
        let file = sources.find("manuscript/en/a.md").expect("it was added");
        Self { sources, file, book: Some(book), open: checked.open, waived: checked.waived, held: None }
    }

    pub(super) fn with<T>(&self, form: impl Fn(&Report<'_>) -> T) -> T {
        form(&Report {
            open: &self.open,
            waived: &self.waived,
            held: self.held.as_deref(),
            book: self.book.as_ref(),
            sources: &self.sources,
            prefix: "",
            locale: Locale::English,
        })
    }
}

/// A finding at some bytes of the sample's file.
pub(super) fn finding_in(sample: &Sample, range: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic::error("number".into(), Message::data("m")).at(Span::new(sample.file, range))
}
