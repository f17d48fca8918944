//! A catalogue of messages: finished sentences are known again by the words between the braces of their format string.

use std::borrow::Cow;
use std::collections::HashMap;

use polib::po_file::{self, POParseError};

/// Messages lie in each other at most so deep: a reason in a sentence, a name in the reason.
const DEPTH: usize = 4;

/// So many messages stand in one line at most.
const PARTS: usize = 8;

/// Messages in one language by what the code says.
pub(super) struct Catalogue {
    /// Messages without braces.
    plain: HashMap<String, String>,
    /// Messages with braces, those with the most fixed letters first: the more is fixed, the surer it is that they match.
    patterns: Vec<(Pattern, Vec<Piece>)>,
}

/// A part of a format string.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// What stands there every time.
    Words(String),
    /// What differs: a name, or the number of a nameless place.
    Place(String),
}

/// A format string as something that finished sentences are held against.
struct Pattern {
    /// The fixed words before the first place.
    start: String,
    /// Each place with the words that follow it.
    places: Vec<Hole>,
    /// Whether its own words have the mark that parts messages in one line.
    lists: bool,
}

struct Hole {
    name: String,
    /// Whether it stands between quotation marks: a word of the book or of a file, which is never translated.
    quoted: bool,
    then: String,
}

impl Catalogue {
    /// Reads a catalogue in the PO format. Messages without a translation are left out.
    ///
    /// # Errors
    /// What is not in the format.
    pub(super) fn read(text: &str) -> Result<Self, POParseError> {
        let file = po_file::parse_from_reader(text.as_bytes())?;
        let mut found = Self { plain: HashMap::new(), patterns: Vec::new() };
        for message in file.messages() {
            let (Ok(said), false) = (message.msgstr(), message.msgid().is_empty()) else { continue };
            let pieces = pieces(message.msgid());
            match pieces.iter().any(|piece| matches!(piece, Piece::Place(_))) {
                _ if said.is_empty() => {}
                true => found.patterns.push((Pattern::of(&pieces), self::pieces(said))),
                false => drop(found.plain.insert(words(&pieces), words(&self::pieces(said)))),
            }
        }
        found.patterns.sort_by_key(|(pattern, _)| std::cmp::Reverse(pattern.fixed()));
        Ok(found)
    }

    /// A message, translated as far as the catalogue reaches.
    pub(super) fn say<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.known(text, 0).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn known(&self, text: &str, depth: usize) -> Option<String> {
        if let Some(said) = self.plain.get(text) {
            return Some(said.clone());
        }
        if depth == DEPTH {
            return None;
        }
        // A pattern that begins or ends with a place would take what belongs to the message beside it; one that has the
        // mark of a list in its own words is no list.
        self.patterned(text, depth, |pattern| pattern.lists)
            .or_else(|| self.listed(text, "; ", "；", depth))
            .or_else(|| self.patterned(text, depth, |_| true))
            .or_else(|| self.listed(text, ", ", "，", depth))
    }

    fn patterned(&self, text: &str, depth: usize, fit: fn(&Pattern) -> bool) -> Option<String> {
        let fitting = || self.patterns.iter().filter(|(pattern, _)| fit(pattern));
        let matched = || {
            let found = fitting().filter_map(|(pattern, said)| Some((pattern, said, pattern.places_of(text)?)));
            found.filter(|(pattern, said, found)| pattern.loses_nothing(said, found))
        };
        // What stands between quotation marks is better explained by a pattern that has the marks.
        let exact = matched().find(|(pattern, _, found)| pattern.explains_quotes(found));
        let (pattern, said, found) = exact.or_else(|| matched().next())?;
        Some(said.iter().map(|piece| self.filled(piece, pattern, &found, depth)).collect())
    }

    fn filled(&self, piece: &Piece, pattern: &Pattern, found: &[&str], depth: usize) -> String {
        let name = match piece {
            Piece::Words(words) => return words.clone(),
            Piece::Place(name) => name,
        };
        let at = pattern.places.iter().position(|hole| hole.name == *name);
        let Some(at) = at else { return String::new() };
        match pattern.places[at].quoted {
            true => found[at].to_owned(),
            false => self.known(found[at], depth + 1).unwrap_or_else(|| found[at].to_owned()),
        }
    }

    /// Several messages in one, as in `nothing was built; 3 waived`. Each of them must be known: else it may be a text of the
    /// book.
    fn listed(&self, text: &str, mark: &str, said: &str, depth: usize) -> Option<String> {
        let parts: Vec<&str> = text.split(mark).collect();
        if !(2..=PARTS).contains(&parts.len()) {
            return None;
        }
        let known: Option<Vec<String>> = parts.iter().map(|part| self.known(part, depth + 1)).collect();
        known.map(|known| known.join(said))
    }
}

impl Pattern {
    fn of(pieces: &[Piece]) -> Self {
        let mut pattern = Self { start: String::new(), places: Vec::new(), lists: false };
        for piece in pieces {
            match (piece, pattern.places.last_mut()) {
                (Piece::Words(words), Some(last)) => {
                    last.quoted = last.quoted && words.starts_with(['’', '”', '`', '\'', '/', '.']);
                    last.then.push_str(words);
                }
                (Piece::Words(words), None) => pattern.start.push_str(words),
                (Piece::Place(name), last) => {
                    let before = last.map_or(&pattern.start, |last| &last.then);
                    // An ellipsis or a sign may stand between the mark and the word.
                    let quoted = before.trim_end_matches('#').ends_with(['‘', '“', '`', '\'', '/']);
                    pattern.places.push(Hole { name: name.clone(), quoted, then: String::new() });
                }
            }
        }
        let words = std::iter::once(&pattern.start).chain(pattern.places.iter().map(|hole| &hole.then));
        pattern.lists = words.into_iter().any(|words| words.contains("; "));
        pattern
    }

    /// Whether no place outside of quotation marks is filled with quotation marks.
    fn explains_quotes(&self, found: &[&str]) -> bool {
        self.places.iter().zip(found).all(|(hole, text)| hole.quoted || !text.contains('‘'))
    }

    /// Whether what a translation leaves out are endings of the plural, which Chinese does not have.
    fn loses_nothing(&self, said: &[Piece], found: &[&str]) -> bool {
        let told = |hole: &Hole| said.iter().any(|piece| matches!(piece, Piece::Place(name) if *name == hole.name));
        self.places.iter().zip(found).all(|(hole, text)| told(hole) || matches!(*text, "" | "s"))
    }

    /// How many letters are fixed.
    fn fixed(&self) -> usize {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        letters(&self.start) + self.places.iter().map(|hole| letters(&hole.then)).sum::<usize>()
    }

    /// What fills each place in a sentence; `None` where the sentence is another one.
    fn places_of<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let mut rest = text.strip_prefix(self.start.as_str())?;
        let mut found = Vec::with_capacity(self.places.len());
        for (at, hole) in self.places.iter().enumerate() {
            let last = at + 1 == self.places.len();
            let end = match (last, hole.then.is_empty()) {
                (true, _) => rest.strip_suffix(hole.then.as_str())?.len(),
                // Two places side by side: the first is a number or a word, the second what belongs to it.
                (false, true) => rest.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(rest.len()),
                (false, false) => rest.find(hole.then.as_str())?,
            };
            found.push(&rest[..end]);
            rest = &rest[end + hole.then.len()..];
        }
        Some(found)
    }
}

/// The parts of a format string. A brace that no format string would have stands for itself, for many messages are not
/// formatted at all and show how something is written, such as `{#id}`.
fn pieces(text: &str) -> Vec<Piece> {
    let (mut pieces, mut words, mut nameless) = (Vec::new(), String::new(), 0);
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
            words.push_str(&rest[..1]);
            rest = after;
        } else if let Some((name, after)) = place(rest) {
            pieces.extend((!words.is_empty()).then(|| Piece::Words(std::mem::take(&mut words))));
            if name.is_empty() {
                nameless += 1;
            }
            pieces.push(Piece::Place(if name.is_empty() { (nameless - 1).to_string() } else { name.to_owned() }));
            rest = after;
        } else {
            words.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    words.push_str(rest);
    pieces.extend((!words.is_empty()).then_some(Piece::Words(words)));
    pieces
}

/// The name of the place that a text begins with, and what follows it.
fn place(text: &str) -> Option<(&str, &str)> {
    let (inside, after) = text.strip_prefix('{')?.split_once('}')?;
    let (name, form) = inside.split_once(':').unwrap_or((inside, ""));
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !form.contains([' ', ',', '{']);
    plain.then_some((name, after))
}

fn words(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Place(name) => format!("{{{name}}}"),
    };
    pieces.iter().map(text).collect()
}

/// The names of the places of a format string, in order, for whoever compares a message with its translation.
#[cfg(test)]
pub(super) fn names(text: &str) -> Vec<String> {
    let name = |piece: Piece| match piece {
        Piece::Place(name) => Some(name),
        Piece::Words(_) => None,
    };
    pieces(text).into_iter().filter_map(name).collect()
}
