//! Tags of Hugo, `{{< name … >}}` and `{{% name … %}}`: in a line of their own, in several lines, in a line of text.

use super::containers::{self, head};
use super::dialect::Dialect;
use super::find::attribute;
use super::lines::Line;
use crate::diagnostic::Severity;
use crate::import::Kind;

/// The signs of tags.
const SIGNS: [(&str, &str); 2] = [("{{<", ">}}"), ("{{%", "%}}")];

/// What is written for headings that a site has in its own words.
const HEADINGS: [(&str, &str); 5] = [
    ("whatsnext", "What’s next"),
    ("prerequisites", "Before you begin"),
    ("objectives", "Objectives"),
    ("cleanup", "Clean up"),
    ("synopsis", "Synopsis"),
];

/// The first tag of a text: where it begins and ends, and what is in it.
fn tag(text: &str) -> Option<(usize, usize, &str)> {
    let found = SIGNS.iter().filter_map(|(open, close)| {
        let start = text.find(open)?;
        let end = start + text[start..].find(close)?;
        Some((start, end + close.len(), text[start + open.len()..end].trim().trim_matches('-').trim()))
    });
    found.min_by_key(|(start, ..)| *start)
}

/// Lines in which each tag is in one line, and each that opens or closes a block in a line of its own.
pub(super) fn whole(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    // How many lines more may belong to a tag that is open.
    let mut open = 0;
    for line in lines {
        match out.last_mut().filter(|_| open > 0 && line.is_prose()) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(line.text.trim());
            }
            None => out.push(line),
        }
        let text = out.last().filter(|last| last.is_prose()).map_or("", |last| last.text.as_str());
        let unclosed = SIGNS.iter().any(|(sign, close)| text.rfind(sign).is_some_and(|at| !text[at..].contains(close)));
        open = if !unclosed {
            0
        } else if open == 0 {
            16
        } else {
            open - 1
        };
    }
    out.into_iter().flat_map(apart).collect()
}

/// A line with the tags of blocks in lines of their own.
fn apart(line: Line) -> Vec<Line> {
    let blanks = line.text[..line.text.len() - line.text.trim_start().len()].to_owned();
    let mut out = Vec::new();
    let mut rest = line.text.trim();
    while let Some((start, end, inner)) = tag(rest).filter(|_| line.is_prose()) {
        let name = inner.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        let is_block = containers::word(name).1 && (start == 0 || inner.starts_with('/'));
        if !is_block || start == 0 && end == rest.len() {
            break;
        }
        let before = rest[..start].trim();
        let parts = [before, &rest[start..end]];
        out.extend(
            parts.iter().filter(|part| !part.is_empty()).map(|part| Line::new(format!("{blanks}{part}"), line.at)),
        );
        rest = rest[end..].trim_start();
    }
    if out.is_empty() {
        return vec![line];
    }
    if !rest.is_empty() {
        out.push(Line::new(format!("{blanks}{rest}"), line.at));
    }
    out
}

impl Dialect<'_> {
    /// A line of text in which each tag is what it shows.
    pub(super) fn inline(&mut self, line: &Line) -> String {
        let (mut out, mut rest) = (String::new(), line.text.as_str());
        while let Some((start, end, inner)) = tag(rest) {
            let (name, more) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
            let first = more.trim().trim_matches('"');
            out.push_str(&rest[..start]);
            match name {
                // A link, which stands as a mere path.
                "ref" | "relref" => out.push_str(first),
                "heading" => out.push_str(&self.heading(first, line)),
                _ => match ["text", "title", "label"].into_iter().find_map(|key| attribute(more, key)) {
                    Some(text) => out.push_str(&text),
                    None => {
                        let message = msg!("the tag `{name}` of a site means nothing in a book", name);
                        let lost = rest[start..end].to_owned();
                        self.told.lose(Kind::Dropped, Severity::Warning, (self.page, line.at), message, lost);
                    }
                },
            }
            rest = &rest[end..];
        }
        out + rest
    }

    /// The words of a heading that the site has in a list of its own.
    fn heading(&mut self, name: &str, line: &Line) -> String {
        let known = HEADINGS.iter().find(|(known, _)| *known == name).map(|(_, words)| (*words).to_owned());
        let words = known.unwrap_or_else(|| super::names::spoken(name));
        let message = msg!("the words of this heading are the site’s own: “{words}” is taken", words = &words);
        self.told.once(Kind::Guessed, Severity::Warning, (self.page, line.at), message);
        words
    }

    /// A tag of Hugo that is all of a line.
    pub(super) fn hugo(&mut self, line: &Line, tag: &str) {
        let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let value = |key: &str| attribute(rest, key);
        let first = rest.split_whitespace().next().map(|word| word.trim_matches('"').to_owned());
        let (_, known) = super::containers::word(name);
        match name.trim_end_matches('/') {
            _ if name.starts_with('/') => self.end(name[1..].trim(), line),
            "figure" | "img" | "image" => {
                let alt = value("alt").or_else(|| value("title")).unwrap_or_default();
                let caption = value("caption").map(|caption| format!(" \"{}\"", caption.replace('"', "\\\"")));
                let src = value("src").unwrap_or_default();
                self.push(&format!("![{alt}](<{src}>{})", caption.unwrap_or_default()), line);
            }
            "highlight" => {
                self.ended.push(("highlight".to_owned(), "```"));
                self.push(&format!("```{}", first.unwrap_or_default()), line);
            }
            "youtube" => {
                let id = value("id").or(first).unwrap_or_default();
                self.push(&format!("<https://www.youtube.com/watch?v={id}>"), line);
            }
            "tab" => {
                let title = value("title").or_else(|| value("name")).or(first);
                self.push(&title.map(|title| format!("**{title}**")).unwrap_or_default(), line);
            }
            "tabs" | "tabpane" | "columns" => self.push("", line),
            _ if known => {
                let kind = value("type").or_else(|| value("color")).or(first);
                let said = |kind: &String| super::containers::word(kind).1;
                // An alert of no colour is what its title says.
                let kind = kind.filter(said).or_else(|| value("title").filter(said));
                let kind = kind.unwrap_or_else(|| if name == "alert" { "note" } else { name }.to_owned());
                self.ended.push((name.to_owned(), ":::"));
                self.push(&format!(":::{}", head(&kind, value("title").as_deref())), line);
            }
            _ => {
                // It may stand for a text of the site.
                let message = msg!("the tag `{name}` of a site means nothing in a book", name);
                let lost = line.text.trim().to_owned();
                self.told.lose(Kind::Dropped, Severity::Warning, (self.page, line.at), message, lost);
                self.out.push(Line::new("", line.at));
            }
        }
    }
}
