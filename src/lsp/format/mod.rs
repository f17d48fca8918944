//! A chapter in good order: blank lines, blanks at the ends of lines, marks of lists, and where it is wished each sentence on a line
//! of its own.
//!
//! Law: what the chapter says, to the last mark, is what it said. A change is made only if the text with it reads as the text
//! without it; where several changes do not, those of them are left out that are to blame. What is in order stays byte for byte.

mod lines;
mod sentences;

use std::ops::Range;

use lsp_types::{TextEdit, Uri};

use super::Reading;
use super::actions::replaced;
use crate::manuscript::parse_chapter;
use crate::model::{Chapter, Lang};
use crate::source::{FileId, SourceFile, Sources, Span};

/// How a chapter is wished.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wishes {
    /// Each sentence on a line of its own.
    pub(crate) sentences: bool,
}

/// How often a text is gone over until nothing changes.
const ROUNDS: usize = 4;

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    range: Range<usize>,
    text: String,
}

impl Reading {
    /// The changes that bring a document into good order; none for what is no chapter, or cannot be read.
    pub(crate) fn formatted(&self, uri: &Uri, wishes: Wishes) -> Vec<TextEdit> {
        let Some(file) = self.file(uri).filter(|file| self.is_as_written(*file)) else { return Vec::new() };
        let Some(chapter) = self.chapter(file) else { return Vec::new() };
        let text = self.text(file);
        let new = format(&chapter.path, &chapter.lang, text, wishes);
        if new == text {
            return Vec::new();
        }
        let (range, new) = replaced(text, &new);
        vec![TextEdit { range: self.range(Span::new(file, range)), new_text: new.to_owned() }]
    }
}

/// The text in good order.
pub(super) fn format(path: &str, lang: &Lang, text: &str, wishes: Wishes) -> String {
    let reader = Reader::new(path, lang, text);
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let lined = reader.changed(&text, &lines::changes(&text));
        let new = match wishes.sentences {
            true => reader.changed(&lined, &sentences::changes(&reader.chapter(&lined), &lined, lang)),
            false => lined,
        };
        if new == text {
            break;
        }
        text = new;
    }
    text
}

/// Knows what a text says.
struct Reader<'a> {
    file: FileId,
    path: &'a str,
    lang: &'a Lang,
    says: String,
}

impl<'a> Reader<'a> {
    fn new(path: &'a str, lang: &'a Lang, text: &str) -> Self {
        let file = Sources::default().add(SourceFile::new(path, text));
        let mut reader = Self { file, path, lang, says: String::new() };
        reader.says = reader.says(text);
        reader
    }

    fn chapter(&self, text: &str) -> Chapter {
        parse_chapter(self.file, self.path, self.lang, text, None).value
    }

    /// All that a text says and all that is wrong with it, without where it stands.
    fn says(&self, text: &str) -> String {
        let read = parse_chapter(self.file, self.path, self.lang, text, None);
        let found: Vec<String> =
            read.diagnostics.iter().map(|finding| format!("{} {}", finding.check, finding.message)).collect();
        without_places(&format!("{:?}", read.value)) + &found.join("\n")
    }

    /// The text with the changes that leave what it says.
    fn changed(&self, text: &str, changes: &[Change]) -> String {
        let good = self.good(text, changes);
        with(text, &good)
    }

    /// Those of some changes that leave what a text says.
    fn good(&self, text: &str, changes: &[Change]) -> Vec<Change> {
        if changes.is_empty() || self.says(&with(text, changes)) == self.says {
            return changes.to_vec();
        }
        if let [_] = changes {
            return Vec::new();
        }
        let (first, last) = changes.split_at(changes.len() / 2);
        let (first, last) = (self.good(text, first), self.good(text, last));
        let both: Vec<Change> = first.iter().chain(&last).cloned().collect();
        match self.says(&with(text, &both)) == self.says {
            true => both,
            false if first.len() >= last.len() => first,
            false => last,
        }
    }
}

/// A text with changes made, which are in order and apart.
fn with(text: &str, changes: &[Change]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for change in changes {
        out.push_str(&text[at..change.range.start]);
        out.push_str(&change.text);
        at = change.range.end;
    }
    out + &text[at..]
}

/// How [`Span`] shows itself begins and ends.
const PLACE: (&str, char) = ("Span {", '}');

/// What a value shows of itself without the places in it.
fn without_places(shown: &str) -> String {
    let mut out = String::with_capacity(shown.len());
    let mut parts = shown.split(PLACE.0);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        // The one that is left open is of no place but of the text.
        out.push_str(part.split_once(PLACE.1).map_or(part, |(_, rest)| rest));
    }
    // Where a line ended in the file, two texts may stand beside each other.
    out.replace(BESIDE, "")
}

/// How two texts beside each other show themselves between the words of the one and those of the other.
const BESIDE: &str = "\") }, Inline { span: , kind: Text(\"";

#[cfg(test)]
mod tests;
