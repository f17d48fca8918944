//! A catalogue that came back. One faulty entry costs only itself.

use std::ops::Range;

use super::super::known;
use super::strings;
use crate::exchange::returned::{Refusal, Remark, Returned, ReturnedUnit};
use crate::exchange::unit::{Piece, State, Tagged};
use crate::message::Message;

/// Most bytes of a file.
const BYTES: usize = 64 << 20;

/// Reads what came back. Entries of other programs, which have no name of a unit, are known by their source alone.
///
/// # Errors
/// Says why nothing of the file can be read.
pub fn read(text: &str) -> Result<Returned, Refusal> {
    let whole = |message: Message| Refusal { message, hint: None, at: None };
    if text.len() > BYTES {
        return Err(whole(msg!(
            "the file has {size} bytes; at most {limit} are allowed",
            size = text.len(),
            limit = BYTES
        )));
    }
    let mut reading = Reading::default();
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    for line in text[at..].split_inclusive('\n') {
        let from = at;
        at += line.len();
        reading.line(line.trim(), from..from + line.trim_end().len());
        known::bounded(&reading.returned)?;
    }
    reading.end();
    if reading.returned.units.is_empty() && reading.returned.refused.is_empty() && !reading.has_head {
        return Err(whole(msg!("there is no catalogue in it: no line begins with “msgid”")));
    }
    Ok(known::once_each(reading.returned))
}

/// The strings of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Context,
    Source,
    Plural,
    Target,
    /// A form of a plural, or what the source said before: read, and of no use.
    Other,
}

#[derive(Default)]
struct Entry {
    at: Option<Range<usize>>,
    context: Option<String>,
    source: Option<String>,
    target: Option<String>,
    is_plural: bool,
    is_fuzzy: bool,
    remarks: Vec<Remark>,
    field: Option<Field>,
    fault: Option<(Message, Range<usize>)>,
}

#[derive(Default)]
struct Reading {
    entry: Entry,
    returned: Returned,
    has_head: bool,
}

impl Reading {
    fn line(&mut self, line: &str, at: Range<usize>) {
        if line.is_empty() {
            return self.end();
        }
        let is_begun = self.entry.field.is_some();
        if let Some(comment) = line.strip_prefix('#') {
            // A comment is of the entry behind it. What begins with `#~` is no longer of the catalogue.
            if is_begun {
                self.end();
            }
            return self.comment(comment);
        }
        let word_end = line.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(line.len());
        let (word, text) = line.split_at(word_end);
        let field = match word {
            "" => None,
            "msgctxt" => Some(Field::Context),
            "msgid" => Some(Field::Source),
            "msgid_plural" => Some(Field::Plural),
            "msgstr" => Some(Field::Target),
            _ if word.starts_with("msgstr[") => Some(Field::Other),
            _ => return self.fault(msg!("it has a line that is neither a comment nor a text"), at),
        };
        // Where the empty line between two entries is lost, the second one begins with its first string.
        let is_whole = matches!(self.entry.field, Some(Field::Target | Field::Other)) && self.entry.fault.is_none();
        let begins = is_whole && matches!(field, Some(Field::Context | Field::Source));
        if begins {
            self.end();
        }
        self.entry.field = field.or(self.entry.field);
        let before = self.entry.at.take();
        self.entry.at = Some(before.map_or(at.start, |before| before.start)..at.end);
        match strings::unescape(text.trim()) {
            Ok(text) => self.text(&text, field.is_some(), at),
            Err(message) => self.fault(message, at),
        }
    }

    fn text(&mut self, text: &str, is_first: bool, at: Range<usize>) {
        let entry = &mut self.entry;
        let slot = match entry.field {
            Some(Field::Context) => &mut entry.context,
            Some(Field::Source) => &mut entry.source,
            Some(Field::Target) => &mut entry.target,
            Some(Field::Plural | Field::Other) => {
                entry.is_plural = true;
                return;
            }
            None => return self.fault(msg!("it has a text before any “msgid”"), at),
        };
        if is_first && slot.is_some() {
            return self.fault(msg!("it says one thing twice"), at);
        }
        slot.get_or_insert_default().push_str(text);
    }

    fn comment(&mut self, comment: &str) {
        if let Some(flags) = comment.strip_prefix(',') {
            self.entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if !comment.starts_with(['.', ':', '|', '~']) && !comment.trim().is_empty() {
            self.entry.remarks.push(Remark { author: None, text: comment.trim().to_owned() });
        }
    }

    fn fault(&mut self, message: Message, at: Range<usize>) {
        // What follows up to the next entry is of no use, either.
        self.entry.field.get_or_insert(Field::Other);
        self.entry.fault.get_or_insert((message, at));
    }

    /// The entry is over.
    fn end(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        if entry.field.is_none() {
            // A comment with an empty line behind it is of no entry.
            return;
        }
        let is_head = entry.context.is_none() && entry.source.as_deref() == Some("");
        if is_head && entry.fault.is_none() && !self.has_head {
            self.has_head = true;
            let head = entry.target.unwrap_or_default();
            self.returned.langs = ["X-Source-Language:", "Language:"].map(|name| field(&head, name));
            return;
        }
        let fault = entry.fault.or_else(|| {
            let at = entry.at.clone().unwrap_or_default();
            let fault = |message| Some((message, at.clone()));
            match (&entry.source, &entry.target, entry.is_plural) {
                (_, _, true) => fault(msg!("it has forms for numbers, which no block of a book has")),
                (None, ..) => fault(msg!("it has no “msgid”")),
                (_, None, _) => fault(msg!("it has no “msgstr”")),
                _ => None,
            }
        });
        if let Some((reason, at)) = fault {
            let message = msg!("an entry cannot be read: {reason}", reason);
            let hint = Some(msg!("`msgfmt -c FILE` finds such places, too"));
            self.returned.refused.push(Refusal { message, hint, at: Some(at) });
            return;
        }
        let [stem, id] = known::of(&entry.context.unwrap_or_default());
        let target = entry.target.and_then(tagged);
        let state =
            target.as_ref().map(|_| if entry.is_fuzzy { State::Stale { was: None } } else { State::Translated });
        let (source, markdown) = (entry.source.and_then(tagged), true);
        let (remarks, at, place) = (entry.remarks, entry.at, None);
        self.returned.units.push(ReturnedUnit { stem, id, source, target, markdown, state, remarks, at, place });
    }
}

/// Markdown as one piece; nothing where it says nothing.
fn tagged(text: String) -> Option<Tagged> {
    (!text.trim().is_empty()).then(|| vec![Piece::Text(text)])
}

/// A field of the head.
fn field(head: &str, name: &str) -> Option<String> {
    let value = head.lines().find_map(|line| line.strip_prefix(name))?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
