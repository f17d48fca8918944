//! What the program has to say to an author: one data type for every form of report.

use std::fmt;

use crate::message::Message;
use crate::source::Span;

/// The name of one kind of finding, for example `missing-image`. There is one for each check and one for each entry of
/// [`codes::ALL`](crate::codes::ALL), and each has a page that `dama-pub explain` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// For the table of [`codes`](crate::codes) and for the checks alone: a test finds any other caller.
    pub(crate) const fn registered(name: &'static str) -> Self {
        Self(name)
    }

    /// The name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// Tests may make up names.
#[cfg(test)]
impl From<&'static str> for Code {
    fn from(name: &'static str) -> Self {
        Self(name)
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Info,
    /// Probably wrong.
    Warning,
    /// Surely wrong: the run ends with exit code 1.
    Error,
}

impl Severity {
    /// The word used in every report format.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The word in front of a message to a person.
    pub fn word(self) -> Message {
        match self {
            Severity::Info => msg!("info"),
            Severity::Warning => msg!("warning"),
            Severity::Error => msg!("error"),
        }
    }
}

/// A span with a few words beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The text that is underlined.
    pub span: Span,
    /// What stands beside the underline; may be empty.
    pub text: Message,
}

/// A change of the manuscript that fixes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Most places that one finding labels besides its first.
const LABELLED: usize = 2;

/// One finding: what is wrong, where, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub check: Code,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence, no final stop.
    pub message: Message,
    /// Where it is; absent only when the finding concerns no file.
    pub primary: Option<Label>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// All further places of the same fault in a chapter, where it is told once: the first few are labelled too.
    pub also: Vec<Span>,
    /// How to fix it; each is one sentence.
    pub hints: Vec<Message>,
    /// Changes that fix it without any judgement of an editor; they do not overlap.
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    /// A finding of the given severity with no place yet.
    pub fn new(severity: Severity, check: Code, message: Message) -> Self {
        Self {
            check,
            severity,
            message,
            primary: None,
            labels: Vec::new(),
            also: Vec::new(),
            hints: Vec::new(),
            edits: Vec::new(),
        }
    }

    /// An error.
    pub fn error(check: Code, message: Message) -> Self {
        Self::new(Severity::Error, check, message)
    }

    /// A warning.
    pub fn warning(check: Code, message: Message) -> Self {
        Self::new(Severity::Warning, check, message)
    }

    /// Sets the primary place, with no words beside it.
    pub fn at(self, span: Span) -> Self {
        self.at_with(span, Message::empty())
    }

    /// Sets the primary place and the words beside it.
    pub fn at_with(mut self, span: Span, text: Message) -> Self {
        self.primary = Some(Label { span, text });
        self
    }

    /// Sets as primary place the first of several in a chapter, with their number beside it; the next few are labelled.
    pub(crate) fn at_first_of(mut self, places: &[Span]) -> Self {
        match places {
            [] => self,
            [only] => self.at(*only),
            [first, others @ ..] => {
                self.also = others.to_vec();
                let found = self.at_with(*first, msg!("the first of {n} in this chapter", n = places.len()));
                others.iter().take(LABELLED).fold(found, |found, place| found.label(*place, msg!("here too")))
            }
        }
    }

    /// Adds a second place.
    pub fn label(mut self, span: Span, text: Message) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// Adds a way to fix it.
    pub fn hint(mut self, text: Message) -> Self {
        self.hints.push(text);
        self
    }

    /// Adds a change that fixes it.
    pub fn edit(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edits.push(Edit { span, text: text.into() });
        self
    }
}

/// A value together with what was found while making it: nothing stops at the first trouble.
#[derive(Debug, Clone)]
pub struct Reported<T> {
    /// The value, as good as it could be made.
    pub value: T,
    /// What was found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Reported<T> {
    /// A value with nothing to report.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// A value with findings.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Moves the findings into `sink` and gives the value.
    pub fn take(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}

/// Whether any finding is an error.
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Sorts findings by file, place and check, those without a place first, and drops exact repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| d.primary.as_ref().map(|l| l.span);
        key(a)
            .cmp(&key(b))
            .then(b.severity.cmp(&a.severity))
            .then_with(|| a.check.cmp(&b.check))
            .then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
}

/// The candidate nearest to `word`, if near enough to be a likely slip. Two letters in the wrong order are one slip, as one
/// letter too many, missing or wrong. Words of two letters that share none are not alike.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = ((length / 3).max(1) + 1).min(length.saturating_sub(1).max(1));
    candidates
        .into_iter()
        .map(|c| (strsim::osa_distance(word, c), c))
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, _)| *d)
        .map(|(_, c)| c)
}

/// Looks for the [`nearest`] candidates of slips, but not of endlessly many: what a book has hundreds of are no slips, and each
/// costs a look at every candidate.
#[derive(Debug, Default)]
pub(crate) struct Slips {
    looked: usize,
}

impl Slips {
    /// Most words that are looked for.
    const MOST: usize = 200;

    /// The candidate nearest to a word, if there is one and not too many were looked for before.
    pub(crate) fn nearest<'a>(&mut self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        self.looked += 1;
        if self.looked <= Self::MOST { nearest(word, candidates) } else { None }
    }
}

#[cfg(test)]
pub(crate) mod anywhere;

#[cfg(test)]
mod tests {
    use super::{Slips, nearest};

    #[test]
    fn of_endlessly_many_slips_the_first_are_looked_for() {
        let mut slips = Slips::default();
        let found = (0..3 * Slips::MOST).filter_map(|_| slips.nearest("titel", ["title"]));
        assert_eq!(found.count(), Slips::MOST);
    }

    #[test]
    fn the_nearest_is_what_one_slip_makes() {
        assert_eq!(
            nearest("autohr", ["auto", "author"]),
            Some("author"),
            "two letters in the wrong order are one slip"
        );
        assert_eq!(nearest("titel", ["title", "subtitle"]), Some("title"));
        assert_eq!(nearest("作着", ["编者", "作者"]), Some("作者"), "letters are counted, not bytes");
        assert_eq!(nearest("publisher", ["title", "author"]), None);
        assert_eq!(nearest("fr", ["zh", "en"]), None, "nothing is alike");
    }
}
