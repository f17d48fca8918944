//! `manuscript/references.yaml`: the bibliography, in Hayagriva's form.
//!
//! Hayagriva reads the text with `serde_yaml`, which words its own errors. So the text goes through the program's
//! reader first, and where Hayagriva refuses it, the entry and the field are found by asking Hayagriva again with each
//! alone.

use super::yaml::{self, Area, Fields, Kind, Node, code_point};
use super::{choices, read_text};
use crate::codes;
use crate::diagnostic::{Diagnostic, nearest};
use crate::message::Message;
use crate::source::{FileId, Files, Sources, Span};

const REFERENCES_FILE: &str = "manuscript/references.yaml";

/// The types of entry that Hayagriva knows.
const TYPES: [&str; 29] = [
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
];

/// The bibliography and the keys of its entries, if there is one that can be read.
pub(super) fn load(
    files: &dyn Files,
    sources: &mut Sources,
    sink: &mut Vec<Diagnostic>,
) -> (Option<FileId>, Vec<String>) {
    if !files.list("manuscript").iter().any(|name| name == "references.yaml") {
        return (None, Vec::new());
    }
    let Some(file) = read_text(files, sources, REFERENCES_FILE, yaml::MAX_BYTES, sink) else {
        return (None, Vec::new());
    };
    match keys(Area { file, text: sources.get(file).text(), base: 0 }, sink) {
        Some(keys) => (Some(file), keys),
        None => (None, Vec::new()),
    }
}

fn keys(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Option<Vec<String>> {
    // libyaml ends lines at these, so it could see another structure than the one that was looked at.
    if let Some((at, sign)) = area.text.char_indices().find(|(_, c)| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')) {
        let message =
            msg!("the line separator {character} is not allowed in references.yaml", character = code_point(sign));
        let found = Diagnostic::error(codes::REFERENCES_YAML, message).at(area.span(at..at + sign.len_utf8()));
        sink.push(found.hint(msg!("replace it with a space or an ordinary line break")));
        return None;
    }
    let node = yaml::parse(area, sink).filter(|node| !matches!(node.kind, Kind::Null))?;
    match hayagriva::io::from_yaml_str(yaml::unmarked(area.text)) {
        Ok(library) => Some(library.keys().map(str::to_owned).collect()),
        Err(_) => {
            faults(node, area, sink);
            None
        }
    }
}

/// Says what Hayagriva cannot read.
fn faults(node: Node, area: Area<'_>, sink: &mut Vec<Diagnostic>) {
    let before = sink.len();
    let Some(entries) = Fields::open(node, Message::data("references.yaml"), sink) else { return };
    for (key, span, node) in entries.rest() {
        entry(&key, span, node, sink);
    }
    yaml::explain(area, &mut sink[before..]);
    if sink.len() == before {
        let found = Diagnostic::error(codes::REFERENCES_YAML, msg!("these references are not in Hayagriva's format"))
            .at(area.whole());
        sink.push(found.hint(form_of_entries()));
    }
}

fn form_of_entries() -> Message {
    msg!("write entries in the form of Hayagriva: ‘key:’ and under it type, title, author, date")
}

fn entry(key: &str, span: Span, node: Node, sink: &mut Vec<Diagnostic>) {
    let Some(fields) = Fields::open(node, msg!("the entry ‘{key}’", key), sink) else { return };
    let fields = fields.rest();
    if !fields.iter().any(|(name, _, node)| name == "type" && !matches!(node.kind, Kind::Null)) {
        let found = Diagnostic::error(codes::REFERENCES_YAML, msg!("the entry ‘{key}’ has no type", key)).at(span);
        sink.push(found.hint(msg!("add `type:` with one of {types}", types = choices(TYPES))));
    }
    self::fields(fields, sink);
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
    if TYPES.contains(&word.as_str()) {
        return;
    }
    let hint = match nearest(&word, TYPES) {
        Some(near) => msg!("did you mean `{near}`?", near),
        None => msg!("the types are {types}", types = choices(TYPES)),
    };
    sink.push(
        Diagnostic::error(codes::REFERENCES_YAML, msg!("there is no entry type ‘{written}’", written))
            .at(span)
            .hint(hint),
    );
}

fn field(name: &str, key: Span, node: &Node, sink: &mut Vec<Diagnostic>) {
    let alone = format!("{{\"x\":{{\"type\":\"misc\",{}:{}}}}}", yaml::quoted(name), node.written());
    if hayagriva::io::from_yaml_str(&alone).is_ok() {
        return;
    }
    let found = match &node.kind {
        Kind::Scalar(written) => {
            Diagnostic::error(codes::REFERENCES_YAML, msg!("‘{name}’ cannot be ‘{written}’", name, written))
                .at(node.span)
        }
        _ => Diagnostic::error(codes::REFERENCES_YAML, msg!("‘{name}’ is not in Hayagriva's format", name)).at(key),
    };
    sink.push(found.hint(form(name)));
}

/// How a field is written.
fn form(name: &str) -> Message {
    match name {
        "date" => msg!("write a date as 2024, 2024-05 or 2024-05-31"),
        "author" | "editor" => msg!("write a name as ‘Family, Given’, several names as a list"),
        "affiliated" => msg!("write a list of {{role: translator, names: [‘Family, Given’]}}"),
        "page-total" | "volume-total" => msg!("write a number"),
        "runtime" | "time-range" => msg!("write hours, minutes and seconds as 01:20:00"),
        "url" => msg!("write an address, or {{value: the address, date: 2024-05-31}}"),
        "language" => msg!("write a BCP 47 tag such as zh or en-GB"),
        "serial-number" => msg!("write one number, or several as {{doi: …, isbn: …}}"),
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
