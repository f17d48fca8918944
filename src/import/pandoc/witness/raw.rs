//! Words of sources that are not lines of text: markup, archives, RTF, notebooks.

use super::super::source::{Sourced, declared};
use crate::foreign::archive::Archive;
use crate::foreign::xml::page;
use crate::foreign::xml::{Element, Node};

/// Elements whose text is none of the document: of HTML, of DocBook, of OpenDocument, of FictionBook.
const UNSEEN: [&str; 18] = [
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "svg",
    "math",
    "indexterm",
    "sequence-decls",
    "creator",
    "creator-initials",
    "date",
    "date-string",
    "automatic-styles",
    "forms",
    "binary",
    "description",
    "object",
];

/// The words of a source that is no text, each with its place.
pub(super) fn words(reader: &str, bytes: &[u8]) -> Vec<(String, Vec<String>)> {
    match reader {
        "odt" => of_archive(bytes),
        "rtf" => of_rtf(bytes).into_iter().map(|(line, words)| (line.to_string(), words)).collect(),
        "ipynb" => of_notebook(bytes),
        _ => of_markup(&decoded(bytes)).into_iter().map(|(line, words)| (line.to_string(), words)).collect(),
    }
}

/// A page as text: what is not UTF-8 is read as what it says it is.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => declared(bytes).unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned(),
    }
}

/// The words between tags, by lines.
pub(super) fn of_markup(text: &str) -> Vec<(usize, Vec<String>)> {
    let tree = page::read(text);
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut found = Vec::new();
    add(&tree.root, &mut |at, words| found.push((starts.partition_point(|start| *start <= at), vec![words])));
    found
}

fn add(element: &Element, found: &mut impl FnMut(usize, String)) {
    if UNSEEN.contains(&element.name.as_str()) {
        return;
    }
    for node in &element.children {
        match node {
            Node::Element(inner) => add(inner, found),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(text) => found(element.at.start, text.split_whitespace().collect::<Vec<_>>().join(" ")),
        }
    }
}

/// An OpenDocument text.
fn of_archive(bytes: &[u8]) -> Vec<(String, Vec<String>)> {
    let Ok(mut archive) = Archive::open(bytes) else { return Vec::new() };
    let content = archive.text("content.xml").ok().flatten().unwrap_or_default();
    let mut found: Vec<(String, Vec<String>)> =
        of_markup(&content).into_iter().map(|(_, words)| ("content.xml".to_owned(), words)).collect();
    // What stands at the head and the foot of pages is in another part.
    let styles = page::read(&archive.text("styles.xml").ok().flatten().unwrap_or_default());
    let mut margins = Vec::new();
    ["header", "footer"].iter().for_each(|name| styles.root.all(name, &mut margins));
    for margin in margins {
        add(margin, &mut |_, words| found.push(("styles.xml".to_owned(), vec![words])));
    }
    found
}

/// The entries of an index in a DocBook, as one text.
pub(in super::super) fn index_terms(text: &str) -> String {
    if !text.contains("<indexterm") {
        return String::new();
    }
    let tree = page::read(text);
    let mut terms = Vec::new();
    tree.root.all("indexterm", &mut terms);
    let term = |term: &&Element| term.elements().map(Element::text).collect::<Vec<_>>().join(", ");
    terms.iter().map(term).collect::<Vec<_>>().join("; ")
}

/// The prose of a notebook, by its cells.
fn of_notebook(bytes: &[u8]) -> Vec<(String, Vec<String>)> {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(bytes) else { return Vec::new() };
    let lines = |source: &serde_json::Value| match source.as_array() {
        Some(lines) => lines.iter().filter_map(serde_json::Value::as_str).collect::<String>(),
        None => source.as_str().unwrap_or_default().to_owned(),
    };
    let cells = value["cells"].as_array().map(Vec::as_slice).unwrap_or_default();
    let prose = cells.iter().enumerate().filter(|(_, cell)| cell["cell_type"] == "markdown");
    let mut found = Vec::new();
    for (nth, cell) in prose {
        let text = lines(&cell["source"]);
        let source = Sourced::of_markdown(&text);
        let words = super::said_by(&source).into_iter().flat_map(|(_, words)| words).collect();
        found.push((format!("cell {}", nth + 1), words));
    }
    found
}

/// Groups of RTF that hold no text of the document.
const HIDDEN: [&str; 21] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "xmlnstbl",
    "listtext",
    "objdata",
    "pntext",
];

/// The paragraphs of an RTF, by the lines that they end in.
fn of_rtf(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
    let mut rtf = Rtf { open: vec![Group::default()], ..Rtf::default() };
    let mut at = 0;
    while at < bytes.len() {
        at = rtf.take(bytes, at);
    }
    rtf.end_paragraph();
    rtf.found
}

#[derive(Clone, Default)]
struct Group {
    hidden: bool,
    /// Whether it is a text beside that around it.
    apart: bool,
    /// How many characters stand for one that a reader does not know.
    skips: usize,
}

#[derive(Default)]
struct Rtf {
    open: Vec<Group>,
    /// Bytes of the code page that are not decoded yet.
    bytes: Vec<u8>,
    page: usize,
    text: String,
    line: usize,
    skip: usize,
    found: Vec<(usize, Vec<String>)>,
}

impl Rtf {
    /// Takes what stands at a place, and gives the next one.
    fn take(&mut self, all: &[u8], at: usize) -> usize {
        match all[at] {
            b'{' => {
                let group = self.open.last().cloned().unwrap_or_default();
                self.open.push(Group { apart: false, ..group });
            }
            b'}' => {
                if self.open.pop().is_some_and(|group| group.apart) {
                    self.end_paragraph();
                }
                self.skip = 0;
            }
            b'\\' => return self.control(all, at + 1),
            b'\n' => self.line += 1,
            b'\r' => {}
            byte => self.byte(byte),
        }
        at + 1
    }

    fn control(&mut self, all: &[u8], at: usize) -> usize {
        let rest = all.get(at..).unwrap_or_default();
        let name: String = rest.iter().take_while(|b| b.is_ascii_alphabetic()).map(|b| char::from(*b)).collect();
        if name.is_empty() {
            return at + self.sign(rest);
        }
        let rest = &rest[name.len()..];
        let digits = rest.iter().take_while(|b| b.is_ascii_digit() || **b == b'-').count();
        let number: Option<i64> = std::str::from_utf8(&rest[..digits]).ok().and_then(|digits| digits.parse().ok());
        let space = usize::from(rest.get(digits) == Some(&b' '));
        let next = at + name.len() + digits + space;
        self.word(&name, number);
        // The bytes of a picture.
        let skipped = if name == "bin" { number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0) } else { 0 };
        next.saturating_add(skipped)
    }

    /// A sign behind a backslash: how long it is.
    fn sign(&mut self, rest: &[u8]) -> usize {
        match rest.first() {
            Some(b'\'') => {
                let hex = rest.get(1..3).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
                hex.into_iter().for_each(|byte| self.byte(byte));
                3
            }
            Some(b'*') => {
                self.hide();
                1
            }
            Some(sign @ (b'\\' | b'{' | b'}')) => {
                self.byte(*sign);
                1
            }
            _ => 1,
        }
    }

    fn word(&mut self, name: &str, number: Option<i64>) {
        match name {
            "ansicpg" => self.page = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
            "uc" => {
                let skips = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
                if let Some(group) = self.open.last_mut() {
                    group.skips = skips + 1;
                }
            }
            "u" => {
                self.settle();
                let code = number.map_or(0, |n| if n < 0 { n + 0x1_0000 } else { n });
                if let Some(c) = u32::try_from(code).ok().and_then(char::from_u32).filter(|_| !self.is_hidden()) {
                    self.text.push(c);
                }
                self.skip = self.open.last().map_or(1, |group| group.skips.checked_sub(1).unwrap_or(1));
            }
            "par" | "cell" | "row" | "sect" | "page" => self.end_paragraph(),
            "tab" | "line" => self.byte(b' '),
            "footnote" | "annotation" | "shptxt" | "header" | "footer" => {
                self.end_paragraph();
                if let Some(group) = self.open.last_mut() {
                    // It may stand in a group that only newer programs are to read.
                    (group.apart, group.hidden) = (true, false);
                }
            }
            name if HIDDEN.contains(&name) => self.hide(),
            _ => {}
        }
    }

    fn hide(&mut self) {
        if let Some(group) = self.open.last_mut() {
            group.hidden = true;
        }
    }

    fn is_hidden(&self) -> bool {
        self.open.last().is_some_and(|group| group.hidden)
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.is_hidden() {
            self.bytes.push(byte);
        }
    }

    /// Decodes the bytes that stand before something else.
    fn settle(&mut self) {
        let label = if self.page == 936 { "gbk".to_owned() } else { format!("windows-{}", self.page) };
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252);
        self.text.push_str(&encoding.decode(&std::mem::take(&mut self.bytes)).0);
    }

    fn end_paragraph(&mut self) {
        self.settle();
        if !self.text.trim().is_empty() {
            self.found.push((self.line + 1, vec![std::mem::take(&mut self.text)]));
        }
        self.text.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_markup_are_found_by_lines_and_scripts_are_none() {
        let found =
            of_markup("<html><head><title>T</title></head>\n<body><p>one <b>two</b>\n<script>x</script></body>");
        assert_eq!(found, [(2, vec!["one".to_owned()]), (2, vec!["two".to_owned()])]);
    }

    #[test]
    fn words_of_rtf_are_found_in_every_writing_of_them() {
        let text = b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 Song;}}\\uc1 \\'b5\\'c6 a\\{\\par\n{\\*\\bkmkstart x}\\u28783?\\u-255 ?{\\b bold}\\par}";
        let found = of_rtf(text);
        assert_eq!(found, [(1, vec!["灯 a{".to_owned()]), (2, vec!["灯\u{ff01}bold".to_owned()])]);
        let note: Vec<Vec<String>> =
            of_rtf(b"{\\rtf1 one{\\*\\footnote two} three\\par}").into_iter().map(|(_, words)| words).collect();
        assert_eq!(note, [["one"], ["two"], [" three"]]);
    }

    #[test]
    fn entries_of_an_index_are_one_text() {
        let text = "<p>a<indexterm><primary>lamp</primary><secondary>oil</secondary></indexterm></p>";
        assert_eq!((index_terms(text).as_str(), index_terms("<p/>").as_str()), ("lamp, oil", ""));
    }
}
