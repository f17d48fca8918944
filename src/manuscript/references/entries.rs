//! `references.yaml`: entries in Hayagriva's form, or texts that are printed as they are.
//!
//! Hayagriva reads with `serde_yaml`, which words its own errors. So the text goes through the program's reader first, and
//! where Hayagriva refuses an entry, the field is found by asking Hayagriva again with each alone.

use super::super::choices;
use super::super::yaml::{self, Area, Fields, Kind, Node, code_point};
use super::{Entries, error, ready, tidy};
use crate::diagnostic::{Diagnostic, nearest};
use crate::message::Message;
use crate::model::Work;
use crate::source::Span;

/// The types of entry that Hayagriva knows.
const TYPES: [&str; 30] = [
    "anthology",
    "anthos",
    "article",
    "artwork",
    "audio",
    "blog",
    "book",
    "case",
    "chapter",
    "conference",
    "entry",
    "exhibition",
    "legislation",
    "manuscript",
    "misc",
    "newspaper",
    "original",
    "patent",
    "performance",
    "periodical",
    "post",
    "proceedings",
    "reference",
    "report",
    "repository",
    "scene",
    "thesis",
    "thread",
    "video",
    "web",
];

/// Reads the entries of a file.
pub(super) fn read(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Entries {
    if let Some(found) = other_form(area).or_else(|| separator(area)) {
        sink.push(found);
        return Entries::unread();
    }
    let Some(node) = yaml::parse(area, sink) else { return Entries::unread() };
    if let Kind::Seq(_) = node.kind {
        let message = msg!("these references are a list, as in CSL-JSON");
        let hint =
            msg!("rename the file to references.json if a program exported it; else {form}", form = form_of_entries());
        sink.push(error(message).at(area.whole()).hint(hint));
        return Entries::unread();
    }
    let before = sink.len();
    let mut entries = Entries::default();
    let Some(fields) = Fields::open(node, Message::data("references.yaml"), sink) else { return Entries::unread() };
    for (key, span, node) in fields.rest() {
        match work(&key, span, node, sink) {
            Some(work) => entries.works.push(work),
            None => entries.refused.push(key),
        }
    }
    yaml::explain(area, &mut sink[before..]);
    entries
}

/// BibTeX under the name of YAML.
fn other_form(area: Area<'_>) -> Option<Diagnostic> {
    let span = area.whole();
    let line = area.text.get(span.range())?.trim_start_matches('\u{feff}');
    let kind = line.strip_prefix('@')?.split(['{', '(']).next()?;
    let bibtex = line.contains(['{', '(']) && kind.trim().chars().all(|c| c.is_ascii_alphabetic());
    bibtex.then(|| {
        let hint = msg!("rename the file to references.bib: it is read as it is");
        error(msg!("this is BibTeX, not YAML")).at(span).hint(hint)
    })
}

/// libyaml ends lines at these, so it could see another structure than the one that was looked at.
fn separator(area: Area<'_>) -> Option<Diagnostic> {
    let (at, sign) = area.text.char_indices().find(|(_, c)| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}'))?;
    let message =
        msg!("the line separator {character} is not allowed in references.yaml", character = code_point(sign));
    let found = error(message).at(area.span(at..at + sign.len_utf8()));
    Some(found.hint(msg!("replace it with a space or an ordinary line break")))
}

/// One entry; what is wrong with it is reported.
fn work(key: &str, span: Span, node: Node, sink: &mut Vec<Diagnostic>) -> Option<Work> {
    let node = match node.kind {
        Kind::Scalar(text) => return Some(Work { entry: ready::entry(key, &text), span, text: Some(text) }),
        _ => node,
    };
    let before = sink.len();
    let fields = Fields::open(node, msg!("the entry ‘{key}’", key), sink)?.rest();
    if let Some((_, place, node)) = fields.iter().find(|(name, ..)| name == "text") {
        return with_text(key, span, &fields, *place, node, sink);
    }
    if let Some(entry) = entry(key, &fields) {
        return Some(Work { entry, span, text: None });
    }
    faults(key, span, fields, sink);
    if sink.len() == before {
        let message = msg!("the entry ‘{key}’ is not in Hayagriva's format", key);
        sink.push(error(message).at(span).hint(form_of_entries()));
    }
    None
}

/// An entry that brings the text to print; its other fields serve citations by author and year.
fn with_text(
    key: &str,
    span: Span,
    fields: &[(String, Span, Node)],
    place: Span,
    node: &Node,
    sink: &mut Vec<Diagnostic>,
) -> Option<Work> {
    let Kind::Scalar(text) = &node.kind else {
        sink.push(error(msg!("‘{name}’ is not in Hayagriva's format", name = "text")).at(place).hint(form("text")));
        return None;
    };
    let others: Vec<_> = fields.iter().filter(|(name, ..)| name != "text").cloned().collect();
    let entry = if others.is_empty() { Some(ready::entry(key, text)) } else { entry(key, &others) };
    let Some(entry) = entry else {
        faults(key, span, others, sink);
        return None;
    };
    Some(Work { entry, span, text: Some(text.clone()) })
}

/// The entry as Hayagriva reads it.
fn entry(key: &str, fields: &[(String, Span, Node)]) -> Option<hayagriva::Entry> {
    let mut own_type = None;
    let mut written = Vec::new();
    for (name, _, node) in fields {
        let mut value = node.written();
        if let ("type", Kind::Scalar(kind)) = (name.as_str(), &node.kind)
            && let Some(known) = tidy::OwnType::named(kind)
        {
            own_type = Some(known);
            value = yaml::quoted(known.hayagriva());
        }
        written.push(format!("{}: {value}", yaml::quoted(name)));
    }
    let library =
        hayagriva::io::from_yaml_str(&format!("{{{}: {{{}}}}}", yaml::quoted(key), written.join(", "))).ok()?;
    let mut entry = library.into_iter().next()?;
    if let Some(own_type) = own_type {
        own_type.mark(&mut entry);
    }
    Some(entry)
}

fn form_of_entries() -> Message {
    msg!("write entries in the form of Hayagriva: ‘key:’ and under it type, title, author, date")
}

/// Says what Hayagriva cannot read of an entry.
fn faults(key: &str, span: Span, fields: Vec<(String, Span, Node)>, sink: &mut Vec<Diagnostic>) {
    if !fields.iter().any(|(name, _, node)| name == "type" && !matches!(node.kind, Kind::Null)) {
        let found = error(msg!("the entry ‘{key}’ has no type", key)).at(span);
        sink.push(found.hint(msg!("add `type:` with one of {types}", types = choices(types()))));
    }
    self::fields(fields, sink);
}

/// The types of entry that can be written.
fn types() -> impl Iterator<Item = &'static str> {
    TYPES.into_iter().chain(tidy::OwnType::ALL.map(tidy::OwnType::name))
}

fn fields(fields: Vec<(String, Span, Node)>, sink: &mut Vec<Diagnostic>) {
    for (name, span, node) in fields {
        match (name.as_str(), node.kind) {
            ("type", Kind::Scalar(written)) => kind(&written, node.span, sink),
            ("parent", Kind::Map(parent)) => self::fields(parent, sink),
            ("parent", Kind::Seq(parents)) => {
                for parent in parents {
                    let parent = Fields::open(parent, msg!("a parent"), sink);
                    self::fields(parent.map_or_else(Vec::new, Fields::rest), sink);
                }
            }
            (_, kind) => field(&name, span, &Node { kind, ..node }, sink),
        }
    }
}

fn kind(written: &str, span: Span, sink: &mut Vec<Diagnostic>) {
    let word = written.to_lowercase();
    if types().any(|name| name == word) {
        return;
    }
    let hint = match nearest(&word, types()) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("the types are {types}", types = choices(types())),
    };
    sink.push(error(msg!("there is no entry type ‘{written}’", written)).at(span).hint(hint));
}

fn field(name: &str, key: Span, node: &Node, sink: &mut Vec<Diagnostic>) {
    let alone = format!("{{\"x\":{{\"type\":\"misc\",{}:{}}}}}", yaml::quoted(name), node.written());
    if hayagriva::io::from_yaml_str(&alone).is_ok() {
        return;
    }
    let found = match &node.kind {
        Kind::Scalar(written) => error(msg!("‘{name}’ cannot be ‘{written}’", name, written)).at(node.span),
        _ => error(msg!("‘{name}’ is not in Hayagriva's format", name)).at(key),
    };
    sink.push(found.hint(form(name)));
}

/// How a field is written.
pub(super) fn form(name: &str) -> Message {
    match name {
        "date" => msg!("write a date as 2024, 2024-05 or 2024-05-31"),
        "author" | "editor" => {
            msg!("write a name as ‘Family, Given’, an institution as {{name: its name}}, several names as a list")
        }
        "affiliated" => msg!("write a list of {{role: translator, names: [‘Family, Given’]}}"),
        "page-total" | "volume-total" => msg!("write a number"),
        "runtime" | "time-range" => msg!("write hours, minutes and seconds as 01:20:00"),
        "url" => msg!("write an address, or {{value: the address, date: 2024-05-31}}"),
        "language" => msg!("write a BCP 47 tag such as zh or en-GB"),
        "serial-number" => msg!("write one number, or several as {{doi: …, isbn: …}}"),
        "text" => msg!("write the text to print after it"),
        "publisher" => msg!("write a name, or {{name: …, location: …}}"),
        _ => msg!("write one text or number"),
    }
}

#[cfg(test)]
mod tests {
    use super::TYPES;

    #[test]
    fn hayagriva_knows_the_types() {
        for name in TYPES {
            let entry = format!("{{\"x\":{{\"type\":\"{name}\"}}}}");
            assert!(hayagriva::io::from_yaml_str(&entry).is_ok(), "{name}");
        }
    }
}
