//! Text with codes as the manuscript writes it.
//!
//! What is written is never trusted: [`settle`](super::settle) parses it. So a text is first written bare, as a person would, and
//! escaped only where that was read otherwise.

use std::collections::HashMap;

use super::entries::Entry;
use super::marks::{self, Mark};
use super::slots::Place;
use super::unit::{CodeKind, Piece, Tagged};

/// How a code is written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) mark: Mark,
    /// As it stands in the manuscript: before the text that it marks, and behind it.
    open: String,
    close: String,
}

/// The codes of a unit by their ids. Those that the translation has are written as they are there, others as in the source.
pub(super) type Codes = HashMap<String, Written>;

/// The codes of an entry. `texts` are those of the files of both sides.
pub(super) fn codes(entry: &Entry, texts: [&str; 2]) -> Codes {
    let (source, target) = (entry.source_marked(), entry.target_marked());
    let mut codes = Codes::new();
    let mut add = |ids: Vec<String>, marked: &marks::Marked, text: &str| {
        let mut ids = ids.into_iter();
        marks::each(marked, &mut |mark| {
            let slice = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default().to_owned();
            let written = Written { mark: mark.clone(), open: slice(&mark.open), close: slice(&mark.close) };
            codes.extend(ids.next().map(|id| (id, written)));
        });
    };
    add(marks::numbers(&source), &source, texts[0]);
    add(marks::counterparts(&source, &target), &target, texts[1]);
    codes
}

/// The kind of a look that a reviewer gave to words and that the source has not, by the id that it comes back with: `+bold`.
pub(super) fn look(id: &str) -> Option<CodeKind> {
    use CodeKind::{Emphasis, Highlight, Strike, Strong, Subscript, Superscript, Underline};
    let kinds = [Emphasis, Highlight, Strike, Strong, Subscript, Superscript, Underline];
    let word = id.strip_prefix('+')?;
    kinds.into_iter().find(|kind| kind.word() == word)
}

/// Adds looks of a text to its codes.
pub(super) fn add_looks(text: &Tagged, codes: &mut Codes) {
    marks::each(text, &mut |id: &String| {
        if let Some(kind) = look(id).filter(|_| !codes.contains_key(id)) {
            let (key, shown) = (String::new(), String::new());
            let mark = Mark { kind, key, shown, open: 0..0, close: 0..0 };
            let (open, close) = match kind {
                CodeKind::Emphasis => ("*", "*"),
                CodeKind::Strong => ("**", "**"),
                _ => ("", ""),
            };
            codes.insert(id.clone(), Written { mark, open: open.to_owned(), close: close.to_owned() });
        }
    });
}

/// How carefully text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Care {
    /// As it is.
    Bare,
    /// Signs that often mean something are escaped.
    Likely,
    /// Every sign is escaped, and codes are written in the form that holds in all places.
    All,
}

/// What stands where a text is to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct There<'a> {
    pub(super) text: &'a str,
    /// The quotation mark before it, where it is a value of YAML in such marks.
    pub(super) quote: Option<char>,
}

impl<'a> There<'a> {
    pub(super) fn of(text: &'a str, range: &std::ops::Range<usize>) -> Self {
        let quote = text[..range.start].chars().next_back().filter(|c| matches!(c, '"' | '\''));
        Self { text: &text[range.clone()], quote }
    }
}

fn inside(quoted: &str) -> &str {
    quoted.get(1..quoted.len() - 1).unwrap_or_default()
}

/// A value of YAML in quotation marks.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// The ways to write a text at a place, the most natural first. Codes that are not known leave nothing.
pub(super) fn ways(text: &Tagged, codes: &Codes, place: &Place, there: &There<'_>) -> Vec<String> {
    let run = |care: Care| {
        let mut out = String::new();
        push(text, codes, care, &mut out);
        out.trim().to_owned()
    };
    let plain = || marks::plain(text, &|_| String::new()).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut ways = match place {
        Place::Run(_) => vec![run(Care::Bare), run(Care::Likely), run(Care::All)],
        Place::Line(_) => {
            let forms = [Care::Bare, Care::Likely, Care::All].map(run);
            let value = |text: &String| match there.quote {
                Some('\'') => text.replace('\'', "''"),
                Some(_) => inside(&quoted(text)).to_owned(),
                None => text.clone(),
            };
            let mut ways: Vec<String> = forms.iter().map(value).collect();
            if there.quote.is_none() {
                ways.truncate(1);
                ways.extend(forms.iter().map(|text| quoted(text)));
            }
            ways
        }
        Place::Attribute(key, _) => vec![format!("{key}=\"{}\"", plain()), format!("{key}=“{}”", plain())],
        Place::Alternative(_) => {
            let alternative = |care| alternative(there.text, &plain(), care);
            [Care::Bare, Care::Likely, Care::All].into_iter().filter_map(alternative).collect()
        }
    };
    ways.dedup();
    ways
}

/// A picture with another alternative text.
fn alternative(picture: &str, text: &str, care: Care) -> Option<String> {
    if !picture.starts_with('<') {
        let rest = &picture[picture.find("](").or_else(|| picture.find("]["))?..];
        return Some(format!("![{}{rest}", escaped(text, care)));
    }
    let start = picture.find("alt=")? + "alt=".len();
    let quote = picture[start..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let end = start + 1 + picture[start + 1..].find(quote)?;
    let text = text.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;").replace('<', "&lt;");
    Some(format!("{}{text}{}", &picture[..=start], &picture[end..]))
}

fn push(text: &Tagged, codes: &Codes, care: Care, out: &mut String) {
    for piece in text {
        match piece {
            Piece::Text(text) => {
                let line = text.replace(['\n', '\r', '\t'], " ");
                let begins = out.is_empty();
                let text = if begins { line.trim_start() } else { &line };
                out.push_str(&if begins { block_start(text, care) } else { escaped(text, care) });
            }
            Piece::Single(id) => {
                if let Some(code) = codes.get(id) {
                    out.push_str(&code.form(care).0);
                }
            }
            Piece::Pair(id, body) => {
                let (open, close) = codes.get(id).map(|code| code.form(care)).unwrap_or_default();
                out.push_str(&open);
                push(body, codes, care, out);
                out.push_str(&close);
            }
        }
    }
}

/// Signs that often mean something inside a line.
const LIKELY: &str = "\\`*_[]<$~^{}|=@&";

/// Text with as many signs escaped as care demands.
pub(crate) fn escaped(text: &str, care: Care) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let escape = match care {
            Care::Bare => false,
            Care::Likely => LIKELY.contains(c),
            Care::All => c.is_ascii_punctuation(),
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Text at the beginning of a block, where other signs mean something.
pub(crate) fn block_start(text: &str, care: Care) -> String {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    match care {
        Care::Bare | Care::All => escaped(text, care),
        Care::Likely if digits > 0 && rest.starts_with(['.', ')']) => {
            format!("{}\\{}{}", &text[..digits], &rest[..1], escaped(&rest[1..], care))
        }
        Care::Likely if text.starts_with(['#', '>', '+', '-', ':', '!', '%']) => {
            format!("\\{}{}", &text[..1], escaped(&text[1..], care))
        }
        Care::Likely => escaped(text, care),
    }
}

impl Written {
    fn form(&self, care: Care) -> (String, String) {
        let as_written = || (self.open.clone(), self.close.clone());
        if care == Care::All || self.open.is_empty() { self.general().unwrap_or_else(as_written) } else { as_written() }
    }

    /// The form that holds in all places, where there is one.
    fn general(&self) -> Option<(String, String)> {
        let key = &self.mark.key;
        let tag = |name: &str| Some((format!("<{name}>"), format!("</{name}>")));
        let alone = |text: String| Some((text, String::new()));
        match self.mark.kind {
            CodeKind::Emphasis => tag("em"),
            CodeKind::Strong => tag("strong"),
            CodeKind::Strike => tag("del"),
            CodeKind::Subscript => tag("sub"),
            CodeKind::Superscript => tag("sup"),
            CodeKind::Underline => tag("u"),
            CodeKind::Highlight => tag("mark"),
            CodeKind::Keys => tag("kbd"),
            CodeKind::Link => Some(("[".to_owned(), format!("]({key})"))),
            CodeKind::Note => alone(format!("[^{key}]")),
            CodeKind::Citation => alone(format!("[{key}]")),
            CodeKind::Code => alone(fenced(key)),
            CodeKind::Break => alone("<br>".to_owned()),
            CodeKind::Formula
            | CodeKind::Picture
            | CodeKind::Reference
            | CodeKind::Index
            | CodeKind::Ruby
            | CodeKind::Block => None,
        }
    }
}

/// Code between more backticks than stand in it.
pub(crate) fn fenced(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}
