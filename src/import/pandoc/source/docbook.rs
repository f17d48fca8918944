//! DocBook in several files: entities, which stand for text or for a file, and XInclude. Pandoc reads neither.

use std::collections::BTreeMap;

use super::super::super::report::Kind;
use super::{Line, Sourced};
use crate::diagnostic::Severity;
use crate::foreign::xml::entities;

/// Deepest nesting of entities and files.
const DEPTH: usize = 12;
/// Most bytes for which entities stand.
const BYTES: usize = 4 << 20;
/// Most bytes of all files that are included.
const FILES: usize = 32 << 20;
/// Most entities that are declared.
const ENTITIES: usize = 20_000;

/// The names that XML has by itself.
const OWN: [&str; 5] = ["amp", "lt", "gt", "quot", "apos"];

/// What an entity stands for.
#[derive(Debug, Clone)]
enum Entity {
    Text(String),
    File(String),
}

/// Puts the lines of a source together.
pub(super) fn put_together(sourced: &mut Sourced, text: &str, read: &mut dyn FnMut(&str) -> Option<String>) {
    let (entities, parameters) = (BTreeMap::new(), BTreeMap::new());
    let mut work =
        Work { sourced, read, entities, parameters, left: BYTES, room: FILES, open: Vec::new(), literal: None };
    let (doctype, _) = parted(text);
    work.declare(doctype, "", 0);
    work.file(0, text, 0);
}

struct Work<'a> {
    sourced: &'a mut Sourced,
    read: &'a mut dyn FnMut(&str) -> Option<String>,
    entities: BTreeMap<String, Entity>,
    /// Those that stand for declarations.
    parameters: BTreeMap<String, Entity>,
    /// For how many more bytes entities may stand.
    left: usize,
    /// How many more bytes of files may be included.
    room: usize,
    /// The entities that are being resolved: none stands for itself.
    open: Vec<String>,
    /// What ends the comment or the section that is open, in which nothing stands for something else.
    literal: Option<&'static str>,
}

/// What is read as it stands, and what ends it.
const LITERAL: [(&str, &str); 3] = [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")];

impl Work<'_> {
    /// Takes the declarations of a text. `folder` is that of its file.
    fn declare(&mut self, text: &str, folder: &str, depth: usize) {
        let mut rest = text;
        while let Some(at) = rest.find(['<', '%']).filter(|_| depth < DEPTH && self.entities.len() < ENTITIES) {
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            } else if let Some(entity) = rest.strip_prefix("<!ENTITY") {
                rest = self.declaration(entity, folder);
            } else if let Some((name, after)) = rest[1..].split_once(';').filter(|(name, _)| is_name(name)) {
                match self.parameters.get(name).cloned() {
                    Some(Entity::Text(text)) => self.declare(&text, folder, depth + 1),
                    Some(Entity::File(path)) => {
                        if let Some(text) = (self.read)(&path) {
                            self.declare(&text, parent(&path), depth + 1);
                        }
                    }
                    None => {}
                }
                rest = after;
            } else {
                rest = &rest[1..];
            }
        }
    }

    /// Takes a declaration, and gives what follows it. The first of a name holds.
    fn declaration<'t>(&mut self, text: &'t str, folder: &str) -> &'t str {
        let text = text.trim_start();
        let (is_parameter, text) = text.strip_prefix('%').map_or((false, text), |rest| (true, rest.trim_start()));
        let Some((name, value)) = text.split_once(char::is_whitespace) else { return "" };
        let value = value.trim_start();
        let words: usize = if value.starts_with("SYSTEM") {
            1
        } else if value.starts_with("PUBLIC") {
            2
        } else {
            0
        };
        let (mut last, mut rest) = ("", value);
        for _ in 0..words.max(1) {
            let Some((text, after)) = quoted(rest) else { break };
            (last, rest) = (text, after);
        }
        let entity = if words > 0 { Entity::File(joined(folder, last)) } else { Entity::Text(last.to_owned()) };
        let known = if is_parameter { &mut self.parameters } else { &mut self.entities };
        known.entry(name.to_owned()).or_insert(entity);
        rest.split_once('>').map_or("", |(_, rest)| rest)
    }

    /// Writes the lines of a file, without what it declares.
    fn file(&mut self, file: usize, text: &str, depth: usize) {
        let (doctype, rest) = parted(text);
        let skipped = if doctype.is_empty() { 0 } else { text.len() - rest.len() };
        let before = text[..skipped].matches('\n').count();
        for (nth, line) in rest.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let line = if nth == 0 && line.starts_with("<?xml") {
                line.split_once("?>").map_or("", |(_, rest)| rest)
            } else {
                line
            };
            self.line(line, (file, before + nth + 1), depth);
        }
    }

    /// Writes a line with its entities resolved.
    fn line(&mut self, line: &str, place: (usize, usize), depth: usize) {
        let mut out = String::new();
        self.resolve(line, place, depth, &mut out);
        self.put(&out, place);
    }

    fn resolve(&mut self, text: &str, place: (usize, usize), depth: usize, out: &mut String) {
        let mut rest = text;
        loop {
            if let Some(end) = self.literal {
                let length = rest.find(end).map(|at| at + end.len());
                out.push_str(&rest[..length.unwrap_or(rest.len())]);
                rest = &rest[length.unwrap_or(rest.len())..];
                if length.is_none() {
                    return;
                }
                self.literal = None;
            }
            let Some(found) = rest.find(['&', '<']) else { break };
            out.push_str(&rest[..found]);
            rest = &rest[found..];
            self.literal = LITERAL.iter().find(|(begin, _)| rest.starts_with(begin)).map(|(_, end)| *end);
            if self.literal.is_some() {
                continue;
            }
            let before = rest;
            let Some((length, what)) = self.one(rest, place) else {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
                continue;
            };
            rest = &rest[length..];
            match what {
                Entity::Text(text) if text.len() > self.left => self.too_much(place),
                Entity::Text(text) => {
                    self.left -= text.len();
                    match depth < DEPTH {
                        true => {
                            self.open.push(before[1..length - 1].to_owned());
                            self.resolve(&text, place, depth + 1, out);
                            self.open.pop();
                        }
                        false => out.push_str(&text.replace('&', "&amp;")),
                    }
                }
                Entity::File(path) => {
                    self.put(&std::mem::take(out), place);
                    self.included(&path, place, depth);
                }
            }
        }
        out.push_str(rest);
    }

    /// Entities that stand for each other have made a text of more than there may be.
    fn too_much(&mut self, (file, at): (usize, usize)) {
        self.left = 0;
        let (of, place) =
            (self.sourced.files[0].clone(), self.sourced.place_of(&Line { text: String::new(), file, at }));
        let message = msg!("entities stand for more than {limit} bytes; from here on they are left out", limit = BYTES);
        self.sourced.tally.once(Kind::Dropped, Severity::Error, (&of, &place), message, "");
    }

    fn put(&mut self, text: &str, (file, at): (usize, usize)) {
        let lines = text.split('\n').map(|text| Line { text: text.to_owned(), file, at });
        self.sourced.lines.extend(lines);
    }

    /// The entity or the inclusion with which a text begins: its length, and what it stands for.
    fn one(&mut self, text: &str, (file, at): (usize, usize)) -> Option<(usize, Entity)> {
        if let Some(tag) = text.strip_prefix("<xi:include") {
            let end = tag.find('>')?;
            let path = tag[..end].split_once("href=").and_then(|(_, rest)| quoted(rest)).map(|(path, _)| path)?;
            let folder = parent(&self.sourced.files[file]).to_owned();
            let folder = if file == 0 { "" } else { folder.as_str() };
            return Some(("<xi:include".len() + end + 1, Entity::File(joined(folder, path))));
        }
        let (name, _) =
            text.strip_prefix('&')?.split_once(';').filter(|(name, _)| is_name(name) && !OWN.contains(name))?;
        let is_open = self.open.iter().any(|open| open == name);
        let known = self.entities.get(name).filter(|_| !is_open).cloned();
        let entity = known.or_else(|| entities::resolve(name).map(|c| Entity::Text(c.to_string())));
        let entity = entity.unwrap_or_else(|| {
            let (of, place) =
                (self.sourced.files[0].clone(), self.sourced.place_of(&Line { text: String::new(), file, at }));
            let message =
                msg!("the entity {name} is declared in no file that is read here; it stands as it is typed", name);
            self.sourced.tally.once(Kind::Changed, Severity::Warning, (&of, &place), message, "");
            Entity::Text(format!("&amp;{name};"))
        });
        // What stands for a sign of XML stays as it is.
        let entity = match entity {
            Entity::Text(text) if matches!(text.as_str(), "&" | "<") => {
                Entity::Text(format!("&#{};", u32::from(text.as_bytes()[0])))
            }
            other => other,
        };
        Some((name.len() + 2, entity))
    }

    fn included(&mut self, path: &str, (file, at): (usize, usize), depth: usize) {
        match (self.read)(path).filter(|text| depth < DEPTH && text.len() <= self.room) {
            Some(text) => {
                self.room -= text.len();
                let number = self.sourced.files.len();
                self.sourced.files.push(path.to_owned());
                self.file(number, &text, depth + 1);
            }
            None => {
                let place = self.sourced.place_of(&Line { text: String::new(), file, at });
                let of = self.sourced.files[0].clone();
                let message = msg!(
                    "the file that is included here cannot be read: {name}; only files in the folder of the source are",
                    name = path
                );
                self.sourced.tally.tell(Kind::Dropped, Severity::Error, (&of, &place), message, "");
            }
        }
    }
}

/// A text without what may stand before its declaration: only there is it one, and elsewhere an example of one.
pub(super) fn behind_prolog(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some((open, close)) = [("<?", "?>"), ("<!--", "-->")].into_iter().find(|(open, _)| rest.starts_with(open))
    {
        rest = rest[open.len()..].split_once(close).map_or("", |(_, rest)| rest).trim_start();
    }
    rest
}

/// What stands in the declaration of the type of document, and the text behind it.
fn parted(text: &str) -> (&str, &str) {
    let Some(rest) = behind_prolog(text).strip_prefix("<!DOCTYPE") else { return ("", text) };
    let (open, close) = (rest.find('['), rest.find('>').unwrap_or(rest.len()));
    match open.filter(|open| *open < close) {
        // Declarations have signs of their own; the list of them ends with its own.
        Some(open) => {
            let inside = &rest[open + 1..];
            let end = ["]>", "] >", "]\n>"].iter().filter_map(|sign| Some((inside.find(sign)?, sign.len()))).min();
            end.map_or((inside, ""), |(end, length)| (&inside[..end], &inside[end + length..]))
        }
        None => (" ", rest.get(close + 1..).unwrap_or_default()),
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() < 80 && name.chars().all(|c| c.is_alphanumeric() || "._-:".contains(c))
}

/// What stands between the next quotation marks, and what follows them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.find(['"', '\''])?;
    let sign = text[open..].chars().next()?;
    text[open + 1..].split_once(sign)
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path from the folder of a file.
fn joined(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

#[cfg(test)]
mod tests {
    use super::super::{form_of, sourced};
    use crate::diagnostic::Severity;

    #[test]
    fn entities_and_inclusions_are_resolved_and_no_more() {
        let text = "<?xml version='1.0'?>\n<!DOCTYPE book SYSTEM 'x.dtd' [\n<!ENTITY % more SYSTEM 'e/more.ent'>\n%more;\n<!ENTITY lamp '灯<b>&n;</b>'>\n<!ENTITY n 'x'>\n]>\n<book>\n<p>&lamp; &amp; &mdash; &what; &one;<![CDATA[&n;]]></p>\n<xi:include href=\"two.xml\"/>\n</book>";
        let form = form_of("dbk").expect("it is known");
        let mut read = |name: &str| match name {
            "e/more.ent" => Some("<!-- <!ENTITY n 'no'> --><!ENTITY one SYSTEM 'one.xml'>".to_owned()),
            "e/one.xml" => Some("<i>1</i>".to_owned()),
            "two.xml" => Some("<?xml version='1.0'?><!DOCTYPE p SYSTEM 'x'>\n<p>2</p>".to_owned()),
            _ => None,
        };
        let mut source = sourced(form, text.as_bytes(), "a.dbk", &mut read);
        let said: String = String::from_utf8(source.bytes()).expect("text").split('\n').collect();
        assert_eq!(said, "<book><p>灯<b>x</b> &amp; — &amp;what; <i>1</i><![CDATA[&n;]]></p><p>2</p></book>");
        let told = source.report().entries;
        assert_eq!((told.len(), told[0].at.as_str()), (1, "9"));
    }

    #[test]
    fn a_declaration_that_is_an_example_stays_in_the_text() {
        let text = "<!-- <!DOCTYPE no> -->\n<!DOCTYPE book [\n<!ENTITY a SYSTEM 'a.xml'>\n]>\n<book>&a;</book>";
        let inner = "<p>before</p>\n<screen><![CDATA[<!DOCTYPE p [\n<!ENTITY x 'y'>\n]>\n<p>&x;</p>]]></screen>";
        let form = form_of("dbk").expect("it is known");
        let source = sourced(form, text.as_bytes(), "b.dbk", &mut |name| (name == "a.xml").then(|| inner.to_owned()));
        let said = String::from_utf8(source.bytes()).expect("text");
        assert!(said.contains(inner), "{said}");
        assert!(!said.contains("DOCTYPE book"), "{said}");
    }

    #[test]
    fn entities_of_entities_have_an_end() {
        let mut text = "<!DOCTYPE a [<!ENTITY a0 '&lt;x'>".to_owned();
        (1..40).for_each(|n| text.push_str(&format!("<!ENTITY a{n} '&a{0};&a{0};&a{0};&a{0};'>", n - 1)));
        text.push_str("<!ENTITY b '&b;'>]><a>&a39;&b;</a>");
        let form = form_of("dbk").expect("it is known");
        let mut source = sourced(form, text.as_bytes(), "a.dbk", &mut |_| None);
        // A sign of an entity that is not followed any further takes five bytes for one.
        assert!(source.bytes().len() <= super::BYTES * 5);
        let told = source.report().entries;
        assert!(told.iter().any(|entry| entry.severity == Severity::Error), "{told:?}");
    }
}
