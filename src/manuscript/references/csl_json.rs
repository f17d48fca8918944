//! `references.json`: CSL-JSON, as Zotero and Mendeley export it. Each item is brought into Hayagriva's form and read by it.

use std::ops::Range;

use serde_json::{Map, Value, json};

use super::super::yaml::{Area, unmarked};
use super::entries::form;
use super::tidy::OwnType;
use super::{Entries, as_written, error, repeated, tex};
use crate::diagnostic::Diagnostic;
use crate::model::Work;
use crate::source::Span;

/// Reads the items of a file.
pub(super) fn read(area: Area<'_>, sink: &mut Vec<Diagnostic>) -> Entries {
    let text = unmarked(area.text);
    let mark = area.text.len() - text.len();
    let items =
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Array(items)) => items,
            Ok(_) => {
                let found = error(msg!("this JSON is not a list of references")).at(area.whole());
                sink.push(found.hint(msg!("export the library as CSL-JSON")));
                return Entries::unread();
            }
            Err(wrong) => {
                let at = mark + offset(text, wrong.line(), wrong.column());
                let end = at + area.text[at..].chars().next().map_or(0, char::len_utf8);
                let found = error(msg!("this is not valid JSON from here on")).at(area.span(at..end));
                sink.push(found.hint(msg!(
                    "export the library as CSL-JSON once more, or look for a missing comma or quotation mark"
                )));
                return Entries::unread();
            }
        };
    let places = places(text);
    let mut read = Entries::default();
    for (index, item) in items.iter().enumerate() {
        let range = places.get(index).cloned().unwrap_or(0..0);
        let place = Place { area, range: mark + range.start..mark + range.end };
        let Some(key) = id(item) else {
            let hint = msg!("give it an \"id\": what citations call it by");
            sink.push(error(msg!("this reference has no id")).at(place.head()).hint(hint));
            continue;
        };
        let span = place.of("id");
        if !read.is_first(&key) {
            sink.push(repeated(&key, span));
            continue;
        }
        match work(&key, item, &place) {
            Ok(mut entry) => {
                let left = tex::read(&mut entry);
                sink.extend(left.iter().map(|tex| as_written(tex, place.of_text(tex))));
                read.works.push(Work { entry, span, text: None });
            }
            Err(found) => {
                sink.push(found);
                read.refused.push(key);
            }
        }
    }
    read
}

/// Whether a file of JSON is a list of references: each has an id and a type.
pub(super) fn is_export(bytes: &[u8]) -> bool {
    let is_reference = |item: &Value| item.get("id").is_some() && item.get("type").is_some_and(Value::is_string);
    let items = serde_json::from_slice::<Vec<Value>>(bytes);
    items.is_ok_and(|items| !items.is_empty() && items.iter().all(is_reference))
}

/// Where an item stands.
struct Place<'a> {
    area: Area<'a>,
    range: Range<usize>,
}

impl Place<'_> {
    /// The first line of the item.
    fn head(&self) -> Span {
        let text = &self.area.text[self.range.clone()];
        self.area.span(self.range.start..self.range.start + text.find('\n').unwrap_or(text.len()))
    }

    /// The place of a key of the item.
    fn of(&self, key: &str) -> Span {
        self.find(&format!("\"{key}\"")).unwrap_or_else(|| self.head())
    }

    /// The place of a part of a text.
    fn of_text(&self, text: &str) -> Span {
        self.find(&text.replace('\\', "\\\\")).unwrap_or_else(|| self.of("title"))
    }

    fn find(&self, written: &str) -> Option<Span> {
        let at = self.range.start + self.area.text[self.range.clone()].find(written)?;
        Some(self.area.span(at..at + written.len()))
    }
}

fn id(item: &Value) -> Option<String> {
    match item.get("id")? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn work(key: &str, item: &Value, place: &Place<'_>) -> Result<hayagriva::Entry, Diagnostic> {
    let own = item.get("type").and_then(Value::as_str).and_then(OwnType::named);
    let fields = fields(item);
    let read = |fields: &Map<String, Value>| {
        let library = Value::Object(Map::from_iter([(key.to_owned(), Value::Object(fields.clone()))]));
        hayagriva::io::from_yaml_str(&library.to_string()).ok()?.into_iter().next()
    };
    if let Some(mut entry) = read(&fields) {
        if let Some(own) = own {
            own.mark(&mut entry);
        }
        return Ok(entry);
    }
    let alone = |name: &str| {
        let pair = |key: &str, value: &Value| (key.to_owned(), value.clone());
        Map::from_iter([pair("type", &json!("misc")), pair(name, &fields[name])])
    };
    let wrong = fields.keys().filter(|name| *name != "type").find(|name| read(&alone(name)).is_none());
    let Some(name) = wrong else {
        return Err(error(msg!("the entry ‘{key}’ cannot be used", key)).at(place.of("id")));
    };
    let csl = CSL_NAMES.iter().find(|(_, ours)| ours == name).map_or(name.as_str(), |(theirs, _)| theirs);
    Err(error(msg!("‘{name}’ of the entry ‘{key}’ cannot be used", name = csl, key)).at(place.of(csl)).hint(form(name)))
}

/// What CSL calls a field and what Hayagriva does, where text goes from one to the other.
const CSL_NAMES: [(&str, &str); 9] = [
    ("title", "title"),
    ("genre", "genre"),
    ("edition", "edition"),
    ("page", "page-range"),
    ("number-of-pages", "page-total"),
    ("archive", "archive"),
    ("issued", "date"),
    ("URL", "url"),
    ("author", "author"),
];

/// The item in Hayagriva's form.
fn fields(item: &Value) -> Map<String, Value> {
    let (kind, container) = kinds(item);
    let plain = |key: &str| text(item.get(key)?);
    let text = |key: &str| plain(key).map(|text| tex::marked(&text));
    let mut fields = Map::new();
    let mut parent = Map::new();
    fields.insert("type".to_owned(), json!(kind));
    for (theirs, ours) in &CSL_NAMES[..6] {
        fields.extend(text(theirs).map(|value| ((*ours).to_owned(), json!(value))));
    }
    let names = |key: &str| names(item.get(key)?);
    fields.extend(names("author").map(|names| ("author".to_owned(), names)));
    let editors = if container.is_some() { &mut parent } else { &mut fields };
    editors.extend(names("editor").map(|names| ("editor".to_owned(), names)));
    if let Some(names) = names("translator") {
        fields.insert("affiliated".to_owned(), json!([{ "role": "translator", "names": names }]));
    }
    fields.extend(item.get("issued").and_then(date).map(|date| ("date".to_owned(), json!(date))));
    if let Some(url) = plain("URL") {
        let visited = item.get("accessed").and_then(date);
        fields
            .insert("url".to_owned(), visited.map_or_else(|| json!(url), |date| json!({ "value": url, "date": date })));
    }
    fields.extend(item.get("language").and_then(language).map(|tag| ("language".to_owned(), json!(tag))));
    fields.extend(numbers(item).map(|numbers| ("serial-number".to_owned(), numbers)));
    if let Some(name) = text("publisher") {
        let place = text("publisher-place");
        let publisher = place.map_or_else(|| json!(name), |place| json!({ "name": name, "location": place }));
        fields.insert("publisher".to_owned(), publisher);
    }
    // What tells which part of a container it is stands with the container.
    let around = if container.is_some() { &mut parent } else { &mut fields };
    for key in ["volume", "issue"] {
        around.extend(text(key).map(|value| (key.to_owned(), json!(value))));
    }
    if let Some(container) = container {
        let title = text("container-title").or_else(|| text("event-title")).or_else(|| text("event"));
        parent.insert("type".to_owned(), json!(container));
        parent.extend(title.map(|title| ("title".to_owned(), json!(title))));
        fields.insert("parent".to_owned(), Value::Object(parent));
    }
    fields
}

/// The type of an item and of what it is part of.
fn kinds(item: &Value) -> (&'static str, Option<&'static str>) {
    let contained = item.get("container-title").is_some();
    match item.get("type").and_then(Value::as_str).unwrap_or_default() {
        "article-journal" | "article-magazine" | "review" | "review-book" => ("article", Some("periodical")),
        "article-newspaper" => ("article", Some("newspaper")),
        "paper-conference" | "speech" => ("article", Some("proceedings")),
        "article" if contained => ("article", Some("periodical")),
        "article" | "preprint" => ("article", None),
        "book" | "classic" => ("book", None),
        "collection" => ("anthology", None),
        "chapter" => ("chapter", Some("book")),
        "entry" | "entry-dictionary" | "entry-encyclopedia" => ("entry", Some("reference")),
        "periodical" => ("periodical", None),
        "report" | "pamphlet" => ("report", None),
        "thesis" => ("thesis", None),
        "patent" => ("patent", None),
        "post-weblog" if contained => ("article", Some("blog")),
        "webpage" | "post-weblog" | "post" => ("web", None),
        "software" => ("repository", None),
        "bill" | "legislation" | "regulation" | "treaty" => ("legislation", None),
        "legal_case" | "hearing" => ("case", None),
        "manuscript" | "personal_communication" | "interview" => ("manuscript", None),
        "motion_picture" | "broadcast" => ("video", None),
        "song" | "musical_score" => ("audio", None),
        "figure" | "graphic" => ("artwork", None),
        kind => (OwnType::named(kind).map_or("misc", OwnType::hayagriva), None),
    }
}

/// A text or a number as a text that is printed as it is.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => plain(text.trim()),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Without the little markup that CSL-JSON may have in a title.
fn plain(text: &str) -> String {
    let mut plain = text.to_owned();
    for tag in ["i", "b", "sub", "sup", "span class=\"nocase\"", "span", "scp"] {
        plain = plain.replace(&format!("<{tag}>"), "").replace(&format!("</{tag}>"), "");
    }
    plain
}

fn names(value: &Value) -> Option<Value> {
    let name = |name: &Value| {
        let part = |key: &str| text(name.get(key)?);
        if let Some(literal) = part("literal") {
            return Some(json!({ "name": literal }));
        }
        let particle = part("non-dropping-particle").map(|particle| particle + " ").unwrap_or_default();
        let mut person =
            Map::from_iter([("name".to_owned(), json!(particle + &part("family").or_else(|| part("given"))?))]);
        person.extend(
            part("given").filter(|_| part("family").is_some()).map(|given| ("given-name".to_owned(), json!(given))),
        );
        person.extend(part("dropping-particle").map(|prefix| ("prefix".to_owned(), json!(prefix))));
        person.extend(part("suffix").map(|suffix| ("suffix".to_owned(), json!(suffix))));
        Some(Value::Object(person))
    };
    let names: Vec<Value> = value.as_array()?.iter().filter_map(name).collect();
    (!names.is_empty()).then_some(Value::Array(names))
}

/// A date as Hayagriva reads it; one that is only words gives its year, and where there is none goes on as it is, so that it
/// is reported.
fn date(value: &Value) -> Option<String> {
    let numbers = value.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    if let Some(numbers) = numbers {
        let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
        let parts: Vec<i64> = numbers.iter().map_while(number).collect();
        let written = parts
            .iter()
            .enumerate()
            .map(|(at, part)| if at == 0 { format!("{part:04}") } else { format!("{part:02}") });
        return (!parts.is_empty()).then(|| written.collect::<Vec<_>>().join("-"));
    }
    let words = ["raw", "literal"].iter().find_map(|key| value.get(key)).unwrap_or(value).as_str()?.trim();
    let iso = words.len() >= 4 && words.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let year = words.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4);
    Some(if iso { words } else { year.unwrap_or(words) }.to_owned())
}

/// A language tag. What else Zotero lets its users write is left to the writing of the work.
fn language(value: &Value) -> Option<String> {
    let written = value.as_str()?.trim().replace('_', "-");
    let primary = written.split('-').next().unwrap_or_default();
    let tag = primary.len() == 2 && written.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    tag.then_some(written)
}

fn numbers(item: &Value) -> Option<Value> {
    let mut numbers = Map::new();
    for (theirs, ours) in [("DOI", "doi"), ("ISBN", "isbn"), ("ISSN", "issn"), ("PMID", "pmid"), ("number", "serial")] {
        numbers.extend(text(item.get(theirs).unwrap_or(&Value::Null)).map(|value| (ours.to_owned(), json!(value))));
    }
    let serial = numbers.get("serial").and_then(Value::as_str).unwrap_or_default();
    if let Some(arxiv) = serial.strip_prefix("arXiv:").map(|number| json!(number)) {
        numbers.remove("serial");
        numbers.insert("arxiv".to_owned(), arxiv);
    }
    (!numbers.is_empty()).then_some(Value::Object(numbers))
}

/// The byte at a line and column, both counted from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where each item of the list stands. The text is known to be JSON.
fn places(text: &str) -> Vec<Range<usize>> {
    let (mut places, mut depth, mut start, mut quoted, mut escaped) = (Vec::new(), 0_usize, 0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                if depth == 1 {
                    start = at;
                }
                depth += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    places.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    places
}
