//! What of a document is not in the book wherever it stands is told at the end, once for each kind.

use std::collections::BTreeMap;

use super::reader::Reader;
use crate::diagnostic::Severity;
use crate::import::Kind;
use crate::message::Message;

/// The beginning of a long text.
fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

impl Reader<'_> {
    fn tell_whole(&mut self, kind: Kind, severity: Severity, message: Message, lost: &str) {
        self.tell_at(String::new(), (kind, severity), message, lost);
    }

    /// Tells what was left out wherever it stood.
    pub(super) fn tell_gone(&mut self) {
        let gone = std::mem::take(&mut self.gone);
        if !gone.contents.trim().is_empty() {
            let message = msg!("the list of contents is left out: the book makes its own");
            self.tell_whole(Kind::Dropped, Severity::Info, message, &gone.contents);
        }
        if !gone.labels.trim().is_empty() || !gone.numbers.trim().is_empty() {
            let lost = format!("{}{}", gone.labels, gone.numbers);
            let message = msg!("numbers of figures and tables are left out: the book makes its own");
            self.tell_whole(Kind::Changed, Severity::Info, message, &lost);
        }
        if !gone.hidden.trim().is_empty() {
            let message = msg!("hidden text is left out: {text}", text = shown(&gone.hidden));
            self.tell_whole(Kind::Dropped, Severity::Warning, message, &gone.hidden);
        }
        if !gone.typed.is_empty() {
            let message =
                msg!("letters in a font of signs are the signs that they show: {text}", text = shown(&gone.typed));
            self.tell_whole(Kind::Changed, Severity::Info, message, &gone.typed);
        }
        if !gone.entries.is_empty() {
            let text = gone.entries.join("; ");
            let message = msg!(
                "entries of the index are left out; mark the words with `[…]{{.index}}`: {text}",
                text = shown(&text)
            );
            self.tell_whole(Kind::Dropped, Severity::Warning, message, &text);
        }
        self.tell_changes(gone.deleted, gone.inserted);
        self.tell_numbers(gone.formats, gone.headings);
        self.tell_margins();
        self.tell_comments();
        let ready = &self.parts.ready;
        if !ready.trim().is_empty() {
            let message = msg!("what the file has ready to be put in is left out: {text}", text = shown(ready));
            self.tell_whole(Kind::Dropped, Severity::Info, message, ready);
        }
    }

    fn tell_changes(&mut self, deleted: Vec<(String, String, String)>, inserted: Vec<(String, String, String)>) {
        for (at, author, text) in deleted.into_iter().filter(|(_, _, text)| !text.is_empty()) {
            let message = msg!("{author} took this out, and it is left out: {text}", author, text = &text);
            self.tell_at(at, (Kind::Dropped, Severity::Info), message, &text);
        }
        for (at, author, text) in inserted.into_iter().filter(|(_, _, text)| !text.is_empty()) {
            let message = msg!("{author} put this in, and it is left out: {text}", author, text = &text);
            self.tell_at(at, (Kind::Dropped, Severity::Info), message, &text);
        }
    }

    fn tell_numbers(&mut self, formats: BTreeMap<String, String>, headings: BTreeMap<u8, String>) {
        for (format, at) in formats {
            let message = msg!(
                "Word writes the numbers of this list as ‘{format}’; the book writes 1., 2. and so on: type the words where they matter",
                format
            );
            self.tell_at(at, (Kind::Changed, Severity::Warning), message, "");
        }
        for (level, format) in headings {
            let message = msg!(
                "Word numbers the headings of level {level} as ‘{format}’; `numbering:` in book.yaml prints numbers",
                level,
                format
            );
            self.tell_whole(Kind::Changed, Severity::Info, message, "");
        }
    }

    fn tell_margins(&mut self) {
        let margins: BTreeMap<&str, &str> =
            self.parts.margins.iter().map(|(part, text, _)| (text.trim(), part.as_str())).collect();
        for (text, part) in margins.into_iter().filter(|(text, _)| !text.is_empty()) {
            let message = msg!("what stands at the head or foot of the pages is left out: {text}", text);
            self.tell_at(part.to_owned(), (Kind::Dropped, Severity::Info), message, text);
        }
        if let Some((part, ..)) = self.parts.margins.iter().find(|(_, _, shows)| *shows) {
            let message = msg!("a picture at the head or foot of the pages is left out");
            self.tell_at(part.clone(), (Kind::Dropped, Severity::Info), message, "");
        }
    }

    /// Comments that nothing in the text marks any more.
    fn tell_comments(&mut self) {
        for (id, (author, text)) in &self.parts.comments {
            if !self.commented.contains(id) {
                let message = msg!("comment of {author}: {text}", author, text);
                self.tell_whole(Kind::Dropped, Severity::Info, message, text);
            }
        }
    }
}
