//! Writes changes into the text: a word in place of a word, a key behind a key, a term behind the last.

use std::fmt::Write as _;

use super::Parsed;
use super::entry::TermEntry;
use super::plan::Change;
use crate::manuscript::yaml::{Kind, Node, Style, quoted};
use crate::model::Lang;
use crate::source::Span;

/// Words that YAML takes for nothing.
const NOTHING: [&str; 3] = ["null", "Null", "NULL"];

/// The text with changes made. Nothing is said here of whether it means what it should.
pub(super) fn write(parsed: &Parsed<'_>, langs: &[Lang], changes: &[&Change]) -> String {
    let mut splice = Splice { text: parsed.text, eol: line_end(parsed.text), edits: Vec::new() };
    let mut new = Vec::new();
    for change in changes {
        match change {
            Change::Term { at, gets, .. } => {
                if let Some(node) = parsed.node(*at) {
                    splice.term(node, gets, langs);
                }
            }
            Change::New(entry) => new.push(entry),
        }
    }
    if !new.is_empty() {
        splice.append(parsed, langs, &new);
    }
    splice.done()
}

/// How lines end in a text.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

struct Splice<'t> {
    text: &'t str,
    eol: &'static str,
    /// What is replaced, and by what.
    edits: Vec<(usize, usize, String)>,
}

impl Splice<'_> {
    fn done(mut self) -> String {
        self.edits.sort_by_key(|(start, ..)| *start);
        let mut out = String::with_capacity(self.text.len() + 256);
        let mut at = 0;
        for (start, end, new) in &self.edits {
            if *start >= at {
                out.push_str(&self.text[at..*start]);
                out.push_str(new);
                at = *end;
            }
        }
        out + &self.text[at..]
    }

    fn insert(&mut self, at: usize, new: String) {
        self.edits.push((at, at, new));
    }

    /// The bytes of a scalar with its quotation marks.
    fn outer(&self, span: Span) -> (usize, usize) {
        let bytes = self.text.as_bytes();
        let is_mark =
            |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| matches!(byte, b'"' | b'\''));
        let between = is_mark(span.start.checked_sub(1)) && is_mark(Some(span.end));
        if between { (span.start - 1, span.end + 1) } else { (span.start, span.end) }
    }

    /// Where the line of a byte ends, before its line break.
    fn line_end(&self, at: usize) -> usize {
        let end = self.text[at..].find(['\n', '\r']);
        end.map_or(self.text.len(), |end| at + end)
    }

    /// The column of a byte: how many characters stand before it on its line.
    fn column(&self, at: usize) -> usize {
        let start = self.text[..at].rfind('\n').map_or(0, |line| line + 1);
        self.text[start..at].trim_start_matches('\u{feff}').chars().count()
    }

    /// Gives a term what it gets.
    fn term(&mut self, node: &Node, gets: &TermEntry, langs: &[Lang]) {
        let Kind::Map(entries) = &node.kind else { return };
        let is_flow = node.style == Style::Flow;
        let is_word = |key: &str| langs.iter().any(|lang| lang.tag() == key);
        let word_anchor = entries.iter().rfind(|(key, _, value)| is_word(key) && is_simple(value));
        let anchor = entries.iter().rfind(|(_, _, value)| is_simple(value));
        for lang in langs {
            let Some(word) = gets.words.get(lang) else { continue };
            match entries.iter().find(|(key, ..)| key == lang.tag()) {
                Some((_, _, value)) if is_simple(value) => {
                    let (start, end) = self.outer(value.span);
                    self.edits.push((start, end, scalar(word, is_flow)));
                }
                Some((_, name, value)) if matches!(value.kind, Kind::Null) => {
                    self.fill(*name, value.span, &scalar(word, is_flow));
                }
                _ => self.key(word_anchor, is_flow, lang.tag(), &scalar(word, is_flow)),
            }
        }
        for (key, more) in [("variants", &gets.variants), ("forbidden", &gets.forbidden)] {
            let lists: Vec<(&Lang, &Vec<String>)> = langs.iter().filter_map(|lang| more.get_key_value(lang)).collect();
            let old = entries.iter().find(|(known, ..)| known == key).map(|(_, _, value)| value);
            match old.map(|value| (&value.kind, value)) {
                Some((Kind::Map(old), value)) => self.put_into_lists(old, value.style == Style::Flow, &lists),
                _ if lists.is_empty() => {}
                _ => {
                    let lists: Vec<(&str, String)> =
                        lists.iter().map(|(lang, words)| (lang.tag(), list(words))).collect();
                    self.key(anchor, is_flow, key, &map(&lists));
                }
            }
        }
        for (key, text) in [("pos", &gets.pos), ("note", &gets.note)] {
            if let Some(text) = text {
                self.key(anchor, is_flow, key, &scalar(text, is_flow));
            }
        }
        let texts = langs.iter().filter_map(|lang| Some((lang.tag(), scalar(gets.definitions.get(lang)?, true))));
        let texts: Vec<(&str, String)> = texts.collect();
        match entries.iter().find(|(key, ..)| key == "definition").map(|(_, _, value)| (&value.kind, value.style)) {
            Some((Kind::Map(old), style)) => self.before_first(old, style == Style::Flow, &texts),
            _ if texts.is_empty() => {}
            _ => self.key(anchor, is_flow, "definition", &map(&texts)),
        }
    }

    /// Gives a key its value that has none, or a word that stands for none.
    fn fill(&mut self, name: Span, nothing: Span, value: &str) {
        if nothing != name {
            self.edits.push((nothing.start, nothing.end, value.to_owned()));
        } else if let Some(colon) = self.text[name.end..].find(':') {
            self.insert(name.end + colon + 1, format!(" {value}"));
        }
    }

    /// Writes a key behind another one.
    fn key(&mut self, anchor: Option<&(String, Span, Node)>, is_flow: bool, key: &str, value: &str) {
        let Some((_, name, node)) = anchor else { return };
        let (_, end) = self.outer(node.span);
        if is_flow {
            self.insert(end, format!(", {key}: {value}"));
        } else {
            let indent = " ".repeat(self.column(self.outer(*name).0));
            self.insert(self.line_end(end), format!("{}{indent}{key}: {value}", self.eol));
        }
    }

    /// Puts keys before the first one of a mapping, which is good in every form.
    fn before_first(&mut self, old: &[(String, Span, Node)], is_flow: bool, new: &[(&str, String)]) {
        let Some((_, name, _)) = old.first() else { return };
        let (start, _) = self.outer(*name);
        for (key, value) in new {
            let end = if is_flow { ", ".to_owned() } else { format!("{}{}", self.eol, " ".repeat(self.column(start))) };
            self.insert(start, format!("{key}: {value}{end}"));
        }
    }

    /// Adds words to the lists of each language.
    fn put_into_lists(&mut self, old: &[(String, Span, Node)], is_flow: bool, more: &[(&Lang, &Vec<String>)]) {
        for (lang, words) in more {
            let there = old.iter().find(|(key, ..)| key == lang.tag()).map(|(_, _, value)| value);
            match there.map(|value| (&value.kind, value.style)) {
                Some((Kind::Seq(items), style)) => {
                    let Some(last) = items.last().filter(|last| is_simple(last)) else { continue };
                    let (start, end) = self.outer(last.span);
                    for word in *words {
                        if style == Style::Flow {
                            self.insert(end, format!(", {}", scalar(word, true)));
                        } else {
                            let dash = self.text[..start].rfind('-').unwrap_or(start);
                            let indent = " ".repeat(self.column(dash));
                            let line = format!("{}{indent}- {}", self.eol, scalar(word, false));
                            self.insert(self.line_end(end), line);
                        }
                    }
                }
                _ => self.before_first(old, is_flow, &[(lang.tag(), list(words))]),
            }
        }
    }

    /// Writes new terms behind the last one, as the file writes its own.
    fn append(&mut self, parsed: &Parsed<'_>, langs: &[Lang], entries: &[&TermEntry]) {
        let (nodes, list) = (parsed.nodes(), parsed.list());
        let last = nodes.last();
        let is_flow = last.is_some_and(|node| node.style == Style::Flow);
        let is_list = |node: &&Node| matches!(node.kind, Kind::Seq(_));
        // The list may have keys after it.
        let end = list.filter(is_list).filter(|_| parsed.has_keys()).map_or(self.text.len(), |list| self.after(list));
        if list.is_some_and(|list| list.style == Style::Flow) {
            if let Some(close) = self.text[..end].rfind(']') {
                for entry in entries {
                    let comma = if nodes.is_empty() { "" } else { ", " };
                    self.insert(close, format!("{comma}{}", term(entry, langs, None, self.eol)));
                }
            }
            return;
        }
        let dash = last.and_then(|node| self.text[..node.span.start].rfind('-'));
        let indent = dash.map_or(0, |dash| self.column(dash));
        let blank = self.is_spaced(nodes);
        let mut out = String::new();
        if end > 0 && !self.text[..end].ends_with('\n') {
            out += self.eol;
        }
        if parsed.has_keys() && list.is_none() {
            let _ = write!(out, "terms:{}", self.eol);
        }
        for entry in entries {
            if blank {
                out += self.eol;
            }
            let body = term(entry, langs, (!is_flow).then_some(indent + 2), self.eol);
            let _ = write!(out, "{}- {body}{}", " ".repeat(indent), self.eol);
        }
        self.insert(end, out);
    }

    /// Where the line after a list begins.
    fn after(&self, list: &Node) -> usize {
        let end = self.line_end(list.span.end.min(self.text.trim_end().len()));
        self.text[end..].find('\n').map_or(self.text.len(), |line| end + line + 1)
    }

    /// Whether a blank line stands before the last term.
    fn is_spaced(&self, nodes: &[Node]) -> bool {
        let [.., before, last] = nodes else { return false };
        let between = &self.text[before.span.end.min(last.span.start)..last.span.start];
        between.replace('\r', "").contains("\n\n")
    }
}

/// Whether a value is one word or text that stands on lines of its own making: it can be replaced, and a key can follow it.
fn is_simple(node: &Node) -> bool {
    matches!(node.kind, Kind::Scalar(_)) && node.style != Style::Block
}

/// A term: its keys on lines of their own with this indent, or between braces.
fn term(entry: &TermEntry, langs: &[Lang], indent: Option<usize>, eol: &str) -> String {
    let is_flow = indent.is_none();
    let mut keys: Vec<(&str, String)> = Vec::new();
    let is_plain_id = entry.words.get(&langs[0]) == entry.id.as_ref();
    if let Some(id) = entry.id.as_ref().filter(|_| !is_plain_id) {
        keys.push(("id", scalar(id, is_flow)));
    }
    keys.extend(langs.iter().filter_map(|lang| Some((lang.tag(), scalar(entry.words.get(lang)?, is_flow)))));
    for (key, lists) in [("variants", &entry.variants), ("forbidden", &entry.forbidden)] {
        let lists: Vec<(&str, String)> =
            langs.iter().filter_map(|lang| Some((lang.tag(), list(lists.get(lang)?)))).collect();
        if !lists.is_empty() {
            keys.push((key, map(&lists)));
        }
    }
    for (key, text) in [("pos", &entry.pos), ("note", &entry.note)] {
        keys.extend(text.as_ref().map(|text| (key, scalar(text, is_flow))));
    }
    let texts = langs.iter().filter_map(|lang| Some((lang.tag(), scalar(entry.definitions.get(lang)?, true))));
    let texts: Vec<(&str, String)> = texts.collect();
    if !texts.is_empty() {
        keys.push(("definition", map(&texts)));
    }
    match indent {
        None => map(&keys),
        Some(indent) => {
            let lines: Vec<String> = keys.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            lines.join(&format!("{eol}{}", " ".repeat(indent)))
        }
    }
}

fn map(entries: &[(&str, String)]) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!("{{{}}}", entries.join(", "))
}

fn list(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| scalar(word, true)).collect();
    format!("[{}]", words.join(", "))
}

/// A text as YAML: without quotation marks where it means itself.
fn scalar(text: &str, is_flow: bool) -> String {
    let is_usual = |c: char| c.is_alphanumeric() || " -./+&%$·–".contains(c) || !is_flow && "()".contains(c);
    let starts_well =
        text.starts_with(char::is_alphanumeric) && text.ends_with(|c: char| c.is_alphanumeric() || c == '.');
    if starts_well && text.chars().all(is_usual) && !NOTHING.contains(&text) { text.to_owned() } else { quoted(text) }
}
