//! What a build tells of its findings: each once, to a person or to a program.

use super::args::{FailOn, Form};
use super::terminal::Terminal;
use super::{form, here};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::model::Book;
use crate::project::Project;
use crate::report::{Report, Whole};
use crate::source::{Sources, SpanSet};

/// What a report tells of a run beside its findings.
pub(super) struct BuildRun<'a> {
    pub(super) form: Form,
    pub(super) limit: FailOn,
    pub(super) project: &'a Project,
    /// The book, if it could be read.
    pub(super) book: Option<&'a Book>,
}

impl BuildRun<'_> {
    /// Shows findings: to a person on stderr, to a program on stdout.
    ///
    /// # Errors
    /// [`Error::Write`] when a program would get only a part; a reader who has seen enough is not an error.
    pub(super) fn tell(&self, terminal: &Terminal, found: &[Diagnostic], sources: &Sources) -> Result<(), Error> {
        let prefix = here::prefix(self.project.root());
        let locale = terminal.locale_of(self.form);
        let report = Report { open: found, waived: &[], held: None, book: self.book, sources, prefix: &prefix, locale };
        match form::written(self.form, &report) {
            Some(text) => terminal.print_form(self.form, &text)?,
            None => terminal.some_of(found, sources, Whole::Build),
        }
        Ok(())
    }
}

/// Takes out what Typst says of places where reading the manuscript has found the cause.
pub(super) fn without_echoes(found: &mut Vec<Diagnostic>, known: &[Diagnostic]) {
    let places = |finding: &Diagnostic| finding.primary.as_ref().map(|label| label.span);
    let every = |finding: &Diagnostic| places(finding).into_iter().chain(finding.also.clone());
    let causes: SpanSet = known.iter().flat_map(every).collect();
    found.retain(|finding| match places(finding).filter(|_| finding.check == codes::TYPESET) {
        Some(place) => !causes.has_inside(place) && !causes.encloses(place),
        None => true,
    });
}

/// PDF and EPUB both set formulas: of one cause only the finding with the narrower place is kept.
pub(super) fn drop_echoes(found: &mut Vec<Diagnostic>) {
    let typeset = found.iter().filter(|finding| finding.check == codes::TYPESET);
    let exact: SpanSet = typeset.filter_map(|finding| Some(finding.primary.as_ref()?.span)).collect();
    found.retain(|finding| match &finding.primary {
        Some(label) if finding.check == codes::BROKEN_FORMULA => !exact.has_inside(label.span),
        _ => true,
    });
}

#[cfg(test)]
mod tests {
    use super::without_echoes;
    use crate::codes;
    use crate::diagnostic::Diagnostic;
    use crate::message::Message;
    use crate::source::{SourceFile, Sources, Span};

    #[test]
    fn each_place_of_a_fault_that_is_told_once_has_echoes() {
        let file = Sources::default().add(SourceFile::new("a.md", "甲".repeat(20)));
        let places: Vec<Span> = (0..5).map(|n| Span::new(file, 6 * n..6 * n + 3)).collect();
        let known = Diagnostic::error(codes::UNKNOWN_ID, Message::empty()).at_first_of(&places);
        let echo = |place: &Span| Diagnostic::error(codes::TYPESET, Message::empty()).at(*place);
        let mut found: Vec<Diagnostic> = places.iter().map(echo).collect();
        without_echoes(&mut found, &[known]);
        assert_eq!(found, []);
    }
}
