//! Findings written down, and read again in the texts of another run.

use super::finding::{KeptFinding, Place};
use crate::checks;
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Edit, Label, Severity};
use crate::message::Message;
use crate::source::{FileId, Sources, Span};

impl KeptFinding {
    /// A finding in these sources.
    pub(in crate::cli) fn of(finding: &Diagnostic, sources: &Sources) -> Self {
        let place = |span: Span| (sources.get(span.file).path().to_owned(), span.start, span.end);
        let label = |label: &Label| (place(label.span), label.text.clone());
        Self {
            check: finding.check.as_str().to_owned(),
            severity: finding.severity.name().to_owned(),
            message: finding.message.clone(),
            primary: finding.primary.as_ref().map(label),
            labels: finding.labels.iter().map(label).collect(),
            also: finding.also.iter().copied().map(place).collect(),
            hints: finding.hints.clone(),
            edits: finding.edits.iter().map(|edit| (place(edit.span), edit.text.clone())).collect(),
        }
    }

    /// The finding again; `file` names the files. `None` where one of them is not there, or this program knows no such finding.
    pub(in crate::cli) fn finding(&self, file: &mut dyn FnMut(&str) -> Option<FileId>) -> Option<Diagnostic> {
        let mut span = |(path, start, end): &Place| {
            let file = file(path)?;
            (start <= end).then(|| Span::new(file, *start..*end))
        };
        let mut label = |(place, text): &(Place, Message)| Some(Label { span: span(place)?, text: text.clone() });
        let primary = match &self.primary {
            Some(primary) => Some(label(primary)?),
            None => None,
        };
        let labels = self.labels.iter().map(&mut label).collect::<Option<Vec<Label>>>()?;
        let also = self.also.iter().map(&mut span).collect::<Option<Vec<Span>>>()?;
        let edit = |(place, text): &(Place, String)| Some(Edit { span: span(place)?, text: text.clone() });
        let edits = self.edits.iter().map(edit).collect::<Option<Vec<Edit>>>()?;
        let (hints, message) = (self.hints.clone(), self.message.clone());
        Some(Diagnostic {
            check: code(&self.check)?,
            severity: severity(&self.severity)?,
            message,
            primary,
            labels,
            also,
            hints,
            edits,
        })
    }
}

fn code(name: &str) -> Option<Code> {
    codes::named(name).map(|entry| entry.code).or_else(|| checks::named(name).map(|check| check.name))
}

fn severity(name: &str) -> Option<Severity> {
    [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn a_finding_is_read_as_it_was_written() {
        let mut sources = Sources::default();
        let [book, chapter] = ["manuscript/book.yaml", "manuscript/zh/一.md"]
            .map(|path| sources.add(SourceFile::new(path, "一二三四五六")));
        let finding =
            Diagnostic::warning(codes::IGNORED_FILE, msg!("cannot read {path}: {reason}", path = "a", reason = "b"))
                .at_with(Span::new(chapter, 3..6), Message::data("hier"))
                .label(Span::new(book, 0..3), msg!("here too"))
                .hint(Message::data("h"))
                .edit(Span::new(chapter, 0..0), "零");
        let text = serde_json::to_string(&KeptFinding::of(&finding, &sources)).unwrap();
        let kept: KeptFinding = serde_json::from_str(&text).unwrap();
        assert_eq!(kept.finding(&mut |path| sources.find(path)), Some(finding));
        assert_eq!(kept.finding(&mut |_| None), None, "a file is gone");
    }
}
